"""The factory's lists going in: choose a file, see what will become of each row, let the good ones in."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import backups, imports, listing, workers
from ccfs_desktop.services.imports import Plan
from ccfs_desktop.services.listing import Book, ColumnsMissing
from ccfs_desktop.views.import_done import ImportDone
from ccfs_desktop.views.import_preview import ImportPreview
from ccfs_desktop.views.import_start import ImportStart
from ccfs_desktop.views.kit import memory, work
from ccfs_desktop.views.kit.page import Page

_FILES = "*.xlsx *.xlsm *.xls *.ods *.csv *.txt *.tsv"


class ImportPage(QWidget):
    """Lies over the page it was asked for on. Nothing is written before the last button is pressed."""

    def __init__(self, page: Page, season: Season, kind: str = "") -> None:
        """Begin with the choice of list and file.

        Args:
            page: over which it lies.
            season: into which children are enrolled.
            kind: ``workers``, ``children`` or ``staff``; empty to ask.
        """
        super().__init__()
        self.page, self.season = page, season
        self.kind = ListKind(kind) if kind in {k.value for k in ListKind} else self._next_kind()
        self.book: Book | None = None
        self.plan: Plan | None = None
        self._sheet: str | None = None
        self._mapping: dict[str, int] | None = None
        self.start = ImportStart(self)
        self.preview = ImportPreview(self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.setFocusProxy(self.start)
        self.start.show_kind(self.kind)

    def _next_kind(self) -> ListKind:
        """Propose the list that is due: workers first, because children are matched with their parents."""
        with self.page.db.read() as session:
            return ListKind.CHILDREN if workers.WorkerList().count(session) else ListKind.WORKERS

    # ------------------------------------------------------------------------------------------------------- reading

    def choose(self) -> None:
        """Ask for the file."""
        folder = memory.recall("import/folder", str(Path.home()))
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the list"), folder, f"{_('Lists')} ({_FILES})")
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Open a file beside the window and show what is in it."""
        memory.keep("import/folder", str(path.parent))
        self._sheet = self._mapping = None

        def task(job: work.Job) -> Book:
            return listing.open_book(path, lambda: job.cancelled)

        self.page.work(_("Opening {name} …").format(name=path.name), task, self._opened)

    def _opened(self, book: Book) -> None:
        self.book = book
        self.plan_again()

    def change(self, *, sheet: str | None = None, mapping: dict[str, int] | None = None) -> None:
        """Read the same file again, another sheet or with other columns."""
        if sheet is not None:
            self._sheet, self._mapping = sheet, None
        if mapping is not None:
            self._mapping = mapping
        self.plan_again()

    def plan_again(self) -> None:
        """Say anew what will become of each row."""
        book, db, kind, season = self.book, self.page.db, self.kind, self.season
        if book is None:
            return
        sheet, mapping = self._sheet, self._mapping

        def task(job: work.Job) -> Plan:
            read = imports.read_file(
                db, kind, book, mapping=mapping, sheet=sheet, progress=job, cancel=lambda: job.cancelled
            )
            with db.read() as session:
                return imports.plan(session, season, kind, read)

        self.page.work(_("Reading the list …"), task, self._planned, self._refused)

    def _planned(self, plan: Plan) -> None:
        self.plan = plan
        self.preview.show_plan(plan)
        self.stack.setCurrentWidget(self.preview)
        self.preview.setFocus()

    def _refused(self, error: UserError) -> None:
        """Say why; where only a column is missing, let the officer point it out."""
        if isinstance(error, ColumnsMissing):
            self.preview.ask_columns(error.table.mapping, error.table.sheet, error.table.header)
            self.stack.setCurrentWidget(self.preview)
        self.page.tell(error)

    # ------------------------------------------------------------------------------------------------------- writing

    def write(self) -> None:
        """Let the good rows in, as one action."""
        plan, db, season = self.plan, self.page.db, self.season
        if plan is None:
            return

        def task(job: work.Job) -> Plan:
            backups.before(db, backups.Why.IMPORT)
            imports.apply(db, season, plan, progress=job, cancel=lambda: job.cancelled)
            return plan

        self.page.work(_("Importing …"), task, self._written)

    def _written(self, plan: Plan) -> None:
        self.page.context.shell.saved()
        done = ImportDone(self, plan)
        self.stack.addWidget(done)
        self.stack.setCurrentWidget(done)
        done.setFocus()

    def save_rejected(self) -> None:
        """Ask where, and save the rows that do not go in, each with its reason."""
        plan = self.plan
        if plan is None:
            return
        name = f"{Path(plan.read.file_name).stem} – {_('to correct')}.xlsx"
        proposed = Path(memory.recall("import/folder", str(Path.home()))) / name
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the rows to correct"), str(proposed), "Excel (*.xlsx)"
        )
        if chosen:
            self.save_rejected_as(Path(chosen))

    def save_rejected_as(self, path: Path) -> None:
        """Save the rows that do not go in."""
        plan = self.plan

        def task(_job: work.Job) -> str:
            try:
                if plan:
                    imports.write_rejected(plan, path)
            except OSError:
                raise UserError(
                    _("“{name}” cannot be written. Close it in Excel, or choose another folder.").format(name=path.name)
                ) from None
            return path.name

        self.page.work(_("Saving …"), task, lambda name: self.page.say(_("Saved as {name}.").format(name=name)))

    def note_left(self, plan: Plan) -> None:
        """Note the workers who are no longer listed as left today."""
        with self.page.saving(N_("Note workers who left")) as session:
            workers.note_left(session, plan.gone, on=clock.today())

    # -------------------------------------------------------------------------------------------------------- around

    def begin(self, kind: ListKind | None = None) -> None:
        """Go back to the choice of list and file."""
        self.page.banner.hide()
        self.kind = kind or self.kind
        self.book = self.plan = None
        self.start.show_kind(self.kind)
        self.stack.setCurrentWidget(self.start)
        self.start.setFocus()

    def leave(self, page: str = "", **target: Any) -> None:
        """Go away, to another page if asked."""
        self.page.pop()
        if page:
            self.page.context.shell.go(page, **target)

    def undo(self) -> None:
        """Take the import back."""
        context = self.page.context
        if context.undo is None:
            return
        try:
            sentence = context.undo()
        except UserError as error:
            self.page.tell(error)
        else:
            context.shell.saved()
            self.page.say(sentence)
            self.begin()
