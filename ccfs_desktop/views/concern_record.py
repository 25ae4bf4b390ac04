"""One safeguarding concern: the report as it came, what followed, and the next entry."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.concern import ConcernEntry
from ccfs_desktop.services import concerns
from ccfs_desktop.services.concerns import LONGEST, SHORT, Case, Entry, Step
from ccfs_desktop.views.concern_new import fields
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.kit.table import written

if TYPE_CHECKING:
    from ccfs_desktop.views.concerns import ConcernsPlace

_WIDTH = 720
_SAFE = {True: N_("Yes"), False: N_("No"), None: N_("Not known")}


class ConcernRecord(QScrollArea):
    """Read above, written below."""

    def __init__(self, place: "ConcernsPlace", case: Case) -> None:
        """Build it."""
        super().__init__()
        self._place, self._case = place, case
        steps = [step for step in Step if (step is Step.REOPENING) == case.closed]
        self.form = Form(
            ConcernEntry,
            Section(N_("Next entry"), "step", "to", "words"),
            fields=[
                Field(
                    "step", _("What it is"), kind="choice", choices=tuple((s, _(s.word)) for s in steps), folded=True
                ),
                Field("to", _("Passed on to"), _("Only when it is passed on."), length=SHORT),
                Field("words", _("What was done or learnt"), kind="text", required=True, length=LONGEST),
            ],
        )
        self.form.show_values({"step": steps[0]})
        self._build()
        self.setFocusProxy(self.form.rows["step"].editor)

    def save(self) -> None:
        """Add the entry; it is sealed, and never changed."""
        page = self._place.page
        try:
            values: dict[str, Any] = self.form.values()
            with page.db.begin(concerns.REPORTED, final=True) as session:
                concerns.add(session, self._case.id, values["step"], values["words"], to=values["to"] or "")
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        page.context.shell.saved()
        page.pop()
        self._place.open(concern=self._case.id)

    def print(self) -> None:
        """Print the concern, for the file that is kept under lock."""
        from ccfs_desktop.reports import issue_concern  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        page = self._place.page
        page.work(
            _("Printing …"),
            lambda _job: issue_concern.record(page.db, self._case.id),
            lambda pdf: page.push(_("Confidential"), Paper(pdf, "confidential", say=page.say)),
        )

    def _build(self) -> None:
        holder = QWidget()
        holder.setObjectName("sheet")
        inner = QWidget()
        inner.setMaximumWidth(theme.px(_WIDTH))
        around = QHBoxLayout(holder)
        around.setContentsMargins(16, 16, 16, 24)
        around.addWidget(inner, 1)
        around.addStretch(0)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        came = _("Reported on {at} by {who}").format(at=written(self._case.at), who=self._case.by)
        column.addWidget(words(came, "section", wrap=True))
        column.addLayout(self._told())
        for entry in self._case.entries:
            column.addWidget(hairline())
            column.addWidget(words(_headline(entry), "label", wrap=True))
            column.addWidget(_text(entry.words))
        column.addWidget(hairline())
        if layout := self.form.layout():
            layout.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button(_("Add the entry"), self.save, "lock", "primary"))
        row.addWidget(button(_("Print for the locked file"), self.print, "printer"))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(holder)

    def _told(self) -> QFormLayout:
        """Show what was reported; what was left empty is left out."""
        lines = QFormLayout()
        lines.setHorizontalSpacing(16)
        lines.setVerticalSpacing(6)
        lines.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for field in fields():
            value = getattr(self._case.report, field.name)
            shown = _(_SAFE[value]) if field.name == "safe_now" else written(value)
            if shown:
                label = words(field.label, "label", wrap=True)
                label.setFixedWidth(theme.px(170))
                lines.addRow(label, _text(shown))
        return lines


def _headline(entry: Entry) -> str:
    told = f"{_(entry.step.word)} · {written(entry.at)} · {entry.by}"
    return f"{told} → {entry.to}" if entry.to else told


def _text(told: str) -> QWidget:
    label = words(told, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
