"""The papers in the staff files: which hold on a day, and whether a person counts as an adult in the ratio then."""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Counted, PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import roles, seasons
from ccfs_desktop.services.drafting.problem import Skill
from ccfs_desktop.services.roles import Right

# How long a background check counts. Source: domain.md 2.10 (S94, re-checked yearly); the day count is ours.
_CHECKED = timedelta(days=365)
_SOON = timedelta(days=30)
"""How early an expiry is announced; ours."""
_ADULT_AGE = 18
"""Full years. Source: domain.md 8.5."""
_LONGEST = timedelta(days=60 * 366)
"""A paper that ends later than this after today has a mistyped year; ours."""

_COUNTED = frozenset({StaffRole.HEAD_TEACHER, StaffRole.TEACHER, StaffRole.ASSISTANT})
"""Roles that count in the ratio unless the file says otherwise. Source: domain.md 2.4 and 2.5; volunteers count 0."""
_PERCENT = {Counted.FULL: 100, Counted.HALF: 50, Counted.NONE: 0}

_CARE = (PaperKind.BACKGROUND_CHECK, PaperKind.HEALTH_CERTIFICATE, PaperKind.CODE_OF_CONDUCT, PaperKind.SAFEGUARDING)
_EVERYBODY = (PaperKind.BACKGROUND_CHECK, PaperKind.CODE_OF_CONDUCT)
_WANTED: dict[StaffRole, tuple[PaperKind, ...]] = {
    StaffRole.HEAD_TEACHER: _CARE,
    StaffRole.TEACHER: _CARE,
    StaffRole.ASSISTANT: _CARE,
    StaffRole.INTERN: (*_EVERYBODY, PaperKind.PLACEMENT),
    StaffRole.NURSE: (*_EVERYBODY, PaperKind.LICENCE),
    StaffRole.COOK: (*_EVERYBODY, PaperKind.HEALTH_CERTIFICATE),
}
"""The minimum file of a role, where it is more than everybody's. Source: domain.md 2.4 and 2.10."""

# What a paper that has run out means for the ratio: these decide who is a first-aider or may cook, not who counts.
_BESIDE = frozenset({PaperKind.FIRST_AID, PaperKind.FOOD_HYGIENE, PaperKind.FIRE_SAFETY, PaperKind.PLACEMENT})


class Standing(enum.IntEnum):
    """How one paper of a person stands on a day; the higher, the more urgent."""

    VALID = 0
    EXPIRES = 1
    MISSING = 2
    EXPIRED = 3

    @property
    def holds(self) -> bool:
        """Whether the paper counts."""
        return self <= Standing.EXPIRES


@dataclass(frozen=True)
class Paper:
    """One kind of paper in a staff file as it stands on a certain day."""

    kind: PaperKind
    until: date | None
    """The last day it holds; None when it does not run out, or is not there."""
    standing: Standing

    @property
    def sentence(self) -> str:
        """Say what is the matter with it, or until when it holds."""
        facts = {"paper": _(self.kind.word), "day": self.until}
        match self.standing:
            case Standing.MISSING:
                return _("{paper}: missing").format(**facts)
            case Standing.EXPIRED:
                return _("{paper}: expired on {day}").format(**facts)
            case _ if self.until:
                return _("{paper}: until {day}").format(**facts)
            case _:
                return _("{paper}: there").format(**facts)


@dataclass(frozen=True)
class Counting:
    """Whether, and as what, a person counts on a day."""

    percent: int
    """0, 50 or 100 per cent of an adult."""
    why_not: str
    """Why the person does not count, in words ready to be read; empty when it does."""
    skills: frozenset[Skill]
    """What the person is, by papers that hold."""
    vetted: bool
    """Whether the background check and the signed code of conduct hold: may be alone with children."""


def wanted(role: StaffRole) -> tuple[PaperKind, ...]:
    """Return the papers the file of a role must have at least. Source: domain.md 2.4 and 2.10."""
    return _WANTED.get(role, _EVERYBODY)


def required(season: Season) -> frozenset[PaperKind]:
    """Return the papers without which nobody counts in a season."""
    return frozenset(PaperKind(code) for code in season.required_papers.split(",") if code)


def of(session: Session, staff_ids: Iterable[int] | None = None) -> dict[int, list[StaffPaper]]:
    """Return staff id → papers, the newest first; of everybody unless some are named."""
    query = select(StaffPaper).order_by(StaffPaper.issued_on.desc(), StaffPaper.id.desc())
    if staff_ids is not None:
        query = query.where(StaffPaper.staff_id.in_(list(staff_ids)))
    found: dict[int, list[StaffPaper]] = {}
    for paper in session.scalars(query):
        found.setdefault(paper.staff_id, []).append(paper)
    return found


def last_day(paper: StaffPaper) -> date | None:
    """Return the last day a paper holds; None when it does not run out."""
    if paper.valid_until is None and paper.kind is PaperKind.BACKGROUND_CHECK and paper.issued_on:
        return paper.issued_on + _CHECKED
    return paper.valid_until


def decisive(papers: Sequence[StaffPaper], day: date) -> StaffPaper | None:
    """Return the paper of one kind that decides how the kind stands on a day: the one that holds longest."""
    there = [p for p in papers if p.issued_on is None or p.issued_on <= day]
    newest = date.min
    return max(there, key=lambda p: (last_day(p) or date.max, p.issued_on or newest, p.id or 0), default=None)


def standing(papers: Sequence[StaffPaper], kind: PaperKind, day: date) -> Paper:
    """Return how a kind of paper stands on a day.

    Args:
        papers: of one person; those issued after the day prove nothing about it.
        kind: which kind.
        day: the day, today or long past.
    """
    held = decisive([p for p in papers if p.kind is kind], day)
    until = last_day(held) if held else None
    if held is None or until is None:
        return Paper(kind, None, Standing.VALID if held else Standing.MISSING)
    if until < day:
        return Paper(kind, until, Standing.EXPIRED)
    return Paper(kind, until, Standing.EXPIRES if until - day <= _SOON else Standing.VALID)


def file(person: Staff, papers: Sequence[StaffPaper], day: date) -> list[Paper]:
    """Return how every paper stands that the person's role wants or the file holds, in the order of the kinds."""
    kinds = {*wanted(person.role), *(p.kind for p in papers)}
    return [standing(papers, kind, day) for kind in PaperKind if kind in kinds]


def lacking(person: Staff, papers: Sequence[StaffPaper], day: date) -> list[Paper]:
    """Return the papers the role wants that are missing or have run out, in the order of the kinds."""
    return [p for p in file(person, papers, day) if p.kind in wanted(person.role) and not p.standing.holds]


def next_due(person: Staff, papers: Sequence[StaffPaper], day: date) -> Paper | None:
    """Return the paper that runs out first, or has run out longest; None when nothing does."""
    dated = [p for p in file(person, papers, day) if p.until]
    return min(dated, key=lambda p: p.until or date.max, default=None)


# ------------------------------------------------------------------------------------------------------- the papers
def save(session: Session, paper: StaffPaper) -> StaffPaper:
    """Keep a paper, new or changed. A renewal is a paper of its own; the older one stays and proves its time.

    Raises:
        Invalid: neither a date nor a number says what paper it is, dates the wrong way round or not yet come, or the
            paper is in the file already.
        UserError: the person is no longer in the list.
    """
    for name in ("number", "authority", "result", "note"):
        setattr(paper, name, " ".join(getattr(paper, name).split()))
    with session.no_autoflush:
        if session.get(Staff, paper.staff_id) is None:
            raise UserError(_("This person is no longer in the list."))
        problems = _wrong_dates(paper) or _again(session, paper)
    if problems:
        raise Invalid(problems)
    session.add(paper)
    session.flush()
    return paper


def change(session: Session, paper_id: int, **values: Any) -> StaffPaper:
    """Correct what was written about a paper.

    Raises:
        Invalid: see :func:`save`.
        UserError: the paper is no longer there.
    """
    paper = session.get(StaffPaper, paper_id)
    if paper is None:
        raise UserError(_("This paper is no longer in the file."))
    with session.no_autoflush:
        for name, value in values.items():
            setattr(paper, name, value)
        return save(session, paper)


def remove(session: Session, paper_id: int) -> None:
    """Take a paper out that was written by mistake; gone already is as good."""
    paper = session.get(StaffPaper, paper_id)
    if paper:
        session.delete(paper)
        session.flush()


def _wrong_dates(paper: StaffPaper) -> dict[str, str]:
    today = clock.today()
    if not (paper.issued_on or paper.valid_until or paper.number):
        return {"issued_on": _("Write when it was issued, or until when it is valid.")}
    if paper.issued_on and paper.issued_on > today:
        return {"issued_on": _("This day has not come yet.")}
    if paper.issued_on and paper.valid_until and paper.valid_until < paper.issued_on:
        return {"valid_until": _("It ends before it was issued.")}
    if paper.valid_until and paper.valid_until > today + _LONGEST:
        return {"valid_until": _("Please check the year.")}
    return {}


def _again(session: Session, paper: StaffPaper) -> dict[str, str]:
    query = select(StaffPaper).where(StaffPaper.staff_id == paper.staff_id, StaffPaper.kind == paper.kind)
    told = (paper.issued_on, paper.valid_until, paper.number)
    for other in session.scalars(query):
        if other is not paper and (other.issued_on, other.valid_until, other.number) == told:
            return {"issued_on": _("This paper is in the file already.")}
    return {}


# --------------------------------------------------------------------------------------------------------- who counts


def percent(person: Staff) -> int:
    """Return how much of an adult a person counts for by role and file, in per cent, papers and days left aside."""
    return _PERCENT.get(person.counted, 100 if person.role in _COUNTED else 0)


def consequence(person: Staff, paper: Paper) -> str:
    """Say what it means for the roster that a paper of a person has run out, or will; empty when nothing."""
    if paper.kind is PaperKind.FIRST_AID:
        return _("no longer a first-aider from then on") if paper.standing.holds else _("is no first-aider")
    if not percent(person) or paper.kind in _BESIDE:
        return ""
    return _("does not count from then on") if paper.standing.holds else _("does not count")


def counting(person: Staff, papers: Sequence[StaffPaper], season: Season, day: date) -> Counting:
    """Return whether, and as what, a person counts on a day.

    A person counts whose role or file says so, who is of age and employed that day, who lacks none of the papers the
    season requires, and none of whose papers has run out. First aid only decides who is a first-aider.

    Source: product.md 4.4 (expired = not counted), domain.md 2.4, 2.5, 8.5.
    """
    stand = {kind: standing(papers, kind, day) for kind in PaperKind}
    wanted_here = required(season)
    lacking = [p for kind, p in stand.items() if kind in wanted_here and not p.standing.holds]
    run_out = [p for kind, p in stand.items() if p.standing is Standing.EXPIRED and kind not in _BESIDE]
    in_the_way = list(dict.fromkeys((*lacking, *run_out)))
    share = percent(person)
    why_not = _why_not(person, day, share, in_the_way)
    return Counting(
        percent=0 if why_not else share,
        why_not=why_not,
        skills=frozenset() if in_the_way or away(person, day) else _skills(person, stand),
        vetted=all(stand[kind].standing.holds for kind in _EVERYBODY),
    )


def _why_not(person: Staff, day: date, share: int, in_the_way: Sequence[Paper]) -> str:
    if gone := away(person, day):
        return gone
    if person.birth_date and seasons.age_on(person.birth_date, day) < _ADULT_AGE:
        return _("under 18")
    if in_the_way:
        return listed(p.sentence for p in in_the_way)
    if share:
        return ""
    if person.counted is Counted.NONE:
        return _("not counted, as the file says")
    return _("not counted as {role}").format(role=_(person.role.word))


def away(person: Staff, day: date) -> str:
    """Say that a person does not work here yet, or no longer, on a day; empty when it does."""
    if person.started_on and day < person.started_on:
        return _("works here from {day}").format(day=person.started_on)
    if person.ended_on and day > person.ended_on:
        return _("left on {day}").format(day=person.ended_on)
    return ""


def _skills(person: Staff, stand: Mapping[PaperKind, Paper]) -> frozenset[Skill]:
    heads = person.role is StaffRole.HEAD_TEACHER
    held = {
        Skill.FIRST_AIDER: stand[PaperKind.FIRST_AID].standing.holds,
        Skill.KEYHOLDER: person.keyholder or heads,
        Skill.LEAD: person.leads or heads,
    }
    return frozenset(skill for skill, has in held.items() if has)


roles.guard(globals(), Right.PERSONNEL, {Right.STAFF: (of,)})
