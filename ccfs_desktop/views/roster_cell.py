"""How a cell of the roster is drawn: when the person can come, what the person wishes, and the shifts as blocks."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ccfs_desktop.i18n import _
from ccfs_desktop.models.roster import WishKind
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.roster_week import DayOf, Line, ShiftView
from ccfs_desktop.views import roster_block, roster_words
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.roster_block import Look
from ccfs_desktop.views.roster_model import Cell, RosterModel

_Index = QModelIndex | QPersistentModelIndex
_GAP = 8
_SMALL = 11
_DIM = 0.3
"""How strongly that is drawn which the chosen warnings are not about."""
_ONE_LINE = Qt.TextFlag.TextSingleLine
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight


class RosterCell(QStyledItemDelegate):
    """Draws people and their days."""

    def __init__(self, table: QTableView, model: RosterModel) -> None:
        """Keep what is drawn.

        Args:
            table: the grid.
            model: its lines.
        """
        super().__init__(table)
        self._table, self._model = table, model
        self._drawn: dict[tuple[object, ...], QPixmap] = {}
        model.modelReset.connect(self.forget)
        self.chosen = 0
        """Which of the current cell's shifts the keys work on."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell: from memory where nothing has changed, so that scrolling and dragging stay smooth."""
        place = QRect(option.rect)  # type: ignore[attr-defined]
        here, scale = index == self._table.currentIndex(), painter.device().devicePixelRatioF()
        row = index.row() == self._table.currentIndex().row()
        key = (
            index.row(), index.column(), place.width(), place.height(), row, self.chosen if here else -1, scale,
            theme.tones().surface,
        )  # fmt: skip
        picture = self._drawn.get(key)
        if picture is None:
            picture = self._drawn[key] = self._picture(index, place.size(), scale, row=row, here=here)
        painter.drawPixmap(place.topLeft(), picture)
        if here:
            painter.save()
            self._frame(painter, place, index)
            painter.restore()

    def forget(self) -> None:
        """Draw everything anew."""
        self._drawn.clear()

    def _picture(self, index: _Index, size: QSize, scale: float, *, row: bool, here: bool) -> QPixmap:
        colours, place = theme.tones(), QRect(0, 0, size.width(), size.height())
        picture = QPixmap(size * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(QColor(colours.hover if row else colours.surface))
        painter = QPainter(picture)
        if index.column() == 0:
            self._person(painter, place, self._model.lines[index.row()])
        elif cell := self._model.cell(index):
            self._day(painter, place, cell, current=here)
        painter.setPen(QColor(colours.hairline))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.drawLine(place.topRight(), place.bottomRight())
        painter.end()
        return picture

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """Leave sizes to the grid."""
        return QSize(0, theme.ROW)

    # --------------------------------------------------------------------------------------------- people

    def _person(self, painter: QPainter, place: QRect, line: Line) -> None:
        """Draw name and role, and how many hours of how many are planned; over the limit is said in red."""
        colours = theme.tones()
        half = place.height() // 2
        upper = QRect(place.left() + _GAP, place.top() + 2, place.width() - 2 * _GAP, half)
        lower = upper.translated(0, half - 3)
        hours = f"{roster_words.lasting(line.minutes)} / {roster_words.lasting(line.limit)}"
        over = line.minutes > line.limit
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(colours.text))
        painter.drawText(upper, _MIDDLE | _ONE_LINE, roster_block.short(painter, line.name, upper.width()))
        painter.setFont(theme.font(_SMALL, bold=over))
        painter.setPen(QColor(colours.danger if over else colours.quiet))
        painter.drawText(lower, _MIDDLE | _RIGHT | _ONE_LINE, hours)
        room = lower.width() - painter.fontMetrics().horizontalAdvance(hours) - _GAP
        if over:
            painter.drawPixmap(lower.left(), lower.center().y() - 5, _icon(painter, "circle-alert", "danger"))
            lower.adjust(15, 0, 0, 0)
            room -= 15
        painter.setFont(theme.font(_SMALL))
        painter.setPen(QColor(colours.quiet))
        painter.drawText(lower, _MIDDLE | _ONE_LINE, roster_block.short(painter, _(line.role.word), room))

    # ----------------------------------------------------------------------------------------------- days

    def _day(self, painter: QPainter, place: QRect, cell: Cell, *, current: bool) -> None:
        if not self._model.concerned(cell):
            painter.setOpacity(_DIM)
        self._free(painter, place, cell.on)
        if cell.on.away:
            self._away(painter, place, cell.on)
        blocks = [roster_block.rect(place, s.span, self._model.axis) for s in cell.on.shifts]
        rooms = roster_block.edges(blocks, place)
        for number, (view, (before, room)) in enumerate(zip(cell.on.shifts, rooms, strict=True)):
            look = Look(
                against=_against(cell.on, view),
                away=bool(cell.on.away),
                new=self._model.is_new(view),
                chosen=current and number == self.chosen and len(rooms) > 1,
                room=room,
                before=before,
            )
            roster_block.draw(painter, place, view, self._model.axis, self._model.marks, look)
        self._wishes(painter, place, cell.on)
        painter.setOpacity(1)

    def _free(self, painter: QPainter, place: QRect, on: DayOf) -> None:
        """Grey the hours in which the person cannot come."""
        left, width = roster_block.line_of(place)
        axis, colour = self._model.axis, QColor(theme.tones().window)
        edge = axis.span.start
        for free in (*on.available, Span(axis.span.end, axis.span.end)):
            if free.start > edge:
                start, end = axis.x(edge, left, width), axis.x(free.start, left, width)
                painter.fillRect(QRect(start, place.top(), end - start, place.height()), colour)
            edge = max(edge, free.end)

    def _away(self, painter: QPainter, place: QRect, on: DayOf) -> None:
        """Write why the person is away; beside a shift that is planned all the same, the word stands below."""
        painter.fillRect(place, QColor(theme.tones().window))
        if on.shifts:
            return
        painter.setFont(theme.font(_SMALL))
        painter.setPen(QColor(theme.tones().quiet))
        inner = place.adjusted(_GAP, 2, -4, -2)
        flags = _MIDDLE | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        lines = inner.height() // painter.fontMetrics().height()
        text = on.away
        if painter.fontMetrics().boundingRect(inner, int(flags), text).height() > inner.height():
            text = roster_block.short(painter, text, inner.width() * max(1, lines) - 3 * _GAP)
        painter.drawText(inner, int(flags), text)

    def _wishes(self, painter: QPainter, place: QRect, on: DayOf) -> None:
        """Underline what the person likes with a heart, what the person would rather not with a wave."""
        left, width = roster_block.line_of(place)
        axis, base = self._model.axis, place.bottom() - 2
        for span, kind in on.wishes:
            tone = "accent" if kind is WishKind.LIKES else "warning"
            start, end = axis.x(span.start, left, width), axis.x(span.end, left, width)
            likes = kind is WishKind.LIKES
            pen = QPen(QColor(getattr(theme.tones(), tone)), 2, Qt.PenStyle.SolidLine if likes else Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(start, base, end, base)
            self._sign(painter, self._corner(place, on), tone, likes=likes)

    def _corner(self, place: QRect, on: DayOf) -> QRect:
        """Return an upper corner of the cell where no shift is drawn; the right one if both are taken."""
        right = QRect(place.right() - 16, place.top() + 2, 14, 14)
        left = QRect(place.left() + 4, place.top() + 2, 14, 14)
        blocks = [roster_block.rect(place, s.span, self._model.axis) for s in on.shifts]
        return next((box for box in (right, left) if not any(b.intersects(box) for b in blocks)), right)

    def _sign(self, painter: QPainter, box: QRect, tone: str, *, likes: bool) -> None:
        if likes:
            painter.drawPixmap(box.left() + 1, box.top() + 2, _icon(painter, "heart", tone))
        else:
            painter.setFont(theme.font(bold=True))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "~")

    def _frame(self, painter: QPainter, place: QRect, index: _Index) -> None:
        """Show where the cursor is, and what has been typed so far."""
        colours, typing = theme.tones(), self._model.typing
        if typing and typing[:2] == (index.row(), index.column()):
            painter.fillRect(place.adjusted(1, 1, -1, -2), QColor(colours.surface))
            painter.setPen(QColor(colours.text))
            painter.setFont(theme.font(bold=True))
            painter.drawText(place.adjusted(_GAP, 0, 0, 0), _MIDDLE, f"{typing[2]}▏")
        strong = self._table.hasFocus()
        painter.setPen(QPen(QColor(colours.accent if strong else colours.edge), 2 if strong else 1))
        painter.drawRect(place.adjusted(1, 1, -2, -2))


def _against(on: DayOf, view: ShiftView) -> str:
    if on.away:
        return on.away
    return _("not counted") if on.counting.why_not and view.group_id is not None else ""


def _icon(painter: QPainter, name: str, tone: str):
    return icons.pixmap(name, tone, 11, painter.device().devicePixelRatioF())
