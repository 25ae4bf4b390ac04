"""What the papers of medicine and health show: a request with its doses, and the health log of a period."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.log import HealthNote, MedicineCourse
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import enrolments, health, medicine, outbreaks, roles, seasons
from ccfs_desktop.services.medicine import Line
from ccfs_desktop.services.outbreaks import Outbreak
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class MedicineLog:
    """A written request with every dose; without a course an empty form."""

    letterhead: Letterhead
    child: str = ""
    number: str = ""
    group: str = ""
    alert: str = ""
    course: MedicineCourse | None = None
    lines: tuple[Line, ...] = ()
    remaining: int | None = None
    consent: bool = False
    audit_head: str = ""


@dataclass(frozen=True)
class HealthRow:
    """One note of illness."""

    child: str
    """Initials, unless names were asked for."""
    room: str
    note: HealthNote


@dataclass(frozen=True)
class HealthLog:
    """The notes of illness of a period, oldest first."""

    letterhead: Letterhead
    first: date
    last: date
    rows: tuple[HealthRow, ...]
    names: bool = False
    outbreaks: tuple[Outbreak, ...] = ()
    """As they stand on the last day."""
    audit_head: str = ""


def blank(head: Letterhead) -> MedicineLog:
    """Return an empty request and log, for a parent to fill in."""
    return MedicineLog(head)


def logs(
    session: Session, season: Season, head: Letterhead, *, course_id: int = 0, audit_head: str = ""
) -> list[MedicineLog]:
    """Return one request with its doses, or all that run.

    Raises:
        UserError: the role may not, or nothing runs.
    """
    found = [medicine.get(session, course_id)] if course_id else _running(session, season)
    groups = {group.id: group.name for group in seasons.groups(session, season)}
    papers: list[MedicineLog] = []
    for one in found:
        place = enrolments.of(session, season, one.child.id)
        papers.append(
            MedicineLog(
                head, child=one.child.name, number=place.number if place else "",
                group=groups.get(place.group_id or 0, "") if place else "", alert=one.child.alert, course=one.course,
                lines=one.lines, remaining=one.remaining, consent=one.consent, audit_head=audit_head,
            )
        )  # fmt: skip
    return papers


def _running(session: Session, season: Season) -> list[medicine.Course]:
    found = [one for one in medicine.of_season(session, season) if one.course.ended is None]
    if not found:
        raise UserError(_("No medicine is kept in the space. Print the empty form for a new request."))
    return found


def health_log(
    session: Session, season: Season, first: date, last: date, head: Letterhead, *, names: bool = False,
    audit_head: str = "",
) -> HealthLog:  # fmt: skip
    """Return the notes of illness of a period, children as initials unless names are asked for.

    Raises:
        UserError: the role may not.
    """
    cases = health.of_season(session, season, first, last)
    ordered = sorted(cases, key=lambda one: (one.note.day, one.note.noticed or time.max, one.note.id))
    rows = [
        HealthRow(one.child.name if names else initials(one.child.name, one.child.name_latin), one.room, one.note)
        for one in ordered
    ]
    found = tuple(outbreaks.of_days(session, season, last))
    return HealthLog(head, first, last, tuple(rows), names, found, audit_head)


def initials(name: str, latin: str = "") -> str:
    """Return a name's initials: of its Latin form where there is one; a single word keeps its first letter only."""
    words = (latin or name).split()
    if len(words) > 1:
        return "".join(f"{word[0]}." for word in words)
    return f"{words[0][0]}…" if words else ""


roles.guard(globals(), Right.DETAILS, {})
