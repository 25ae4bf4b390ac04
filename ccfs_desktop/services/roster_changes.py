"""What a published roster was, and in what the roster of today differs from it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.roster import PartKind, RosterWeek
from ccfs_desktop.services import times
from ccfs_desktop.services.cover import DayCover
from ccfs_desktop.services.drafting.problem import SLOT, Span
from ccfs_desktop.services.planned import Plan, ShiftView
from ccfs_desktop.services.roster_warnings import Warning  # noqa: A004 (the word on the page)

_Key = tuple[int, date]


@dataclass(frozen=True)
class Part:
    """A part of a shift as it was published."""

    kind: PartKind
    span: Span
    group_id: int | None


@dataclass(frozen=True)
class Published:
    """A shift as it was published."""

    staff_id: int
    name: str
    day: date
    span: Span
    group_id: int | None
    group: str
    parts: tuple[Part, ...]


def written(shifts: Iterable[ShiftView], groups: Mapping[int, str], names: Mapping[int, str]) -> str:
    """Return shifts as the JSON that is kept with a publication: ids and names, so that it reads the same for ever."""
    return json.dumps(
        [
            {
                "staff_id": shift.staff_id,
                "name": names[shift.staff_id],
                "day": shift.day.isoformat(),
                "start": times.clock(shift.span.start),
                "end": times.clock(shift.span.end),
                "group_id": shift.group_id,
                "group": "" if shift.group_id is None else groups.get(shift.group_id, ""),
                "parts": [
                    {
                        "kind": part.kind.value,
                        "start": times.clock(part.span.start),
                        "end": times.clock(part.span.end),
                        "group_id": part.group_id,
                    }
                    for part in shift.parts
                ],
            }
            for shift in shifts
        ],
        ensure_ascii=False,
    )


def breaches(cover: Mapping[date, DayCover], wrong: Iterable[Warning]) -> str:
    """Return what was short or against a rule as the JSON that is kept with a publication.

    Each has ``day``, ``code`` and ``why`` in words, and where they are known ``from``, ``to``, ``group``, ``required``
    and ``planned``.
    """
    return json.dumps([_breach(cover, warning) for warning in wrong], ensure_ascii=False)


def _breach(cover: Mapping[date, DayCover], warning: Warning) -> dict[str, Any]:
    fact: dict[str, Any] = {"day": warning.day.isoformat(), "code": warning.code, "why": warning.sentence}
    if warning.span:
        fact |= {"from": times.clock(warning.span.start), "to": times.clock(warning.span.end)}
    if warning.code == "short" and warning.span and (day := cover.get(warning.day)):
        key = (warning.span.start // SLOT, warning.group_id)
        quarter = next((q for q in day.quarters if (q.slot, q.group_id) == key), None)
        if quarter:
            fact |= {"group": quarter.group, "required": quarter.required, "planned": quarter.planned}
    return fact


def read(week: RosterWeek) -> list[Published]:
    """Return the shifts as they were published."""
    facts: list[dict[str, Any]] = json.loads(week.shifts)
    return [
        Published(
            fact["staff_id"],
            fact["name"],
            date.fromisoformat(fact["day"]),
            _span(fact),
            fact["group_id"],
            fact["group"],
            tuple(Part(PartKind(p["kind"]), _span(p), p["group_id"]) for p in fact["parts"]),
        )
        for fact in facts
    ]


def since(week: RosterWeek, plan: Plan) -> Iterator[str]:
    """Yield in words what differs from the publication, by day and person."""
    old, new = _by_person(read(week)), _by_person(_now(plan))
    for key in sorted({*old, *new}, key=lambda k: (k[1], _name(old, new, k))):
        before, after = old.get(key, []), new.get(key, [])
        facts = {"name": _name(old, new, key), "day": times.on_day(key[1])}
        if before and not after:
            yield _("{name}, {day}: taken off ({before}).").format(before=_said(before), **facts)
        elif after and not before:
            yield _("{name}, {day}: added ({after}).").format(after=_said(after), **facts)
        elif _said(before) != _said(after):
            yield _("{name}, {day}: {before} became {after}.").format(before=_said(before), after=_said(after), **facts)
        elif [s.parts for s in before] != [s.parts for s in after]:
            yield _("{name}, {day}: the breaks changed.").format(**facts)


def _now(plan: Plan) -> Iterator[Published]:
    names = plan.names
    for s in plan.shifts:
        parts, group = (
            tuple(Part(p.kind, p.span, p.group_id) for p in s.parts),
            "" if s.group_id is None else plan.groups.get(s.group_id, ""),
        )
        yield Published(s.staff_id, names[s.staff_id], s.day, s.span, s.group_id, group, parts)


def _by_person(shifts: Iterable[Published]) -> dict[_Key, list[Published]]:
    found: dict[_Key, list[Published]] = {}
    for shift in sorted(shifts, key=lambda s: (s.day, s.staff_id, s.span.start)):
        found.setdefault((shift.staff_id, shift.day), []).append(shift)
    return found


def _name(old: Mapping[_Key, list[Published]], new: Mapping[_Key, list[Published]], key: _Key) -> str:
    return (new.get(key) or old[key])[0].name


def _said(shifts: Iterable[Published]) -> str:
    return listed(f"{times.clock(s.span.start)}–{times.clock(s.span.end)} {s.group}".strip() for s in shifts)


def _span(fact: Mapping[str, str]) -> Span:
    start, end = (int(fact[k][:2]) * 60 + int(fact[k][3:]) for k in ("start", "end"))
    return Span(start, end)
