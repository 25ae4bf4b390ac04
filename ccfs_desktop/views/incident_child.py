"""The report on one child: how bad it was, the body map, first aid, what the parents were told."""

from typing import Any

from PySide6.QtCore import Qt

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.incident import IncidentChild
from ccfs_desktop.services import incident_signing, incidents
from ccfs_desktop.services.incident_kinds import ASKED
from ccfs_desktop.services.incident_papers import HIDEABLE
from ccfs_desktop.services.incidents import ChildReport, File
from ccfs_desktop.views.incident_body import BodyMap
from ccfs_desktop.views.incident_part import IncidentPart, severity_field
from ccfs_desktop.views.kit.describe import some_of
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words

CHANGED = N_("Change a child's report")
_BODY = ("injury", "marks", "temperature", "first_aid", "first_aid_by", "medicine", "clinic")


class ChildPart(IncidentPart):
    """Body and first aid stand there from the start where the kind needs them, else one button away."""

    def __init__(self, record: Any, report_id: int) -> None:
        """Build the forms.

        Args:
            record: the incident's panel.
            report_id: the child's report.
        """
        super().__init__(record)
        self.report_id: int | None = report_id
        self._opened = False
        self.about = words("", "quiet")
        self.first = self._form(Section(N_("What it was"), "severity", "part"))
        self.body = self._form(
            Section(N_("Injury or signs"), "injury", "temperature"),
            Section(N_("First aid"), "first_aid", "first_aid_by", "medicine", "clinic"),
        )
        self.map = BodyMap()
        self.map_title = words(_("Body map"), "section")
        self.more = button(_("Add an injury, signs or first aid"), self._open, "plus")
        self.parents = self._form(
            Section(
                N_("The parents"), "parent_told_day", "parent_told_at", "parent_told_who", "parent_told_how",
                "parent_told_by", note=N_("After signing, what is empty here can still be filled in, once."),
            ),
            Section(N_("Their word"), "parent_comment", "parent_signed_on"),
        )  # fmt: skip
        self.copy = self._form(
            Section(N_("Left out of the parents' copy"), "hidden", note=N_("Other children are never named in it."))
        )
        self.copy.rows["hidden"].label.setText("")
        self.print_button = button(_("Print the parents' copy"), self._print, "printer")
        self.map.changed.connect(lambda text: self._write("marks", text))
        for part in (
            self.about,
            self.first,
            self.more,
            self.body,
            self.map_title,
            self.map,
            self.parents,
            self.copy,
            self.print_button,
        ):
            self.column.addWidget(self.flat(part) if isinstance(part, Form) else part)
        for made in (self.more, self.print_button):
            self.column.setAlignment(made, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.column.setSpacing(16)
        self.setFocusProxy(self.first.rows["severity"].editor)

    def show_file(self, file: File) -> None:
        """Show this child's report."""
        mine = next((one for one in file.children if one.record.id == self.report_id), None)
        if mine is None:
            return
        self._tell(mine)
        for form in (self.first, self.body, self.parents, self.copy):
            self.fill(form, mine.record)
            form.lock(locked=not file.open and form is not self.copy)
        self.map.show_marks(mine.record.marks, locked=not file.open)
        if mine.record.frozen and not file.incident.discarded:
            for name, row in self.parents.rows.items():
                row.editor.lock(locked=getattr(mine.record, name) not in (None, ""))
        waiting = incident_signing.parents_waiting(file.incident, [mine.record])
        self.parents.rows["parent_told_day"].advise(
            _("The parents must be informed and are not yet.") if waiting else "", warning=True
        )
        shown = self._opened or ASKED[file.incident.kind].body or any(getattr(mine.record, n) for n in _BODY)
        self._show_body(shown=shown or mine.record.severity >= 1, addable=file.open)

    def _tell(self, mine: ChildReport) -> None:
        age = _("age {years} on that day").format(years=mine.age)
        self.about.setText(" · ".join(part for part in (mine.name, mine.name_latin, age) if part))

    def _show_body(self, *, shown: bool, addable: bool) -> None:
        for part in (self.body, self.map_title, self.map):
            part.setVisible(shown)
        self.more.setVisible(addable and not shown)

    def _open(self) -> None:
        self._opened = True
        self._show_body(shown=True, addable=True)
        self.body.rows["injury"].editor.setFocus()

    def _form(self, *sections: Section) -> Form:
        told = [severity_field(IncidentChild), some_of(IncidentChild, "hidden", _hideable())]
        return Form(IncidentChild, *sections, save=self._save, fields=told)

    def _save(self, name: str, value: Any) -> None:
        with self.storing(CHANGED) as session:
            incidents.change_report(session, self.report_id or 0, **{name: value})

    def _write(self, name: str, value: Any) -> None:
        self.record.store(CHANGED, lambda s: incidents.change_report(s, self.report_id or 0, **{name: value}))

    def _print(self) -> None:
        self.record.print(self.report_id, parent=True)


def _hideable() -> list[tuple[str, str]]:
    return [(name, _(word)) for name, word in HIDEABLE.items()]
