"""What holds for the whole office: factory, season, calendar, people, this PC, and the record of it all."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.views.data_protection import DataPanel
from ccfs_desktop.views.history import HistoryPanel, ListsPanel
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.settings_backups import BackupsPanel
from ccfs_desktop.views.settings_factory import FactoryPanel
from ccfs_desktop.views.settings_people import PeoplePanel
from ccfs_desktop.views.settings_program import ProgramPanel
from ccfs_desktop.views.settings_ratio import RatioPanel
from ccfs_desktop.views.settings_season import CalendarPanel, SeasonPanel
from ccfs_desktop.views.settings_work import WorkPanel
from ccfs_desktop.views.trail import TrailPanel

PANELS: tuple[tuple[str, str, str, Callable[[Page], QWidget]], ...] = (
    ("factory", N_("Factory and paper"), "house", FactoryPanel),
    ("season", N_("Season, groups, hours"), "calendar", SeasonPanel),
    ("ratio", N_("Ratio and places"), "users", RatioPanel),
    ("work", N_("Working time and shifts"), "clock", WorkPanel),
    ("calendar", N_("Calendar"), "calendar-x", CalendarPanel),
    ("people", N_("Users and passwords"), "key-round", PeoplePanel),
    ("backups", N_("Backups"), "hard-drive", BackupsPanel),
    ("data", N_("Data protection"), "lock", DataPanel),
    ("program", N_("This program"), "settings", ProgramPanel),
    ("history", N_("History and undo"), "history", HistoryPanel),
    ("trail", N_("Audit trail"), "shield-check", TrailPanel),
    ("lists", N_("Lists that went in"), "file-spreadsheet", ListsPanel),
)
"""Name, title, icon and class of each part, in the order of the list."""
RIGHTS = {
    "factory": ("settings",), "season": ("settings",), "ratio": ("settings",), "work": ("settings",),
    "calendar": ("settings",), "data": ("protection",),
    "history": ("undo", "attendance", "actions"), "trail": ("trail",), "lists": ("enrol",),
}  # fmt: skip
"""Part → the rights one of which is needed to see it (``services.roles.Right``); the others everybody sees."""


_NARROW = 820


class SettingsPage(Page):
    """The parts of the settings, one at a time. Every field is stored when it is left."""

    title = N_("Settings")
    help = "settings.md"

    def __init__(self, context: Context) -> None:
        """Build the list; a part is built when it is first shown."""
        super().__init__(context)
        self._panels: dict[int, Any] = {}
        self._areas: dict[int, QScrollArea] = {}
        self.parts = QListWidget()
        self.parts.setObjectName("papers")
        self.parts.setAccessibleName(_("Settings"))
        self.parts.setIconSize(QSize(20, 20))
        for name, title, icon, _kind in PANELS:
            item = QListWidgetItem(icons.icon(icon), _(title))
            item.setSizeHint(QSize(0, theme.px(40)))
            self.parts.addItem(item)
            item.setHidden(not context.may(*RIGHTS.get(name, ())))
        self.shown = QStackedWidget()
        rule = QFrame()
        rule.setObjectName("rule")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.parts)
        row.addWidget(rule)
        row.addWidget(self.shown, 1)
        self.body.addLayout(row)
        self.parts.currentRowChanged.connect(self._show)

    @classmethod
    def parts_of(cls, context: Context) -> list[tuple[str, dict[str, Any]]]:
        """Return the parts this user may see."""
        return [(_(title), {"part": name}) for name, title, *_rest in PANELS if context.may(*RIGHTS.get(name, ()))]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave a narrow window more room for the part in view."""
        super().resizeEvent(event)
        self.parts.setFixedWidth(theme.px(260 if self.width() >= theme.px(_NARROW) else 228))

    def refresh(self) -> None:
        """Read the part in view again."""
        if self.parts.currentRow() < 0:
            self.parts.setCurrentRow(next(n for n in range(len(PANELS)) if not self.parts.item(n).isHidden()))
            return
        panel = self._panels[self.parts.currentRow()]
        try:
            panel.refresh()
        except UserError as error:
            self.tell(error)

    def open(self, **target: Any) -> None:
        """Show a part: ``open(part="calendar")``."""
        names = [name for name, *_rest in PANELS]
        if target.get("part") in names and not self.parts.item(names.index(target["part"])).isHidden():
            self.parts.setCurrentRow(names.index(target["part"]))
            panel = self._panels.get(names.index(target["part"]))
            if panel and target.get("tab") and hasattr(panel, "open"):
                panel.open(target["tab"])

    def _show(self, row: int) -> None:
        if row not in self._panels:
            panel = PANELS[row][3](self)
            area = QScrollArea()
            area.setWidgetResizable(True)
            panel.setObjectName("sheet")
            area.setWidget(panel)
            self._panels[row] = panel
            self._areas[row] = area
            self.shown.addWidget(area)
        self.banner.hide()
        self.shown.setCurrentWidget(self._areas[row])
        self.refresh()
