"""The roster: who is planned to be with which children, and who cannot or would rather not."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label


class PartKind(Choice):
    """What a person does for a while instead of being with the group."""

    BREAK = "break", N_("Break")
    ERRAND = "errand", N_("Errand")
    COVER = "cover", N_("In another group")


class Shift(Record, kw_only=True):
    """One person's planned stay on one day, in one group but for its parts."""

    __tablename__ = "shift"
    __table_args__ = (Index("ix_shift_season_day", "season_id", "day"),)

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    day: Mapped[date] = mapped_column(info=label(N_("Day")))
    starts: Mapped[time] = mapped_column(info=label(N_("From")))
    ends: Mapped[time] = mapped_column(info=label(N_("To")))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("room_group.id"), default=None, info=label(N_("Group")))
    """Empty: in the space, but with no group, such as a cook; never counted."""
    pinned: Mapped[bool] = mapped_column(
        default=False, info=label(N_("Pinned"), help=N_("A draft leaves this shift as it is."))
    )
    note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Remark")))


class ShiftPart(Record, kw_only=True):
    """A planned break, errand, or stretch in another group within a shift."""

    __tablename__ = "shift_part"

    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), index=True)
    kind: Mapped[PartKind] = mapped_column(choice(PartKind), default=PartKind.BREAK, info=label(N_("What")))
    starts: Mapped[time] = mapped_column(info=label(N_("From")))
    ends: Mapped[time] = mapped_column(info=label(N_("To")))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("room_group.id"), default=None, info=label(N_("Group")))
    """For :attr:`PartKind.COVER`: where."""
    note: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Remark")))


class RosterWeek(Record, kw_only=True):
    """A week's roster as it was published. Publishing again makes another; the newest counts."""

    __tablename__ = "roster_week"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    monday: Mapped[date] = mapped_column(index=True, info=label(N_("Week from")))
    published_by: Mapped[str] = mapped_column(String(120), info=label(N_("Published by")))
    published_at: Mapped[datetime] = mapped_column(info=label(N_("Published at")))
    shifts: Mapped[str] = mapped_column(default="[]")
    """The shifts as published, as JSON: what changed since can be told, and what was planned can be proved."""
    breach_minutes: Mapped[int] = mapped_column(default=0, info=label(N_("Minutes short")))
    breaches: Mapped[str] = mapped_column(default="[]")
    """What was short when it was published, as JSON: day, from, to, group, required, planned, and why in words."""
    approved_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Published although short, by")))
    reason: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Reason")))


class ShiftPattern(Record, kw_only=True):
    """A shift the factory uses, such as "Early 07:15 to 15:15"."""

    __tablename__ = "shift_pattern"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), info=label(N_("Shift")))
    starts: Mapped[time] = mapped_column(info=label(N_("From")))
    ends: Mapped[time] = mapped_column(info=label(N_("To")))
    weekdays: Mapped[str] = mapped_column(String(7), default="", info=label(N_("Weekdays")))
    """ISO weekday digits; empty for all."""


class StaffAbsenceReason(Choice):
    """Why a member of staff is away."""

    SICK = "sick", N_("Sick")
    LEAVE = "leave", N_("On leave")
    TRAINING = "training", N_("In training")
    OTHER = "other", N_("Other reason")


class StaffAbsence(Record, kw_only=True):
    """When a person cannot be on the roster: whole days, or from a time to a time on each of them."""

    __tablename__ = "staff_absence"
    __table_args__ = (Index("ix_staff_absence_days", "first_day", "last_day"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    first_day: Mapped[date] = mapped_column(info=label(N_("From")))
    last_day: Mapped[date] = mapped_column(info=label(N_("To")))
    starts: Mapped[time | None] = mapped_column(default=None, info=label(N_("From (time)")))
    ends: Mapped[time | None] = mapped_column(default=None, info=label(N_("To (time)")))
    reason: Mapped[StaffAbsenceReason] = mapped_column(
        choice(StaffAbsenceReason), default=StaffAbsenceReason.LEAVE, info=label(N_("Reason"))
    )
    note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Remark")))


class WishKind(Choice):
    """How a person feels about a time."""

    LIKES = "likes", N_("Likes to work")
    RATHER_NOT = "rather-not", N_("Would rather not work")
    CANNOT = "cannot", N_("Cannot work")


class StaffWish(Record, kw_only=True):
    """A wish about times that come back every week, or for some days."""

    __tablename__ = "staff_wish"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[WishKind] = mapped_column(choice(WishKind), default=WishKind.RATHER_NOT, info=label(N_("Wish")))
    weekdays: Mapped[str] = mapped_column(String(7), default="", info=label(N_("Weekdays")))
    """ISO weekday digits; empty for all."""
    first_day: Mapped[date | None] = mapped_column(default=None, info=label(N_("From")))
    last_day: Mapped[date | None] = mapped_column(default=None, info=label(N_("To")))
    starts: Mapped[time | None] = mapped_column(default=None, info=label(N_("From (time)")))
    ends: Mapped[time | None] = mapped_column(default=None, info=label(N_("To (time)")))
    note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Remark")))
