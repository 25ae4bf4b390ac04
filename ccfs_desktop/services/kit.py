"""The first-aid kit: what must be in it, what is in it, until when it keeps, and what must be bought.

The contents are those of the list FAK. Source: domain.md 3.10.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.log import KitItem
from ccfs_desktop.services import checklists, logbook, moments, roles
from ccfs_desktop.services.checklists import Kind
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task

EXPIRING = timedelta(days=30)
"""What keeps no longer than this is bought now; ours."""


class Standing(enum.StrEnum):
    """How one content of the kit stands, worst first."""

    EXPIRED = "expired"
    BELOW = "below"
    EXPIRING = "expiring"
    NOT_COUNTED = "not-counted"
    FINE = "fine"


WORDS: dict[Standing, str] = {
    Standing.EXPIRED: N_("Expired"), Standing.BELOW: N_("Too few"), Standing.EXPIRING: N_("Runs out soon"),
    Standing.NOT_COUNTED: N_("Not counted yet"), Standing.FINE: N_("All there"),
}  # fmt: skip


@dataclass(frozen=True)
class Need:
    """One thing to buy."""

    item: KitItem
    standing: Standing
    number: int
    """How many: all of what has expired or soon will, else what is missing."""


def set_up(session: Session, kit: str) -> list[KitItem]:
    """Write down what must be in a kit: everything the list FAK counts, with its least number; nothing is counted yet.

    Args:
        session: the open transaction.
        kit: what the kit is called, such as "First-aid kit" or "Bag for outdoors".

    Raises:
        Invalid: no name, or there is one of that name.
        UserError: the role may not.

    Source: domain.md 3.10.
    """
    roles.require(session, Right.LOGS)
    if not kit.strip():
        raise Invalid({"kit": _("Write what this kit is called.")})
    if any(item.kit == kit.strip() for item in items(session)):
        raise Invalid({"kit": _("There is a kit of this name already.")})
    made = [KitItem(kit=kit.strip(), item=text, wanted=wanted) for text, wanted in contents()]
    session.add_all(made)
    session.flush()
    return made


def contents() -> list[tuple[str, int]]:
    """Return what the shipped list FAK counts, as a message, with the least number of each."""
    shipped = checklists.shipped()["FAK"]
    counted = ((item.text, item.of(Kind.NUMBER)) for item in shipped.items)
    return [(text, int(parts[0].least or 1)) for text, parts in counted if parts]


def items(session: Session) -> list[KitItem]:
    """Return what belongs into the kits, kit by kit, in the order it was written down."""
    every = session.scalars(select(KitItem).where(KitItem.gone.is_(False)).order_by(KitItem.id)).all()
    kits = list(dict.fromkeys(item.kit for item in every))
    return sorted(every, key=lambda item: (kits.index(item.kit), item.id))


def add(session: Session, kit: str, item: str, **values: Any) -> KitItem:
    """Write down one more content of a kit.

    Raises:
        Invalid: no name, or a number that cannot be.
        UserError: the role may not.
    """
    roles.require(session, Right.LOGS)
    made = KitItem(kit=kit.strip(), item=item.strip())
    logbook.put(made, values)
    _check(made)
    session.add(made)
    session.flush()
    return made


def change(session: Session, item_id: int, *, by: str = "", **values: Any) -> KitItem:
    """Put a content right, or write down that it was counted; a new count or date says on which day and by whom.

    Raises:
        Invalid: no name, or a number that cannot be.
        UserError: the role may not, or it is gone.
    """
    item = logbook.get(session, KitItem, item_id)
    before = (item.count, item.expires, item.checked_on)
    logbook.put(item, values)
    if (item.count, item.expires) != before[:2] and item.checked_on == before[2]:
        item.checked_on = clock.today()
        item.checked_by = by or item.checked_by
    _check(item)
    session.flush()
    return item


def remove(session: Session, item_id: int) -> None:
    """Take a content off the list; what was written about it stays in the trail."""
    logbook.get(session, KitItem, item_id).gone = True
    session.flush()


def take(session: Session, used: Mapping[int, int]) -> str:
    """Take what was used out of the kits; the record never says that less than nothing is left.

    Args:
        session: the open transaction.
        used: item id → how many.

    Returns:
        What was taken, in words: ``2 × Assorted adhesive plasters``.
    """
    told: list[str] = []
    for item_id, number in used.items():
        if number > 0:
            item = logbook.get(session, KitItem, item_id)
            item.count = None if item.count is None else max(0, item.count - number)
            told.append(f"{number} × {_(item.item)}")
    session.flush()
    return ", ".join(told)


def standing(item: KitItem, day: date) -> Standing:
    """Tell how a content stands on a day."""
    if item.expires and item.expires < day:
        return Standing.EXPIRED
    if item.count is not None and item.count < item.wanted:
        return Standing.BELOW
    if item.expires and item.expires <= day + EXPIRING:
        return Standing.EXPIRING
    return Standing.NOT_COUNTED if item.count is None else Standing.FINE


def shopping(session: Session, day: date) -> list[Need]:
    """Return what must be bought, worst first."""
    found = [(item, standing(item, day)) for item in items(session)]
    needs = [Need(item, how, _number(item, how)) for item, how in found if how in _BOUGHT]
    order = list(Standing)
    return sorted(needs, key=lambda need: order.index(need.standing))


def tasks(session: Session, day: date) -> list[Task]:
    """Return what Today says: one line for all that must be bought."""
    needs = shopping(session, day)
    if not needs:
        return []
    worst = needs[0]
    sentence = ngettext(
        "First-aid kit, {n} thing to buy: {item} ({why}).",
        "First-aid kit, {n} things to buy, the first: {item} ({why}).",
        len(needs),
    ).format(n=len(needs), item=_(worst.item.item), why=_(WORDS[worst.standing]))
    urgent = worst.standing is not Standing.EXPIRING
    return [
        Task(sentence, urgent=urgent, page="safety", target={"place": "logs", "log": "kit", "entry": worst.item.id})
    ]


_BOUGHT = (Standing.EXPIRED, Standing.BELOW, Standing.EXPIRING)


def _number(item: KitItem, how: Standing) -> int:
    return item.wanted - (item.count or 0) if how is Standing.BELOW else item.wanted


def _check(item: KitItem) -> None:
    problems: dict[str, str] = {}
    if not item.kit:
        problems["kit"] = _("Write what this kit is called.")
    if not item.item:
        problems["item"] = _("Write what it is.")
    if item.wanted < 1:
        problems["wanted"] = _("At least one.")
    if item.count is not None and item.count < 0:
        problems["count"] = _("This cannot be negative.")
    if problems:
        raise Invalid(problems)
    if item.checked_on:
        moments.not_to_come(item.checked_on, None)


roles.guard(globals(), Right.LOGS, {Right.SAFETY: (items, shopping), Right.OFFICE: (tasks,)})
