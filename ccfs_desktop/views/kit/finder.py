"""``Ctrl+K``: find any child, worker, page or action by typing a few letters."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGraphicsDropShadowEffect,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons, theme, work
from ccfs_desktop.views.kit.context import Found
from ccfs_desktop.views.kit.filters import SearchBox
from ccfs_desktop.views.kit.states import words

_WIDTH = 600
_LINES = 12
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_LINES, Qt.Key.Key_PageDown: _LINES}


class Finder(QFrame):
    """Lies over the window. ``Enter`` opens the chosen line, ``Esc`` goes back to where one was."""

    def __init__(
        self,
        window: QWidget,
        places: Sequence[Found],
        find: Callable[[str], Sequence[Found]] | None = None,
        searched: Callable[[str, int], None] | None = None,
    ) -> None:
        """Build it.

        Args:
            window: what it lies over.
            places: pages and actions; shown before anything is typed.
            find: looks up people, on the worker thread.
            searched: told once, when the cursor leaves after people were looked up, how many lines were found.
        """
        super().__init__(window)
        self.setObjectName("finder")
        self._window, self._places, self._find = window, places, find
        self._answers: list[Found] = []
        self._before = window.focusWidget()
        self.box = SearchBox(_("Find a child, a worker, a page or an action"))
        self.box.textChanged.connect(self._show_places)
        self.box.searched.connect(self._ask)
        if searched:
            self.box.settled.connect(lambda: searched("everywhere", len(self._answers)))
        self.box.installEventFilter(self)
        self.box.setMaximumWidth(theme.px(_WIDTH))
        self.list = self._make_list()
        self._nothing = words(_("Nothing found. Try fewer letters, or another part of the name."), "quiet")
        self._nothing.setContentsMargins(16, 8, 16, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.box)
        column.addWidget(self.list)
        column.addWidget(self._nothing)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)
        self._show_places()
        self.move((window.width() - self.width()) // 2, min(80, window.height() // 8))
        self.show()
        self.raise_()
        self.box.setFocus()

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setColumnCount(2)
        made.setHeaderHidden(True)
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setIconSize(QSize(icons.SIZE, icons.SIZE))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.header().setStretchLastSection(False)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        made.itemClicked.connect(self._open)
        return made

    # --------------------------------------------------------------------------------------------- what it finds

    def _show_places(self) -> None:
        wanted = self.box.text().casefold().split()
        fitting = [place for place in self._places if all(word in place.title.casefold() for word in wanted)]
        self._show(fitting)

    def _ask(self, text: str) -> None:
        if self._find and text:
            find = self._find
            work.start(lambda _job: find(text), done=lambda found: self._add(text, found), owner=self)

    def _add(self, text: str, found: Sequence[Found]) -> None:
        """Show the people found below the places, unless something else has been typed meanwhile."""
        if text == self.box.text().strip():
            self._show_places()
            self._show([*self._answers, *found])

    def _show(self, answers: list[Found]) -> None:
        self._answers = answers
        self.list.clear()
        for answer in answers:
            item = QTreeWidgetItem([answer.title, answer.detail])
            item.setIcon(0, icons.icon(answer.icon, "quiet"))
            item.setForeground(1, QColor(theme.tones().quiet))
            item.setSizeHint(0, QSize(0, theme.px(theme.ROW)))
            self.list.addTopLevelItem(item)
        self._step(-len(answers))
        self.list.setVisible(bool(answers))
        self._nothing.setVisible(not answers)
        self.list.setFixedHeight(min(len(answers), _LINES) * theme.px(theme.ROW) + 10)
        self.setFixedWidth(min(_WIDTH, self._window.width() - 32))
        self.adjustSize()

    def _open(self) -> None:
        number = self._number()
        self.leave()
        if 0 <= number < len(self._answers):
            self._answers[number].open()

    def _number(self) -> int:
        return self.list.currentIndex().row()

    def _step(self, lines: int) -> None:
        """Move the cursor some lines, not beyond the ends."""
        number = min(max(self._number() + lines, 0), len(self._answers) - 1)
        if item := self.list.topLevelItem(number):
            self.list.setCurrentItem(item)

    # --------------------------------------------------------------------------------------------- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list while typing; go away when the focus goes."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.leave(back=False)
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _press(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def leave(self, *, back: bool = True) -> None:
        """Go away, and give the focus back to where it was."""
        self.hide()
        if back and self._before:
            self._before.setFocus()
        self.deleteLater()
