"""The adults who look after the children, and whether their papers hold."""

import enum
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import searching

# How long a background check counts, and how early an expiry is announced. Source: domain.md 8.5; the spans are ours.
_CHECK_DAYS = 365
_SOON = timedelta(days=30)


class Standing(enum.IntEnum):
    """How one paper of a person stands on a day; the higher, the more urgent."""

    VALID = 0
    EXPIRES = 1
    MISSING = 2
    EXPIRED = 3


@dataclass(frozen=True)
class Paper:
    """One paper of a staff file on a certain day."""

    name: str
    """Marked with ``N_``."""
    until: date | None
    standing: Standing


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
    if problems:
        raise Invalid(problems)
    prepare(person)
    session.add(person)
    session.flush()
    return person


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
    every = session.scalars(select(Staff).order_by(Staff.sort_key, Staff.id))
    return [person for person in every if (person.ended_on is not None and person.ended_on < day) is left]


def papers(person: Staff, day: date) -> tuple[Paper, ...]:
    """Return a person's papers as they stand on a day.

    Source: domain.md 8.5; a background check counts for a year.
    """
    checked = person.background_check_on
    return (
        _paper(N_("Background check"), checked + timedelta(days=_CHECK_DAYS) if checked else None, day),
        _paper(N_("Health certificate"), person.health_certificate_until, day),
        _paper(N_("First aid"), person.first_aid_until, day),
        Paper(N_("Code of conduct"), None, Standing.VALID if person.code_signed else Standing.MISSING),
    )


def _paper(name: str, until: date | None, day: date) -> Paper:
    if until is None:
        return Paper(name, None, Standing.MISSING)
    if until < day:
        return Paper(name, until, Standing.EXPIRED)
    return Paper(name, until, Standing.EXPIRES if until - day <= _SOON else Standing.VALID)
