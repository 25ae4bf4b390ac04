"""Health and care: sealed, read only by those who hold the key, and each reading is noted."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ccfs_desktop import vault
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.child import CarePlan
from ccfs_desktop.models.log import HealthNote
from ccfs_desktop.services import children, health, health_rules, histories, medicine, roles
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.services.medicine import Course
from ccfs_desktop.services.roles import Right
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import EmptyState, button, words

_NAMES = ("declared_on", "conditions", "medicine", "plan", "diet", "doctor", "habits")


class HealthTab(ChildTab):
    """The care plan. It is read from the database only when this part comes into view."""

    title = N_("Health")
    right = "details"

    def __init__(self, record: Any) -> None:
        """Build the form, or the sentence that says why there is none."""
        super().__init__(record)
        self.allowed = vault.SENSITIVE in self.db.keys
        self._noted = False
        self.form: Form | None = None
        if not self.allowed:
            self.column.addWidget(
                EmptyState(
                    "lock",
                    _("Your role does not include health and care details."),
                    detail=_(
                        "What everybody on duty must know stands under “Child”. Ask the HR officer for anything else."
                    ),
                )
            )
            return
        self.form = Form(
            CarePlan,
            Section(
                N_("Health declaration"), "declared_on", "conditions", "medicine", "plan",
                note=N_("Sealed. Who reads this is noted in the history."),
            ),
            Section(N_("Care"), "diet", "habits", "doctor"),
            save=self._save,
        )  # fmt: skip
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.form)
        self.kept = QVBoxLayout()
        """Medicine in the space and notes of illness, each a way to its place on the page Safety."""
        self.kept.setContentsMargins(16, 0, 16, 16)
        self.kept.setSpacing(4)
        self.column.addLayout(self.kept)
        self.column.addStretch(1)

    def show_file(self, file: ChildFile) -> None:  # noqa: ARG002 (read when it comes into view)
        """Show the plan anew if it is in view."""
        if self._noted:
            self._show()

    def entered(self) -> None:
        """Read the plan, and note once per opened file who did."""
        if self.form is None:
            return
        if not self._noted:
            self._noted = True
            with self.db.begin(N_("Read a care plan"), final=True) as session:
                self.db.note(session, histories.CARE_PLAN_READ, str(self.record.child_id))
        self._show()

    def _show(self) -> None:
        with self.db.read() as session:
            plan = children.care_plan(session, self.record.child_id)
            may = roles.may(session, Right.DETAILS)
            courses = medicine.of_child(session, self.record.child_id) if may else []
            notes = health.of_child(session, self.record.child_id) if may else []
        if self.form:
            for name in _NAMES:
                if not self.form.rows[name].editor.property("changed"):
                    self.form.show_values({name: getattr(plan, name) if plan else None})
        if may:
            self._show_kept(courses, notes)

    def _show_kept(self, courses: list[Course], notes: list[HealthNote]) -> None:
        while item := self.kept.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self.kept.addWidget(words(_("Medicine in the space"), "section"))
        for one in courses:
            self._link(_course(one), place="medicine", course=one.course.id)
        self._link(_("Take a written request"), place="medicine", child=self.record.child_id)
        self.kept.addSpacing(12)
        self.kept.addWidget(words(_("Signs of illness"), "section"))
        for note in notes:
            self._link(_note(note), place="health", note=note.id)
        self._link(_("Note signs of illness"), place="health", child=self.record.child_id)

    def _link(self, text: str, **target: Any) -> None:
        go = partial(self.record.page.context.shell.go, "safety", **target)
        self.kept.addWidget(button(text, go, "arrow-right", "link"), alignment=Qt.AlignmentFlag.AlignLeft)

    def _save(self, name: str, value: Any) -> None:
        with self.storing(N_("Change a care plan")) as session:
            children.change_care_plan(session, self.record.child_id, **{name: value})


def _course(one: Course) -> str:
    course = one.course
    told = _("{medicine}, {dose}, {first} to {last}").format(
        medicine=course.medicine, dose=course.dose, first=course.first_day, last=course.last_day
    )
    return f"{told} · {_(course.ended.word)}" if course.ended else told


def _note(note: HealthNote) -> str:
    signs = [_(word) for word in health_rules.words_of(note.signs)]
    seen = listed([*signs, *([note.words] if note.words else [])])
    return f"{note.day} · {seen} · {_(note.decision.word)}"
