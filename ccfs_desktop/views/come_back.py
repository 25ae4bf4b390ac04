"""A restore at the door: for an office that no longer opens, or on a new PC that has only the stick."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog

from ccfs_desktop import places, settings
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.card import Card, say
from ccfs_desktop.views.kit import work
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.password import PasswordField

if TYPE_CHECKING:
    from ccfs_desktop.services.backups import Entry
    from ccfs_desktop.vault import Vault


class Warned(UserError):
    """Something comes back that was erased: nothing is restored before that was read."""


class ComeBackPage(Card):
    """Asks who is there, and which backup is to come back."""

    chosen = Signal(str, str, object)
    """User, password and the backup's path."""
    left = Signal()

    def __init__(self, vault: "Vault", user: str, entries: Sequence["Entry"], source: Path | None = None) -> None:
        """Build it.

        Args:
            vault: of the office; on a new PC the one that lies beside the backup.
            user: who signed in last, to be proposed.
            entries: the backups that are known, newest first.
            source: a backup that was named already.
        """
        super().__init__(460)
        self.head(
            _("Restore a backup"),
            _("What the office holds now is put aside first and never deleted. Nothing is changed before the backup "
              "has been checked."),
        )  # fmt: skip
        self.copies = QComboBox()
        for entry in entries:
            self.copies.addItem(_told(entry), entry.path)
        if source:
            self.add(source)
        self.user = QComboBox()
        self.user.addItems([one.name for one in vault.users])
        self.user.setCurrentIndex(max(0, self.user.findText(user)))
        self.password = PasswordField()
        self.field(_("Backup"), self.copies)
        self.body.addWidget(button(_("Another file …"), self._ask, kind="link"))
        self.field(_("User"), self.user)
        self.field(_("Password"), self.password)
        self._sentence = self.problem()
        self.read: Path | None = None
        """The backup of which it was read what it brings back."""
        self.do = button(_("Restore this backup"), self._enter, kind="primary")
        self.body.addSpacing(8)
        self.body.addWidget(self.do)
        self.body.addWidget(words(_("This may take a minute."), "help", wrap=True))
        self.links((_("Back"), self.left.emit))
        self.password.line.returnPressed.connect(self._enter)
        self.setFocusProxy(self.password)

    def add(self, source: Path) -> None:
        """Choose a backup that is not in the list."""
        self.copies.addItem(source.name, source)
        self.copies.setCurrentIndex(self.copies.count() - 1)

    def tell(self, error: UserError) -> None:
        """Say why nothing was restored, and ask again; after a warning the next press restores."""
        self._busy(busy=False)
        say(self._sentence, str(error))
        self.read = self.copies.currentData() if isinstance(error, Warned) else None
        if self.read:
            self.do.setFocus()
            QTimer.singleShot(0, self.do, lambda: self.ensureWidgetVisible(self.do))  # once the sentence has its height
            return
        self.password.setFocus()

    def _ask(self) -> None:
        kinds = _("Backups") + " (office-*.db);;*.db"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a backup"), "", kinds)
        if chosen:
            self.add(Path(chosen))

    def _enter(self) -> None:
        path = self.copies.currentData()
        if path is None:
            say(self._sentence, _("Please choose a backup."))
        elif not self.password.text:
            say(self._sentence, _("Please type the password."))
        elif self.do.isEnabled():
            self._busy(busy=True)
            self.chosen.emit(self.user.currentText(), self.password.text, path)

    def _busy(self, *, busy: bool) -> None:
        for widget in (self.do, self.user, self.password, self.copies):
            widget.setEnabled(not busy)
        if busy:
            self.password.reveal(shown=False)
            say(self._sentence, _("The backup is checked and restored …"), "help")


def of_office(vault: "Vault", lock: places.OfficeLock | None, done: Callable[[str], object]) -> ComeBackPage:
    """Offer the backups of an office that this window holds.

    Args:
        vault: of the office.
        lock: the window's.
        done: gets what was restored, as a sentence.
    """
    from ccfs_desktop.services import backups  # noqa: PLC0415 (the door needs no database)

    folder, chosen = vault.path.parent, settings.load().backup_folder
    entries = backups.list_of(folder, Path(chosen) if chosen else None)
    page = ComeBackPage(vault, settings.load().last_user, entries)
    page.chosen.connect(lambda *asked: _bring_back(page, folder, asked, lock, done))
    return page


def of_file(source: Path, done: Callable[[Path, str], object]) -> ComeBackPage:
    """Offer a backup on a PC that has no office of it: its own key file says who may open it.

    Args:
        source: the backup.
        done: gets the new office's folder and what was restored, as a sentence.

    Raises:
        UserError: no key file lies beside the backup.
    """
    from ccfs_desktop import vault  # noqa: PLC0415
    from ccfs_desktop.services import backup_second  # noqa: PLC0415

    try:
        held = vault.Vault.load(backup_second.key_file_of(source))
    except UserError:
        raise UserError(
            _("The key file of this backup does not lie beside it. Choose the file in its own folder.")
        ) from None
    folder = places.default_folder(backup_second.office_name(source))
    page = ComeBackPage(held, "", (), source)
    page.chosen.connect(lambda *asked: _bring_back(page, folder, asked, None, lambda told: done(folder, told)))
    return page


def _bring_back(
    page: ComeBackPage, folder: Path, asked: tuple[str, str, Path], lock: places.OfficeLock | None,
    done: Callable[[str], object],
) -> None:  # fmt: skip
    from ccfs_desktop.services import backups  # noqa: PLC0415

    user, password, source = asked

    known = page.read == source

    def warn(told: str) -> None:
        if not known:
            raise Warned(told + " " + _("Nothing was restored yet. Press the button again to restore all the same."))

    def task(_job: work.Job) -> str:
        office = backups.unlock(folder, user, password, source)
        return backups.restore(office, source, lock=lock, warn=warn).told

    work.start(task, done, page.tell, owner=page)


def _told(entry: "Entry") -> str:
    from ccfs_desktop.services import backups  # noqa: PLC0415 (loaded by who asks for this card)

    when = f"{entry.made:%Y-%m-%d %H:%M}"
    return f"{when} · {backups.in_words(entry.manifest.facts.counts)}" if entry.manifest else when
