"""The coverage strip below the roster: adults needed and planned, quarter hour by quarter hour, red where short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QToolTip, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.services import times
from ccfs_desktop.services.cover import DayCover
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.roster_week import Week
from ccfs_desktop.views import roster_axis, roster_block, roster_words
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.roster_axis import Axis

_HEIGHT, _LOW_HEIGHT = 66, 56
_HOURS = 13
"""Pixels for the hours written below."""
_FEWEST = 4
"""Adults the scale reaches to at least."""


@dataclass(frozen=True)
class Bar:
    """All groups in one quarter hour."""

    slot: int
    required: int
    planned: int
    missing: int
    """Whole adults, in the groups that are short."""
    lacking: bool
    """Whether nobody on duty has a skill that must be there."""


def bars(cover: DayCover) -> list[Bar]:
    """Sum a day's groups up by quarter hours."""
    lacking = {lack.slot for lack in cover.lacks}
    found: list[Bar] = []
    for slot in sorted({q.slot for q in cover.quarters}):
        here = [q for q in cover.quarters if q.slot == slot]
        missing = sum(max(1, ceil((q.required * 100 - q.percent) / 100)) for q in here if q.short)
        planned = sum(q.percent for q in here) // 100
        found.append(Bar(slot, sum(q.required for q in here), planned, missing, slot in lacking))
    return found


class CoverStrip(QWidget):
    """One chart a day, under its column. Arrows go from quarter hour to quarter hour, with ``Ctrl`` to the next gap."""

    told = Signal(str)
    """In words what holds in the quarter hour under the pointer or the cursor."""
    left = Signal()
    """``Up`` or ``Esc`` was pressed: back to the grid."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self._week: Week | None = None
        self._axis: Axis = roster_axis.of(None)
        self._bars: dict[date, list[Bar]] = {}
        self._widths: list[int] = []
        self._top = _FEWEST
        self._drawn: tuple[object, QPixmap] | None = None
        self.at: tuple[date, int] | None = None
        """Day and quarter hour of the cursor."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(theme.px(_HEIGHT))
        self.setAccessibleName(_("Adults needed and planned"))

    def show_week(self, week: Week | None, axis: Axis) -> None:
        """Show a week's cover."""
        self._week, self._axis = week, axis
        self._bars = {day: bars(cover) for day, cover in week.cover.items()} if week else {}
        every = [b for found in self._bars.values() for b in found]
        self._top = max([_FEWEST, *(max(b.required, b.planned) for b in every)])
        if self.at and (not week or self.at[0] not in week.days):
            self.at = None
        self._drawn = None
        self.update()

    def squeeze(self, *, low: bool) -> None:
        """Be lower where the window is low."""
        self.setFixedHeight(theme.px(_LOW_HEIGHT if low else _HEIGHT))

    def fit(self, widths: Sequence[int]) -> None:
        """Take the widths of the grid's columns."""
        self._widths, self._drawn = list(widths), None
        self.update()

    # ---------------------------------------------------------------------------------------------- where

    def sentence(self, day: date, slot: int) -> str:
        """Say what holds in a quarter hour."""
        cover = self._week.cover.get(day) if self._week else None
        told = roster_words.at_slot(cover, slot) if cover else ""
        if not told:
            return _("{time}: no child is expected.").format(time=times.clock(slot * SLOT))
        return told

    def go(self, day: date, slot: int) -> None:
        """Put the cursor on a quarter hour, and say what holds there."""
        self.at = (day, slot)
        told = f"{roster_words.day_name(day)} {self.sentence(day, slot)}"
        self.setAccessibleDescription(told)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.told.emit(told)
        self.update()

    def _places(self) -> list[tuple[date, QRect]]:
        """Return where each day's chart lies."""
        days = self._week.days if self._week else ()
        found, x = list[tuple[date, QRect]](), self._widths[0] if self._widths else 0
        for day, width in zip(days, self._widths[1:], strict=False):
            found.append((day, QRect(x, 0, width, self.height())))
            x += width
        return found

    def _under(self, at: QPoint) -> tuple[date, int] | None:
        for day, place in self._places():
            if place.contains(at):
                left, width = roster_block.line_of(place)
                share = (at.x() - left) / width * self._axis.span.minutes
                return day, int(self._axis.span.start + share) // SLOT
        return None

    # ------------------------------------------------------------------------------------- keys and mouse

    def event(self, event: QEvent) -> bool:
        """Say in a tooltip what holds under the pointer; keep ``Esc`` from the page."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._under(event.pos())
            QToolTip.showText(event.globalPos(), self.sentence(*found) if found else "", self)
            return True
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return super().event(event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor."""
        key, far = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(1 if key == Qt.Key.Key_Right else -1, gaps=far)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _move(self, step: int, *, gaps: bool) -> None:
        every = [(day, b) for day in (self._week.days if self._week else ()) for b in self._bars.get(day, ())]
        wanted = [(day, b.slot) for day, b in every if not gaps or b.missing or b.lacking]
        ahead = [at for at in wanted if self.at is None or (at > self.at if step > 0 else at < self.at)]
        if ahead:
            self.go(*(ahead[0] if step > 0 else ahead[-1]))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first gap, or at the first quarter hour."""
        super().focusInEvent(event)
        if self.at:
            self.go(*self.at)
        else:
            self._move(1, gaps=any(b.missing or b.lacking for found in self._bars.values() for b in found))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the cursor's frame away."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor where the pointer is."""
        if found := self._under(event.position().toPoint()):
            self.go(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the pointer."""
        if found := self._under(event.position().toPoint()):
            self.told.emit(f"{roster_words.day_name(found[0])} {self.sentence(*found)}")

    # -------------------------------------------------------------------------------------------- drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the charts, from memory where nothing has changed, and the cursor."""
        painter = QPainter(self)
        key = (self.size().toTuple(), self.devicePixelRatioF(), theme.tones().surface)
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = (key, self._picture())
        painter.drawPixmap(0, 0, self._drawn[1])
        for day, place in self._places():
            if self.at and self.at[0] == day:
                self._cursor(painter, place, self.at[1])
        painter.end()

    def _picture(self) -> QPixmap:
        colours, scale = theme.tones(), self.devicePixelRatioF()
        picture = QPixmap(self.size() * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(QColor(colours.surface))
        painter = QPainter(picture)
        painter.setPen(QColor(colours.edge))
        painter.drawLine(0, 0, self.width(), 0)
        self._legend(painter)
        for day, place in self._places():
            self._chart(painter, place, self._bars.get(day, []))
            painter.setPen(QColor(colours.hairline))
            painter.drawLine(place.topRight(), place.bottomRight())
        painter.end()
        return picture

    def _legend(self, painter: QPainter) -> None:
        """Name the two lines."""
        if not self._widths:
            return
        colours, row = theme.tones(), theme.px(17)
        painter.setFont(theme.font(11))
        for number, (word, sample) in enumerate(
            ((_("Adults planned"), "planned"), (_("Adults needed"), "needed"), (_("Short"), "short"))
        ):
            box = QRect(8, 5 + number * row + 3, 16, 9)
            if sample == "planned":
                painter.fillRect(box, QColor(colours.accent_soft))
                painter.setPen(QPen(QColor(colours.accent), 1))
                painter.drawLine(box.topLeft(), box.topRight())
            elif sample == "needed":
                painter.setPen(QPen(QColor(colours.text), 2))
                painter.drawLine(box.left(), box.center().y(), box.right(), box.center().y())
            else:
                _gap(painter, box)
            painter.setPen(QColor(colours.quiet))
            room = self._widths[0] - 36
            text = QRect(30, 5 + number * row, room, row)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, roster_block.short(painter, word, room))

    def _chart(self, painter: QPainter, place: QRect, found: Sequence[Bar]) -> None:
        colours = theme.tones()
        left, width = roster_block.line_of(place)
        base, high = place.bottom() - theme.px(_HOURS), place.top() + 6
        self._hours(painter, left, width, base)
        for bar in found:
            start, end = (self._axis.x((bar.slot + n) * SLOT, left, width) for n in (0, 1))
            top = base - round((base - high) * bar.planned / self._top)
            painter.fillRect(start, top, end - start, base - top, QColor(colours.accent_soft))
            painter.fillRect(start, top, end - start, 1, QColor(colours.accent))
            if bar.missing:
                need, held = (
                    base - round((base - high) * n / self._top) for n in (bar.required, bar.required - bar.missing)
                )
                _gap(painter, QRect(start, need, end - start, held - need))
            elif bar.lacking:
                painter.fillRect(start, base - 3, end - start, 3, QColor(colours.warning))
        self._needed(painter, found, left, width, base, high)
        self._number(painter, place, found, left, width)

    def _hours(self, painter: QPainter, left: int, width: int, base: int) -> None:
        colours = theme.tones()
        painter.setFont(theme.font(10))
        for minute in self._axis.hours(width, theme.px(22)):
            x = self._axis.x(minute, left, width)
            painter.setPen(QColor(colours.hairline))
            painter.drawLine(x, 4, x, base)
            painter.setPen(QColor(colours.quiet))
            painter.drawText(QRect(x + 1, base, 40, theme.px(_HOURS)), Qt.AlignmentFlag.AlignLeft, str(minute // 60))

    def _needed(self, painter: QPainter, found: Sequence[Bar], left: int, width: int, base: int, high: int) -> None:
        painter.setPen(QPen(QColor(theme.tones().text), 2))
        last: tuple[int, int, int] | None = None
        for bar in found:
            start, end = (self._axis.x((bar.slot + n) * SLOT, left, width) for n in (0, 1))
            level = base - round((base - high) * bar.required / self._top)
            if last and last[0] == bar.slot - 1 and last[2] != level:
                painter.drawLine(start, last[2], start, level)
            painter.drawLine(start, level, end, level)
            last = (bar.slot, end, level)

    def _number(self, painter: QPainter, place: QRect, found: Sequence[Bar], left: int, width: int) -> None:
        """Write at the worst gap how many adults are missing."""
        worst = max(found, key=lambda bar: bar.missing, default=None)
        if worst is None or not worst.missing:
            return
        text = f"−{worst.missing}"
        painter.setFont(theme.font(12, bold=True))
        x = self._axis.x(worst.slot * SLOT, left, width)
        wide = painter.fontMetrics().horizontalAdvance(text) + 6
        box = QRect(min(x, place.right() - wide), place.top() + 4, wide, theme.px(15))
        painter.fillRect(box, QColor(theme.tones().danger))
        painter.setPen(QColor(theme.tones().surface))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _cursor(self, painter: QPainter, place: QRect, slot: int) -> None:
        left, width = roster_block.line_of(place)
        start, end = (self._axis.x((slot + n) * SLOT, left, width) for n in (0, 1))
        colour = theme.tones().accent if self.hasFocus() else theme.tones().edge
        painter.setPen(QPen(QColor(colour), 2))
        painter.drawRect(QRect(start - 1, 2, max(end - start, 3) + 1, self.height() - 5))


def _gap(painter: QPainter, place: QRect) -> None:
    """Fill where adults are missing: red, and hatched for those who do not see red."""
    colours = theme.tones()
    painter.fillRect(place, QColor(colours.danger_soft))
    painter.fillRect(place, QBrush(QColor(colours.danger), Qt.BrushStyle.Dense4Pattern))
