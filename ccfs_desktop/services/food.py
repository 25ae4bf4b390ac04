"""The food log: each meal, its temperature, the sample that is kept, and which allergies were served.

Source: domain.md 3.7 and 8.15.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.log import FoodEntry
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import logbook, moments, register, roles
from ccfs_desktop.services.register import Row, State
from ccfs_desktop.services.roles import Right

HOT_TENTHS = 600
"""Hot food arrives at 60 °C at least. Source: domain.md 3.7, FOD03."""
SAMPLE_KEPT = timedelta(hours=48)
"""How long a sample of each dish is kept cool. Source: domain.md 3.7, FOD04."""
MEALS = (N_("Breakfast"), N_("Morning snack"), N_("Lunch"), N_("Afternoon snack"), N_("Supper"))
"""What is offered; another word may be typed. Ours."""


def serve(session: Session, season: Season, day: date, meal: str, menu: str, **values: Any) -> FoodEntry:
    """Enter a meal that was served.

    Args:
        session: the open transaction.
        season: the season.
        day: the day.
        meal: which, such as "Lunch".
        menu: the dishes.
        values: ``supplier``, ``tenths`` of a degree, ``sample_kept``, ``sample_gone_on``, ``allergies``, ``signed_by``.

    Raises:
        Invalid: no meal or menu, or the sample is thrown away too early.
        UserError: the role may not, or the day lies in the future.
    """
    late = logbook.check(session, season, day)
    entry = FoodEntry(season_id=season.id, day=day, meal=meal.strip(), menu=menu.strip(), entered_late=late)
    logbook.put(entry, values)
    _check(entry)
    session.add(entry)
    session.flush()
    return entry


def change(session: Session, entry_id: int, **values: Any) -> FoodEntry:
    """Put an entry right.

    Raises:
        Invalid: no meal or menu, or the sample is thrown away too early.
        UserError: the entry is gone, or a day lies in the future.
    """
    entry = logbook.get(session, FoodEntry, entry_id)
    logbook.put(entry, values)
    _check(entry)
    session.flush()
    return entry


def throw_away(session: Session, entry_id: int, on: date) -> FoodEntry:
    """Note that the sample of a meal was thrown away.

    Raises:
        Invalid: it must be kept longer.
        UserError: none was kept, or it is noted already.
    """
    entry = logbook.get(session, FoodEntry, entry_id)
    if not entry.sample_kept:
        raise UserError(_("No sample of this meal was kept."))
    if entry.sample_gone_on:
        raise UserError(_("This sample was thrown away on {day}.").format(day=entry.sample_gone_on))
    return change(session, entry_id, sample_gone_on=on)


def remove(session: Session, entry_id: int) -> None:
    """Take back an entry that was made by mistake."""
    session.delete(logbook.get(session, FoodEntry, entry_id))
    session.flush()


def kept_until(entry: FoodEntry) -> date:
    """Return the first day on which the sample may be thrown away; the hour is not known, so days are counted."""
    return entry.day + SAMPLE_KEPT


def degrees(tenths: int | None) -> str:
    """Write a temperature: ``62.5``; nothing for what is not known."""
    return "" if tenths is None else f"{Decimal(tenths) / 10:f}".removesuffix(".0")


def is_cool(tenths: int | None) -> bool:
    """Tell whether food that should be hot is not hot enough."""
    return tenths is not None and tenths < HOT_TENTHS


def allergic(session: Session, season: Season, day: date) -> list[Row]:
    """Return the children with an allergy note who are expected on a day, or came. Source: domain.md 3.7, FOD02."""
    away = (State.ABSENT, State.NOT_EXPECTED)
    return [row for row in register.read(session, season, day) if row.alert and row.state not in away]


def allergy(row: Row) -> str:
    """Write one child's note."""
    return f"{row.name}: {row.alert}"


def _check(entry: FoodEntry) -> None:
    problems: dict[str, str] = {}
    if not entry.meal:
        problems["meal"] = _("Write which meal it was.")
    if not entry.menu:
        problems["menu"] = _("Write what was served.")
    if entry.sample_gone_on and not entry.sample_kept:
        problems["sample_gone_on"] = _("No sample of this meal was kept.")
    elif entry.sample_gone_on and entry.sample_gone_on < kept_until(entry):
        problems["sample_gone_on"] = _("A sample is kept for 48 hours: until {day}.").format(day=kept_until(entry))
    elif entry.sample_gone_on and entry.sample_gone_on > clock.today():
        problems["sample_gone_on"] = _("{day} lies in the future.").format(day=entry.sample_gone_on)
    if problems:
        raise Invalid(problems)
    moments.not_to_come(entry.day, None)


roles.guard(globals(), Right.LOGS, {})
