"""Who did what with a file, and when, as the sealed trail has it."""

from typing import Any

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services.histories import KINDS, Event
from ccfs_desktop.views.kit import work
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.record_tab import RecordTab


class HistoryPart(RecordTab):
    """Read beside the window when it comes into view."""

    title = N_("History")
    most = 500
    """How many changes are shown."""

    def __init__(self, record: Any) -> None:
        """Build the list."""
        super().__init__(record)
        self.columns = (
            Column("at", _("When"), 130),
            Column("by", _("Who"), 120),
            Column("action", _("Action"), 190),
            Column("kind", _("What"), 80, word=lambda kind: _(KINDS[kind])),
            Column("field", _("Field"), 150),
            Column("before", _("Before"), 180, tone=lambda _text: "quiet"),
            Column("after", _("After"), 220),
        )
        self.table = Table("child-history", self.columns)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.table, 1)

    def events(self, session: Any) -> list[Event]:
        """Return what was done with the file, newest first; called on the worker thread."""
        raise NotImplementedError

    def show_file(self, file: Any) -> None:  # noqa: ARG002 (read when it comes into view)
        """Show the history anew if it is in view."""
        if self.isVisible():
            self.entered()

    def entered(self) -> None:
        """Read the history."""
        db = self.db

        def task(_job: object) -> list[Event]:
            with db.read() as session:
                return self.events(session)

        work.start(task, self._show, owner=self)

    def _show(self, events: list[Event]) -> None:
        rows = [(n, e.at, e.by, e.action, e.kind, e.field, e.before, e.after) for n, e in enumerate(events)]
        self.table.show_rows(Rows(rows, self.columns))
