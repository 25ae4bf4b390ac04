"""Incidents and accidents: the event, one report for each child in it, what was added later, and the papers.

What is written about a child's body or behaviour is sealed; place, kind and severity are not, so that they can be
counted. A safeguarding concern is never an incident: it has its own track, ``models.concern``. Source: domain.md 8.8.
"""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label
from ccfs_desktop.models.check import Proof
from ccfs_desktop.models.sealed import Sealed


class Place(Choice):
    """Where it happened. Source: domain.md 8.8."""

    ROOM = "room", N_("Room of the space")
    TOILET = "toilet", N_("Toilet")
    YARD = "yard", N_("Yard or playground")
    CANTEEN = "canteen", N_("Canteen")
    DORMITORY = "dormitory", N_("Dormitory")
    PRODUCTION = "production", N_("Production area")
    VEHICLE = "vehicle", N_("Vehicle or on the way")
    OTHER = "other", N_("Elsewhere")


class Kind(Choice):
    """What kind of incident. Source: domain.md 8.8."""

    INJURY = "injury", N_("Injury")
    ILLNESS = "illness", N_("Illness")
    ALLERGY = "allergy", N_("Allergic reaction")
    BEHAVIOUR = "behaviour", N_("Behaviour")
    MISSING = "missing", N_("Child missing or found")
    UNAUTHORISED = "unauthorised", N_("Unauthorised pick-up")
    LATE = "late", N_("Late or not collected")
    PRODUCTION = "production", N_("Child in production")
    PROPERTY = "property", N_("Damage to property")
    NEAR_MISS = "near-miss", N_("Near miss")
    FIRE = "fire", N_("Fire")


class Incident(Record, kw_only=True):
    """One event. Once signed it is frozen: what is learnt later is an addendum."""

    __tablename__ = "incident"
    __table_args__ = (UniqueConstraint("number"), Index("ix_incident_day", "day"))

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    number: Mapped[str] = mapped_column(String(16), info=label(N_("Number")))
    """Year and running number: ``2017-004``. A number is never given twice."""
    kind: Mapped[Kind] = mapped_column(choice(Kind), info=label(N_("Kind")))
    place: Mapped[Place] = mapped_column(choice(Place), info=label(N_("Place")))
    place_detail: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Where exactly")))
    day: Mapped[date] = mapped_column(info=label(N_("Day")))
    at: Mapped[time | None] = mapped_column(default=None, info=label(N_("Time")))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("room_group.id"), default=None, info=label(N_("Group")))
    severity: Mapped[int] = mapped_column(default=-1, info=label(N_("Severity")))
    """0 near miss, 1 first aid, 2 clinic, 3 hospital, 4 permanent or fatal: the worst of its children's reports; -1
    while nobody has judged it."""
    reported_at: Mapped[datetime] = mapped_column(info=label(N_("Reported at")))
    reported_by: Mapped[str] = mapped_column(String(120), info=label(N_("Reported by")))
    told: Mapped[bytes | None] = mapped_column(LargeBinary, default=None, repr=False, info={"hashed": True})
    """What somebody without the sensitive key wrote when reporting, put through ``services.letters``."""
    described: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("What happened"), multiline=True))
    staff_in_charge: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Staff in charge")))
    witnesses: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Witnesses")))
    children_then: Mapped[int | None] = mapped_column(default=None, info=label(N_("Children present")))
    adults_then: Mapped[int | None] = mapped_column(default=None, info=label(N_("Adults who counted")))
    needed_then: Mapped[int | None] = mapped_column(default=None, info=label(N_("Adults needed")))
    """These three as register and duty list said when it was signed; until then they are reckoned anew."""
    why1: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Why did it happen?")))
    why2: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("And why was that?")))
    why3: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("And why was that?")))
    why4: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("And why was that?")))
    why5: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("And why was that?")))
    root_cause: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Root cause"), multiline=True))
    told_authority: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Authority informed")))
    told_insurer: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Insurer informed")))
    told_brand: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Brand informed")))
    discarded: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Discarded because")))
    """Why it was thrown away unsigned, and by whom: its number stays in the register."""
    frozen: Mapped[bool] = mapped_column(default=False)
    signed_name: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Signed by")))
    signed_role: Mapped[str] = mapped_column(String(80), default="", info=label(N_("Role")))
    signed_user: Mapped[str] = mapped_column(String(120), default="")
    signed_at: Mapped[datetime | None] = mapped_column(default=None, info=label(N_("Signed at")))
    proof: Mapped[Proof | None] = mapped_column(choice(Proof), default=None)
    approved_name: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Countersigned by")))
    approved_role: Mapped[str] = mapped_column(String(80), default="")
    approved_user: Mapped[str] = mapped_column(String(120), default="")
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_word: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Manager's comment")))


class IncidentChild(Record, kw_only=True):
    """The report on one child of an event; the others of it are never named in it."""

    __tablename__ = "incident_child"
    __table_args__ = (UniqueConstraint("incident_id", "child_id"), {"info": {"secret": True}})

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    severity: Mapped[int] = mapped_column(default=-1, info=label(N_("Severity")))
    part: Mapped[str | None] = mapped_column(
        Sealed, default=None, info=label(N_("This child's part in it"), multiline=True)
    )
    injury: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Injury or signs"), multiline=True))
    marks: Mapped[str | None] = mapped_column(Sealed, default=None)
    """The body map: JSON list of ``[side, x, y, kind]``, side ``front`` or ``back``, x and y in thousandths."""
    temperature: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Temperature (°C)")))
    first_aid: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("First aid given")))
    first_aid_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("First aid by")))
    medicine: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Medicine given")))
    clinic: Mapped[str | None] = mapped_column(Sealed, default=None, info=label(N_("Clinic or hospital")))
    parent_told_day: Mapped[date | None] = mapped_column(default=None, info=label(N_("Parent informed on")))
    parent_told_at: Mapped[time | None] = mapped_column(default=None, info=label(N_("at")))
    parent_told_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Informed by")))
    parent_told_who: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Who was informed")))
    parent_told_how: Mapped[str] = mapped_column(String(60), default="", info=label(N_("How")))
    parent_comment: Mapped[str | None] = mapped_column(
        Sealed, default=None, info=label(N_("What the parent said"), multiline=True)
    )
    parent_signed_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Parent signed on")))
    hidden: Mapped[str] = mapped_column(String(300), default="")
    """Fields left out of the parent's copy, comma-separated column names."""
    frozen: Mapped[bool] = mapped_column(default=False)


class IncidentAddendum(Record, kw_only=True):
    """What was learnt after signing."""

    __tablename__ = "incident_addendum"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    incident_child_id: Mapped[int | None] = mapped_column(ForeignKey("incident_child.id"), default=None)
    """The child it speaks of; empty when it is about the event."""
    words: Mapped[str | None] = mapped_column(Sealed, info=label(N_("Addendum"), multiline=True))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    frozen: Mapped[bool] = mapped_column(default=True)


class IncidentFile(Record, kw_only=True):
    """A photo (re-encoded) or PDF kept with an incident; its bytes went through ``services.letters``."""

    __tablename__ = "incident_file"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    incident_child_id: Mapped[int | None] = mapped_column(ForeignKey("incident_child.id"), default=None)
    name: Mapped[str] = mapped_column(String(120), info=label(N_("File")))
    kind: Mapped[str] = mapped_column(String(8))
    """``jpeg`` or ``pdf``."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary, repr=False, info={"hashed": True})
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    frozen: Mapped[bool] = mapped_column(default=False)
