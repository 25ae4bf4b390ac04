"""The season's days in a strip: on which there were enough adults, on which too few, on which nobody can tell."""

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_skeleton
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ccfs_desktop.i18n import _, language
from ccfs_desktop.services.ratio_proof import STANDING_WORDS, Standing
from ccfs_desktop.views.duty_now import LOOKS
from ccfs_desktop.views.kit import icons, theme

_CELL, _MONTH, _ICON = 24, 16, 14


class DayStrip(QWidget):
    """One cell a day with its mark. Arrows move, a click or ``Enter`` picks."""

    picked = Signal(object)
    """A day."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Days of the season"))
        self.days: Sequence[date] = ()
        self._standing: Mapping[date, Standing] = {}
        self._chosen: date | None = None
        self._cursor = 0

    def show_days(self, days: Sequence[date], standing: Mapping[date, Standing], chosen: date | None) -> None:
        """Show days.

        Args:
            days: the open days, in order.
            standing: how each stands; days to come are not in it.
            chosen: the day looked at.
        """
        self.days, self._standing, self._chosen = days, standing, chosen
        self._cursor = days.index(chosen) if chosen in days else 0
        self._describe()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line, or as many as the days need."""
        return QSize(200, self._lines() * self._line() + 4)

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        """Take as many lines as the days need."""
        self.setFixedHeight(self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, pick with Enter."""
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._across(), Qt.Key.Key_Down: self._across(),
            Qt.Key.Key_Home: -len(self.days), Qt.Key.Key_End: len(self.days),
        }  # fmt: skip
        if event.key() in steps and self.days:
            self._cursor = min(max(0, self._cursor + steps[Qt.Key(event.key())]), len(self.days) - 1)
            self._describe()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.days:
            self.picked.emit(self.days[self._cursor])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick a day."""
        number = self._under(event.position().toPoint())
        if number is not None:
            self._cursor = number
            self.picked.emit(self.days[number])

    def event(self, event: QEvent) -> bool:
        """Say which day it is and how it stands."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._under(event.pos())
            QToolTip.showText(event.globalPos(), self._text(number) if number is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the cells, and a month's name over its first."""
        painter, tones = QPainter(self), theme.tones()
        month = None
        for number, day in enumerate(self.days):
            cell = self._cell(number)
            if day.month != month:
                month = day.month
                painter.setFont(theme.font(11))
                painter.setPen(QColor(tones.quiet))
                name = format_skeleton("MMM", day, locale=language())
                painter.drawText(cell.x(), cell.y() - 4, name)
            self._draw(painter, cell, day, here=number == self._cursor and self.hasFocus())
        painter.end()

    def _draw(self, painter: QPainter, cell: QRect, day: date, *, here: bool) -> None:
        tones = theme.tones()
        if day == self._chosen:
            painter.fillRect(cell, QColor(tones.selection))
        painter.setFont(theme.font(11))
        standing = self._standing.get(day)
        painter.setPen(QColor(tones.text if standing else tones.faint))
        upper = QRect(cell.x(), cell.y() + 2, cell.width(), cell.height() // 2)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if standing:
            name, tone = LOOKS[standing]
            size = theme.px(_ICON)
            picture = icons.pixmap(name, tone, size, painter.device().devicePixelRatioF())
            painter.drawPixmap(cell.center().x() - size // 2 + 1, cell.bottom() - size - 2, picture)
        if here:
            painter.setPen(QPen(QColor(tones.accent), 2))
            painter.drawRect(cell.adjusted(1, 1, -1, -1))

    def _across(self) -> int:
        return max(1, self.width() // theme.px(_CELL))

    def _line(self) -> int:
        return theme.px(_CELL + _ICON + _MONTH)

    def _lines(self) -> int:
        return max(1, -(-len(self.days) // self._across()))

    def _cell(self, number: int) -> QRect:
        line, place = divmod(number, self._across())
        top = line * self._line() + theme.px(_MONTH)
        return QRect(place * theme.px(_CELL), top, theme.px(_CELL) - 2, theme.px(_CELL + _ICON))

    def _under(self, point: QPoint) -> int | None:
        return next((n for n in range(len(self.days)) if self._cell(n).contains(point)), None)

    def _text(self, number: int) -> str:
        day = self.days[number]
        standing = self._standing.get(day)
        return f"{day}: {_(STANDING_WORDS[standing])}" if standing else str(day)

    def _describe(self) -> None:
        if self.days:
            self.setAccessibleDescription(self._text(self._cursor))
