"""The roster: drafted, shown, published."""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from ccfs_desktop.cli import access
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, listed, ngettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ccfs_desktop.cli.access import Jobs
    from ccfs_desktop.models.season import Season
    from ccfs_desktop.services.drafting.explain import Cause
    from ccfs_desktop.services.drafting.problem import Draft, Problem
    from ccfs_desktop.services.roster_draft import Assignment
    from ccfs_desktop.services.roster_week import Week

_SECONDS = 60.0
"""How long a week is improved unless told otherwise."""
_VERDICTS = {
    "optimal": N_("Every quarter hour is covered, and no better roster exists."),
    "feasible": N_("Every quarter hour is covered."),
    "infeasible": N_("Some quarter hours cannot be covered."),
}


def add(jobs: "Jobs") -> None:
    """Offer to draft, show and publish a week's roster."""
    roster = jobs.add_parser("roster", help="draft, show or publish a week's roster")
    what = roster.add_subparsers(metavar="WHAT", required=True)
    draft = what.add_parser("draft", help="draft a week and keep it")
    _add_week(draft)
    draft.add_argument("--from-scratch", action="store_true", help="draft the pinned shifts anew, too")
    draft.add_argument(
        "--limit", type=float, default=_SECONDS, metavar="SECONDS", help="how long to improve it at most"
    )
    draft.add_argument("--dry-run", action="store_true", help="say what would be planned; write nothing")
    draft.set_defaults(command=_draft)
    show = what.add_parser("show", help="show a week")
    _add_week(show)
    show.set_defaults(command=_show)
    publish = what.add_parser("publish", help="publish a week")
    _add_week(publish)
    publish.add_argument("--by", required=True, metavar="NAME", help="who publishes it")
    publish.add_argument("--approved-by", default="", metavar="NAME", help="who answers for what is short")
    publish.add_argument("--reason", default="", metavar="TEXT", help="why it is published all the same")
    publish.set_defaults(command=_publish)


def _add_week(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--week", required=True, help="such as 2017-W28")
    access.add_office(parser)
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")


def _monday(text: str) -> date:
    try:
        return access.week(text)
    except argparse.ArgumentTypeError:
        raise UserError(_("There is no week “{week}”. Write it as 2017-W28.").format(week=text)) from None


def _season(session: "Session", monday: date) -> "tuple[Season, list[date]]":
    """Return the season a week belongs to, and the week's open days.

    Raises:
        UserError: the week lies outside every season, or the space is closed all week.
    """
    from ccfs_desktop.services import seasons  # noqa: PLC0415

    week = [monday + timedelta(days=n) for n in range(7)]
    running = [s for s in seasons.every(session) if s.first_day <= week[-1] and s.last_day >= monday]
    season = running[0] if running else seasons.current(session, monday)
    if not running:
        raise UserError(seasons.why_closed(session, season, monday))
    days = [day for day in week if seasons.is_open(session, season, day)]
    if not days:
        raise UserError(_("The space is closed in the week of {day}.").format(day=monday))
    return season, days


# --------------------------------------------------------------------------------------------------------------- draft
def _draft(args: argparse.Namespace) -> int:
    from ccfs_desktop.services import roster_draft  # noqa: PLC0415
    from ccfs_desktop.services.drafting import worker  # noqa: PLC0415
    from ccfs_desktop.services.drafting.explain import explain  # noqa: PLC0415

    monday = _monday(args.week)
    with access.office(args) as db:
        with db.read() as session:
            season, days = _season(session, monday)
            problem = roster_draft.problem(session, season, days, from_scratch=args.from_scratch)
        draft = worker.draft(problem, limit_s=max(0.0, args.limit))
        causes = explain(problem, draft, seconds=min(_SECONDS, max(1.0, args.limit))) if draft.unmet else ()
        kept = 0
        if not args.dry_run:
            with db.begin(N_("Draft the roster")) as session:
                kept = roster_draft.keep(session, season, days, draft, from_scratch=args.from_scratch)
    if args.json:
        gaps = roster_draft.gaps(problem, draft, causes)
        _print_json(roster_draft.as_dict(problem, draft, gaps))
    else:
        for line in _drafted(args.week, problem, draft, causes):
            print(line)
        print(_kept(kept) if not args.dry_run else _("Nothing was kept."))
    return 1 if draft.unmet else 0


def _kept(shifts: int) -> str:
    return ngettext("{n} shift is on the roster.", "{n} shifts are on the roster.", shifts).format(n=shifts)


def _drafted(week: str, problem: "Problem", draft: "Draft", causes: "Sequence[Cause]") -> Iterator[str]:
    from ccfs_desktop.services import roster_draft  # noqa: PLC0415

    if not problem.demands:
        yield _("Week {week}: no child is expected, so nobody is needed. Enrol children first.").format(week=week)
        return
    yield _("Week {week}: {verdict}").format(week=week, verdict=_(_VERDICTS[draft.status.value]))
    names = {person.id: person.name for person in problem.people}
    yield from _days(roster_draft.assignments(names, problem.groups, draft.shifts))
    for cause in causes:
        yield cause.text
        for offer in cause.offers:
            yield "  " + offer.text


def _days(assignments: "Iterable[Assignment]") -> Iterator[str]:
    """Yield who is with which group when, day by day."""
    from ccfs_desktop.services import times  # noqa: PLC0415

    for day, mine in groupby(assignments, key=lambda a: a.day):
        yield times.on_day(day)
        for one in mine:
            line = f"  {times.clock(one.span.start)}–{times.clock(one.span.end)}  {one.group}  {one.person}"
            pauses = listed(f"{times.clock(p.start)}–{times.clock(p.end)}" for p in one.breaks)
            yield line + (_(" (break {times})").format(times=pauses) if pauses else "")


# ------------------------------------------------------------------------------------------------------- show, publish
def _show(args: argparse.Namespace) -> int:
    from ccfs_desktop.services import planned, roster_draft, roster_problem, roster_week  # noqa: PLC0415

    monday = _monday(args.week)
    with access.office(args) as db, db.read() as session:
        season, _open = _season(session, monday)
        week = roster_week.read(session, season, monday)
        shifts = planned.shifts_of(session, season, planned.week(monday))
    names = {line.staff_id: line.name for line in week.lines}
    assignments = roster_draft.assignments(names, week.groups, (roster_problem.drafted(s) for s in shifts))
    if args.json:
        _print_json(_week_facts(week, assignments))
    else:
        print(_published(week))
        for line in _days(assignments):
            print(line)
        for sentence in (*(w.sentence for w in week.warnings), *week.changed):
            print(sentence)
    return 1 if any(w.severity >= roster_week.Severity.RULE for w in week.warnings) else 0


def _published(week: "Week") -> str:
    if week.published is None:
        return _("Not published yet.")
    sentence = _("Published by {name} on {at}.")
    return sentence.format(name=week.published.published_by, at=f"{week.published.published_at:%Y-%m-%d %H:%M}")


def _week_facts(week: "Week", assignments: "Iterable[Assignment]") -> dict[str, object]:
    from ccfs_desktop.services import roster_draft  # noqa: PLC0415

    last = week.published
    return {
        "monday": str(week.monday),
        "days": [str(day) for day in week.days],
        "assignments": [roster_draft.as_fact(a) for a in assignments],
        "short_minutes": week.short_minutes,
        "warnings": [
            {"day": str(w.day), "code": w.code, "severity": w.severity.name.lower(), "sentence": w.sentence}
            for w in week.warnings
        ],
        "published": last
        and {
            "by": last.published_by,
            "at": last.published_at.isoformat(timespec="minutes"),
            "short_minutes": last.breach_minutes,
            "approved_by": last.approved_by,
            "reason": last.reason,
        },
        "changed": list(week.changed),
    }


def _publish(args: argparse.Namespace) -> int:
    from ccfs_desktop.services import roster  # noqa: PLC0415

    monday = _monday(args.week)
    with access.office(args) as db, db.begin(N_("Publish the roster")) as session:
        season, _open = _season(session, monday)
        made = roster.publish(session, season, monday, by=args.by, approved_by=args.approved_by, reason=args.reason)
    if args.json:
        _print_json({"by": made.published_by, "short_minutes": made.breach_minutes, "approved_by": made.approved_by})
    else:
        print(_("The roster of the week of {day} is published.").format(day=monday))
    return 1 if made.approved_by else 0


def _print_json(result: dict[str, object]) -> None:
    print(json.dumps(result, ensure_ascii=False, indent=1))
