"""What the parts of the settings about a season share: which season, its lines, and how they are stored."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.i18n import _
from ccfs_desktop.models.base import Record
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import seasons
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.form import Form
from ccfs_desktop.views.kit.lines import Action, Lines
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words

LINES = 720
"""How wide lines and forms are at most."""

R = TypeVar("R", bound=Record)


class SeasonPart(QWidget):
    """A part of the settings about one season: the one chosen in any of the parts, at first the one of today."""

    def __init__(self, page: Page) -> None:
        """Build an empty column."""
        super().__init__()
        self.page = page
        self.season: Season | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 24, 20, 24)
        self.column.setSpacing(8)
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Season"))
        self.choice.activated.connect(self._choose)
        self.choice.hide()

    def refresh(self) -> None:
        """Read the season again."""
        raise NotImplementedError

    @property
    def season_id(self) -> int:
        """The id of the season in view; 0 before there is one."""
        return self.season.id if self.season else 0

    def read_season(self, session: Any) -> Season:
        """Return the season in view, and offer the others."""
        every = seasons.every(session)
        chosen = self.page.property("season")
        known = next((s for s in every if s.id == chosen), None)
        self.season = known or seasons.current(session, clock.today())
        self.choice.clear()
        for season in every:
            self.choice.addItem(f"{season.name} ({season.first_day} – {season.last_day})", season.id)
        self.choice.setCurrentIndex(self.choice.findData(self.season.id))
        self.choice.setVisible(len(every) > 1)
        return self.season

    def choose(self, season_id: int) -> None:
        """Let this and the other parts show another season from now on."""
        self.page.setProperty("season", season_id)

    def _choose(self) -> None:
        self.choose(self.choice.currentData())
        self.refresh()

    def show_form(self, form: Form, season: Season) -> None:
        """Show a season's values, but for the field somebody is typing into."""
        for name, row in form.rows.items():
            if not row.editor.property("changed"):
                form.show_values({name: getattr(season, name)})

    def place(self, form: Form) -> None:
        """Put a form into the column."""
        if layout := form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        form.setMaximumWidth(theme.px(LINES))
        self.column.addWidget(form)

    def saver(self, action: str) -> Callable[[str, Any], None]:
        """Return what stores one of the season's fields.

        Args:
            action: what it is called in the history, marked with ``N_``.
        """

        def save(name: str, value: Any) -> None:
            with self.page.db.begin(action) as session:
                seasons.change(session, self.season_id, **{name: value})
            self.stored()

        return save

    def stored(self) -> None:
        """Say that it is on disk, and show the season anew."""
        self.page.context.shell.saved()
        self.page.context.shell.describe()
        self.page.refresh()

    def note(self, text: str = "", part: str = "help") -> Any:
        """Put a sentence into the column, and return its label."""
        label = words(text, part, wrap=True)
        label.setMaximumWidth(theme.px(LINES))
        self.column.addWidget(label)
        return label

    def head(self, title: str, note: str = "") -> None:
        """Begin a section."""
        if self.column.count():
            self.column.addSpacing(16)
        self.column.addWidget(words(title, "section"))
        if note:
            self.note(note)

    def list(self, lines: Lines, add: str, begin: Callable[[], object]) -> None:
        """Put lines into the column, with a button that opens a new one."""
        lines.setMaximumWidth(theme.px(LINES))
        self.column.addWidget(lines)
        self.column.addWidget(button(add, begin, "plus", "link"), alignment=Qt.AlignmentFlag.AlignLeft)

    def lines(
        self,
        kind: type[R],
        names: tuple[str, ...],
        action: str,
        keep: Callable[[Any, Any], object],
        fresh: Callable[[dict[str, Any]], R],
    ) -> Lines:
        """Return lines for one kind of record, which a service keeps.

        Args:
            kind: the records' class.
            names: its columns, in reading order.
            action: what a change is called in the history, marked with ``N_``.
            keep: the service; gets session and record.
            fresh: makes a record from the values of a new line.
        """

        def save(key: int, name: str, value: Any) -> None:
            with self.page.db.begin(action) as session:
                record = session.get_one(kind, key)
                setattr(record, name, value)
                keep(session, record)
            self.stored()

        def create(values: dict[str, Any]) -> None:
            with self.page.db.begin(action) as session:
                keep(session, fresh(values))
            self.stored()

        return Lines([describe(kind, name) for name in names], save, create)

    def remover(self, kind: type[Record], action: str, remove: Callable[[Any, Any], None], word: str) -> Action:
        """Return the button that removes a line's record."""

        def act(key: int) -> None:
            with self.page.db.begin(action) as session:
                remove(session, session.get_one(kind, key))
            self.stored()

        return Action("trash-2", word, act)


def values_of(record: Record, names: tuple[str, ...]) -> dict[str, Any]:
    """Return some of a record's values by name, as a line shows them."""
    return {name: getattr(record, name) for name in names}
