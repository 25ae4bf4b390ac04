"""The short form on which anybody reports an incident: kind, place, time, children, what happened."""

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.incident import Incident
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import incidents, seasons
from ccfs_desktop.services.incident_kinds import ASKED
from ccfs_desktop.views.child_picker import ChildPicker, told
from ccfs_desktop.views.kit.describe import Field, describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, tool, words

if TYPE_CHECKING:
    from ccfs_desktop.views.incidents_list import IncidentsPlace

REPORTED = N_("Report an incident")


def group_field(session: Any, season: Season) -> Field:
    """Return the field in which the group is chosen; the last choice is the whole space."""
    groups = tuple((group.id, group.name) for group in seasons.groups(session, season))
    return replace(
        describe(Incident, "group_id"), kind="choice", choices=(*groups, (None, _("Whole space"))), folded=True
    )


class NewIncident(QScrollArea):
    """Asks only what somebody knows who has just seen it. What was typed stays until it is reported."""

    def __init__(self, place: "IncidentsPlace", *, may_read: bool) -> None:
        """Build the form.

        Args:
            place: the list; it keeps what was typed and not reported.
            may_read: whether the words can be read by who writes them.

        Raises:
            UserError: there is no season.
        """
        super().__init__()
        self._place, self._kept = place, True
        self.kids: list[Child] = list(place.unreported.get("children", ()))
        with place.db.read() as session:
            self.season = seasons.current(session, clock.today())
            fields = [
                group_field(session, self.season),
                Field("words", _("What happened"), _("Only what was seen or heard, in plain words."), "text",
                      required=True, length=4_000),
            ]  # fmt: skip
        self.form = Form(
            Incident,
            Section(N_("What and where"), "kind", "place", "place_detail", "day", "at", "group_id"),
            Section(N_("What happened"), "words"),
            fields=fields,
        )
        values = dict.fromkeys(self.form.rows) | {"day": clock.today()} | place.unreported
        self.form.show_values({name: values[name] for name in self.form.rows})
        self.form.changed.connect(lambda _name: self._prompt())  # pyright: ignore
        self.picker = ChildPicker(place.db)
        self.picker.picked.connect(self._picked)
        self.named = QVBoxLayout()
        self.problem = words("", "problem", wrap=True)
        self.send = button(_("Report"), self.save, "check", "primary")
        self._build(may_read=may_read)
        self._prompt()
        self._show_children()
        self.setFocusProxy(self.form.rows["kind"].editor)

    def save(self) -> None:
        """Report it. From now on it has a number and stays, even if it turns out to be a mistake."""
        page = self._place.page
        try:
            values = self.form.values()
            with page.db.begin(REPORTED, final=True) as session:
                incident = incidents.report(
                    session, self.season, by=page.context.user, children=[child.id for child in self.kids], **values
                )
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        except UserError as error:
            self.problem.setText(str(error))
            return
        self._give_up()
        page.context.shell.saved()
        self._place.reported(incident)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed while another page is looked at."""
        super().hideEvent(event)
        self._place.unreported = self._typed() if self._kept else {}

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {"children": list(self.kids)}
        for name, row in self.form.rows.items():
            with suppress(UserError):
                typed[name] = row.editor.value()
        return typed

    def _give_up(self) -> None:
        self._kept = False
        self._place.unreported = {}
        self._place.page.pop()

    def _prompt(self) -> None:
        """Say what an account of this kind should answer."""
        kind = self.form.rows["kind"].editor.value()
        self.form.rows["words"].advise(" ".join(_(prompt) for prompt in ASKED[kind].prompts) if kind else "")

    # ----------------------------------------------------------------------------------------------- the children

    def _picked(self, child: Child | None) -> None:
        if child is None:
            return
        self.picker.clear()
        self.picker.chosen = None
        if child.id not in [one.id for one in self.kids]:
            self.kids.append(child)
        self._show_children()

    def _remove(self, child: Child) -> None:
        self.kids.remove(child)
        self._show_children()
        self.picker.setFocus()

    def _show_children(self) -> None:
        while item := self.named.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for child in self.kids:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(words(told(child)))
            row.addWidget(tool("x", _("Not in it: {name}").format(name=child.name), partial(self._remove, child)))
            row.addStretch(1)
            self.named.addWidget(line)

    def _build(self, *, may_read: bool) -> None:
        holder = QWidget()
        holder.setObjectName("sheet")
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 16, 16, 24)
        column.setSpacing(10)
        sentence = (
            _("Report first; everything else can be written afterwards. A number is given at once and stays.")
            if may_read
            else _("What you write is sealed: only the HR officer and the coordinator can read it, you neither.")
        )
        column.addWidget(words(sentence, "quiet", wrap=True))
        if layout := self.form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(words(_("Children in it"), "section"))
        column.addWidget(words(_("Each has a report of its own, in which the others are not named."), "help"))
        column.addWidget(self.picker)
        column.addLayout(self.named)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.send)
        row.addWidget(button(_("Cancel"), self._give_up))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.picker.setMaximumWidth(420)
        self.setWidgetResizable(True)
        self.setWidget(holder)
