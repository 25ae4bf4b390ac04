"""What is wrong with a planned week, in words: where it is short and why, which rules it breaks, what to know."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ccfs_desktop.i18n import N_, _, listed, ngettext
from ccfs_desktop.models.roster import WishKind
from ccfs_desktop.services import roster_problem, roster_rules, times
from ccfs_desktop.services.cover import SKILL_WORDS, DayCover, Lack, Other, Quarter
from ccfs_desktop.services.drafting.check import Rule, check
from ccfs_desktop.services.drafting.problem import SLOT, Problem, Span
from ccfs_desktop.services.planned import Plan, ShiftView


class Severity(enum.IntEnum):
    """How bad a warning is; the higher, the worse."""

    NOTE = 0
    """Good to know."""
    RULE = 1
    """A rule of working time is broken: published only with a name and a reason."""
    BREACH = 2
    """Children without the adults they need: published only with a name and a reason."""


@dataclass(frozen=True)
class Warning:  # noqa: A001 (the word on the page; Python's own is not used here)
    """One thing to look at."""

    code: str
    """Which kind, such as ``short``; the page filters by it."""
    severity: Severity
    sentence: str
    day: date
    staff_id: int | None = None
    group_id: int | None = None
    span: Span | None = None


HARD = frozenset({"alone", "double", "away"})
"""Codes of what cannot be published at all: the officer must put it right."""

_RULES = {
    Rule.DAY_HOURS: N_("{day}: {name} works {actual} hours; at most {limit} are allowed a day."),
    Rule.WEEK_HOURS: N_("{name} works {actual} hours this week; at most {limit} are allowed."),
    Rule.WEEK_DAYS: N_("{name} works on {actual_n} days this week; at most {limit_n} are allowed."),
    Rule.REST: N_("{day}: {name} begins {actual} hours after the day before; at least {limit} hours of rest are due."),
    Rule.BREAK_MISSING: N_("{day}: {name} works {actual} hours without a break; one is due after {limit}."),
    Rule.BREAK_LATE: N_("{day}: {name} works {actual} hours on end; a break is due after {limit}."),
    Rule.BREAK_SHORT: N_("{day}: {name} has a break of {actual_n} minutes; {limit_n} are due."),
}
"""What is said of a rule of working time; its code is the rule's own."""


def of(plan: Plan, cover: Mapping[date, DayCover], problem: Problem) -> list[Warning]:
    """Return what is wrong with a plan, by day, the worst first.

    Args:
        plan: the days, usually a week.
        cover: of the open days.
        problem: the same plan as drafting knows it, with the shifts of the week before.
    """
    found = [
        *(w for day in plan.open_days for w in _cover(plan, day, cover[day])),
        *_hard(plan),
        *_rules(plan, problem),
        *_closed(plan),
        *_not_counting(plan),
        *_against_wishes(plan),
        *_without_group(plan),
    ]
    order = {day: n for n, day in enumerate(plan.days)}
    return sorted(found, key=lambda w: (order[w.day], -w.severity, w.span.start if w.span else 0, w.sentence))


# --------------------------------------------------------------------------------------------------------------- cover
def _cover(plan: Plan, day: date, cover: DayCover) -> Iterator[Warning]:
    if cover.quarters and not plan.on(day):
        expected = len({stay.child_id for stay in plan.children.get(day, ())})
        sentence = ngettext(
            "{day}: nobody is on the roster; {n} child is expected.",
            "{day}: nobody is on the roster; {n} children are expected.",
            expected,
        )
        yield Warning(
            "nothing-planned", Severity.BREACH, sentence.format(day=times.on_day(day), n=expected), day,
            span=plan.hours(day),
        )  # fmt: skip
        return
    for span, quarter in short(cover):
        yield Warning("short", Severity.BREACH, _short(day, span, quarter), day, group_id=quarter.group_id, span=span)
    for span, lack in lacking(cover):
        sentence = _("{day}, {start}–{end}: {what}.").format(
            day=times.on_day(day), what=_(SKILL_WORDS[lack.skill]), **_times(span)
        )
        yield Warning("skill", Severity.BREACH, sentence, day, span=span)


def short(cover: DayCover) -> list[tuple[Span, Quarter]]:
    """Return the quarter hours with too few adults, those in a row with the same numbers as one.

    Returns:
        From when to when, and the first of them; its ``others`` are those of all, its ``short_minutes`` the sum.
    """
    found: list[tuple[Span, Quarter]] = []
    for quarter in sorted(cover.quarters, key=_of_group):
        if not quarter.short:
            continue
        start, end = quarter.slot * SLOT, (quarter.slot + 1) * SLOT
        if found and _goes_on(*found[-1], quarter):
            span, first = found[-1]
            minutes = first.short_minutes + quarter.short_minutes
            others = tuple(dict.fromkeys((*first.others, *quarter.others)))
            found[-1] = Span(span.start, end), replace(first, short_minutes=minutes, others=others)
        else:
            found.append((Span(start, end), quarter))
    return found


def _of_group(quarter: Quarter) -> tuple[str, int, int]:
    return quarter.group, quarter.group_id or 0, quarter.slot


def _goes_on(span: Span, first: Quarter, quarter: Quarter) -> bool:
    same = (first.group_id, first.required, first.percent) == (quarter.group_id, quarter.required, quarter.percent)
    return same and span.end == quarter.slot * SLOT


def lacking(cover: DayCover) -> list[tuple[Span, Lack]]:
    """Return the quarter hours without a skill, those in a row as one."""
    found: list[tuple[Span, Lack]] = []
    for lack in sorted(cover.lacks, key=lambda one: (one.skill, one.slot)):
        start, end = lack.slot * SLOT, (lack.slot + 1) * SLOT
        if found and found[-1][1].skill is lack.skill and found[-1][0].end == start:
            span, first = found[-1]
            found[-1] = Span(span.start, end), replace(first, minutes=first.minutes + lack.minutes)
        else:
            found.append((Span(start, end), lack))
    return found


def _short(day: date, span: Span, quarter: Quarter) -> str:
    sentence = _("{day}, {start}–{end}, {group}: {required} adults needed, {planned} planned.").format(
        day=times.on_day(day),
        group=quarter.group,
        required=quarter.required,
        planned=f"{quarter.percent / 100:g}",
        **_times(span),
    )
    return " ".join((sentence, *told(quarter.others)))


def told(others: Iterable[Other]) -> Iterator[str]:
    """Yield why adults do not count, those with the same reason together: "Li Na, Wang Wei: on a break."."""
    names: dict[str, list[str]] = {}
    for other in others:
        names.setdefault(other.reason, []).append(other.name)
    for reason, who in names.items():
        yield _("{names}: {reason}.").format(names=listed(dict.fromkeys(who)), reason=reason)


# --------------------------------------------------------------------------------------------------------------- rules
def _hard(plan: Plan) -> Iterator[Warning]:
    """Yield what no verb would have let through: papers run out and people fall sick after they were planned."""
    for shift in plan.shifts:
        if shift.day in plan.open_days and (why := roster_rules.why_away(plan, shift)):
            sentence = roster_rules.away_sentence(plan, shift, why)
            yield replace(_note("away", shift, sentence), severity=Severity.BREACH)
    for shift, _other in roster_rules.twice(plan.shifts):
        sentence = roster_rules.twice_sentence(plan, shift)
        yield replace(_note("double", shift, sentence), severity=Severity.BREACH)
    for day in plan.open_days:
        for one in plan.alone(day):
            sentence = roster_rules.alone_sentence(one, day)
            yield Warning("alone", Severity.BREACH, sentence, day, one.staff_id, one.group_id, one.span)


def _rules(plan: Plan, problem: Problem) -> Iterator[Warning]:
    shifts = [roster_problem.drafted(shift) for shift in plan.shifts]
    for broken in check(problem, shifts, plan.days).violations:
        if broken.rule in _RULES:
            sentence = _(_RULES[broken.rule]).format(
                name=plan.names[broken.person],
                day=times.on_day(broken.day),
                actual=times.length(broken.actual or 0),
                limit=times.length(broken.limit or 0),
                actual_n=broken.actual,
                limit_n=broken.limit,
            )
            code = broken.rule.value
            yield Warning(code, Severity.RULE, sentence, broken.day, broken.person, span=broken.span)


# --------------------------------------------------------------------------------------------------------------- notes
def _closed(plan: Plan) -> Iterator[Warning]:
    for shift in plan.shifts:
        if shift.day not in plan.open_days:
            sentence = _("{day}: {name} is on the roster, but the space is closed.")
            yield _note("closed", shift, sentence.format(**_facts(plan, shift)))


def _not_counting(plan: Plan) -> Iterator[Warning]:
    """Yield who is planned with a group and does not count, once a day; who is away is told by the rules."""
    told: set[tuple[int, date]] = set()
    for shift in plan.shifts:
        why = plan.counting[shift.staff_id][shift.day].why_not
        away = plan.available[shift.staff_id][shift.day].why_not
        if why and not away and shift.group_id is not None and (shift.staff_id, shift.day) not in told:
            told.add((shift.staff_id, shift.day))
            sentence = _("{day}: {name} is planned, but does not count: {reason}.")
            yield _note("does-not-count", shift, sentence.format(reason=why, **_facts(plan, shift)))


def _against_wishes(plan: Plan) -> Iterator[Warning]:
    for shift in plan.shifts:
        for span, kind in plan.available[shift.staff_id][shift.day].wishes:
            if kind is WishKind.RATHER_NOT and span.meets(shift.span):
                both = Span(max(span.start, shift.span.start), min(span.end, shift.span.end))
                sentence = _("{day}, {start}–{end}: {name} would rather not work.")
                facts = _facts(plan, shift) | _times(both)
                yield replace(_note("wish", shift, sentence.format(**facts)), span=both)


def _without_group(plan: Plan) -> Iterator[Warning]:
    """Yield how many children have no group, on the first day it matters."""
    if len(plan.groups) < 2:
        return
    for day in plan.open_days:
        children = {stay.child_id for stay in plan.children.get(day, ()) if stay.group_id is None}
        if children:
            sentence = ngettext(
                "{n} child has no group, and so no adults. Give it one on the page Children.",
                "{n} children have no group, and so no adults. Give them one on the page Children.",
                len(children),
            )
            yield Warning("no-group", Severity.NOTE, sentence.format(n=len(children)), day)
            return


def _note(code: str, shift: ShiftView, sentence: str) -> Warning:
    return Warning(code, Severity.NOTE, sentence, shift.day, shift.staff_id, shift.group_id, shift.span)


def _facts(plan: Plan, shift: ShiftView) -> dict[str, str]:
    return {"day": times.on_day(shift.day), "name": plan.names[shift.staff_id]} | _times(shift.span)


def _times(span: Span) -> dict[str, str]:
    return {"start": times.clock(span.start), "end": times.clock(span.end)}
