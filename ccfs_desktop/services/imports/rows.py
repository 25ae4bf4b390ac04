"""Turning a row as it was read into a row with an outcome."""

from typing import Any

from ccfs_desktop.i18n import _
from ccfs_desktop.services.imports.plan import Outcome, PlannedRow, Remark
from ccfs_desktop.services.listing import ListRow


def start(listed: ListRow, *, required: tuple[str, ...]) -> PlannedRow:
    """Begin with what reading found: what cannot be read needs attention, the rest is a warning.

    Args:
        listed: the row.
        required: fields without which it cannot go in.
    """
    values: dict[str, Any] = dict(listed.values)
    row = PlannedRow(listed.row, values, Outcome.NEW)
    for problem in listed.problems:
        row.remarks.append(Remark(row.row, problem.field, problem.reason))
        if problem.severity == "attention":
            row.outcome = Outcome.ATTENTION
    told = {r.field for r in row.remarks}
    for name in dict.fromkeys(required):
        if values.get(name) in (None, "") and name not in told:
            attention(row, name, _MISSING[name]())
    return row


_MISSING = {
    "name": lambda: _("The name is missing."),
    "number": lambda: _("The employee number is missing."),
    "birth_date": lambda: _("The birth date is missing."),
    "worker_number": lambda: _("The parent's employee number is missing."),
}


def attention(row: PlannedRow, field: str, reason: str) -> None:
    """Send a row back to the officer."""
    row.outcome = Outcome.ATTENTION
    row.remarks.append(Remark(row.row, field, reason))


def warn(row: PlannedRow, field: str, reason: str) -> None:
    """Let a row in, with a warning."""
    row.remarks.append(Remark(row.row, field, reason))
