"""The backups of this office: what there is, a new one, a rehearsal, the second medium, and the way back."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import settings
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services import backup_second, backup_state, backups
from ccfs_desktop.services.backup_state import State
from ccfs_desktop.services.backups import Entry, Made, Rehearsal
from ccfs_desktop.views.backup_columns import columns, rows
from ccfs_desktop.views.kit import theme, work
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import Fitting, button, words
from ccfs_desktop.views.kit.table import Table
from ccfs_desktop.views.restore import RestoreFlow

_WIDTH = 840


class BackupsPanel(QWidget):
    """The list of backups and what can be done with them."""

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__()
        self._page = page
        self.entries: list[Entry] = []
        self.standing = words("", wrap=True)
        self.now = button(_("Back up now"), self.back_up, "hard-drive", "primary")
        self.rehearse = button(_("Rehearse now"), self.try_out, "shield-check")
        self.back = button(_("Restore …"), self.restore, "undo-2")
        self.table = Table("settings-backups", columns())
        self.table.setAccessibleName(_("Backups"))
        self.table.setMinimumHeight(theme.px(32) * 6)
        self.table.activated_key.connect(self.restore)
        self.second = Fitting()
        self.second_last = words("", "help", wrap=True)
        self.choose = button(_("Choose a folder …"), self._ask, "folder-open")
        self.none = button(_("No second medium"), self._drop, kind="quiet")
        self.rehearsed = words("", wrap=True)
        self._offered = QWidget()
        self._build()

    def refresh(self) -> None:
        """Read the list again; a second medium may be slow, so beside the window."""
        try:
            office = backups.of(self._page.db)
        except UserError as error:
            self._offered.hide()
            self.standing.setText(str(error))
            return
        second = _second()

        def task(_job: work.Job) -> tuple[list[Entry], State, bool]:
            found = backups.list_of(office.folder, second)
            return found, backup_state.load(office.copies), backup_second.reachable(second)

        work.start(task, lambda found: self._show(*found), owner=self, aside=True)

    # --------------------------------------------------------------------------------------------------- the verbs

    def back_up(self) -> None:
        """Make a backup now."""
        office, second = backups.of(self._page.db), _second()
        self._page.work(
            _("Backing up …"), lambda job: backups.make(office, second=second, step=job), self._made, self._failed
        )

    def try_out(self) -> None:
        """Rehearse a restore with the backup the cursor is on."""
        office, path = backups.of(self._page.db), self._chosen()
        self._page.work(
            _("Rehearsing a restore …"), lambda job: backups.rehearse(office, path, job), self._rehearsed, self._failed
        )

    def restore(self, _name: object = None) -> None:
        """Go to the way back, with the backup the cursor is on."""
        page = self._page
        page.push(_("Restore a backup"), RestoreFlow(page, backups.of(page.db), self.entries, self.table.key()))

    def use(self, folder: Path) -> None:
        """Copy to a second medium from now on, and at once."""
        try:
            warned = backup_second.check(backups.of(self._page.db).folder, folder)
        except UserError as error:
            self._page.tell(error)
            return
        settings.change(backup_folder=str(folder))
        self._page.context.shell.saved()
        self.back_up()
        if warned:
            self._page.warn(warned)

    # ----------------------------------------------------------------------------------------------------- inside

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 24, 20, 24)
        column.setSpacing(8)
        column.addWidget(words(_("Backups"), "section"))
        column.addWidget(self.standing)
        inner = QVBoxLayout(self._offered)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(8)
        inner.addLayout(_row(self.now, self.rehearse, self.back))
        inner.addSpacing(4)
        inner.addWidget(self.table)
        sentence = _(
            "The program backs up by itself: soon after it is opened, every half hour, when it is closed or locked, "
            "and before imports, new seasons and new versions. The last backups of seven days, five weeks and twelve "
            "months are kept. A backup opens with a password or with the code on the recovery sheet."
        )
        demo = _("The demonstration is only backed up when you ask for it.")
        inner.addWidget(words(demo if self._page.context.demonstration else sentence, "help", wrap=True))
        inner.addSpacing(16)
        inner.addWidget(words(_("Second medium"), "section"))
        told = _("One backup on the same disk is none. Name a folder on another disk, such as a USB stick, and plug it "
                 "in once a week: the newest backup is copied there. It is remembered for this PC only.")  # fmt: skip
        inner.addWidget(words(told, "help", wrap=True))
        inner.addWidget(self.second)
        inner.addWidget(self.second_last)
        inner.addLayout(_row(self.choose, self.none))
        inner.addSpacing(16)
        inner.addWidget(words(_("Rehearsal"), "section"))
        told = _("Once a week the program restores the newest backup on the side, opens it, checks its trail and "
                 "counts its records.")  # fmt: skip
        inner.addWidget(words(told, "help", wrap=True))
        inner.addWidget(self.rehearsed)
        self._offered.setMaximumWidth(theme.px(_WIDTH))
        column.addWidget(self._offered)
        column.addStretch(1)

    def _show(self, entries: list[Entry], state: State, plugged: bool) -> None:
        self.entries = entries
        self.standing.setText(_standing(entries, state))
        theme.mark(self.standing, part="problem" if state.failed_at else "")
        self.table.show_rows(rows(entries))
        self.rehearse.setEnabled(bool(entries))
        self.table.setVisible(bool(entries))
        chosen = settings.load().backup_folder
        self.second.say(chosen or _("None is chosen."))
        self.second_last.setText(_second_told(state, chosen=bool(chosen), plugged=plugged))
        self.none.setVisible(bool(chosen))
        self.rehearsed.setText(_rehearsed(state))
        good = state.rehearsed_well or not state.rehearsed_at
        theme.mark(self.rehearsed, part="" if good else "problem")

    def _chosen(self) -> Path | None:
        name = self.table.key()
        return next((e.path for e in self.entries if e.path.name == name), None)

    def _made(self, made: Made) -> None:
        if made.second:
            self._page.warn(_("The backup is made. {problem}").format(problem=made.second))
        else:
            self._page.say(_("Backed up: {what}.").format(what=backups.in_words(made.copy.manifest.facts.counts)))
        self.refresh()

    def _rehearsed(self, found: Rehearsal) -> None:
        self._page.banner.tell(found.told, "accent" if found.well else "danger")
        self.refresh()

    def _failed(self, error: UserError) -> None:
        self._page.tell(error)
        self.refresh()

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose the second medium"))
        if chosen:
            self.use(Path(chosen))

    def _drop(self) -> None:
        settings.change(backup_folder="")
        self._page.context.shell.saved()
        self.choose.setFocus()
        self.refresh()


def _standing(entries: list[Entry], state: State) -> str:
    if state.failed_at:
        return _("The last backup was not made. {reason}").format(reason=state.failed_told)
    if not entries:
        return _("There is no backup yet.")
    return _("The last backup is of {when:%Y-%m-%d %H:%M}.").format(when=entries[0].made)


def _second_told(state: State, *, chosen: bool, plugged: bool) -> str:
    days = backup_state.days_since(state.second_at)
    told = _("No backup has been copied to a second medium yet.") if days is None else _last(days, state.second_at)
    return f"{told} {_('It is not plugged in.')}" if chosen and not plugged else told


def _last(days: int, at: str) -> str:
    if days == 0:
        return _("The last copy went there at {at}.").format(at=_local(at))
    return ngettext(
        "The last copy went there {n} day ago, at {at}.", "The last copy went there {n} days ago, at {at}.", days
    ).format(n=days, at=_local(at))


def _rehearsed(state: State) -> str:
    if not state.rehearsed_at:
        return _("No restore has been rehearsed yet.")
    return f"{_local(state.rehearsed_at)}: {state.rehearsed_told}"


def _local(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"


def _second() -> Path | None:
    chosen = settings.load().backup_folder
    return Path(chosen) if chosen else None


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, alignment=Qt.AlignmentFlag.AlignLeft)
    row.addStretch(1)
    return row
