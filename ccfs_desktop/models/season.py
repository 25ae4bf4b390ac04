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


class RatioMode(Choice):
    """How the adults for a group of mixed ages are reckoned. Source: domain.md 2.5."""

    PROFILE = "profile", N_("As the ratio profile says")
    SUMMED = "summed", N_("Each age by its own ratio, added up")
    YOUNGEST = "youngest", N_("The whole group by its youngest child")


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
    capacity: Mapped[int] = mapped_column(
        default=0, info=label(N_("Places"), help=N_("How many children may be enrolled."))
    )
    ratio_profile: Mapped[str] = mapped_column(
        String(40),
        default="cfs-standard",
        info=label(
            N_("Ratio profile"),
            help=N_("A change holds from today on; past days keep the rule they had."),
        ),
    )
    """Code of a file in ``resources/profiles/ratio``."""
    ratio_mode: Mapped[RatioMode] = mapped_column(
        choice(RatioMode), default=RatioMode.PROFILE, info=label(N_("Groups of mixed ages"))
    )
    nap_from: Mapped[time | None] = mapped_column(
        default=None,
        info=label(N_("Nap from"), help=N_("Where children nap, each needs a bed or a mat.")),
    )
    nap_until: Mapped[time | None] = mapped_column(default=None, info=label(N_("Nap until")))
    required_papers: Mapped[str] = mapped_column(
        String(200),
        default="background-check,code-of-conduct",
        info=label(N_("Papers an adult must have to count"), help=N_("A paper that has run out never counts as one.")),
    )
    """Comma-separated codes of :class:`~ccfs_desktop.models.staff.PaperKind`."""
    required_skills: Mapped[str] = mapped_column(
        String(60), default="first-aider,keyholder,lead", info=label(N_("Always on duty"))
    )
    """Comma-separated codes of :class:`~ccfs_desktop.services.drafting.problem.Skill`."""
    space_profile: Mapped[str] = mapped_column(String(40), default="cfoc", info=label(N_("Space profile")))
    """Code of a file in ``resources/profiles/space``."""
    usable_m2: Mapped[int | None] = mapped_column(
        default=None,
        info=label(N_("Usable floor, in m²"), help=N_("Without corridors, staff area, furniture and washrooms.")),
    )
    toilets: Mapped[int | None] = mapped_column(default=None, info=label(N_("Toilets for children")))
    beds: Mapped[int | None] = mapped_column(
        default=None, info=label(N_("Beds or mats"), help=N_("Only where children nap."))
    )
    fire_limit: Mapped[int | None] = mapped_column(default=None, info=label(N_("Children allowed by fire safety")))
    work_day_minutes: Mapped[int] = mapped_column(
        default=480,
        info=label(N_("Hours a day at most"), help=N_("Of work, without breaks. Usual: 8:00."), duration=True),
    )
    work_week_minutes: Mapped[int] = mapped_column(
        default=2_400,
        info=label(N_("Hours a week at most"), help=N_("Usual: 40:00, at most 48:00."), duration=True),
    )
    work_week_days: Mapped[int] = mapped_column(default=6, info=label(N_("Working days a week at most")))
    rest_minutes: Mapped[int] = mapped_column(
        default=660,
        info=label(N_("Rest between two days"), help=N_("At least so many hours. Usual: 11:00."), duration=True),
    )
    break_after_minutes: Mapped[int] = mapped_column(
        default=360,
        info=label(N_("A break is due after"), help=N_("So many hours of work. Usual: 6:00."), duration=True),
    )
    break_minutes: Mapped[int] = mapped_column(
        default=30, info=label(N_("Length of a break"), help=N_("Minutes. Usual: 30."))
    )


class SeasonRule(Record, kw_only=True):
    """What held for a season's adults until a day; the season itself says what holds now. Kept when it is changed."""

    __tablename__ = "season_rule"
    __table_args__ = (UniqueConstraint("season_id", "until"),)

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    until: Mapped[date]
    """The last day on which it held."""
    ratio_profile: Mapped[str] = mapped_column(String(40))
    ratio_mode: Mapped[RatioMode] = mapped_column(choice(RatioMode))
    nap_from: Mapped[time | None]
    nap_until: Mapped[time | None]
    required_papers: Mapped[str] = mapped_column(String(200))
    required_skills: Mapped[str] = mapped_column(String(60))


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
