"""What this person prefers on this PC."""

from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QVBoxLayout, QWidget

from ccfs_desktop import i18n, settings
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import words

_THEMES = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
_MINUTES = (1, 2, 5, 10, 15, 30, 60)


class ProgramPanel(QWidget):
    """Language, colours, and when the window locks by itself."""

    def __init__(self, page: Page) -> None:
        """Build the choices."""
        super().__init__()
        self._page = page
        self.language, self.theme, self.lock = QComboBox(), QComboBox(), QComboBox()
        for code, name in i18n.LANGUAGES.items():
            self.language.addItem(name, code)
        for code, word in _THEMES.items():
            self.theme.addItem(_(word), code)
        for n in _MINUTES:
            self.lock.addItem(ngettext("{n} minute", "{n} minutes", n).format(n=n), n)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        for title, field in (
            (_("Language"), self.language),
            (_("Colours"), self.theme),
            (_("Lock the window after"), self.lock),
        ):
            field.setFixedWidth(theme.px(240))
            field.setAccessibleName(title)
            form.addRow(words(title, "label"), field)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(words(_("On this PC, for you"), "section"))
        column.addLayout(form)
        column.addWidget(words(_("The language changes when the program starts the next time."), "help"))
        column.addStretch(1)
        self.language.activated.connect(lambda _row: self._save(language=self.language.currentData()))  # pyright: ignore
        self.theme.activated.connect(lambda _row: self._dress())  # pyright: ignore
        self.lock.activated.connect(lambda _row: self._save(auto_lock_minutes=self.lock.currentData()))  # pyright: ignore

    def refresh(self) -> None:
        """Read the settings again."""
        held = settings.load()
        self.language.setCurrentIndex(max(0, self.language.findData(held.language or i18n.language())))
        self.theme.setCurrentIndex(max(0, self.theme.findData(held.theme)))
        nearest = min(_MINUTES, key=lambda n: abs(n - held.auto_lock_minutes))
        self.lock.setCurrentIndex(self.lock.findData(nearest))

    def _dress(self) -> None:
        self._save(theme=self.theme.currentData())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.theme.currentData())

    def _save(self, **changes: object) -> None:
        settings.change(**changes)
        self._page.context.shell.saved()
