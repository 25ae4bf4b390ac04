"""The made-up safety checks: days opened and closed by the list, one against a critical No; one check missed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from random import Random

from sqlalchemy import select

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import (
    Check,
    CheckAnswer,
    DayOpening,
    Finding,
    MissedCheck,
    Occasion,
    Proof,
    Result,
    Said,
)
from ccfs_desktop.models.duty import Duty
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import check_rules, checklists, checks, present, ratio_proof, times
from ccfs_desktop.services.checklists import Checklist, Item, Kind
from ccfs_desktop.services.demo import duties, incidents, logs, patrols
from ccfs_desktop.services.demo.scene import Kid, Scene
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.signatures import Signature

# On which day, counted back from today's morning, what was found.
_DOOR_OPEN = -5
_SOCKET = (-2, -6, -9)
"""The last time a spare cover was put on at once, and nobody has looked for the cause."""
_MISSED_WEEK = 2
"""This week's check, counted from the first, was never made."""
_TEXTS = {
    "OPN18": "check_weather", "CLS12": "check_defects", "CLS14": "check_handover", "PRE03": "check_rule",
    "PRE28": "check_labels", "PRE46": "check_policy", "DRL01": "check_drill_start", "DRL02": "check_drill_kind",
    "DRL03": "check_drill_place", "DRL08": "check_drill_exit", "DRL13": "check_drill_problem", "MTH09": "check_defects",
}  # fmt: skip
_NUMBERS = {
    "PRE04": "42", "PRE08": "236", "PRE09": "3.0", "PRE10": "3.2", "PRE21": "420", "PRE23": "1.3", "PRE25": "26",
    "PRE26": "48", "PRE32": "43", "PRE34": "20", "PRE36": "90", "PRE41": "30", "PRE44": "12", "PRE48": "2",
    "WKL01": "3", "WKL03": "4", "WKL14": "2", "MTH01": "128", "MTH06": "0", "MTH10": "8", "DRL09": "128",
}  # fmt: skip
"""What was measured or counted, where a zero or the least would not do."""


_COUNTED = {"CLS13": "check_found", "WKL08": "check_rows", "WKL09": "bus_late"}
"""What failed by its count, and the word for it."""
_MEASURED = {"OPN08": (23, 27), "FOD03": (61, 78)}
_WITH_CHILDREN = (StaffRole.HEAD_TEACHER, StaffRole.TEACHER, StaffRole.ASSISTANT)
"""Who goes through the lists of a day, in this order, among those who are there."""
_LATE_CREW, _OPENED = "10:00", time(7, 30)
_SELDOM = "CLS14"
"""Most evenings there is nothing to hand over."""


@dataclass
class _Walk:
    """One check that was made."""

    check: Check
    answers: list[CheckAnswer]


def go_through(scene: Scene, kids: Sequence[Kid]) -> None:
    """Enter the checks of all past days and of this morning."""
    walker = _Walker(scene, kids)
    walks = list(walker.walks())
    with scene.db.begin(N_("Sign a check"), final=True) as session:
        for checklist in {walk.check.code: walker.lists[walk.check.code] for walk in walks}.values():
            checklists.keep(session, checklist, at=walks[0].check.started_at)
        scene.db.insert_many(session, [walk.check for walk in walks])
        for walk in walks:
            for answer in walk.answers:
                answer.check_id = walk.check.id
        scene.db.insert_many(session, [answer for walk in walks for answer in walk.answers])
        scene.db.insert_many(session, list(walker.findings(walks)))
        scene.db.insert_many(session, [walker.decision(walk) for walk in walks if _is_shut(walk.check)])
        scene.db.insert_many(session, list(walker.missed()))


class _Walker:
    """Goes through the lists as the made-up staff did."""

    def __init__(self, scene: Scene, kids: Sequence[Kid]) -> None:
        self._scene, self._kids = scene, kids
        self._dice: Random = scene.random("checks")
        self.lists = checklists.shipped()
        with scene.db.read() as session:
            staff = session.scalars(select(Staff).order_by(Staff.id)).all()
            stays = session.scalars(select(Duty).where(Duty.arrived.is_not(None)).order_by(Duty.arrived, Duty.id)).all()
            visits = session.scalars(select(Visit).where(Visit.day < scene.today)).all()
        self._counted: dict[date, tuple[int, int]] = {}
        self._names = {person.role: person.name for person in reversed(staff)}
        team = {person.id: person for person in staff}
        self._crews: dict[date, list[tuple[Staff, Duty]]] = {}
        for stay in stays:
            if team[stay.staff_id].role in _WITH_CHILDREN:
                self._crews.setdefault(stay.day, []).append((team[stay.staff_id], stay))
        self._left = {day: max(v.departed for v in visits if v.day == day and v.departed) for day in scene.past}
        unsigned = [v.day for v in visits if v.unsigned_in or v.unsigned_out]
        timeless = [v.day for v in visits if v.signed_out and v.departed is None]
        self._dates = {"MTH01": scene.past[1], "MTH03": scene.today + timedelta(days=logs.EXPIRES_IN)}
        self._counts = {
            "CLS02": Counter(unsigned),
            "CLS05": Counter(incidents.days(scene)),
            "CLS13": Counter(patrols.quiet_days(scene)[-1:]),
            "WKL08": Counter(_friday(day) for day in (*unsigned, *timeless)),
            "WKL09": Counter(map(_friday, duties.short_days(scene))),
        }

    def walks(self) -> Iterator[_Walk]:
        """Yield every check, oldest first."""
        past = self._scene.past
        first = past[0]
        yield self._walk("PRE", self._about(first - timedelta(days=4), time(15, 10)))
        days = [*past, self._scene.today] if self._scene.today in self._scene.open_days else past
        for n, day in enumerate(days):
            begun = self._after(day, self._crews[day][0][1].arrived)
            yield self._walk("OPN", begun, back=n - len(past), minutes=self._dice.randint(4, 8))
            if day in past:  # the newest is not closed yet, and nobody has gone through its closing check
                yield self._walk("FOD", self._about(day, time(12, 5)))
            if day in past[:-1]:
                yield self._walk("CLS", self._after(day, self._left[day]), minutes=3)
        for number, week in enumerate(_weeks(past)):
            if number != _MISSED_WEEK and week[-1] + timedelta(days=7 - week[-1].isoweekday()) < self._scene.today:
                yield self._walk("WKL", self._about(week[-1], time(15, 30)))
        yield self._walk("DRL", self._about(past[1], time(10, 20)), slot="first", due=past[2])
        for months in list(_months(past))[:1]:
            if months[-1].month != self._scene.today.month:
                yield self._walk("MTH", self._about(months[-1], time(14, 0)))

    def _about(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at) + timedelta(minutes=self._dice.randint(0, 6))

    def _after(self, day: date, at: time | None) -> datetime:
        """Return the minute after the first adult has come, or the last child has gone."""
        return datetime.combine(day, at or time(7, 20)) + timedelta(minutes=1)

    def _walk(
        self, code: str, begun: datetime, *, minutes: int = 9, back: int = 0, slot: str = "", due: date | None = None
    ) -> _Walk:  # fmt: skip
        checklist, day = self.lists[code], begun.date()
        check = checks.new(
            checklist, self._scene.season.id, day, by=self._scene.db.actor.user, at=begun, slot=slot, due=due,
            on_paper=True,
        )  # fmt: skip
        answers = checks.blank(checklist, 0)
        for item, answer in zip(checklist.items, answers, strict=True):
            self._answer(item, answer, day)
            if code == "OPN":
                self._go_wrong(item.id, answer, back)
        self._judge(checklist, check, answers)
        check.done_at, check.last_at = begun.time().replace(second=0), begun + timedelta(minutes=minutes)
        check.entered_late = False
        signature = self._signature(checklist.occasion, begun + timedelta(minutes=minutes + 1), begun)
        checks.freeze(check, answers, signature)
        return _Walk(check, answers)

    def _answer(self, item: Item, answer: CheckAnswer, day: date) -> None:
        answer.said = Said.YES if item.of(Kind.YES) else None
        answer.numbers = self._numbers(item, day)
        if item.of(Kind.TEXT):
            seldom = item.id == _SELDOM and self._dice.random() < 0.8
            names, key = self._scene.names, "" if seldom else _TEXTS.get(item.id, "")
            answer.words = names.text("hospital") if item.id == "PRE44" else names.word(key) if key else ""
        if item.of(Kind.DATE):
            answer.first_date = self._dates.get(item.id, day)
        if item.id == "CLS02" and self._counts["CLS02"][day]:
            answer.words = self._scene.names.word("no_signature")
        if (note := _COUNTED.get(item.id)) and self._counted_on(item.id, day):
            answer.note, answer.corrected = self._scene.names.word(note), True

    def _numbers(self, item: Item, day: date) -> str:
        numbers = item.of(Kind.NUMBER)
        if item.id in ("OPN01", "OPN02"):
            coming, adults = self._heads(day)
            here = sum(1 for _person, stay in self._crews[day] if stay.arrived and stay.arrived <= _OPENED)
            return check_rules.joined([str(here)] if item.id == "OPN01" else [str(coming), str(min(adults, here))])
        if item.id in ("DRL05", "DRL10"):
            children, adults = self._there(day)
            return check_rules.joined([str(children), str(adults)] if item.id == "DRL05" else [str(children)])
        if item.id in self._counts:
            return str(self._counted_on(item.id, day))
        if item.id in _MEASURED:
            return f"{self._dice.randint(*_MEASURED[item.id])}"
        if item.id == "WKL15":
            return "10|0"
        if item.id in _NUMBERS:
            return _NUMBERS[item.id]
        return check_rules.joined([str(part.least or 0) for part in numbers])

    def _counted_on(self, item_id: str, day: date) -> int:
        return self._counts[item_id][_friday(day) if item_id.startswith("WKL") else day]

    def _heads(self, day: date) -> tuple[int, int]:
        """Return how many children are expected, and how many adults the ratio asks for until the late crew comes."""
        if day not in self._counted:
            needed: Counter[int] = Counter()
            with self._scene.db.read() as session:
                for one in ratio_proof.of_day(session, self._scene.season, day).cover.quarters:
                    needed[one.slot] += one.required if times.clock(one.slot * SLOT) < _LATE_CREW else 0
            expected = sum(1 for kid in self._kids if kid.expected(day))
            self._counted[day] = (expected, max(needed.values(), default=2))
        return self._counted[day]

    def _there(self, day: date) -> tuple[int, int]:
        """Return how many children and adults were in the space when the drill began."""
        with self._scene.db.read() as session:
            there = present.read(session, self._scene.season, day, logs.DRILL_AT)
        return len(there.children), len(there.adults)

    def _go_wrong(self, item_id: str, answer: CheckAnswer, back: int) -> None:
        word = self._scene.names.word
        if item_id == "OPN04" and back == _DOOR_OPEN:
            answer.said, answer.note, answer.corrected = Said.NO, word("check_door"), True
        if item_id == "OPN06" and back in _SOCKET:
            answer.said, answer.note, answer.corrected = Said.NO, word("check_socket"), back == _SOCKET[0]

    def _judge(self, checklist: Checklist, check: Check, answers: Sequence[CheckAnswer]) -> None:
        known = {answer.item: answer for answer in answers}
        others = partial(checks.number_of, checklist, known)
        for item in checklist.items:
            known[item.id].fails = check_rules.fails(item, known[item.id], others)
        check.result = check_rules.result(answers)

    def _signature(self, occasion: Occasion, at: datetime, begun: datetime) -> Signature:
        user = self._scene.db.actor.user
        if occasion in (Occasion.OPENING, Occasion.CLOSING, Occasion.MEAL):
            crew = self._crews[at.date()]
            there = [person for person, stay in crew if _covers(stay, begun.time(), at.time())]
            last = max(crew, key=lambda one: one[1].departed or time.max)[0]
            signer = min(there, key=lambda person: _WITH_CHILDREN.index(person.role), default=last)
            return Signature(signer.name, _(signer.role.word), user, at, Proof.DEMONSTRATION)
        role = StaffRole.COORDINATOR
        return Signature(self._names.get(role, user), _(role.word), user, at, Proof.DEMONSTRATION)

    # ------------------------------------------------------------------------------------------------ what follows

    def findings(self, walks: Iterable[_Walk]) -> Iterator[Finding]:
        """Yield a finding for each item that failed."""
        failed: dict[str, list[date]] = {}
        for walk in walks:
            for answer in walk.answers:
                if not answer.fails or walk.check.signed_at is None:
                    continue
                since = walk.check.day - timedelta(days=checks.REPEAT_DAYS - 1)
                before = sum(1 for day in failed.setdefault(answer.item, []) if day >= since)
                failed[answer.item].append(walk.check.day)
                yield Finding(
                    check_id=walk.check.id, season_id=walk.check.season_id, day=walk.check.day, item=answer.item,
                    text=answer.text, severity=answer.severity, note=answer.note, corrected=answer.corrected,
                    found_at=walk.check.signed_at, due_at=walk.check.signed_at + checks.DEADLINES[answer.severity],
                    times=1 + before,
                )  # fmt: skip

    def decision(self, walk: _Walk) -> DayOpening:
        """Return the coordinator's decision to open all the same."""
        at = datetime.combine(walk.check.day, time(7, 31))
        signed = self._signature(Occasion.NEEDED, at, at)
        return DayOpening(
            season_id=walk.check.season_id, day=walk.check.day, check_id=walk.check.id, name=signed.name,
            role=signed.role, signed_user=signed.user, reason=self._scene.names.word("check_decision"), at=at,
            proof=signed.proof,
        )  # fmt: skip

    def missed(self) -> Iterator[MissedCheck]:
        """Yield the weekly check nobody made, with its explanation."""
        weeks = list(_weeks(self._scene.past))
        if len(weeks) > _MISSED_WEEK + 1:
            due = weeks[_MISSED_WEEK][-1]
            yield MissedCheck(
                season_id=self._scene.season.id, code="WKL", due=due, slot="",
                explanation=self._scene.names.word("check_missed"), by=self._scene.db.actor.user,
                at=datetime.combine(due + timedelta(days=3), time(8, 40)),
            )  # fmt: skip


def _is_shut(check: Check) -> bool:
    return check.occasion is Occasion.OPENING and check.result is Result.FAIL


def _friday(day: date) -> date:
    return day + timedelta(days=5 - day.isoweekday())


def _covers(stay: Duty, since: time, until: time) -> bool:
    return bool(stay.arrived and stay.arrived <= since and (stay.departed is None or until <= stay.departed))


def _weeks(days: Iterable[date]) -> Iterator[list[date]]:
    yield from (list(week) for _key, week in groupby(days, lambda day: day.isocalendar()[:2]))


def _months(days: Iterable[date]) -> Iterator[list[date]]:
    yield from (list(month) for _key, month in groupby(days, lambda day: (day.year, day.month)))
