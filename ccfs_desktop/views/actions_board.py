"""The board: a column for each stage, a card for each action.

The arrows go from card to card; ``Ctrl`` with an arrow moves the card; ``Enter`` opens it.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.action import Action, Repeat, Stage
from ccfs_desktop.services import actions
from ccfs_desktop.views import action_looks, safety_looks
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import words

_LANES: tuple[tuple[str, tuple[Stage, ...]], ...] = (
    (N_("Open"), (Stage.OPEN,)),
    (N_("In progress"), (Stage.IN_PROGRESS,)),
    (N_("To verify"), (Stage.DONE,)),
    (N_("Verified"), (Stage.VERIFIED,)),
    (N_("Ended"), (Stage.CLOSED, Stage.NO_ACTION)),
)
_ACTION = Qt.ItemDataRole.UserRole
_WIDTH, _CARD, _PAD = 168, 104, 10
_Index = QModelIndex | QPersistentModelIndex
_TEXT = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


class Board(QScrollArea):
    """Lanes side by side; it scrolls sideways where they do not fit."""

    opened = Signal(int)
    """An action's id."""
    asked = Signal(int, int)
    """An action's id, and which way it should go: 1 onward, -1 back."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setObjectName("board")
        holder = QWidget()
        holder.setObjectName("desk")
        row = QHBoxLayout(holder)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self.lanes: list[Lane] = []
        self._holders: list[QWidget] = []
        for number, (title, _stages) in enumerate(_LANES):
            lane = Lane(_(title))
            lane.stepped.connect(lambda way, n=number: self._step(n, way))
            lane.pushed.connect(self.asked)
            lane.itemActivated.connect(lambda item: self.opened.emit(item.data(_ACTION).id))
            self.lanes.append(lane)
            self._holders.append(lane.holder)
            row.addWidget(lane.holder, 1)
        self.setWidget(holder)
        self.setFocusProxy(self.lanes[0])

    def show_actions(self, shown: Sequence[Action], day: date, *, everything: bool) -> None:
        """Show these actions; the card under the cursor stays under it.

        Args:
            shown: the actions.
            day: today.
            everything: whether those that are ended are among them.
        """
        before = self.key()
        for lane, (title, stages), holder in zip(self.lanes, _LANES, self._holders, strict=True):
            lane.show_actions(_(title), sorted((a for a in shown if a.stage in stages), key=actions.by_urgency), day)
            holder.setVisible(Stage.CLOSED not in stages or everything)
        first = next((lane for lane in self.lanes if lane.count()), self.lanes[0])
        self.setFocusProxy(first)
        if before:
            self.choose(before, focus=False)

    def key(self) -> int:
        """Return the action under the cursor, or 0."""
        lane = next((lane for lane in self.lanes if lane.hasFocus()), None)
        return lane.key() if lane else 0

    def choose(self, key: int, *, focus: bool = True) -> None:
        """Put the cursor on a card."""
        for lane in self.lanes:
            for number in range(lane.count()):
                if lane.item(number).data(_ACTION).id == key:
                    lane.setCurrentRow(number)
                    self.setFocusProxy(lane)
                    if focus:
                        lane.setFocus()

    def _step(self, number: int, way: int) -> None:
        """Go to the nearest lane that way which has a card."""
        numbers = range(number + way, len(self.lanes) if way > 0 else -1, way)
        target = next((n for n in numbers if self.lanes[n].count() and self.lanes[n].isVisibleTo(self)), None)
        if target is not None:
            row = min(max(0, self.lanes[number].currentRow()), self.lanes[target].count() - 1)
            self.lanes[target].setCurrentRow(row)
            self.lanes[target].setFocus()
            self.ensureWidgetVisible(self.lanes[target], 24, 0)


class Lane(QListWidget):
    """One stage."""

    stepped = Signal(int)
    pushed = Signal(int, int)

    def __init__(self, title: str) -> None:
        """Build it, empty."""
        super().__init__()
        self.setObjectName("lane")
        self.setAccessibleName(title)
        self.setItemDelegate(_Card(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(3)
        self.heading = words(title, "section")
        self.holder = QWidget()
        self.holder.setMinimumWidth(theme.px(_WIDTH))
        column = QVBoxLayout(self.holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self, 1)

    def show_actions(self, title: str, found: Sequence[Action], day: date) -> None:
        """Show the cards of this stage."""
        self.heading.setText(f"{title}  {len(found)}")
        self.clear()
        for action in found:
            item = QListWidgetItem()
            item.setData(_ACTION, action)
            told = f"{action.number}. {_(action.severity.word)}. {actions.word(action, day)}. {action.finding}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            item.setToolTip(action.finding)
            item.setSizeHint(QSize(10, theme.px(_CARD)))
            self.addItem(item)
        if found:
            self.setCurrentRow(0)

    def key(self) -> int:
        """Return the action under the cursor, or 0."""
        return self.currentItem().data(_ACTION).id if self.currentRow() >= 0 else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right change the lane, with Ctrl they move the card."""
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        way = ways.get(Qt.Key(event.key()), 0)
        if self.isRightToLeft():
            way = -way
        if way and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.key():
            self.pushed.emit(self.key(), way)
        elif way:
            self.stepped.emit(way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key():
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the card under the cursor anew."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Draw the card under the cursor anew."""
        super().focusOutEvent(event)
        self.viewport().update()


class _Card(QStyledItemDelegate):
    """Draws a card: number and severity, what was found, who is responsible, and by when."""

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane)
        self._lane = lane

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """Give every card the same height."""
        return QSize(10, theme.px(_CARD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one card."""
        from ccfs_desktop import clock  # noqa: PLC0415

        action: Action = index.data(_ACTION)
        tones, place = theme.tones(), QRect(option.rect)  # type: ignore[attr-defined]
        current = index.row() == self._lane.currentRow() and self._lane.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones.accent if current else tones.hairline), 2 if current else 1))
        painter.setBrush(QColor(tones.surface))
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)
        inner = place.adjusted(_PAD, 8, -_PAD, -8)
        self._head(painter, inner, action)
        painter.setFont(theme.font())
        painter.setPen(QColor(tones.text))
        body = inner.adjusted(0, theme.px(20), 0, -theme.px(20))
        painter.drawText(body, _TEXT, _two_lines(painter, action.finding, body.width()))
        self._foot(painter, inner, action, clock.today())
        painter.restore()

    def _head(self, painter: QPainter, inner: QRect, action: Action) -> None:
        tones = theme.tones()
        painter.setFont(theme.font(12, bold=True))
        painter.setPen(QColor(tones.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, action.number)
        painter.setFont(theme.font(12))
        painter.setPen(QColor(getattr(tones, safety_looks.SEVERITY[action.severity])))
        told = _(action.severity.word) + (f" · {_(action.repeat.word)}" if action.repeat is Repeat.REPEAT else "")
        room = inner.adjusted(painter.fontMetrics().horizontalAdvance(action.number) + 14, 0, 0, 0)
        told = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, told)

    def _foot(self, painter: QPainter, inner: QRect, action: Action, day: date) -> None:
        icon, tone = action_looks.look(action, day)
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(inner.x(), inner.bottom() - 13, icons.pixmap(icon, tone, 14, scale))
        told = _when(action, day) + (f" · {action.owner}" if action.owner else "")
        painter.setFont(theme.font(12))
        painter.setPen(QColor(getattr(theme.tones(), tone if tone in ("danger", "warning") else "quiet")))
        room = inner.adjusted(20, 0, 0, 0)
        told = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignBottom, told)


def _two_lines(painter: QPainter, text: str, width: int) -> str:
    """Return a text cut to what two lines of a card hold."""
    metrics, room = painter.fontMetrics(), QRect(0, 0, width, 1000)
    most = 2 * metrics.lineSpacing()
    shown = text
    while metrics.boundingRect(room, int(_TEXT), shown).height() > most and len(shown) > 1:
        shown = shown.removesuffix("…")[:-1].rstrip() + "…"
    return shown


def _when(action: Action, day: date) -> str:
    """Say what comes next, and by which day."""
    if action.stage is Stage.VERIFIED and action.check_due:
        return _("Check from {day}").format(day=action.check_due)
    if action.stage in actions.UNSOLVED:
        told = _("Overdue since {day}") if actions.is_overdue(action, day) else _("Due {day}")
        return told.format(day=action.due)
    return actions.word(action, day)
