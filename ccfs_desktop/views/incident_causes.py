"""Why it happened, who else was informed, and what is done so that it does not come back."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.action import Action, Source
from ccfs_desktop.models.check import Severity
from ccfs_desktop.models.incident import Incident, Kind
from ccfs_desktop.services import actions, incidents, seasons
from ccfs_desktop.services.incidents import File
from ccfs_desktop.views.incident_event import CHANGED
from ccfs_desktop.views.incident_part import IncidentPart
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words


class CausesPart(IncidentPart):
    """Five whys and the root cause; authority, insurer, brand; corrective actions."""

    title = N_("Causes and actions")

    def __init__(self, record: Any) -> None:
        """Build the form."""
        super().__init__(record)
        self.form = Form(
            Incident,
            Section(
                N_("Why it happened"), "why1", "why2", "why3", "why4", "why5", "root_cause",
                note=N_("Ask why until you come to something the factory can change."),
            ),
            Section(
                N_("Who else was informed"), "told_authority", "told_insurer", "told_brand",
                note=N_("Who, when and how; leave empty whom nobody informed."),
            ),
            save=self._save,
        )  # fmt: skip
        self.begun = QVBoxLayout()
        self.question = Ask()
        self.begin_button = button(_("Make a corrective action"), self.begin_action, "plus")
        go = partial(record.page.context.shell.go, "safety", place="patrols", part="sightings")
        self.log_button = button(_("Open the log of children in production"), go, "eye")
        self.column.addWidget(self.flat(self.form))
        self.column.addWidget(self.log_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.section(N_("Corrective actions"))
        self.column.addLayout(self.begun)
        self.column.addWidget(self.begin_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.question)
        self.column.addStretch(1)
        self.setFocusProxy(self.form.rows["why1"].editor)

    def show_file(self, file: File) -> None:
        """Show causes and actions."""
        self.fill(self.form, file.incident)
        self.form.lock(locked=not file.open)
        self.begin_button.setVisible(not file.incident.discarded)
        self.log_button.setVisible(file.incident.kind is Kind.PRODUCTION)
        with self.db.read() as session:
            begun = actions.of(session, incident_id=file.incident.id)
        while item := self.begun.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for one in begun:
            self.begun.addWidget(self._line(one))
        if not begun:
            self.begun.addWidget(words(_("No corrective action was begun."), "quiet"))

    def begin_action(self) -> None:
        """Ask what is to be put right. It is open to all who see actions, so nobody is named in it."""
        severity = describe(Action, "severity")
        form = Form(Action, Section("", "finding", "severity", "owner"), fields=[severity])
        form.show_values({"finding": "", "severity": None, "owner": ""})
        sentence = _("Write what must be put right, without naming a child: more people see actions than incidents.")
        self.question.ask(sentence, _("Make a corrective action"), self._begun, form)

    def _begun(self, values: dict[str, Any]) -> None:
        one = self.record.incident
        with self.db.begin(N_("Begin a corrective action"), final=True) as session:
            season = next(s for s in seasons.every(session) if s.id == one.season_id)
            severity: Severity = values["severity"]
            actions.begin(
                session, season, source=Source.INCIDENT, finding=values["finding"], severity=severity,
                found_on=one.day, by=self.record.page.context.user, incident_id=one.id, reference=one.number,
                owner=values["owner"],
            )  # fmt: skip
        self.record.changed()

    def _line(self, one: Action) -> Any:
        text = f"{one.number} · {_(one.stage.word)} · {one.due} · {one.finding}"
        return button(text, partial(self.record.page.context.shell.go, "incidents", place="actions", action=one.id),
                      kind="link")  # fmt: skip

    def _save(self, name: str, value: Any) -> None:
        with self.storing(CHANGED) as session:
            incidents.change(session, self.record.incident_id, **{name: value})
