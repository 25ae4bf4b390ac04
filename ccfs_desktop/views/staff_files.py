"""The adults who look after the children, and whether the papers each must have still hold."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import StaffRole
from ccfs_desktop.services import seasons, staff
from ccfs_desktop.services.searching import fold
from ccfs_desktop.services.staff import StaffFile
from ccfs_desktop.views import staff_print
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.places import PlacesPage
from ccfs_desktop.views.kit.states import EmptyState, button, tool
from ccfs_desktop.views.kit.table import Rows, Table
from ccfs_desktop.views.staff_columns import columns, due_columns, due_rows, row
from ccfs_desktop.views.staff_place import StaffPlace

_WORKING, _DUE, _OUT, _VOLUNTEERS, _LEFT = "working", "due", "not-counting", "volunteers", "left"


class FilesPlace(StaffPlace):
    """The list of staff, or of what runs out when; a person's file opens over it."""

    name = "files"
    right = "staff"
    primary_right = "personnel"
    title = N_("Staff files")
    primary = N_("Add a person")
    primary_icon = "plus"

    def __init__(self, page: PlacesPage) -> None:
        """Build the lists."""
        super().__init__(page)
        self.season: Season | None = None
        self.draft: dict[str, Any] = {}
        """What was typed for a new person and neither added nor given up."""
        self.paper_drafts: dict[int, dict[str, Any]] = {}
        """Staff id → what was typed for a new paper and neither added nor given up."""
        self.wish_drafts: dict[int, dict[str, Any]] = {}
        self._here: list[StaffFile] = []
        self._gone: list[StaffFile] = []
        self.filters = FilterBar(hint=_("Name or phone"))
        self.filters.searched.connect(lambda _text: self._fill())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self._fill())  # pyright: ignore
        self.columns, self.due_columns = columns(), due_columns()
        self.table, self.due = Table("staff", self.columns), Table("staff-due", self.due_columns)
        for table in (self.table, self.due):
            table.activated_key.connect(self._open)
            table.typed.connect(self.filters.search.begin)
        self.filters.search.left_down.connect(self._go_down)
        self.filters.search.settled.connect(lambda: page.context.searched("staff", self.table.rows.rowCount()))
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.due)
        self._nobody: QWidget | None = None
        self.printer = button(_("Print"), lambda: None, "printer")
        self.printer.setMenu(staff_print.menu(self, self.print))
        self.body.addWidget(self._bar())
        self.body.addWidget(self.lists, 1)

    def _bar(self) -> QWidget:
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(0, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(self.filters, 1)
        line.addWidget(self.printer)
        line.addWidget(tool("columns-3", _("Choose the columns"), self._choose_columns))
        return bar

    @property
    def shown(self) -> Table:
        """The list in view."""
        return self.due if self.filters.chosen == _DUE else self.table

    # ------------------------------------------------------------------------------------------------- what is shown

    def refresh(self) -> None:
        """Read the staff again."""
        day = clock.today()
        with self.db.read() as session:
            working = staff.everybody(session, day=day)
            gone = staff.everybody(session, day=day, left=True)
            try:
                self.season = seasons.current(session, day)
            except UserError as error:
                self.page.show_unready(error)
                return
            self._here = staff.files(session, self.season, working, day)
            self._gone = staff.files(session, self.season, gone, day)
        if not working and not gone:
            self.page.show_empty(
                "users",
                _("Nobody is on the staff list yet."),
                _("Import the staff list"),
                self._import,
                _("Or add people one by one, with the button above."),
            )
            return
        self.page.show_content()
        self._fill()

    def _fill(self) -> None:
        """Show what the chip and the search ask for."""
        groups = self._groups()
        labels = {
            _WORKING: _("Working here"),
            _DUE: _("Papers due"),
            _OUT: _("Does not count"),
            _VOLUNTEERS: _("Volunteers"),
            _LEFT: _("Left"),
        }
        urgent = sum(len(file.urgent) for file in self._here)
        counts = {key: len(files) for key, files in groups.items()} | {_DUE: urgent}
        self.filters.show_chips([Chip(key, label, counts[key]) for key, label in labels.items()])
        words = fold(self.filters.search.text()).split()
        files = groups[self.filters.chosen or _WORKING]
        found = [file for file in files if all(f" {word}" in file.person.search for word in words)]
        due = self.filters.chosen == _DUE
        rows = due_rows(staff.due(found)) if due else [row(file) for file in found]
        before = self.shown.key()
        self.shown.show_rows(Rows(rows, self.due_columns if due else self.columns))
        self._choose(before)
        self._show_list(empty=not rows)

    def _choose(self, key: Any) -> None:
        """Put the cursor on the row it was on before."""
        numbers = range(self.shown.rows.rowCount())
        self.shown.choose(next((n for n in numbers if self.shown.rows.row(n)[0] == key), 0))

    def _groups(self) -> dict[str, list[StaffFile]]:
        return {
            _WORKING: self._here,
            _DUE: self._here,
            _OUT: [file for file in self._here if not file.counting.percent],
            _VOLUNTEERS: [file for file in self._here if file.person.role is StaffRole.VOLUNTEER],
            _LEFT: self._gone,
        }

    def _show_list(self, *, empty: bool) -> None:
        if self._nobody:
            self.lists.removeWidget(self._nobody)
            self._nobody.deleteLater()
            self._nobody = None
        if empty:
            self._nobody = self._nothing()
            self.lists.addWidget(self._nobody)
        self.lists.setCurrentWidget(self._nobody or self.shown)

    def _nothing(self) -> QWidget:
        query = self.filters.search.text().strip()
        if query:
            sentence = _("Nobody fits “{query}” here.").format(query=query)
            return EmptyState("search", sentence, _("Empty the search"), self.filters.search.clear)
        if self.filters.chosen == _DUE:
            return EmptyState("circle-check", _("No paper is missing, and none runs out."))
        return EmptyState("users", _("Nobody is in this list."))

    def _go_down(self) -> None:
        self.shown.setFocus()

    # ----------------------------------------------------------------------------------------------- where one can go

    def act(self) -> None:
        """Add a person."""
        from ccfs_desktop.views.staff_new import NewPerson  # noqa: PLC0415 (when first asked for)

        self.page.push(_("Add a person"), NewPerson(self))

    def open(self, **target: Any) -> None:
        """Show a file (``staff=7``, with ``papers=True`` at its papers) or a filter (``filter="due"``)."""
        if isinstance(target.get("staff"), int):
            self._open(target["staff"], papers=bool(target.get("papers")))
        elif target.get("filter") in {_WORKING, _DUE, _OUT, _VOLUNTEERS, _LEFT}:
            self.refresh()
            self.filters.choose(target["filter"])

    def step(self, rows: int) -> None:
        """Open the file of the person some rows further down the list, at the same part."""
        from ccfs_desktop.views.staff_record import StaffRecord  # noqa: PLC0415 (as below)

        number, before = self.shown.currentIndex().row() + rows, self.page.stack.currentWidget()
        if not 0 <= number < self.shown.rows.rowCount():
            last, first = _("This is the last person of the list."), _("This is the first person of the list.")
            self.page.say(last if rows > 0 else first)
            return
        self.page.pop()
        self.shown.choose(number)
        self._open(self.shown.key())
        opened = self.page.stack.currentWidget()
        if isinstance(before, StaffRecord) and isinstance(opened, StaffRecord):
            opened.tabs.setCurrentIndex(before.tabs.currentIndex())

    def print(self, name: str) -> None:
        """Print a paper: for those chosen in the list, or about everybody."""
        staff_print.show(self.page, name, [*dict.fromkeys(self.shown.keys())])

    def printed(self) -> None:
        """Print the vetting list."""
        self.print("vetting-list")

    def _open(self, key: Any, *, papers: bool = False) -> None:
        from ccfs_desktop.views.staff_record import StaffRecord  # noqa: PLC0415 (when first asked for)

        if self.season is None:
            self.refresh()
        if self.season is None:
            return
        try:
            record = StaffRecord(self, self.season, key)
        except UserError as error:
            self.page.tell(error)
            return
        self.page.push(record.file.person.name, record)
        record.name_page()
        if papers or self.filters.chosen == _DUE:
            record.show_papers()

    def _import(self) -> None:
        self.context.shell.go("children", lists="staff")

    def _choose_columns(self) -> None:
        self.shown.column_menu().exec(self.shown.mapToGlobal(self.shown.rect().topRight()))
