"""The heads of the roster's days: which day, and in a word whether everybody is looked after."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView

from ccfs_desktop import clock
from ccfs_desktop.i18n import _
from ccfs_desktop.views import roster_block
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.roster_model import RosterModel

_HEIGHT = 40
_SMALL = 11
_ONE_LINE = Qt.TextFlag.TextSingleLine
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RosterHead(QHeaderView):
    """Two lines a day; the column with the cursor is underlined, today is in the accent colour."""

    def __init__(self, model: RosterModel) -> None:
        """Keep what is headed."""
        super().__init__(Qt.Orientation.Horizontal)
        self._lines, self._marked = model, -1
        self.setFixedHeight(theme.px(_HEIGHT))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setSectionsClickable(False)

    def mark(self, column: int) -> None:
        """Underline a column."""
        self._marked = column
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return room for two lines."""
        return QSize(0, theme.px(_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 (Qt's own name)
        """Draw one head."""
        colours = theme.tones()
        painter.save()
        painter.fillRect(rect, QColor(colours.surface))
        painter.setPen(QColor(colours.edge))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        week = self._lines.week
        inner = rect.adjusted(roster_block.PAD + 2, 3, -2, -3)
        if logicalIndex == 0 or not week:
            painter.setFont(theme.font(12, bold=True))
            painter.setPen(QColor(colours.quiet))
            painter.drawText(inner.adjusted(2, 0, 0, 0), _LEFT | Qt.AlignmentFlag.AlignBottom, _("Name"))
        else:
            self._day(painter, inner, logicalIndex)
        if logicalIndex == self._marked and logicalIndex > 0:
            painter.fillRect(rect.left(), rect.bottom() - 2, rect.width(), 3, QColor(colours.accent))
        painter.restore()

    def _day(self, painter: QPainter, inner: QRect, section: int) -> None:
        colours, week = theme.tones(), self._lines.week
        if not week:
            return
        day = week.days[section - 1]
        half = inner.height() // 2
        upper = QRect(inner.left(), inner.top(), inner.width(), half)
        painter.setFont(theme.font(12, bold=True))
        painter.setPen(QColor(colours.accent_strong if day == clock.today() else colours.text))
        text = str(self._lines.headerData(section, Qt.Orientation.Horizontal))
        painter.drawText(upper, _LEFT | _ONE_LINE, roster_block.short(painter, text, upper.width()))
        word, icon, tone = self._lines.state(day)
        picture = icons.pixmap(icon, tone, 12, painter.device().devicePixelRatioF())
        painter.drawPixmap(inner.left(), inner.top() + half + 2, picture)
        painter.setFont(theme.font(_SMALL))
        painter.setPen(QColor(getattr(colours, "quiet" if tone == "accent" else tone)))
        lower = QRect(inner.left() + 16, inner.top() + half, inner.width() - 16, half)
        painter.drawText(lower, _LEFT | _ONE_LINE, roster_block.short(painter, word, lower.width()))
