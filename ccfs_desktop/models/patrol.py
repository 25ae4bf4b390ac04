"""Walks through the production areas, and the children who were found there. Source: domain.md 8.9."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label


class FoundBy(Choice):
    """Who found a child in production. Source: domain.md 8.9."""

    PATROL = "patrol", N_("Patrol")
    GUARD = "guard", N_("Guard")
    SUPERVISOR = "supervisor", N_("Supervisor")
    AUDITOR = "auditor", N_("Auditor")
    OTHER = "other", N_("Somebody else")


class Doing(Choice):
    """What the child was doing. Source: domain.md 8.9."""

    WAITING = "waiting", N_("Just waiting")
    PLAYING = "playing", N_("Playing")
    HELPING = "helping", N_("Helping with work")
    PASSING = "passing", N_("Passing through")
    OTHER = "other", N_("Something else")


class SightingAction(Choice):
    """What was done at once. Source: domain.md 8.9."""

    TO_SPACE = "to-space", N_("Taken to the space")
    SENT_HOME = "sent-home", N_("Sent home with an adult")
    TO_PARENT = "to-parent", N_("Handed to the parent outside production")
    OTHER = "other", N_("Something else")


class PatrolRound(Record, kw_only=True):
    """A planned patrol: which areas are walked, on which days, and at about what time. Ended ones stay."""

    __tablename__ = "patrol_round"

    name: Mapped[str] = mapped_column(String(80), info=label(N_("Patrol")))
    areas: Mapped[str] = mapped_column(
        String(500), info=label(N_("Areas"), help=N_("One area or line in each row."), multiline=True)
    )
    at: Mapped[time | None] = mapped_column(default=None, info=label(N_("At about")))
    """Empty: at any time of the day."""
    weekdays: Mapped[str] = mapped_column(String(7), default="", info=label(N_("Days")))
    """ISO weekday digits; empty: every working day of the season, and Monday to Saturday outside it."""
    first_day: Mapped[date] = mapped_column(info=label(N_("From")))
    last_day: Mapped[date | None] = mapped_column(default=None, info=label(N_("To")))


class Patrol(Record, kw_only=True):
    """A patrol that was really walked. Seen 0 only counts because somebody looked."""

    __tablename__ = "patrol"
    __table_args__ = (Index("ix_patrol_day", "day"),)

    round_id: Mapped[int | None] = mapped_column(ForeignKey("patrol_round.id"), default=None)
    day: Mapped[date] = mapped_column(info=label(N_("Day")))
    started: Mapped[time | None] = mapped_column(default=None, info=label(N_("From")))
    """As written; empty when nobody wrote it."""
    ended: Mapped[time | None] = mapped_column(default=None, info=label(N_("To")))
    areas: Mapped[str] = mapped_column(String(500), info=label(N_("Areas walked"), multiline=True))
    not_walked: Mapped[str] = mapped_column(String(500), default="", info=label(N_("Areas left out, and why")))
    seen: Mapped[int] = mapped_column(info=label(N_("Children seen")))
    walked_by: Mapped[str] = mapped_column(String(120), info=label(N_("Walked by")))
    signed: Mapped[bool] = mapped_column(default=False, info=label(N_("Signed on paper")))
    note: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Remark")))
    entered_by: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column(info=label(N_("Entered at")))
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))


class MissedPatrol(Record, kw_only=True):
    """A planned patrol that nobody walked, with the word given for it."""

    __tablename__ = "missed_patrol"

    round_id: Mapped[int] = mapped_column(ForeignKey("patrol_round.id"))
    day: Mapped[date] = mapped_column(index=True)
    explanation: Mapped[str] = mapped_column(String(300), info=label(N_("Explanation")))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]


class Sighting(Record, kw_only=True):
    """A child found in production: where, for how long, doing what, and what was done."""

    __tablename__ = "sighting"
    __table_args__ = (Index("ix_sighting_day", "day"),)

    patrol_id: Mapped[int | None] = mapped_column(ForeignKey("patrol.id"), default=None)
    child_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"), default=None)
    """When it is a child of the list."""
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("worker.id"), default=None)
    """The parent, when known."""
    day: Mapped[date] = mapped_column(info=label(N_("Day")))
    at: Mapped[time | None] = mapped_column(default=None, info=label(N_("Time")))
    area: Mapped[str] = mapped_column(String(120), info=label(N_("Area or line")))
    child_name: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Name of the child, if known")))
    age_guess: Mapped[int | None] = mapped_column(default=None, info=label(N_("Age, about")))
    parent_name: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Parent")))
    doing: Mapped[Doing] = mapped_column(choice(Doing), info=label(N_("Doing what")))
    minutes: Mapped[int | None] = mapped_column(default=None, info=label(N_("Minutes there, about")))
    found_by: Mapped[FoundBy] = mapped_column(choice(FoundBy), info=label(N_("Found by")))
    finder: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Name of the finder")))
    hazard: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Hazard there")))
    action: Mapped[SightingAction] = mapped_column(choice(SightingAction), info=label(N_("What was done at once")))
    parent_talk: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Talk with the parent")))
    note: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Remark")))
    entered_by: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime]
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))
