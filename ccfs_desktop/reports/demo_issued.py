"""What an officer of the demonstration factory has handed out by now, so that the register of documents shows some."""

from contextlib import suppress
from datetime import timedelta

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.reports import issue_compliance
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import periods, standards


def hand_out(db: Database) -> Database:
    """Issue last week's summary and the season's compliance report so far; neither before a day of it is over.

    Args:
        db: a demonstration office just made.

    Returns:
        the same.
    """
    with suppress(UserError):
        issue_compliance.weekly(db, Order(clock.today() - timedelta(days=7)))
    with suppress(UserError):
        with db.read() as session:
            period = periods.of_season(session)
        issue_compliance.report(db, "compliance-report", period, standards.get("smeta"))
    return db
