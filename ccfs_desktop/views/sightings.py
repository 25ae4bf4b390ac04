"""The children found in production: a list, newest first, with what came of it."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.patrol import PatrolRound
from ccfs_desktop.services import patrols_trend, roles, seasons, sightings
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.sightings import Seen
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.describe import one_of
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import EmptyState, button, hairline
from ccfs_desktop.views.kit.table import Column, Rows, Table

if TYPE_CHECKING:
    from ccfs_desktop.views.patrols import PatrolsPlace


class SightingsPart(QWidget):
    """Names are initials for those who do not write the logs."""

    def __init__(self, place: "PatrolsPlace") -> None:
        """Build it, empty."""
        super().__init__()
        self.place, self.page, self.db = place, place.page, place.db
        self.seen: dict[int, Seen] = {}
        self.writes = False
        self.filters = FilterBar(hint=_("Name, area or remark"))
        self.filters.searched.connect(lambda _text: self.refresh())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self.refresh())  # pyright: ignore
        self.columns = [
            Column("day", _("Day"), 96),
            Column("area", _("Area or line"), 110),
            Column("child", _("Child"), 124),
            Column(
                "action", _("Corrective action"), 136, word=lambda text: text or _("none yet"),
                tone=lambda text: "" if text else "danger", icon=lambda text: "" if text else "circle-alert",
            ),
            Column(
                "repeat", _("Found before"), 116, tone=lambda text: "warning" if text else "",
                icon=lambda text: "triangle-alert" if text else "",
            ),
            Column("doing", _("Doing what"), 130),
            Column("minutes", _("Minutes"), 74, number=True),
            Column("parent", _("Parent"), 110),
            Column("found_by", _("Found by"), 90),
            Column("done", _("What was done at once"), 180),
            Column("at", _("Time"), 60),
        ]  # fmt: skip
        self.table = Table("sightings", self.columns)
        self.table.activated_key.connect(self.show_sighting)
        self.table.typed.connect(self.filters.search.begin)
        self.filters.search.settled.connect(lambda: place.context.searched("sightings", self.table.rows.rowCount()))
        self.empty = EmptyState("search", _("No child found in production is on record here."))
        self.question = Ask()
        self._build()

    def refresh(self) -> None:
        """Read the sightings again."""
        today = clock.today()
        with self.db.read() as session:
            season = seasons.current(session, today)
            every = sightings.read(session, date.min, today)
            self.writes = roles.may(session, Right.LOGS)
        self.seen = {one.sighting.id: one for one in every}
        months = patrols_trend.spread(season.first_day, season.last_day)
        of = {
            "season": [one for one in every if one.sighting.day >= months[0][1]],
            "open": [one for one in every if not one.actions],
            "repeat": [one for one in every if one.repeat],
            "all": every,
        }
        titles = {
            "season": _("Since {day}").format(day=months[0][1]), "open": _("No action yet"),
            "repeat": _("Found before"), "all": _("All"),
        }  # fmt: skip
        self.filters.show_chips([Chip(key, titles[key], len(rows)) for key, rows in of.items()])
        typed = self.filters.search.text().casefold().split()
        rows = [_row(one, named=self.writes) for one in reversed(of[self.filters.chosen or "season"])]
        shown = [row for row in rows if all(word in " ".join(map(str, row)).casefold() for word in typed)]
        self.table.show_rows(Rows(shown, self.columns))
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        for made in (self.act_button, self.remove_button):
            made.setEnabled(self.writes)

    def begin(self) -> None:
        """Put the cursor into the list."""
        self.table.setFocus()

    def show_sighting(self, key: Any) -> None:
        """Look at a sighting, and correct it."""
        if key in self.seen:
            self.place.change(key)

    def printed(self) -> None:
        """Ask for which period the register is printed, and whether with names."""
        with self.db.read() as session:
            season = seasons.current(session, clock.today())
        first = patrols_trend.spread(season.first_day, season.last_day)[0][1]
        words = (("initials", _("Initials")), ("full", _("In full")))
        names = replace(one_of(PatrolRound, "name", words), label=_("Names"), required=False)
        asked = ("first_day", "last_day", "name") if self.writes else ("first_day", "last_day")
        form = Form(PatrolRound, Section("", *asked), fields=[names])
        if self.writes:
            form.show_values({"name": "initials"})
        form.show_values({"first_day": first, "last_day": clock.today()})
        self.question.ask(_("Patrols and children in production: of which period?"), _("Print"), self._print, form)

    # ------------------------------------------------------------------------------------------------- inside

    def _print(self, values: dict[str, Any]) -> None:
        from ccfs_desktop.reports import issue_patrols  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.reports.order import Order  # noqa: PLC0415

        order = Order(values["first_day"], until=values["last_day"] or clock.today())
        named = values.get("name") == "full"
        make = partial(issue_patrols.register, self.db, order, named=named)
        self.place.preview(_("Patrols and children in production"), f"patrol-register-{order.day}", make)

    def _show(self) -> None:
        self.show_sighting(self.table.key())

    def _act(self) -> None:
        """Make the corrective action of the chosen sighting, or go to the one that is made."""
        seen = self.seen.get(self.table.key())
        if seen is None:
            self.page.tell(UserError(_("Choose the child first.")))
            return
        if seen.actions:
            self.place.context.shell.go("incidents", action=seen.actions[0].id)
            return
        try:
            with self.db.begin(N_("Begin a corrective action"), final=True) as session:
                season = seasons.current(session, seen.sighting.day)
                action = sightings.begin_action(session, season, seen.sighting.id, by=self.place.context.user)
        except UserError as error:
            self.page.tell(error)
            return
        self.place.context.shell.saved()
        self.place.refresh()
        told = _("Corrective action {number} is begun. It is critical: due on {day}.")
        self.page.banner.tell(
            told.format(number=action.number, day=action.due), "accent", _("Open it"),
            partial(self.place.context.shell.go, "incidents", action=action.id),
        )  # fmt: skip

    def _remove(self) -> None:
        if self.table.key() in self.seen:
            with self.page.saving(N_("Take a sighting out of the log")) as session:
                sightings.remove(session, self.table.key())

    def _build(self) -> None:
        self.act_button = button(_("Make a corrective action"), self._act, "clipboard-check")
        self.remove_button = button(_("Entered by mistake"), self._remove, "x")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(button(_("Show"), self._show, "eye"))
        foot.addWidget(self.act_button)
        foot.addWidget(self.remove_button)
        foot.addWidget(button(_("Print the register"), self.printed, "printer"))
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.question)
        column.addWidget(hairline())
        column.addLayout(foot)


def _row(one: Seen, *, named: bool) -> tuple[Any, ...]:
    held = one.sighting
    repeat = _("same day, counted once") if one.again else one.before[-1].isoformat() if one.before else ""
    numbers = listed(action.number for action in one.actions)
    return (
        held.id, held.day, held.area, one.who(named=named), numbers, repeat, held.doing, held.minutes,
        one.parent(named=named), held.found_by, held.action, held.at,
    )  # fmt: skip
