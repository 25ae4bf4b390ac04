"""Corrective actions as a list and as a board; one opens over them."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.action import Action, Repeat, Stage
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import actions, roles, seasons
from ccfs_desktop.services.actions import ENDED, UNSOLVED
from ccfs_desktop.services.roles import Right
from ccfs_desktop.views import action_looks, safety_looks
from ccfs_desktop.views.action_record import ActionRecord
from ccfs_desktop.views.actions_board import Board
from ccfs_desktop.views.kit import memory
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import EmptyState, button, tool
from ccfs_desktop.views.kit.table import Column, Rows, Table

_BOARD = "actions/board"


class ActionsPlace(Place):
    """The season's actions, and those of earlier seasons that are not ended."""

    name = "actions"
    title = N_("Corrective actions")
    primary = N_("New action")
    primary_icon = "plus"

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.season: Season | None = None
        self.draft: dict[str, Any] = {}
        """What was typed for a new action and neither added nor given up."""
        self.every: list[Action] = []
        self.filters = FilterBar(hint=_("Number, finding or name"))
        self.filters.searched.connect(lambda _text: self._fill())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self._fill())  # pyright: ignore
        self.columns = self._columns()
        self.table, self.board = Table("actions", self.columns), Board()
        self.table.activated_key.connect(self.show_action)
        self.table.typed.connect(self.filters.search.begin)
        self.board.opened.connect(self.show_action)
        self.board.asked.connect(self._moved)
        self.filters.search.left_down.connect(self.setFocus)
        self.lists = QStackedWidget()
        for widget in (self.table, self.board):
            self.lists.addWidget(widget)
        self._nothing: QWidget | None = None
        self.switch = button("", self.turn, "columns-3")
        self.print_button = tool("printer", _("Print the corrective action plan (Ctrl+P)"), self.printed)
        self._build()

    @property
    def on_board(self) -> bool:
        """Whether the board is in view rather than the list."""
        return memory.recall(_BOARD, "") == "yes"

    # ------------------------------------------------------------------------------------------------- what is shown

    def refresh(self) -> None:
        """Read the actions again; one that lies open over them too."""
        try:
            with self.db.read() as session:
                self.season = seasons.current(session, clock.today())
                self.every = actions.every(session, self.season)
                self._may = roles.may(session, Right.ACTIONS)
        except UserError as error:
            go = partial(self.context.shell.go, "settings")
            self.page.show_empty("calendar", str(error), _("Open Settings"), go)
            return
        self.page.show_content()
        self._fill()
        top = self.page.stack.currentWidget()
        if isinstance(top, ActionRecord):
            top.reload()

    def _fill(self) -> None:
        """Show what the chip and the search ask for."""
        groups = self._groups()
        labels = {
            "open": _("Not ended"), "overdue": _("Overdue"), "verify": _("To verify"), "check": _("Does it work?"),
            "repeat": _("Repeat"), "closed": _("Ended"), "all": _("All"),
        }  # fmt: skip
        self.filters.show_chips([Chip(key, labels[key], len(found)) for key, found in groups.items()])
        typed = self.filters.search.text().casefold().split()
        shown = [a for a in groups[self.filters.chosen or "open"] if all(word in _text(a) for word in typed)]
        day, before = clock.today(), self.table.key()
        if self.filters.chosen in ("overdue", "verify", "check"):
            shown.sort(key=actions.by_urgency)
        self.table.show_rows(Rows([_row(a, day) for a in shown], self.columns))
        keys = [a.id for a in shown]
        self.table.choose(keys.index(before) if before in keys else 0)
        self.board.show_actions(shown, day, everything=self.filters.chosen in ("closed", "all"))
        self._show_list(empty=not shown)

    def _groups(self) -> dict[str, list[Action]]:
        day = clock.today()
        return {
            "open": [a for a in self.every if a.stage not in ENDED],
            "overdue": [a for a in self.every if actions.is_overdue(a, day)],
            "verify": [a for a in self.every if actions.waits_for_word(a)],
            "check": [a for a in self.every if actions.check_is_due(a, day)],
            "repeat": [a for a in self.every if a.repeat is not Repeat.NEW],
            "closed": [a for a in self.every if a.stage in ENDED],
            "all": self.every,
        }

    def _show_list(self, *, empty: bool) -> None:
        if self._nothing:
            self.lists.removeWidget(self._nothing)
            self._nothing.deleteLater()
            self._nothing = None
        if empty:
            self._nothing = self._empty()
            self.lists.addWidget(self._nothing)
        board = self.on_board
        self.lists.setCurrentWidget(self._nothing or (self.board if board else self.table))
        self.setFocusProxy(self.board if board else self.table)
        self.switch.setText(_("List") if board else _("Board"))
        self.switch.setToolTip("Ctrl+B")
        self.columns_button.setVisible(not board)

    def _empty(self) -> QWidget:
        if query := self.filters.search.text().strip():
            sentence = _("No action fits “{query}” here.").format(query=query)
            return EmptyState("search", sentence, _("Empty the search"), self.filters.search.clear)
        if self.every:
            return EmptyState("circle-check", _("There is no action of this kind."))
        told = _("Each No of a signed check comes here by itself. What an audit or a survey found is entered by hand.")
        return EmptyState("circle-check", _("There is no corrective action yet."), _("New action"), self.act, told)

    # ----------------------------------------------------------------------------------------------- where one can go

    def show_action(self, key: int) -> None:
        """Open an action over the list."""
        try:
            record = ActionRecord(self.page, key)
        except UserError as error:
            self.page.tell(error)
            return
        self.page.push(record.file.action.number, record)
        record.name_page()

    def act(self) -> None:
        """Enter an action by hand."""
        from ccfs_desktop.views.action_new import NewAction  # noqa: PLC0415 (when first asked for)

        if self.season is None:
            return
        if not self._may:
            self.page.say(_("Your role may not do this. Ask the HR officer."))
            return
        form = NewAction(self, self.season)
        self.page.push(_("New action"), form)
        form.setFocus()

    def open(self, **target: Any) -> None:
        """Show an action (``action=7``) or a filter (``actions="overdue"``)."""
        if isinstance(target.get("action"), int):
            self.show_action(target["action"])
        elif target.get("actions") in self._groups():
            self.refresh()
            self.filters.choose(target["actions"])

    def turn(self) -> None:
        """Turn from the list to the board, or back."""
        memory.keep(_BOARD, "" if self.on_board else "yes")
        self._fill()
        self.setFocus()

    def printed(self) -> None:
        """Print the plan of the season."""
        from ccfs_desktop.reports import issue_actions  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        page = self.page
        page.work(
            _("Printing …"),
            lambda _job: issue_actions.plan(page.db),
            lambda pdf: page.push(_("Corrective action plan"), Paper(pdf, "action-plan", say=page.say)),
        )

    def _moved(self, key: int, steps: int) -> None:
        """Move a card as far as the rules allow: what needs a word or a signature is asked in the open action."""
        action = next(a for a in self.every if a.id == key)
        if (action.stage is Stage.OPEN and steps > 0) or (action.stage is Stage.IN_PROGRESS and steps < 0):
            from ccfs_desktop.services import action_stages  # noqa: PLC0415

            move = action_stages.start if steps > 0 else action_stages.set_aside
            with self.page.saving(N_("Move a corrective action")) as session:
                move(session, key)
            self.board.choose(key)
            return
        if (steps > 0) == (action.stage in ENDED) or (steps < 0 and action.stage not in (Stage.DONE, *UNSOLVED)):
            self.page.say(_("It cannot be moved there."))
            return
        self.show_action(key)
        top = self.page.stack.currentWidget()
        if isinstance(top, ActionRecord):
            top.moves.onward() if steps > 0 else top.moves.back()

    # ------------------------------------------------------------------------------------------------------- shape

    def _columns(self) -> list[Column]:
        return [
            Column("number", _("No."), 104),
            Column(
                "stage", _("Status"), 150, sortable=False, word=lambda told: told[0], icon=lambda told: told[1],
                tone=lambda told: told[2],
            ),
            Column("due", _("Due"), 96),
            Column("severity", _("Severity"), 84, tone=lambda severity: safety_looks.SEVERITY[severity]),
            Column("finding", _("Finding"), 280),
            Column("item", _("Item"), 72),
            Column("owner", _("Responsible"), 130),
            Column("source", _("Source"), 110),
            Column("repeat", _("Known before"), 110, tone=lambda repeat: action_looks.REPEAT[repeat]),
            Column("found", _("Found on"), 96),
            Column("verified", _("Verified by"), 130, shown=False),
            Column("check", _("Effectiveness check due"), 110, shown=False),
        ]  # fmt: skip

    def _build(self) -> None:
        self.columns_button = tool("columns-3", _("Choose the columns"), self._choose_columns)
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(0, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(self.filters, 1)
        for part in (self.switch, self.print_button, self.columns_button):
            line.addWidget(part)
        self.body.addWidget(bar)
        self.body.addWidget(self.lists, 1)
        self.setFocusProxy(self.table)
        turn = QShortcut(QKeySequence("Ctrl+B"), self, self.turn)
        turn.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _choose_columns(self) -> None:
        self.table.column_menu().exec(self.table.mapToGlobal(self.table.rect().topRight()))


def _row(action: Action, day: Any) -> tuple[Any, ...]:
    return (
        action.id, action.number, (actions.word(action, day), *action_looks.look(action, day)), action.due,
        action.severity, action.finding, action.item, action.owner, action.source, action.repeat, action.found_on,
        action.verified_name, action.check_due,
    )  # fmt: skip


def _text(action: Action) -> str:
    parts = (action.number, action.item, action.finding, action.owner, action.reference, action.correction)
    return " ".join(parts).casefold()
