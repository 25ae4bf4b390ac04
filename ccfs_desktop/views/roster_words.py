"""What the roster says in words: times, a shift, a person's day, a quarter hour; and how its groups are told apart."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton

from ccfs_desktop.i18n import N_, _, language, listed, ngettext
from ccfs_desktop.models.roster import PartKind, WishKind
from ccfs_desktop.services import times
from ccfs_desktop.services.cover import SKILL_WORDS, DayCover, Quarter
from ccfs_desktop.services.drafting.problem import SLOT, Span
from ccfs_desktop.services.roster_week import DayOf, Line, PartView, Severity, ShiftView

# Severity → icon and tone; the counters say the word beside them.
SIGNS = {
    Severity.BREACH: ("circle-alert", "danger"),
    Severity.RULE: ("triangle-alert", "warning"),
    Severity.NOTE: ("info", "quiet"),
}
_PARTS = {
    PartKind.BREAK: N_("break {span}"),
    PartKind.ERRAND: N_("errand {span}"),
    PartKind.COVER: N_("{span} in {group}"),
}
_WISHES = {
    WishKind.LIKES: N_("likes to work {span}"),
    WishKind.RATHER_NOT: N_("would rather not work {span}"),
    WishKind.CANNOT: N_("cannot work {span}"),
}


@dataclass(frozen=True)
class Marks:
    """How groups are told apart: by name, by one letter where there is no room, and by a colour beside either."""

    names: Mapping[int, str]

    def name(self, group_id: int | None) -> str:
        """Return a group's name."""
        return self.names.get(group_id, "") if group_id is not None else _("No group")

    def letter(self, group_id: int | None) -> str:
        """Return the first letter of its name, or A, B, C where two groups begin alike."""
        if group_id is None:
            return "–"
        first = [_first(name) for name in self.names.values()]
        if len(set(first)) < len(first):
            return chr(ord("A") + self.number(group_id))
        return _first(self.names.get(group_id, ""))

    def number(self, group_id: int | None) -> int:
        """Return the group's place in the order shown."""
        ids = list(self.names)
        return ids.index(group_id) if group_id in ids else len(ids)


def _first(name: str) -> str:
    """Return the first letter with the signs that belong to it."""
    end = 1
    while end < len(name) and unicodedata.category(name[end]).startswith("M"):
        end += 1
    return name[:end]


def between(span: Span) -> str:
    """Write from when to when."""
    return f"{times.clock(span.start)}–{times.clock(span.end)}"


def lasting(minutes: int) -> str:
    """Write a length in hours and minutes: 450 is 7:30."""
    return f"{minutes // 60}:{minutes % 60:02}"


def day_name(day: date, *, long: bool = False) -> str:
    """Write a day as the head of a column, or in a sentence."""
    skeleton = "MMMMEEEEd" if long else "MMMEd" if language() == "en" else "MEd"
    return format_skeleton(skeleton, day, locale=region())


def region() -> str:
    """Return the language in use with the order of day and month that the program uses: 17 July, not July 17."""
    return "en_GB" if language() == "en" else language()


def shift(view: ShiftView, marks: Marks) -> str:
    """Say one shift in words."""
    told = _("{span} in {group}") if view.group_id is not None else _("{span}, with no group")
    words = [told.format(span=between(view.span), group=marks.name(view.group_id))]
    words += [part(p, marks) for p in view.parts]
    words += [_("pinned")] if view.pinned else []
    words += [view.note] if view.note else []
    return listed(words)


def part(view: PartView, marks: Marks) -> str:
    """Say in words what a part of a shift is."""
    said = _(_PARTS[view.kind]).format(span=between(view.span), group=marks.name(view.group_id))
    return f"{said} ({view.note})" if view.note else said


def of_day(line: Line, day: date, marks: Marks) -> str:
    """Say in words all that holds for a person on a day, one thing a line."""
    return "\n".join(_day_lines(line, day, marks))


def _day_lines(line: Line, day: date, marks: Marks) -> Iterator[str]:
    on = line.days[day]
    yield f"{line.name} · {day_name(day, long=True)}"
    for view in on.shifts:
        yield shift(view, marks)
    if on.away:
        yield _("Away: {reason}").format(reason=on.away)
    elif not on.shifts:
        yield _("Not planned")
    if on.available and not on.away and on.available != (Span(0, 1_440),):
        yield _("Can come {spans}").format(spans=listed(between(s) for s in on.available))
    if on.counting.why_not and not on.away:
        yield _("Does not count: {reason}").format(reason=on.counting.why_not)
    yield from (wish(span, kind) for span, kind in on.wishes)


def wish(span: Span, kind: WishKind) -> str:
    """Say a wish in words."""
    whole = span.minutes >= 1_439
    said = _(_WISHES[kind]).format(span=_("this day") if whole else between(span))
    return said[:1].upper() + said[1:]


def does_not_count(on: DayOf) -> bool:
    """Tell whether somebody is planned with a group and does not count there."""
    return bool(on.counting.why_not) and any(s.group_id is not None for s in on.shifts)


def quarter(found: Quarter) -> str:
    """Say one group in one quarter hour: how many are needed, who counts, why others do not."""
    head = f"{between(Span(found.slot * SLOT, found.slot * SLOT + SLOT))} {found.group}"
    return f"{head}: {enough(found)}"


def enough(found: Quarter) -> str:
    """Say how many are needed, and who counts or why others do not."""
    if found.short:
        return found.reason
    said = _("{children} children need {required} adults: {names}.")
    return said.format(children=found.children, required=found.required, names=listed(found.adults))


def at_slot(cover: DayCover, slot: int) -> str:
    """Say what holds in a quarter hour in all groups, the short ones first; empty when no child is expected."""
    here = [q for q in cover.quarters if q.slot == slot]
    lacks = [f"{_(SKILL_WORDS[lack.skill])}." for lack in cover.lacks if lack.slot == slot]
    return " ".join([*(quarter(q) for q in here if q.short), *lacks, *(quarter(q) for q in here if not q.short)])


def state_of_day(cover: DayCover | None, expected: int) -> tuple[str, str, str]:
    """Return word, icon and tone for the head of a day."""
    if cover is None or not cover.quarters:
        return _("nobody expected"), "circle", "quiet"
    if cover.short_minutes:
        return _("{time} h short").format(time=lasting(cover.short_minutes)), "circle-alert", "danger"
    if cover.lacks:
        return _(SKILL_WORDS[cover.lacks[0].skill]), "triangle-alert", "warning"
    return ngettext("{n} child covered", "{n} children covered", expected).format(n=expected), "circle-check", "accent"


def stretches(quarters: Sequence[Quarter]) -> list[tuple[Span, Quarter]]:
    """Join neighbouring quarter hours of one group in which the same holds.

    Args:
        quarters: of one group, in the order of time.
    """
    found: list[tuple[Span, Quarter]] = []
    for q in quarters:
        start = q.slot * SLOT
        if found and found[-1][0].end == start and _alike(found[-1][1], q):
            found[-1] = (Span(found[-1][0].start, start + SLOT), found[-1][1])
        else:
            found.append((Span(start, start + SLOT), q))
    return found


def _alike(one: Quarter, other: Quarter) -> bool:
    return (one.required, one.percent, one.short, one.adults) == (
        other.required, other.percent, other.short, other.adults,
    )  # fmt: skip
