"""Who the person is, on which footing it works here, what was seen of it, and how it counts."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import seasons, staff
from ccfs_desktop.services.staff import StaffFile
from ccfs_desktop.views.kit.describe import Field, describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.record_photo import PhotoColumn
from ccfs_desktop.views.staff_tab import StaffTab


class StaffFacts(StaffTab):
    """Each field is stored when it is left."""

    title = N_("Person")

    def __init__(self, record: Any) -> None:
        """Build the form."""
        super().__init__(record)
        self.form = Form(
            Staff,
            Section(N_("Person"), "name", "name_latin", "sex", "birth_date", "phone", "speaks"),
            Section(N_("Work"), "role", "employment", "group_id", "started_on", "ended_on"),
            Section(N_("Seen and checked"), "id_seen", "qualification", "referees"),
            Section(N_("On the roster"), "counted", "keyholder", "leads", "note"),
            save=self._save,
            fields=[self._groups()],
        )
        actions = (N_("Load a photo of staff"), N_("Remove a photo of staff"))
        self.portrait = PhotoColumn(record.page, Staff, record.staff_id, actions, record.changed)
        self.column.setContentsMargins(0, 0, 16, 0)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.form, 1)
        row.addWidget(self.portrait)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.setFocusProxy(self.form.rows["name"].editor)

    def show_file(self, file: StaffFile) -> None:
        """Show the person."""
        self.form.show_record(file.person)
        self.portrait.show_photo(there=file.person.has_photo)

    def _groups(self) -> Field:
        """Return the field of the usual group: the groups of the season, or none."""
        with self.db.read() as session:
            groups = seasons.groups(session, self.record.season)
        choices = (*((group.id, group.name) for group in groups), (None, _("None")))
        return replace(describe(Staff, "group_id"), kind="choice", choices=choices)

    def _save(self, name: str, value: Any) -> None:
        with self.storing(N_("Change a staff file")) as session:
            staff.change(session, self.record.staff_id, **{name: value})
