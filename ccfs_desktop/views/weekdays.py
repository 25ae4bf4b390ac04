"""The seven weekdays, each wanted or not."""

from babel.dates import get_day_names
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ccfs_desktop import i18n
from ccfs_desktop.i18n import _


class Weekdays(QWidget):
    """Boxes from Monday to Sunday; a tick is sent as ISO digits, ``135`` for Monday, Wednesday, Friday."""

    changed = Signal(str)

    def __init__(self) -> None:
        """Build it, nothing ticked."""
        super().__init__()
        short = get_day_names("abbreviated", locale=i18n.language())
        whole = get_day_names("wide", locale=i18n.language())
        self.setAccessibleName(_("Weekdays"))
        self.boxes = [QCheckBox(short[n].capitalize()) for n in range(7)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        for number, box in enumerate(self.boxes):
            box.setAccessibleName(whole[number])
            box.clicked.connect(self._tell)
            row.addWidget(box)
        row.addStretch(1)

    def show_days(self, digits: str) -> None:
        """Tick some days."""
        for number, box in enumerate(self.boxes, 1):
            box.setChecked(str(number) in digits)

    def days(self) -> str:
        """Return the days ticked, as ISO digits."""
        return "".join(str(number) for number, box in enumerate(self.boxes, 1) if box.isChecked())

    def _tell(self) -> None:
        self.changed.emit(self.days())
