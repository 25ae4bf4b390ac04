"""The Safety page: which checks are due, the checks that were made, medicine, health, and the lists they follow."""

from datetime import date
from functools import partial
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import checks, seasons
from ccfs_desktop.views.health import HealthPlace
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.places import PlacesPage
from ccfs_desktop.views.logs import LogsPlace
from ccfs_desktop.views.medicine import MedicinePlace
from ccfs_desktop.views.patrols import PatrolsPlace
from ccfs_desktop.views.safety_due import DuePlace
from ccfs_desktop.views.safety_lists import ListsPlace
from ccfs_desktop.views.safety_records import RecordsPlace
from ccfs_desktop.views.safety_run import CheckPanel


class SafetyPage(PlacesPage):
    """Its tabs are places of their own; a check that is made or looked at lies above them."""

    title = N_("Safety")
    help = "safety.md"
    places = (  # pyright: ignore[reportAssignmentType] (each wants this very page)
        DuePlace,
        RecordsPlace,
        PatrolsPlace,
        MedicinePlace,
        HealthPlace,
        LogsPlace,
        ListsPlace,
    )

    def __init__(self, context: Context) -> None:
        """Build the tabs, empty."""
        super().__init__(context)
        self.panel: CheckPanel | None = None

    def refresh(self) -> None:
        """Read what is in view again: the check above the tabs, or the place."""
        if self.panel is None or self.stack.currentWidget() is not self.panel:
            super().refresh()
            return
        try:
            self.panel.reload()
        except UserError:
            self.pop()  # an undo took the whole check away

    def open(self, **target: Any) -> None:
        """Show a check, begin one, or show what is due.

        Args:
            target: ``check`` (its id), ``begin`` (the code of a list), ``due`` (a key of the schedule), ``place``.
        """
        self._to_the_tabs()
        if target.get("check"):
            self.show_check(target["check"])
        elif target.get("begin"):
            self.begin_check(target["begin"], target.get("day") or clock.today())
        elif target.get("due"):
            self.show_place("due").open(due=target["due"])
        else:
            super().open(**target)

    def begin_check(self, code: str, day: date, *, due: date | None = None, slot: str = "") -> None:
        """Begin a check, or go on with the one begun."""
        try:
            with self.db.begin(N_("Begin a check")) as session:
                season = seasons.current(session, day)
                check = checks.begin(session, season, code, day, by=self.context.user, due=due, slot=slot)
        except UserError as error:
            self.tell(error)
            return
        self.context.shell.saved()
        self.show_check(check.id)

    def show_check(self, check_id: int) -> None:
        """Go through a check, or look at one that is signed."""
        try:
            with self.db.read() as session:
                check = checks.get(session, check_id)
                season = next(s for s in seasons.every(session) if s.id == check.season_id)
        except UserError as error:
            self.tell(error)
            return
        self.panel = CheckPanel(self, season, check_id)
        self.push(f"{_(check.title)} · {check.day}", self.panel)

    def print_form(self, code: str, day: date | None = None, edition: str = "") -> None:
        """Print the clipboard form of a list."""
        from ccfs_desktop.reports import issue_checks  # noqa: PLC0415 (paper is loaded when it is needed)

        show = partial(self.preview, _("Clipboard form"), f"{code.lower()}-form")
        self.work(_("Printing …"), lambda _job: issue_checks.form(self.db, code, edition=edition, day=day), show)

    def preview(self, title: str, name: str, pdf: bytes) -> None:
        """Show a printed paper over the page."""
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        self.push(title, Paper(pdf, name, say=self.say))

    def printed(self) -> None:
        """Print what is in view."""
        if self.panel is not None and self.stack.currentWidget() is self.panel:
            self.panel.print()
        else:
            super().printed()

    def _to_the_tabs(self) -> None:
        while self._above:
            self.pop()
