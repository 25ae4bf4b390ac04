"""Start-up in order, on one page; the only module that knows everybody.

The login window needs Qt and the vault. What everything else needs is loaded by the worker thread while the password is
being typed.
"""

import importlib
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ccfs_desktop import clock, i18n, logs, places, settings, vault
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.keeper import Keeper
from ccfs_desktop.views.kit import crash, theme, work
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.login import LoginPage
from ccfs_desktop.views.main_window import PAGES, MainWindow, Screen
from ccfs_desktop.views.watch import Watch

if TYPE_CHECKING:
    from ccfs_desktop.db import Database

_log = logging.getLogger(__name__)
_PATIENCE_SECONDS = 60
"""How long the last backup may take after the window is gone; cut off, it leaves nothing bad behind."""
_SEED = 2017
"""Which of all possible toy factories the demonstration shows."""


def run(office: Path | None = None, *, language: str = "") -> int:
    """Open the window and stay until it is closed.

    Args:
        office: folder of an office; otherwise the one opened last, and at the very first start the welcome.
        language: code of the screen's language; otherwise the one chosen before, or the system's.

    Returns:
        The exit code.
    """
    chosen = settings.load()
    i18n.set_language(language or chosen.language or system_language(QLocale.system().uiLanguages()))
    app = cast(QApplication, QApplication.instance() or QApplication(["ccfs-desktop"]))
    theme.apply(app, cast(Literal["system", "light", "dark"], chosen.theme))
    program = Program(app)
    crash.install(_log.error, lambda: program.window)
    if not program.start(office):
        return 0
    code = app.exec()
    program.end()
    return code


def system_language(wanted: Sequence[str]) -> str:
    """Return the first of the system's languages that the program speaks.

    Args:
        wanted: such as ``zh-Hans-CN``, ``zh``, ``en-US``.
    """
    known = {code.partition("_")[0]: code for code in i18n.LANGUAGES}
    return next((known[w.partition("-")[0]] for w in wanted if w.partition("-")[0] in known), "en")


class Program(QObject):
    """The window, the office in it, and the door between."""

    def __init__(self, app: QApplication, screens: tuple[Screen, ...] = PAGES) -> None:
        """Build the window; nothing is shown yet.

        Args:
            app: the application.
            screens: the pages of the window.
        """
        super().__init__(app)
        self._screens = screens
        self.window = self._new_window()
        self.vault: vault.Vault | None = None
        self.db: Database | None = None
        self._lock: places.OfficeLock | None = None
        self._bell: QObject | None = None
        self.keeper = Keeper(self)
        self.keeper.failed.connect(self._warn)
        self.watch = Watch(app, settings.load().auto_lock_minutes)
        self.watch.gone.connect(self.lock)

    # ------------------------------------------------------------------------------------------------ in order

    def start(self, office: Path | None) -> bool:
        """Show the door of an office, or the welcome; False when another window already has the office."""
        recent = [Path(folder) for folder in settings.load().recent_offices]
        folder = office or next((one for one in recent if (one / "vault.json").exists()), None)
        if folder is None:
            self.welcome()
        elif not self.open(folder):
            return False
        self.window.show()
        QTimer.singleShot(0, self._load_the_rest)
        return True

    def _load_the_rest(self) -> None:
        """Load what the pages need while the password is being typed."""
        logs.start()
        self._listen()

        def task(_job: work.Job) -> None:
            importlib.import_module("ccfs_desktop.services.offices")
            importlib.import_module(self._screens[0].where.partition(":")[0])

        work.start(task)

    def open(self, folder: Path) -> bool:
        """Go to the door of an office; False when another window has it open and came to the front instead."""
        try:
            found = vault.Vault.load(folder / "vault.json")
            lock = self._locked(folder)
        except UserError as error:
            self.welcome(str(error))
            return True
        if lock is None:
            return False
        self.leave()
        self.vault, self._lock = found, lock
        if self.window.isVisible():
            self._listen()
        if found.is_demo:
            self._wait(_("The demonstration is being opened …"), lambda: _offices().open_demo(folder))
        else:
            self.ask()
        return True

    def ask(self, *, locked: bool = False, told: str = "", good: bool = True) -> None:
        """Ask for user and password.

        Args:
            locked: whether somebody was working a moment ago.
            told: what has happened meanwhile, as a sentence.
            good: whether that is good news.
        """
        if self.vault is None or self.vault.is_demo:
            self.welcome()
            return
        with suppress(UserError):  # users come and go while the office is open
            self.vault = vault.Vault.load(self.vault.path)
        page = LoginPage(self.vault, settings.load().last_user, locked=locked)
        page.entered.connect(self._unlock)
        page.elsewhere.connect(self.welcome)
        page.forgotten.connect(self._recover)
        page.back.connect(self._come_back)
        page.note(told, good=good)
        self.window.cover(page)

    def enter(self, db: "Database") -> None:
        """Show the office to the person who opened it."""
        self.db = db
        folder = cast(Path, db.folder)
        settings.remember_office(folder)
        self.watch.allow(settings.change(last_user=db.actor.user).auto_lock_minutes)
        self.window.enter(_context(db, self.window, self._close, self.restore))
        self._look_at_the_disk(folder)
        if self.vault and not self.vault.is_demo:
            self.keeper.begin(db)

    def lock(self) -> None:
        """Lock the office, unless it is one that everybody may see."""
        if self.db is None or (self.vault and self.vault.is_demo):
            return
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
        QTimer.singleShot(0, self.window.lock)  # after the dialogs just closed have ended

    def restore(self, copy: Path) -> None:
        """Close the office, put a copy in its place, and show the door again."""
        from ccfs_desktop.services import backups  # noqa: PLC0415 (loaded beside the window)
        from ccfs_desktop.views.kit.states import EmptyState  # noqa: PLC0415 (loaded with the pages anyway)

        if self.db is None or self.vault is None or self._lock is None:
            return
        office, lock = backups.of(self.db), self._lock
        self.keeper.forget()
        self.window.shut()
        page: QWidget = EmptyState("hourglass", _("The backup is being restored. This may take a minute …"))
        self.window.cover(page)
        work.start(
            lambda _job: backups.restore(office, copy, lock=lock),
            lambda done: self._restored(done.told, good=done.matches),
            lambda error: self._restored(str(error), good=False),
            owner=page,
        )

    def _restored(self, sentence: str, *, good: bool) -> None:
        """Tell at the door, or in the demonstration, which has none, above its page."""
        if self.vault and self.vault.is_demo:
            self.enter(_offices().open_demo(self.vault.path.parent))
            page = self.window.stack.currentWidget()
            if isinstance(page, Page):
                page.banner.tell(sentence, "accent" if good else "danger")
            return
        self.ask(told=sentence, good=good)

    def leave(self) -> None:
        """Give up the office: keys, files, lock."""
        self._close()
        self.vault = None
        if self._bell:
            self._bell.deleteLater()
            self._bell = None
        if self._lock:
            self._lock.release()
            self._lock = None

    def end(self) -> None:
        """Take the window down, and let the worker thread finish: it must not outlive the libraries it uses."""
        self.leave()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        work.finish(_PATIENCE_SECONDS)
        QCoreApplication.processEvents()

    # ---------------------------------------------------------------------------------------------- other ways in

    def welcome(self, problem: str = "") -> None:
        """Show the three ways to begin."""
        from ccfs_desktop.views.start import StartPage  # noqa: PLC0415 (most mornings begin at the login)

        self.leave()
        page = StartPage(settings.load().recent_offices, problem)
        page.new.connect(self._new)
        page.open.connect(self._open_another)
        page.demonstration.connect(self.demonstrate)
        page.back.connect(self._come_back_here)
        page.speak.connect(self.speak)
        self.window.cover(page)

    def speak(self, language: str) -> None:
        """Speak another language: everything is built anew."""
        i18n.set_language(language)
        settings.change(language=language)
        old, self.window = self.window, self._new_window()
        self.window.setGeometry(old.geometry())
        self.welcome()
        self.window.show()
        old.close()
        old.deleteLater()

    def demonstrate(self) -> None:
        """Open the demonstration office, making it first where there is none."""
        language = i18n.language()
        folder = places.demo_folder(language, _SEED, clock.today())
        if (folder / "vault.json").exists():
            self.open(folder)
            return

        def build() -> "Database":
            from ccfs_desktop.reports import demo_issued  # noqa: PLC0415 (only when asked for)
            from ccfs_desktop.services import demo  # noqa: PLC0415

            return demo_issued.hand_out(demo.build(folder, language=language, seed=_SEED))

        self._wait(_("The demonstration is being made: a season of a toy factory …"), build)

    def _new(self) -> None:
        from ccfs_desktop.views.wizard import Wizard  # noqa: PLC0415 (once in the life of an office)

        page = Wizard()
        page.left.connect(self.welcome)
        page.done.connect(lambda db, lists: self._made(db, lists=lists))
        self.window.cover(page)

    def _made(self, db: "Database", *, lists: bool = False) -> None:
        """Enter an office just made, and go on with its lists if wanted."""
        folder = cast(Path, db.folder)
        self.vault, self._lock = vault.Vault.load(folder / "vault.json"), places.OfficeLock(folder)
        self._lock.acquire()
        self._listen()
        self.enter(db)
        if lists:
            self.window.go("children", lists="workers")

    def _open_another(self, folder: Path) -> None:
        if not self.open(folder):
            self.welcome(_("This office is open in another window, which is now in front."))

    def _recover(self) -> None:
        from ccfs_desktop.views.recovery import NewSheet, RecoveryPage  # noqa: PLC0415 (hardly ever)

        if self.vault is None:
            return
        name = self.vault.path.parent.name

        def recovered(user: str, code: str) -> None:
            sheet = NewSheet(code, name, user)
            sheet.done.connect(self.ask)
            self.window.cover(sheet)

        page = RecoveryPage(self.vault, settings.load().last_user)
        page.left.connect(self.ask)
        page.recovered.connect(recovered)
        self.window.cover(page)

    def _come_back(self) -> None:
        """Offer the backups of the office whose door is shown."""
        from ccfs_desktop.views import come_back  # noqa: PLC0415 (hardly ever)

        if self.vault:
            page = come_back.of_office(self.vault, self._lock, lambda told: self.ask(told=told))
            page.left.connect(self.ask)
            self.window.cover(page)

    def _come_back_here(self, source: Path) -> None:
        """Offer a backup on a PC that has no office of it."""
        from ccfs_desktop.views import come_back  # noqa: PLC0415 (hardly ever)

        def done(folder: Path, told: str) -> None:
            self.open(folder)
            if self.vault and not self.vault.is_demo:
                self.ask(told=told)

        try:
            page = come_back.of_file(source, done)
        except UserError as error:
            self.welcome(str(error))
            return
        page.left.connect(self.welcome)
        self.window.cover(page)

    # ---------------------------------------------------------------------------------------------- inside

    def _new_window(self) -> MainWindow:
        window = MainWindow(self._screens)
        window.locked.connect(lambda: self.ask(locked=True))
        return window

    def _unlock(self, user: str, password: str) -> None:
        office = self.vault
        page = self.sender()
        if office is None or not isinstance(page, LoginPage):
            return
        folder = office.path.parent
        work.start(lambda _job: _offices().open(folder, user, password), self.enter, page.tell, owner=page)

    def _wait(self, sentence: str, task: "Callable[[], Database]") -> None:
        """Show a sentence while an office is opened that asks no password."""
        from ccfs_desktop.views.kit.states import EmptyState  # noqa: PLC0415 (loaded with the pages anyway)

        page: QWidget = EmptyState("hourglass", sentence)
        self.window.cover(page)

        def done(db: "Database") -> None:
            if self.vault is None:
                self._made(db)
            else:
                self.enter(db)

        work.start(lambda _job: task(), done, lambda error: self.welcome(str(error)), owner=page)

    def _close(self) -> None:
        """Drop the keys, after a last look whether the day's work is backed up."""
        self.keeper.end()
        if self.db:
            self.db.close()
            self.db = None

    def _locked(self, folder: Path) -> places.OfficeLock | None:
        """Take the office for this window; None when the window that has it came to the front.

        Raises:
            UserError: somebody else has it and does not answer, or the folder cannot be written.
        """
        lock = places.OfficeLock(folder)
        try:
            if lock.acquire():
                return lock
        except OSError:
            raise UserError(_("Nothing can be written to the folder “{name}”.").format(name=folder.name)) from None
        from ccfs_desktop.views import doorbell  # noqa: PLC0415 (QtNetwork is not needed before the first window)

        if doorbell.ring(lock.address):
            return None
        raise UserError(
            _("This office is already open on this PC, perhaps by another Windows user. Please close it there first.")
        )

    def _listen(self) -> None:
        """Come to the front when the same office is started a second time."""
        from ccfs_desktop.views import doorbell  # noqa: PLC0415 (QtNetwork is not needed before the first window)

        if self._lock and not self._bell:
            self._bell = doorbell.Doorbell(self._lock.address, lambda: doorbell.to_front(self.window), self)

    def _look_at_the_disk(self, folder: Path) -> None:
        space = places.check_space(folder)
        if space.is_full:
            places.drop_ballast(folder)
        else:
            work.start(lambda _job: places.keep_ballast(folder))
        self._warn(space.sentence)

    def _warn(self, sentence: str) -> None:
        """Say above the page in view what should be known."""
        page = self.window.stack.currentWidget() if self.db and self.window.context else None
        if sentence and isinstance(page, Page):
            page.warn(sentence)


def _offices():
    from ccfs_desktop.services import offices  # noqa: PLC0415 (loaded beside the window)

    return offices


def _context(db: "Database", window: MainWindow, close: Callable[[], None], restore: Callable[[Path], None]) -> Context:
    """Tell the pages where they are and who is working."""
    from ccfs_desktop.db import undo  # noqa: PLC0415 (loaded beside the window)
    from ccfs_desktop.services import seasons  # noqa: PLC0415
    from ccfs_desktop.views import people  # noqa: PLC0415

    with db.read() as session:
        factory = _offices().factory(session)
        season = seasons.current(session)

    return Context(
        db=db,
        user=db.actor.user,
        role=db.actor.role,
        settings=settings.load(),
        factory=factory.name,
        season=season.name if season else "",
        demonstration=factory.demonstration,
        find=partial(people.find, db, window),
        searched=partial(people.searched, db, window),
        undo=lambda: _("Undone: {action}.").format(action=_(undo.undo_last(db).action)),
        close=close,
        restore=restore,
    )
