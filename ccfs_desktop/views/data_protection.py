"""Data protection: what is due, the consents, how long what is kept, what was given out, what was erased."""

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.views.data_consents import ConsentsPart
from ccfs_desktop.views.data_due import DuePart
from ccfs_desktop.views.data_erased import AuditPart, ErasedPart
from ccfs_desktop.views.data_given import GivenPart
from ccfs_desktop.views.data_part import DataPart
from ccfs_desktop.views.data_retention import RetentionPart
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.page import Page

_PARTS: dict[str, tuple[str, type[Any], str]] = {
    "due": (N_("Due"), DuePart, "propose"),
    "consents": (N_("Consents"), ConsentsPart, "protection"),
    "retention": (N_("Retention"), RetentionPart, "protection"),
    "given": (N_("Given out"), GivenPart, "protection"),
    "erased": (N_("Erased"), ErasedPart, "protection"),
    "audit": (N_("Audit and breach"), AuditPart, "data"),
}
"""Part → what it is called, what shows it, and the right that it needs."""


class DataPanel(QWidget):
    """Its parts read the office when they come into view."""

    def __init__(self, page: Page) -> None:
        """Build the chooser; a part is built when it is first shown."""
        super().__init__()
        self.page = page
        self.parts: dict[str, DataPart] = {}
        self.offered = {key: _(title) for key, (title, _kind, right) in _PARTS.items() if page.context.may(right)}
        self.chooser = FilterBar([Chip(key, title) for key, title in self.offered.items()], search=False)
        self.chooser.filtered.connect(lambda _key: self.refresh())  # pyright: ignore
        if layout := self.chooser.layout():
            layout.setContentsMargins(20, 8, 20, 8)
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chooser)
        column.addWidget(self.stack, 1)

    @property
    def part(self) -> Any:
        """The part in view."""
        key = self.chooser.chosen or next(iter(self.offered))
        if key not in self.parts:
            self.parts[key] = _PARTS[key][1](self.page)
            self.parts[key].column.addStretch(1)  # takes the room of a list that is empty
            self.stack.addWidget(self.parts[key])
        return self.parts[key]

    def refresh(self) -> None:
        """Read the part in view again."""
        part = self.part
        self.stack.setCurrentWidget(part)
        part.refresh()

    def open(self, tab: str) -> None:
        """Bring a part into view."""
        if tab in self.offered and self.chooser.chosen != tab:
            self.chooser.choose(tab)
