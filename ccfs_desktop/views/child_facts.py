"""The child itself: names, birth date, where it lives and sleeps, what everybody must know, and its photo."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Child
from ccfs_desktop.services import children, photos
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.views.child_face import show_face
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit import memory, theme
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words

_SIDE = 136


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
        self.photo = QLabel()
        self.load = button(_("Load a photo …"), self._choose, "camera")
        self.remove = button(_("Remove"), self._remove, "trash-2", "quiet")
        self.column.setContentsMargins(0, 0, 16, 0)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.form, 1)
        row.addLayout(self._photo_column())
        self.column.addLayout(row)
        self.column.addStretch(1)

    def _photo_column(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setContentsMargins(0, 16, 0, 0)
        side.setSpacing(8)
        side.addWidget(words(_("Photo"), "section"))
        side.addWidget(self.photo)
        side.addWidget(self.load)
        side.addWidget(self.remove)
        side.addStretch(1)
        self.photo.setFixedWidth(theme.px(_SIDE))
        return side

    def show_file(self, file: ChildFile) -> None:
        """Show the child."""
        for name, row in self.form.rows.items():
            if not row.editor.property("changed"):
                self.form.show_values({name: getattr(file.child, name)})
        self._show_photo(there=file.child.has_photo)

    def _save(self, name: str, value: Any) -> None:
        with self.storing(N_("Change a child")) as session:
            children.change(session, self.record.child_id, **{name: value})

    # --------------------------------------------------------------------------------------------------------- photo

    def _show_photo(self, *, there: bool) -> None:
        jpeg = None
        if there:
            with self.db.read() as session:
                jpeg = photos.of(session, self.record.child_id)
        show_face(self.photo, jpeg, _SIDE)
        self.remove.setVisible(there)

    def _choose(self) -> None:
        folder = memory.recall("folder", str(Path.home()))
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Load a photo"), folder, _("Photos") + " (*.jpg *.jpeg *.png *.webp)"
        )
        if chosen:
            self.load_photo(Path(chosen))

    def load_photo(self, path: Path) -> None:
        """Draw a photo anew, beside the window, and keep it."""
        child_id, db = self.record.child_id, self.db

        def task(_job: object) -> None:
            try:
                data = path.read_bytes()
            except OSError:
                raise UserError(_("The file “{name}” cannot be read.").format(name=path.name)) from None
            jpeg = photos.clean(data)
            with db.begin(N_("Load a child's photo")) as session:
                photos.keep(session, child_id, jpeg)

        self.record.page.work(_("Reading the photo …"), task, lambda _nothing: self.record.changed())

    def _remove(self) -> None:
        with self.record.page.saving(N_("Remove a child's photo")) as session:
            photos.remove(session, self.record.child_id)
        self.record.changed()
