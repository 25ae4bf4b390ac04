"""Medicine: which doses are due today, the written requests, and what is left of each."""

from datetime import date, time
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.log import DoseOutcome
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import histories, medicine, medicine_due, register, seasons
from ccfs_desktop.services.medicine import Course
from ccfs_desktop.services.medicine_due import Due, Standing
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.medicine_course import CoursePanel
from ccfs_desktop.views.medicine_new import NewCourse
from ccfs_desktop.views.sealed_place import SealedPlace

STANDINGS: dict[Standing, tuple[str, str, str]] = {
    Standing.AHEAD: (N_("Later today"), "circle", "quiet"),
    Standing.DUE: (N_("Due now"), "clock", "warning"),
    Standing.LATE: (N_("Late: not entered"), "circle-alert", "danger"),
    Standing.ENTERED: (N_("Entered"), "circle-check", "accent"),
    Standing.NOT_HERE: (N_("Child not here"), "ban", "quiet"),
}
OUTCOMES: dict[DoseOutcome, tuple[str, str]] = {
    DoseOutcome.GIVEN: ("circle-check", "accent"),
    DoseOutcome.REFUSED: ("ban", "warning"),
    DoseOutcome.VOMITED: ("triangle-alert", "warning"),
    DoseOutcome.MISSED: ("circle-alert", "danger"),
}
_CHIPS = {"today": N_("Today"), "missing": N_("Not entered"), "running": N_("Requests"), "ended": N_("Ended")}


class MedicinePlace(SealedPlace):
    """The doses of the day, and behind the other filters the requests."""

    name = "medicine"
    title = N_("Medicine")
    primary = N_("Take a written request")
    primary_icon = "plus"
    reading = histories.MEDICINE_READ
    open_part = N_("That a dose is late stands on the page Today; which medicine it is, the HR officer knows.")

    def build(self) -> None:
        """Build both lists, empty."""
        self.season: Season | None = None
        self.draft: dict[str, Any] = {}
        """What was typed and not kept; never on the disk, and gone when the window is locked."""
        self.courses: dict[int, Course] = {}
        self.filters = FilterBar(hint=_("Child or medicine"))
        self.filters.searched.connect(lambda _text: self.refresh())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self.refresh())  # pyright: ignore
        self.due_columns = [
            Column("day", _("Day"), 100),
            Column("planned", _("Time"), 70),
            Column("child", _("Child"), 150),
            Column("medicine", _("Medicine"), 170),
            Column("dose", _("Dose"), 110),
            Column(
                "state", _("State"), 160, sortable=False, word=_state, tone=lambda d: _look(d)[1],
                icon=lambda d: _look(d)[0],
            ),
            Column("by", _("Given by, witness"), 200),
            Column("left", _("Left over"), 100, number=True),
        ]  # fmt: skip
        self.course_columns = [
            Column("child", _("Child"), 150),
            Column("medicine", _("Medicine"), 170),
            Column("dose", _("Dose"), 110),
            Column("times", _("Times"), 120),
            Column("first", _("From"), 100),
            Column("last", _("To"), 100),
            Column("left", _("Left over"), 100, number=True),
            Column(
                "mind", _("Mind"), 260, sortable=False, tone=lambda text: "warning" if text else "",
                icon=lambda text: "triangle-alert" if text else "",
            ),
        ]  # fmt: skip
        self.due = Table("medicine-due", self.due_columns)
        self.requests = Table("medicine-requests", self.course_columns)
        self.due.activated_key.connect(lambda key: self.show_course(*key))  # pyright: ignore
        self.requests.activated_key.connect(self.show_course)
        self.lists = QStackedWidget()
        for table in (self.due, self.requests):
            table.typed.connect(self.filters.search.begin)
            self.lists.addWidget(table)
        self.filters.search.settled.connect(lambda: self.context.searched("medicine", self._listed()))
        self.told = words("", "quiet")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(12)
        foot.addWidget(button(_("Enter a dose, or show"), self._show, "pencil"))
        foot.addWidget(self.told, 1)
        foot.addWidget(button(_("Print the log"), self.print_log, "printer"))
        self.body.addWidget(self.filters)
        self.body.addWidget(self.lists, 1)
        self.body.addWidget(hairline())
        self.body.addLayout(foot)
        self.setFocusProxy(self.due)

    def read(self) -> None:
        """Read what is due, and the season's requests."""
        day = clock.today()
        try:
            with self.db.read() as session:
                self.season = seasons.current(session, day)
                due = medicine_due.of_day(session, self.season, day)
                missing = medicine_due.missing(session, self.season, day)
                every = medicine.of_season(session, self.season)
        except UserError as error:
            self.page.show_unready(error)
            return
        self.courses = {one.course.id: one for one in every}
        running = [one for one in every if one.course.ended is None]
        ended = [one for one in every if one.course.ended is not None]
        counts = {"today": len(due), "missing": len(missing), "running": len(running), "ended": len(ended)}
        self.filters.show_chips([Chip(key, _(title), counts[key]) for key, title in _CHIPS.items()])
        chosen = self.filters.chosen or "today"
        if chosen in ("today", "missing"):
            self._show_due(due if chosen == "today" else missing)
        else:
            self._show_requests(running if chosen == "running" else ended, day)

    def act(self) -> None:
        """Take a written request."""
        if not self.allowed or self.season is None:
            return
        with self.db.read() as session:
            rows = register.read(session, self.season, clock.today())
        panel = NewCourse(self, self.season, rows)
        self.page.push(_("Written request for medicine"), panel)

    def open(self, **target: Any) -> None:
        """Show a request: ``open(course=7)``, with the dose of a time: ``planned=time(9)``; or ``filter="missing"``."""
        self.refresh()
        if not self.allowed:
            return
        if target.get("filter"):
            self.filters.choose(target["filter"])
        if target.get("course"):
            self.show_course(target["course"], target.get("day") or clock.today(), target.get("planned"))
        elif target.get("child"):
            self.draft = {"child": target["child"]}
            self.act()

    def show_course(self, course_id: int, day: date | None = None, planned: time | None = None) -> None:
        """Show a request with its doses, ready to enter one; the reading is noted with the child."""
        try:
            with self.db.read() as session:
                found = medicine.get(session, course_id)
        except UserError as error:
            self.page.tell(error)
            return
        self.note(found.child.id)
        panel = CoursePanel(self, course_id, day or clock.today(), planned)
        self.page.push(f"{found.child.name} · {found.course.medicine}", panel)

    def printed(self) -> None:
        """Print the medicine log: all running requests with their doses and room for more."""
        self.print_log()

    def print_log(self, course_id: int = 0) -> None:
        """Print the medicine log of one request, or of all running ones."""
        if not self.allowed:
            return
        from ccfs_desktop.reports import issue_medicine  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        def show(pdf: bytes) -> None:
            self.page.push(_("Medicine log"), Paper(pdf, "medicine-log", say=self.page.say))

        self.page.work(_("Printing …"), lambda _job: issue_medicine.medicine_log(self.db, course_id), show)

    def _listed(self) -> int:
        """Return how many lines are in view."""
        shown = self.due if self.lists.currentWidget() is self.due else self.requests
        return shown.rows.rowCount()

    def _show_due(self, due: list[Due]) -> None:
        typed = self.filters.search.text().casefold().split()
        rows = [
            (
                (one.course.id, one.day, one.planned), one.day, one.planned, one.child, one.course.medicine,
                one.course.dose, one, _by(one), self.courses[one.course.id].remaining,
            )
            for one in due
            if _matches(typed, one.child, one.course.medicine)
        ]  # fmt: skip
        self.due.show_rows(Rows(rows, self.due_columns))
        self.lists.setCurrentWidget(self.due)
        self.setFocusProxy(self.due)
        self.told.setText("" if rows else _("No dose is planned here. Requests “when needed” stand under Requests."))

    def _show_requests(self, courses: list[Course], day: date) -> None:
        typed = self.filters.search.text().casefold().split()
        rows = [
            (
                one.course.id, one.child.name, one.course.medicine, one.course.dose,
                one.course.times or _("when needed"), one.course.first_day, one.course.last_day, left(one),
                listed(_mind(one, day)),
            )
            for one in courses
            if _matches(typed, one.child.name, one.course.medicine)
        ]  # fmt: skip
        self.requests.show_rows(Rows(rows, self.course_columns))
        self.lists.setCurrentWidget(self.requests)
        self.setFocusProxy(self.requests)
        self.told.setText("" if rows else _("No request falls under this filter."))

    def _show(self) -> None:
        if self.lists.currentWidget() is self.requests:
            if self.requests.key():
                self.show_course(self.requests.key())
        elif self.due.key():
            self.show_course(*self.due.key())


def left(one: Course) -> str | None:
    """Return what is left with its unit."""
    return None if one.remaining is None else f"{one.remaining} {one.course.unit}".strip()


def _mind(one: Course, day: date) -> list[str]:
    told: list[str] = []
    if one.overdue_rest(day):
        told.append(_("over: the rest is not returned"))
    if not one.consent and one.course.ended is None:
        told.append(_("no signed consent"))
    if any(line.difference for line in one.lines):
        told.append(_("a count differs"))
    if one.remaining is not None and one.remaining < 0:
        told.append(_("more given than brought"))
    return told


def _look(due: Due) -> tuple[str, str]:
    return OUTCOMES[due.dose.outcome] if due.dose else STANDINGS[due.standing][1:]


def _state(due: Due) -> str:
    if due.dose:
        at = f" {due.dose.at:%H:%M}" if due.dose.at else ""
        return _(due.dose.outcome.word) + at
    return _(STANDINGS[due.standing][0])


def _by(due: Due) -> str:
    return listed(name for name in (due.dose.given_by, due.dose.witness) if name) if due.dose else ""


def _matches(typed: list[str], *texts: str | None) -> bool:
    text = " ".join(part or "" for part in texts).casefold()
    return all(word in text for word in typed)
