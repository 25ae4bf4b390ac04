"""Lists: they open at once however long they are, and remember how the officer likes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QItemSelectionModel,
    QLine,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons, memory, theme
from ccfs_desktop.views.kit.clipboard import for_excel

_BLOCK = 128
_KEPT = 64
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_PICTURE = int(Qt.ItemDataRole.DecorationRole)
_APART = "\N{EN SPACE}"
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

_Index = QModelIndex | QPersistentModelIndex


class Source(Protocol):
    """Where the rows come from: usually a query that sorts and filters in the database."""

    def count(self) -> int:
        """Return how many rows there are."""
        ...

    def rows(self, offset: int, limit: int, order_by: str, descending: bool) -> Sequence[Sequence[Any]]:
        """Return some rows, each a tuple: the row's key, then one value per column.

        Args:
            offset: how many to leave out.
            limit: how many at most.
            order_by: a column's name; empty for the source's own order.
            descending: whether the other way round.
        """
        ...


@dataclass(frozen=True)
class Column:
    """One column of a list."""

    name: str
    title: str
    """Translated."""
    width: int = 120
    number: bool = False
    """Aligned right."""
    shown: bool = True
    """Whether it is there before the officer chooses."""
    sortable: bool = True
    word: Callable[[Any], str] | None = None
    """How a value is written, if not the usual way."""
    tone: Callable[[Any], str] | None = None
    """The colour's name in ``Tones`` for a value, or an empty text. The word must say the same."""
    icon: Callable[[Any], str] | None = None
    """Lucide's name for a value, or an empty text; drawn before the word in the column's tone."""

    def writer(self) -> Callable[[Any], str]:
        """Return how its values are written; a number stands a little off the next column."""
        write = self.word or written
        return (lambda value: write(value) + _APART) if self.number else write


class Rows:
    """A source for a list that is short and already in memory."""

    def __init__(self, rows: Sequence[Sequence[Any]], columns: Sequence[Column]) -> None:
        """Keep the rows.

        Args:
            rows: each a key, then one value per column.
            columns: to know which one to sort by.
        """
        self._rows = list(rows)
        self._names = [column.name for column in columns]

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def rows(self, offset: int, limit: int, order_by: str, descending: bool) -> Sequence[Sequence[Any]]:
        """Return some rows; empty values come last whichever way they are sorted."""
        rows = self._rows
        if order_by:
            place = self._names.index(order_by) + 1
            known = [row for row in rows if row[place] is not None]
            known.sort(key=lambda row: row[place], reverse=descending)
            rows = known + [row for row in rows if row[place] is None]
        return rows[offset : offset + limit]


def written(value: Any) -> str:
    """Write a value the way lists show it; nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    word = getattr(value, "word", None)
    return _(word) if word else str(value)


class RowsModel(QAbstractTableModel):
    """The one item model of all lists: reads blocks of rows when they come into view and forgets them again."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """Show nothing until :meth:`show` is given a source."""
        super().__init__()
        self.columns = tuple(columns)
        self.source: Source | None = None
        self.order_by, self.descending = "", False
        self._count = 0
        self._blocks: dict[int, list[tuple[Sequence[Any], tuple[str, ...]]]] = {}
        self._extra = frozenset(
            role
            for role, used in (
                (_ALIGN, any(column.number for column in columns)),
                (_COLOUR, any(column.tone for column in columns)),
                (_PICTURE, any(column.icon for column in columns)),
            )
            if used
        )

    def show(self, source: Source) -> None:
        """Show another source's rows."""
        self.beginResetModel()
        self.source = source
        self._blocks.clear()
        self._count = source.count()
        self.endResetModel()

    def refresh(self) -> None:
        """Read the rows again; as long as their number is the same the selection stays."""
        if not self.source:
            return
        if self.source.count() != self._count:
            self.show(self.source)
            return
        self._blocks.clear()
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.columns) - 1))

    def row(self, number: int) -> Sequence[Any]:
        """Return a row as the source gave it: the key, then the values."""
        return self._at(number)[0]

    def words(self, number: int) -> tuple[str, ...]:
        """Return a row as it is written on the screen."""
        return self._at(number)[1]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return how many rows there are."""
        return self._count

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return how many columns there are."""
        return len(self.columns)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """Answer Qt; nearly every question is one of the roles nobody uses."""
        if role == _DISPLAY:
            number = index.row()
            block = self._blocks.get(number >> 7) or self._load(number >> 7)
            return block[number & 127][1][index.column()]
        if role not in self._extra:
            return None
        return self._dressing(index.row(), index.column(), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Head the columns."""
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return column.title + _APART if column.number else column.title
        if role == _ALIGN:
            return _RIGHT if column.number else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask the source for another order."""
        name = self.columns[column].name if 0 <= column < len(self.columns) and self.columns[column].sortable else ""
        self.order_by, self.descending = name, order == Qt.SortOrder.DescendingOrder
        self.beginResetModel()
        self._blocks.clear()
        self.endResetModel()

    def _dressing(self, number: int, column: int, role: int) -> Any:
        told = self.columns[column]
        if role == _ALIGN:
            return _RIGHT if told.number else None
        value = self.row(number)[column + 1]
        tone = told.tone(value) if told.tone else ""
        if role == _COLOUR:
            return QColor(getattr(theme.tones(), tone)) if tone else None
        name = told.icon(value) if told.icon else ""
        return icons.icon(name, tone or "quiet") if name else None

    def _at(self, number: int) -> tuple[Sequence[Any], tuple[str, ...]]:
        block = self._blocks.get(number >> 7) or self._load(number >> 7)
        return block[number & 127]

    def _load(self, block: int) -> list[tuple[Sequence[Any], tuple[str, ...]]]:
        if not self.source:
            raise IndexError(block)
        rows = self.source.rows(block * _BLOCK, _BLOCK, self.order_by, self.descending)
        writers = [column.writer() for column in self.columns]
        loaded = [(row, tuple(write(value) for write, value in zip(writers, row[1:], strict=True))) for row in rows]
        missing = min(_BLOCK, self._count - block * _BLOCK) - len(loaded)  # rows that somebody else has just removed
        loaded += [((None, *([None] * len(writers))), ("",) * len(writers))] * max(0, missing)
        self._blocks[block] = loaded
        if len(self._blocks) > _KEPT:
            del self._blocks[next(iter(self._blocks))]
        return loaded


class Table(QTableView):
    """A list. ``Enter`` or a double click opens a row; the header sorts, and its menu chooses the columns."""

    activated_key = Signal(object)
    """The key of the row that was opened."""
    chosen = Signal(object)
    """The key of the row the cursor is on, or None."""
    typed = Signal(str)
    """A letter typed on the list: the page hands it to its search box."""

    def __init__(self, name: str, columns: Sequence[Column], source: Source | None = None) -> None:
        """Build it.

        Args:
            name: under which widths and columns are remembered.
            columns: what to show.
            source: whose rows, if known already.
        """
        super().__init__()
        self._name = f"table/{name}"
        self.setObjectName("list")
        self.rows = RowsModel(columns)
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(max(theme.ROW, theme.px(theme.ROW)))
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(500)
        self._keeping.timeout.connect(self._keep)
        self._head()
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._tell)
        if source:
            self.show_rows(source)

    def show_rows(self, source: Source) -> None:
        """Show another source's rows, first row chosen so that the arrows work at once."""
        self.rows.show(source)
        self.choose(0)

    def refresh(self) -> None:
        """Read the rows again."""
        number = self.currentIndex().row()
        self.rows.refresh()
        if self.currentIndex().row() != number:
            self.choose(max(0, number))
        self.viewport().update()

    def key(self) -> Any:
        """Return the key of the row the cursor is on, or None."""
        number = self.currentIndex().row()
        return self.rows.row(number)[0] if 0 <= number < self.rows.rowCount() else None

    def keys(self) -> list[Any]:
        """Return the keys of the chosen rows, from the top."""
        return [self.rows.row(number)[0] for number in self._numbers()]

    def choose(self, number: int) -> None:
        """Put the cursor on a row."""
        if not self.rows.rowCount():
            return
        index = self.rows.index(min(number, self.rows.rowCount() - 1), self._first())
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)

    def copy(self) -> None:
        """Copy the chosen rows so that Excel takes every cell as text: no formula starts, no leading zero is lost."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        order = [column for column in order if not header.isSectionHidden(column)]
        cells = [[self.rows.columns[column].title for column in order]]
        cells += [[self.rows.words(number)[column].rstrip(_APART) for column in order] for number in self._numbers()]
        QGuiApplication.clipboard().setMimeData(for_excel(cells))

    # -------------------------------------------------------------------------------------- how Qt sees it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, copy with Ctrl+C, the first and last row with Home and End."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self.choose(0)
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self.choose(self.rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Hand letters on; Qt would look through every row there is."""
        self.typed.emit(search)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember at once what has just been changed."""
        super().hideEvent(event)
        if self._keeping.isActive():
            self._keep()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw one hairline under each row, in one stroke, and a bar beside the row the keys act on."""
        super().paintEvent(event)
        height, width = self.verticalHeader().defaultSectionSize(), self.viewport().width()
        first = self.rowAt(event.rect().top())
        if first < 0:
            return
        top = self.rowViewportPosition(first) + height - 1
        last = min(self.rowViewportPosition(self.rows.rowCount() - 1) + height, event.rect().bottom() + 1)
        painter = QPainter(self.viewport())
        painter.setPen(QColor(theme.tones().hairline))
        painter.drawLines([QLine(0, y, width, y) for y in range(top, last, height)])
        if self.hasFocus() and self.currentIndex().isValid():
            cursor = self.rowViewportPosition(self.currentIndex().row())
            painter.fillRect(0, cursor, 3, height - 1, QColor(theme.tones().accent))
        painter.end()

    def _first(self) -> int:
        return max(0, self.horizontalHeader().logicalIndexAt(0))

    def _numbers(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def _tell(self) -> None:
        self.chosen.emit(self.key())

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.activated_key.emit(self.rows.row(index.row())[0])

    # ------------------------------------------------------------------------------------------ the header

    def _head(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setFixedHeight(max(theme.ROW, theme.px(theme.ROW)))
        header.setMinimumSectionSize(48)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for number, column in enumerate(self.rows.columns):
            header.resizeSection(number, theme.px(column.width))
            header.setSectionHidden(number, not column.shown)
        kept = memory.recall(self._name, QByteArray())
        if not kept.isEmpty():
            header.restoreState(kept)
            order = header.sortIndicatorSection()
            self.rows.sort(order, header.sortIndicatorOrder())
        header.setSectionsClickable(True)
        header.sortIndicatorChanged.connect(self._sort)
        for changed in (header.sectionResized, header.sectionMoved):
            changed.connect(self._keep_soon)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.rows.sort(column, order)
        self.choose(0)
        self.scrollToTop()
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self.isVisible():  # what Qt does before the window is there is not the officer's wish
            self._keeping.start()

    def _keep(self) -> None:
        self._keeping.stop()
        memory.keep(self._name, self.horizontalHeader().saveState())

    def _choose_columns(self, place: QPoint) -> None:
        self.column_menu().exec(self.horizontalHeader().mapToGlobal(place))

    def column_menu(self) -> QMenu:
        """Return the menu in which columns are shown and hidden."""
        header = self.horizontalHeader()
        menu = QMenu(self)
        for number, column in enumerate(self.rows.columns):
            entry = menu.addAction(column.title)
            entry.setCheckable(True)
            entry.setChecked(not header.isSectionHidden(number))
            entry.setData(number)
            entry.toggled.connect(self._show_column)
        return menu

    def _show_column(self, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        entry, header = self.sender(), self.horizontalHeader()
        number = entry.data() if isinstance(entry, QAction) else 0
        if shown or header.hiddenSectionCount() < header.count() - 1:
            header.setSectionHidden(number, not shown)
            self._keep_soon()
