"""The wall clock of the space: local date and time without a zone, as people write them on the sheet."""

import os
from datetime import date, datetime


def now() -> datetime:
    """Return the local time, to the second.

    ``CCFS_TODAY=2017-07-20`` sets the day, for training and for pictures that look the same every time. It does not
    reach the audit trail, which keeps the PC's own time.
    """
    moment = datetime.now().replace(microsecond=0)  # noqa: DTZ005 (the space lives by the wall clock)
    day = os.environ.get("CCFS_TODAY")
    return datetime.combine(date.fromisoformat(day), moment.time()) if day else moment


def today() -> date:
    """Return the local day."""
    return now().date()
