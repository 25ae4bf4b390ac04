"""The body map on the screen: marks are put with the mouse or with the arrows, and each stands in words beside it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.services import body_map
from ccfs_desktop.services.body_map import REGIONS, SIDES, Mark, Side, Wound
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.figure import FigureView
from ccfs_desktop.views.kit.states import button, tool, words

if TYPE_CHECKING:
    from ccfs_desktop.reports.kit.figure import Figure

_STEP, _LEAP = 10, 50
"""Thousandths of the figure an arrow goes, alone and with Shift."""
_NEAR = 40
_FIELD = 320


class BodyCanvas(FigureView):
    """The figure. Arrows move the cross, ``Enter`` puts a mark under it, ``Del`` takes the nearest one away."""

    put = Signal(str, int, int)
    """Side and place, in thousandths."""
    taken = Signal(int)
    """The place of a mark in the row."""
    pointed = Signal(str)
    """What lies under the cross, in words."""

    _ARROWS: ClassVar[dict[int, tuple[int, int]]] = {
        Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
    }  # fmt: skip

    def __init__(self) -> None:
        """Build it, without marks."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.marks: tuple[Mark, ...] = ()
        self.locked = False
        self.cross: tuple[Side, int, int] = ("front", 500, 320)

    def show_marks(self, marks: Sequence[Mark], *, locked: bool) -> None:
        """Show marks.

        Args:
            marks: in the order of their numbers.
            locked: whether none can be put or taken away.
        """
        self.marks, self.locked = tuple(marks), locked
        self.setCursor(Qt.CursorShape.ArrowCursor if locked else Qt.CursorShape.CrossCursor)
        self.show_figure(_figure(self.marks))

    def sizeHint(self) -> QSize:
        """Smaller than on paper: a form stands around it."""
        return super().sizeHint() * 0.92

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put a mark, or take the one under the pointer away with the right button."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        found = self._under(event.position())
        if found is None or self.locked:
            return
        self._go(*found)
        if event.button() == Qt.MouseButton.RightButton:
            self._take()
        else:
            self.put.emit(*found)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that work here from being shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._mine(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross, put a mark, take one away."""
        key = event.key()
        if key in self._ARROWS:
            leap = _LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
            across, down = self._ARROWS[key]
            self._step(across * leap, down * leap)
        elif not self._mine(event):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take()
        elif not self.locked:
            self.put.emit(*self.cross)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cross."""
        super().focusInEvent(event)
        self._go(*self.cross)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cross."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure, and the cross while the keyboard is here."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        from ccfs_desktop.reports import body_map as drawn  # noqa: PLC0415 (loaded with the figure itself)

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._scale(self.width())
        x, y = (value * scale for value in drawn.at(*self.cross))
        painter.setPen(QPen(QColor(theme.tones().accent), 2))
        for across, down in ((12, 0), (0, 12)):
            painter.drawLine(QPointF(x - across, y - down), QPointF(x + across, y + down))
        painter.end()

    def _mine(self, event: QKeyEvent) -> bool:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        return event.key() in keys or event.key() in self._ARROWS

    def _under(self, point: QPointF) -> tuple[Side, int, int] | None:
        from ccfs_desktop.reports import body_map as drawn  # noqa: PLC0415

        scale = self._scale(self.width())
        return drawn.where(point.x() / scale, point.y() / scale)

    def _step(self, across: int, down: int) -> None:
        """Move the cross; over the edge of a figure it comes to the other one."""
        side, x, y = self.cross
        x, y = x + across, min(1000, max(0, y + down))
        if not 0 <= x <= 1000:
            side = "back" if side == "front" else "front"
            x %= 1000
        self._go(side, x, y)

    def _go(self, side: Side, x: int, y: int) -> None:
        self.cross = (side, x, y)
        place = _("{side}: {place}").format(side=_(SIDES[side]), place=_(body_map.place(Mark(side, x, y, Wound.OTHER))))
        self.setAccessibleDescription(place)
        self.pointed.emit(place)
        self.update()

    def _take(self) -> None:
        """Take the mark nearest to the cross away, if one is near."""
        side, x, y = self.cross
        near = [(abs(m.x - x) + abs(m.y - y) * 2, n) for n, m in enumerate(self.marks) if m.side == side]
        if near and not self.locked and min(near)[0] <= 3 * _NEAR:
            self.taken.emit(min(near)[1])


class BodyMap(QWidget):
    """The figure at the left; at the right the kind of the next mark, places to choose from, and the marks in words."""

    changed = Signal(str)
    """The marks, as a report keeps them."""

    def __init__(self) -> None:
        """Build it, without marks."""
        super().__init__()
        self.marks: tuple[Mark, ...] = ()
        self.canvas = BodyCanvas()
        self.canvas.setFixedSize(self._room())
        self.wound, self.region = QComboBox(), QComboBox()
        for wound in Wound:
            self.wound.addItem(_(wound.word), wound)
        for side in SIDES:
            for region in REGIONS[side]:
                self.region.addItem(f"{_(SIDES[side])}: {_(region.name)}", (side, region.x, region.y))
        self.pointed = words("", "help")
        self.list = QVBoxLayout()
        self.keys = words(_("Click, or move the cross with the arrows and press Enter. Del takes a mark away."), "help",
                          wrap=True)  # fmt: skip
        self.add_button = button(_("Put this mark"), self._put_region, "plus")
        self.editing = QWidget()
        self._build()
        self.canvas.put.connect(self._put)
        self.canvas.taken.connect(self._take)
        self.canvas.pointed.connect(self.pointed.setText)
        self.setFocusProxy(self.canvas)

    def show_marks(self, text: str | None, *, locked: bool = False) -> None:
        """Show the marks of a report.

        Args:
            text: as the report keeps them.
            locked: whether they can only be looked at.
        """
        self.marks = body_map.read(text)
        self.canvas.show_marks(self.marks, locked=locked)
        self.editing.setVisible(not locked)
        while item := self.list.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for number, mark in enumerate(self.marks):
            self.list.addWidget(self._line(number, mark, locked=locked))
        if not self.marks:
            self.list.addWidget(words(_("No mark."), "quiet"))

    def _line(self, number: int, mark: Mark, *, locked: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(words(f"{number + 1}  {body_map.told(mark)}", wrap=True), 1)
        if not locked:
            row.addWidget(tool("trash-2", _("Take mark {n} away").format(n=number + 1), partial(self._take, number)))
        return line

    def _put(self, side: Side, x: int, y: int) -> None:
        self._store((*self.marks, Mark(side, x, y, Wound(self.wound.currentData()))))

    def _put_region(self) -> None:
        self._put(*self.region.currentData())

    def _take(self, number: int) -> None:
        self._store(mark for n, mark in enumerate(self.marks) if n != number)

    def _store(self, marks: "Sequence[Mark] | object") -> None:
        self.changed.emit(body_map.write(marks))  # pyright: ignore[reportArgumentType]

    def _room(self) -> QSize:
        self.canvas.show_marks((), locked=False)
        return self.canvas.sizeHint()

    def _build(self) -> None:
        grid = QGridLayout(self.editing)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        for place, (title, field) in enumerate(((_("Kind of the next mark"), self.wound), (_("Place"), self.region))):
            label = words(title, "label")
            label.setBuddy(field)
            field.setAccessibleName(title)
            field.setMaximumWidth(theme.px(_FIELD))
            grid.addWidget(label, 2 * place, 0)
            grid.addWidget(field, 2 * place + 1, 0)
        grid.addWidget(self.add_button, 4, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.keys, 5, 0)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.editing)
        side.addWidget(self.pointed)
        side.addLayout(self.list)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.canvas, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(side, 1)


def _figure(marks: Sequence[Mark]) -> "Figure":
    from ccfs_desktop.reports import body_map as drawn  # noqa: PLC0415 (drawings are loaded when they are needed)

    told = [body_map.told(mark) for mark in marks]
    return drawn.figure(marks, [_(word) for word in SIDES.values()], _("Body map"), told)
