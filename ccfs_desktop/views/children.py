"""The children of the season: the list, what can be done with those chosen, and the way to each file."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QWidget

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.enrolment import Status
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.services import seasons
from ccfs_desktop.services.children_list import ChildrenList
from ccfs_desktop.views.child_actions import ChildActions
from ccfs_desktop.views.child_columns import columns
from ccfs_desktop.views.kit import work
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import EmptyState, tool
from ccfs_desktop.views.kit.table import Table

_FILTERS: dict[str, tuple[str, dict[str, Any]]] = {
    "enrolled": (N_("Enrolled"), {"status": Status.ENROLLED}),
    "not-ready": (N_("Papers missing"), {"not_ready": True}),
    "waiting": (N_("Waiting"), {"status": Status.WAITING}),
    "applied": (N_("Applied"), {"status": Status.APPLIED}),
    "left": (N_("Left"), {"status": Status.LEFT}),
    "declined": (N_("Declined"), {"status": Status.DECLINED}),
    "all": (N_("All"), {}),
}
_FEW = 3_000
"""Up to this many children the list is read at once; more are read beside the window."""
_RARE = {"waiting", "applied", "left", "declined"}
"""Filters that are only offered when there is somebody."""


class ChildrenPage(Page):
    """Enrol children and keep their files."""

    title = N_("Children")
    primary = N_("Enrol a child")
    primary_icon = "plus"
    primary_right = "enrol"
    help = "children.md"

    def __init__(self, context: Context) -> None:
        """Build the list; ``refresh`` fills it."""
        super().__init__(context)
        self.season: Season | None = None
        self._asked = 0
        self.draft: dict[str, Any] = {}
        """What was typed for a new child and neither enrolled nor given up."""
        self.header.add(_("Waiting list"), self.show_waiting, "clipboard-list")
        self.header.add(_("Import a list …"), self.show_import, "upload").setVisible(context.may("enrol"))
        self.filters = FilterBar(hint=_("Name, worker number or phone"))
        self.filters.searched.connect(self._narrow)
        self.filters.filtered.connect(self._narrow)
        self.group = QComboBox()
        self.group.setAccessibleName(_("Group"))
        self.group.activated.connect(self._narrow)
        self.table = Table("children", columns())
        self.table.activated_key.connect(self.show_child)
        self.filters.search.left_down.connect(self.table.setFocus)
        self.filters.search.settled.connect(lambda: context.searched("children", self.table.rows.rowCount()))
        self.table.typed.connect(self.filters.search.begin)
        self.chosen_bar = ChildActions(self)
        self.table.selectionModel().selectionChanged.connect(self.chosen_bar.count)
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self._nobody: QWidget | None = None
        self.body.addWidget(self._bar())
        self.body.addWidget(self.lists, 1)
        self.body.addWidget(self.chosen_bar)

    def _bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.filters, 1)
        row.addWidget(self.group)
        row.addWidget(tool("columns-3", _("Choose the columns"), self._choose_columns))
        row.addWidget(tool("copy", _("Copy the chosen rows for Excel (Ctrl+C)"), self._copy))
        return bar

    # ------------------------------------------------------------------------------------------------- what is shown

    def refresh(self) -> None:
        """Read the list again. 100,000 children never hold the window up: they are read beside it."""
        if not self.table.rows.source and not self.season:
            self.table.setFocus()
        try:
            with self.db.read() as session:
                self.season = seasons.current(session, clock.today())
                self._show_groups(seasons.groups(session, self.season))
        except UserError as error:
            self.show_unready(error)
            return
        self._ask()

    def chosen(self) -> ChildrenList:
        """Return what the filters ask for."""
        asked = ChildrenList(self.season.id if self.season else 0, clock.today(), query=self.filters.search.text())
        asked = replace(asked, group_id=self.group.currentData())
        return replace(asked, **_FILTERS[self.filters.chosen or "enrolled"][1])

    def how_many(self) -> int:
        """Return how many rows are chosen; asked of the ranges, because a hundred thousand rows may be."""
        return sum(chosen.height() for chosen in self.table.selectionModel().selection().toList())

    def picked(self) -> list[int]:
        """Return the ids of the chosen children, from the top; when all are chosen the rows need not be read."""
        listed = self.table.rows.source
        if not isinstance(listed, Listed) or self.how_many() < max(_FEW, self.table.rows.rowCount()):
            return self.table.keys()
        with self.db.read() as session:
            return listed.asked.ids(session)

    def _narrow(self) -> None:
        if self.season:
            self._ask()

    def _ask(self) -> None:
        """Ask for what is wanted now; an answer to an earlier question is not shown any more."""
        self._asked += 1
        listed, number = Listed(self.db, self.chosen()), self._asked
        order = (self.table.rows.order_by, self.table.rows.descending)
        if listed.few():
            self._show(number, listed, listed.prime(*order))
        else:
            work.start(lambda _job: listed.prime(*order), lambda counts: self._show(number, listed, counts), owner=self)

    def _show(self, number: int, listed: "Listed", counts: dict[str, int]) -> None:
        if number != self._asked:
            return
        if not counts["all"]:
            self._show_nobody_yet()
            return
        self.show_content()
        self._show_chips(counts)
        self.filters.shown.setText(_("{n} shown").format(n=f"{listed.count():,}"))
        self._fill(listed)
        self.chosen_bar.count()

    def _fill(self, listed: "Listed") -> None:
        """Show the rows; what was chosen stays chosen as long as the same is asked."""
        before = self.table.rows.source
        if isinstance(before, Listed) and before.asked == listed.asked:
            self.table.rows.source = listed
            self.table.refresh()
        else:
            self.table.show_rows(listed)
        if self._nobody:
            self.lists.removeWidget(self._nobody)
            self._nobody.deleteLater()
            self._nobody = None
        if not listed.count():
            self._nobody = self._nobody_fits()
            self.lists.addWidget(self._nobody)
        self.lists.setCurrentWidget(self._nobody or self.table)

    def _show_chips(self, counts: dict[str, int]) -> None:
        kept = [key for key in _FILTERS if key not in _RARE or counts.get(key) or key == self.filters.chosen]
        self.filters.show_chips([Chip(key, _(_FILTERS[key][0]), counts.get(key, 0)) for key in kept])

    def _show_groups(self, groups: list[Group]) -> None:
        chosen = self.group.currentData()
        self.group.clear()
        self.group.addItem(_("All groups"), None)
        for group in groups:
            self.group.addItem(group.name, group.id)
        self.group.setCurrentIndex(max(0, self.group.findData(chosen)))
        self.chosen_bar.show_groups(groups)

    def _show_nobody_yet(self) -> None:
        self.show_empty(
            "baby",
            _("No child has applied for {season} yet.").format(season=self.season.name if self.season else ""),
            _("Import the children's registration"),
            partial(self.show_import, "children"),
            _("Or enrol children one by one, with the button above."),
        )

    def _nobody_fits(self) -> QWidget:
        query = self.filters.search.text().strip()
        sentence = _("No child fits “{query}” here.").format(query=query) if query else _("No child is in this list.")
        return EmptyState("search", sentence, _("Show all children"), self._show_all)

    def _show_all(self) -> None:
        self.group.setCurrentIndex(0)
        self.filters.choose("all")

    # ----------------------------------------------------------------------------------------------- where one can go

    def act(self) -> None:
        """Enrol a child."""
        from ccfs_desktop.views.child_new import NewChild  # noqa: PLC0415 (when first asked for)

        if self.season:
            self.push(_("Enrol a child"), NewChild(self, self.season))

    def show_child(self, child_id: int) -> None:
        """Open a child's file."""
        from ccfs_desktop.views.child_record import ChildRecord  # noqa: PLC0415 (when first asked for)

        if not self.season:
            return
        try:
            record = ChildRecord(self, self.season, child_id)
        except UserError as error:
            self.tell(error)
        else:
            self.push(record.name, record)
            record.name_page()

    def step(self, rows: int) -> None:
        """Open the file of the child some rows further down the list, at the same part."""
        from ccfs_desktop.views.child_record import ChildRecord  # noqa: PLC0415 (as above)

        number, before = self.table.currentIndex().row() + rows, self.stack.currentWidget()
        if not 0 <= number < self.table.rows.rowCount():
            self.say(
                _("This is the last child of the list.") if rows > 0 else _("This is the first child of the list.")
            )
            return
        self.pop()
        self.table.choose(number)
        self.show_child(self.table.key())
        opened = self.stack.currentWidget()
        if isinstance(before, ChildRecord) and isinstance(opened, ChildRecord):
            opened.tabs.setCurrentIndex(before.tabs.currentIndex())

    def show_waiting(self) -> None:
        """Open the waiting list."""
        from ccfs_desktop.views.waiting_list import WaitingList  # noqa: PLC0415 (when first asked for)

        if self.season:
            self.push(_("Waiting list"), WaitingList(self, self.season))

    def show_import(self, kind: str = "") -> None:
        """Open the page that reads the factory's lists.

        Args:
            kind: ``workers``, ``children`` or ``staff``; empty to ask.
        """
        from ccfs_desktop.views.imports import ImportPage  # noqa: PLC0415 (when first asked for)

        if self.season:
            self.push(_("Import a list"), ImportPage(self, self.season, kind))

    def open(self, **target: Any) -> None:
        """Show a child, a worker's children, a filter, or the import of a list.

        Args:
            target: ``child`` (id), ``worker`` (number), ``filter`` (key) or ``lists`` (kind).
        """
        known: dict[str, Callable[[Any], object]] = {
            "child": self.show_child, "worker": self._show_worker,
            "filter": self._show_filter, "lists": self.show_import,
        }  # fmt: skip
        for name, value in target.items():
            if name in known:
                known[name](value)

    def _show_worker(self, number: str) -> None:
        self.filters.search.setText(number)
        self._show_filter("all")

    def _show_filter(self, key: str) -> None:
        if key == "waiting":
            self.show_waiting()
        elif key in _FILTERS:
            self._show_chips({key: 1})
            self.filters.choose(key)

    def printed(self) -> None:
        """Print the badges of the chosen children."""
        self.chosen_bar.print("badges")

    def _choose_columns(self) -> None:
        menu = self.table.column_menu()
        menu.exec(self.table.mapToGlobal(self.table.rect().topRight()))

    def _copy(self) -> None:
        self.table.copy()
        n = self.how_many()
        self.say(ngettext("{n} row copied for Excel.", "{n} rows copied for Excel.", n).format(n=n))


class Listed:
    """The children asked for, as the table reads them. Count and first rows are read ahead, beside the window."""

    def __init__(self, db: Database, asked: ChildrenList) -> None:
        """Nothing is read yet.

        Args:
            db: the office.
            asked: which children.
        """
        self.asked = asked
        self._db = db
        self._count = 0
        self._ahead: dict[tuple[int, str, bool], list[tuple[Any, ...]]] = {}

    def few(self) -> bool:
        """Tell whether reading ahead is over in a blink, whatever is asked."""
        with self._db.read() as session:
            return ChildrenList(self.asked.season_id, self.asked.on).count(session) <= _FEW

    def prime(self, order_by: str, descending: bool) -> dict[str, int]:
        """Read count and first rows; return the counts of the filters. Many children: on the worker thread."""
        with self._db.read() as session:
            self._count = self.asked.count(session)
            first = self.asked.rows(session, 0, 128, order_by, descending=descending)
            self._ahead = {(0, order_by, descending): first}
            return self.asked.counts(session)

    def count(self) -> int:
        """Return how many there are."""
        return self._count

    def rows(self, offset: int, limit: int, order_by: str, descending: bool) -> list[tuple[Any, ...]]:
        """Return some rows."""
        ahead = self._ahead.pop((offset, order_by, descending), None)
        if ahead is not None:
            return ahead
        with self._db.read() as session:
            return self.asked.rows(session, offset, limit, order_by, descending=descending)
