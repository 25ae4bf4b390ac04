"""The logs of the space: visitors, drills, food, the first-aid kit, first aid given. One place, one shape."""

from collections.abc import Callable
from datetime import time
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.log import Drill
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import roles, seasons
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.searching import fold
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.form import Form
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import EmptyState, Fitting, button, hairline
from ccfs_desktop.views.kit.table import Rows, Table, written
from ccfs_desktop.views.log_card import LogCard
from ccfs_desktop.views.log_drills import DrillsLog
from ccfs_desktop.views.log_food import FoodLog
from ccfs_desktop.views.log_kit import FirstAidLog, KitLog
from ccfs_desktop.views.log_shape import Act, Log, Now, Sheet
from ccfs_desktop.views.log_visitors import VisitorsLog
from ccfs_desktop.views.record_desk import Desk
from ccfs_desktop.views.register_card import with_icon

if TYPE_CHECKING:
    from ccfs_desktop.views.safety import SafetyPage

LOGS: tuple[type[Log], ...] = (VisitorsLog, DrillsLog, FoodLog, KitLog, FirstAidLog)
"""In the order of the chooser."""
_WITH_CARD = 980
"""From this width on the card stands beside the list; in a narrower window it comes when something is written."""


class LogsPlace(Place):
    """A chooser on top; under it the log's list, and beside it the entry the cursor is on or the one being written."""

    name = "logs"
    title = N_("Logs")
    primary = N_("New entry")
    primary_icon = "plus"
    within = tuple((kind.title, {"log": kind.name}) for kind in LOGS)

    def __init__(self, page: "SafetyPage") -> None:
        """Build it, empty."""
        super().__init__(page)
        self.safety = page
        self.season: Season | None = None
        self.writes = False
        """Whether this user may write in the logs."""
        self.sheet = Sheet({}, [])
        self.logs = {kind.name: kind(self) for kind in LOGS}
        self.log = self.logs[LOGS[0].name]
        self.drafts: dict[Any, dict[str, Any]] = {}
        self.desk: Desk | None = None
        self._proposed: dict[str, time] = {}
        self.filters = FilterBar(hint=_("Search in this log"))
        self.told = QWidget()
        self.stack = QStackedWidget()
        self.tables = {name: Table(f"log-{name}", log.columns()) for name, log in self.logs.items()}
        self.card = LogCard()
        self.question = Ask()
        self.foot = QWidget()
        self._build()

    @property
    def table(self) -> Table:
        """The list of the log in view."""
        return self.tables[self.log.name]

    # --------------------------------------------------------------------------------------------- what it shows

    def refresh(self) -> None:
        """Read the log again; the cursor stays on its entry."""
        day = clock.today()
        try:
            with self.db.read() as session:
                season = self.season = seasons.current(session, day)
                self.writes = roles.may(session, Right.LOGS)
                now = Now(session, season, day)
                self.sheet = self.log.read(now)
                waiting = {kind.name: kind.waiting(now) if kind.waiting else 0 for kind in LOGS}
        except UserError as error:
            self.season = None
            self.page.show_unready(error)
            return
        self.page.show_content()
        self.page.primary_button.setText(_(self.log.new))
        self.page.primary_button.setToolTip(_("Insert"))
        self.page.primary_button.setVisible(self.writes)
        self.filters.show_chips([Chip(name, _(log.title), waiting[name] or None) for name, log in self.logs.items()])
        if self.desk is None:
            self._dress()
        self._show(self.sheet)

    def show_log(self, name: str) -> None:
        """Bring a log into view; what was being written in the one before waits there."""
        if name == self.log.name and self.desk is not None:
            return
        self.log, self.desk = self.logs[name], None
        self.card.put_away()
        self.question.leave()
        self.filters.search.clear()
        self.setFocusProxy(self.table)
        self.page.banner.hide()
        self.refresh()
        self.show_card()

    def open(self, **target: Any) -> None:
        """Show a log, or an entry of it.

        Args:
            target: ``log`` (its name), ``entry`` (an id), ``new`` (whether to begin one).
        """
        self.choose(target.get("log", self.log.name))
        if target.get("entry") in self.sheet.entries:
            keys = [row[0] for row in self.sheet.rows]
            self.table.choose(keys.index(target["entry"]))
        if target.get("new"):
            self.act()
        else:
            self.table.setFocus()

    def choose(self, name: str) -> None:
        """Press the chooser."""
        if name in self.logs:
            self.filters.choose(name)

    def step(self, step: int) -> None:
        """Go to the log beside this one."""
        names = list(self.logs)
        self.choose(names[(names.index(self.log.name) + step) % len(names)])
        self.table.setFocus()

    # ------------------------------------------------------------------------------------------------ what is written

    def act(self) -> None:
        """Begin a new entry, or go on with the one that was begun."""
        if not (self.writes and self.season and self.desk):
            return
        self.card.show()
        if self.desk.is_free:
            values = dict(self.sheet.fresh) | {"day": clock.today()}
            if self.log.proposed:
                values[self.log.proposed] = self._proposed[self.log.name] = clock.now().time().replace(second=0)
            self._ask_all(new=True)
            self.desk.begin(dict.fromkeys(self.desk.form.rows) | self._known(values), self.log.first)
        self.card.write(_(self.log.new))
        self.desk.form.rows[self.log.first].editor.setFocus()

    def correct(self, first: str = "") -> None:
        """Open the entry the cursor is on, to put it right."""
        entry = self.entry
        if entry is None or self.desk is None:
            return
        if not self.writes:
            self.card.show()
            self.card.setFocus()
            return
        if not self.desk.is_free:
            self.page.tell(UserError(_("Finish or cancel the entry you are writing first.")))
            self.act()
            return
        self.card.show()
        self._ask_all(new=False)
        names = [name for name in self.desk.form.rows if name not in self.log.asked_once]
        values = self.log.shown(entry, names)
        self.desk.correct(self._known(values), partial(self._change, entry.id), first or names[0])
        self.card.write(_("Put an entry right"))

    @property
    def entry(self) -> Any:
        """The entry the cursor is on, or None."""
        return self.sheet.entries.get(self.table.key()) if self.stack.currentWidget() is self.table else None

    def do(self, action: str, change: Callable[[Any], object]) -> None:
        """Do something with an entry at once.

        Args:
            action: marked with ``N_``.
            change: gets the open transaction.
        """
        try:
            with self.db.begin(action) as session:
                change(session)
        except UserError as error:
            self.page.tell(error)
        else:
            self.kept()

    def take_back(self) -> None:
        """Take back the entry the cursor is on; Ctrl+Z brings it back."""
        entry = self.entry
        if entry is None or not self.writes:
            return
        self.do(N_("Take back an entry of a log"), lambda session: self.log.remove(session, entry.id))
        self.table.setFocus()

    def kept(self) -> None:
        """Note that something is on disk, and read anew."""
        self.page.banner.hide()
        self.context.shell.saved()
        self.refresh()

    def _keep(self, values: dict[str, Any]) -> None:
        if self.season is None:
            return
        proposed = self.log.proposed
        if proposed and values["day"] != clock.today() and values[proposed] == self._proposed.get(self.log.name):
            raise Invalid({proposed: _("This was proposed for today. Type that day's time, or leave it empty.")})
        with self.db.begin(self.log.action) as session:
            self.log.keep(Now(session, self.season, clock.today()), values)
        self.kept()
        self.table.choose(0)

    def _change(self, key: int, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Put an entry of a log right")) as session:
            self.log.change(session, key, {k: v for k, v in values.items() if k not in self.log.asked_once})
        self.kept()

    def _known(self, values: dict[str, Any]) -> dict[str, Any]:
        rows = self.desk.form.rows if self.desk else {}
        return {name: value for name, value in values.items() if name in rows}

    def _ask_all(self, *, new: bool) -> None:
        """Show the fields that are asked only once, or hide them."""
        once = self.log.asked_once
        for name, row in (self.desk.form.rows if self.desk else {}).items():
            row.setVisible(new or name not in once)

    # ---------------------------------------------------------------------------------------------------- paper

    def printed(self) -> None:
        """Print the log of the season until today."""
        from ccfs_desktop.reports import issue_logs  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.reports.order import Order  # noqa: PLC0415

        if self.season is None:
            return
        order = Order(min(self.season.first_day, clock.today()), until=clock.today())
        name = self.log.paper
        show = partial(self.safety.preview, _(self.log.title), f"{name}-{order.until}")
        self.page.work(_("Printing …"), lambda _job: issue_logs.ordered(name, self.db, order), show)

    def print_drill(self, drill: Drill) -> None:
        """Print the record of one drill."""
        from ccfs_desktop.reports import issue_logs  # noqa: PLC0415

        show = partial(self.safety.preview, _("Drill record"), f"drill-{drill.day}")
        self.page.work(_("Printing …"), lambda _job: issue_logs.drill(self.db, drill.id), show)

    # --------------------------------------------------------------------------------------------------- inside

    def _show(self, sheet: Sheet) -> None:
        kept = self.table.key()
        wanted = fold(self.filters.search.text()).split()
        rows = [row for row in sheet.rows if all(word in fold(" ".join(map(written, row[1:]))) for word in wanted)]
        self.table.show_rows(Rows(rows, self.log.columns()))
        keys = [row[0] for row in rows]
        if kept in keys:
            self.table.choose(keys.index(kept))
        self._tell(sheet)
        self._offer()
        if sheet.rows:
            self.stack.setCurrentWidget(self.table)
        else:
            self._say_instead()
        self.show_card()

    def _say_instead(self) -> None:
        if (old := self.stack.widget(len(self.tables))) is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        icon, sentence, detail = self.log.empty
        self.stack.addWidget(EmptyState(icon, _(sentence), detail=_(detail)))
        self.stack.setCurrentIndex(len(self.tables))

    def _tell(self, sheet: Sheet) -> None:
        """Say above the list what matters now."""
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(16, 0, 16, 8 if sheet.told else 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        across = 2 if len(sheet.told) > 2 else 1
        for n, told in enumerate(sheet.told):
            grid.addWidget(with_icon(told.text, told.icon, told.tone), n // across, n % across)
        self.told = self._instead(self.told, made)

    def _offer(self) -> None:
        """Offer what can be done with an entry of this log."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        for act in self.log.acts():
            if self.writes or not act.writes:
                row.addWidget(self._button(act))
        keys = Fitting("help")
        keys.say(_("Enter puts right · Insert adds · Delete takes back") if self.writes else "")
        row.addWidget(keys, 1)
        row.addWidget(button(_("Print the log"), self.printed, "printer"))
        self.foot = self._instead(self.foot, made)

    def _instead(self, old: QWidget, made: QWidget) -> QWidget:
        """Put a part of the list's column in the place of another."""
        if layout := self._list.layout():
            layout.replaceWidget(old, made)
        old.hide()
        old.deleteLater()
        return made

    def _button(self, act: Act) -> QPushButton:
        made = button(_(act.text), partial(self._do, act), act.icon)
        made.setToolTip(act.key)
        return made

    def _do(self, act: Act) -> None:
        if act.writes and not self.writes:
            return
        if self.entry is not None or not act.chosen:
            act.do(self.entry)

    def _press(self, key: str) -> None:
        """Do what a key on the list stands for in the log in view."""
        for act in self.log.acts():
            if act.key == key:
                self._do(act)

    def show_card(self) -> None:
        """Show the entry the cursor is on, unless one is being written."""
        if self.desk is not None and self.desk.isVisibleTo(self.card):
            return
        entry = self.entry
        self.card.tell(_(self.log.title), self.log.facts(entry) if entry is not None else [])

    def _dress(self) -> None:
        """Build the fields of the log in view."""
        form = Form(self.log.record, *(self.sheet.sections or self.log.sections), fields=self.sheet.fields)
        self.log.wire(form)
        self.desk = Desk(form, self._keep, self.drafts, self.log.name, self._written)
        self.card.take(self.desk)
        if self.log.name in self.drafts:
            self.desk.show()
            self.card.write(_(self.log.new))

    def _written(self) -> None:
        """The cursor goes back to the list when an entry is kept or given up."""
        self.show_card()
        self._fit()
        self.table.setFocus()

    def _fit(self) -> None:
        writing = self.desk is not None and self.desk.isVisibleTo(self.card)
        self.card.setVisible(writing or self.width() >= theme.px(_WITH_CARD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a narrow window's room to the list."""
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for table in self.tables.values():
            self.stack.addWidget(table)
            table.activated_key.connect(lambda _key: self.correct())  # pyright: ignore
            table.chosen.connect(lambda _key: self.show_card())  # pyright: ignore
            self._keys(table)
        rule = QFrame()
        rule.setObjectName("rule")
        for part in (self.filters, self.told, self.stack, self.question, hairline(), self.foot):
            column.addWidget(part, 1 if part is self.stack else 0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list, 1)
        row.addWidget(rule)
        row.addWidget(self.card)
        self.body.addLayout(row, 1)
        self.setFocusProxy(self.table)
        self.filters.filtered.connect(self.show_log)
        self.filters.searched.connect(lambda _text: self.refresh())  # pyright: ignore
        self.filters.search.left_down.connect(self._to_list)
        self.filters.search.settled.connect(lambda: self.context.searched("logs", self.table.rows.rowCount()))
        self.card.left.connect(self._to_list)
        for keys, slot in (
            ("Ins", self.act), ("F6", self._to_card), ("Ctrl+PgDown", partial(self.step, 1)),
            ("Ctrl+PgUp", partial(self.step, -1)), ("Ctrl+F", self.filters.search.setFocus),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self, slot)

    def _keys(self, table: Table) -> None:
        for key in dict.fromkeys(act.key for log in self.logs.values() for act in log.acts() if act.key):
            shortcut = QShortcut(QKeySequence(key), table, partial(self._press, key))
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), table, self.take_back).setContext(Qt.ShortcutContext.WidgetShortcut)

    def _to_list(self) -> None:
        self.table.setFocus()

    def _to_card(self) -> None:
        if self.desk is not None and self.desk.isVisibleTo(self.card):
            self.card.show()
            self.card.begin()
        else:
            self.correct()
