"""The checks that were made: what each came to, what was found, who signed, and what looks unlikely."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Check, Result
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import check_doubts, checks, opening, seasons
from ccfs_desktop.views import safety_looks
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.kit.table import Column, Rows, Table

if TYPE_CHECKING:
    from ccfs_desktop.views.safety import SafetyPage


class RecordsPlace(Place):
    """All checks of the season, newest first."""

    name = "records"
    right = "safety"
    title = N_("Records")
    primary = N_("Print the history")
    primary_icon = "printer"

    def __init__(self, page: "SafetyPage") -> None:
        """Build it, empty."""
        super().__init__(page)
        self.safety = page
        self.season: Season | None = None
        self.doubts: dict[int, list[str]] = {}
        self.filters = FilterBar(hint=_("Checklist or name"))
        self.filters.searched.connect(lambda _text: self.refresh())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self.refresh())  # pyright: ignore
        self.columns = [
            Column("day", _("Day"), 100),
            Column("list", _("Checklist"), 210),
            Column(
                "result", _("Result"), 190, sortable=False, word=checks.word,
                tone=lambda c: safety_looks.RESULT[c.result][1], icon=lambda c: safety_looks.RESULT[c.result][0],
            ),
            Column("findings", _("Findings"), 84, number=True),
            Column("signed", _("Signed by"), 140),
            Column("decided", _("Opened all the same by"), 150),
            Column(
                "doubt", _("Looks unlikely"), 200, sortable=False, tone=lambda text: "warning" if text else "",
                icon=lambda text: "triangle-alert" if text else "",
            ),
        ]  # fmt: skip
        self.table = Table("checks-made", self.columns)
        self.table.activated_key.connect(self.safety.show_check)
        self.table.chosen.connect(self._tell)
        self.table.typed.connect(self.filters.search.begin)
        self.told = words("", "quiet", wrap=True)
        self._build()

    def refresh(self) -> None:
        """Read the season's checks."""
        try:
            with self.db.read() as session:
                season = self.season = seasons.current(session, clock.today())
                every = checks.of_season(session, season)
                found = checks.findings(session, season)
                decisions = opening.of_days(session, season)
                self.doubts = check_doubts.of_season(session, season, every)
        except UserError as error:
            go = partial(self.context.shell.go, "settings")
            self.page.show_empty("calendar", str(error), _("Open Settings"), go)
            return
        counts: dict[int, int] = {}
        for finding in found:
            counts[finding.check_id] = counts.get(finding.check_id, 0) + 1
        of = {
            "all": every,
            "unsafe": [c for c in every if c.result is Result.FAIL],
            "findings": [c for c in every if counts.get(c.id)],
            "doubts": [c for c in every if c.id in self.doubts],
            "begun": [c for c in every if not c.frozen],
        }
        titles = {
            "all": _("All"), "unsafe": _("Not safe"), "findings": _("With findings"), "doubts": _("Looks unlikely"),
            "begun": _("Not signed"),
        }  # fmt: skip
        self.filters.show_chips([Chip(key, titles[key], len(rows)) for key, rows in of.items()])
        typed = self.filters.search.text().casefold().split()
        shown = [c for c in of[self.filters.chosen or "all"] if _matches(c, typed)]
        rows: list[tuple[Any, ...]] = [
            (
                c.id, c.day, _(c.title), c, counts.get(c.id), c.signed_name,
                decisions[c.id].name if c.id in decisions else "", "; ".join(self.doubts.get(c.id, ())),
            )
            for c in shown
        ]  # fmt: skip
        if every:
            self.page.show_content()
        else:
            act = partial(self.safety.begin_check, "OPN", clock.today())
            self.page.show_empty(
                "shield-check", _("No check was made in this season."), _("Start the opening check"), act
            )
        self.table.show_rows(Rows(rows, self.columns))
        self._tell(self.table.key())

    def act(self) -> None:
        """Print the season's checks as a list."""
        from ccfs_desktop.reports import issue_checks  # noqa: PLC0415 (paper is loaded when it is needed)

        show = partial(self.safety.preview, _("Safety checks of the season"), "safety-checks")
        self.page.work(_("Printing …"), lambda _job: issue_checks.history(self.db), show)

    printed = act

    def _tell(self, key: Any) -> None:
        self.told.setText(" ".join(self.doubts.get(key, ())) if key else "")

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(12)
        foot.addWidget(button(_("Show"), self._show, "eye"))
        foot.addWidget(self.told, 1)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(hairline())
        self.body.addLayout(foot)
        self.setFocusProxy(self.table)

    def _show(self) -> None:
        if self.table.key():
            self.safety.show_check(self.table.key())


def _matches(check: Check, words_typed: list[str]) -> bool:
    text = f"{check.code} {_(check.title)} {check.signed_name} {check.day}".casefold()
    return all(word in text for word in words_typed)
