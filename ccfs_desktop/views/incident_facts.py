"""What somebody without the key sees of an incident: no name, no word about a child."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services.incident_kinds import severity_word
from ccfs_desktop.services.incidents import File
from ccfs_desktop.views.incident_part import IncidentPart
from ccfs_desktop.views.kit.states import words


class FactsPart(IncidentPart):
    """Number, kind, place, time, severity, how many were there."""

    title = N_("Incident")

    def __init__(self, record: Any) -> None:
        """Build it, empty."""
        super().__init__(record)
        self.facts = QFormLayout()
        self.facts.setHorizontalSpacing(24)
        self.facts.setVerticalSpacing(8)
        self.column.addWidget(
            words(_("What happened to whom is sealed: only the HR officer and the coordinator can read it."), "quiet",
                  wrap=True)
        )  # fmt: skip
        self.column.addLayout(self.facts)
        self.column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_file(self, file: File) -> None:
        """Show the facts."""
        while self.facts.rowCount():
            self.facts.removeRow(0)
        one = file.incident
        facts = (
            (_("Number"), one.number),
            (_("Kind"), _(one.kind.word)),
            (_("Place"), _(one.place.word)),
            (_("Day"), one.day.isoformat()),
            (_("Time"), f"{one.at:%H:%M}" if one.at else _("Not known")),
            (_("Group"), file.group or _("Whole space")),
            (_("Severity"), severity_word(one.severity)),
            (_("Adults and children"), file.then.sentence),
        )
        for title, text in facts:
            self.facts.addRow(words(title, "label"), words(text, wrap=True))
