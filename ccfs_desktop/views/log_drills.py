"""The drills: the head-count against everybody who was there, and which drills are still to be made."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Check
from ccfs_desktop.models.log import Drill, DrillKind
from ccfs_desktop.services import checks, drills, logbook, register
from ccfs_desktop.services.check_schedule import SLOTS, Due, Standing
from ccfs_desktop.views import safety_looks
from ccfs_desktop.views.kit.describe import Field, describe
from ccfs_desktop.views.kit.editors import LineEditor
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.table import Column
from ccfs_desktop.views.log_shape import Act, Log, Now, Sheet, Told

_HEADS = ("children", "adults", "visitors")


def _unsigned(now: Now) -> int:
    log = logbook.entries(now.session, Drill, now.season)
    return sum(1 for check in drills.checks_of(now.session, log).values() if not check.frozen)


class DrillsLog(Log):
    """Drills of the season."""

    name = "drills"
    title = N_("Drills")
    new = N_("Record a drill")
    action = N_("Record a drill")
    empty = (
        "siren", N_("No drill was recorded in this season."),
        N_("The first comes within three days; one at nap and one at pick-up time."),
    )  # fmt: skip
    record = Drill
    first = "at"
    paper = "drill-register"
    naming = frozenset({"missing"})
    waiting = staticmethod(_unsigned)
    sections = (
        Section("", "day", "at", "when", "kind", "announced", "seconds"),
        Section(N_("Counted at the meeting point"), "children_counted", "adults_counted", "visitors_counted"),
        Section("", "missing_child", "missing", "leader", "problems"),
    )

    def __init__(self, place: Any) -> None:
        """Keep where it is shown; when it was decides which check was begun, and is asked once."""
        super().__init__(place)
        self.asked_once = frozenset({"when"})
        self._target = drills.TARGET_SECONDS

    def columns(self) -> list[Column]:
        """Return when, which, how fast, and whether all were there."""
        return [
            Column("day", _("Day"), 96),
            Column("at", _("Time"), 60),
            Column("when", _("Part of the day"), 150),
            Column("kind", _("Kind"), 100),
            Column(
                "seconds", _("Seconds"), 84, number=True, tone=lambda s: "danger" if s and s > self._target else "",
                icon=lambda s: "triangle-alert" if s and s > self._target else "",
            ),
            Column(
                "heads", _("Head-count"), 260, sortable=False, word=_heads,
                tone=lambda d: "warning" if drills.differences(d) else "",
                icon=lambda d: "triangle-alert" if drills.differences(d) else "",
            ),
            Column("check", _("Check"), 130, sortable=False),
            Column("late", _("Entered late"), 90, word=lambda late: _("late") if late else ""),
        ]  # fmt: skip

    def read(self, now: Now) -> Sheet:
        """Read the drills, which are due, and the children one of whom may be missing."""
        log = logbook.entries(now.session, Drill, now.season)
        made = drills.checks_of(now.session, log)
        self._target = drills.target(now.session)
        rows = [
            (d.id, d.day, d.at, _(drills.WHEN[drills.when(made.get(d.id))]), d.kind, d.seconds, d,
             _check(made.get(d.id)), d.entered_late)
            for d in log
        ]  # fmt: skip
        told = [_due(one) for one in drills.due(now.session, now.season, now.day)]
        fresh = {"when": "", "kind": DrillKind.EVACUATION, "announced": False, "leader": self.place.context.user}
        return Sheet({d.id: d for d in log}, rows, told, self._fields(now), fresh=fresh)

    def _fields(self, now: Now) -> tuple[Field, ...]:
        children = register.read(now.session, now.season, now.day)
        named = tuple((row.name, f"{row.name}  {row.number}".strip()) for row in children)
        when = tuple((code, _(word)) for code, word in drills.WHEN.items())
        told = _("Choose a name to write it below; add where the child was found.")
        return (
            Field("when", _("Part of the day"), kind="choice", choices=when, folded=True),
            Field("missing_child", _("Missing child"), told, kind="find", choices=named),
            replace(describe(Drill, "seconds"), help=_("At most {n}.").format(n=self._target)),
        )

    def acts(self) -> Sequence[Act]:
        """Return: the check that goes with it, and its paper."""
        return (
            Act(N_("Open the check"), "clipboard-check", self._open, "C", writes=False),
            Act(N_("Print the record"), "printer", self.place.print_drill, writes=False),
        )

    def wire(self, form: Form) -> None:
        """Write a missing child's name into the text; say by which number a count is measured, once it is typed."""
        form.changed.connect(partial(self._typed, form))

    def facts(self, entry: Drill) -> list[tuple[str, str]]:
        """Return the head-count beside what the records of that moment said."""
        heads = {describe(Drill, f"{head}_counted").label: getattr(entry, f"{head}_register") for head in _HEADS}
        told = _("{counted}, by the records {known}")
        return [
            (label, told.format(counted=text, known=heads[label]) if label in heads else text)
            for label, text in super().facts(entry)
        ]

    def keep(self, now: Now, values: dict[str, Any]) -> Any:
        """Record it, and begin its check."""
        values.pop("missing_child")
        day, at, by = values.pop("day"), values.pop("at"), self.place.context.user
        return drills.record(now.session, now.season, day, at, by=by, **values)

    def change(self, session: Any, key: int, values: dict[str, Any]) -> Any:
        """Put it right; the register is read anew only for another day or time."""
        values.pop("missing_child")
        before = session.get(Drill, key)
        same = {name for name in ("day", "at") if before and getattr(before, name) == values[name]}
        return drills.change(session, key, **{k: v for k, v in values.items() if k not in same})

    def remove(self, session: Any, key: int) -> None:
        """Take it back."""
        drills.remove(session, key)

    def _typed(self, form: Form, name: str) -> None:
        if name == "missing_child":
            self._name_missing(form)
        if name in {"day", "at", *(f"{head}_counted" for head in _HEADS)}:
            self._compare(form)

    def _name_missing(self, form: Form) -> None:
        line = form.rows["missing"].editor
        try:
            child = form.rows["missing_child"].editor.value()
        except UserError:
            return
        if child and isinstance(line, LineEditor) and child not in line.line.text():
            line.line.setText(", ".join(part for part in (line.line.text(), child) if part))
            line.changed.emit()

    def _compare(self, form: Form) -> None:
        season = self.place.season
        try:
            day, at = form.rows["day"].editor.value(), form.rows["at"].editor.value()
            counted = {head: form.rows[f"{head}_counted"].editor.value() for head in _HEADS}
        except UserError:
            return
        if not (season and day and at) or all(value is None for value in counted.values()):
            return
        with self.place.db.read() as session:
            known = drills.heads(session, season, day, at)
        for head, value in counted.items():
            there = known[f"{head}_register"]
            told = "" if value is None else _("By the records of that moment: {n}").format(n=there)
            form.rows[f"{head}_counted"].advise(told, warning=value is not None and value != there)

    def _open(self, drill: Drill) -> None:
        if drill.check_id:
            self.place.page.open(check=drill.check_id)


def _heads(drill: Drill) -> str:
    if drill.children_counted is None:
        return _("not written down")
    counted = (getattr(drill, f"{head}_counted") or 0 for head in _HEADS)
    return " ".join(drills.differences(drill)) or _("All there: {n}").format(n=sum(counted))


def _check(check: Check | None) -> str:
    if check is None:
        return ""
    return checks.word(check) if check.frozen else _("not signed yet")


def _due(one: Due) -> Told:
    icon, tone = safety_looks.STANDING[one.standing]
    made = one.check.day if one.check else ""
    match one.standing:
        case Standing.DONE:
            sentence = _("Drill, {which}: made on {made}.")
        case Standing.BEGUN:
            sentence = _("Drill, {which}: made on {made}, its check is not signed yet.")
        case Standing.MISSED | Standing.EXPLAINED:
            sentence = _("Drill, {which}: missed, it was due by {due}.")
        case _:
            sentence = _("Drill, {which}: to be made by {due}.")
    return Told(sentence.format(which=_(SLOTS[one.slot]), made=made, due=one.due), icon, tone)
