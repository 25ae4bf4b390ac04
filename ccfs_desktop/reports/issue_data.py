"""Printing about data protection: what names nobody is issued and signed, what names children is only printed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ccfs_desktop import clock, i18n
from ccfs_desktop.db import Database, verify
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import ConsentPurpose
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import data_paper
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import (
    assessment,
    assessment_paper,
    consent_register,
    data_audit,
    data_papers,
    data_requests,
    disposals,
    offices,
    seasons,
    sheets,
)
from ccfs_desktop.services.data_papers import DataPaper
from ccfs_desktop.services.papers import Letterhead


@dataclass(frozen=True)
class Handed:
    """A guardian's copy: for reading, for other programs, and the hash of both."""

    pdf: bytes
    json: bytes
    sha256: str


def consents(db: Database, purpose: ConsentPurpose | None = None, *, languages: tuple[str, ...] = ()) -> bytes:
    """Print the register of consents of the season, of one purpose or of all.

    Raises:
        UserError: the role may not.
    """

    def made(session: Any, season: Season, head: Letterhead) -> DataPaper:
        on = clock.today()
        lines = consent_register.lines(session, season, on, purpose=purpose)
        return data_papers.consents(head, on, lines, consent_register.coverage(lines))

    return _printed(db, "consent-register", languages, made)


def disclosures(db: Database, year: int, *, languages: tuple[str, ...] = ()) -> bytes:
    """Print what was given to others in a year.

    Raises:
        UserError: the role may not.
    """
    return _printed(
        db, "disclosure-log", languages,
        lambda session, _season, head: data_papers.disclosures(head, year, data_audit.log_of_year(session, year)),
    )  # fmt: skip


def disposal(db: Database, disposal_id: int, *, languages: tuple[str, ...] = ()) -> bytes:
    """Issue the record of an erasure."""
    with db.read() as session:
        one = next(one for one in disposals.listed(session) if one.id == disposal_id)

    def draw(_session: Any, _season: Season, head: Letterhead) -> bytes:
        with i18n.use(head.languages[0]):
            return data_paper.render(data_papers.disposal(head, one))

    return issue(db, "disposal-record", draw, first_day=one.day, filters=[one.number], languages=languages).pdf


def breach(db: Database, copy: Path | None = None, *, languages: tuple[str, ...] = ()) -> bytes:
    """Issue what was in the office, or in a copy of it.

    Raises:
        UserError: no record lies beside the copy, or the role may not.
    """

    def draw(session: Any, _season: Season, head: Letterhead) -> bytes:
        found = data_audit.breach_in(session, copy) if copy else data_audit.breach_here(session, db)
        with i18n.use(head.languages[0]):
            return data_paper.render(data_papers.breach(head, found))

    name = copy.name if copy else ""
    return issue(db, "breach-summary", draw, first_day=clock.today(), filters=[name], languages=languages).pdf


def audit(db: Database, first: date, last: date, *, languages: tuple[str, ...] = ()) -> bytes:
    """Issue the audit of minors' data of a period; the trail is checked for it, which takes its time.

    Raises:
        UserError: the role may not.
    """
    verdict = verify.verify(db)

    def draw(session: Any, _season: Season, head: Letterhead) -> bytes:
        with i18n.use(head.languages[0]):
            return data_paper.render(data_papers.audit(head, data_audit.audit(session, verdict, first, last)))

    return issue(db, "data-audit", draw, first_day=first, last_day=last, languages=languages).pdf


def assess(db: Database, *, languages: tuple[str, ...] = ()) -> bytes:
    """Issue the impact assessment as of today, pre-filled from the office's settings.

    Raises:
        UserError: the role may not.
    """
    on = clock.today()

    def draw(session: Any, _season: Season, head: Letterhead) -> bytes:
        found = assessment.facts(session, db, on)
        with i18n.use(head.languages[0]):
            return data_paper.render(assessment_paper.assessment(head, found))

    return issue(db, assessment.NAME, draw, first_day=on, languages=languages).pdf


def copy(db: Database, child_id: int, recipient: str, *, language: str = "") -> Handed:
    """Make a guardian's copy, in the guardian's language, and enter in the log that it was handed over.

    Args:
        db: the office.
        child_id: the child.
        recipient: to whom it is handed over.
        language: of the paper; the one parents read unless said.

    Raises:
        UserError: nobody is named, nothing is kept about the child, or the role may not.
    """
    with db.begin(N_("Hand over a guardian's copy"), final=True) as session:
        factory = offices.factory(session)
        made = data_requests.copy(session, child_id)
        season = seasons.current(session, clock.today())
        spoken = (language or factory.languages[0],)
        head = sheets.letterhead(factory, season, by=db.actor.user, languages=spoken)
        with i18n.use(spoken[0]):
            pdf, plain = data_paper.render(data_papers.copy(head, made)), data_requests.as_json(made)
        entered = data_requests.handed_over(session, made, recipient, (pdf, plain))
        db.note(session, "disclosure", str(child_id), {"sha256": entered.sha256})
    return Handed(pdf, plain, entered.sha256)


def ordered_audit(db: Database, order: Order) -> bytes:
    """Issue the audit of minors' data as it was asked for: of a period, or of the year of a day until then."""
    first = order.day if order.until else date(order.day.year, 1, 1)
    return audit(db, first, order.until or order.day, languages=order.languages)


def ordered_assessment(db: Database, order: Order) -> bytes:
    """Issue the impact assessment as it was asked for."""
    return assess(db, languages=order.languages)


def _printed(
    db: Database, name: str, languages: tuple[str, ...], made: Callable[[Any, Season, Letterhead], DataPaper]
) -> bytes:
    with db.begin(N_("Print data protection"), final=True) as session:
        season = seasons.current(session, clock.today())
        head = sheets.letterhead(offices.factory(session), season, by=db.actor.user, languages=languages)
        with i18n.use(head.languages[0]):
            pdf = data_paper.render(made(session, season, head))
        db.note(session, "print", name)
    return pdf
