"""Who did what with this child's file, and when, as the sealed trail has it."""

from typing import Any

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import histories
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.services.histories import KINDS, Event
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit import work
from ccfs_desktop.views.kit.table import Column, Rows, Table

_MOST = 500


class HistoryTab(ChildTab):
    """Read beside the window when it comes into view."""

    title = N_("History")

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

    def show_file(self, file: ChildFile) -> None:  # noqa: ARG002 (read when it comes into view)
        """Show the history anew if it is in view."""
        if self.isVisible():
            self.entered()

    def entered(self) -> None:
        """Read the history."""
        child_id, db = self.record.child_id, self.db

        def task(_job: object) -> list[Event]:
            with db.read() as session:
                return histories.of_child(session, child_id, _MOST)

        work.start(task, self._show, owner=self)

    def _show(self, events: list[Event]) -> None:
        rows = [(n, e.at, e.by, e.action, e.kind, e.field, e.before, e.after) for n, e in enumerate(events)]
        self.table.show_rows(Rows(rows, self.columns))
