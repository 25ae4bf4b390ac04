"""The slim rail at the left: one button per page, and the way to find everything else."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons


class Rail(QFrame):
    """Icons with words. The arrows move between them; ``Ctrl+1`` … ``Ctrl+9`` from anywhere."""

    chosen = Signal(str)
    asked = Signal()

    def __init__(self, places: Sequence[tuple[str, str, str]]) -> None:
        """Build it.

        Args:
            places: name, words and icon of each page; the last one sits at the foot.
        """
        super().__init__()
        self.setObjectName("rail")
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        find = QPushButton(_("Find …"))
        find.setObjectName("find")
        find.setToolTip("Ctrl+K")
        find.clicked.connect(self.asked)
        icons.put(find, "search", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 8)
        column.setSpacing(2)
        column.addWidget(find)
        column.addSpacing(8)
        for number, (name, words, icon) in enumerate(places, start=1):
            if number == len(places):
                column.addStretch(1)
            column.addWidget(self._button(name, words, icon, number))
        self.setMinimumWidth(152)

    def choose(self, name: str) -> None:
        """Show which page is in view."""
        if name in self._buttons:  # a page that this user may not see says so, but is not in the rail
            self._buttons[name].setChecked(True)

    def _button(self, name: str, words: str, icon: str, number: int) -> QPushButton:
        made = QPushButton(words)
        made.setCheckable(True)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setToolTip(f"Ctrl+{number}")
        icons.put(made, icon, "quiet", checked="accent_strong")
        made.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(made)
        self._buttons[name] = made
        return made
