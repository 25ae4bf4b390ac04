"""The children, their families, and who may collect them."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label
from ccfs_desktop.models.masked import Masked
from ccfs_desktop.models.sealed import Sealed
from ccfs_desktop.models.worker import Sex, Worker


class BirthPrecision(Choice):
    """How well the birth date is known."""

    EXACT = "exact", N_("Exact")
    MONTH = "month", N_("Month known")
    ESTIMATED = "estimated", N_("Estimated")


class Relation(Choice):
    """What an adult is to the child."""

    MOTHER = "mother", N_("Mother")
    FATHER = "father", N_("Father")
    GRANDMOTHER = "grandmother", N_("Grandmother")
    GRANDFATHER = "grandfather", N_("Grandfather")
    SIBLING = "sibling", N_("Brother or sister")
    RELATIVE = "relative", N_("Other relative")
    GUARDIAN = "guardian", N_("Guardian")
    OTHER = "other", N_("Other")


class Child(Record, kw_only=True):
    """A worker's child."""

    __tablename__ = "child"

    name: Mapped[str] = mapped_column(Masked(120), info=label(N_("Name")))
    name_latin: Mapped[str] = mapped_column(
        Masked(120),
        default="",
        info=label(N_("Name in Latin letters"), help=N_("For auditors who read no other script.")),
    )
    nickname: Mapped[str] = mapped_column(Masked(60), default="", info=label(N_("Called")))
    sex: Mapped[Sex | None] = mapped_column(choice(Sex), default=None, info=label(N_("Sex")))
    birth_date: Mapped[date] = mapped_column(info=label(N_("Date of birth")))
    birth_precision: Mapped[BirthPrecision] = mapped_column(
        choice(BirthPrecision), default=BirthPrecision.EXACT, info=label(N_("Date of birth is"))
    )
    left_behind: Mapped[bool | None] = mapped_column(
        default=None, info=label(N_("Left-behind child"), help=N_("Lives away from the parents during the year."))
    )
    sleeps_where: Mapped[str] = mapped_column(
        String(120), default="", info=label(N_("Where the child sleeps"), help=N_("Dormitory room, rented room …"))
    )
    speaks: Mapped[str] = mapped_column(String(80), default="", info=label(N_("Language spoken")))
    school: Mapped[str] = mapped_column(String(80), default="", info=label(N_("School and grade")))
    alert: Mapped[str] = mapped_column(
        String(200),
        default="",
        info=label(
            N_("Allergy or emergency note"), help=N_("Everyone on duty sees this. Details belong in the care plan.")
        ),
    )
    self_leave: Mapped[bool] = mapped_column(default=False, info=label(N_("May leave alone (written permission)")))
    insurance: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Insurance")))
    note: Mapped[str] = mapped_column(String(500), default="", info=label(N_("Remark"), multiline=True))
    has_photo: Mapped[bool] = mapped_column(default=False)
    has_medicine: Mapped[bool] = mapped_column(default=False)
    has_care_plan: Mapped[bool] = mapped_column(default=False)
    erased_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Erased on")))
    """Since when nothing is known any more but what is counted: month of birth, sex, places and visits."""
    search: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(default="", index=True)


class Guardian(Record, kw_only=True):
    """A parent or other guardian, a worker of the factory or not. Siblings share guardians."""

    __tablename__ = "guardian"

    worker_id: Mapped[int | None] = mapped_column(ForeignKey("worker.id"), default=None, unique=True)
    name: Mapped[str] = mapped_column(Masked(120), info=label(N_("Guardian")))
    phone: Mapped[str] = mapped_column(Masked(40), default="", info=label(N_("Phone")))
    phone2: Mapped[str] = mapped_column(Masked(40), default="", info=label(N_("Second phone")))

    worker: Mapped[Worker | None] = relationship(lazy="raise", init=False, repr=False)


class Guardianship(Record, kw_only=True):
    """Who is a guardian of whom."""

    __tablename__ = "guardianship"
    __table_args__ = (UniqueConstraint("child_id", "guardian_id"),)

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"), index=True)
    relation: Mapped[Relation] = mapped_column(
        choice(Relation), default=Relation.GUARDIAN, info=label(N_("Relationship"))
    )
    custody_note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Custody note")))

    guardian: Mapped[Guardian] = relationship(lazy="raise", init=False, repr=False)


class PickupAdult(Record, kw_only=True):
    """An adult who may collect the child, or must not. Source: domain.md 2.8 rules 4 and 5."""

    __tablename__ = "pickup_adult"

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    name: Mapped[str] = mapped_column(Masked(120), info=label(N_("Authorised pick-up person")))
    relation: Mapped[str] = mapped_column(String(60), default="", info=label(N_("Relationship")))
    phone: Mapped[str] = mapped_column(Masked(40), default="", info=label(N_("Phone")))
    id_tail: Mapped[str] = mapped_column(String(8), default="", info=label(N_("Last digits of ID")))
    forbidden: Mapped[bool] = mapped_column(default=False, info=label(N_("Must not collect")))
    only_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Only on this day")))
    ended_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Withdrawn on")))


class Contact(Record, kw_only=True):
    """Whom to call in an emergency, in this order."""

    __tablename__ = "contact"

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    name: Mapped[str] = mapped_column(Masked(120), info=label(N_("Emergency contact")))
    relation: Mapped[str] = mapped_column(String(60), default="", info=label(N_("Relationship")))
    phone: Mapped[str] = mapped_column(Masked(40), default="", info=label(N_("Phone")))
    rank: Mapped[int] = mapped_column(default=1, info=label(N_("Order")))


class CarePlan(Record, kw_only=True):
    """Health and care of one child: sealed, read only by those who hold the sensitive key."""

    __tablename__ = "care_plan"

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), unique=True)
    conditions: Mapped[str | None] = mapped_column(
        Sealed, default=None, info=label(N_("Allergies and illnesses"), multiline=True)
    )
    medicine: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Medicine"), multiline=True))
    diet: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Diet and religion"), multiline=True))
    plan: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("What to do"), multiline=True))
    doctor: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Doctor or hospital")))
    habits: Mapped[str | None] = mapped_column(
        Sealed, default=None, info=label(N_("Habits, fears, nap, toilet"), multiline=True)
    )
    declared_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Health declared on")))


class ConsentPurpose(Choice):
    """What a guardian is asked to agree to. Source: domain.md 8.4, parts A to I."""

    AGREEMENT = "agreement", N_("Rules and custody agreement")
    EMERGENCY = "emergency", N_("Emergency treatment and transport")
    DATA = "data", N_("Collection and use of the child's data")
    HEALTH_DATA = "health-data", N_("Use of health data")
    PHOTO_INTERNAL = "photo-internal", N_("Photos for internal use")
    PHOTO_EXTERNAL = "photo-external", N_("Photos for reports and media")
    OUTINGS = "outings", N_("Outings")
    WORKSHOP = "workshop", N_("Workshop tour")
    MEDICINE = "medicine", N_("Medicine plan")
    SURVEY = "survey", N_("Survey of the child")
    SELF_LEAVE = "self-leave", N_("Collected by an older sibling, or leaves alone")


class Consent(Record, kw_only=True):
    """What a guardian agreed to or refused, in which wording, and when it was withdrawn."""

    __tablename__ = "consent"

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    purpose: Mapped[ConsentPurpose] = mapped_column(choice(ConsentPurpose), info=label(N_("Purpose")))
    given: Mapped[bool] = mapped_column(info=label(N_("Given")))
    wording: Mapped[str] = mapped_column(String(20), default="", info=label(N_("Version of the wording")))
    language: Mapped[str] = mapped_column(String(8), default="", info=label(N_("Language")))
    signed_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Signed on")))
    signed_by: Mapped[str] = mapped_column(Masked(120), default="", info=label(N_("Signed by")))
    withdrawn_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Withdrawn on")))


class Photo(Record, kw_only=True):
    """A child's photo, re-encoded without hidden data, at most 1,024 pixels on its longer side."""

    __tablename__ = "photo"

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), unique=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary, repr=False)
