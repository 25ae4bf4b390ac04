"""A short list of records with a form for the chosen one below it: groups, hours, days of the calendar."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.base import Record
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.table import Column, Rows, Table

_ROWS_SHOWN = 6


class RecordList(QWidget):
    """Records of one kind: add, change in place, remove. Each change is stored when its field is left."""

    def __init__(
        self,
        page: Page,
        kind: type[Record],
        names: Sequence[str],
        *,
        title: str,
        action: str,
        fresh: Callable[[], Record],
        remove: Callable[[Any, Any], None] | None = None,
    ) -> None:
        """Build it.

        Args:
            page: tells what went wrong, and opens transactions.
            kind: the records' class.
            names: its columns, in reading order.
            title: heading, translated.
            action: what a change is called in the history, marked with ``N_``.
            fresh: makes a new record.
            remove: removes one, given session and record; by default it is simply deleted.
        """
        super().__init__()
        self._page, self._kind, self._names, self._action = page, kind, tuple(names), action
        self._fresh = fresh
        self._remove = remove or (lambda session, record: session.delete(record))
        self._records: dict[int, Record] = {}
        fields = [describe(kind, name) for name in names]
        self._columns = [Column(f.name, f.label, width=150, sortable=False) for f in fields]
        self.table = Table(f"settings-{kind.__name__}", self._columns)
        self.table.setFixedHeight(theme.px(32) * (_ROWS_SHOWN + 1))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show())  # pyright: ignore
        self.form = Form(kind, Section("", *names), save=self._save)
        self._build(title)

    def show_records(self, records: Sequence[Record]) -> None:
        """Show the records; the one chosen stays chosen."""
        chosen = self.table.key()
        self._records = {r.id: r for r in records}
        rows = [(r.id, *(getattr(r, name) for name in self._names)) for r in records]
        self.table.show_rows(Rows(rows, self._columns))
        keys = list(self._records)
        self.table.choose(keys.index(chosen) if chosen in keys else 0)
        self._show()

    def _build(self, title: str) -> None:
        head = QHBoxLayout()
        head.addWidget(words(title, "section"))
        head.addStretch(1)
        head.addWidget(button(_("Add"), self._add, "plus", "quiet"))
        self.remove_button = button(_("Remove"), self._take_away, "trash-2", "quiet")
        head.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self.form)

    def _current(self) -> Record | None:
        return self._records.get(self.table.key() or 0)

    def _show(self) -> None:
        record = self._current()
        self.form.setVisible(record is not None)
        self.remove_button.setEnabled(record is not None)
        if record is not None:
            self.form.show_record(record)

    def _save(self, name: str, value: Any) -> None:
        record = self._current()
        if record is None:
            return
        with self._page.db.begin(self._action) as session:
            stored = session.get_one(self._kind, record.id)
            setattr(stored, name, value)
        self._page.context.shell.saved()
        self._page.refresh()

    def _add(self) -> None:
        with self._page.saving(self._action) as session:
            session.add(self._fresh())
        self.table.choose(max(0, len(self._records) - 1))
        self.form.setFocus()

    def _take_away(self) -> None:
        record = self._current()
        if record is None:
            return
        try:
            with self._page.db.begin(self._action) as session:
                self._remove(session, session.get_one(self._kind, record.id))
        except UserError as error:
            self._page.tell(error)
        else:
            self._page.context.shell.saved()
            self._page.refresh()
