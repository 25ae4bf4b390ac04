"""Data protection: what must not be erased yet, what was erased, what was given to whom. Source: security.md 5."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label
from ccfs_desktop.models.sealed import Sealed


class Grounds(Choice):
    """Why something is erased."""

    TIME_OVER = "time-over", N_("Its time is over")
    REQUEST = "request", N_("The guardian asked for it")
    WITHDRAWN = "withdrawn", N_("Consent was withdrawn")
    OTHER = "other", N_("Another reason")


class Basis(Choice):
    """On which ground something was given to others. Source: security.md 5, disclosure log."""

    ACCESS = "access", N_("The guardian's right to a copy")
    CONSENT = "consent", N_("Consent of the guardian")
    CONTRACT = "contract", N_("Audit agreed in a contract")
    LAW = "law", N_("Ordered by law or an authority")
    EMERGENCY = "emergency", N_("To protect life or health")
    OTHER = "other", N_("Another ground")


class RetentionChange(Record, kw_only=True):
    """How long this office keeps a kind of record, where it differs from what is proposed. The newest counts."""

    __tablename__ = "retention_change"

    category: Mapped[str] = mapped_column(String(24), index=True)
    """Code of a category in ``resources/retention``."""
    months: Mapped[int] = mapped_column(info=label(N_("Months")))
    days: Mapped[int] = mapped_column(default=0, info=label(N_("Days")))
    """Added to the months."""
    reason: Mapped[str] = mapped_column(String(300), info=label(N_("Reason"), multiline=True))
    by: Mapped[str] = mapped_column(String(120), info=label(N_("By")))
    at: Mapped[datetime] = mapped_column(info=label(N_("When")))


class LegalHold(Record, kw_only=True):
    """What must not be erased for the time being, although its time is over: a dispute, an inquiry."""

    __tablename__ = "legal_hold"

    child_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"), default=None, index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), default=None)
    """One of the two."""
    reason: Mapped[str] = mapped_column(String(300), info=label(N_("Reason"), multiline=True))
    by: Mapped[str] = mapped_column(String(120), info=label(N_("Held by")))
    at: Mapped[datetime] = mapped_column(info=label(N_("Since")))
    released_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Released by")))
    released_at: Mapped[datetime | None] = mapped_column(default=None, info=label(N_("Released at")))
    release_reason: Mapped[str] = mapped_column(
        String(300), default="", info=label(N_("Why it was released"), multiline=True)
    )


class ErasureProposal(Record, kw_only=True):
    """That a child's data should be erased, proposed by who may not erase; the HR officer does it or says why not."""

    __tablename__ = "erasure_proposal"

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300), info=label(N_("Reason"), multiline=True))
    by: Mapped[str] = mapped_column(String(120), info=label(N_("Proposed by")))
    at: Mapped[datetime] = mapped_column(info=label(N_("When")))
    declined_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Declined by")))
    declined_at: Mapped[datetime | None] = mapped_column(default=None, info=label(N_("Declined at")))
    decline_reason: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Why not"), multiline=True))


WHOLE = "child"
"""Category of the disposal of everything about a child."""


class Disposal(Record, kw_only=True):
    """The record of an erasure: what, how much, why, by whom. It names nobody whose data was erased."""

    __tablename__ = "disposal"
    __table_args__ = (UniqueConstraint("number"),)

    number: Mapped[str] = mapped_column(String(16), info=label(N_("Number")))
    """``D-2017-003``; never given twice."""
    category: Mapped[str] = mapped_column(String(24))
    """Code of a category in ``resources/retention``, or ``child`` for everything about a child."""
    child_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"), default=None)
    subject: Mapped[str] = mapped_column(String(200), info=label(N_("About")))
    """Such as the child's number and season; never a name."""
    day: Mapped[date] = mapped_column(info=label(N_("Day")))
    at: Mapped[datetime] = mapped_column(info=label(N_("When")))
    grounds: Mapped[Grounds] = mapped_column(choice(Grounds), info=label(N_("Why")))
    reason: Mapped[str] = mapped_column(String(300), default="", info=label(N_("In words"), multiline=True))
    by: Mapped[str] = mapped_column(String(120), info=label(N_("Erased by")))
    approved_by: Mapped[str] = mapped_column(String(160), info=label(N_("Approved by")))
    erased: Mapped[str] = mapped_column(default="{}")
    """JSON: what → how many."""
    stays: Mapped[str] = mapped_column(default="[]")
    """JSON: list of what stays, how many, until when (or empty)."""
    documents: Mapped[str] = mapped_column(default="[]")
    """JSON: numbers of issued documents whose file was erased because it named the child."""
    backups: Mapped[str] = mapped_column(default="[]")
    """JSON: list of the backups' file names that still hold the data, and until when at the latest."""
    backups_until: Mapped[date | None] = mapped_column(default=None, info=label(N_("In backups until")))
    kept_name: Mapped[str | None] = mapped_column(Sealed, default=None)
    """The child's name, sealed, as long as a report of an incident must be kept that is about this child."""
    kept_until: Mapped[date | None] = mapped_column(default=None, info=label(N_("Name sealed until")))


class Disclosure(Record, kw_only=True):
    """Personal data that left the office: to whom, what for, on which ground, which fields."""

    __tablename__ = "disclosure"

    child_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"), default=None, index=True)
    """Of one child; empty for several or all."""
    at: Mapped[datetime] = mapped_column(info=label(N_("When")))
    recipient: Mapped[str] = mapped_column(String(120), info=label(N_("To whom")))
    purpose: Mapped[str] = mapped_column(String(200), info=label(N_("What for")))
    basis: Mapped[Basis] = mapped_column(choice(Basis), info=label(N_("Legal basis")))
    subjects: Mapped[str] = mapped_column(String(200), default="", info=label(N_("About whom")))
    fields: Mapped[str] = mapped_column(String(500), info=label(N_("Which data"), multiline=True))
    sha256: Mapped[str] = mapped_column(String(64), default="", info=label(N_("SHA-256 of the package")))
    """Of what was handed over, hexadecimal; empty when it was told or shown."""
    automatic: Mapped[bool] = mapped_column(default=False)
    """Whether the program entered it itself."""
    by: Mapped[str] = mapped_column(String(120), info=label(N_("Given by")))


class SeasonTally(Record, kw_only=True):
    """What can no longer be counted from a season's records since children of it were erased. Added to its figures."""

    __tablename__ = "season_tally"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), unique=True)
    parents: Mapped[int] = mapped_column(default=0)
    """Workers who took part and are no longer linked to any child of the season."""
    couples: Mapped[int] = mapped_column(default=0)
    """Children of two workers whose links are gone."""
