"""Turning a row as it was read into a row with an outcome."""

from ccfs_desktop.i18n import _
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.services.imports.plan import Outcome, PlannedRow, Remark
from ccfs_desktop.services.imports.values import longest, translated
from ccfs_desktop.services.listing import ListRow


def start(kind: ListKind, listed: ListRow) -> PlannedRow:
    """Begin with what reading found: what cannot be read needs attention, the rest is a warning."""
    row = PlannedRow(listed.row, translated(listed.values), Outcome.NEW)
    row.remarks = [Remark(row.row, problem.field, problem.reason) for problem in listed.problems]
    if listed.needs_attention:
        row.outcome = Outcome.ATTENTION
    _shorten(row, longest(kind))
    return row


def _shorten(row: PlannedRow, limits: dict[str, int]) -> None:
    """Cut remarks that are longer than the record holds, and say so; a name or number is never cut."""
    for field, most in limits.items():
        text = row.values.get(field)
        if not isinstance(text, str) or len(text) <= most:
            continue
        if field in {"name", "number"}:
            attention(row, field, _("This is longer than {most} characters. Please shorten it.").format(most=most))
        else:
            row.values[field] = text[:most].rstrip()
            warn(row, field, _("This is longer than {most} characters; the rest was left out.").format(most=most))


def attention(row: PlannedRow, field: str, reason: str) -> None:
    """Send a row back to the officer."""
    row.outcome = Outcome.ATTENTION
    row.remarks.append(Remark(row.row, field, reason))


def warn(row: PlannedRow, field: str, reason: str) -> None:
    """Let a row in, with a warning."""
    row.remarks.append(Remark(row.row, field, reason))
