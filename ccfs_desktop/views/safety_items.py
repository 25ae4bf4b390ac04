"""The items of a check below each other, as on the form: section, severity, question, answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from ccfs_desktop.i18n import _
from ccfs_desktop.models.check import CheckAnswer, Said
from ccfs_desktop.services import check_rules
from ccfs_desktop.services.checklists import Checklist, Item, Kind
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.safety_looks import SAID, SEVERITY

_Index = QModelIndex | QPersistentModelIndex
_DISPLAY, _ACCESSIBLE = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)
_PAD, _BADGE, _ICON = 12, 24, 16
_ANSWER = 116
"""Width of what was answered, at the right."""
_LEAST = 34


@dataclass(frozen=True)
class Row:
    """One line of the list: a section's heading, or an item."""

    title: str
    item: Item | None = None


class ItemsModel(QAbstractListModel):
    """The lines of one check."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.lines: list[Row] = []
        self.answers: Mapping[str, CheckAnswer] = {}

    def show(self, checklist: Checklist, answers: Mapping[str, CheckAnswer]) -> None:
        """Show a check's items; the wording is the one kept with the answers."""
        self.beginResetModel()
        self.answers = answers
        self.lines = []
        for title, items in checklist.asked():
            self.lines += [Row(title)] if title else []
            self.lines += [Row("", item) for item in items]
        self.endResetModel()

    def update(self, answers: Mapping[str, CheckAnswer]) -> None:
        """Show other answers to the same items."""
        self.answers = answers
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return how many lines there are."""
        return len(self.lines)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """Answer Qt and screen readers; the delegate asks the lines themselves."""
        if role not in (_DISPLAY, _ACCESSIBLE):
            return None
        row = self.lines[index.row()]
        if row.item is None:
            return _(row.title)
        return f"{row.item.id} {self.wording(row.item)} {said(row.item, self.answers[row.item.id])}"

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let the cursor rest on items only."""
        if self.lines[index.row()].item is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def wording(self, item: Item) -> str:
        """Return an item's wording in the language of the screen."""
        return _(self.answers[item.id].text)

    def progress(self, number: int) -> tuple[int, int]:
        """Return how many items of the section headed by a line are answered, of how many must be."""
        items: list[Item] = []
        for row in self.lines[number + 1 :]:
            if row.item is None:
                break
            items.append(row.item)
        return check_rules.progress(items, self.answers)


def said(item: Item, answer: CheckAnswer) -> str:
    """Return what was answered, in a few words."""
    parts = [_(answer.said.word)] if answer.said else []
    typed = zip(item.of(Kind.NUMBER), check_rules.numbers(answer, item), strict=True)
    written = [f"{number} {part.unit}".strip() for part, number in typed if number]
    parts += [" / ".join(written)] if written else []
    parts += [answer.words] if answer.words else []
    parts += [day.isoformat() for day in (answer.first_date, answer.second_date) if day]
    return " · ".join(parts)


class ItemsView(QListView):
    """The list. Y, N and A answer, digits begin a number, Enter goes on; the cursor skips the headings."""

    keyed = Signal(str)
    """``yes``, ``no``, ``na``, ``clear``, ``next``, ``corrected``, ``photo``, or the digit or sign of a number."""
    chosen = Signal(object)
    """The item the cursor is on."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.setObjectName("list")
        self.lines = ItemsModel()
        self.setModel(self.lines)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(_("Items of the check"))
        self.setMinimumWidth(theme.px(300))
        self.selectionModel().currentRowChanged.connect(self._tell)

    @property
    def item(self) -> Item | None:
        """The item the cursor is on."""
        number = self.currentIndex().row()
        return self.lines.lines[number].item if 0 <= number < len(self.lines.lines) else None

    def go(self, item_id: str) -> None:
        """Put the cursor on an item."""
        for number, row in enumerate(self.lines.lines):
            if row.item and row.item.id == item_id:
                self.setCurrentIndex(self.lines.index(number))
                self.scrollTo(self.lines.index(max(0, number - 1)))
                self.scrollTo(self.lines.index(number))

    def step(self, step: int) -> bool:
        """Go to the next item in a direction; False when there is none."""
        number = self.currentIndex().row() + step
        while 0 <= number < len(self.lines.lines):
            if item := self.lines.lines[number].item:
                self.go(item.id)
                return True
            number += step
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with one key."""
        key, text = event.key(), event.text().lower()
        name = _KEYS.get(Qt.Key(key)) or _LETTERS.get(text)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Down:
            self.step(1)
        elif key == Qt.Key.Key_Up:
            self.step(-1)
        elif name:
            self.keyed.emit(name)
        elif text and (text.isdigit() or text in "-."):
            self.keyed.emit(text)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Never jump to a line by its first letter."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the questions anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _tell(self) -> None:
        if self.item:
            self.chosen.emit(self.item)


_KEYS = {
    Qt.Key.Key_Return: "next", Qt.Key.Key_Enter: "next", Qt.Key.Key_Backspace: "clear", Qt.Key.Key_Delete: "clear",
}  # fmt: skip
_LETTERS = {"y": "yes", "n": "no", "a": "na", "c": "corrected", "p": "photo"}


class _Painter(QStyledItemDelegate):
    """Draws one line."""

    def __init__(self, view: ItemsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """As high as its question needs at this width."""
        row = self._view.lines.lines[index.row()]
        width = self._view.viewport().width()
        if row.item is None:
            return QSize(width, theme.px(_LEAST))
        room = QRect(0, 0, self._room(width), 10_000)
        wrap = Qt.TextFlag.TextWordWrap
        high = QFontMetrics(theme.font()).boundingRect(room, wrap, self._view.lines.wording(row.item)).height()
        return QSize(width, max(theme.px(_LEAST), high + 2 * 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw it."""
        row = self._view.lines.lines[index.row()]
        rect: QRect = option.rect  # pyright: ignore
        painter.save()
        if row.item is None:
            self._heading(painter, rect, row, index.row())
        else:
            self._item(painter, rect, row.item, current=index.row() == self._view.currentIndex().row())
        painter.restore()

    def _room(self, width: int) -> int:
        return max(80, width - 2 * _PAD - _BADGE - 10 - theme.px(_ANSWER))

    def _heading(self, painter: QPainter, rect: QRect, row: Row, number: int) -> None:
        tones = theme.tones()
        painter.fillRect(rect, QColor(tones.window))
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(tones.text))
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, _(row.title))
        done, count = self._view.lines.progress(number)
        painter.setFont(theme.font(12))
        painter.setPen(QColor(tones.accent_strong if done == count else tones.quiet))
        told = (f"{done} / {count}" + (" ✓" if done == count else "")) if count else ""
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, told)

    def _item(self, painter: QPainter, rect: QRect, item: Item, *, current: bool) -> None:
        tones = theme.tones()
        answer = self._view.lines.answers[item.id]
        if current:
            painter.fillRect(rect, QColor(tones.selection))
            if self._view.hasFocus():
                painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(tones.accent))
        self._badge(painter, rect, item)
        painter.setFont(theme.font())
        painter.setPen(QColor(tones.text))
        text = QRect(rect.left() + _PAD + _BADGE + 4, rect.top(), self._room(rect.width()), rect.height())
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(text, flags, self._view.lines.wording(item))
        self._answer(painter, rect, item, answer)
        painter.setPen(QColor(tones.hairline))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _badge(self, painter: QPainter, rect: QRect, item: Item) -> None:
        """Draw the severity as its letter, in a filled, an outlined or no circle."""
        if not item.letter:
            return
        tones = theme.tones()
        colour = QColor(getattr(tones, SEVERITY[item.severity]))
        size = 18
        circle = QRect(rect.left() + _PAD, rect.center().y() - size // 2, size, size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour)
        painter.setBrush(colour if item.letter == "C" else Qt.BrushStyle.NoBrush)
        if item.letter != "m":
            painter.drawEllipse(circle)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(theme.font(11, bold=True))
        painter.setPen(QColor(tones.surface) if item.letter == "C" else colour)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, item.letter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _answer(self, painter: QPainter, rect: QRect, item: Item, answer: CheckAnswer) -> None:
        """Draw what was answered: a sign and its word."""
        if not check_rules.is_touched(answer):
            return
        name, tone = SAID.get(answer.said, ("check", "accent")) if answer.said else ("check", "accent")
        if answer.fails:
            name, tone = SAID[Said.NO]
        elif not check_rules.is_answered(item, answer):
            name, tone = "pencil", "warning"
        width = theme.px(_ANSWER)
        left = rect.right() - _PAD - width
        painter.drawPixmap(left, rect.center().y() - _ICON // 2, icons.pixmap(name, tone, _ICON, 2.0))
        tones = theme.tones()
        painter.setFont(theme.font(bold=answer.fails))
        painter.setPen(QColor(getattr(tones, tone if answer.fails else "text")))
        room = QRect(left + _ICON + 6, rect.top(), width - _ICON - 6, rect.height())
        told = said(item, answer)
        metrics = QFontMetrics(painter.font())
        painter.drawText(
            room, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(told, Qt.TextElideMode.ElideRight, room.width())
        )
