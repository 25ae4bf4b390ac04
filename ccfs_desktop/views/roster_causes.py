"""Why a draft stays short: what is in the way, in sentences, and what would help, each taken up with one key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidgetItem

from ccfs_desktop.i18n import _
from ccfs_desktop.services.drafting.explain import Cause
from ccfs_desktop.services.drafting.offers import Offer
from ccfs_desktop.views.roster_warnings import ROLE, SidePanel


@dataclass(frozen=True)
class File:
    """A person's staff file, where what is in the way can be put right."""

    staff_id: int


class CausePanel(SidePanel):
    """Causes, and under each what would help; a click or ``Enter`` takes it up."""

    offered = Signal(object)
    """The :class:`Offer` to draft with."""
    file_asked = Signal(int)
    shown = Signal(object)
    """The :class:`Cause` under the cursor."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__(_("What is in the way"))
        self.list.itemClicked.connect(self._clicked)
        self.taken.connect(self._take)
        self.chosen.connect(self._look)

    def show_causes(self, causes: Sequence[Cause], names: Mapping[int, str]) -> None:
        """Show why quarter hours stay short.

        Args:
            causes: by day and time.
            names: staff id → name.
        """
        lines: list[tuple[str, str, str, object]] = []
        for cause in causes:
            lines.append(("circle-alert", "danger", cause.text, cause))
            people = dict.fromkeys(offer.person for offer in cause.offers if offer.person in names)
            lines += [("arrow-right", "accent", offer.text, offer) for offer in cause.offers]
            lines += [
                ("file-text", "accent", _("Open the file of {name}").format(name=names[person]), File(person))
                for person in people
                if person is not None
            ]
        self.detail.setText(
            _("Each → was tried and helps: choose one to draft with it. It is an exception, not a change of the rules.")
            if any(cause.offers for cause in causes)
            else _("More people who count, or fewer children at these times, would help.")
        )
        self.fill(lines)

    def _clicked(self, item: QListWidgetItem) -> None:
        what = item.data(ROLE)
        if isinstance(what, Offer | File):
            self._take(what)

    def _take(self, what: object) -> None:
        if isinstance(what, Offer):
            self.offered.emit(what)
        elif isinstance(what, File):
            self.file_asked.emit(what.staff_id)

    def _look(self, what: object) -> None:
        if isinstance(what, Cause):
            self.shown.emit(what)
