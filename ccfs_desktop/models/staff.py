"""The adults who look after the children, and the papers each of them has."""

from datetime import date, time

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label
from ccfs_desktop.models.worker import Sex


class StaffRole(Choice):
    """What a person does in the space. Source: domain.md 2.4."""

    COORDINATOR = "coordinator", N_("Coordinator")
    HEAD_TEACHER = "head_teacher", N_("Head teacher")
    TEACHER = "teacher", N_("Teacher / caregiver")
    ASSISTANT = "assistant", N_("Assistant")
    VOLUNTEER = "volunteer", N_("Volunteer")
    INTERN = "intern", N_("Intern")
    NURSE = "nurse", N_("Nurse")
    SOCIAL_WORKER = "social_worker", N_("Social worker")
    COOK = "cook", N_("Cook")
    CLEANER = "cleaner", N_("Cleaner")
    GUARD = "guard", N_("Guard")
    DRIVER = "driver", N_("Driver")
    OTHER = "other", N_("Other")


class Employment(Choice):
    """On which footing a person works here. Source: domain.md 2.4 and 8.5."""

    EMPLOYED = "employed", N_("Employed by the factory")
    AGENCY = "agency", N_("Through an agency")
    SEASONAL = "seasonal", N_("For the season")
    PLACEMENT = "placement", N_("School or university placement")
    UNPAID = "unpaid", N_("Volunteer, unpaid")


class Counted(Choice):
    """How much of an adult a person counts for in the ratio. Source: domain.md 2.5 (volunteers 0.0 by default)."""

    BY_ROLE = "by-role", N_("As the role says")
    FULL = "full", N_("As one adult")
    HALF = "half", N_("As half an adult")
    NONE = "none", N_("Not at all")


class Staff(Record, kw_only=True):
    """A person's staff file. Source: domain.md 8.5."""

    __tablename__ = "staff"

    name: Mapped[str] = mapped_column(String(120), info=label(N_("Name")))
    name_latin: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Name in Latin letters")))
    sex: Mapped[Sex | None] = mapped_column(choice(Sex), default=None, info=label(N_("Sex")))
    birth_date: Mapped[date | None] = mapped_column(default=None, info=label(N_("Date of birth")))
    role: Mapped[StaffRole] = mapped_column(choice(StaffRole), default=StaffRole.TEACHER, info=label(N_("Role")))
    employment: Mapped[Employment | None] = mapped_column(
        choice(Employment), default=None, info=label(N_("Employment"))
    )
    phone: Mapped[str] = mapped_column(String(40), default="", info=label(N_("Phone")))
    speaks: Mapped[str] = mapped_column(String(80), default="", info=label(N_("Language spoken")))
    qualification: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Qualification")))
    id_seen: Mapped[bool] = mapped_column(default=False, info=label(N_("Identity card seen")))
    referees: Mapped[str] = mapped_column(String(300), default="", info=label(N_("References"), multiline=True))
    counted: Mapped[Counted] = mapped_column(
        choice(Counted),
        default=Counted.BY_ROLE,
        info=label(
            N_("Counts in the ratio"),
            help=N_("By role: head teachers, teachers and assistants count as one adult, all others not at all."),
        ),
    )
    keyholder: Mapped[bool] = mapped_column(
        default=False, info=label(N_("Holds the keys"), help=N_("Head teachers always do."))
    )
    leads: Mapped[bool] = mapped_column(
        default=False, info=label(N_("May lead the space"), help=N_("Head teachers always do."))
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("room_group.id"), default=None, info=label(N_("Usual group"))
    )
    weekdays: Mapped[str] = mapped_column(String(7), default="", info=label(N_("Working days")))
    """ISO weekday digits; empty when not known, which counts as every open day."""
    day_from: Mapped[time | None] = mapped_column(default=None, info=label(N_("Not before")))
    day_until: Mapped[time | None] = mapped_column(default=None, info=label(N_("Not after")))
    day_minutes: Mapped[int | None] = mapped_column(
        default=None, info=label(N_("Hours a day at most"), help=N_("Empty: as the season's rules say."), duration=True)
    )
    week_minutes: Mapped[int | None] = mapped_column(
        default=None,
        info=label(N_("Hours a week at most"), help=N_("Empty: as the season's rules say."), duration=True),
    )
    started_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Started on")))
    ended_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Left on")))
    note: Mapped[str] = mapped_column(String(500), default="", info=label(N_("Remark"), multiline=True))
    has_photo: Mapped[bool] = mapped_column(default=False)
    search: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(default="", index=True)


class PaperKind(Choice):
    """A kind of paper in a staff file. Source: domain.md 2.4 and 8.5."""

    BACKGROUND_CHECK = "background-check", N_("Background check")
    HEALTH_CERTIFICATE = "health-certificate", N_("Health certificate")
    FIRST_AID = "first-aid", N_("First aid")
    CODE_OF_CONDUCT = "code-of-conduct", N_("Code of conduct")
    SAFEGUARDING = "safeguarding", N_("Safeguarding training")
    FIRE_SAFETY = "fire-safety", N_("Fire safety training")
    FOOD_HYGIENE = "food-hygiene", N_("Food hygiene training")
    QUALIFICATION = "qualification", N_("Qualification")
    LICENCE = "licence", N_("Professional licence")
    PLACEMENT = "placement", N_("Placement agreement")


class StaffPaper(Record, kw_only=True):
    """One paper of a staff file. Older ones stay: what was valid on a past day must be provable."""

    __tablename__ = "staff_paper"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[PaperKind] = mapped_column(choice(PaperKind), info=label(N_("Paper")))
    issued_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Issued on")))
    """Empty when only known that it is there: it counts from the beginning."""
    valid_until: Mapped[date | None] = mapped_column(default=None, info=label(N_("Valid until")))
    """Empty: as long as ``services.staff_papers`` says for its kind."""
    number: Mapped[str] = mapped_column(String(60), default="", info=label(N_("Number")))
    authority: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Issuing authority")))
    result: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Result")))
    note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Remark")))


class StaffPhoto(Record, kw_only=True):
    """A member of staff's photo, re-encoded without hidden data, at most 1,024 pixels on its longer side."""

    __tablename__ = "staff_photo"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), unique=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary, repr=False)
