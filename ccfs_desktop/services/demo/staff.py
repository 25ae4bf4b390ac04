"""The adults of the made-up space: one without first aid in date, one without a background check, one on leave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.roster import StaffAbsence, StaffAbsenceReason, StaffWish, WishKind
from ccfs_desktop.models.staff import Employment, PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.models.worker import Sex
from ccfs_desktop.services import searching
from ccfs_desktop.services.demo.names import Names
from ccfs_desktop.services.demo.scene import Scene

_F, _M = Sex.FEMALE, Sex.MALE
_HEAD, _TEACHER, _ASSISTANT = StaffRole.HEAD_TEACHER, StaffRole.TEACHER, StaffRole.ASSISTANT


@dataclass(frozen=True)
class _Member:
    role: StaffRole
    sex: Sex
    first_aid: int | None = None
    """Days from today until it runs out; None for never held."""
    group: int | None = None
    """Which of the season's groups, the youngest first."""
    leads: bool = False
    """May lead, and holds the keys."""
    checked: bool = True
    days: tuple[int, ...] = ()
    """Which of the season's open weekdays, counted from 0; all when empty."""
    until: time | None = None
    employment: Employment = Employment.SEASONAL


# Eight or nine adults are needed all day, and nobody works as long as the space is open: twice as many, and a few more
# for leave and free days.
_TEAM = (
    _Member(StaffRole.COORDINATOR, _F, 400, employment=Employment.EMPLOYED),
    _Member(_HEAD, _F, 250, 0, employment=Employment.EMPLOYED),
    _Member(_TEACHER, _F, 300, 1, leads=True, employment=Employment.EMPLOYED),
    _Member(_TEACHER, _M, -12, 2),
    _Member(_TEACHER, _F, 20, 2),
    _Member(_ASSISTANT, _F, 120, 0, checked=False),
    _Member(StaffRole.NURSE, _F, 500, days=(0, 2, 4), employment=Employment.EMPLOYED),
    _Member(StaffRole.CLEANER, _M, employment=Employment.AGENCY),
)
_LATER = (
    _Member(_TEACHER, _F, 410, 2, leads=True, employment=Employment.EMPLOYED),
    _Member(_TEACHER, _F, 180, 0),
    _Member(_TEACHER, _F, 90, 0),
    _Member(_TEACHER, _F, 330, 0),
    _Member(_TEACHER, _M, 210, 1),
    _Member(_TEACHER, _F, 150, 1),
    _Member(_TEACHER, _F, None, 1),
    _Member(_TEACHER, _M, 260, 2),
    _Member(_TEACHER, _F, 140, 2),
    _Member(_ASSISTANT, _F, None, 0),
    _Member(_ASSISTANT, _F, 75, 0),
    _Member(_ASSISTANT, _F, None, 1),
    _Member(_ASSISTANT, _M, None, 2),
    _Member(_ASSISTANT, _M, 310, 2),
    _Member(_ASSISTANT, _F, None, 1, until=time(14, 30)),
    _Member(_ASSISTANT, _F, None, 0, until=time(14, 30)),
    _Member(_TEACHER, _F, 365, 1, days=(0, 2, 4)),
    _Member(_TEACHER, _F, 220, 2, days=(1, 3)),
    _Member(StaffRole.VOLUNTEER, _F, None, 1, days=(1, 2), employment=Employment.UNPAID),
    _Member(StaffRole.VOLUNTEER, _M, None, 2, days=(3,), employment=Employment.UNPAID),
    _Member(StaffRole.COOK, _F, employment=Employment.EMPLOYED),
)
"""Drawn from names of their own, so that everybody else is called what he was."""
_ON_LEAVE, _HOME_BY_FOUR, _EARLY_BIRD, _NIGHT_SCHOOL = 11, 12, 13, 15


def appoint(scene: Scene) -> None:
    """Enter the staff files, what they wish, and who is on leave."""
    dice = scene.random("staff")
    more = Names(scene.names.language, scene.seed + 1)
    team = [
        *(_file(scene, scene.names, member, dice) for member in _TEAM),
        *(_file(scene, more, member, dice) for member in _LATER),
    ]
    members = (*_TEAM, *_LATER)
    papers = [
        _papers(scene, person.started_on or scene.season.first_day, member, dice)
        for person, member in zip(team, members, strict=True)
    ]
    with scene.db.begin(N_("Import the staff list")) as session:
        scene.db.insert_many(session, team)
        for person, held in zip(team, papers, strict=True):
            for paper in held:
                paper.staff_id = person.id
        scene.db.insert_many(session, [paper for held in papers for paper in held])
    with scene.db.begin(N_("Enter absences and wishes")) as session:
        scene.db.insert_many(session, [_leave(scene, team)])
        scene.db.insert_many(session, list(_wishes(team)))


def _file(scene: Scene, names: Names, member: _Member, dice: Random) -> Staff:
    name = names.adult(member.sex)
    person = Staff(
        name=name.native,
        name_latin=name.latin,
        sex=member.sex,
        role=member.role,
        employment=member.employment,
        phone=names.phone(),
        speaks=names.text("speaks"),
        weekdays="".join(scene.season.weekdays[n] for n in member.days),
        day_until=member.until,
        group_id=None if member.group is None else scene.groups[member.group].id,
        leads=member.leads,
        keyholder=member.leads,
        id_seen=True,
        started_on=scene.season.first_day - timedelta(days=dice.randint(5, 30)),
    )
    person.search = searching.search_words(person.name, person.name_latin, codes=(person.phone,))
    person.sort_key = searching.sort_key(person.name)
    return person


def _papers(scene: Scene, started: date, member: _Member, dice: Random) -> list[StaffPaper]:
    held = [
        StaffPaper(
            staff_id=0, kind=PaperKind.HEALTH_CERTIFICATE, issued_on=started, valid_until=started + timedelta(days=365)
        ),
        StaffPaper(staff_id=0, kind=PaperKind.CODE_OF_CONDUCT, issued_on=started),
        StaffPaper(staff_id=0, kind=PaperKind.SAFEGUARDING, issued_on=started),
    ]
    if member.checked:
        on = started - timedelta(days=dice.randint(5, 20))
        held.append(StaffPaper(staff_id=0, kind=PaperKind.BACKGROUND_CHECK, issued_on=on))
    if member.first_aid is not None:
        until = scene.today + timedelta(days=member.first_aid)
        held.append(
            StaffPaper(staff_id=0, kind=PaperKind.FIRST_AID, issued_on=until - timedelta(days=730), valid_until=until)
        )
    return held


def _leave(scene: Scene, team: Sequence[Staff]) -> StaffAbsence:
    """Return a teacher's leave on the first days of next week."""
    monday = scene.today + timedelta(days=7 - scene.today.weekday())
    return StaffAbsence(
        staff_id=team[_ON_LEAVE].id,
        first_day=monday,
        last_day=monday + timedelta(days=2),
        reason=StaffAbsenceReason.LEAVE,
    )


def _wishes(team: Sequence[Staff]) -> Iterator[StaffWish]:
    yield StaffWish(staff_id=team[_HOME_BY_FOUR].id, kind=WishKind.RATHER_NOT, starts=time(16))
    yield StaffWish(staff_id=team[_EARLY_BIRD].id, kind=WishKind.LIKES, ends=time(12))
    yield StaffWish(staff_id=team[_NIGHT_SCHOOL].id, kind=WishKind.CANNOT, weekdays="3", starts=time(16, 30))
