"""The way back: which backup, what is in it beside what is here now, and then the office is closed and restored."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import backups
from ccfs_desktop.services.backups import Checked, Entry, Office
from ccfs_desktop.views.backup_columns import columns, rows
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.table import Table

_WIDTH = 840
_COUNTED = (
    ("child", N_("Children")),
    ("visit", N_("Visits")),
    ("guardian", N_("Parents and guardians")),
    ("worker", N_("Workers")),
    ("staff", N_("Staff")),
    ("safety_check", N_("Safety checks")),
    ("audit_entry", N_("Entries in the audit trail")),
)
"""Table and what it holds, for people."""


class RestoreFlow(QWidget):
    """Two steps laid over the settings: choose and check; look and restore."""

    def __init__(self, page: Page, office: Office, entries: Sequence[Entry], chosen: object = None) -> None:
        """Show the backups.

        Args:
            page: the settings.
            office: the one that is open.
            entries: its backups.
            chosen: the file's name of the one to begin with.
        """
        super().__init__()
        self._page, self._office, self._entries = page, office, list(entries)
        self.source: Path | None = None
        self.table = Table("settings-backups", columns())
        self.table.setAccessibleName(_("Backups"))
        self.table.show_rows(rows(self._entries))
        names = [entry.path.name for entry in self._entries]
        if chosen in names:
            self.table.choose(names.index(str(chosen)))
        self.table.activated_key.connect(self.check)
        self.look = button(_("Check this backup"), self.check, "shield-check", "primary")
        self.look.setEnabled(bool(self._entries))
        self.other = button(_("Another file …"), self._ask, "folder-open")
        self.do = button(_("Restore this backup"), self.restore, "undo-2", "primary")
        self.again = button(_("Choose another"), self._choose_again)
        self._facts = QVBoxLayout()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._first())
        self._stack.addWidget(self._second())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.table)

    # --------------------------------------------------------------------------------------------------- the verbs

    def check(self, _name: object = None) -> None:
        """Restore the backup the cursor is on to the side, and show what is in it."""
        name = self.table.key()
        found = next((entry.path for entry in self._entries if entry.path.name == name), None)
        if found:
            self.check_file(found)

    def check_file(self, source: Path) -> None:
        """Do the same with any file."""
        office = self._office
        self._page.work(
            _("Checking the backup …"),
            lambda job: backups.check(office, source, job),
            lambda checked: self._show(source, checked),
        )

    def restore(self) -> None:
        """Close the office and restore."""
        if self.source and self._page.context.restore:
            self._page.context.restore(self.source)

    # ----------------------------------------------------------------------------------------------------- inside

    def _first(self) -> QWidget:
        step = QWidget()
        step.setObjectName("sheet")
        step.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = _column(step)
        column.addWidget(words(_("Which backup is to come back?"), "section"))
        told = _("It is first restored on the side and checked; nothing is changed by that.")
        column.addWidget(words(told, "quiet", wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(_row(self.look, self.other))
        return step

    def _second(self) -> QWidget:
        area, step = QScrollArea(), QWidget()
        step.setObjectName("sheet")
        area.setWidgetResizable(True)
        column = _column(step)
        column.addLayout(self._facts)
        told = _(
            "What the office holds now is backed up first and kept for good. Then the office is closed, the backup is "
            "put in its place, and you sign in again. Users and passwords stay as they are now."
        )
        column.addWidget(words(told, wrap=True))
        column.addSpacing(8)
        column.addLayout(_row(self.do, self.again))
        column.addStretch(1)
        area.setWidget(step)
        return area

    def _show(self, source: Path, checked: Checked) -> None:
        self.source = source
        while item := self._facts.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        table = _Facts(checked)
        self._facts.addWidget(words(_made(source, checked), "section", wrap=True))
        good = _("Checked: it opens, no page is damaged, its trail is whole, and it is what its record says.")
        unknown = _("Checked: it opens, no page is damaged and its trail is whole. It has no record to compare with.")
        self._facts.addWidget(words(good if checked.manifest else unknown, "quiet", wrap=True))
        self._facts.addWidget(table)
        self._stack.setCurrentIndex(1)
        self.do.setFocus()

    def _choose_again(self) -> None:
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def _ask(self) -> None:
        kinds = _("Backups") + " (office-*.db);;*.db"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a backup"), "", kinds)
        if chosen:
            self.check_file(Path(chosen))


class _Facts(QWidget):
    """What is in the backup beside what is in the office now."""

    def __init__(self, checked: Checked) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        right = Qt.AlignmentFlag.AlignRight
        grid.addWidget(words(_("In the backup"), "label"), 0, 1, right)
        grid.addWidget(words(_("In the office now"), "label"), 0, 2, right)
        for row, (table, title) in enumerate(_COUNTED, 1):
            then = checked.facts.counts.get(table, 0)
            now = checked.present.get(table, 0) if checked.present is not None else None
            grid.addWidget(words(_(title)), row, 0)
            grid.addWidget(words(f"{then:,}"), row, 1, right)
            grid.addWidget(words("–" if now is None else f"{now:,}"), row, 2, right)
        grid.addWidget(words(_("Seal of the trail")), len(_COUNTED) + 1, 0)
        grid.addWidget(words(checked.facts.code), len(_COUNTED) + 1, 1, right)
        if checked.present is None:
            told = words(_("What is in the office now cannot be read; it is put aside as it is."), "problem", wrap=True)
            grid.addWidget(told, len(_COUNTED) + 2, 0, 1, 3)
        if checked.warning:
            grid.addWidget(words(checked.warning, "problem", wrap=True), len(_COUNTED) + 3, 0, 1, 4)
        grid.setColumnStretch(3, 1)


def _made(source: Path, checked: Checked) -> str:
    if checked.manifest is None:
        return _("The backup {name}").format(name=source.name)
    return _("The backup of {when:%Y-%m-%d %H:%M}").format(when=checked.manifest.made)


def _column(step: QWidget) -> QVBoxLayout:
    """Return the column of a step, which stays readable in a wide window."""
    holder = QWidget()
    holder.setMaximumWidth(theme.px(_WIDTH))
    around = QHBoxLayout(step)
    around.setContentsMargins(24, 20, 24, 20)
    around.addWidget(holder, 1)
    around.addStretch(0)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return column


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
