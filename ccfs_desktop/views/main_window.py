"""The window: the rail of pages, the page in view, the status line, and the keys that work everywhere."""

import importlib
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.views.kit import memory
from ccfs_desktop.views.kit.context import Context, Found, Shell
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.rail import Rail
from ccfs_desktop.views.kit.status import StatusLine


@dataclass(frozen=True)
class Screen:
    """One entry of the rail. Its module is imported when it is first shown."""

    name: str
    title: str
    icon: str
    where: str
    """``module:class``."""
    rights: tuple[str, ...] = ()
    """Values of ``services.roles.Right``; who has none of them does not see the page. Empty means everybody."""


PAGES = (
    Screen("today", N_("Today"), "sun", "ccfs_desktop.views.today:TodayPage", ("register",)),
    Screen(
        "attendance", N_("Attendance"), "clipboard-check", "ccfs_desktop.views.attendance:AttendancePage", ("register",)
    ),
    Screen("children", N_("Children"), "baby", "ccfs_desktop.views.children:ChildrenPage", ("files",)),
    Screen("staff", N_("Staff"), "users", "ccfs_desktop.views.staff:StaffPage", ("roster",)),
    Screen("safety", N_("Safety"), "shield-check", "ccfs_desktop.views.safety:SafetyPage", ("safety",)),
    Screen(
        "incidents",
        N_("Incidents"),
        "triangle-alert",
        "ccfs_desktop.views.incidents:IncidentsPage",
        ("report", "incidents"),
    ),
    Screen("reports", N_("Reports"), "file-text", "ccfs_desktop.views.reports:ReportsPage", ("figures",)),
    Screen("settings", N_("Settings"), "settings", "ccfs_desktop.views.settings:SettingsPage"),
)
"""The one list of screens, in the order of the rail. The last one sits at its foot."""

_SMALLEST = QSize(1024, 640)
_FRAME = QSize(0, 40)
"""What the system's title bar takes of the screen."""


class MainWindow(QMainWindow, Shell):
    """The program's one window. Without an office it shows whatever is laid over it: the first start, the lock."""

    locked = Signal()
    """The office was closed by ``lock``; whoever started the program shows the door again."""

    def __init__(self, screens: tuple[Screen, ...] = PAGES) -> None:
        """Build the empty window."""
        super().__init__()
        self.setWindowTitle("CCFS Desktop")
        self.context: Context | None = None
        self._screens = screens
        self._pages: dict[str, Page] = {}
        self._place = screens[0].name
        self._cover: QWidget | None = None
        self._desk: QWidget | None = None
        self._outer = QStackedWidget()
        self.setCentralWidget(self._outer)
        self._keys()
        self._restore()

    # ----------------------------------------------------------------------------------- office in and out

    def enter(self, context: Context) -> None:
        """Show the pages of an open office to the person working in it."""
        self._clear()
        self.context = context
        context.shell = self
        self._build()
        self.describe()
        self.uncover()
        self.go(self._place if self.leads_to(self._place) else self._shown_screens()[0].name)

    def lock(self) -> None:
        """Close the office and say so: whoever started the program shows the door."""
        if self.context:
            self.shut()
            self.locked.emit()

    def shut(self) -> None:
        """Close the office: what stands in the field with the focus is saved, every page and the keys are given up."""
        if not self.context:
            return
        if focused := self.focusWidget():
            focused.clearFocus()
        context, self.context = self.context, None
        self._clear()
        if context.close:
            context.close()

    def cover(self, widget: QWidget) -> None:
        """Lay a widget over everything: the first start, the lock screen."""
        self.uncover()
        self._cover = widget
        self._outer.addWidget(widget)
        self._outer.setCurrentWidget(widget)
        widget.setFocus()

    def uncover(self) -> None:
        """Take the covering widget away."""
        if self._cover:
            self._outer.removeWidget(self._cover)
            self._cover.deleteLater()
            self._cover = None

    def _clear(self) -> None:
        """Take everything away that shows the office."""
        self._pages.clear()
        if self._desk:
            self._outer.removeWidget(self._desk)
            self._desk.deleteLater()
            self._desk = None

    # --------------------------------------------------------------------------------- the shell of a page

    def go(self, page: str, **target: Any) -> None:
        """Bring a page into view, at a certain record if asked."""
        if not self.context:
            return
        shown = self.page(page)
        self._place = page
        self.rail.choose(page)
        self.stack.setCurrentWidget(shown)
        if not self.leads_to(page):
            shown.show_refused()
            return
        try:
            shown.refresh()
            if target:
                shown.open(**target)
        except UserError as error:
            shown.show_error(error)
        if not shown.isAncestorOf(self.focusWidget() or self):
            shown.begin()

    def page(self, name: str) -> Page:
        """Return a page by its name, building it when it is first wanted."""
        if name not in self._pages:
            screen = next(screen for screen in self._screens if screen.name == name)
            module, _colon, kind = screen.where.partition(":")
            built: Page = getattr(importlib.import_module(module), kind)(self.context)
            built.header.name(_(screen.title), built.header.subtitle.text())
            self._pages[name] = built
            self.stack.addWidget(built)
        return self._pages[name]

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line for a while."""
        if self.context:
            self.status.say(sentence)

    def saved(self) -> None:
        """Note in the status line that everything is on disk."""
        if self.context:
            self.status.saved()

    def describe(self) -> None:
        """Show factory, season and user."""
        if self.context:
            self.status.describe(self.context)

    def leads_to(self, page: str) -> bool:
        """Tell whether who is working may see a page."""
        return page in {screen.name for screen in self._shown_screens()}

    # ------------------------------------------------------------------------------------------------ keys

    def _keys(self) -> None:
        for keys, slot in (
            ("Ctrl+K", self.seek),
            ("Ctrl+P", self._print),
            ("Ctrl+Z", self._undo),
            ("Ctrl+L", self.lock),
            ("F1", self.help),
            ("F5", self._refresh),
        ):
            QShortcut(QKeySequence(keys), self, slot)
        for number in range(1, 10):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, partial(self._go_to_number, number))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own)
        """Move the cursor on with ``Tab``, past what leads to something hidden: Qt would stop there for good."""
        before = QApplication.focusWidget()
        moved = super().focusNextPrevChild(next)
        if not moved or not before or QApplication.focusWidget() is not before:
            return moved
        beside = before
        while beside := beside.nextInFocusChain() if next else beside.previousInFocusChain():
            tab = beside.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            if beside is before or (tab and not beside.focusProxy() and beside.isVisible() and beside.isEnabled()):
                beside.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
                break
        return moved

    def seek(self) -> None:
        """Find any child, worker, page or action."""
        from ccfs_desktop.views.kit.finder import Finder  # noqa: PLC0415 (when first asked for)

        if self.context:
            Finder(self, self._places(), partial(self._find, self.context), self.context.searched).show()

    def help(self) -> None:
        """Open the user guide at the page in view."""
        from ccfs_desktop.views.kit.guide import Guide  # noqa: PLC0415 (when first asked for)

        shown = self._shown()
        Guide(self, shown.help if shown else "").show()

    def _places(self) -> list[Found]:
        pages = [
            Found(_(screen.title), partial(self.go, screen.name), f"Ctrl+{number}", screen.icon)
            for number, screen in enumerate(self._shown_screens(), start=1)
        ]
        actions = [
            Found(_("Print this page"), self._print, "Ctrl+P", "printer"),
            Found(_("Undo the last action"), self._undo, "Ctrl+Z", "undo-2"),
            Found(_("Lock"), self.lock, "Ctrl+L", "lock"),
            Found(_("Help"), self.help, "F1", "circle-help"),
        ]
        shown = self._shown()
        if shown and shown.offer:
            actions.insert(0, Found(shown.offer, shown.act, "", shown.primary_icon or "arrow-right"))
        return pages + actions

    def _find(self, context: Context, text: str) -> list[Found]:
        """Return the parts of pages that fit, then people; called on the worker thread: it imports every page."""
        wanted, found = text.casefold().split(), list[Found]()
        for screen in self._screens:
            if not context.may(*screen.rights):
                continue
            module, _colon, kind = screen.where.partition(":")
            for title, target in getattr(importlib.import_module(module), kind).parts_of(context):
                if title != _(screen.title) and all(word in title.casefold() for word in wanted):
                    found.append(Found(title, partial(self.go, screen.name, **target), _(screen.title), screen.icon))
        return [*found, *(context.find(text) if context.find else ())]

    def _print(self) -> None:
        if shown := self._shown():
            try:
                shown.printed()
            except UserError as error:
                shown.tell(error)

    def _undo(self) -> None:
        shown = self._shown()
        if not (shown and self.context and self.context.undo):
            return
        try:
            sentence = self.context.undo()
        except UserError as error:
            shown.tell(error)
        else:
            shown.refresh()
            self.saved()
            self.say(sentence)

    def _refresh(self) -> None:
        if shown := self._shown():
            shown.refresh()

    def _shown_screens(self) -> list[Screen]:
        """Return the pages that who is working may see; the last one everybody may."""
        return [screen for screen in self._screens if self.context and self.context.may(*screen.rights)]

    def _go_to_number(self, number: int) -> None:
        screens = self._shown_screens()
        if number <= len(screens):
            self.go(screens[number - 1].name)

    def _shown(self) -> Page | None:
        return self._pages.get(self._place) if self.context else None

    # ----------------------------------------------------------------------------------------------- shape

    def _build(self) -> None:
        """Build what lies around the pages, in the language in use."""
        self.rail = Rail([(s.name, _(s.title), s.icon) for s in self._shown_screens()])
        self.rail.chosen.connect(self.go)
        self.rail.asked.connect(self.seek)
        self.stack = QStackedWidget()
        self.status = StatusLine()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        desk = QWidget()
        desk.setObjectName("window")
        row = QHBoxLayout(desk)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self._outer.addWidget(desk)
        self._desk = desk

    def _restore(self) -> None:
        """Take the place and size of last time; never larger than the screen, nor smaller than is useful on it."""
        room = self.screen().availableSize() - _FRAME
        self.setMinimumSize(_SMALLEST.boundedTo(room))
        self.resize(QSize(1280, 760).boundedTo(room))
        kept = memory.recall("window/geometry", QByteArray())
        if not kept.isEmpty():
            self.restoreGeometry(kept)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the field with the focus and remember the window's place."""
        if focused := self.focusWidget():
            focused.clearFocus()
        memory.keep("window/geometry", self.saveGeometry())
        super().closeEvent(event)
