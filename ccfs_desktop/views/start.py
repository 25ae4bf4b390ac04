"""The first thing a new user sees: the language, and three ways to begin."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from ccfs_desktop import i18n
from ccfs_desktop.i18n import _
from ccfs_desktop.views.card import Card, say
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import button, words


class StartPage(Card):
    """New office, open an office, or try the demonstration."""

    new = Signal()
    open = Signal(object)
    """A folder."""
    demonstration = Signal()
    back = Signal(object)
    """A backup that is to come back on a PC that has no office of it."""
    speak = Signal(str)
    """The code of another language."""

    def __init__(self, recent: tuple[str, ...] = (), problem: str = "") -> None:
        """Build it.

        Args:
            recent: folders of offices opened before.
            problem: why the office asked for did not open.
        """
        super().__init__(520)
        self._languages()
        self.body.addWidget(words(_("Welcome"), "title"))
        self.body.addWidget(
            words(_("The Child Friendly Space, run from this PC. Nothing leaves it."), "quiet", wrap=True)
        )
        self._sentence = self.problem()
        say(self._sentence, problem)
        self.body.addSpacing(8)
        self.choices = [
            Choice("plus", _("New office"), _("Set up the space of your factory. It takes about five minutes.")),
            Choice("folder-open", _("Open an office"), _("Choose the folder of an office that is already on this PC.")),
            Choice("baby", _("Try the demonstration"), _("A toy factory with made-up people. Nothing can go wrong.")),
        ]
        for choice, slot in zip(self.choices, (self.new.emit, self._ask, self.demonstration.emit), strict=True):
            choice.clicked.connect(lambda _down=False, slot=slot: slot())
            self.body.addWidget(choice)
        self.links((_("Bring an office back from a backup …"), self._ask_backup))
        if recent:
            self.body.addSpacing(12)
            self.body.addWidget(words(_("Opened before"), "label"))
            for folder in recent[:4]:
                self._recent(Path(folder))
        self.setFocusProxy(self.choices[0])

    def tell(self, sentence: str) -> None:
        """Say why what was asked for did not happen."""
        say(self._sentence, sentence)

    def _languages(self) -> None:
        row = QHBoxLayout()
        row.addWidget(words("CCFS Desktop", "brand"))
        row.addStretch(1)
        self.language = QComboBox()
        self.language.setAccessibleName(_("Language"))
        for code, name in i18n.LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(i18n.language()))
        self.language.activated.connect(lambda row: self.speak.emit(self.language.itemData(row)))
        row.addWidget(self.language)
        self.body.addLayout(row)

    def _recent(self, folder: Path) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button(folder.name, lambda: self.open.emit(folder), kind="link"))
        where = words("", "help")
        where.setText(where.fontMetrics().elidedText(str(folder.parent), Qt.TextElideMode.ElideMiddle, 260))
        row.addWidget(where, 1)
        self.body.addLayout(row)

    def _ask_backup(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a backup"), "", _("Backups") + " (office-*.db)")
        if chosen:
            self.back.emit(Path(chosen))

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose the office's folder"))
        if chosen:
            self.open.emit(Path(chosen))


class Choice(QPushButton):
    """A large button with an icon, a title and a sentence."""

    def __init__(self, icon: str, title: str, sentence: str) -> None:
        """Build it."""
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setAutoDefault(True)
        picture = QLabel()
        icons.put(picture, icon, "accent", size=24)
        column = QVBoxLayout()
        column.setSpacing(2)
        self._sentence = words(sentence, "quiet", wrap=True)
        for label in (words(title, "section"), self._sentence, picture):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            if label is not picture:
                column.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(16)
        row.addWidget(picture)
        row.addLayout(column, 1)
        self.setFixedHeight(theme.px(68))
