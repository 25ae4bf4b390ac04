"""Printing for families: gather the children's papers, draw them, note in the trail that they were printed."""

from collections.abc import Callable, Sequence
from typing import Any

from ccfs_desktop import clock, i18n, vault
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.reports import badges, catalogue, consents, enrolment_form
from ccfs_desktop.reports.kit.archive import together
from ccfs_desktop.services import child_papers, histories, offices, seasons, sheets
from ccfs_desktop.services.papers import Letterhead

NAMES = ("enrolment-form", "consents", "badges", "pick-up-cards")
"""The documents of the catalogue that are printed for children."""


def papers(db: Database, name: str, child_ids: Sequence[int]) -> bytes:
    """Print one of the children's papers.

    Args:
        db: the office.
        name: one of ``NAMES``.
        child_ids: for whom; nobody for a blank form.

    Raises:
        UserError: none of these children has what is to be printed.
    """
    action = N_("Print a child's papers")
    with db.begin(action, final=True) as session:
        season = seasons.current(session, clock.today())
        head = sheets.letterhead(offices.factory(session), season, by=db.actor.user)
        with i18n.use(head.languages[0]):
            pages = _PAPERS[name](db, session, season, head, list(child_ids))
        if child_ids:
            db.note(session, "print", name, {"children": len(child_ids)})
    if not pages:
        raise UserError(_("Nothing to print: these children have no place yet, or nobody may collect them."))
    return pages[0] if len(pages) == 1 else together(pages)


def title(name: str) -> str:
    """Return what a paper is called, translated."""
    return _(catalogue.document(name).title)


def _forms(db: Database, session: Any, season: Any, head: Letterhead, ids: list[int]) -> list[bytes]:
    """Print forms; health details only for those who may read them, and then the reading is noted."""
    health = vault.SENSITIVE in db.keys
    for number in ids if health else ():
        db.note(session, histories.CARE_PLAN_READ, str(number), {"printed": True})
    return [
        enrolment_form.render(child_papers.enrolment_paper(session, season, head, number, health=health))
        for number in ids or [None]
    ]


def _consents(_db: Database, session: Any, season: Any, head: Letterhead, ids: list[int]) -> list[bytes]:
    return [consents.render(child_papers.consent_set(session, season, head, number)) for number in ids or [None]]


def _badges(_db: Database, session: Any, season: Any, head: Letterhead, ids: list[int]) -> list[bytes]:
    sheet = child_papers.badge_sheet(session, season, head, ids, clock.today())
    return [badges.render(sheet)] if sheet.badges else []


def _cards(_db: Database, session: Any, season: Any, head: Letterhead, ids: list[int]) -> list[bytes]:
    sheet = child_papers.pickup_cards(session, season, head, ids, clock.today())
    return [badges.render_pickup_cards(sheet)] if sheet.cards else []


_PAPERS: dict[str, Callable[[Database, Any, Any, Letterhead, list[int]], list[bytes]]] = {
    "enrolment-form": _forms, "consents": _consents, "badges": _badges, "pick-up-cards": _cards,
}  # fmt: skip
