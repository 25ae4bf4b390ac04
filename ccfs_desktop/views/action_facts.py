"""What is written about an action: finding, causes, correction, prevention; its evidence; what was said and signed."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.action import Action, ActionStep, Evidence, Source
from ccfs_desktop.services import action_evidence, actions
from ccfs_desktop.services.action_evidence import Proof
from ccfs_desktop.services.action_file import ActionFile
from ccfs_desktop.services.actions import ENDED, UNSOLVED
from ccfs_desktop.services.attachments import Attachment
from ccfs_desktop.views.attachments import Attachments, Kept
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import words
from ccfs_desktop.views.record_tab import RecordTab

_FOUND = ("finding", "reference")


class ActionFacts(RecordTab):
    """Each field is stored when it is left."""

    title = N_("Action")

    def __init__(self, record: Any) -> None:
        """Build the form and the rows of evidence."""
        super().__init__(record)
        self.wording = words("", "quiet", wrap=True)
        self.wording.setContentsMargins(16, 12, 16, 0)
        self.form = Form(
            Action,
            Section(N_("Finding"), *_FOUND, "immediate", "owner"),
            Section(N_("What is done"), "correction", "prevention"),
            Section(
                N_("Why it happened"), *(f"why{n}" for n in range(1, 6)), "root_cause",
                note=N_("Ask why five times, or until the answer is something you can change."),
            ),
            save=self._save,
        )  # fmt: skip
        self.before = Attachments(record.page, self._content, _("How it was before"))
        self.after = Attachments(record.page, self._content, _("How it is after"))
        self.before.added.connect(lambda file: self._add(file, after=False))
        self.after.added.connect(lambda file: self._add(file, after=True))
        for row in (self.before, self.after):
            row.removed.connect(self._remove)
        self.steps = QVBoxLayout()
        self.steps.setSpacing(10)
        self._build()
        self.setFocusProxy(self.form.rows["correction"].editor)

    def show_file(self, file: ActionFile) -> None:
        """Show the action as it stands."""
        action = file.action
        asked = f"{action.item}: {_(file.wording)}" if file.wording else ""
        self.wording.setText(asked)
        self.wording.setVisible(bool(asked))
        self.form.show_record(action)
        locked = action.frozen or not file.may_work
        self.form.lock(locked=locked)
        for name in _FOUND:
            self.form.rows[name].editor.lock(locked=locked or action.source is Source.CHECK)
        free = file.may_work and action.stage in UNSOLVED
        more = file.may_work and action.stage not in ENDED
        for row, after in ((self.before, False), (self.after, True)):
            row.show_files([_kept(one) for one in file.evidence if one.after is after], locked=not free, addable=more)
        self._show_steps(file.steps)

    def _save(self, name: str, value: Any) -> None:
        with self.storing(N_("Change a corrective action")) as session:
            actions.change(session, self.record.action_id, **{name: value})

    # ------------------------------------------------------------------------------------------------- evidence

    def _content(self, evidence_id: int) -> bytes | None:
        with self.db.read() as session:
            return action_evidence.content(session, evidence_id)

    def _add(self, file: Attachment, *, after: bool) -> None:
        page = self.record.page
        with page.saving(N_("Add evidence")) as session:
            kept = action_evidence.add(session, self.record.action_id, file, after=after, by=page.context.user)
        self.record.reload()
        if not kept.frozen:
            form = Form(Evidence, Section("", "caption"))
            sentence = _("{file} is kept. What does it show?").format(file=kept.name)
            self.record.question.ask(sentence, _("Write it down"), lambda v: self._caption(kept.id, v), form)

    def _caption(self, evidence_id: int, values: dict[str, Any]) -> None:
        with self.storing(N_("Describe evidence")) as session:
            action_evidence.describe(session, evidence_id, values["caption"])

    def _remove(self, evidence_id: int) -> None:
        with self.record.page.saving(N_("Remove evidence")) as session:
            action_evidence.remove(session, evidence_id)
        self.record.reload()

    # ---------------------------------------------------------------------------------------------------- steps

    def _show_steps(self, steps: tuple[ActionStep, ...]) -> None:
        while item := self.steps.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        if not steps:
            self.steps.addWidget(words(_("Nothing yet."), "quiet"))
        for step in reversed(steps):
            self.steps.addWidget(_step(step))

    def _build(self) -> None:
        self.column.setContentsMargins(0, 0, 0, 24)
        self.column.setSpacing(0)
        self.column.addWidget(self.wording)
        self.column.addWidget(self.form)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(10)
        column.addWidget(words(_("Evidence"), "section"))
        rows = QHBoxLayout()
        rows.setSpacing(24)
        for row in (self.before, self.after):
            rows.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(rows)
        column.addSpacing(16)
        column.addWidget(words(_("Said and signed"), "section"))
        column.addLayout(self.steps)
        self.column.addWidget(below)
        self.column.addStretch(1)


def _kept(file: Proof) -> Kept:
    told = _("Added by {name}, {at:%Y-%m-%d %H:%M}").format(name=file.by, at=file.at)
    return Kept(file.id, file.caption or file.name, file.kind, f"{file.name}\n{told}" if file.caption else told)


def _step(step: ActionStep) -> QLabel:
    who = ", ".join(part for part in (step.name, step.role) if part)
    proof = f" · {_(step.proof.word)}" if step.proof else ""
    told = f"{_(step.step.word)} · {step.at:%Y-%m-%d %H:%M} · {who}{proof}"
    label = words(f"{told}\n{step.word}" if step.word else told, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
