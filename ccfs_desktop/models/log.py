"""The logs of the space: visitors, medicine, health, drills, first aid, food. Source: domain.md 8.10-8.15."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label
from ccfs_desktop.models.sealed import Sealed


class Visitor(Record, kw_only=True):
    """Somebody who is neither child, parent nor staff, in the space. Source: domain.md 8.10."""

    __tablename__ = "visitor"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(index=True, info=label(N_("Day")))
    name: Mapped[str] = mapped_column(String(120), info=label(N_("Name")))
    organisation: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Organisation")))
    purpose: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Purpose")))
    host: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Host")))
    id_seen: Mapped[bool] = mapped_column(default=False, info=label(N_("ID seen")))
    rules_read: Mapped[bool] = mapped_column(default=False, info=label(N_("Rules read")))
    photos_allowed: Mapped[bool] = mapped_column(default=False, info=label(N_("Photos allowed")))
    came: Mapped[time | None] = mapped_column(default=None, info=label(N_("In")))
    left: Mapped[time | None] = mapped_column(default=None, info=label(N_("Out")))
    gone: Mapped[bool] = mapped_column(default=False)
    """Left, though nobody may have written when."""
    note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Remark")))
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))


class MedicineEnd(Choice):
    """What became of the rest."""

    RETURNED = "returned", N_("Returned to the parent")
    DESTROYED = "destroyed", N_("Destroyed")
    USED_UP = "used-up", N_("Used up")


class MedicineCourse(Record, kw_only=True):
    """A written request to give a child a medicine, for one course. Source: domain.md 2.9 and 8.11."""

    __tablename__ = "medicine_course"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    medicine: Mapped[str | None] = mapped_column(Sealed, info=label(N_("Medicine")))
    form: Mapped[str] = mapped_column(String(40), default="", info=label(N_("Form")))
    strength: Mapped[str] = mapped_column(String(40), default="", info=label(N_("Strength")))
    dose: Mapped[str] = mapped_column(String(60), info=label(N_("Dose")))
    route: Mapped[str] = mapped_column(String(40), default="", info=label(N_("Route")))
    times: Mapped[str] = mapped_column(String(60), default="", info=label(N_("Times"), help=N_("Such as 09:00, 15:00")))
    """Comma-separated ``HH:MM``; empty when it is given only when needed, by the care plan."""
    reason: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Reason")))
    prescribed_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Prescribed by")))
    authorised_by: Mapped[str] = mapped_column(String(120), info=label(N_("Authorised by (parent)")))
    authorised_on: Mapped[date] = mapped_column(info=label(N_("Authorised on")))
    first_day: Mapped[date] = mapped_column(info=label(N_("First day")))
    last_day: Mapped[date] = mapped_column(info=label(N_("Last day")))
    storage: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Storage")))
    home_dose_at: Mapped[datetime | None] = mapped_column(default=None, info=label(N_("First dose at home")))
    original_packaging: Mapped[bool] = mapped_column(default=False, info=label(N_("In its original packaging")))
    care_plan: Mapped[bool] = mapped_column(default=False, info=label(N_("Part of a care plan (asthma, allergy)")))
    brought: Mapped[int | None] = mapped_column(default=None, info=label(N_("How many were brought")))
    unit: Mapped[str] = mapped_column(
        String(20), default="", info=label(N_("Counted in"), help=N_("Such as tablets, ml"))
    )
    ended: Mapped[MedicineEnd | None] = mapped_column(choice(MedicineEnd), default=None, info=label(N_("The rest")))
    ended_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("On")))
    ended_count: Mapped[int | None] = mapped_column(default=None, info=label(N_("How many were left")))
    ended_signed: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Parent who signed")))


class DoseOutcome(Choice):
    """What became of a dose. Source: domain.md 8.11."""

    GIVEN = "given", N_("Dose given")
    REFUSED = "refused", N_("Refused")
    VOMITED = "vomited", N_("Vomited")
    MISSED = "missed", N_("Not given")


class MedicineDose(Record, kw_only=True):
    """One dose, given before a witness and logged at once. Source: domain.md 2.9 and 8.11."""

    __tablename__ = "medicine_dose"

    course_id: Mapped[int] = mapped_column(ForeignKey("medicine_course.id"), index=True)
    day: Mapped[date] = mapped_column(info=label(N_("Day")))
    at: Mapped[time | None] = mapped_column(default=None, info=label(N_("Time")))
    planned: Mapped[time | None] = mapped_column(default=None, info=label(N_("Planned for")))
    amount: Mapped[int | None] = mapped_column(default=None, info=label(N_("Amount")))
    """In the course's unit, for the count of what remains."""
    outcome: Mapped[DoseOutcome] = mapped_column(choice(DoseOutcome), info=label(N_("Outcome")))
    given_by: Mapped[str] = mapped_column(String(120), info=label(N_("Given by")))
    witness: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Witness")))
    counted: Mapped[int | None] = mapped_column(default=None, info=label(N_("Counted as remaining")))
    note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Remark")))
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))


class HealthDecision(Choice):
    """What was decided about a child with signs of illness. Source: domain.md 2.9."""

    STAYS = "stays", N_("Stays, watched")
    NOT_ADMITTED = "not-admitted", N_("Not admitted")
    SENT_HOME = "sent-home", N_("Sent home")
    TO_CLINIC = "to-clinic", N_("To the clinic")


class HealthNote(Record, kw_only=True):
    """Signs of illness in one child, and when it may come back. Source: domain.md 2.9 and 8.12."""

    __tablename__ = "health_note"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    day: Mapped[date] = mapped_column(index=True, info=label(N_("Day")))
    noticed: Mapped[time | None] = mapped_column(default=None, info=label(N_("Noticed at")))
    signs: Mapped[str | None] = mapped_column(Sealed, info=label(N_("Signs")))
    """Comma-separated codes of ``services.health``."""
    words: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("In words"), multiline=True))
    temperature: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Temperature (°C)")))
    isolated: Mapped[bool] = mapped_column(default=False, info=label(N_("Kept apart")))
    decision: Mapped[HealthDecision] = mapped_column(choice(HealthDecision), info=label(N_("Decision")))
    decided_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Decided by")))
    parent_called: Mapped[time | None] = mapped_column(default=None, info=label(N_("Parent called at")))
    parent_came: Mapped[time | None] = mapped_column(default=None, info=label(N_("Parent came at")))
    advice: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Advice given")))
    away: Mapped[bool] = mapped_column(default=False)
    """Whether the child must stay away until ``back_from``, or until it was cleared; read at the door by everybody."""
    back_from: Mapped[datetime | None] = mapped_column(default=None, info=label(N_("May come back from")))
    note_needed: Mapped[bool] = mapped_column(default=False, info=label(N_("Doctor's note needed")))
    note_seen: Mapped[bool] = mapped_column(default=False, info=label(N_("Doctor's note seen")))
    back_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Came back on")))
    back_word: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Admitted again by, because")))
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))


class DrillKind(Choice):
    """What is practised. Source: domain.md 3.6, DRL02."""

    EVACUATION = "evacuation", N_("Evacuation")
    SHELTER = "shelter", N_("Shelter")
    LOCKDOWN = "lockdown", N_("Lockdown")


class Drill(Record, kw_only=True):
    """A drill's head-count against the register of that moment. What else is asked stands in its check (list DRL)."""

    __tablename__ = "drill"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    check_id: Mapped[int | None] = mapped_column(ForeignKey("safety_check.id"), default=None)
    day: Mapped[date] = mapped_column(index=True, info=label(N_("Day")))
    at: Mapped[time] = mapped_column(info=label(N_("Began at")))
    kind: Mapped[DrillKind] = mapped_column(choice(DrillKind), default=DrillKind.EVACUATION, info=label(N_("Kind")))
    announced: Mapped[bool] = mapped_column(default=False, info=label(N_("Announced")))
    seconds: Mapped[int | None] = mapped_column(default=None, info=label(N_("Seconds until all were there")))
    children_register: Mapped[int] = mapped_column(info=label(N_("Children by the register")))
    children_counted: Mapped[int | None] = mapped_column(default=None, info=label(N_("Children counted")))
    adults_register: Mapped[int] = mapped_column(info=label(N_("Adults by the duty list")))
    adults_counted: Mapped[int | None] = mapped_column(default=None, info=label(N_("Adults counted")))
    visitors_register: Mapped[int] = mapped_column(default=0, info=label(N_("Visitors by the log")))
    visitors_counted: Mapped[int | None] = mapped_column(default=None, info=label(N_("Visitors counted")))
    missing: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Who was missing, and where found")))
    leader: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Led by")))
    problems: Mapped[str] = mapped_column(String(500), default="", info=label(N_("Problems"), multiline=True))
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))


class FoodEntry(Record, kw_only=True):
    """A meal served. Source: domain.md 8.15."""

    __tablename__ = "food_entry"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(index=True, info=label(N_("Day")))
    meal: Mapped[str] = mapped_column(String(40), info=label(N_("Meal")))
    menu: Mapped[str] = mapped_column(String(300), info=label(N_("Menu")))
    supplier: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Supplier")))
    tenths: Mapped[int | None] = mapped_column(default=None, info=label(N_("Temperature (°C)")))
    """Tenths of a degree when served."""
    sample_kept: Mapped[bool] = mapped_column(default=False, info=label(N_("Sample kept")))
    sample_gone_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Sample thrown away on")))
    allergies: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Allergies served")))
    signed_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Signed by")))
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))


class KitItem(Record, kw_only=True):
    """What must be in a first-aid kit, what is in it, and until when it keeps. Source: domain.md 3.10."""

    __tablename__ = "kit_item"

    kit: Mapped[str] = mapped_column(String(80), info=label(N_("First-aid kit")))
    item: Mapped[str] = mapped_column(String(120), info=label(N_("Content")))
    wanted: Mapped[int] = mapped_column(default=1, info=label(N_("At least")))
    count: Mapped[int | None] = mapped_column(default=None, info=label(N_("There are")))
    expires: Mapped[date | None] = mapped_column(default=None, info=label(N_("Good until")))
    checked_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Checked on")))
    checked_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Checked by")))
    gone: Mapped[bool] = mapped_column(default=False)
    """No longer part of the kit."""


class FirstAidUse(Record, kw_only=True):
    """First aid given, and what was taken out of the kit. Source: domain.md 8.14."""

    __tablename__ = "first_aid_use"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(index=True, info=label(N_("Day")))
    at: Mapped[time | None] = mapped_column(default=None, info=label(N_("Time")))
    child_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"), default=None)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), default=None)
    injury: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Injury")))
    items: Mapped[str] = mapped_column(String(300), default="", info=label(N_("What was used")))
    """Words for people; ``services.kit`` takes the counted ones off the kit."""
    by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Given by")))
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))
