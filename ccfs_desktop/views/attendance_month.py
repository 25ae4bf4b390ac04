"""The month at a glance: children × open days, with the attendance rate and what it is made of."""

from datetime import date
from functools import partial
from typing import Any

from babel.dates import format_skeleton
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QToolButton, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.i18n import _, language
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import AbsenceReason
from ccfs_desktop.services import months, statistics
from ccfs_desktop.services.months import Mark, Month, Square
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import EmptyState, words
from ccfs_desktop.views.register_desk import REASON_KEYS

_Index = QModelIndex | QPersistentModelIndex
_BEFORE = 2
"""Columns left of the days: number and name."""
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LETTERS: dict[AbsenceReason, str] = {reason: key for key, reason in REASON_KEYS.items()}


class MonthPanel(QWidget):
    """A month of the register. ``Enter`` on a square opens that day at that child."""

    opened = Signal(object, int)
    """A day and a child's id."""

    def __init__(self, page: Page, season: Season, day: date) -> None:
        """Read the month.

        Args:
            page: the page beneath.
            season: the season.
            day: any day of the month shown first.
        """
        super().__init__()
        self.page, self.season = page, season
        self._first = day.replace(day=1)
        self.model = MonthModel()
        self.table = QTableView()
        self.name = words("", "section")
        self.rates = words("", "quiet")
        legend = ["✓ " + _("came"), "? " + _("nothing on record"), "· " + _("not expected")]
        legend += [f"{key} {_(reason.word)}" for key, reason in REASON_KEYS.items()]
        self.legend = words("   ".join(legend), "help", wrap=True)
        self.empty = EmptyState("calendar", _("The space was not open in this month, or it is still to come."))
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the month again."""
        first = self._first
        with self.page.db.read() as session:
            month = months.month(session, self.season, first.year, first.month, until=clock.today())
        self.model.show(month)
        self.name.setText(format_skeleton("yMMMM", first, locale=language()))
        self.rates.setText(" · ".join(f"{f.title}: {_ratio(f)}" for f in month.figures))
        self.rates.setToolTip("\n".join(f"{f.id} {f.title}: {f.definition}" for f in month.figures))
        shown = bool(month.days and month.rows)
        self.table.setVisible(shown)
        self.empty.setVisible(not shown)
        self._size(len(month.days))

    def step(self, step: int) -> None:
        """Go to another month of the season."""
        number = self._first.year * 12 + self._first.month - 1 + step
        first = date(number // 12, number % 12 + 1, 1)
        if self.season.first_day.replace(day=1) <= first <= self.season.last_day:
            self._first = first
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the day under the cursor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.table.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        place = self.model.place(index)
        if place:
            self.opened.emit(*place)

    def _size(self, days: int) -> None:
        head = self.table.horizontalHeader()
        head.resizeSection(0, theme.px(52))
        head.resizeSection(1, theme.px(150))
        for column in range(_BEFORE, _BEFORE + days):
            head.resizeSection(column, theme.px(32))
        for column in range(_BEFORE + days, self.model.columnCount()):
            head.resizeSection(column, theme.px(70))

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 16, 10)
        top.setSpacing(8)
        for icon, step, hint, keys in (
            ("chevron-left", -1, _("Month before (Alt+Left)"), "Alt+Left"),
            ("chevron-right", 1, _("Month after (Alt+Right)"), "Alt+Right"),
        ):
            made = QToolButton()
            made.setToolTip(hint)
            made.setAccessibleName(hint)
            icons.put(made, icon)
            made.clicked.connect(lambda _down=False, step=step: self.step(step))
            QShortcut(QKeySequence(keys), self, partial(self.step, step))
            top.addWidget(made)
        top.addWidget(self.name)
        top.addStretch(1)
        top.addWidget(self.rates)
        self.table.setModel(self.model)
        self.table.setShowGrid(True)
        self.table.setAccessibleName(_("The month"))
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(26))
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setMinimumSectionSize(theme.px(24))
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.doubleClicked.connect(self._open)
        self.table.setTabKeyNavigation(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 8)
        foot.addWidget(self.legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        inset = QHBoxLayout()
        inset.setContentsMargins(16, 0, 0, 0)
        inset.addWidget(self.table)
        column.addLayout(inset, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.table)


class MonthModel(QAbstractTableModel):
    """Number, name, one column per open day, and what it comes to; the last line counts who came."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.month: Month | None = None

    def show(self, month: Month) -> None:
        """Show a month."""
        self.beginResetModel()
        self.month = month
        self.endResetModel()

    def place(self, index: _Index) -> tuple[date, int] | None:
        """Return the day and the child under a cell."""
        if not self.month or not index.isValid():
            return None
        day, row = index.column() - _BEFORE, index.row()
        inside = 0 <= day < len(self.month.days) and row < len(self.month.rows)
        return (self.month.days[day], self.month.rows[row].child_id) if inside else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return how many lines there are."""
        return len(self.month.rows) + 1 if self.month else 0

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return how many columns there are."""
        return _BEFORE + len(self.month.days) + 3 if self.month else 0

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Head the columns: the day of the month, and on the tooltip the whole day."""
        if orientation == Qt.Orientation.Vertical or not self.month:
            return None
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return _CENTRE if section >= _BEFORE else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        day = section - _BEFORE
        if 0 <= day < len(self.month.days):
            texts = {0: str(self.month.days[day].day), int(Qt.ItemDataRole.ToolTipRole): f"{self.month.days[day]}"}
            return texts.get(role)
        after = (_("Came"), _("Expected"), _("Rate"))
        names = {0: _("No."), 1: _("Name")}
        return (names.get(section) or after[day - len(self.month.days)]) if role == 0 else None

    def data(self, index: _Index, role: int = 0) -> Any:
        """Return a sign, its colour, or in words what it means."""
        if not self.month:
            return None
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return _CENTRE if index.column() >= _BEFORE else None
        day = index.column() - _BEFORE
        if index.row() == len(self.month.rows):
            return self._total(day, role)
        row = self.month.rows[index.row()]
        if 0 <= day < len(self.month.days):
            return _square(row.squares[day], role)
        if role != 0:
            return None
        if day < 0:
            return (row.number, row.name)[index.column()]
        rate = statistics.rate(row.came, row.expected)
        return (str(row.came), str(row.expected), rate.text)[day - len(self.month.days)]

    def _total(self, day: int, role: int) -> Any:
        if not self.month or role != 0:
            return QColor(theme.tones().quiet) if role == int(Qt.ItemDataRole.ForegroundRole) else None
        if 0 <= day < len(self.month.days):
            return str(self.month.present[day])
        if day < 0:
            return _("Came") if day == -1 else None
        rate = self.month.figures[0]
        return (f"{rate.numerator:,.0f}", f"{rate.denominator or 0:,.0f}", rate.text)[day - len(self.month.days)]


def _square(square: Square, role: int) -> Any:
    sign, tone, told = {
        Mark.CAME: ("✓", "accent", _("came")),
        Mark.ABSENT: (_LETTERS.get(square.reason or AbsenceReason.UNKNOWN, ""), "warning", ""),
        Mark.UNKNOWN: ("?", "danger", _("nothing on record")),
        Mark.NOT_EXPECTED: ("·", "faint", _("not expected")),
    }[square.mark]
    if role == 0:
        return sign
    if role == int(Qt.ItemDataRole.ForegroundRole):
        return QColor(getattr(theme.tones(), tone))
    if role in (int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.AccessibleTextRole)):
        return _(square.reason.word) if square.reason else told
    return None


def _ratio(figure: statistics.Figure) -> str:
    """Return a figure with what was divided by what."""
    return f"{figure.text} ({figure.numerator:,.0f} / {figure.denominator or 0:,.0f})"
