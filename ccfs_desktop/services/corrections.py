"""What is entered after the fact, against a rule, or on a closed day: by whom, from which sheet, and why."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.duty import Duty
from ccfs_desktop.models.visit import Correction, DayClose, Visit
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right


class NeedsReason(UserError):
    """The rule can be overridden by a named person with a reason; without one the action is refused."""


@dataclass(frozen=True)
class Entry:
    """Where and why something is entered, beside what is entered."""

    by: str = ""
    """Who enters it, and who answers for the reason."""
    sheet_code: str = ""
    """The numbered sheet it was written on."""
    late: bool = False
    """Typed after the fact, not at the door."""
    reason: str = ""
    """Why a rule is overridden, or why a closed day is corrected."""

    @property
    def told(self) -> str:
        """The reason with the name of who gave it."""
        reason = self.reason.strip()
        return f"{reason} ({self.by})" if reason and self.by else reason


AT_THE_DOOR = Entry()
"""Entered as it happens, with nothing to explain."""


def is_closed(session: Session, season_id: int, day: date) -> bool:
    """Tell whether a day was closed."""
    query = select(DayClose.id).where(DayClose.season_id == season_id, DayClose.day == day)
    return session.scalars(query).first() is not None


def stamp(record: Visit | Duty, entry: Entry) -> None:
    """Write on a record where it was typed from, and that it was typed after the fact."""
    if entry.sheet_code:
        record.sheet_code = entry.sheet_code
    record.entered_late = record.entered_late or entry.late


def note(
    session: Session, season_id: int, day: date, child_id: int | None, field: str, values: tuple[str, str],
    entry: Entry, *, staff_id: int | None = None,
) -> None:  # fmt: skip
    """Keep the old value readable when a closed day is changed; an open day needs no note.

    Args:
        session: the open transaction.
        season_id: the season.
        day: the day that is changed.
        child_id: whose record; None when it is a member of staff's.
        field: what is changed.
        values: before and after, as people read them.
        entry: who changes it and why.
        staff_id: whose record, if not a child's.

    Raises:
        NeedsReason: the day is closed, and no reason was given.
    """
    if not is_closed(session, season_id, day):
        return
    if not entry.reason.strip():
        raise NeedsReason(_("{day} is closed. Write why the record is corrected.").format(day=day))
    old, new = values
    session.add(
        Correction(
            season_id=season_id, day=day, child_id=child_id, staff_id=staff_id, field=field,
            old=old, new=new, reason=entry.reason.strip(), by=entry.by, at=clock.now(),
        )
    )  # fmt: skip
    session.flush()


roles.guard(globals(), Right.ATTENDANCE, {Right.REGISTER: (is_closed,)})
