"""One part of an incident: its form follows the record and is locked once it is signed."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccfs_desktop.i18n import _
from ccfs_desktop.services.incident_kinds import SEVERITIES, severity_word
from ccfs_desktop.services.incidents import File
from ccfs_desktop.views.kit.describe import Field, describe
from ccfs_desktop.views.kit.form import Form
from ccfs_desktop.views.record_tab import RecordTab

if TYPE_CHECKING:
    from ccfs_desktop.views.incident_panel import IncidentPanel


class IncidentPart(RecordTab):
    """What all parts need."""

    record: "IncidentPanel"
    report_id: int | None = None
    """The child's report it shows."""

    def show_file(self, file: File) -> None:
        """Show the file as it stands now."""
        raise NotImplementedError

    def go(self, name: str) -> None:
        """Put the cursor into a field."""
        for form in self.findChildren(Form):
            if name in form.rows:
                form.rows[name].editor.setFocus()
                self.ensureWidgetVisible(form.rows[name])

    def fill(self, form: Form, record: object) -> None:
        """Show a record's values; what somebody is typing is left alone."""
        for name, row in form.rows.items():
            if not row.editor.property("changed"):
                form.show_values({name: getattr(record, name)})

    def flat(self, form: Form) -> Form:
        """Let a form stand in the part without a margin of its own."""
        if layout := form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        return form


def severity_field(record: type) -> Field:
    """Return the field in which a severity is chosen."""
    choices: tuple[tuple[Any, str], ...] = tuple((n, severity_word(n)) for n in SEVERITIES)
    return replace(describe(record, "severity"), kind="choice", choices=choices, help=_("The worst that was needed."))
