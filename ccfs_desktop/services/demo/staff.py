"""The eight adults of the made-up space; one has an expired first-aid paper, one no background check."""

from datetime import date, timedelta
from random import Random

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.models.worker import Sex
from ccfs_desktop.services import searching
from ccfs_desktop.services.demo.scene import Scene

# Role, sex, days until first aid runs out, whether a background check is there, working days ("" is all).
_TEAM = (
    (StaffRole.COORDINATOR, Sex.FEMALE, 400, True, ""),
    (StaffRole.HEAD_TEACHER, Sex.FEMALE, 250, True, ""),
    (StaffRole.TEACHER, Sex.FEMALE, 300, True, ""),
    (StaffRole.TEACHER, Sex.MALE, -12, True, ""),
    (StaffRole.TEACHER, Sex.FEMALE, 20, True, ""),
    (StaffRole.ASSISTANT, Sex.FEMALE, 120, False, ""),
    (StaffRole.NURSE, Sex.FEMALE, 500, True, "135"),
    (StaffRole.CLEANER, Sex.MALE, None, True, ""),
)


def appoint(scene: Scene) -> None:
    """Enter the staff files."""
    dice = scene.random("staff")
    team: list[Staff] = []
    papers: list[list[StaffPaper]] = []
    for role, sex, first_aid, checked, weekdays in _TEAM:
        name = scene.names.adult(sex)
        started = scene.season.first_day - timedelta(days=dice.randint(5, 30))
        person = Staff(
            name=name.native,
            name_latin=name.latin,
            sex=sex,
            role=role,
            phone=scene.names.phone(),
            weekdays=weekdays,
            speaks=scene.names.text("speaks"),
            started_on=started,
        )
        person.search = searching.search_words(person.name, person.name_latin, codes=(person.phone,))
        person.sort_key = searching.sort_key(person.name)
        team.append(person)
        papers.append(_papers(scene, started, first_aid, checked, dice))
    with scene.db.begin(N_("Import the staff list")) as session:
        scene.db.insert_many(session, team)
        for person, held in zip(team, papers, strict=True):
            for paper in held:
                paper.staff_id = person.id
        scene.db.insert_many(session, [paper for held in papers for paper in held])


def _papers(scene: Scene, started: date, first_aid: int | None, checked: bool, dice: Random) -> list[StaffPaper]:
    held = [
        StaffPaper(
            staff_id=0, kind=PaperKind.HEALTH_CERTIFICATE, issued_on=started, valid_until=started + timedelta(days=365)
        ),
        StaffPaper(staff_id=0, kind=PaperKind.CODE_OF_CONDUCT, issued_on=started),
        StaffPaper(staff_id=0, kind=PaperKind.SAFEGUARDING, issued_on=started),
    ]
    if checked:
        on = started - timedelta(days=dice.randint(5, 20))
        held.append(StaffPaper(staff_id=0, kind=PaperKind.BACKGROUND_CHECK, issued_on=on))
    if first_aid is not None:
        until = scene.today + timedelta(days=first_aid)
        held.append(
            StaffPaper(staff_id=0, kind=PaperKind.FIRST_AID, issued_on=until - timedelta(days=730), valid_until=until)
        )
    return held
