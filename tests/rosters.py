"""A small space with its caregivers, for the tests of the roster."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.models.roster import PartKind, Shift, ShiftPart, StaffAbsence, StaffAbsenceReason
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import availability, roster, seasons, staff
from ccfs_desktop.services.drafting.problem import Span
from tests.spaces import MONDAY, Space, fill

TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=n) for n in (1, 2, 4, 5))
EARLY, LATE, ALL_DAY = Span(450, 930), Span(570, 1050), Span(450, 1050)
VETTED = (PaperKind.BACKGROUND_CHECK, PaperKind.CODE_OF_CONDUCT, PaperKind.HEALTH_CERTIFICATE)


@dataclass(frozen=True)
class Room:
    """What a test needs to know: six little ones who need two adults from 07:30 to 17:30."""

    db: Database
    space: Space
    group: int
    """The little ones'."""
    juniors: int

    @property
    def season(self) -> Season:
        """The season."""
        return self.space.season

    def person(
        self, name: str, role: StaffRole = StaffRole.TEACHER, *, without: PaperKind | None = None, **facts: Any
    ) -> int:
        """Enter somebody with all papers but one; a head teacher is a first-aider, too."""
        with self.db.begin("Add a member of staff") as session:
            made = staff.save(session, Staff(name=name, role=role, **facts))
            held = (*VETTED, *((PaperKind.FIRST_AID,) if role is StaffRole.HEAD_TEACHER else ()))
            session.add_all(StaffPaper(staff_id=made.id, kind=kind) for kind in held if kind is not without)
        return made.id

    def put(self, staff_id: int, span: Span = EARLY, day: date = MONDAY, **more: Any) -> Shift:
        """Put somebody with the little ones."""
        with self.db.begin("Plan a shift") as session:
            group = more.pop("group_id", self.group)
            return roster.put(session, self.season, staff_id, day, span, group, **more)

    def absent(self, staff_id: int, first: date, last: date | None = None) -> None:
        """Note that somebody is on leave."""
        with self.db.begin("Note an absence") as session:
            away = StaffAbsence(
                staff_id=staff_id, first_day=first, last_day=last or first, reason=StaffAbsenceReason.SICK
            )
            availability.save_absence(session, away)

    def shifts(self) -> list[tuple[int, date, str]]:
        """Return who is on the roster when."""
        with self.db.read() as session:
            query = select(Shift).order_by(Shift.day, Shift.staff_id, Shift.starts)
            return [(s.staff_id, s.day, f"{s.starts:%H:%M}-{s.ends:%H:%M}") for s in session.scalars(query)]


def a_room(db: Database, children: int = 6) -> Room:
    """Open a space without a nap, whose children come from 07:30 to 17:30, Monday to Friday."""
    space = fill(db, children)
    with db.read() as session:
        little, juniors, *_rest = seasons.groups(session, space.season)
    return Room(db, space, little.id, juniors.id)


def breaks_of(session: Session, shift_id: int) -> list[tuple[PartKind, str]]:
    """Return the parts of a shift."""
    query = select(ShiftPart).where(ShiftPart.shift_id == shift_id).order_by(ShiftPart.starts)
    return [(p.kind, f"{p.starts:%H:%M}-{p.ends:%H:%M}") for p in session.scalars(query)]
