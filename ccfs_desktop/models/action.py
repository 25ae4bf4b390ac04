"""Corrective actions, in the shape of the auditors' own plan (CAP). Source: domain.md 8.20."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label
from ccfs_desktop.models.check import Proof, Severity


class Source(Choice):
    """Where an action comes from. Source: domain.md 8.20."""

    CHECK = "check", N_("Safety check")
    INCIDENT = "incident", N_("Incident")
    SIGHTING = "sighting", N_("Child in production")
    AUDIT = "audit", N_("Audit")
    SURVEY = "survey", N_("Survey")
    HAND = "hand", N_("Noticed")


class Stage(Choice):
    """How far an action is. Source: domain.md 8.20; the effectiveness check after 30 days: product.md 4.6."""

    OPEN = "open", N_("Open")
    IN_PROGRESS = "in-progress", N_("In progress")
    DONE = "done", N_("Done, to be verified")
    VERIFIED = "verified", N_("Verified")
    """Waits for its effectiveness check."""
    CLOSED = "closed", N_("Closed")
    NO_ACTION = "no-action", N_("No action, with grounds")


class Verification(Choice):
    """How it was verified."""

    DESK = "desk", N_("By papers and photos")
    ON_SITE = "on-site", N_("On the spot")


class Repeat(Choice):
    """Whether it was known before."""

    NEW = "new", N_("New")
    CARRIED_OVER = "carried-over", N_("Carried over")
    REPEAT = "repeat", N_("Repeat")


class Step(Choice):
    """What was said on an action's way. Which of them need a signature: services/action_stages.py."""

    DONE = "done", N_("Said to be done")
    TAKEN_BACK = "taken-back", N_("Not done yet after all")
    VERIFIED = "verified", N_("Verified")
    REFUSED = "refused", N_("Verification failed")
    EFFECTIVE = "effective", N_("Found to work")
    NOT_EFFECTIVE = "not-effective", N_("Found not to work, opened again")
    PROPOSED = "proposed", N_("No action proposed")
    AGREED = "agreed", N_("No action agreed")
    NOT_AGREED = "not-agreed", N_("No action refused")
    NEW_DAY = "new-day", N_("Another day set")


class Action(Record, kw_only=True):
    """Something found, and how it is put right for good. Once closed it is frozen."""

    __tablename__ = "action"
    __table_args__ = (UniqueConstraint("number"),)

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), index=True)
    number: Mapped[str] = mapped_column(String(16), info=label(N_("Number")))
    """``CA-2017-004``; never given twice."""
    source: Mapped[Source] = mapped_column(choice(Source), info=label(N_("Source")))
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"), default=None, index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), default=None)
    sighting_id: Mapped[int | None] = mapped_column(ForeignKey("sighting.id"), default=None)
    reference: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Reference")))
    """Such as the audit's report number, or the survey."""
    item: Mapped[str] = mapped_column(String(16), default="", info=label(N_("Item")))
    finding: Mapped[str] = mapped_column(String(500), info=label(N_("Finding"), multiline=True))
    severity: Mapped[Severity] = mapped_column(choice(Severity), info=label(N_("Severity")))
    repeat: Mapped[Repeat] = mapped_column(choice(Repeat), default=Repeat.NEW, info=label(N_("Known before")))
    before_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), default=None)
    """The earlier action on the same thing, for one that is carried over or comes back."""
    found_on: Mapped[date] = mapped_column(info=label(N_("Found on")))
    due: Mapped[date] = mapped_column(info=label(N_("Due")))
    immediate: Mapped[str] = mapped_column(String(500), default="", info=label(N_("Done at once"), multiline=True))
    why1: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Why did it happen?")))
    why2: Mapped[str] = mapped_column(String(300), default="", info=label(N_("And why was that?")))
    why3: Mapped[str] = mapped_column(String(300), default="", info=label(N_("And why was that?")))
    why4: Mapped[str] = mapped_column(String(300), default="", info=label(N_("And why was that?")))
    why5: Mapped[str] = mapped_column(String(300), default="", info=label(N_("And why was that?")))
    root_cause: Mapped[str] = mapped_column(String(500), default="", info=label(N_("Root cause"), multiline=True))
    correction: Mapped[str] = mapped_column(
        String(500), default="", info=label(N_("Correction"), help=N_("What puts it right now."), multiline=True)
    )
    prevention: Mapped[str] = mapped_column(
        String(500), default="",
        info=label(N_("Prevention"), help=N_("What keeps it from coming back."), multiline=True),
    )  # fmt: skip
    owner: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Responsible")))
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.OPEN, info=label(N_("Status")))
    grounds: Mapped[str] = mapped_column(String(500), default="", info=label(N_("Grounds for no action")))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime]
    done_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Done on")))
    done_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Done by")))
    done_user: Mapped[str] = mapped_column(String(120), default="")
    """Whose sign-in said that it is done; somebody else verifies."""
    verified_how: Mapped[Verification | None] = mapped_column(
        choice(Verification), default=None, info=label(N_("Verified how"))
    )
    verified_name: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Verified by")))
    verified_role: Mapped[str] = mapped_column(String(80), default="")
    verified_user: Mapped[str] = mapped_column(String(120), default="")
    verified_at: Mapped[datetime | None] = mapped_column(default=None, info=label(N_("Verified at")))
    verified_word: Mapped[str] = mapped_column(String(500), default="", info=label(N_("What was seen")))
    verified_proof: Mapped[Proof | None] = mapped_column(choice(Proof), default=None)
    check_due: Mapped[date | None] = mapped_column(default=None, info=label(N_("Effectiveness check due")))
    effective: Mapped[bool | None] = mapped_column(default=None, info=label(N_("Effective")))
    effective_name: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Checked by")))
    effective_user: Mapped[str] = mapped_column(String(120), default="")
    effective_at: Mapped[datetime | None] = mapped_column(default=None)
    effective_word: Mapped[str] = mapped_column(String(500), default="", info=label(N_("What the check showed")))
    effective_proof: Mapped[Proof | None] = mapped_column(choice(Proof), default=None)
    frozen: Mapped[bool] = mapped_column(default=False)


class Evidence(Record, kw_only=True):
    """A photo (re-encoded) or PDF that shows how it was before, or how it is after. It never disappears."""

    __tablename__ = "evidence"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    after: Mapped[bool] = mapped_column(info=label(N_("After")))
    name: Mapped[str] = mapped_column(String(120), info=label(N_("File")))
    kind: Mapped[str] = mapped_column(String(8))
    """``jpeg`` or ``pdf``."""
    content: Mapped[bytes] = mapped_column(LargeBinary, repr=False, info={"hashed": True})
    caption: Mapped[str] = mapped_column(String(200), default="", info=label(N_("What it shows")))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    frozen: Mapped[bool] = mapped_column(default=False)


class ActionStep(Record, kw_only=True):
    """What somebody said or signed on an action's way. It is never changed."""

    __tablename__ = "action_step"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    step: Mapped[Step] = mapped_column(choice(Step), info=label(N_("Step")))
    name: Mapped[str] = mapped_column(String(120), info=label(N_("Name")))
    role: Mapped[str] = mapped_column(String(80), default="", info=label(N_("Role")))
    user: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    word: Mapped[str] = mapped_column(String(500), default="", info=label(N_("What was said"), multiline=True))
    proof: Mapped[Proof | None] = mapped_column(choice(Proof), default=None)
    """None where nothing was signed."""
    frozen: Mapped[bool] = mapped_column(default=True)
