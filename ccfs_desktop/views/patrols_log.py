"""A day of the patrol log: every planned patrol on a line of its own, and those nobody planned."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.patrol import MissedPatrol, Patrol
from ccfs_desktop.services import patrols, roles
from ccfs_desktop.services.patrols import Due, Standing, Walk
from ccfs_desktop.services.roles import Right
from ccfs_desktop.views.attendance_bar import DayBar
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, hairline, tool, words
from ccfs_desktop.views.kit.table import written
from ccfs_desktop.views.patrols_line import COLUMNS, TypedLine, place_walked
from ccfs_desktop.views.register_card import with_icon

if TYPE_CHECKING:
    from ccfs_desktop.views.patrols import PatrolsPlace

_ROWS = 3
"""Of the grid for each patrol: its fields, what is wrong or to be done, how it stands."""
_CORRECTED = ("started", "ended", "areas", "not_walked", "seen", "walked_by", "signed", "note")


class LogPart(QWidget):
    """``Enter`` goes on and, at the end of a line, puts the patrol into the log; what was typed waits meanwhile."""

    def __init__(self, place: "PatrolsPlace") -> None:
        """Build it, empty."""
        super().__init__()
        self.place, self.page, self.db = place, place.page, place.db
        self.day = clock.today()
        self.lines: list[TypedLine] = []
        self._walkers: list[str] = []
        self.typed: dict[tuple[date, int | None], dict[str, str]] = {}
        """What was typed and is not in the log yet, by day and plan."""
        self.bar, self.question = DayBar(typed=False), Ask()
        self.summary = words("", "quiet", wrap=True)
        self.area = QScrollArea()
        self._build()

    # -------------------------------------------------------------------------------------------- what it shows

    def refresh(self) -> None:
        """Read the day again; the cursor stays in its field."""
        self._keep_typed()
        today = clock.today()
        with self.db.read() as session:
            due = patrols.due(session, self.day, self.day)
            log = patrols.log(session, self.day, self.day)
            lacking = patrols.not_described(session, log)
            walkers = patrols.walkers(session)
            writes = roles.may(session, Right.LOGS)
        self.bar.show_day(self.day, today=self.day == today, closed="")
        self.summary.setText(_told(due, log))
        at = self._cursor()
        self._show(due, log, lacking, walkers, writes=writes)
        if at and at[0] < len(self.lines):
            self.lines[at[0]].begin(at[1])

    def show_day(self, day: date) -> None:
        """Show another day, none to come."""
        self._keep_typed()
        self.lines = []
        self.day = min(day, clock.today())
        self.refresh()
        self.begin()

    def begin(self) -> None:
        """Put the cursor into the first line that is not in the log."""
        if self.lines:
            self.lines[0].begin()
        else:
            self.bar.day.setFocus()

    def printed(self) -> None:
        """Print the form for the clipboard of the week in view."""
        self.place.plan.printed()

    # -------------------------------------------------------------------------------------------- what it does

    def save(self, line: TypedLine) -> None:
        """Put a line into the log; where a child was seen, ask who it was."""
        try:
            walked = line.walk(self.day)
            with self.db.begin(N_("Enter a patrol")) as session:
                patrol = patrols.walk(session, walked, by=self.place.context.user)
        except Invalid as error:
            line.show_problems(error.problems)
            return
        except UserError as error:
            line.show_problems({"walked_by": str(error)})
            return
        number = self.lines.index(line)
        line.show_draft({})
        self.typed.pop((self.day, line.round_id), None)
        self.lines = [one for one in self.lines if one is not line]
        self.page.banner.hide()
        self.place.context.shell.saved()
        self.place.refresh()
        if patrol.seen:
            self.place.describe(patrol)
        elif self.lines:
            self.lines[min(number, len(self.lines) - 1)].begin()

    def _explain(self, due: Due) -> None:
        form = Form(MissedPatrol, Section("", "explanation"))
        told = _("Why was it not walked? {patrol}, {day}. The miss stays on record.")
        self.question.ask(
            told.format(patrol=due.round.name, day=due.day), _("Keep"), partial(self._explained, due.key), form
        )

    def _explained(self, key: tuple[int, date], values: dict[str, Any]) -> None:
        with self.db.begin(N_("Explain a missed patrol"), final=True) as session:
            patrols.explain(session, key, values["explanation"], by=self.place.context.user)
        self.place.context.shell.saved()
        self.place.refresh()

    def _correct(self, patrol: Patrol) -> None:
        names = tuple(n for n in _CORRECTED if n != "areas" or patrol.round_id is None)
        form = Form(Patrol, Section("", *names))
        form.show_values({name: getattr(patrol, name) for name in names})
        self.place.push(_("Correct a patrol"), form, partial(self._corrected, patrol))

    def _corrected(self, patrol: Patrol, values: dict[str, Any]) -> None:
        walked = Walk(day=patrol.day, round_id=patrol.round_id, **values)
        with self.db.begin(N_("Correct a patrol")) as session:
            patrols.correct(session, patrol.id, walked, by=self.place.context.user)
        self.place.context.shell.saved()

    def _remove(self, patrol: Patrol) -> None:
        with self.page.saving(N_("Take a patrol out of the log")) as session:
            patrols.remove(session, patrol.id)

    def _repeat(self, line: TypedLine, name: str) -> None:
        """Fill a field as in the line above, else as the last patrol had it; times are never repeated."""
        number = self.lines.index(line)
        above = self.lines[number - 1].cells[name].text() if number else ""
        if name == "walked_by":
            line.cells[name].setText(above or next(iter(self._walkers), ""))

    def _step(self, line: TypedLine, name: str, step: int) -> None:
        number = self.lines.index(line) + step
        if 0 <= number < len(self.lines):
            self.lines[number].begin(name)

    # ------------------------------------------------------------------------------------------------- inside

    def _show(
        self, due: list[Due], log: list[Patrol], lacking: dict[int, int], walkers: list[str], *, writes: bool
    ) -> None:  # fmt: skip
        self._walkers, self.lines = walkers, []
        holder = QWidget()
        holder.setObjectName("sheet")
        grid = QGridLayout(holder)
        grid.setContentsMargins(16, 8, 16, 16)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        _heads(grid)
        row = 1
        for one in due:
            self._planned(grid, row, one, lacking, writes=writes)
            row += _ROWS
        planned = {one.patrol.id for one in due if one.patrol}
        for patrol in (one for one in log if one.id not in planned):
            grid.addWidget(words(_("Not planned"), "quiet", wrap=True), row, 0)
            self._walked(grid, row, patrol, " · ".join(patrol.areas.splitlines()), lacking, writes=writes)
            row += _ROWS
        if writes:
            grid.addWidget(words(_("Another patrol"), "quiet", wrap=True), row, 0)
            self._typed(grid, row, _("Another patrol"), None, writes=writes)
        grid.setRowStretch(row + _ROWS, 1)
        if old := self.area.takeWidget():
            old.deleteLater()  # later: the key that led here may still be under way in it
        self.area.setWidget(holder)

    def _planned(self, grid: QGridLayout, row: int, one: Due, lacking: dict[int, int], *, writes: bool) -> None:
        grid.addWidget(_name(one), row, 0)
        if one.patrol:
            self._walked(grid, row, one.patrol, one.patrol.not_walked, lacking, writes=writes)
            if one.missed:
                told = _("Entered later; before, it was explained as missed: {why}").format(why=one.missed.explanation)
                grid.addWidget(words(told, "help", wrap=True), row + 2, 1, 1, len(COLUMNS) - 1)
        else:
            self._typed(grid, row, one.round.name, one.round.id, writes=writes)
            self._standing(grid, row + 2, one, writes=writes)

    def _typed(self, grid: QGridLayout, row: int, title: str, round_id: int | None, *, writes: bool) -> None:
        line = TypedLine(title, round_id, self._walkers)
        line.place(grid, row)
        grid.addWidget(line.problem, row + 1, 1, 1, len(COLUMNS) - 1)
        line.show_draft(self.typed.get((self.day, round_id), {}))
        line.done.connect(partial(self.save, line))
        line.stepped.connect(partial(self._step, line))
        line.repeated.connect(partial(self._repeat, line))
        if writes:
            grid.addWidget(tool("check", _("Enter it into the log"), partial(self.save, line)), row, len(COLUMNS) - 1)
        else:
            line.lock()
        self.lines.append(line)

    def _walked(
        self, grid: QGridLayout, row: int, patrol: Patrol, left: str, lacking: dict[int, int], *, writes: bool
    ) -> None:  # fmt: skip
        place_walked(grid, row, patrol, left)
        tools = QWidget()
        bar = QHBoxLayout(tools)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(0)
        if writes:
            bar.addWidget(tool("pencil", _("Correct"), partial(self._correct, patrol)))
            if patrol.entered_at.date() == clock.today():
                bar.addWidget(tool("x", _("Entered by mistake: take it out"), partial(self._remove, patrol)))
        grid.addWidget(tools, row, len(COLUMNS) - 1)
        if n := lacking.get(patrol.id):
            told = ngettext("Describe the child that was seen", "Describe the {n} children that were seen", n)
            link = button(told.format(n=n), partial(self.place.describe, patrol), "pencil", kind="link")
            link.setEnabled(writes)
            grid.addWidget(link, row + 1, 1, 1, len(COLUMNS) - 1, Qt.AlignmentFlag.AlignLeft)

    def _standing(self, grid: QGridLayout, row: int, one: Due, *, writes: bool) -> None:
        told = {
            Standing.LATE: _("Late: not in the log yet."),
            Standing.MISSED: _("Missed: nobody has entered it or said why."),
            Standing.EXPLAINED: _("Missed, because: {why}").format(why=one.missed.explanation if one.missed else ""),
        }.get(one.standing, "")
        if not told:
            return
        tone = {Standing.LATE: "warning", Standing.MISSED: "danger"}.get(one.standing, "quiet")
        holder = with_icon(told, "info" if tone == "quiet" else "circle-alert", tone)
        if one.standing is Standing.MISSED and writes and (bar := holder.layout()):
            bar.addWidget(button(_("Say why it was missed"), partial(self._explain, one), kind="link"))
        grid.addWidget(holder, row, 1, 1, len(COLUMNS) - 1)

    def _keep_typed(self) -> None:
        for line in self.lines:
            if draft := line.draft:
                self.typed[self.day, line.round_id] = draft
            else:
                self.typed.pop((self.day, line.round_id), None)

    def _cursor(self) -> tuple[int, str] | None:
        for number, line in enumerate(self.lines):
            for name, field in (*line.cells.items(), ("signed", line.signed)):
                if field.hasFocus():
                    return number, name
        return None

    def _build(self) -> None:
        self.bar.stepped.connect(lambda step: self.show_day(self.day + timedelta(days=step)))  # pyright: ignore
        self.bar.picked.connect(self.show_day)
        self.bar.today.connect(lambda: self.show_day(clock.today()))
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 16, 6)
        head.addWidget(self.summary, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self.area, 1)
        column.addWidget(self.question)


def _heads(grid: QGridLayout) -> None:
    titles = {
        "name": _("Patrol"), "started": _("Begun"), "ended": _("Ended"), "seen": _("Seen"),
        "walked_by": _("Walked by"), "left": _("Left out, and why"), "signed": _("Signed"),
    }  # fmt: skip
    for name, title in titles.items():
        grid.addWidget(words(title, "help"), 0, COLUMNS.index(name))
    for name, share in (("name", 2), ("walked_by", 2), ("left", 3)):
        grid.setColumnStretch(COLUMNS.index(name), share)


def _name(one: Due) -> QWidget:
    text = " · ".join(part for part in (one.round.name, written(one.round.at)) if part)
    label = words(text, "", wrap=True)
    label.setToolTip(one.round.areas)
    return label


def _told(due: list[Due], log: list[Patrol]) -> str:
    """Say what the day's log holds: what was walked before what was seen."""
    if not due and not log:
        return _("No patrol is planned on this day, and none is in the log.")
    walked = sum(1 for one in due if one.standing is Standing.DONE)
    told = _("{walked} of {planned} planned patrols are in the log.").format(walked=walked, planned=len(due))
    if not log:
        return told
    return f"{told} {_('Children seen: {n}.').format(n=sum(one.seen for one in log))}"
