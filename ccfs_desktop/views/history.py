"""What was done, by whom: undo one by one, look at the lists that went in."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop.db import undo
from ccfs_desktop.db.undo import Action
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import histories, imports
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.table import Column, Rows, Table


class HistoryPanel(QWidget):
    """The last user actions, newest first; each can be taken back while nothing later stands on it."""

    def __init__(self, page: Page) -> None:
        """Build the list."""
        super().__init__()
        self._page = page
        self._actions: dict[str, Action] = {}
        self._columns = (
            Column("at", _("When"), width=140, sortable=False),
            Column("action", _("What"), width=250, sortable=False),
            Column("actor", _("Who"), width=120, sortable=False),
            Column("changes", _("Records"), width=80, number=True, sortable=False),
            Column("state", _("State"), width=120, sortable=False),
        )
        self.table = Table("settings-history", self._columns)
        self.table.setMinimumHeight(theme.px(420))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._offer())  # pyright: ignore
        self.undo_button = button(_("Undo this"), self._undo, "undo-2")
        head = QHBoxLayout()
        head.addWidget(words(_("The last actions"), "section"))
        head.addStretch(1)
        head.addWidget(self.undo_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(words(_("Undoing is an action of its own and can be seen here."), "quiet"))
        column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Read the history again."""
        found = undo.history(self._page.db)
        self._actions = {a.transaction: a for a in found}
        names = {a.transaction: a.action for a in found}
        rows = [(a.transaction, _local(a.at), _what(a, names), a.actor, a.changes, _state(a)) for a in found]
        self.table.show_rows(Rows(rows, self._columns))
        self._offer()

    def _offer(self) -> None:
        action = self._actions.get(self.table.key() or "")
        mine = action is not None and (action.actor == self._page.db.actor.user or self._page.context.may("undo"))
        self.undo_button.setEnabled(action is not None and mine and (action.undoable or action.redoable))
        self.undo_button.setText(_("Do it again") if action and action.redoable else _("Undo this"))

    def _undo(self) -> None:
        action = self._actions.get(self.table.key() or "")
        if action is not None:
            self._page.work(
                _("Undoing “{action}” …").format(action=_(action.action)),
                lambda _job: histories.take_back(self._page.db, action),
                lambda _nothing: self._undone(action),
            )

    def _undone(self, action: Action) -> None:
        self._page.context.shell.saved()
        self._page.say(_("Undone: {action}").format(action=_(action.action)))
        self.refresh()


def _what(action: Action, names: dict[str, str]) -> str:
    if action.undoes:
        return _("Undone: {action}").format(action=_(names.get(action.undoes, N_("an earlier action"))))
    return _(action.action)


def _state(action: Action) -> str:
    if action.undone:
        return _("undone")
    if action.undoable:
        return _("can be undone")
    return _("can be done again") if action.redoable else "" if action.undoes else _("stays")


def _local(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


class ListsPanel(QWidget):
    """The factory's lists that went in, newest first."""

    def __init__(self, page: Page) -> None:
        """Build the list."""
        super().__init__()
        self._page = page
        self._columns = (
            Column("at", _("Read on"), width=140, sortable=False),
            Column("kind", _("List"), width=200, sortable=False),
            Column("file", _("File"), width=240, sortable=False),
            Column("by", _("By"), width=120, sortable=False),
            Column("rows", _("Rows"), width=70, number=True, sortable=False),
            Column("imported", _("New"), width=70, number=True, sortable=False),
            Column("updated", _("Changed"), width=80, number=True, sortable=False),
            Column("attention", _("Need attention"), width=120, number=True, sortable=False),
        )
        self.table = Table("settings-lists", self._columns)
        self.table.setMinimumHeight(theme.px(420))
        self.none = words(_("No list has gone in yet. Import the worker list on the Children page first."), "quiet")
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        column.addWidget(words(_("Lists that went in"), "section"))
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        column.addStretch(0)

    def refresh(self) -> None:
        """Read the ledger again."""
        with self._page.db.read() as session:
            found = imports.ledger(session)
        rows = [
            (r.id, r.at, _(r.kind.word), r.file_name, r.by, r.rows, r.imported, r.updated, r.attention) for r in found
        ]
        self.none.setVisible(not rows)
        self._column.setStretch(3, 0 if rows else 1)
        self.table.setVisible(bool(rows))
        self.table.show_rows(Rows(rows, self._columns))
