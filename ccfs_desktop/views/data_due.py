"""What is due to be erased: by the schedule, by a withdrawn consent; and one child of whom a guardian asks it."""

from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.protection import Disposal
from ccfs_desktop.services import erasure_due
from ccfs_desktop.services.erasure_due import Due
from ccfs_desktop.views.data_erase import Wanted, erasable, open_sheet
from ccfs_desktop.views.data_part import DataPart, fill, quiet
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button
from ccfs_desktop.views.kit.table import Column


class DuePart(DataPart):
    """The monthly list, and the way to erase what is on it."""

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.dues: list[Due] = []
        self.section(
            _("Due to be erased"),
            _("By the schedule under Retention, or because a consent was taken back. Look through it once a month."),
        )
        self.one = button(_("Erase …"), self.erase, "trash-2", "primary")
        self.every = button(_("Erase all that is due …"), self.erase_all)
        self.buttons(self.one, self.every)
        self.table = self.list("data-due", _("Due to be erased"), (
            Column("since", _("Due since"), 110, sortable=False),
            Column("title", _("What"), 260, sortable=False),
            Column("name", _("About"), 200, sortable=False),
            Column("count", _("How many"), 90, number=True, sortable=False),
            Column("why", _("Why"), 220, tone=_tone, sortable=False),
        ), rows=6)  # fmt: skip
        self.empty = quiet(_("Nothing is due. When the time of something is over, it stands here and on Today."))
        self.column.addWidget(self.empty)
        self.table.activated_key.connect(lambda _key: self.erase())  # pyright: ignore
        self.section(
            _("A guardian asks for erasure"),
            _("Everything about one child, at once. You see before what goes, what must stay and why."),
        )
        self.picker = self.child(_("Erase this child's data …"), self.erase_child, "trash-2")
        self.column.addStretch(0)

    def refresh(self) -> None:
        """Read what is due."""
        with self.db.read() as session:
            self.dues = erasure_due.due(session, clock.today())
        rows: list[tuple[Any, ...]] = [
            (n, one.since, _(one.title), one.name, one.count, _why(one)) for n, one in enumerate(self.dues)
        ]
        fill(self.table, rows, self.empty)
        self.one.setEnabled(bool(self.dues))
        self.every.setEnabled(len(erasable(self.dues)) > 1)

    def begin(self) -> None:
        """Put the cursor where one begins."""
        (self.table if self.dues else self.picker).setFocus()

    def erase(self) -> None:
        """Erase what the cursor is on."""
        number = self.table.key()
        if number is not None and number < len(self.dues):
            open_sheet(self.page, Wanted((self.dues[number],)), self.done)

    def erase_all(self) -> None:
        """Erase everything that may be erased."""
        open_sheet(self.page, Wanted(erasable(self.dues)), self.done)

    def erase_child(self, child: Child) -> None:
        """Erase everything about one child."""
        open_sheet(self.page, Wanted(child_id=child.id), self.done)

    def done(self, disposal: Disposal) -> None:
        """Say that it is done, and where its record is."""
        self.picker.show_chosen(None)
        self.page.banner.tell(
            _("Erased. The record of disposal is {number}: print it under Erased.").format(number=disposal.number),
            "accent",
        )


def _why(one: Due) -> str:
    if one.held:
        return _("Legal hold: {reason}").format(reason=one.held)
    if one.again:
        return _("Erased already; a backup brought it back")
    return _("Consent was withdrawn") if one.withdrawn else _("Its time is over")


def _tone(text: str) -> str:
    return "warning" if text.startswith(_("Legal hold: {reason}").split("{", maxsplit=1)[0]) else ""
