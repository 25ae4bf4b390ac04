"""The exhibits of an audit pack, in order: each is a paper of its own, drawn by what draws it everywhere else."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.reports import (
    action_plan,
    action_sheet,
    audit_pack_adults,
    audit_pack_pages,
    check_history,
    check_record,
    day_closing,
    drill_record,
    incident_register,
    incident_report,
    log_lists,
    patrol_register,
    patrol_trend,
    ratio_proof,
    vetting_list,
    wall_roster,
)
from ccfs_desktop.services import (
    action_papers,
    audit_pack,
    check_papers,
    closing,
    incident_papers,
    log_papers,
    patrols_papers,
    roster_paper,
)
from ccfs_desktop.services.audit_pack import Pack
from ccfs_desktop.services.child_records import DayRegister
from ccfs_desktop.services.ratio_papers import RatioDay
from ccfs_desktop.services.sheet_codes import written

_IN_PLACE = N_(
    "Drawn from the records in place of the signed sheets, which show names. The office keeps the numbered sheets: ask"
    " for a number to see one."
)
_BESIDE = N_(
    "Drawn from the records. The numbered sheets as they were printed follow; the office keeps the signed ones."
)
_ALONE = N_("Drawn from the records. The office keeps the numbered sheets with the signatures: ask for a number.")


@dataclass(frozen=True)
class Kept:
    """A sheet as it was printed, with its number."""

    code: str
    pdf: bytes = field(repr=False)


@dataclass(frozen=True)
class Exhibit:
    """One exhibit. It is drawn when its turn comes, so that not all of them are in memory at once."""

    letter: str
    number: int
    title: str
    """In the first language of the pack."""
    draw: Callable[[], Sequence[bytes | Kept]]
    """Returns its parts; none for what is not there after all."""
    see: tuple[str, ...] = ()
    """Exhibits that belong to it: the actions a check led to, the check an action came from."""

    @property
    def name(self) -> str:
        """As it is cited: ``C-3``."""
        return f"{self.letter}-{self.number}"


_Made = tuple[str, Callable[[], Sequence[bytes | Kept]]]


def every(session: Any, pack: Pack) -> list[Exhibit]:
    """Return the exhibits of a pack in order, not drawn yet; their titles in the language in use."""
    found: list[Exhibit] = []
    see = _see(pack)
    for letter, made in _MAKERS.items():
        for n, (title, draw) in enumerate(made(session, pack), start=1):
            found.append(Exhibit(letter, n, title, draw, see.get(f"{letter}-{n}", ())))
    return found


def _see(pack: Pack) -> dict[str, tuple[str, ...]]:
    """Return exhibit → those that belong to it, where both are bound in; the first of each letter is a list."""
    names = {key: f"C-{n}" for n, (key, _day, _title) in enumerate(pack.check_ids, start=2)}
    found: dict[str, tuple[str, ...]] = {}
    for n, row in enumerate(pack.actions.rows, start=2):
        if name := names.get(pack.checked.get(row.action.id, 0)):
            found[f"F-{n}"] = (name,)
            found[name] = (*found.get(name, ()), f"F-{n}")
    return found


def _registers(session: Any, pack: Pack) -> Iterator[_Made]:
    for day in pack.days:
        yield f"{_('Register of the day')} {day.day.isoformat()}", lambda day=day: _register(session, pack, day)


def _register(session: Any, pack: Pack, day: DayRegister) -> list[bytes | Kept]:
    kept: list[Kept] = []
    if not pack.redactor.hides:
        pdfs = ((sheet.code, audit_pack.kept(session, sheet.id)) for sheet in day.sheets)
        kept = [Kept(code, pdf) for code, pdf in pdfs if pdf]
    note = _IN_PLACE if pack.redactor.hides else _BESIDE if kept else _ALONE
    return [audit_pack_pages.register(pack, day, note), *kept]


def _closings(session: Any, pack: Pack) -> Iterator[_Made]:
    for day in pack.days:
        yield f"{_('Closing of the day')} {day.day.isoformat()}", lambda day=day.day: [_closing(session, pack, day)]


def _closing(session: Any, pack: Pack, day: date) -> bytes:
    return day_closing.render(closing.paper(session, pack.season, day, pack.letterhead, audit_head=pack.seal))


def _checks(session: Any, pack: Pack) -> Iterator[_Made]:
    yield _("All safety checks of the period"), lambda: [check_history.render(pack.checks)]
    for key, day, title in pack.check_ids:
        yield f"{_(title)} {day.isoformat()}", lambda key=key: [_check(session, pack, key)]


def _check(session: Any, pack: Pack, key: int) -> bytes:
    paper = check_papers.completed(session, pack.season, key, pack.letterhead, audit_head=pack.seal)
    return check_record.render(paper)


def _drills(session: Any, pack: Pack) -> Iterator[_Made]:
    yield _("Drill register"), lambda: [_log(session, pack, "drill-register")]
    for key, day in pack.drill_ids:
        yield f"{_('Drill record')} {day.isoformat()}", lambda key=key: [_drill(session, pack, key)]


def _drill(session: Any, pack: Pack, key: int) -> bytes:
    return drill_record.render(log_papers.drill(session, pack.season, key, pack.letterhead, audit_head=pack.seal))


def _log(session: Any, pack: Pack, name: str) -> bytes:
    first, last = pack.wish.first_day, pack.period.until
    return log_lists.render(log_papers.read(session, pack.season, name, first, last, pack.letterhead))


def _incidents(session: Any, pack: Pack) -> Iterator[_Made]:
    yield _("Incident register of the season, without names"), lambda: [incident_register.render(pack.incidents)]
    for key, number in pack.incident_ids:
        yield f"{_('Incident report')} {number}", lambda key=key: [_incident(session, pack, key)]


def _incident(session: Any, pack: Pack, key: int) -> bytes:
    paper = incident_papers.redacted(session, key, pack.letterhead, pack.redactor, audit_head=pack.seal)
    return incident_report.render(paper)


def _actions(session: Any, pack: Pack) -> Iterator[_Made]:
    yield _("Corrective action plan"), lambda: [action_plan.render(pack.actions)]
    for row in pack.actions.rows:
        yield f"{_('Corrective action')} {row.action.number}", lambda key=row.action.id: [_action(session, pack, key)]


def _action(session: Any, pack: Pack, key: int) -> bytes:
    head = pack.letterhead
    return action_sheet.render(action_papers.sheet(session, key, head, today=pack.period.until))


def _vetting(_session: Any, pack: Pack) -> Iterator[_Made]:
    if pack.vetting.rows:
        yield f"{_('Vetting list')} {pack.vetting.day.isoformat()}", lambda: [vetting_list.render(pack.vetting)]
    if pack.worked.rows:
        yield _(audit_pack_adults.WORKED), lambda: [audit_pack_adults.worked(pack.worked)]


def _ratio(session: Any, pack: Pack) -> Iterator[_Made]:
    yield _("Proof of the ratio of the period"), lambda: [ratio_proof.render(pack.proof)]
    if pack.worked.stays:
        yield _(audit_pack_adults.TIMES), lambda: [audit_pack_adults.stayed(pack.worked)]
    for monday in pack.mondays:
        title = _("Roster of the week from {day}").format(day=monday.isoformat())
        yield title, lambda monday=monday: _roster(session, pack, monday)
    for day, proof in pack.proofs.items():
        paper = RatioDay(pack.letterhead, pack.proof.profile, proof, pack.seal)
        yield f"{_('Proof of the ratio')} {day.isoformat()}", lambda paper=paper: [ratio_proof.render(paper)]


def _roster(session: Any, pack: Pack, monday: date) -> list[bytes | Kept]:
    with suppress(UserError):  # nobody is on the roster of that week
        return [wall_roster.render(roster_paper.wall_roster(session, pack.season, monday, pack.letterhead))]
    return []


def _patrols(session: Any, pack: Pack) -> Iterator[_Made]:
    yield _("Patrols and children in production"), lambda: [patrol_register.render(pack.patrols)]
    yield _("Children in production: the trend"), lambda: [_trend(session, pack)]


def _trend(session: Any, pack: Pack) -> bytes:
    return patrol_trend.render(patrols_papers.trend(session, pack.season, pack.period.until, pack.letterhead))


def _visitors(session: Any, pack: Pack) -> Iterator[_Made]:
    yield _("Visitor register"), lambda: [_log(session, pack, "visitor-register")]


def _consents(_session: Any, pack: Pack) -> Iterator[_Made]:
    yield _("Consents by purpose"), lambda: [audit_pack_pages.agreed(pack)]


def _completeness(_session: Any, pack: Pack) -> Iterator[_Made]:
    yield _("Completeness of the records, day by day"), lambda: [audit_pack_pages.completeness(pack)]


def _sample(_session: Any, pack: Pack) -> Iterator[_Made]:
    if pack.sample.traces:
        title = _("{n} child-days, seed {seed}").format(n=len(pack.sample.traces), seed=pack.sample.seed)
        yield title, lambda: [audit_pack_pages.sample(pack)]


def name_of(part: bytes | Kept) -> str:
    """Return the number of a kept sheet as it is printed; nothing for what was drawn."""
    return written(part.code) if isinstance(part, Kept) else ""


_MAKERS: dict[str, Callable[[Any, Pack], Iterator[_Made]]] = {
    "A": _registers, "B": _closings, "C": _checks, "D": _drills, "E": _incidents, "F": _actions, "G": _vetting,
    "H": _ratio, "I": _patrols, "J": _visitors, "K": _consents, "L": _completeness, "M": _sample,
}  # fmt: skip
