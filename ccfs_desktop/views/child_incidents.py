"""The incidents a child was in, for those who may read them; opening one is noted."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from ccfs_desktop import vault
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import incident_list
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.services.incident_kinds import severity_word
from ccfs_desktop.services.incident_list import STATE_WORDS
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit.states import EmptyState, button, words


class IncidentsTab(ChildTab):
    """A line for each incident, newest first; the other children in it are not named."""

    title = N_("Incidents")

    def __init__(self, record: Any) -> None:
        """Build it, empty, or the sentence that says why there is nothing."""
        super().__init__(record)
        self.allowed = vault.SENSITIVE in self.db.keys
        self.lines = QVBoxLayout()
        if not self.allowed:
            self.column.addWidget(EmptyState("lock", _("Your role does not include the reports of incidents.")))
            return
        self.column.addLayout(self.lines)
        self.column.addStretch(1)

    def show_file(self, file: ChildFile) -> None:  # noqa: ARG002 (read when it comes into view)
        """Show the list anew."""
        self.entered()

    def entered(self) -> None:
        """Read which incidents the child was in."""
        if not self.allowed:
            return
        with self.db.read() as session:
            rows = incident_list.rows(session, self.record.season, child_id=self.record.child_id)
        while item := self.lines.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        go = self.record.page.context.shell.go
        for row in rows:
            at = f" {row.at:%H:%M}" if row.at else ""
            facts = (row.number, f"{row.day}{at}", _(row.kind.word), _(row.place.word), severity_word(row.severity))
            text = " · ".join((*facts, _(STATE_WORDS[row.state])))
            self.lines.addWidget(button(text, partial(go, "incidents", incident=row.id), kind="link"))
        if not rows:
            self.lines.addWidget(words(_("This child was in no incident."), "quiet"))
