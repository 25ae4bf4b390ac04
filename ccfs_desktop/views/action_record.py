"""A corrective action over its list: how far it is, all that is written about it, and what comes next."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.action import Repeat, Stage
from ccfs_desktop.services import action_file, actions, histories
from ccfs_desktop.services.action_file import ActionFile
from ccfs_desktop.services.histories import Event
from ccfs_desktop.views import action_looks, safety_looks
from ccfs_desktop.views.action_facts import ActionFacts
from ccfs_desktop.views.action_moves import Moves
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, hairline, mark, words
from ccfs_desktop.views.record_history import HistoryPart
from ccfs_desktop.views.signing import SignStrip


class ActionHistory(HistoryPart):
    """The action's history."""

    def events(self, session: Any) -> list[Event]:
        """Return what was done with the action."""
        return histories.of_action(session, self.record.action_id, self.most)


class ActionRecord(QWidget):
    """Each field is stored when it is left; what needs a word or a signature is asked above the foot."""

    def __init__(self, page: Page, action_id: int) -> None:
        """Read the action and show it.

        Args:
            page: over which it lies.
            action_id: the action.

        Raises:
            UserError: it is gone.
        """
        super().__init__()
        self.setObjectName("content")
        self.page, self.action_id = page, action_id
        self.file: ActionFile = self._read()
        self.question, self.sign = Ask(), SignStrip(page)
        self.head, self.facts, self.history = Head(self), ActionFacts(self), ActionHistory(self)
        self.moves = Moves(self)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.facts, _("Action"))
        self.tabs.addTab(self.history, _(ActionHistory.title))
        self.tabs.currentChanged.connect(lambda n: self.history.entered() if n else None)  # pyright: ignore
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.tabs, self.question, self.sign, hairline(), self.moves):
            column.addWidget(part, 1 if part is self.tabs else 0)
        self.sign.asking.connect(lambda on: self.moves.setVisible(not on))
        self.setFocusProxy(self.facts)
        self._show()

    def changed(self) -> None:
        """Read the action again after something was stored."""
        self.page.banner.hide()
        self.page.context.shell.saved()
        self.reload()

    def reload(self) -> None:
        """Read the action again, as after an undo."""
        try:
            self.file = self._read()
        except UserError as error:
            self.page.tell(error)
            return
        self._show()

    def store(self, action: str, write: Callable[[Any], object]) -> None:
        """Do one step that stays: a signature, a word.

        Raises:
            Invalid: something was refused; the question says it under its field.
            UserError: something was refused.
        """
        with self.page.db.begin(action, final=True) as session:
            write(session)
        self.changed()

    def print(self) -> None:
        """Print the action with its evidence."""
        from ccfs_desktop.reports import issue_actions  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        page, number = self.page, self.file.action.number
        page.work(
            _("Printing …"),
            lambda _job: issue_actions.sheet(page.db, self.action_id),
            lambda pdf: page.push(number, Paper(pdf, number.lower(), say=page.say)),
        )

    def name_page(self) -> None:
        """Write in the page's head which action this is."""
        action = self.file.action
        self.page.header.name(action.number, " · ".join(part for part in (action.item, _(action.source.word)) if part))

    def go_to(self, action_id: int) -> None:
        """Open another action instead."""
        self.page.pop()
        self.page.open(place="actions", action=action_id)

    def go_to_source(self) -> None:
        """Open what it came from."""
        action, go = self.file.action, self.page.context.shell.go
        if self.file.check_id:
            go("safety", check=self.file.check_id)
        elif action.incident_id:
            go("incidents", incident=action.incident_id)
        elif action.sighting_id:
            go("safety", place="patrols", part="sightings", sighting=action.sighting_id)

    def _read(self) -> ActionFile:
        with self.page.db.read() as session:
            return action_file.read(session, self.action_id)

    def _show(self) -> None:
        self.head.show_file(self.file)
        self.facts.show_file(self.file)
        self.history.show_file(self.file)
        self.moves.show_file(self.file)


class Head(QFrame):
    """How far it is, how severe, by when; where it came from and what was known before."""

    def __init__(self, record: ActionRecord) -> None:
        """Build it, empty."""
        super().__init__()
        self.setObjectName("banner")
        self._record = record
        self.sign, self.stage = QLabel(), words("", "section")
        self.severity, self.repeat = mark(""), mark("")
        self.told = words("", wrap=True)
        self.below = QWidget()
        self.links = QHBoxLayout(self.below)
        self.links.setContentsMargins(0, 0, 0, 0)
        self.links.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(10)
        for part in (self.sign, self.stage, self.severity, self.repeat):
            row.addWidget(part)
        row.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 6)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.below)

    def show_file(self, file: ActionFile) -> None:
        """Show how the action stands."""
        action, day = file.action, clock.today()
        icon, tone = action_looks.look(action, day)
        icons.put(self.sign, icon, tone)
        self.stage.setText(actions.word(action, day))
        theme.mark(self, tone=tone if tone in ("danger", "warning") else "plain")
        self.severity.setText(_(action.severity.word))
        theme.mark(self.severity, tone=_mark(safety_looks.SEVERITY[action.severity]))
        self.repeat.setText("" if action.repeat is Repeat.NEW else _(action.repeat.word))
        theme.mark(self.repeat, tone=_mark(action_looks.REPEAT[action.repeat]))
        self.told.setText(" ".join(_sentences(file)))
        self._link(file)

    def _link(self, file: ActionFile) -> None:
        while item := self.links.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        record, action = self._record, file.action
        if file.before:
            self._add(_("Before: {number}").format(number=file.before.number), partial(record.go_to, file.before.id))
        if file.later:
            self._add(
                _("Later: {number}").format(number=file.later[-1].number), partial(record.go_to, file.later[-1].id)
            )
        if file.check_id or action.incident_id or action.sighting_id:
            self._add(_("See where it was found"), record.go_to_source)
        self.below.setVisible(bool(self.links.count()))
        self.links.addStretch(1)

    def _add(self, text: str, slot: Callable[[], object]) -> None:
        self.links.addWidget(button(text, slot, "arrow-right", "link"))


def _mark(tone: str) -> str:
    return "" if tone == "quiet" else tone


def _sentences(file: ActionFile) -> list[str]:
    """Say by when what is due, and what is unusual."""
    action = file.action
    told: list[str] = []
    if action.stage in actions.UNSOLVED:
        told.append(_("Found on {found}, due on {due}.").format(found=action.found_on, due=action.due))
    elif action.stage is Stage.DONE and action.done_on:
        told.append(_("Done on {day} by {name}.").format(day=action.done_on, name=action.done_by))
    elif action.stage is Stage.VERIFIED and action.check_due:
        told.append(_("Whether it works is looked at from {day} on.").format(day=action.check_due))
    if file.withdrawn and not action.frozen:
        told.append(_("The check was opened again and no longer says so: end it with grounds for no action."))
    return told
