"""The restricted form on which a safeguarding concern is reported. What is sent cannot be changed or taken back."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.concern import Concern
from ccfs_desktop.services import concerns
from ccfs_desktop.services.concerns import LONGEST, SHORT, Report
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.views.concerns import ConcernsPlace

_WIDTH = 640


def fields() -> list[Field]:
    """Return the fields of the form, in the order they are asked; ``concern_record`` shows the same."""
    return [
        Field("about", _("Which child"), _("The name, or whatever you know."), required=True, length=SHORT),
        Field(
            "what", _("What was seen or heard"), _("Only what was seen or heard, in plain words; no opinion."), "text",
            required=True, length=LONGEST,
        ),
        Field("day", _("Day"), kind="date"),
        Field("at", _("Time"), kind="time"),
        Field("place", _("Place"), length=SHORT),
        Field(
            "child_said", _("The child's own words"), _("As it said them. Do not question the child."), "text",
            length=LONGEST,
        ),
        Field("person", _("Worried about whose behaviour"), length=SHORT),
        Field("done", _("What was done at once"), kind="text", length=LONGEST),
        Field(
            "safe_now", _("Is the child safe now"), kind="choice",
            choices=((True, _("Yes")), (False, _("No")), (None, _("Not known"))),
        ),
        Field("reporter", _("Who noticed it"), _("If it was not you."), length=SHORT),
    ]  # fmt: skip


class NewConcern(QScrollArea):
    """Asks little, and nothing that only an investigation can answer."""

    def __init__(self, place: "ConcernsPlace") -> None:
        """Build the form, with what was typed before and not sent."""
        super().__init__()
        self._place, self._kept = place, True
        names = [field.name for field in fields()]
        self.form = Form(
            Concern,
            Section(N_("What worries you"), *names[:5]),
            Section(N_("More, if you know"), *names[5:]),
            fields=fields(),
        )
        self.form.show_values({"day": None, "at": None, "safe_now": None} | place.draft)
        self.problem = words("", "problem", wrap=True)
        self.send = button(_("Seal and send"), self.save, "lock", "primary")
        self._build()
        self.setFocusProxy(self.form.rows["about"].editor)

    def save(self) -> None:
        """Seal what was written. From now on it is seen by those who hold the key, and by nobody else."""
        page = self._place.page
        try:
            told = Report(**self.form.values())
            with page.db.begin(concerns.REPORTED, final=True) as session:
                concerns.report(session, told)
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        except UserError as error:
            self.problem.setText(str(error))
            return
        self._give_up()
        page.context.shell.saved()
        page.warn(_("Sent and sealed. If the child is in danger now, call the coordinator at once."))

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed while another page is looked at."""
        super().hideEvent(event)
        self._place.draft = self._typed() if self._kept else {}

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        for name, row in self.form.rows.items():
            with suppress(UserError):
                typed[name] = row.editor.value()
        return typed

    def _give_up(self) -> None:
        self._kept = False
        self._place.draft = {}
        self._place.page.pop()

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
        column.setSpacing(12)
        told = _(
            "What you send is sealed: only the HR officer and the coordinator can read it, and it cannot be changed. "
            "Until then nothing of it is kept on this PC."
        )
        if layout := self.form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        column.addWidget(words(told, "quiet", wrap=True))
        column.addWidget(self.form)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.send)
        row.addWidget(button(_("Cancel"), self._give_up))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(holder)
