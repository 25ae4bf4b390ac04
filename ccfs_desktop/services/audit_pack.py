"""The audit pack: what an auditor asks for of a period, in one document. Source: product.md 4.8; domain.md 5.2, 5.4.

Everything it counts is gathered once: the PDF and its Excel twin show the same objects, so that they agree. Only
who may read health and incidents makes a pack, and each is a document of its own in the register, with a note in the
trail. Safeguarding concerns are never in it. Which exhibits there are, and their order, is ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.action import Action
from ccfs_desktop.models.check import Check, Finding
from ccfs_desktop.models.child import ConsentPurpose
from ccfs_desktop.models.incident import Incident
from ccfs_desktop.models.log import Drill, Visitor
from ccfs_desktop.models.protection import Basis
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetFile
from ccfs_desktop.services import (
    action_papers,
    check_papers,
    checks,
    child_records,
    compliance,
    consent_register,
    disclosures,
    incident_register,
    log_papers,
    logbook,
    patrols_papers,
    periods,
    ratio_papers,
    redaction,
    roles,
    sample,
    seasons,
    sheets,
    staff_prints,
    staff_worked,
    standards,
)
from ccfs_desktop.services.action_papers import ActionPlan
from ccfs_desktop.services.check_papers import CheckHistory
from ccfs_desktop.services.child_records import DayRegister
from ccfs_desktop.services.compliance import Compliance
from ccfs_desktop.services.consent_register import Line
from ccfs_desktop.services.incident_register import IncidentRegister, RegisterRow
from ccfs_desktop.services.log_papers import DrillPaper
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.patrols_papers import PatrolRegister
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.ratio_papers import RatioPeriod
from ccfs_desktop.services.ratio_proof import DayProof
from ccfs_desktop.services.redaction import Redaction, Redactor
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.sample import Sample
from ccfs_desktop.services.staff_prints import VettingList
from ccfs_desktop.services.staff_worked import WorkedList
from ccfs_desktop.services.standards import Standard

NAME = "audit-pack"
"""In the catalogue of documents."""
MOST_SAMPLED = 200
MOST_DAYS = 400
"""The longest period; ours: a year and a month."""
USUAL_SAMPLE = 20
_GIVEN: dict[Redaction, str] = {
    Redaction.NAMES: N_("Attendance, sheets, incidents and duty records, with names"),
    Redaction.INITIALS: N_("Attendance, incidents and duty records, children and families as initials"),
    Redaction.CODES: N_("Attendance, incidents and duty records, children and families as codes"),
}
"""What is given, for the log of disclosures, marked."""

LETTERS: dict[str, str] = {
    "A": N_("Registers and sign-in sheets of the children"),
    "B": N_("Closings of the days"),
    "C": N_("Safety checks"),
    "D": N_("Drills"),
    "E": N_("Incidents"),
    "F": N_("Corrective actions"),
    "G": N_("Papers of the adults"),
    "H": N_("Adults on duty: proof of the ratio and rosters"),
    "I": N_("Patrols and children in production"),
    "J": N_("Visitors"),
    "K": N_("Consents, counted"),
    "L": N_("Completeness of the records"),
    "M": N_("Random sample of child-days"),
}
"""The letters of the exhibits, in order, marked."""
PARTS: dict[str, str] = {
    "policy": "", "enrolment": "AK", "staffing": "HM", "vetting": "G", "checks": "C", "drills": "D",
    "incidents": "E", "sightings": "I", "actions": "F", "data": "KJ", "completeness": "ABLM",
}  # fmt: skip
"""Part of the standards → the letters that prove it."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants to hand out."""

    first_day: date
    last_day: date
    standard: str = standards.DEFAULT
    redaction: Redaction = Redaction.INITIALS
    sample: int = USUAL_SAMPLE
    seed: int = 1
    recipient: str = ""
    """To whom it is handed, for the log of disclosures."""

    @property
    def filters(self) -> tuple[str, ...]:
        """What stands in the foot of every page and in the register; no name."""
        told = [self.standard, self.redaction.value]
        return (*told, f"sample {self.sample} seed {self.seed}") if self.sample else tuple(told)


@dataclass(frozen=True)
class Pack:
    """Everything a pack shows but the single records, which are read when they are drawn."""

    letterhead: Letterhead
    season: Season
    period: Period
    wish: Wish
    standard: Standard
    redactor: Redactor
    compliance: Compliance
    days: tuple[DayRegister, ...]
    checks: CheckHistory
    incidents: IncidentRegister
    actions: ActionPlan
    patrols: PatrolRegister
    vetting: VettingList
    proof: RatioPeriod
    sample: Sample
    sheets: tuple[Sheet, ...]
    check_ids: tuple[tuple[int, date, str], ...]
    """Id, day and title of every check of the period."""
    drill_ids: tuple[tuple[int, date], ...]
    incident_ids: tuple[tuple[int, str], ...]
    """Id and number."""
    drills: tuple[DrillPaper, ...]
    guests: tuple[Visitor, ...]
    """The visitors of the period, by time."""
    agreed: tuple[Line, ...]
    """For each child of the pack and each purpose the answer given last, as it stood on the last day; but for medicine:
    whether a child takes any is a matter of its health, which no pack tells."""
    checked: Mapping[int, int]
    """Action → the check in which what it answers was found."""
    worked: WorkedList

    @property
    def seal(self) -> str:
        """The head of the audit trail, as it is printed."""
        return self.letterhead.imprint.seal if self.letterhead.imprint else ""

    @property
    def proofs(self) -> Mapping[date, DayProof]:
        """Day → its proof of the ratio."""
        return {one.day: one for one in self.proof.proof.days}

    @property
    def visitors(self) -> int:
        """How many visitors there were."""
        return len(self.guests)

    @cached_property
    def expected(self) -> frozenset[tuple[date, int]]:
        """Day and child of every child-day that K04 expects: time away that was announced is none, though listed."""
        every = self.compliance.facts.attendance.days
        return frozenset((day, one.child.id) for one in every for day in one.expected)

    @property
    def child_days(self) -> int:
        """How many times a child came."""
        return sum(day.came for day in self.days)

    @property
    def children(self) -> int:
        """How many children came at all."""
        return len({row.child_id for day in self.days for row in day.rows if row.visits})

    @property
    def incident_rows(self) -> tuple[RegisterRow, ...]:
        """The incidents of the period; the register has those of the season."""
        return tuple(one for one in self.incidents.rows if self.wish.first_day <= one.day <= self.wish.last_day)

    @property
    def mondays(self) -> tuple[date, ...]:
        """The weeks that have a day in the period."""
        days = [one.day for one in self.days]
        return tuple(dict.fromkeys(day - timedelta(days=day.weekday()) for day in days))


def check(session: Session, wish: Wish) -> Period:
    """See whether a pack can be made as wished; return its period.

    Args:
        session: an open session.
        wish: the wish.

    Raises:
        UserError: the period is none, too long, or lies in no season, the standard is not known, or the sample is
            too large.
    """
    standards.get(wish.standard)
    if (wish.last_day - wish.first_day).days >= MOST_DAYS:
        raise UserError(_("A pack spans at most {n} days.").format(n=MOST_DAYS))
    if not 0 <= wish.sample <= MOST_SAMPLED:
        told = _("The sample has at most {n} child-days; 0 for none.").format(n=MOST_SAMPLED)
        raise Invalid({"sample": told})
    return periods.of_days(session, wish.first_day, wish.last_day)


def read(session: Session, wish: Wish, head: Letterhead, key: bytes) -> Pack:
    """Gather a pack.

    Args:
        session: an open session.
        wish: what goes in.
        head: of the papers.
        key: of the office for codes, from ``redaction.key``.

    Raises:
        UserError: see :func:`check`.
    """
    period = check(session, wish)
    season, first, last = period.season, wish.first_day, period.until
    redactor = redaction.read(session, wish.redaction, key)
    seal = head.imprint.seal if head.imprint else ""
    numbered = [one for one in reversed(sheets.of_season(session, season)) if first <= one.day <= last]
    open_days = [day for day in seasons.open_days(session, season, last) if day >= first]
    days = child_records.read(session, season, open_days, numbered, redactor)
    drills = _drills(session, season, first, last)
    proof = ratio_papers.of_period(session, season, first, last, head, audit_head=seal)
    standard = standards.get(wish.standard)
    return Pack(
        letterhead=head, season=season, period=period, wish=wish, standard=standard, redactor=redactor,
        compliance=compliance.read(session, period, standard, head), days=days,
        checks=check_papers.history(session, season, last, head, first=first, audit_head=seal),
        incidents=incident_register.read(session, season, last, head, audit_head=seal),
        actions=action_papers.plan(session, season, head, last, first=first, today=last),
        patrols=_walked(patrols_papers.register(session, first, last, head, named=not redactor.hides), redactor),
        vetting=staff_prints.vetting_list(session, season, head, last), proof=proof,
        sample=sample.read(
            session, [row for day in days for row in day.rows], {one.day: one for one in proof.proof.days},
            wanted=wish.sample, seed=wish.seed,
        ),
        sheets=tuple(numbered), check_ids=_checks(session, season, first, last),
        drill_ids=drills, incident_ids=_incidents(session, season, first, last),
        drills=tuple(log_papers.drill(session, season, key, head, audit_head=seal) for key, _day in drills),
        guests=_guests(session, season, first, last), agreed=_agreed(session, season, last, days),
        checked=_checked(session), worked=staff_worked.read(session, season, first, last, head),
    )  # fmt: skip


def kept(session: Session, sheet_id: int) -> bytes | None:
    """Return the PDF of a sheet as it was printed; None when it is not kept."""
    return session.scalars(select(SheetFile.pdf).where(SheetFile.sheet_id == sheet_id)).first()


def note(db: Database, wish: Wish, number: str, sha256: str) -> None:
    """Note that a pack was made to be handed out, in the trail and in the log of disclosures.

    Args:
        db: the office.
        wish: what went in.
        number: of the document.
        sha256: of its file.
    """
    with db.begin(N_("Make an audit pack"), final=True) as session:
        db.note(session, "disclose", NAME, {
            "document": number, "first": wish.first_day.isoformat(), "last": wish.last_day.isoformat(),
            "standard": wish.standard, "names": wish.redaction.value, "sample": wish.sample, "seed": wish.seed,
            "sha256": sha256,
        })  # fmt: skip
        disclosures.enter(
            session, recipient=wish.recipient.strip() or _("Auditor"), basis=Basis.CONTRACT, sha256=sha256,
            purpose=_("Audit pack {number} for {standard}").format(
                number=number, standard=_(standards.get(wish.standard).title)
            ),
            fields=_(_GIVEN[wish.redaction]),
            subjects=f"{wish.first_day.isoformat()} – {wish.last_day.isoformat()}",
        )  # fmt: skip


def _walked(register: PatrolRegister, redactor: Redactor) -> PatrolRegister:
    """Call those who walked a patrol as the pack calls people: many are parents, and none is with the children."""
    rows = (replace(row, walked_by=redactor.person(row.walked_by)) for row in register.walked)
    return replace(register, walked=tuple(rows))


def _checks(session: Session, season: Season, first: date, last: date) -> tuple[tuple[int, date, str], ...]:
    begins = first <= season.first_day  # the check before the season goes with a period that begins with it
    every = [one for one in checks.of_season(session, season, until=last) if begins or one.day >= first]
    found: list[Check] = sorted(every, key=lambda one: (one.day, one.id))
    return tuple((one.id, one.day, one.title) for one in found)


def _checked(session: Session) -> dict[int, int]:
    query = select(Action.id, Finding.check_id).join(Finding, Finding.id == Action.finding_id)
    return {row[0]: row[1] for row in session.execute(query)}


def _drills(session: Session, season: Season, first: date, last: date) -> tuple[tuple[int, date], ...]:
    query = select(Drill.id, Drill.day).where(Drill.season_id == season.id, Drill.day.between(first, last))
    return tuple((key, day) for key, day in session.execute(query.order_by(Drill.day, Drill.id)))


def _guests(session: Session, season: Season, first: date, last: date) -> tuple[Visitor, ...]:
    found = logbook.entries(session, Visitor, season, first, last)
    return tuple(sorted(found, key=lambda one: (one.day, one.came or time.min, one.id)))


def _agreed(session: Session, season: Season, last: date, days: tuple[DayRegister, ...]) -> tuple[Line, ...]:
    """Return the consents of the children of some days; as exhibit K counts them, on the same day."""
    children = {row.child_id for day in days for row in day.rows}
    every = consent_register.lines(session, season, min(last, season.last_day))
    return tuple(one for one in every if one.child_id in children and one.purpose is not ConsentPurpose.MEDICINE)


def _incidents(session: Session, season: Season, first: date, last: date) -> tuple[tuple[int, str], ...]:
    query = select(Incident.id, Incident.number).where(
        Incident.season_id == season.id, Incident.day.between(first, last)
    )
    return tuple((key, number) for key, number in session.execute(query.order_by(Incident.number)))


roles.guard(globals(), Right.DETAILS, {})
