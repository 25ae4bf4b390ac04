"""The factory, and what its papers look like."""

from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.services import offices
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import words

_ACTION = N_("Change the factory's details")


class FactoryPanel(QWidget):
    """Names, address, and the languages and layout of the papers."""

    def __init__(self, page: Page) -> None:
        """Build the form."""
        super().__init__()
        self._page = page
        self.form = Form(
            Factory,
            Section(N_("Factory"), "name", "name_latin", "country", "address", "space", "phone"),
            Section(N_("Paper"), "sheet_layout", note=N_("How the day's sign-in sheet is laid out.")),
            save=self._save,
        )
        self.first, self.second = QComboBox(), QComboBox()
        for box in (self.first, self.second):
            box.setMinimumWidth(theme.px(110))
            for code, name in i18n.LANGUAGES.items():
                box.addItem(name, code)
        self.second.insertItem(0, _("No second language"), "")
        self.first.setAccessibleName(_("First language on paper"))
        self.second.setAccessibleName(_("Second language on paper"))
        self.first.activated.connect(self._save_languages)
        self.second.activated.connect(self._save_languages)
        languages = QHBoxLayout()
        languages.setContentsMargins(16, 0, 16, 16)
        languages.setSpacing(12)
        label = words(_("Languages on paper"), "label", wrap=True)
        label.setFixedWidth(theme.px(152))
        languages.addWidget(label)
        languages.addWidget(self.first)
        languages.addWidget(self.second)
        languages.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.form)
        column.addLayout(languages)
        column.addStretch(1)

    def refresh(self) -> None:
        """Read the factory again."""
        with self._page.db.read() as session:
            factory = offices.factory(session)
        self.form.show_record(factory)
        first, second = (*factory.languages, "")[:2]
        self.first.setCurrentIndex(self.first.findData(first))
        self.second.setCurrentIndex(max(0, self.second.findData(second)))

    def _save(self, name: str, value: Any) -> None:
        with self._page.db.begin(_ACTION) as session:
            offices.change(session, name, value)
        self._page.context.shell.saved()
        self._page.context.shell.describe()

    def _save_languages(self) -> None:
        codes = dict.fromkeys(code for code in (self.first.currentData(), self.second.currentData()) if code)
        self._save("paper_languages", ",".join(codes))
