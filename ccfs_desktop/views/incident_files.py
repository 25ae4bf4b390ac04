"""Photos and papers of an incident, and what was learnt after it was signed."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.incident import IncidentAddendum
from ccfs_desktop.services import incident_files, incident_signing
from ccfs_desktop.services.attachments import Attachment
from ccfs_desktop.services.incidents import File
from ccfs_desktop.views.attachments import Attachments, Kept
from ccfs_desktop.views.incident_part import IncidentPart
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words

_EVENT = 0
"""An addendum about the event, not about one child."""


class FilesPart(IncidentPart):
    """Files may be added for ever, taken away only from a draft; additions are never changed."""

    title = N_("Files and additions")

    def __init__(self, record: Any) -> None:
        """Build it, empty."""
        super().__init__(record)
        self.files = Attachments(record.page, self._content)
        self.files.added.connect(self._add)
        self.files.removed.connect(self._remove)
        self.question = Ask()
        self.addenda = QVBoxLayout()
        self.add_button = button(_("Write an addendum"), self.write, "pencil")
        self.section(N_("Photos and papers"), N_("Sealed. They are not part of the parents' copy."))
        self.column.addWidget(self.files)
        self.section(N_("Additions"), N_("What is learnt after signing. An addendum is never changed."))
        self.column.addLayout(self.addenda)
        self.column.addWidget(self.add_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.question)
        self.column.addStretch(1)
        self.setFocusProxy(self.files)

    def show_file(self, file: File) -> None:
        """Show files and additions."""
        kept = [Kept(one.id, one.name, one.kind, _("Added by {name}").format(name=one.by)) for one in file.files]
        self.files.show_files(kept, locked=not file.open, addable=not file.incident.discarded)
        while item := self.addenda.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        names = {one.record.id: one.name for one in file.children}
        for one in file.addenda:
            about = names.get(one.incident_child_id or 0, "")
            head = " · ".join(part for part in (f"{one.at:%Y-%m-%d %H:%M}", one.by, about) if part)
            self.addenda.addWidget(words(head, "label"))
            self.addenda.addWidget(words(one.words or "", wrap=True))
        if not file.addenda:
            self.addenda.addWidget(words(_("Nothing was added."), "quiet"))
        self.add_button.setVisible(file.incident.signed_at is not None)

    def write(self) -> None:
        """Ask for an addendum, and whether it is about one child."""
        children = self.record.file.children
        choices = tuple((one.record.id, one.name) for one in children)
        about = Field("about", _("About"), kind="choice", choices=(*choices, (_EVENT, _("The event"))), folded=True)
        form = Form(IncidentAddendum, Section("", "words", "about"), fields=[about])
        form.show_values({"words": "", "about": choices[0][0] if len(choices) == 1 else _EVENT})
        self.question.ask(_("It is added with your name and the time, and stays."), _("Add it"), self._written, form)

    def _written(self, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Add to an incident"), final=True) as session:
            incident_signing.add(
                session, self.record.incident_id, values["words"] or "", by=self.record.page.context.user,
                report_id=values["about"] or None,
            )  # fmt: skip
        self.record.changed()

    def _content(self, key: int) -> bytes | None:
        with self.db.read() as session:
            return incident_files.content(session, key)

    def _add(self, attachment: Attachment) -> None:
        by = self.record.page.context.user
        self.record.store(
            N_("Add a file to an incident"),
            lambda s: incident_files.add(s, self.record.incident_id, attachment, by=by),
        )

    def _remove(self, key: int) -> None:
        self.record.store(N_("Take a file out of an incident"), lambda s: incident_files.remove(s, key))
