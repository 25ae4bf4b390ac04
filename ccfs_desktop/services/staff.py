"""The adults who look after the children; their papers are in ``staff_papers``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.roster import StaffAbsence, StaffWish
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import availability, roles, searching, staff_papers
from ccfs_desktop.services.drafting.problem import Skill
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.staff_papers import Counting, Paper, Standing

_DAY, _WEEK = 24 * 60, 7 * 24 * 60
_TAUGHT = frozenset({StaffRole.HEAD_TEACHER, StaffRole.TEACHER, StaffRole.ASSISTANT})
"""Roles whose file names a qualification. Source: domain.md 2.4."""


@dataclass(frozen=True)
class StaffFile:
    """What is kept about one person, and how it stands on a day."""

    person: Staff
    day: date
    group: str
    """Name of the usual group; empty when there is none."""
    papers: tuple[StaffPaper, ...]
    """The newest first."""
    stand: tuple[Paper, ...]
    """Every paper the role wants or the file holds, as it stands on the day."""
    counting: Counting
    absences: tuple[StaffAbsence, ...] = ()
    wishes: tuple[StaffWish, ...] = ()

    @property
    def lacking(self) -> list[Paper]:
        """The papers the role wants that are missing or have run out."""
        return staff_papers.lacking(self.person, self.papers, self.day)

    @property
    def next_due(self) -> Paper | None:
        """The paper that runs out first."""
        return staff_papers.next_due(self.person, self.papers, self.day)

    @property
    def gaps(self) -> list[str]:
        """What the file of this role lacks beside papers, in words. Source: domain.md 2.4."""
        wanted = {
            _("Identity card not seen"): not self.person.id_seen,
            _("Date of birth not written"): self.person.birth_date is None,
            _("Qualification not written"): self.person.role in _TAUGHT and not self.qualified,
        }
        return [gap for gap, there in wanted.items() if there]

    @property
    def qualified(self) -> bool:
        """Whether a qualification is written down or in the file as a paper."""
        kinds = {PaperKind.QUALIFICATION, PaperKind.LICENCE}
        return bool(self.person.qualification) or any(p.kind in kinds for p in self.papers)

    @property
    def urgent(self) -> list[Paper]:
        """The papers somebody must see to: missing, run out, or running out within 30 days."""
        held = [p for p in self.stand if p.standing in {Standing.EXPIRED, Standing.EXPIRES}]
        return [*(p for p in self.lacking if p.standing is Standing.MISSING), *held]

    @property
    def counts(self) -> str:
        """Whether the person counts, in words."""
        if self.counting.why_not:
            return _("no: {reason}").format(reason=self.counting.why_not)
        return _("as one adult") if self.counting.percent == 100 else _("as half an adult")

    @property
    def away(self) -> str:
        """Why the person is not here on the day, in words; empty when no absence is noted."""
        on_the_day = (a for a in self.absences if a.first_day <= self.day <= a.last_day)
        return listed(availability.said(absence) for absence in on_the_day)

    def has(self, skill: Skill) -> bool:
        """Whether the person is one, by papers that hold."""
        return skill in self.counting.skills


@dataclass(frozen=True)
class Due:
    """A paper of a person as it stands, for the list of what runs out when."""

    file: StaffFile
    paper: Paper


def save(session: Session, person: Staff) -> Staff:
    """Keep a person's file, new or changed.

    Raises:
        Invalid: no name, or the days are the wrong way round.
    """
    person.name = " ".join(person.name.split())
    problems: dict[str, str] = {}
    if not person.name:
        problems["name"] = _("Please write the name.")
    if person.started_on and person.ended_on and person.ended_on < person.started_on:
        problems["ended_on"] = _("The last day is before the first.")
    if set(person.weekdays) - set("1234567"):
        problems["weekdays"] = _("Choose the weekdays from Monday to Sunday.")
    problems |= _wrong_birth(person) | _wrong_times(person)
    if problems:
        raise Invalid(problems)
    prepare(person)
    session.add(person)
    session.flush()
    return person


def _wrong_birth(person: Staff) -> dict[str, str]:
    if person.birth_date and person.birth_date > clock.today():
        return {"birth_date": _("This day has not come yet.")}
    return {}


def _wrong_times(person: Staff) -> dict[str, str]:
    problems: dict[str, str] = {}
    if person.day_from and person.day_until and person.day_until <= person.day_from:
        problems["day_until"] = _("The end is not after the beginning.")
    if person.day_minutes is not None and not 0 < person.day_minutes <= _DAY:
        problems["day_minutes"] = _("Write the minutes of a day, from 1 to 1,440.")
    if person.week_minutes is not None and not 0 < person.week_minutes <= _WEEK:
        problems["week_minutes"] = _("Write the minutes of a week, from 1 to 10,080.")
    return problems


def prepare(person: Staff) -> None:
    """Write what a person is found and sorted by."""
    person.search = searching.search_words(person.name, person.name_latin, codes=(person.phone,))
    person.sort_key = searching.sort_key(person.name)


def change(session: Session, staff_id: int, **values: Any) -> Staff:
    """Change some of what is known about a person.

    Raises:
        Invalid: see :func:`save`.
        UserError: the person is no longer there.
    """
    person = session.get(Staff, staff_id)
    if person is None:
        raise UserError(_("This person is no longer in the list."))
    for name, value in values.items():
        setattr(person, name, value)
    return save(session, person)


def everybody(session: Session, *, day: date, left: bool = False) -> list[Staff]:
    """Return the staff in the order of names.

    Args:
        session: an open session.
        day: today.
        left: those who have left, instead of those who work here.
    """
    return [person for person in everyone(session) if (person.ended_on is not None and person.ended_on < day) is left]


def everyone(session: Session) -> list[Staff]:
    """Return the staff in the order of names, those who have left too."""
    return list(session.scalars(select(Staff).order_by(Staff.sort_key, Staff.id)))


def similar(session: Session, name: str) -> list[Staff]:
    """Return people already known by this name."""
    wanted = searching.fold(" ".join(name.split()))
    every = session.scalars(select(Staff).order_by(Staff.id))
    return [person for person in every if wanted and searching.fold(person.name) == wanted]


def file(session: Session, season: Season, staff_id: int, day: date) -> StaffFile:
    """Return a person's file as it stands on a day.

    Raises:
        UserError: the person is no longer there.
    """
    person = session.get(Staff, staff_id)
    if person is None:
        raise UserError(_("This person is no longer in the list."))
    return files(session, season, [person], day)[0]


def files(session: Session, season: Season, people: Sequence[Staff], day: date) -> list[StaffFile]:
    """Return some people's files as they stand on a day, in the order given.

    Args:
        session: an open session.
        season: which papers must be there for a person to count.
        people: whose files.
        day: the day.
    """
    groups = {group.id: group.name for group in session.scalars(select(Group))}
    ids = [person.id for person in people]
    papers = staff_papers.of(session, ids)
    away = _by_person(session.scalars(select(StaffAbsence).order_by(StaffAbsence.first_day.desc())))
    wishes = _by_person(session.scalars(select(StaffWish).order_by(StaffWish.id)))
    return [_file(person, season, day, groups, papers.get(person.id, ()), away, wishes) for person in people]


def _by_person(records: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for record in records:
        found.setdefault(record.staff_id, []).append(record)
    return found


def _file(
    person: Staff, season: Season, day: date, groups: Mapping[int, str], papers: Sequence[StaffPaper],
    away: Mapping[int, list[StaffAbsence]], wishes: Mapping[int, list[StaffWish]],
) -> StaffFile:  # fmt: skip
    return StaffFile(
        person=person,
        day=day,
        group=groups.get(person.group_id or 0, ""),
        papers=tuple(papers),
        stand=tuple(staff_papers.file(person, papers, day)),
        counting=staff_papers.counting(person, papers, season, day),
        absences=tuple(away.get(person.id, ())),
        wishes=tuple(wishes.get(person.id, ())),
    )


def due(files: Sequence[StaffFile]) -> list[Due]:
    """Return what is missing, has run out or will, and whose it is: what is missing first, then by date.

    Papers the role does not ask for are named once they run out, not because they are missing.
    """
    found = [
        Due(file, paper) for file in files for paper in file.stand if paper.until or paper.standing is Standing.MISSING
    ]
    return sorted(found, key=lambda d: (d.paper.until or date.min, d.file.person.sort_key, d.paper.kind))


roles.guard(globals(), Right.PERSONNEL, {Right.STAFF: (everybody, everyone, similar, file, files)})
