"""The adults who look after the children; their papers are in ``staff_papers``."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import searching


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
