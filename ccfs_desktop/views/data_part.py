"""What the parts of data protection share: their column, their list, and a printed paper over the page."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child
from ccfs_desktop.views.child_picker import ChildPicker
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.table import Column, Rows, Table


class DataPart(QWidget):
    """One part; subclasses fill ``self.column`` and read the office in ``refresh``."""

    def __init__(self, page: Page) -> None:
        """Build an empty column.

        Args:
            page: the settings: its banner, database and long work.
        """
        super().__init__()
        self.page, self.db = page, page.db
        self.writes = page.context.may("data")
        """Whether who is working looks after this, or only reads it."""
        self.ask = Ask()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 8, 20, 20)
        self.column.setSpacing(8)

    def refresh(self) -> None:
        """Read the office again."""
        raise NotImplementedError

    def section(self, title: str, note: str = "", *, writing: bool = False) -> None:
        """Write a heading, and a sentence under it; both translated.

        Args:
            title: the heading.
            note: the sentence.
            writing: it is only about what is written here: whoever only reads does not see it.
        """
        if writing and not self.writes:
            return
        if self.column.count():
            self.column.addSpacing(12)
        self.column.addWidget(words(title, "section"))
        if note:
            self.column.addWidget(words(note, "help", wrap=True))

    def list(self, name: str, title: str, columns: tuple[Column, ...], rows: int = 7) -> Table:
        """Put a list into the column.

        Args:
            name: under which its widths are remembered.
            title: what it shows, for a screen reader.
            columns: from left to right.
            rows: how many are seen at least.
        """
        table = Table(name, columns)
        table.setAccessibleName(title)
        table.setMinimumHeight(theme.px(32) * (rows + 1))
        self.column.addWidget(table, 100)
        return table

    def buttons(self, *made: QWidget, writing: bool = False) -> None:
        """Put buttons side by side; those for writing only before whom may write."""
        for one in made if writing and not self.writes else ():
            one.setVisible(False)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in made:
            row.addWidget(one)
        row.addStretch(1)
        self.column.addLayout(row)

    def child(
        self, confirm: str, do: Callable[[Child], object], icon: str = "", kind: str = "", *, proposing: bool = False
    ) -> ChildPicker:
        """Put a field to find a child into the column, with a button that does something about it.

        Args:
            confirm: words of the button, translated.
            do: gets the child.
            icon: Lucide's name.
            kind: of the button.
            proposing: whoever only reads may do it, too.
        """
        picker = ChildPicker(self.db)
        picker.setMinimumWidth(theme.px(150))
        picker.setMaximumWidth(theme.px(320))

        def act() -> None:
            if picker.chosen is None:
                picker.setFocus()
                self.page.say(_("Choose the child first: write its name and take it from the list."))
            else:
                do(picker.chosen)

        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(picker, 4)
        row.addWidget(act_button := button(confirm, act, icon, kind))
        for widget in () if self.writes or proposing else (picker, act_button):
            widget.setVisible(False)
        row.addStretch(1)
        self.column.addLayout(row)
        return picker

    def printing(self, title: str, name: str, task: Callable[[], bytes]) -> None:
        """Draw a paper beside the window and show it over the page.

        Args:
            title: translated.
            name: of the file, if it is saved.
            task: draws it; runs on the worker thread.
        """

        def show(pdf: bytes) -> None:
            from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415 (paper is loaded when it is needed)

            self.page.push(title, Paper(pdf, name, say=self.page.say))

        self.page.work(_("Printing …"), lambda _job: task(), show)

    def stored(self) -> None:
        """Say that it is on disk, and show the part anew."""
        self.page.context.shell.saved()
        self.refresh()


def fill(table: Table, rows: list[tuple[Any, ...]], empty: QWidget | None = None) -> None:
    """Show rows, or in their place why there are none."""
    table.show_rows(Rows(rows, table.rows.columns))
    if empty is not None:
        empty.setVisible(not rows)
        table.setVisible(bool(rows))


def quiet(text: str) -> QWidget:
    """Return a sentence that stands where a list is empty."""
    label = words(text, "quiet", wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
