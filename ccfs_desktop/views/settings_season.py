"""The season with its days, ages, places, groups and hours; its calendar; and the next season."""

from datetime import date, time
from functools import partial
from typing import Any

from babel.dates import format_date
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccfs_desktop import clock, i18n
from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.season import Block, BlockKind, CalendarDay, Group, Season
from ccfs_desktop.services import backups, capacity, enrolments, offices, seasons
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.lines import Line
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.settings_part import SeasonPart, values_of

_FORM = 560


_GROUP = ("name", "age_from", "age_to", "size", "room")
_BLOCK = ("name", "kind", "opens", "closes")
_DAY = ("day", "open", "reason", "source")


class SeasonPanel(SeasonPart):
    """The season in view, its weekdays, groups and hours."""

    def __init__(self, page: Page) -> None:
        """Build the forms."""
        super().__init__(page)
        self.form = Form(
            Season,
            Section(N_("Season"), "name", "type", "first_day", "last_day", "weekdays"),
            Section(N_("Who may come"), "age_from", "age_to", "capacity"),
            save=self.saver(N_("Change the season")),
        )
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
            season = self.read_season(session)
            groups, blocks = seasons.groups(session, season), seasons.blocks(session, season)
            taken = enrolments.group_sizes(session, season)
            last = seasons.every(session)[-1]
            room = capacity.of(session, season, clock.today())
        self.show_form(self.form, season)
        warning = room.warning(season)
        self.form.rows["capacity"].advise(warning or room.sentence, warning=bool(warning))
        self.groups.show_lines([self._group_line(group, taken.get(group.id, 0)) for group in groups])
        self.hours.show_lines([self._block_line(block) for block in blocks])
        self.next.propose(last)

    def _group_line(self, group: Group, taken: int) -> Line:
        remove = self.remover(Group, N_("Remove a group"), seasons.remove_group, _("Remove this group"))
        note = ngettext("{n} child of {size} places", "{n} children of {size} places", taken)
        tone = "problem" if taken > group.size else "help"
        return Line(group.id, values_of(group, _GROUP), note.format(n=taken, size=group.size), tone, actions=(remove,))

    def _block_line(self, block: Block) -> Line:
        remove = self.remover(Block, N_("Remove hours"), seasons.remove_block, _("Remove these hours"))
        return Line(block.id, values_of(block, _BLOCK), actions=(remove,))

    def _build(self) -> None:
        self.column.addWidget(self.choice, alignment=Qt.AlignmentFlag.AlignLeft)
        self.place(self.form)
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
        sentence = _("Groups, hours, shifts and rules are taken over, the days keep their weekdays, holidays are "
                     "looked up anew. Families are asked again for consents and pick-up permissions.")  # fmt: skip
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
        """Back up, set it up, and show it."""
        page, last = self._panel.page, self._last
        if last is None:
            return
        try:
            values = self.form.values()
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        page.work(
            _("Backing up …"),
            lambda _job: backups.before(page.db, backups.Why.SEASON),
            lambda _nothing: self._set_up(last, values),
        )

    def _set_up(self, last: Season, values: dict[str, Any]) -> None:
        page = self._panel.page
        try:
            with page.db.begin(N_("Set up the next season")) as session:
                country = offices.factory(session).country
                new = seasons.roll_over(
                    session, session.get_one(Season, last.id), name=values["name"], first_day=values["first_day"],
                    country=country,
                )  # fmt: skip
                self._panel.choose(new.id)
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        for row in self.form.rows.values():
            row.editor.setProperty("changed", False)
        self._panel.stored()
        page.say(_("The season “{name}” is set up.").format(name=values["name"]))


class CalendarPanel(SeasonPart):
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
        return Line(day.id, values_of(day, _DAY), _weekday(day.day), actions=(remove,))

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
