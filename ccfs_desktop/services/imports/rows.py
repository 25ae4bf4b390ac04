"""Turning a row as it was read into a row with an outcome."""

from ccfs_desktop.services.imports.plan import Outcome, PlannedRow, Remark
from ccfs_desktop.services.imports.values import translated
from ccfs_desktop.services.listing import ListRow


def start(listed: ListRow) -> PlannedRow:
    """Begin with what reading found: what cannot be read needs attention, the rest is a warning."""
    row = PlannedRow(listed.row, translated(listed.values), Outcome.NEW)
    row.remarks = [Remark(row.row, problem.field, problem.reason) for problem in listed.problems]
    if listed.needs_attention:
        row.outcome = Outcome.ATTENTION
    return row


def attention(row: PlannedRow, field: str, reason: str) -> None:
    """Send a row back to the officer."""
    row.outcome = Outcome.ATTENTION
    row.remarks.append(Remark(row.row, field, reason))


def warn(row: PlannedRow, field: str, reason: str) -> None:
    """Let a row in, with a warning."""
    row.remarks.append(Remark(row.row, field, reason))
