"""The season with its days, ages, places, groups and hours; its calendar; and the next season."""

from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Any, TypeVar

from babel.dates import format_date
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import clock, i18n
from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.base import Record
from ccfs_desktop.models.season import Block, BlockKind, CalendarDay, Group, Season
from ccfs_desktop.services import enrolments, offices, seasons
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.lines import Action, Line, Lines
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.weekdays import Weekdays

_ACTION = N_("Change the season")
_LABEL, _FORM, _LINES = 152, 560, 720

R = TypeVar("R", bound=Record)


class _Panel(QWidget):
    """A part of the settings about one season: the one chosen, at first the one of today."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.season: Season | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 24, 32, 24)
        self.column.setSpacing(8)

    @property
    def season_id(self) -> int:
        return self.season.id if self.season else 0

    def stored(self) -> None:
        """Say that it is on disk, and show the season anew."""
        self.page.context.shell.saved()
        self.page.context.shell.describe()
        self.page.refresh()

    def head(self, title: str, note: str = "") -> None:
        if self.column.count():
            self.column.addSpacing(16)
        self.column.addWidget(words(title, "section"))
        if note:
            self.column.addWidget(words(note, "help", wrap=True))

    def list(self, lines: Lines, add: str, begin: Callable[[], object]) -> None:
        lines.setMaximumWidth(theme.px(_LINES))
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
        def act(key: int) -> None:
            with self.page.db.begin(action) as session:
                remove(session, session.get_one(kind, key))
            self.stored()

        return Action("trash-2", word, act)


def _values(record: Record, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


_GROUP = ("name", "age_from", "age_to", "size", "room")
_BLOCK = ("name", "kind", "opens", "closes")
_DAY = ("day", "open", "reason", "source")


class SeasonPanel(_Panel):
    """The season in view, its weekdays, groups and hours."""

    def __init__(self, page: Page) -> None:
        """Build the forms."""
        super().__init__(page)
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Season"))
        self.choice.activated.connect(self._choose)
        self.form = Form(
            Season,
            Section(N_("Season"), "name", "type", "first_day", "last_day"),
            Section(N_("Who may come"), "age_from", "age_to", "capacity"),
            save=self._save,
        )
        self.days = Weekdays()
        self.days.changed.connect(self._save_weekdays)
        self.groups = self.lines(
            Group, _GROUP, N_("Change a group"), seasons.save_group, lambda v: Group(season_id=self.season_id, **v)
        )
        self.hours = self.lines(
            Block, _BLOCK, N_("Change the hours"), seasons.save_block, lambda v: Block(season_id=self.season_id, **v)
        )
        self.next = _NextSeason(self)
        self._build()

    def refresh(self) -> None:
        """Read the season again."""
        with self.page.db.read() as session:
            every = seasons.every(session)
            known = next((s for s in every if s.id == self.season_id), None)
            self.season = season = known or seasons.current(session, clock.today())
            groups, blocks = seasons.groups(session, season), seasons.blocks(session, season)
            taken = enrolments.group_sizes(session, season)
        self._show_choice(every)
        for name, row in self.form.rows.items():
            if not row.editor.property("changed"):
                self.form.show_values({name: getattr(season, name)})
        self.days.show_days(season.weekdays)
        self.groups.show_lines([self._group_line(group, taken.get(group.id, 0)) for group in groups])
        self.hours.show_lines([self._block_line(block) for block in blocks])
        self.next.propose(every[-1])

    def _group_line(self, group: Group, taken: int) -> Line:
        remove = self.remover(Group, N_("Remove a group"), seasons.remove_group, _("Remove this group"))
        note = ngettext("{n} child of {size} places", "{n} children of {size} places", taken)
        tone = "problem" if taken > group.size else "help"
        return Line(group.id, _values(group, _GROUP), note.format(n=taken, size=group.size), tone, actions=(remove,))

    def _block_line(self, block: Block) -> Line:
        remove = self.remover(Block, N_("Remove hours"), seasons.remove_block, _("Remove these hours"))
        return Line(block.id, _values(block, _BLOCK), actions=(remove,))

    def _show_choice(self, every: list[Season]) -> None:
        self.choice.clear()
        for season in every:
            self.choice.addItem(f"{season.name} ({season.first_day} – {season.last_day})", season.id)
        self.choice.setCurrentIndex(self.choice.findData(self.season_id))
        self.choice.setVisible(len(every) > 1)

    def _choose(self) -> None:
        with self.page.db.read() as session:
            self.season = session.get(Season, self.choice.currentData())
        self.refresh()

    def _save(self, name: str, value: Any) -> None:
        with self.page.db.begin(_ACTION) as session:
            seasons.change(session, self.season_id, **{name: value})
        self.stored()

    def _save_weekdays(self, digits: str) -> None:
        try:
            self._save("weekdays", digits)
        except Invalid as error:
            self.page.tell(error)
            self.refresh()

    def _build(self) -> None:
        if layout := self.form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        self.form.setMaximumWidth(theme.px(_LINES))
        self.column.addWidget(self.choice, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(8)
        label = words(_("Open weekdays"), "label")
        label.setFixedWidth(theme.px(_LABEL))
        row.addWidget(label)
        row.addWidget(self.days)
        self.column.addLayout(row)
        self.head(_("Groups"), _("A child is put into the group of its age that has most room."))
        self.list(self.groups, _("Add a group"), partial(self.groups.begin, age_from=3, age_to=14, size=20, room=""))
        self.head(_("Hours"))
        evening = {"kind": BlockKind.EVENING, "opens": time(17, 30), "closes": time(20, 0)}
        self.list(self.hours, _("Add hours"), partial(self.hours.begin, **evening))
        self.column.addSpacing(16)
        self.column.addWidget(self.next)
        self.column.addStretch(1)


class _NextSeason(QWidget):
    """Sets up the next season like the last one."""

    def __init__(self, panel: SeasonPanel) -> None:
        super().__init__()
        self._panel = panel
        self._last: Season | None = None
        self.form = Form(Season, Section(N_("The next season"), "name", "first_day"))
        self.form.setMaximumWidth(theme.px(_FORM))
        if layout := self.form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        sentence = _("Groups and hours are taken over, the days keep their weekdays, holidays are looked up anew. "
                     "Families are asked again for consents and pick-up permissions.")  # fmt: skip
        column.addWidget(words(sentence, "help", wrap=True))
        made = button(_("Set up the next season"), self.set_up, "plus")
        column.addWidget(made, alignment=Qt.AlignmentFlag.AlignLeft)

    def propose(self, last: Season) -> None:
        """Propose the same weekday a year later, unless something is being typed."""
        if any(row.editor.property("changed") for row in self.form.rows.values()):
            return
        self._last = last
        first_day = seasons.shifted(last)
        name = last.name.replace(str(last.first_day.year), str(first_day.year))
        self.form.show_values({"name": name, "first_day": first_day})

    def set_up(self) -> None:
        """Set it up, and show it."""
        page = self._panel.page
        if self._last is None:
            return
        try:
            values = self.form.values()
            with page.db.begin(N_("Set up the next season")) as session:
                country = offices.factory(session).country
                last = session.get_one(Season, self._last.id)
                self._panel.season = seasons.roll_over(
                    session, last, name=values["name"], first_day=values["first_day"], country=country
                )
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        for row in self.form.rows.values():
            row.editor.setProperty("changed", False)
        self._panel.stored()
        page.say(_("The season “{name}” is set up.").format(name=values["name"]))


class CalendarPanel(_Panel):
    """Days that differ from their weekday: holidays, make-up working days."""

    def __init__(self, page: Page) -> None:
        """Build the list."""
        super().__init__(page)
        self.summary = words("", "quiet", wrap=True)
        self.days = self.lines(
            CalendarDay, _DAY, N_("Change the calendar"), seasons.save_day,
            lambda v: CalendarDay(season_id=self.season_id, **v),
        )  # fmt: skip
        self.column.addWidget(self.summary)
        self.head(
            _("Days that differ from their weekday"),
            _("A closed day is not expected of any child; a make-up day is open although its weekday is not."),
        )
        self.list(self.days, _("Add a day"), partial(self.days.begin, open=False))
        self.column.addSpacing(8)
        holidays = button(_("Look up the public holidays"), self._look_up, "calendar")
        self.column.addWidget(holidays, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Read the calendar again."""
        with self.page.db.read() as session:
            self.season = season = seasons.current(session, clock.today())
            special = seasons.calendar(session, season)
            count = len(seasons.open_days(session, season))
        text = ngettext(
            "{season}: {first} to {last}, {n} open day.", "{season}: {first} to {last}, {n} open days.", count
        )
        self.summary.setText(text.format(season=season.name, first=season.first_day, last=season.last_day, n=count))
        self.days.show_lines([self._line(special[day]) for day in sorted(special)])

    def _line(self, day: CalendarDay) -> Line:
        remove = self.remover(
            CalendarDay, N_("Change the calendar"), _delete, _("Let the day be what its weekday says")
        )
        return Line(day.id, _values(day, _DAY), _weekday(day.day), actions=(remove,))

    def _look_up(self) -> None:
        with self.page.saving(N_("Look up the public holidays")) as session:
            season = session.get_one(Season, self.season_id)
            n = seasons.add_holidays(session, season, offices.factory(session).country)
        told = ngettext("{n} day was added.", "{n} days were added.", n).format(n=n)
        self.page.say(told if n else _("All public holidays that are known stand in the list."))


def _delete(session: Any, record: Any) -> None:
    session.delete(record)


def _weekday(day: date) -> str:
    return format_date(day, "EEEE", locale=i18n.language())
