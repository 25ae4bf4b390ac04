"""The event itself: what happened, where and when, who was there, and which children were in it."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.incident import Incident
from ccfs_desktop.services import incident_then, incidents, seasons
from ccfs_desktop.services.incident_kinds import ASKED
from ccfs_desktop.services.incidents import File
from ccfs_desktop.views.child_picker import ChildPicker
from ccfs_desktop.views.incident_new import group_field
from ccfs_desktop.views.incident_part import IncidentPart, severity_field
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, tool, words

CHANGED = N_("Change an incident")


class EventPart(IncidentPart):
    """What is asked first of every kind; the questions under the account are those of its kind."""

    title = N_("What happened")

    def __init__(self, record: Any) -> None:
        """Build the form."""
        super().__init__(record)
        with self.db.read() as session:
            season = next(s for s in seasons.every(session) if s.id == record.incident.season_id)
            group = group_field(session, season)
        folded = replace(describe(Incident, "place"), folded=True)
        self.form = Form(
            Incident,
            Section(N_("What happened"), "described"),
            Section(N_("What and where"), "kind", "place", "place_detail", "day", "at", "group_id", "severity"),
            save=self._save,
            fields=[group, folded, severity_field(Incident)],
        )
        self.adults = Form(Incident, Section(N_("Who was there"), "staff_in_charge", "witnesses"), save=self._save)
        self.told = _Told(self._take_over)
        self.named = QVBoxLayout()
        self.picker = ChildPicker(self.db)
        self.picker.setMaximumWidth(420)
        self.picker.picked.connect(self._picked)
        self.duty_button = button(_("Take from the duty list"), self._take_staff, "users")
        self._build()

    def show_file(self, file: File) -> None:
        """Show the event."""
        one = file.incident
        self.fill(self.form, one)
        self.fill(self.adults, one)
        for form in (self.form, self.adults):
            form.lock(locked=not file.open)
        self.form.rows["severity"].setVisible(not file.children)
        self.told.show_words(file, told=bool(file.told) and not one.described)
        prompts = ASKED[one.kind].prompts if file.open else ()
        self.form.rows["described"].advise(" ".join(_(prompt) for prompt in prompts))
        self.adults.rows["staff_in_charge"].advise(
            file.then.sentence, warning=file.then.short or bool(file.then.unknown)
        )
        self.duty_button.setVisible(file.open and one.at is not None)
        self.picker.setVisible(file.open)
        self._show_children(file)

    def _save(self, name: str, value: Any) -> None:
        with self.storing(CHANGED) as session:
            incidents.change(session, self.record.incident_id, **{name: value})

    def _take_over(self) -> None:
        """Begin the account with the words of who reported."""
        told = self.record.file.told
        self.record.store(CHANGED, lambda s: incidents.change(s, self.record.incident_id, described=told))

    def _take_staff(self) -> None:
        one = self.record.incident

        def write(session: Any) -> None:
            season = next(s for s in seasons.every(session) if s.id == one.season_id)
            names = incident_then.in_charge(session, season, one.day, one.at, one.group_id)
            incidents.change(session, one.id, staff_in_charge=names or one.staff_in_charge)

        self.record.store(CHANGED, write)

    # ----------------------------------------------------------------------------------------------- the children

    def _picked(self, child: Child | None) -> None:
        if child is None:
            return
        self.picker.clear()
        self.picker.chosen = None
        self.record.store(
            N_("Add a child to an incident"), lambda s: incidents.add_child(s, self.record.incident_id, child.id)
        )

    def _remove(self, report_id: int) -> None:
        self.record.store(N_("Take a child out of an incident"), lambda s: incidents.remove_child(s, report_id))

    def _show_children(self, file: File) -> None:
        while item := self.named.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for one in file.children:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            age = _("age {years}").format(years=one.age)
            row.addWidget(words(" · ".join(part for part in (one.name, one.name_latin, age) if part)))
            if file.open:
                text = _("Not in it: {name}").format(name=one.name)
                row.addWidget(tool("x", text, partial(self._remove, one.record.id)))
            row.addStretch(1)
            self.named.addWidget(line)
        if not file.children:
            self.named.addWidget(words(_("No child is named."), "quiet"))

    def _build(self) -> None:
        self.column.addWidget(self.told)
        self.column.addWidget(self.flat(self.form))
        self.column.addSpacing(16)
        self.column.addWidget(self.flat(self.adults))
        self.column.addWidget(self.duty_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.section(N_("Children in it"), N_("Each has a report of its own, in which the others are not named."))
        self.column.addLayout(self.named)
        self.column.addWidget(self.picker)
        self.column.addStretch(1)
        self.setFocusProxy(self.form.rows["described"].editor)


class _Told(QFrame):
    """The words of somebody who reported and may not read them."""

    def __init__(self, take: Any) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.head, self.text = words("", "label"), words("", wrap=True)
        self.take = button(_("Begin the account with these words"), take, "copy")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.head, 1)
        row.addWidget(self.take)
        column.addLayout(row)
        column.addWidget(self.text)

    def show_words(self, file: File, *, told: bool) -> None:
        """Show them; the button as long as nothing else is written."""
        self.setVisible(bool(file.told))
        self.head.setText(_("As {name} reported it:").format(name=file.incident.reported_by))
        self.text.setText(file.told)
        self.take.setVisible(told and file.open)
