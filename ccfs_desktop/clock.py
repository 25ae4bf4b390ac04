"""The wall clock of the space: local date and time without a zone, as people write them on the sheet."""

import os
from datetime import date, datetime


def now() -> datetime:
    """Return the local time, to the second.

    ``CCFS_TODAY=2017-07-20`` sets the day, ``CCFS_TODAY=2017-07-20T08:15`` stops the clock at a time as well: for
    training, and for pictures that look the same every time. It does not reach the audit trail, which keeps the PC's
    own time.
    """
    moment = datetime.now().replace(microsecond=0)  # noqa: DTZ005 (the space lives by the wall clock)
    told = os.environ.get("CCFS_TODAY")
    if not told:
        return moment
    return datetime.fromisoformat(told) if "T" in told else datetime.combine(date.fromisoformat(told), moment.time())


def today() -> date:
    """Return the local day."""
    return now().date()
