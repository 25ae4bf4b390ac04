"""The line above a list: search as you type, and the few filters that matter, each with its count."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import words

_PAUSE = 120
"""Milliseconds without a key before the list is asked."""


@dataclass(frozen=True)
class Chip:
    """One filter."""

    key: str
    label: str
    """Translated."""
    count: int | None = None


class SearchBox(QLineEdit):
    """Tells what was typed once the fingers rest. ``Down`` goes to the list, ``Esc`` empties it."""

    searched = Signal(str)
    left_down = Signal()
    settled = Signal()
    """Something was looked for and the cursor leaves, or the box is emptied: one search, however many letters."""

    def __init__(self, hint: str = "") -> None:
        """Build it.

        Args:
            hint: what can be typed, translated.
        """
        super().__init__()
        self.setPlaceholderText(hint or _("Search"))
        self.setAccessibleName(hint or _("Search"))
        self.setMinimumWidth(160)
        self.setMaximumWidth(theme.px(320))
        self.addAction(icons.icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        self._empty = self.addAction(icons.icon("x", "quiet"), QLineEdit.ActionPosition.TrailingPosition)
        self._empty.setToolTip(_("Empty the search (Esc)"))
        self._empty.triggered.connect(self.clear)
        self._empty.setVisible(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._tell)
        self._looked = False
        self.textChanged.connect(self._typed)

    def begin(self, letters: str) -> None:
        """Begin a new search with what was typed on the list; what is typed next follows it here.

        Args:
            letters: of ``Table.typed``.
        """
        if self.isVisible():
            self.setFocus()
            self.setText(letters)

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` from the page as long as there is something to empty."""
        asked = event.type() == QEvent.Type.ShortcutOverride and bool(self.text())
        if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move on with the arrow, ask at once with Enter, empty with Esc."""
        if event.key() == Qt.Key.Key_Down:
            self._now()
            self.left_down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._now()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the search, unless it is only the box's own menu that opens."""
        super().focusOutEvent(event)
        if self._looked and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._settle()

    def _settle(self) -> None:
        self._looked = False
        self.settled.emit()

    def _now(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._tell()

    def _typed(self, text: str) -> None:
        self._empty.setVisible(bool(text))
        if self._looked and not text:  # while the list still shows what was found
            self._settle()
        self._timer.start()

    def _tell(self) -> None:
        text = self.text().strip()
        self._looked = self._looked or bool(text)
        self.searched.emit(text)


class Chips(QWidget):
    """Filters side by side, one of which is down; where they do not fit, the same in a list to choose from."""

    pressed = Signal(str)

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._chips: dict[str, QPushButton] = {}
        self._side = QWidget()
        self._row = QHBoxLayout(self._side)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._list = QComboBox()
        self._list.setAccessibleName(_("Filter"))
        self._list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._list.activated.connect(self._picked)
        self._list.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._list)
        row.addWidget(self._side)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def chosen(self) -> str:
        """The key of the chip that is down, or an empty text."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def press(self, key: str) -> None:
        """Press a chip."""
        self._chips[key].click()

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show other filters, or the same with other counts; the one that is down stays down."""
        if list(self._chips) != [chip.key for chip in chips]:
            self._rebuild(chips)
        for number, chip in enumerate(chips):
            text = chip.label if chip.count is None else f"{chip.label}  {chip.count:,}"
            self._chips[chip.key].setText(text)
            self._list.setItemText(number, text)
        self._fit()

    def _rebuild(self, chips: Sequence[Chip]) -> None:
        down = self.chosen
        for old in self._chips.values():
            self._group.removeButton(old)
            old.deleteLater()
        self._chips.clear()
        self._list.clear()
        for chip in chips:
            made = QPushButton()
            made.setProperty("kind", "chip")
            made.setCheckable(True)
            made.clicked.connect(partial(self._press, chip.key))
            self._group.addButton(made)
            self._row.addWidget(made)
            self._chips[chip.key] = made
            self._list.addItem("")
        if self._chips:
            self._chips.get(down, next(iter(self._chips.values()))).setChecked(True)

    def _press(self, key: str) -> None:
        self._list.setCurrentIndex(list(self._chips).index(key))
        self.pressed.emit(key)

    def _picked(self, number: int) -> None:
        self.press(list(self._chips)[number])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the chips fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Asked of the chips: the row does not count those that Qt has not shown yet.
        wanted = sum(chip.sizeHint().width() + self._row.spacing() for chip in self._chips.values())
        fits = wanted <= self.width() + self._row.spacing()
        self._side.setVisible(fits)
        self._list.setVisible(not fits)


class FilterBar(QWidget):
    """A search box and a row of chips, one of which is down."""

    searched = Signal(str)
    filtered = Signal(str)
    """The key of the chip that was pressed."""

    def __init__(self, chips: Sequence[Chip] = (), hint: str = "", *, search: bool = True) -> None:
        """Build it.

        Args:
            chips: the filters; the first one is down to begin with.
            hint: what can be searched for, translated.
            search: whether there is a search box at all.
        """
        super().__init__()
        self.search = SearchBox(hint)
        self.search.searched.connect(self.searched)
        if not search:  # to show it here, before it has a parent, would open a window of its own
            self.search.hide()
        self.chips = Chips()
        self.chips.pressed.connect(self.filtered)
        self.shown = words("", "quiet")
        """How many rows are shown, at the right."""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(self.search, 2)
        row.addWidget(self.chips, 5)
        row.addWidget(self.shown)
        self.show_chips(chips)

    @property
    def chosen(self) -> str:
        """The key of the chip that is down, or an empty text."""
        return self.chips.chosen

    def choose(self, key: str) -> None:
        """Press a chip."""
        self.chips.press(key)

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show other filters, or the same with other counts; the one that is down stays down."""
        self.chips.show_chips(chips)
