"""Medicine: written requests, doses given before a witness, the count of what remains, and what became of the rest.

The medicine and its reason are sealed; that a dose is due, when, and for whom is open. Source: domain.md 2.9 and 8.11.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child, Consent, ConsentPurpose
from ccfs_desktop.models.log import DoseOutcome, MedicineCourse, MedicineDose, MedicineEnd
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import children, enrolments, medicine_rules, moments, roles
from ccfs_desktop.services.handovers import plain
from ccfs_desktop.services.medicine_rules import HOME_DOSE
from ccfs_desktop.services.roles import Right

LATE = timedelta(minutes=30)
"""A dose entered later than this after it was given was not logged at once; the half hour is ours."""
_TAKEN = (DoseOutcome.GIVEN, DoseOutcome.VOMITED)
"""What leaves the package."""
_WITNESSED = (DoseOutcome.GIVEN, DoseOutcome.VOMITED, DoseOutcome.REFUSED)


@dataclass(frozen=True)
class Line:
    """A dose with the count of what should remain after it."""

    dose: MedicineDose
    remaining: int | None
    """Reckoned from what was brought, or from the last count; None when neither is known."""
    difference: int | None
    """Counted less reckoned; None when it was not counted."""


@dataclass(frozen=True)
class Course:
    """A written request with its child and its doses, the oldest first."""

    course: MedicineCourse
    child: Child
    lines: tuple[Line, ...]
    consent: bool
    """Whether a signed consent to give medicine holds."""

    @property
    def remaining(self) -> int | None:
        """What should be left now: the last count, else as reckoned."""
        if not self.lines:
            return self.course.brought
        last = self.lines[-1]
        return last.dose.counted if last.dose.counted is not None else last.remaining

    def lines_of(self, day: date) -> list[Line]:
        """Return the doses of a day."""
        return [line for line in self.lines if line.dose.day == day]

    def overdue_rest(self, day: date) -> bool:
        """Tell whether the course is over and nobody wrote what became of the rest."""
        return self.course.ended is None and self.course.last_day < day


# ------------------------------------------------------------------------------------------------------------- requests
def begin(session: Session, season: Season, course: MedicineCourse) -> MedicineCourse:
    """Keep a written request, and show on the child that there is medicine.

    Raises:
        Invalid: a rule of domain.md 2.9 refuses it; see :func:`medicine_rules.check`.
        UserError: the role may not, or the family refused its consent.
    """
    roles.require(session, Right.DETAILS)
    course.season_id = season.id
    _check(session, course)
    session.add(course)
    session.flush()
    _mark(session, course.child_id)
    return course


def change(session: Session, course_id: int, **values: Any) -> MedicineCourse:
    """Change a request that has not ended.

    Raises:
        Invalid: a rule refuses it.
        UserError: the role may not, it has ended, or doses were given before the new first day.
    """
    roles.require(session, Right.DETAILS)
    course = _open(session, course_id)
    for name, value in values.items():
        setattr(course, name, value)
    _check(session, course)
    session.flush()
    return course


def remove(session: Session, course_id: int) -> None:
    """Take back a request that was entered by mistake.

    Raises:
        UserError: the role may not, or doses were entered: they stay on record.
    """
    roles.require(session, Right.DETAILS)
    course = _open(session, course_id)
    if _doses(session, [course_id]):
        raise UserError(_("Doses were entered for this request. It stays on record; end it instead."))
    session.delete(course)
    session.flush()
    _mark(session, course.child_id)


def end(
    session: Session, course_id: int, ended: MedicineEnd, *, on: date, signed: str, count: int | None = None
) -> MedicineCourse:
    """Write what became of the rest; the course and its doses are closed then.

    Args:
        session: the open transaction.
        course_id: the course.
        ended: returned, destroyed or used up.
        on: the day.
        signed: the parent who signed for it.
        count: how many were left.

    Raises:
        Invalid: nobody signed, or something is left of what is used up.
        UserError: the role may not, it has ended already, or the day is wrong.

    Source: domain.md 8.11, returned or destroyed at the end, with the parent's signature.
    """
    roles.require(session, Right.DETAILS)
    course = _open(session, course_id)
    moments.not_to_come(on, None)
    problems: dict[str, str] = {}
    if not signed.strip():
        problems["ended_signed"] = _("Write which parent signed for it.")
    if ended is MedicineEnd.USED_UP and count:
        problems["ended_count"] = _("Used up means that nothing is left.")
    if count is None and ended is not MedicineEnd.USED_UP and course.brought is not None:
        problems["ended_count"] = _("Count what is left.")
    last = max((d.day for d in _doses(session, [course_id])), default=course.authorised_on)
    if on < last:
        problems["ended_on"] = _("A dose was entered on {day}.").format(day=last)
    if problems:
        raise Invalid(problems)
    course.ended, course.ended_on, course.ended_signed = ended, on, signed.strip()
    course.ended_count = 0 if ended is MedicineEnd.USED_UP else count
    session.flush()
    _mark(session, course.child_id)
    return course


def _check(session: Session, course: MedicineCourse) -> None:
    refused = [one for one in medicine_rules.check(course) if one.refused]
    if refused:
        raise Invalid({one.field: one.sentence for one in reversed(refused)})
    if course.brought is not None and course.brought < 0:
        raise Invalid({"brought": _("Write how many were brought, or leave it empty.")})
    if medicine_rules.planned(course):
        course.times = ", ".join(f"{at:%H:%M}" for at in medicine_rules.planned(course))
    if _refused(session, course.child_id, clock.today()):
        raise UserError(_("The family refused that medicine is given here. Nothing may be given."))


def _refused(session: Session, child_id: int, on: date) -> bool:
    """Tell whether the newest word of the family on medicine is a no, or a yes that was taken back by that day."""
    query = select(Consent).where(Consent.child_id == child_id, Consent.purpose == ConsentPurpose.MEDICINE)
    newest = session.scalars(query.order_by(Consent.id.desc())).first()
    return newest is not None and (
        not newest.given or (newest.withdrawn_on is not None and newest.withdrawn_on <= on)
    )  # fmt: skip


def warnings(session: Session, course: MedicineCourse) -> list[str]:
    """Return what is unusual about a request and yet allowed, in words."""
    told = [one.sentence for one in medicine_rules.check(course) if not one.refused]
    if not _consents(session, [course.child_id], course.first_day):
        told.append(_("The consent to give medicine is not signed: print it and let a parent sign it."))
    return told


def _mark(session: Session, child_id: int) -> None:
    """Show on the child whether there is medicine, by care plan or request."""
    child = session.get_one(Child, child_id)
    plan = children.care_plan(session, child_id)
    child.has_medicine = bool(plan and plan.medicine) or children.has_course(session, child_id)
    session.flush()


# ---------------------------------------------------------------------------------------------------------------- doses
def give(session: Session, dose: MedicineDose) -> MedicineDose:
    """Keep a dose: given, refused, vomited or not given.

    Raises:
        Invalid: no name, no witness or the same person as both, no time, an amount that is none.
        UserError: the role may not, the course does not run that day or has ended, the 24 hours after the first dose at
            home are not over, the dose is entered already, or the moment lies in the future.

    Source: domain.md 2.9: given by a named person with a witness, logged at once; first dose at home 24 hours before.
    """
    roles.require(session, Right.DETAILS)
    course = _open(session, dose.course_id)
    _check_dose(session, course, dose)
    dose.entered_late = _is_late(dose)
    session.add(dose)
    session.flush()
    return dose


def correct(session: Session, dose_id: int, **values: Any) -> MedicineDose:
    """Correct a dose of a course that has not ended; the trail keeps what stood there.

    Raises:
        Invalid: see :func:`give`.
        UserError: see :func:`give`.
    """
    roles.require(session, Right.DETAILS)
    dose = _dose(session, dose_id)
    course = _open(session, dose.course_id)
    for name, value in values.items():
        setattr(dose, name, value)
    _check_dose(session, course, dose)
    session.flush()
    return dose


def take_back(session: Session, dose_id: int) -> None:
    """Take back a dose that was entered by mistake; the trail keeps it.

    Raises:
        UserError: the role may not, it is gone, or the course has ended.
    """
    roles.require(session, Right.DETAILS)
    dose = _dose(session, dose_id)
    _open(session, dose.course_id)
    session.delete(dose)
    session.flush()


def _check_dose(session: Session, course: MedicineCourse, dose: MedicineDose) -> None:
    moments.not_to_come(dose.day, dose.at)
    if not medicine_rules.covers(course, dose.day):
        raise UserError(
            _("The request is for {first} to {last}. For another day the parent must sign a new one.").format(
                first=course.first_day, last=course.last_day
            )
        )
    if dose.outcome is DoseOutcome.GIVEN and _refused(session, course.child_id, dose.day):
        raise UserError(_("The family took back that medicine is given here. Nothing may be given."))
    problems = _dose_problems(dose)
    if problems:
        raise Invalid(problems)
    _check_home(course, dose)
    same = [d for d in _doses(session, [course.id]) if d is not dose and (d.day, d.planned) == (dose.day, dose.planned)]
    if dose.planned and same:
        raise UserError(
            _("The dose of {time} is entered already. Correct that one.").format(time=f"{dose.planned:%H:%M}")
        )


def _dose_problems(dose: MedicineDose) -> dict[str, str]:
    problems: dict[str, str] = {}
    dose.given_by, dose.witness = " ".join(dose.given_by.split()), " ".join(dose.witness.split())
    if not dose.given_by:
        problems["given_by"] = _("Write who gave it, or who decided that it is not given.")
    if dose.outcome in _WITNESSED:
        if not dose.witness:
            problems["witness"] = _("A second adult watches every dose: write who.")
        elif plain(dose.witness) == plain(dose.given_by):
            problems["witness"] = _("The witness must be another person.")
        if dose.at is None and dose.day == clock.today():
            problems["at"] = _("Write when.")
    elif not dose.note.strip():
        problems["note"] = _("Write why it was not given.")
    return problems | _number_problems(dose)


def _number_problems(dose: MedicineDose) -> dict[str, str]:
    wrong = [name for name in ("amount", "counted") if (getattr(dose, name) or 0) < 0]
    return dict.fromkeys(wrong, _("Write a number from 0 up, or leave it empty."))


def _check_home(course: MedicineCourse, dose: MedicineDose) -> None:
    """Refuse a dose within 24 hours of the first one at home. Source: domain.md 2.9 [V]."""
    if dose.outcome is DoseOutcome.MISSED or course.home_dose_at is None or course.care_plan:
        return
    at = datetime.combine(dose.day, dose.at or dose.planned or time.max)
    if at < course.home_dose_at + HOME_DOSE:
        raise UserError(
            _("The first dose here may be given 24 hours after the first one at home: from {moment} on.").format(
                moment=f"{course.home_dose_at + HOME_DOSE:%Y-%m-%d %H:%M}"
            )
        )


def _is_late(dose: MedicineDose) -> bool:
    at = dose.at or dose.planned
    return dose.day < clock.today() or (at is not None and clock.now() - datetime.combine(dose.day, at) > LATE)


# -------------------------------------------------------------------------------------------------------------- reading
def of_season(session: Session, season: Season) -> list[Course]:
    """Return the requests of a season, running ones first; whoever shows them notes the reading.

    Raises:
        UserError: the role may not.
    """
    roles.require(session, Right.DETAILS)
    return _courses(session, MedicineCourse.season_id == season.id)


def of_child(session: Session, child_id: int) -> list[Course]:
    """Return a child's requests of all seasons; whoever shows them notes the reading.

    Raises:
        UserError: the role may not.
    """
    roles.require(session, Right.DETAILS)
    return _courses(session, MedicineCourse.child_id == child_id)


def get(session: Session, course_id: int) -> Course:
    """Return a request with its doses; whoever shows it notes the reading.

    Raises:
        UserError: the role may not, or it is gone.
    """
    roles.require(session, Right.DETAILS)
    found = _courses(session, MedicineCourse.id == course_id)
    if not found:
        raise UserError(_("This request is no longer there."))
    return found[0]


def _courses(session: Session, condition: Any) -> list[Course]:
    query = (
        select(MedicineCourse, Child)
        .join(Child, Child.id == MedicineCourse.child_id)
        .where(condition)
        .order_by(MedicineCourse.ended.is_not(None), MedicineCourse.first_day.desc(), MedicineCourse.id.desc())
    )
    rows = [(course, child) for course, child in session.execute(query)]
    doses: dict[int, list[MedicineDose]] = {}
    for dose in _doses(session, [course.id for course, _child in rows]):
        doses.setdefault(dose.course_id, []).append(dose)
    agreed = _consents(session, [child.id for _course, child in rows], clock.today())
    return [
        Course(course, child, tuple(ledger(course, doses.get(course.id, []))), child.id in agreed)
        for course, child in rows
    ]


def ledger(course: MedicineCourse, doses: list[MedicineDose]) -> list[Line]:
    """Reckon what remains after each dose; a count is the new beginning, and its difference is told once.

    Args:
        course: what was brought.
        doses: in the order they were given.
    """
    left, lines = course.brought, list[Line]()
    for dose in doses:
        if left is not None and dose.outcome in _TAKEN:
            left = left - dose.amount if dose.amount is not None else None
        difference = None if dose.counted is None or left is None else dose.counted - left
        lines.append(Line(dose, left, difference))
        if dose.counted is not None:
            left = dose.counted
    return lines


def _doses(session: Session, course_ids: list[int]) -> list[MedicineDose]:
    """Return doses in the order they were given; one without a time stands at its planned one."""
    found = session.scalars(select(MedicineDose).where(MedicineDose.course_id.in_(course_ids)))
    return sorted(found, key=lambda d: (d.day, d.at or d.planned or time.max, d.id))


def _consents(session: Session, child_ids: list[int], on: date) -> set[int]:
    """Return the children whose signed consent to give medicine holds on a day."""
    query = select(Consent).where(Consent.child_id.in_(child_ids), Consent.purpose == ConsentPurpose.MEDICINE)
    by_child: dict[int, list[Consent]] = {}
    for consent in session.scalars(query):
        by_child.setdefault(consent.child_id, []).append(consent)
    since = enrolments.renewed_after(session, on)
    return {n for n, found in by_child.items() if children.consents_to(found, ConsentPurpose.MEDICINE, on, since=since)}


def _open(session: Session, course_id: int) -> MedicineCourse:
    course = session.get(MedicineCourse, course_id)
    if course is None:
        raise UserError(_("This request is no longer there."))
    if course.ended is not None:
        raise UserError(_("This course has ended and was signed for; it can no longer be changed."))
    return course


def _dose(session: Session, dose_id: int) -> MedicineDose:
    dose = session.get(MedicineDose, dose_id)
    if dose is None:
        raise UserError(_("This dose has already been taken back."))
    return dose


roles.guard(globals(), Right.DETAILS, {})
