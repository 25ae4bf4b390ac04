"""The steps of a new office, each with its few fields."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import i18n, places
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.views.card import say
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.form import Row
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.password import NewPassword

# Where the programme works, then its neighbours; the screen's language puts its own country first.
_COUNTRIES = ("CN", "BD", "ID", "TR", "VN", "IN", "KH", "LA", "LK", "MM", "MY", "NP", "PH", "PK", "TH")
_NO_COUNTRY = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
_HOME = {"zh_CN": "CN", "bn": "BD", "id": "ID", "tr": "TR", "vi": "VN"}


class Step(QWidget):
    """One step: a title, a sentence, and fields."""

    title: ClassVar[str] = ""
    sentence: ClassVar[str] = ""
    onward: ClassVar[str] = N_("Next")

    def __init__(self) -> None:
        """Build it, without fields."""
        super().__init__()
        self.rows: dict[str, Row] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)

    def ask(self, *fields: Field) -> None:
        """Add fields."""
        for field in fields:
            self.rows[field.name] = row = Row(field)
            self.column.addWidget(row)

    @property
    def first(self) -> QWidget:
        """Where the focus goes when the step comes into view."""
        return next((row.editor for row in self.rows.values()), self)

    def arrive(self) -> None:
        """Come into view, ready for typing."""
        self.first.setFocus()

    def complete(self) -> bool:
        """Tell whether the step can be left; if not, the fields say why."""
        problems: dict[str, str] = {}
        for name, row in self.rows.items():
            try:
                value = row.editor.value()
            except UserError as error:
                problems[name] = str(error)
            else:
                empty = row.field.required and value in (None, "")
                problems |= {name: _("This is needed.")} if empty else {}
        self.show_problems(problems)
        return not problems

    def show_problems(self, problems: Mapping[str, str]) -> bool:
        """Say under each field what is wrong; tell whether one of them is in this step."""
        for name, row in self.rows.items():
            row.say(problems.get(name, ""))
        if wrong := next((row for name, row in self.rows.items() if name in problems), None):
            wrong.editor.setFocus()
        return wrong is not None

    def so_far(self, name: str) -> str:
        """Return what stands in a field that may not be finished."""
        try:
            return str(self.rows[name].editor.value())
        except UserError:
            return ""

    def answers(self) -> dict[str, Any]:
        """Return what was typed, by the names the service uses."""
        return {name: row.editor.value() for name, row in self.rows.items()}


class FactoryStep(Step):
    """Which factory."""

    title = N_("Your factory")
    sentence = N_("As it stands on the papers that parents sign and auditors read.")

    def __init__(self) -> None:
        """Build it."""
        super().__init__()
        self.ask(
            Field("factory", _("Factory"), _("In the script the parents read."), required=True, length=120),
            Field("name_latin", _("Name in Latin letters"), _("For auditors. May stay empty."), length=120),
            Field("country", _("Country"), kind="choice", required=True, choices=_countries()),
            Field("address", _("Address"), _("The town is enough. It is printed on the sheets."), length=200),
        )
        self.rows["country"].editor.show_value(_HOME.get(i18n.language()))
        self.column.addStretch(1)

    @property
    def name(self) -> str:
        """The factory's name so far."""
        return self.so_far("factory")


class SeasonStep(Step):
    """Which season."""

    title = N_("The season")
    sentence = N_("From the first to the last day the space is open. Holidays and closed days come next, in Settings.")

    def __init__(self) -> None:
        """Build it."""
        super().__init__()
        self.ask(
            Field("season", _("Name of the season"), _("For example: Summer 2026"), required=True, length=80),
            Field("first_day", _("First day"), kind="date", required=True),
            Field("last_day", _("Last day"), kind="date", required=True),
            Field("capacity", _("Places"), _("How many children may be there at once."), kind="integer", required=True),
        )
        self.column.addStretch(1)


class UserStep(Step):
    """Who is the first to sign in, and where the office is kept."""

    title = N_("Your name and password")
    sentence = N_("You are the first HR officer of this office; you can add others later. The records are encrypted.")
    onward = N_("Make the office")

    def __init__(self, factory: Callable[[], str]) -> None:
        """Build it.

        Args:
            factory: returns the factory's name.
        """
        super().__init__()
        self._factory = factory
        self._chosen: Path | None = None
        self.ask(Field("user", _("Your name"), required=True, length=60))
        self.password = NewPassword(lambda: self.so_far("user"), factory)
        self._beside(_("Password") + " *", self.password, 7)
        self._where = words("", "quiet", wrap=True)
        change = button(_("Another folder …"), self._ask_folder, kind="link")
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._where)
        column.addWidget(change, alignment=Qt.AlignmentFlag.AlignLeft)
        self._problem = words("", "problem", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        self._beside(_("Kept in"), place, 0)
        self.column.addStretch(1)

    @property
    def folder(self) -> Path:
        """Where the office will be kept."""
        return self._chosen or places.default_folder(self._factory())

    def arrive(self) -> None:
        """Show where the office goes."""
        super().arrive()
        self._where.setText(str(self.folder))

    def complete(self) -> bool:
        """Check name, password and folder."""
        named = super().complete()
        return self._place_is_safe() and self.password.good() and named

    def show_problems(self, problems: Mapping[str, str]) -> bool:
        """Show what is wrong with the password too."""
        if "password" in problems:
            self.password.say(problems["password"], wrong=True)
        return super().show_problems(problems) or "password" in problems

    def answers(self) -> dict[str, Any]:
        """Return name and password."""
        return super().answers() | {"password": self.password.text}

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where shall the office be kept?"))
        if chosen:
            self._chosen = Path(chosen) / places.default_folder(self._factory()).name
            self._where.setText(str(self.folder))
            self._place_is_safe()

    def _place_is_safe(self) -> bool:
        try:
            places.check_place(self.folder)
        except UserError as error:
            say(self._problem, str(error))
            return False
        say(self._problem, "")
        return True

    def _beside(self, text: str, widget: QWidget, top: int) -> None:
        """Put a widget beside its label, in line with the fields above."""
        label = words(text, "label")
        label.setBuddy(widget)
        label.setFixedWidth(theme.px(152))
        label.setContentsMargins(0, top, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(widget, 1)
        self.column.addLayout(row)


class ListsStep(Step):
    """What remains: the factory's own lists."""

    title = N_("The office is ready")
    sentence = N_(
        "Bring in the factory's Excel lists of workers and children now, or at any time from the page Children. "
        "Nothing needs to be retyped, and an import can be undone."
    )
    onward = N_("Import the lists")


def _countries() -> tuple[tuple[str, str], ...]:
    from babel import Locale  # noqa: PLC0415 (only a new office asks for it)

    names = {str(code): str(name) for code, name in Locale.parse(i18n.language()).territories.items()}
    home = _HOME.get(i18n.language(), "")
    first = [code for code in (home, *(c for c in _COUNTRIES if c != home)) if code]
    others = sorted(c for c in names if len(c) == 2 and c.isalpha() and c not in (*first, *_NO_COUNTRY))
    return tuple((code, names[code]) for code in (*first, *sorted(others, key=names.__getitem__)))
