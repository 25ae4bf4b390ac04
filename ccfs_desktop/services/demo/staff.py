"""The eight adults of the made-up space; one has an expired first-aid paper, one no background check."""

from datetime import timedelta

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.staff import Staff, StaffRole
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
            first_aid_until=None if first_aid is None else scene.today + timedelta(days=first_aid),
            background_check_on=started - timedelta(days=dice.randint(5, 20)) if checked else None,
            health_certificate_until=started + timedelta(days=365),
            code_signed=True,
            started_on=started,
        )
        person.search = searching.search_words(person.name, person.name_latin, codes=(person.phone,))
        person.sort_key = searching.sort_key(person.name)
        team.append(person)
    with scene.db.begin(N_("Import the staff list")) as session:
        scene.db.insert_many(session, team)
