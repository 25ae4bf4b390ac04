"""Where within the shifts of a day the breaks that are due can lie, so that the children keep their adults."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.services import planned, roster_problem
from ccfs_desktop.services.cover import AdultStay, Where
from ccfs_desktop.services.drafting.options import places, windows
from ccfs_desktop.services.drafting.problem import SLOT, Demand, Rules, Skill, Span
from ccfs_desktop.services.planned import PartView, Plan, ShiftView

_ROUNDS = 3


@dataclass
class _Room:
    """Who is with a group in a quarter hour, in per cent of an adult."""

    in_room: int = 0
    """Adults who must not be on a break."""
    there: int = 0
    vetted: int = 0
    unvetted: int = 0

    def harm(self, percent: int, *, vetted: bool) -> int:
        """Return by how much a break of somebody makes this quarter hour worse; 0 when the children lack nothing."""
        missing = max(0, 100 * self.in_room - (self.there - percent)) - max(0, 100 * self.in_room - self.there)
        alone = vetted and self.vetted == 1 and self.unvetted > 0
        return missing + 10_000 * alone

    @property
    def spare(self) -> int:
        """What is there beyond what is needed."""
        return self.there - 100 * self.in_room


@dataclass
class _Day:
    """Who is where in each quarter hour."""

    rooms: dict[tuple[int, int | None], _Room] = field(default_factory=lambda: defaultdict(_Room))
    skills: dict[tuple[int, Skill], int] = field(default_factory=lambda: defaultdict(int))
    wanted: dict[int, frozenset[Skill]] = field(default_factory=dict[int, frozenset[Skill]])


def place(plan: Plan, day: date) -> dict[int, tuple[PartView, ...]]:
    """Return shift id → its parts with the breaks it lacked; shifts that lack none, or have no room, are left out.

    A break goes where most adults can be spared, near the middle of the shift; it is left out where every place for
    it would leave a group short, the space without a skill, or somebody unvetted alone. Breaks that are there stay.

    Args:
        plan: with the day.
        day: the day.
    """
    rules = roster_problem.rules(plan.season)
    lacking = {s.id: s for s in plan.on(day) if _due(s, rules)}
    demands = [demand for demand in roster_problem.demands(plan) if demand.day == day]
    placed: dict[int, tuple[Span, ...]] = {}
    for _n in range(_ROUNDS):
        before = dict(placed)
        for shift in lacking.values():
            placed.pop(shift.id, None)
            others = [_with(s, placed.get(s.id, ())) for s in plan.on(day)]
            if found := _best(plan, _known(plan, day, demands, others), shift, rules):
                placed[shift.id] = found
        if placed == before:
            break
    return {number: _with(lacking[number], breaks).parts for number, breaks in placed.items()}


def _due(shift: ShiftView, rules: Rules) -> tuple[Span, ...]:
    """Return the windows of the breaks a shift lacks; nothing when it has one already."""
    if shift.breaks or shift.span.minutes <= rules.break_after:
        return ()
    return windows(shift.span, rules) or ()


def _with(shift: ShiftView, breaks: Iterable[Span]) -> ShiftView:
    new = [PartView(0, PartKind.BREAK, pause, None) for pause in breaks]
    return replace(shift, parts=tuple(sorted((*shift.parts, *new), key=lambda p: p.span.start)))


def _best(plan: Plan, known: _Day, shift: ShiftView, rules: Rules) -> tuple[Span, ...] | None:
    mine = [a for a in plan.adults(shift.day, [shift]) if a.where is Where.WITH]
    found: list[Span] = []
    for window in _due(shift, rules):
        choices = [Span(at, at + rules.break_minutes) for at in places(window, rules)]
        free = [c for c in choices if not any(p.span.meets(c) for p in shift.parts)]
        middle = (window.start + window.end + rules.break_minutes) / 2
        ranked = [(*_cost(known, mine, c), abs((c.start + c.end) / 2 - middle), c.start, c) for c in free]
        best = min(ranked, default=None, key=lambda r: r[:-1])
        if best is None or best[0] > 0:
            return None
        found.append(best[-1])
    return tuple(found)


def _cost(known: _Day, mine: Sequence[AdultStay], pause: Span) -> tuple[int, int]:
    """Return the harm a break would do, and, the less the better, what could be spared meanwhile."""
    harm, spare = 0, 10_000
    for slot in range(pause.start // SLOT, -(-pause.end // SLOT)):
        quarter = Span(slot * SLOT, (slot + 1) * SLOT)
        for stay in (a for a in mine if a.span.meets(quarter)):
            room = known.rooms[slot, stay.group_id]
            harm += room.harm(stay.percent, vetted=stay.vetted)
            spare = min(spare, room.spare - stay.percent)
            lost = {s for s in stay.skills & known.wanted.get(slot, frozenset()) if known.skills[slot, s] == 1}
            harm += 1_000 * len(lost)
    return harm, -spare


def _known(plan: Plan, day: date, demands: Iterable[Demand], shifts: Iterable[ShiftView]) -> _Day:
    found = _Day()
    skills = planned.skills(plan.season)
    for demand in demands:
        found.rooms[demand.slot, roster_problem.group_id(demand.group)].in_room = demand.in_room
        found.wanted[demand.slot] = skills
    for stay in plan.adults(day, shifts):
        if stay.where is Where.WITH:
            _count(found, stay)
    return found


def _count(found: _Day, stay: AdultStay) -> None:
    for slot in stay.span.slots():
        room = found.rooms[slot, stay.group_id]
        room.there += stay.percent
        room.vetted += stay.vetted
        room.unvetted += not stay.vetted
        for skill in stay.skills:
            found.skills[slot, skill] += 1
