"""The ratio of a day, as it was or as it is planned."""

import argparse
import json
from typing import TYPE_CHECKING

from ccfs_desktop.cli import access
from ccfs_desktop.i18n import _, listed, ngettext

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs
    from ccfs_desktop.services.cover import Quarter
    from ccfs_desktop.services.ratio_proof import DayProof


def add(jobs: "Jobs") -> None:
    """Offer the ratio of a day."""
    ratio = jobs.add_parser("ratio", help="hold the adults of a day against its children, by the quarter hour")
    ratio.add_argument("--day", type=access.day, required=True, help="such as 2017-07-10")
    ratio.add_argument("--planned", action="store_true", help="as the roster plans it, not as it was")
    ratio.add_argument("--json", action="store_true", help="print the result as one JSON object")
    access.add_office(ratio)
    ratio.set_defaults(command=_ratio)


def _ratio(args: argparse.Namespace) -> int:
    """Print the day; 0 when the ratio was kept, 1 when not or when nobody can tell."""
    from ccfs_desktop.services import moments, ratio_proof, seasons  # noqa: PLC0415 (the database is loaded when it is needed)

    with access.office(args) as db, db.read() as session:
        season = seasons.current(session, args.day)
        moments.check_inside(season, args.day)
        make = ratio_proof.of_plan if args.planned else ratio_proof.of_day
        proof = make(session, season, args.day)
    if args.json:
        print(json.dumps(_facts(proof, planned=args.planned), ensure_ascii=False, indent=1))
    else:
        _table(proof)
    return 0 if proof.standing in {ratio_proof.Standing.KEPT, ratio_proof.Standing.EMPTY} else 1


def _facts(proof: "DayProof", *, planned: bool) -> dict[str, object]:
    from ccfs_desktop.services import ratio_proof, times  # noqa: PLC0415

    kept, slots = proof.kept
    return {
        "day": proof.day.isoformat(),
        "planned": planned,
        "state": proof.standing.value,
        "slots_with_children": slots,
        "slots_kept": kept,
        "short_minutes": proof.short_minutes,
        "slots": [_quarter(q) for q in proof.cover.quarters],
        "breaches": [
            {
                "group": b.group,
                "from": times.clock(b.span.start),
                "to": times.clock(b.span.end),
                "minutes": b.minutes,
                "explanation": b.note.explanation if b.note else "",
                "explained_by": b.note.explained_by if b.note else "",
                "countersigned_by": b.note.countersigned_by if b.note else "",
            }
            for b in proof.breaches
        ],
        "notes": [*proof.notes, *(ratio_proof.lack_text(lack) for lack in proof.lacks)],
    }


def _quarter(q: "Quarter") -> dict[str, object]:
    return {
        "slot": _slot(q),
        "group": q.group,
        "children": q.children,
        "adults": list(q.adults),
        "required": q.required,
        "counted_percent": q.percent,
        "short_minutes": q.short_minutes,
        "others": [{"name": o.name, "reason": o.reason} for o in q.others],
    }


def _table(proof: "DayProof") -> None:
    from ccfs_desktop.services import ratio_proof  # noqa: PLC0415

    print(f"{proof.day}  {_(ratio_proof.STANDING_WORDS[proof.standing])}")
    kept, slots = proof.kept
    if slots:
        minutes = ngettext("{n} minute short", "{n} minutes short", proof.short_minutes)
        told = _("{kept} of {slots} quarter hours kept").format(kept=kept, slots=slots)
        print(f"{told}; {minutes.format(n=proof.short_minutes)}")
    wide = max((len(q.group) for q in proof.cover.quarters), default=0)
    for q in proof.cover.quarters:
        sign = "!" if q.short else " "
        who = listed(q.adults) or "–"
        others = "; ".join(f"{o.name}: {o.reason}" for o in q.others)
        line = f"{sign} {_slot(q)}  {q.group:<{wide}}  {q.children:>3}  {q.percent / 100:g}/{q.required}  {who}"
        print(f"{line}  ({others})" if others else line)
    for breach in proof.breaches:
        print(breach.sentence)
        if breach.note:
            print("  " + breach.note.explanation)
    for told in (*proof.notes, *(ratio_proof.lack_text(lack) for lack in proof.lacks)):
        print(told)


def _slot(q: "Quarter") -> str:
    from ccfs_desktop.services import times  # noqa: PLC0415
    from ccfs_desktop.services.drafting.problem import SLOT  # noqa: PLC0415

    return times.clock(q.slot * SLOT)
