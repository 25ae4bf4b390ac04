"""The factory's workers, as in its own list."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label
from ccfs_desktop.models.masked import Masked


class Sex(Choice):
    """Female or male, as registered."""

    FEMALE = "female", N_("Female")
    MALE = "male", N_("Male")


class Worker(Record, kw_only=True):
    """An employee of the factory, whose children may come."""

    __tablename__ = "worker"

    number: Mapped[str] = mapped_column(String(40), unique=True, info=label(N_("Employee no.")))
    number_key: Mapped[str] = mapped_column(String(40), index=True, default="")
    """The number without blanks, hyphens, case and leading zeros, to match it however it is typed."""
    name: Mapped[str] = mapped_column(Masked(120), info=label(N_("Name")))
    name_latin: Mapped[str] = mapped_column(Masked(120), default="", info=label(N_("Name in Latin letters")))
    sex: Mapped[Sex | None] = mapped_column(choice(Sex), default=None, info=label(N_("Sex")))
    hired_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Hired on")))
    department: Mapped[str] = mapped_column(String(80), default="", info=label(N_("Department")))
    line: Mapped[str] = mapped_column(String(80), default="", info=label(N_("Line")))
    shift: Mapped[str] = mapped_column(String(60), default="", info=label(N_("Shift")))
    origin: Mapped[str] = mapped_column(String(80), default="", info=label(N_("Home place")))
    migrant: Mapped[bool | None] = mapped_column(default=None, info=label(N_("Migrant worker")))
    phone: Mapped[str] = mapped_column(Masked(40), default="", info=label(N_("Phone")))
    supervisor_number: Mapped[str] = mapped_column(String(40), default="", info=label(N_("Supervisor's no.")))
    left_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Left on")))
    search: Mapped[str] = mapped_column(default="")
    """Words to find this worker by; kept by ``services.searching``."""
    sort_key: Mapped[str] = mapped_column(default="", index=True)
