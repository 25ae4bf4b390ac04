"""What the office already knows about an item, shown beside it; what was counted is still typed by whoever counted.

The items are those of domain.md 3.2, 3.3, 3.6 that ask for what the register holds, and WKL15 of 3.4, which asks for
what the patrol log holds.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.models.check import Check
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import check_carried, cover, patrols, planned, ratio, register, roles, season_rules
from ccfs_desktop.services.cover import ChildStay
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.patrols import Standing
from ccfs_desktop.services.register import Row, State
from ccfs_desktop.services.roles import Right

_ASKING = {"OPN", "CLS", "DRL"}


def known(session: Session, season: Season, check: Check) -> dict[str, str]:
    """Return finished sentences by item."""
    if check.code == "WKL":
        return {"WKL15": _patrols(session, check)}
    if check.code not in _ASKING:
        return {}
    if drill := check_carried.drill_of(session, check):
        return dict.fromkeys(check_carried.FROM_DRILL, check_carried.told(drill))
    rows = register.read(session, season, check.day)
    here = sum(1 for row in rows if row.state is State.HERE)
    told = ngettext(
        "{n} child is here according to the register.", "{n} children are here according to the register.", here
    )
    return {
        "OPN02": _expected(session, season, check, rows),
        "CLS01": told.format(n=here),
        "CLS02": _unsigned(rows),
        "DRL05": told.format(n=here),
    }


def _expected(session: Session, season: Season, check: Check, rows: list[Row]) -> str:
    """The adults are asked for group by group, as on Today and in the roster."""
    coming = [row for row in rows if row.expected and row.state is not State.ABSENT]
    at_once = Span(0, 1)
    stays = [
        ChildStay(row.child_id, row.group_id, ratio.months_on(row.birth_date, check.day), at_once) for row in coming
    ]
    names = planned.group_names(session, season, (stay.group_id for stay in stays))
    terms = planned.terms(season_rules.dated(session, season)(check.day), names)
    groups = cover.reckon(terms, stays, ()).quarters
    sentence = _("According to the register {children} are expected; the ratio asks for {adults} adults.")
    told = sentence.format(children=len(coming), adults=sum(group.required for group in groups))
    if len(groups) < 2:
        return told
    each = listed(_("{group}: {n}").format(group=group.group, n=group.required) for group in groups)
    return f"{told} {each}."


def _unsigned(rows: list[Row]) -> str:
    n = sum(1 for row in rows for visit in row.visits if visit.unsigned_in or visit.unsigned_out)
    return ngettext(
        "{n} row without a signature is on record.", "{n} rows without a signature are on record.", n
    ).format(n=n)


def _patrols(session: Session, check: Check) -> str:
    """Of the week of the check, until its day."""
    monday = check.due - timedelta(days=check.due.weekday())
    last = min(check.day, monday + timedelta(days=6))
    log = patrols.log(session, monday, last)
    seen = sum(one.seen for one in log)
    told = _("The patrol log of {first} to {last} has patrols: {patrols}; children seen: {seen}.").format(
        first=monday, last=last, patrols=len(log), seen=seen
    )
    lacking = [d for d in patrols.due(session, monday, last) if d.standing is not Standing.DONE]
    if not lacking:
        return told
    not_walked = ngettext("{n} planned patrol is not in it.", "{n} planned patrols are not in it.", len(lacking))
    return f"{told} {not_walked.format(n=len(lacking))}"


roles.guard(globals(), Right.SAFETY, {})
