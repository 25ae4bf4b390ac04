"""A planned list as a table shows it: what becomes of each row, why, and the row's own cells."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.services import listing
from ccfs_desktop.services.imports import Outcome, Plan, PlannedRow
from ccfs_desktop.services.listing import ListRow, PickUp
from ccfs_desktop.views.kit.table import Column, written

OUTCOMES: dict[Outcome, tuple[str, str, str]] = {
    Outcome.NEW: (N_("New"), "plus", "accent"),
    Outcome.CHANGED: (N_("Changed"), "pencil", "accent"),
    Outcome.SAME: (N_("Unchanged"), "check", "quiet"),
    Outcome.DUPLICATE: (N_("Duplicate"), "copy", "warning"),
    Outcome.ATTENTION: (N_("Needs attention"), "circle-alert", "danger"),
}
"""Outcome → its word, its sign, its colour."""


class Told(str):
    """What a cell says, with the colour's name in which it says it."""

    tone: str = ""


def told(text: str, tone: str = "") -> Told:
    """Return what a cell says."""
    made = Told(text)
    made.tone = tone
    return made


class PlannedRows:
    """Some rows of a plan, written when they come into view."""

    def __init__(self, plan: Plan, rows: Sequence[PlannedRow]) -> None:
        """Keep the rows.

        Args:
            plan: what they are part of.
            rows: those to show.
        """
        self._plan, self._rows = plan, rows
        self._listed = {row.row: row for row in plan.read.rows}
        self._fields = shown_fields(plan)

    def count(self) -> int:
        """Return how many there are."""
        return len(self._rows)

    def rows(self, offset: int, limit: int, order_by: str, descending: bool) -> list[tuple[Any, ...]]:
        """Return some rows: the planned row itself, its number, outcome and reasons, then its cells."""
        rows = self._rows
        if order_by == "outcome":
            order = list(OUTCOMES)
            rows = sorted(rows, key=lambda row: order.index(row.outcome), reverse=descending)
        elif descending:
            rows = rows[::-1]
        return [self._row(row) for row in rows[offset : offset + limit]]

    def _row(self, row: PlannedRow) -> tuple[Any, ...]:
        listed = self._listed[row.row]
        doubtful = {remark.field for remark in row.remarks}
        tone = "danger" if row.outcome is Outcome.ATTENTION else "warning"
        cells = [self._cell(row, listed, name, tone if name in doubtful else "") for name in self._fields]
        return (row, row.row, row.outcome, told(_reasons(self._plan, row), tone if doubtful else "quiet"), *cells)

    def _cell(self, row: PlannedRow, listed: ListRow, name: str, tone: str) -> Told:
        value = row.values.get(name)
        raw = listed.raw.get(name, "")
        if tone or value is None:
            return told(raw or ("—" if tone else ""), tone)
        return told(shown(value), "accent" if name in row.changes else "")


def shown_fields(plan: Plan) -> list[str]:
    """Return the fields the file has, in the order of its columns."""
    columns = plan.read.mapping.columns
    return sorted(columns, key=lambda name: columns[name])


def columns(plan: Plan) -> list[Column]:
    """Return the columns of the preview."""

    def tone(value: Any) -> str:
        return value.tone if isinstance(value, Told) else ""

    kind = plan.read.kind
    return [
        Column("row", _("Row"), 56, number=True),
        Column(
            "outcome",
            _("What happens"),
            140,
            word=lambda outcome: _(OUTCOMES[outcome][0]),
            tone=lambda outcome: OUTCOMES[outcome][2],
            icon=lambda outcome: OUTCOMES[outcome][1],
        ),
        Column("reason", _("Why"), 260, sortable=False, tone=tone),
        *(Column(name, listing.label(kind, name), 120, sortable=False, tone=tone) for name in shown_fields(plan)),
    ]


def shown(value: Any) -> str:
    """Write a value as it will be stored."""
    if isinstance(value, (list, tuple)):
        return listed(shown(each) for each in value)  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, PickUp):
        return " ".join(part for part in (value.name, value.relation, value.phone) if part)
    if isinstance(value, Enum):
        return _(getattr(value, "word", str(value.value)))
    return written(value)


def _reasons(plan: Plan, row: PlannedRow) -> str:
    said = [remark.reason for remark in row.remarks]
    if row.changes and not said:
        names = listed(listing.label(plan.read.kind, name) for name in row.changes if name in row.values)
        said.append(_("Changes: {fields}").format(fields=names))
    return " ".join(said)
