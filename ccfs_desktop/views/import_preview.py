"""What will become of each row, before anything is written: counts, reasons, columns that can be corrected."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services import listing
from ccfs_desktop.services.imports import Outcome, Plan, PlannedRow
from ccfs_desktop.services.listing import Mapping, Sheet
from ccfs_desktop.views.import_columns import ImportColumns
from ccfs_desktop.views.import_detail import ImportDetail
from ccfs_desktop.views.import_rows import OUTCOMES, PlannedRows, columns
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.states import Fitting, button, words
from ccfs_desktop.views.kit.table import Table

if TYPE_CHECKING:
    from ccfs_desktop.views.imports import ImportPage


class ImportPreview(QWidget):
    """The second step."""

    def __init__(self, flow: "ImportPage") -> None:
        """Build it, empty.

        Args:
            flow: the import it is the second step of.
        """
        super().__init__()
        self._flow = flow
        self.plan: Plan | None = None
        self.file, self.sheet = Fitting("quiet"), QComboBox()
        self.sheet.setAccessibleName(_("Sheet of the file"))
        self.sheet.activated.connect(lambda _n: flow.change(sheet=self.sheet.currentText()))  # pyright: ignore
        self.map = button(_("Columns …"), self._toggle_columns, "columns-3")
        self.map.setCheckable(True)
        self.notes = words("", "quiet", wrap=True)
        self.chips = FilterBar(search=False)
        self.chips.filtered.connect(self._filter)
        self.columns = ImportColumns(flow)
        self.table: Table | None = None
        self.place = QVBoxLayout()
        self.detail = ImportDetail()
        self.sums = words("", wrap=True)
        self.rejected = button(_("Save rows to correct …"), flow.save_rejected, "download")
        self.write = button("", flow.write, "check", "primary")
        self._build()

    def show_plan(self, plan: Plan) -> None:
        """Show what will become of a list."""
        self.plan = plan
        self._flow.page.banner.hide()
        read = plan.read
        self.file.say(f"{read.file_name} · {_(listing.KINDS[read.kind])}")
        self._show_sheets(read.sheets, read.sheet)
        notes = [*read.notes, *plan.notes, *(_skipped(plan))]
        self.notes.setText("\n".join(f"• {note}" for note in notes))
        self.notes.setVisible(bool(notes))
        self._show_table(plan)
        self.columns.show_mapping(read.mapping, plan)
        if self.columns.isVisible():
            self._toggle_columns()
        self._show_counts(plan)

    def ask_columns(self, mapping: Mapping, sheet: Sheet, header: int) -> None:
        """Ask which columns are which, because one that is needed was not found."""
        self.plan = None
        book = self._flow.book
        self.file.say(book.name if book else "")
        self._show_sheets(tuple(one.name for one in book.sheets) if book else (), sheet.name)
        self.notes.hide()
        if self.table:
            self.table.hide()
        self.detail.hide()
        self.columns.show_sheet(mapping, sheet, header)
        self.columns.show()
        self.map.setChecked(True)
        self.chips.hide()
        self.sums.clear()
        self.write.setEnabled(False)
        self.rejected.hide()

    # ---------------------------------------------------------------------------------------------------- what is shown

    def _show_sheets(self, names: tuple[str, ...], chosen: str) -> None:
        self.sheet.clear()
        self.sheet.addItems(list(names))
        self.sheet.setCurrentText(chosen)
        self.sheet.setVisible(len(names) > 1)

    def _show_table(self, plan: Plan) -> None:
        """The columns differ from file to file: each has its own table."""
        if self.table:
            self.place.removeWidget(self.table)
            self.table.deleteLater()
        self.table = Table(f"import-{plan.read.mapping.fingerprint[:12]}", columns(plan))
        self.table.chosen.connect(self._chosen)
        self.place.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def _show_counts(self, plan: Plan) -> None:
        chips = [Chip("all", _("All"), len(plan.rows))]
        chips += [Chip(o.value, _(OUTCOMES[o][0]), plan.count(o)) for o in OUTCOMES if plan.count(o)]
        warned = [row for row in plan.rows if row.goes_in and row.remarks]
        if warned:
            chips.append(Chip("warned", _("With a remark"), len(warned)))
        self.chips.show_chips(chips)
        self.chips.show()
        first = Outcome.ATTENTION.value if plan.count(Outcome.ATTENTION) else "all"
        self.chips.choose(first)
        going = plan.count(Outcome.NEW) + plan.count(Outcome.CHANGED)
        staying = plan.count(Outcome.DUPLICATE) + plan.count(Outcome.ATTENTION)
        self.sums.setText(_sums(going, staying))
        self.write.setText(ngettext("Import {n} row", "Import {n} rows", going).format(n=f"{going:,}"))
        known = plan.count(Outcome.SAME)
        self.write.setEnabled(bool(going or known))
        self.rejected.setVisible(bool(staying))

    def _filter(self, key: str) -> None:
        plan = self.plan
        if plan is None or self.table is None:
            return
        fitting: list[PlannedRow] = plan.rows
        if key == "warned":
            fitting = [row for row in plan.rows if row.goes_in and row.remarks]
        elif key != "all":
            fitting = [row for row in plan.rows if row.outcome.value == key]
        self.table.show_rows(PlannedRows(plan, fitting))

    def _chosen(self, row: Any) -> None:
        if self.plan:
            self.detail.show_row(self.plan, row if isinstance(row, PlannedRow) else None)

    def _toggle_columns(self) -> None:
        shown = not self.columns.isVisibleTo(self)
        self.columns.setVisible(shown)
        self.map.setChecked(shown)
        if self.table:
            self.table.setVisible(not shown)
        self.detail.setVisible(not shown and self.detail.has_something)
        self.chips.setVisible(not shown)
        if shown:
            self.columns.setFocus()

    # ------------------------------------------------------------------------------------------------------------ shape

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 4)
        head.setSpacing(8)
        head.addWidget(self.file, 1)
        head.addWidget(self.sheet)
        head.addWidget(self.map)
        head.addWidget(button(_("Another file …"), self._flow.begin, "undo-2", "quiet"))
        self.notes.setContentsMargins(16, 2, 16, 4)
        bar = QFrame()
        bar.setObjectName("status")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.sums, 1)
        row.addWidget(self.rejected)
        row.addWidget(self.write)
        self.columns.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.notes)
        column.addWidget(self.chips)
        column.addLayout(self.place, 3)
        column.addWidget(self.columns, 3)
        column.addWidget(self.detail)
        column.addWidget(bar)


def _sums(going: int, staying: int) -> str:
    goes = ngettext("{n} row goes in.", "{n} rows go in.", going).format(n=f"{going:,}")
    if not staying:
        return goes
    stays = ngettext("{n} row stays out.", "{n} rows stay out.", staying).format(n=f"{staying:,}")
    return f"{goes} {stays}"


def _skipped(plan: Plan) -> list[str]:
    """Say which rows are no rows of the list, such as totals and signatures."""
    skipped = plan.read.skipped
    if not skipped:
        return []
    told = "; ".join(_("row {row}: {reason}").format(row=one.row, reason=one.reason) for one in skipped[:4])
    more = " …" if len(skipped) > 4 else ""
    return [
        ngettext("{n} row was left out", "{n} rows were left out", len(skipped)).format(n=len(skipped))
        + f" ({told}{more})"
    ]
