"""Why the chosen row is doubtful, cell by cell; a duplicate beside the row it repeats."""

from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.services import listing
from ccfs_desktop.services.imports import Outcome, Plan, PlannedRow
from ccfs_desktop.views.import_rows import shown, shown_fields
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.states import words

_HEIGHT, _MOST = 148, 7
_KNOWN_BY = {"name", "number", "birth_date", "worker_number", "role", "phone"}


class ImportDetail(QScrollArea):
    """Below the preview; only there when the chosen row has something to say."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.has_something = False
        self.hide()

    def show_row(self, plan: Plan, row: PlannedRow | None) -> None:
        """Show what is to be said about a row."""
        self.has_something = row is not None and bool(row.remarks)
        self.setVisible(self.has_something)
        if row is None or not row.remarks:
            return
        holder = QWidget()
        holder.setObjectName("window")
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        cells = _Cells(plan)
        for remark in row.remarks:
            raw = cells.text(row.row, remark.field)
            name = listing.label(plan.read.kind, remark.field) if _is_field(plan, remark.field) else ""
            head = f"{name}: “{raw}”" if raw else name
            column.addWidget(words(f"{head}  {remark.reason}" if head else remark.reason, wrap=True))
        if row.outcome is Outcome.DUPLICATE and row.twin_row is not None:
            column.addLayout(_side_by_side(plan, cells, row.row, row.twin_row))
        self.setWidget(holder)
        self.setFixedHeight(min(theme.px(_HEIGHT), holder.sizeHint().height()))


def _is_field(plan: Plan, name: str) -> bool:
    return name in listing.FIELDS[plan.read.kind]


class _Cells:
    """What the cells of a list say: as they were understood, else as they stand in the file."""

    def __init__(self, plan: Plan) -> None:
        self._values = {row.row: row.values for row in plan.rows}
        self._listed = {row.row: row for row in plan.read.rows}

    def text(self, row: int, name: str) -> str:
        value = self._values.get(row, {}).get(name)
        return self._listed[row].raw.get(name, "") if value is None else shown(value)


def _side_by_side(plan: Plan, cells: _Cells, row: int, twin: int) -> QGridLayout:
    """Show two rows cell by cell: what they are recognised by, and where they differ, in strong words."""
    names = shown_fields(plan)
    differing = [name for name in names if cells.text(row, name) != cells.text(twin, name)]
    told = [name for name in names if name in _KNOWN_BY or name in differing][:_MOST]
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    for place, number in enumerate((twin, row), 1):
        grid.addWidget(words(_("Row {row}").format(row=number), "label"), place, 0)
    for column, name in enumerate(told, 1):
        grid.addWidget(words(listing.label(plan.read.kind, name), "help"), 0, column)
        for place, number in enumerate((twin, row), 1):
            cell = words(cells.text(number, name) or "–", "" if name in differing else "quiet")
            if name in differing:
                cell.setFont(theme.font(bold=True))
            grid.addWidget(cell, place, column)
    grid.setColumnStretch(len(told) + 1, 1)
    if not differing:
        grid.addWidget(words(_("All their cells are the same."), "quiet"), 3, 0, 1, len(told) + 2)
    return grid
