"""The roster by group: a day's rooms one below the other, who is there in each stretch, and whether that is enough."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QToolTip, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.services.cover import SKILL_WORDS, Quarter
from ccfs_desktop.services.drafting.problem import SLOT, Span
from ccfs_desktop.services.roster_week import ShiftView, Week
from ccfs_desktop.views import roster_axis, roster_block, roster_lanes, roster_words
from ccfs_desktop.views.kit import icons, theme, tones
from ccfs_desktop.views.kit.filters import Chip, Chips
from ccfs_desktop.views.roster_axis import Axis
from ccfs_desktop.views.roster_lanes import Lane, Piece, Room
from ccfs_desktop.views.roster_model import Cell
from ccfs_desktop.views.roster_words import Marks

_LANE, _NEED, _GAP, _TOP, _NAME = 25, 22, 12, 22, 170
_ONE_LINE = Qt.TextFlag.TextSingleLine
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class RosterRooms(QWidget):
    """A choice of days, and below it the chart of one."""

    told = Signal(str)
    asked = Signal(object, object)
    """A cell and its shift to be opened."""
    day_chosen = Signal(object)

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.week: Week | None = None
        self.days = Chips()
        self.days.pressed.connect(lambda key: self.show_day(date.fromisoformat(key)))  # pyright: ignore
        self.chart = RoomChart()
        self.chart.told.connect(self.told)
        self.chart.asked.connect(self.asked)
        self.chart.stepped.connect(self._step)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.chart)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = area
        self.chart.seen.connect(lambda y: area.ensureVisible(0, y, 0, theme.px(2 * _LANE)))  # pyright: ignore
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 6)
        top.addWidget(self.days)
        column.addLayout(top)
        column.addWidget(area, 1)
        self.setFocusProxy(self.chart)

    @property
    def day(self) -> date | None:
        """The day shown."""
        return self.chart.day

    def show_week(self, week: Week, day: date | None) -> None:
        """Show a day of a week."""
        self.week = week
        self.days.show_chips([Chip(d.isoformat(), self._label(week, d)) for d in week.days])
        shown = day if day in week.days else week.days[0] if week.days else None
        if shown:
            self.days.press(shown.isoformat())
        else:
            self.chart.show_day(week, None)

    def show_day(self, day: date) -> None:
        """Show another day of the week."""
        if self.week:
            self.chart.show_day(self.week, day)
            self.day_chosen.emit(day)

    def _step(self, step: int) -> None:
        days = self.week.days if self.week else ()
        if self.day in days:
            self.days.press(days[min(max(days.index(self.day) + step, 0), len(days) - 1)].isoformat())

    def _label(self, week: Week, day: date) -> str:
        cover = week.cover.get(day)
        name = roster_words.day_name(day)
        short = cover.short_minutes if cover else 0
        return f"{name} · {_('{time} h short').format(time=roster_words.lasting(short))}" if short else name


class RoomChart(QWidget):
    """The chart. Arrows move a cursor over people and quarter hours, ``Ctrl`` with them changes the day."""

    told = Signal(str)
    asked = Signal(object, object)
    stepped = Signal(int)
    seen = Signal(int)
    """A height that must be in view."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.day: date | None = None
        self._week: Week | None = None
        self._axis: Axis = roster_axis.of(None)
        self._marks = Marks({})
        self._rooms: list[Room] = []
        self._at = (0, 32)
        """The cursor: which lane from the top, and which quarter hour."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Roster by group"))

    def show_day(self, week: Week, day: date | None) -> None:
        """Show a day."""
        self._week, self.day = week, day
        self._axis, self._marks = roster_axis.of(week), Marks(week.groups)
        self._rooms = roster_lanes.rooms(week, day) if day else []
        height = theme.px(_TOP) + sum(self._height(room) for room in self._rooms) + theme.px(_NEED + _GAP)
        self.setMinimumHeight(height)
        self.update()

    # ---------------------------------------------------------------------------------------------- places

    def _height(self, room: Room) -> int:
        return theme.px(max(1, len(room.lanes)) * _LANE + (_NEED if room.needs else 0) + _GAP)

    def _line(self) -> tuple[int, int]:
        left = theme.px(_NAME)
        return left, max(60, self.width() - left - 16)

    def _lanes(self) -> list[tuple[Room, Lane, QRect]]:
        """Return every lane with its place, from the top."""
        found: list[tuple[Room, Lane, QRect]] = []
        y = theme.px(_TOP)
        left, width = self._line()
        for room in self._rooms:
            for number, lane in enumerate(room.lanes):
                found.append((room, lane, QRect(left, y + theme.px(number * _LANE), width, theme.px(_LANE))))
            y += self._height(room)
        return found

    def _under(self, at: QPoint) -> tuple[Room, Lane, Piece] | None:
        left, width = self._line()
        for room, lane, place in self._lanes():
            if place.contains(at):
                for piece in lane.pieces:
                    if (
                        self._axis.x(piece.span.start, left, width)
                        <= at.x()
                        < self._axis.x(piece.span.end, left, width)
                    ):
                        return room, lane, piece
        return None

    def _open(self, lane: Lane, view: ShiftView) -> None:
        if self.day:
            self.asked.emit(Cell(lane.line, self.day), view)

    # ------------------------------------------------------------------------------------- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, change the day, open a shift."""
        key = event.key()
        steps = {Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0)}
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Left) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.stepped.emit(steps[Qt.Key(key)][1])
        elif key in steps:
            self._move(*steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            lanes = self._lanes()
            if lanes:
                lane = lanes[min(self._at[0], len(lanes) - 1)][1]
                self._open(lane, self._piece(lane).view)
        else:
            super().keyPressEvent(event)

    def _piece(self, lane: Lane) -> Piece:
        minute = self._at[1] * SLOT
        return next((p for p in lane.pieces if p.span.start <= minute < p.span.end), lane.pieces[0])

    def _move(self, lanes: int, slots: int) -> None:
        last = max(0, len(self._lanes()) - 1)
        first, end = self._axis.span.start // SLOT, self._axis.span.end // SLOT - 1
        self._at = (min(max(self._at[0] + lanes, 0), last), min(max(self._at[1] + slots, first), end))
        self._say()

    def _say(self) -> None:
        lanes = self._lanes()
        if not lanes:
            return
        room, lane, place = lanes[min(self._at[0], len(lanes) - 1)]
        self.seen.emit(place.center().y())
        minute = self._at[1] * SLOT
        need = next((_said(span, q) for span, q in room.needs if span.start <= minute < span.end), "")
        told = f"{lane.line.name}: {roster_words.shift(self._piece(lane).view, self._marks)} · {need}"
        self.setAccessibleDescription(told)
        self.told.emit(told)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the cursor is."""
        super().focusInEvent(event)
        self._say()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the cursor away."""
        super().focusOutEvent(event)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the shift under the pointer."""
        if found := self._under(event.position().toPoint()):
            self._open(found[1], found[2].view)

    def event(self, event: QEvent) -> bool:
        """Say in a tooltip what is under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._under(event.pos())
            told = roster_words.of_day(found[1].line, self.day, self._marks) if found and self.day else ""
            QToolTip.showText(event.globalPos(), told or self._need_at(event.pos()), self)
            return True
        return super().event(event)

    def _need_at(self, at: QPoint) -> str:
        left, width = self._line()
        for room, place in self._needs():
            for span, quarter in room.needs if place.contains(at) else ():
                if self._axis.x(span.start, left, width) <= at.x() < self._axis.x(span.end, left, width):
                    return _said(span, quarter)
        return ""

    def _needs(self) -> list[tuple[Room, QRect]]:
        y, found = theme.px(_TOP), list[tuple[Room, QRect]]()
        left, width = self._line()
        for room in self._rooms:
            top = y + theme.px(max(1, len(room.lanes)) * _LANE)
            found.append((room, QRect(left, top, width, theme.px(_NEED))))
            y += self._height(room)
        return found

    # -------------------------------------------------------------------------------------------- drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the chart."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tones().surface))
        self._hours(painter)
        y = theme.px(_TOP)
        for room in self._rooms:
            self._room(painter, room, y)
            y += self._height(room)
        self._skills(painter, y)
        self._cursor(painter)
        painter.end()

    def _hours(self, painter: QPainter) -> None:
        left, width = self._line()
        painter.setFont(theme.font(11))
        for minute in self._axis.hours(width, theme.px(40)):
            x = self._axis.x(minute, left, width)
            painter.setPen(QColor(theme.tones().hairline))
            painter.drawLine(x, theme.px(_TOP) - 4, x, self.height())
            painter.setPen(QColor(theme.tones().quiet))
            painter.drawText(QRect(x - 30, 0, 60, theme.px(_TOP) - 4), _CENTRE, f"{minute // 60}:00")

    def _room(self, painter: QPainter, room: Room, y: int) -> None:
        colours = theme.tones()
        hue = tones.hue(colours, self._marks.number(room.group_id))
        height = self._height(room) - theme.px(_GAP)
        plain = room.group_id is None
        painter.fillRect(QRect(8, y, 4, height), QColor(colours.edge if plain else hue.line))
        text = QRect(20, y + 2, theme.px(_NAME) - 28, theme.px(18))
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(colours.text))
        name = self._marks.name(room.group_id)
        painter.drawText(text, _MIDDLE | _ONE_LINE, roster_block.short(painter, name, text.width()))
        painter.setFont(theme.font(11))
        painter.setPen(QColor(colours.quiet))
        painter.drawText(text.translated(0, theme.px(17)), _MIDDLE | _ONE_LINE, self._expected(room.group_id))
        left, width = self._line()
        for number, lane in enumerate(room.lanes):
            place = QRect(left, y + theme.px(number * _LANE), width, theme.px(_LANE))
            for piece in lane.pieces:
                self._piece_drawn(painter, place, room, lane, piece)
        if not room.lanes:
            painter.setPen(QColor(colours.quiet))
            place = QRect(left + 4, y, width, theme.px(_LANE))
            painter.drawText(place, _MIDDLE, _("Nobody is planned here."))
        top = y + theme.px(max(1, len(room.lanes)) * _LANE)
        self._needed(painter, room.needs, top)
        painter.setPen(QColor(colours.hairline))
        painter.drawLine(8, y + height + theme.px(_GAP) // 2, self.width() - 8, y + height + theme.px(_GAP) // 2)

    def _expected(self, group_id: int | None) -> str:
        count = self._week.expected.get(self.day, {}).get(group_id, 0) if self._week and self.day else 0
        return ngettext("{n} child expected", "{n} children expected", count).format(n=count) if count else ""

    def _piece_drawn(self, painter: QPainter, place: QRect, room: Room, lane: Lane, piece: Piece) -> None:
        """Draw one stretch: filled with the children, hatched on a break, an arrow while in another group."""
        colours = theme.tones()
        hue = tones.hue(colours, self._marks.number(room.group_id))
        start, end = (self._axis.x(m, place.left(), place.width()) for m in (piece.span.start, piece.span.end))
        box = QRect(start, place.top() + 2, max(3, end - start - 1), place.height() - 4)
        painter.setFont(theme.font(12))
        if piece.group_id != room.group_id:
            painter.setPen(QPen(QColor(colours.edge), 1, Qt.PenStyle.DotLine))
            painter.drawRect(box)
            self._label(painter, box, f"→ {self._marks.name(piece.group_id)}", colours.quiet)
        elif piece.kind is not None and piece.kind is not PartKind.COVER:
            painter.fillRect(box, QBrush(QColor(colours.edge), Qt.BrushStyle.BDiagPattern))
            self._label(painter, box, _(piece.kind.word), colours.text, clear=True)
        else:
            plain = room.group_id is None
            painter.fillRect(box, QColor(colours.hover if plain else hue.fill))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(colours.edge if plain else hue.line))
            self._name(painter, box, lane, piece)

    def _name(self, painter: QPainter, box: QRect, lane: Lane, piece: Piece) -> None:
        colours = theme.tones()
        counts = lane.line.days[self.day].counting.percent if self.day else 100
        text, x = lane.line.name, box.left() + 7
        if not counts and piece.view.group_id is not None:
            painter.drawPixmap(x, box.center().y() - 5, icons.pixmap("ban", "warning", 11))
            x += 15
            text = f"{text} ({_('not counted')})"
        elif counts < 100 and counts:
            text = f"{text} (½)"
        self._label(painter, QRect(x - 4, box.top(), box.right() - x + 4, box.height()), text, colours.text)

    def _label(self, painter: QPainter, box: QRect, text: str, colour: str, *, clear: bool = False) -> None:
        fitting = roster_block.short(painter, text, box.width() - 6)
        if clear:
            if fitting != text:
                return
            wide = painter.fontMetrics().horizontalAdvance(text) + 6
            middle = QRect(box.center().x() - wide // 2, box.top() + 2, wide, box.height() - 4)
            painter.fillRect(middle, QColor(theme.tones().surface))
        painter.setPen(QColor(colour))
        painter.drawText(box.adjusted(4, 0, -2, 0), (_CENTRE if clear else _MIDDLE) | _ONE_LINE, fitting)

    def _needed(self, painter: QPainter, needs: Sequence[tuple[Span, Quarter]], top: int) -> None:
        """Write planned of needed under each stretch; too few stands out by colour, sign and words."""
        colours, high = theme.tones(), theme.px(_NEED)
        left, width = self._line()
        for span, quarter in needs:
            start, end = (self._axis.x(m, left, width) for m in (span.start, span.end))
            box = QRect(start, top + 3, max(2, end - start - 1), high - 6)
            painter.fillRect(box, QColor(colours.danger_soft if quarter.short else colours.window))
            if quarter.short:
                painter.fillRect(QRect(box.left(), box.bottom() - 1, box.width(), 2), QColor(colours.danger))
            figures = f"{quarter.percent / 100:g}/{quarter.required}"
            forms = (
                _("{there} of {needed}").format(there=f"{quarter.percent / 100:g}", needed=quarter.required),
                figures,
            )
            painter.setFont(theme.font(11, bold=quarter.short))
            painter.setPen(QColor(colours.danger if quarter.short else colours.quiet))
            metrics = painter.fontMetrics()
            painter.drawText(box, _CENTRE, next((f for f in forms if metrics.horizontalAdvance(f) < box.width()), ""))
        if needs:
            painter.setFont(theme.font(11))
            painter.setPen(QColor(colours.quiet))
            room = theme.px(_NAME) - 28
            painter.drawText(
                QRect(20, top, room, high),
                _MIDDLE | _ONE_LINE,
                roster_block.short(painter, _("There, of needed"), room),
            )

    def _skills(self, painter: QPainter, y: int) -> None:
        """Say when nobody on duty is a first-aider, has the keys or may lead."""
        cover = self._week.cover.get(self.day) if self._week and self.day else None
        if not cover or not cover.quarters:
            return
        colours = theme.tones()
        box = QRect(20, y, self.width() - 36, theme.px(_NEED))
        spans: dict[str, list[int]] = {}
        for lack in cover.lacks:
            spans.setdefault(_(SKILL_WORDS[lack.skill]), []).append(lack.slot)
        told = [f"{word} {_joined(slots)}" for word, slots in spans.items()]
        icon, tone = ("triangle-alert", "danger") if told else ("circle-check", "accent")
        painter.drawPixmap(box.left(), box.center().y() - 7, icons.pixmap(icon, tone, 15))
        painter.setFont(theme.font(12))
        painter.setPen(QColor(colours.danger if told else colours.quiet))
        text = " · ".join(told) or _("First-aider, keys and lead: always on duty.")
        painter.drawText(
            box.adjusted(22, 0, 0, 0), _MIDDLE | _ONE_LINE, roster_block.short(painter, text, box.width() - 22)
        )

    def _cursor(self, painter: QPainter) -> None:
        lanes = self._lanes()
        if not self.hasFocus() or not lanes:
            return
        place = lanes[min(self._at[0], len(lanes) - 1)][2]
        start, end = (self._axis.x((self._at[1] + n) * SLOT, place.left(), place.width()) for n in (0, 1))
        painter.setPen(QPen(QColor(theme.tones().accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRect(start, place.top(), end - start, place.height() - 1))


def _said(span: Span, quarter: Quarter) -> str:
    """Say what holds in a stretch of like quarter hours."""
    return f"{roster_words.between(span)} {roster_words.enough(quarter)}"


def _joined(slots: Sequence[int]) -> str:
    """Write quarter hours as from … to, those in a row together."""
    spans: list[Span] = []
    for slot in sorted(slots):
        if spans and spans[-1].end == slot * SLOT:
            spans[-1] = Span(spans[-1].start, slot * SLOT + SLOT)
        else:
            spans.append(Span(slot * SLOT, slot * SLOT + SLOT))
    return ", ".join(roster_words.between(s) for s in spans)
