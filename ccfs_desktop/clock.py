"""The wall clock of the space: local date and time without a zone, as people write them on the sheet."""

from datetime import date, datetime


def now() -> datetime:
    """Return the local time, to the second."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005 (the space lives by the wall clock)


def today() -> date:
    """Return the local day."""
    return now().date()
