"""The adults who look after the children."""

from datetime import date

from sqlalchemy import String
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


class Staff(Record, kw_only=True):
    """A person's staff file. Source: domain.md 8.5."""

    __tablename__ = "staff"

    name: Mapped[str] = mapped_column(String(120), info=label(N_("Name")))
    name_latin: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Name in Latin letters")))
    sex: Mapped[Sex | None] = mapped_column(choice(Sex), default=None, info=label(N_("Sex")))
    role: Mapped[StaffRole] = mapped_column(choice(StaffRole), default=StaffRole.TEACHER, info=label(N_("Role")))
    phone: Mapped[str] = mapped_column(String(40), default="", info=label(N_("Phone")))
    weekdays: Mapped[str] = mapped_column(String(7), default="", info=label(N_("Working days")))
    """ISO weekday digits; empty when not known."""
    speaks: Mapped[str] = mapped_column(String(80), default="", info=label(N_("Language spoken")))
    first_aid_until: Mapped[date | None] = mapped_column(default=None, info=label(N_("First aid valid until")))
    background_check_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Background check on")))
    health_certificate_until: Mapped[date | None] = mapped_column(
        default=None, info=label(N_("Health certificate valid until"))
    )
    code_signed: Mapped[bool | None] = mapped_column(default=None, info=label(N_("Code of conduct signed")))
    started_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Started on")))
    ended_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Left on")))
    search: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(default="", index=True)
