"""The season: from when to when the space is open, for whom, and in which rooms."""

from datetime import date, time

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label


class SeasonType(Choice):
    """What kind of care the season offers."""

    VACATION = "vacation", N_("School holiday")
    DAY_CARE = "day-care", N_("Day care")
    AFTER_SCHOOL = "after-school", N_("After school")
    AD_HOC = "ad-hoc", N_("Ad hoc")


class BlockKind(Choice):
    """What an opening block is for."""

    DAY = "day", N_("Daytime")
    EVENING = "evening", N_("Overtime evening")


class Season(Record, kw_only=True):
    """A run of open days with its age limits and places."""

    __tablename__ = "season"

    name: Mapped[str] = mapped_column(String(80), info=label(N_("Season")))
    type: Mapped[SeasonType] = mapped_column(
        choice(SeasonType), default=SeasonType.VACATION, info=label(N_("Type of season"))
    )
    first_day: Mapped[date] = mapped_column(info=label(N_("First day")))
    last_day: Mapped[date] = mapped_column(info=label(N_("Last day")))
    weekdays: Mapped[str] = mapped_column(String(7), default="12345", info=label(N_("Open weekdays")))
    """ISO weekday digits: ``12345`` is Monday to Friday."""
    age_from: Mapped[int] = mapped_column(default=3, info=label(N_("Youngest age"), help=N_("Full years.")))
    age_to: Mapped[int] = mapped_column(default=14, info=label(N_("Oldest age"), help=N_("Full years.")))
    capacity: Mapped[int] = mapped_column(default=0, info=label(N_("Places")))
    ratio_profile: Mapped[str] = mapped_column(String(40), default="cfs-standard", info=label(N_("Ratio profile")))


class Block(Record, kw_only=True):
    """A stretch of the day in which the space is open."""

    __tablename__ = "block"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), default="", info=label(N_("Name")))
    kind: Mapped[BlockKind] = mapped_column(choice(BlockKind), default=BlockKind.DAY, info=label(N_("Kind")))
    opens: Mapped[time] = mapped_column(info=label(N_("Opens")))
    closes: Mapped[time] = mapped_column(info=label(N_("Closes")))


class CalendarDay(Record, kw_only=True):
    """A day that differs from its weekday: a holiday that is closed, a make-up working day that is open."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("season_id", "day"),)

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(info=label(N_("Day")))
    open: Mapped[bool] = mapped_column(info=label(N_("Open")))
    reason: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Reason")))
    source: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Source")))


class Group(Record, kw_only=True):
    """A group of children with its room and its age band."""

    __tablename__ = "room_group"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), info=label(N_("Group")))
    age_from: Mapped[int] = mapped_column(default=3, info=label(N_("From age")))
    age_to: Mapped[int] = mapped_column(default=14, info=label(N_("To age")))
    size: Mapped[int] = mapped_column(default=20, info=label(N_("Places")))
    room: Mapped[str] = mapped_column(String(80), default="", info=label(N_("Room")))
