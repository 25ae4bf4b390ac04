"""Health: who is kept away and until when, what was seen in the last days, and what goes round."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.log import HealthDecision
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import health, health_rules, histories, outbreaks, register, seasons
from ccfs_desktop.services.health import Case
from ccfs_desktop.views.health_case import CasePanel
from ccfs_desktop.views.health_note import NotePanel
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.sealed_place import SealedPlace

_DECISIONS = {
    HealthDecision.STAYS: ("eye", "text"),
    HealthDecision.NOT_ADMITTED: ("ban", "danger"),
    HealthDecision.SENT_HOME: ("log-out", "danger"),
    HealthDecision.TO_CLINIC: ("heart-pulse", "warning"),
}
_CHIPS = {"away": N_("Kept away"), "week": N_("Last 7 days"), "all": N_("All")}


class HealthPlace(SealedPlace):
    """The notes of illness, newest first."""

    name = "health"
    title = N_("Health")
    primary = N_("Note signs of illness")
    primary_icon = "plus"
    reading = histories.HEALTH_READ
    open_part = N_("Who must stay away, and until when, stands in Attendance beside the child.")

    def build(self) -> None:
        """Build the list, empty."""
        self.season: Season | None = None
        self.draft: dict[str, Any] = {}
        """What was typed and not kept; never on the disk, and gone when the window is locked."""
        self.filters = FilterBar(hint=_("Child, sign or name"))
        self.filters.searched.connect(lambda _text: self.refresh())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self.refresh())  # pyright: ignore
        self.columns = [
            Column("day", _("Day"), 100),
            Column("child", _("Child"), 150),
            Column("room", _("Room"), 130),
            Column("signs", _("Signs"), 240, sortable=False),
            Column("temperature", _("°C"), 60, number=True),
            Column(
                "decision", _("Decision"), 130, tone=lambda d: _DECISIONS[d][1], icon=lambda d: _DECISIONS[d][0]
            ),
            Column(
                "back", _("Return"), 230, sortable=False, word=_back, tone=lambda c: "danger" if c.away else "",
                icon=lambda c: "clock" if c.away else "",
            ),
        ]  # fmt: skip
        self.table = Table("health-notes", self.columns)
        self.table.activated_key.connect(self.show_case)
        self.table.typed.connect(self.filters.search.begin)
        self.filters.search.settled.connect(lambda: self.context.searched("health", self.table.rows.rowCount()))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(12)
        foot.addWidget(button(_("Show"), self._show, "eye"))
        foot.addWidget(words(_("Sealed. Who reads this is noted in the history."), "quiet"), 1)
        foot.addWidget(button(_("Print with names"), lambda: self.print_log(names=True), "printer", "quiet"))
        foot.addWidget(button(_("Print the log"), self.print_log, "printer"))
        self.body.addWidget(self.filters)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(hairline())
        self.body.addLayout(foot)
        self.setFocusProxy(self.table)

    def read(self) -> None:
        """Read the season's notes."""
        day = clock.today()
        try:
            with self.db.read() as session:
                self.season = seasons.current(session, day)
                every = health.of_season(session, self.season)
                found = outbreaks.of_days(session, self.season, day)
        except UserError as error:
            self.page.show_unready(error)
            return
        of = {
            "away": [one for one in every if one.away],
            "week": [one for one in every if 0 <= (day - one.note.day).days < health_rules.LINKED_DAYS],
            "all": every,
        }
        self.filters.show_chips([Chip(key, _(_CHIPS[key]), len(cases)) for key, cases in of.items()])
        typed = self.filters.search.text().casefold().split()
        shown = [one for one in of[self.filters.chosen or "away"] if _matches(one, typed)]
        self.table.show_rows(Rows([_row(one) for one in shown], self.columns))
        if found:
            self.page.warn("\n".join(one.sentence for one in found), _("Show"), self._show_last_days)

    def act(self) -> None:
        """Note signs of illness in a child."""
        if not self.allowed or self.season is None:
            return
        with self.db.read() as session:
            rows = register.read(session, self.season, clock.today())
        panel = NotePanel(self, self.season, rows)
        self.page.push(_("Signs of illness"), panel)

    def open(self, **target: Any) -> None:
        """Show one note: ``open(note=7)``, or begin one about a child: ``open(child=7)``."""
        if not self.allowed:
            self.refresh()
            return
        self.refresh()
        if target.get("note"):
            self.show_case(target["note"])
        elif target.get("child"):
            self.draft = {"child": target["child"]}
            self.act()

    def show_case(self, note_id: int) -> None:
        """Show one note; the reading is noted with the child."""
        try:
            with self.db.read() as session:
                case = health.case(session, note_id)
        except UserError as error:
            self.page.tell(error)
            return
        self.note(case.child.id)
        panel = CasePanel(self, note_id)
        self.page.push(f"{case.child.name} · {case.note.day}", panel)

    def printed(self) -> None:
        """Print the health log of the season until today, children as initials."""
        self.print_log()

    def print_log(self, *, names: bool = False) -> None:
        """Print the health log of the season until today, with initials or with names."""
        if not self.allowed or self.season is None:
            return
        from ccfs_desktop.reports import issue_medicine  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        first, last = self.season.first_day, min(self.season.last_day, clock.today())

        def show(pdf: bytes) -> None:
            self.page.push(_("Health log"), Paper(pdf, "health-log", say=self.page.say))

        self.page.work(_("Printing …"), lambda _job: issue_medicine.health_log(self.db, first, last, names=names), show)

    def _show(self) -> None:
        if self.table.key():
            self.show_case(self.table.key())

    def _show_last_days(self) -> None:
        self.filters.choose("week")


def _row(case: Case) -> tuple[Any, ...]:
    note = case.note
    return (note.id, note.day, case.child.name, case.room, seen(case), note.temperature, note.decision, case)


def seen(case: Case) -> str:
    """Return the signs and words of a note on one line."""
    signs = [_(word) for word in health_rules.words_of(case.note.signs)]
    return listed([*signs, *([case.note.words] if case.note.words else [])])


def _back(case: Case) -> str:
    note = case.note
    if not note.away:
        return ""
    if note.back_on:
        return _("back on {day}").format(day=note.back_on)
    told = [_("from {moment}").format(moment=f"{note.back_from:%Y-%m-%d %H:%M}") if note.back_from else _("kept away")]
    if note.note_needed and not note.note_seen:
        told.append(_("doctor's note"))
    return " · ".join(told)


def _matches(case: Case, typed: list[str]) -> bool:
    text = f"{case.child.name} {case.child.name_latin} {case.room} {seen(case)} {case.note.decided_by}".casefold()
    return all(word in text for word in typed)
