"""A child's place in a season: applied, waiting, enrolled, left."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.season import Group


class Status(Choice):
    """Where an application stands."""

    APPLIED = "applied", N_("Applied")
    WAITING = "waiting", N_("Waiting")
    ENROLLED = "enrolled", N_("Enrolled")
    LEFT = "left", N_("Left")
    DECLINED = "declined", N_("Declined")


class Criterion(Choice):
    """What moves an application up the waiting list. Source: domain.md 2.2 and 9.14 (S46, S48)."""

    HARDSHIP = "hardship", N_("Family in hardship")
    SINGLE_PARENT = "single-parent", N_("Single parent")
    DUAL_WORKERS = "dual-workers", N_("Both parents work here")
    LEFT_BEHIND = "left-behind", N_("Left-behind child")
    FRONT_LINE = "front-line", N_("Parent on the production line")
    MIGRANT = "migrant", N_("Parent is a migrant worker")
    SIBLING = "sibling", N_("Brother or sister enrolled")


class Enrolment(Record, kw_only=True):
    """One child's application to, and stay in, one season."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("season_id", "child_id"),
        # Both read without touching the table: the counts over the list, and the list by number.
        Index("ix_enrolment_season_status", "season_id", "status", "child_id"),
        Index("ix_enrolment_season_number", "season_id", "number", "child_id"),
    )

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    status: Mapped[Status] = mapped_column(choice(Status), default=Status.APPLIED, info=label(N_("Status")))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("room_group.id"), default=None, info=label(N_("Group")))
    number: Mapped[str] = mapped_column(String(12), default="", info=label(N_("Number")))
    applied_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Applied on")))
    first_day: Mapped[date | None] = mapped_column(default=None, info=label(N_("First day")))
    last_day: Mapped[date | None] = mapped_column(default=None, info=label(N_("Last day")))
    weekdays: Mapped[str] = mapped_column(String(7), default="", info=label(N_("Weekdays wanted")))
    """ISO weekday digits; empty means every open day."""
    evenings: Mapped[bool] = mapped_column(default=False, info=label(N_("Overtime evenings wanted")))
    criteria: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Priority criteria")))
    """Comma-separated codes of :class:`Criterion`."""
    left_reason: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Reason for leaving")))
    override_by: Mapped[str] = mapped_column(
        String(120), default="", info=label(N_("Admitted although incomplete, by"))
    )
    override_reason: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Reason")))

    child: Mapped[Child] = relationship(lazy="raise", init=False, repr=False)
    group: Mapped[Group | None] = relationship(lazy="raise", init=False, repr=False)

    def expects(self, day: date) -> bool:
        """Tell whether the child wants to come on a day, if it has a place and the day is an open one."""
        if self.first_day and day < self.first_day:
            return False
        if self.last_day and day > self.last_day:
            return False
        return not self.weekdays or str(day.isoweekday()) in self.weekdays
