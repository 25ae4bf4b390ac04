"""The child itself: names, birth date, where it lives and sleeps, what everybody must know, and its photo."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import Child
from ccfs_desktop.services import children
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.record_photo import PhotoColumn


class FactsTab(ChildTab):
    """The facts of the enrolment form's first part."""

    title = N_("Child")

    def __init__(self, record: Any) -> None:
        """Build the form."""
        super().__init__(record)
        self.form = Form(
            Child,
            Section(
                N_("Child"),
                "name",
                "name_latin",
                "nickname",
                "sex",
                "birth_date",
                "birth_precision",
                "speaks",
                "school",
            ),
            Section(N_("Care and home"), "alert", "self_leave", "left_behind", "sleeps_where", "insurance", "note"),
            save=self._save,
        )
        actions = (N_("Load a child's photo"), N_("Remove a child's photo"))
        self.portrait = PhotoColumn(record.page, Child, record.child_id, actions, record.changed)
        self.load_photo = self.portrait.load_photo
        self.column.setContentsMargins(0, 0, 16, 0)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.form, 1)
        row.addWidget(self.portrait)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def show_file(self, file: ChildFile) -> None:
        """Show the child."""
        for name, row in self.form.rows.items():
            if not row.editor.property("changed"):
                self.form.show_values({name: getattr(file.child, name)})
        self.portrait.show_photo(there=file.child.has_photo)

    def _save(self, name: str, value: Any) -> None:
        with self.storing(N_("Change a child")) as session:
            children.change(session, self.record.child_id, **{name: value})
