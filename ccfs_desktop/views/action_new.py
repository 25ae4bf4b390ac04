"""A corrective action by hand: what an audit or a survey found, or what somebody noticed."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.action import Action, Source
from ccfs_desktop.models.check import Severity
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import actions
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.views.actions import ActionsPlace

_WIDTH = 620
_SOURCES = (Source.AUDIT, Source.SURVEY, Source.HAND)
_SEVERITIES = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)
_FIELDS = ("source", "reference", "finding", "severity", "found_on", "immediate", "owner")


class NewAction(QScrollArea):
    """Source, finding and severity are enough; the rest is written in the action itself."""

    def __init__(self, place: "ActionsPlace", season: Season) -> None:
        """Build the form.

        Args:
            place: the list, over which it lies.
            season: of the action.
        """
        super().__init__()
        self._place, self._season, self._kept = place, season, True
        choices = {"source": _SOURCES, "severity": _SEVERITIES}
        fields = [
            replace(describe(Action, name), choices=tuple((one, _(one.word)) for one in some))
            for name, some in choices.items()
        ]
        self.form = Form(Action, Section("", *_FIELDS), fields=fields)
        self.form.show_values({"source": Source.AUDIT, "severity": None, "found_on": clock.today()})
        self.form.changed.connect(self._changed)
        self.problem = words("", "problem", wrap=True)
        self.add = button(_("Add"), self.save, "check", "primary")
        self._build()
        send = QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        send.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.form.rows["source"].editor)
        self.form.show_values(place.draft)

    def save(self) -> None:
        """Begin the action and open it."""
        try:
            values = self.form.values()
            with self._place.db.begin(N_("Begin a corrective action"), final=True) as session:
                action = actions.add(session, self._season, by=self._place.context.user, **values)
        except Invalid as error:
            self.form.show_problems(error.problems)
        except UserError as error:
            self.problem.setText(str(error))
        else:
            self._place.context.shell.saved()
            self._give_up()
            self._place.show_action(action.id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed: it is there again next time, unless it was added or given up."""
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
        self._place.page.pop()

    def _changed(self, name: str) -> None:
        """Say by when it is due, as soon as the severity is chosen."""
        self.problem.clear()
        if name in ("severity", "found_on"):
            with suppress(UserError):
                values = {key: self.form.rows[key].editor.value() for key in ("severity", "found_on")}
                if values["severity"] and values["found_on"]:
                    told = _("Due on {day}.").format(day=actions.due(values["severity"], values["found_on"]))
                    self.form.rows["severity"].advise(told)

    def _build(self) -> None:
        holder, inner = QWidget(), QWidget()
        holder.setObjectName("sheet")
        inner.setMaximumWidth(theme.px(_WIDTH))
        around = QHBoxLayout(holder)
        around.setContentsMargins(16, 16, 16, 24)
        around.addWidget(inner, 1)
        around.addStretch(0)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        if layout := self.form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        note = _("All who work here see actions: write nothing about a child's body or behaviour.")
        column.addWidget(words(note, "help", wrap=True))
        column.addWidget(self.form)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add)
        row.addWidget(button(_("Cancel"), self._give_up))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(holder)
