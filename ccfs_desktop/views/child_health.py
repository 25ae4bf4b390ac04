"""Health and care: sealed, read only by those who hold the key, and each reading is noted."""

from typing import Any

from ccfs_desktop import vault
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import CarePlan
from ccfs_desktop.services import children, histories
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import EmptyState

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
        if self.form:
            for name in _NAMES:
                if not self.form.rows[name].editor.property("changed"):
                    self.form.show_values({name: getattr(plan, name) if plan else None})

    def _save(self, name: str, value: Any) -> None:
        with self.storing(N_("Change a care plan")) as session:
            children.change_care_plan(session, self.record.child_id, **{name: value})
