"""How a paper is asked for: what it is called, and the few choices it allows."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ccfs_desktop.db import Database
from ccfs_desktop.models.factory import SheetLayout


class When(enum.Enum):
    """For when a paper can be printed."""

    DAY = "day"
    WEEK = "week"
    """The week in which the day lies."""
    PERIOD = "period"
    """From the day until another."""
    MONTH = "month"
    """A month, or the whole season: from its first day until its last."""
    NOW = "now"
    """As things are on the day it is printed; nothing is asked."""


@dataclass(frozen=True)
class Order:
    """What to print, where it differs from the factory's own choice."""

    day: date
    group: str = ""
    """One group's name; empty for all."""
    layout: SheetLayout | None = None
    languages: tuple[str, ...] = ()
    archive: bool = False
    """As PDF/A-2b."""
    until: date | None = None
    """Last day of a period; None for the one day."""
    staff: str = ""
    """One member of staff, by name; empty for all."""
    standard: str = ""
    """The standard a report is mapped to, by its code; empty for the usual one."""

    @property
    def monday(self) -> date:
        """The first day of the week in which the day lies."""
        return self.day - timedelta(days=self.day.weekday())


@dataclass(frozen=True)
class Printable:
    """A paper that can be asked for by name, on the page Reports and on the command line."""

    name: str
    """As on the command line."""
    title: str
    about: str
    icon: str
    make: Callable[[Database, Order], bytes]
    when: tuple[When, ...] = (When.DAY,)
    """For when it can be printed, the usual first."""
    by_group: bool = False
    """Whether it can be printed for one group and in a layout."""
    by_staff: bool = False
    """Whether it can be printed for one member of staff."""
    right: str = ""
    """What it takes beyond seeing the reports; a value of ``services.roles.Right``. The services ask in any case."""
    by_standard: bool = False
    """Whether a standard is chosen for it."""

    @property
    def issued(self) -> bool:
        """Whether it is issued, as the catalogue of documents says: numbered, always PDF/A, signed and kept."""
        from ccfs_desktop.reports.catalogue import DOCUMENTS  # noqa: PLC0415 (which imports every paper)

        return any(one.issued for one in DOCUMENTS if one.name == self.name)
