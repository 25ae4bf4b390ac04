"""The season with its days, ages, places, groups and hours; its calendar; and the next season."""

from datetime import date, time
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import clock, i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.season import Block, CalendarDay, Group, Season
from ccfs_desktop.services import offices, seasons
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.record_list import RecordList

_ACTION = N_("Change the season")


class SeasonPanel(QWidget):
    """The season in view, its weekdays, groups and hours."""

    def __init__(self, page: Page) -> None:
        """Build the forms."""
        super().__init__()
        self._page = page
        self.season: Season | None = None
        self.form = Form(
            Season,
            Section(N_("Season"), "name", "type", "first_day", "last_day"),
            Section(N_("Who may come"), "age_from", "age_to", "capacity"),
            save=self._save,
        )
        self.days = _Weekdays(self._save_weekdays)
        self.groups = RecordList(
            page, Group, ("name", "age_from", "age_to", "size", "room"), title=_("Groups"),
            action=N_("Change a group"), fresh=lambda: Group(season_id=self._id, name=_("New group")),
            remove=seasons.remove_group,
        )  # fmt: skip
        self.hours = RecordList(
            page, Block, ("name", "kind", "opens", "closes"), title=_("Hours"), action=N_("Change the hours"),
            fresh=lambda: Block(season_id=self._id, name=_("Evening"), opens=time(17, 30), closes=time(20, 0)),
        )  # fmt: skip
        self.next = _NextSeason(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 24)
        column.setSpacing(24)
        column.addWidget(self.form)
        for widget in (self.days, self.groups, self.hours, self.next):
            holder = QHBoxLayout()
            holder.setContentsMargins(16, 0, 16, 0)
            holder.addWidget(widget)
            column.addLayout(holder)
        column.addStretch(1)

    @property
    def _id(self) -> int:
        return self.season.id if self.season else 0

    def refresh(self) -> None:
        """Read the season again."""
        with self._page.db.read() as session:
            self.season = seasons.current(session, clock.today())
            groups = seasons.groups(session, self.season)
            blocks = seasons.blocks(session, self.season)
        self.form.show_record(self.season)
        self.days.show_days(self.season.weekdays)
        self.groups.show_records(groups)
        self.hours.show_records(blocks)
        self.next.propose(self.season)

    def _save(self, name: str, value: Any) -> None:
        with self._page.db.begin(_ACTION) as session:
            season = session.get_one(Season, self._id)
            setattr(season, name, value)
            seasons.check(season)
        self._page.context.shell.saved()
        self._page.context.shell.describe()

    def _save_weekdays(self, digits: str) -> None:
        try:
            self._save("weekdays", digits)
        except UserError as error:
            self._page.tell(error)
            self.refresh()


class _Weekdays(QWidget):
    """The seven weekdays, each open or not."""

    def __init__(self, save: Any) -> None:
        super().__init__()
        self._save = save
        from babel.dates import get_day_names  # noqa: PLC0415 (with the page, not at start)

        names = get_day_names("abbreviated", locale=i18n.language())
        self.boxes = [QCheckBox(names[n].capitalize()) for n in range(7)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(words(_("Open weekdays"), "label"))
        for box in self.boxes:
            box.clicked.connect(self._clicked)
            row.addWidget(box)
        row.addStretch(1)

    def show_days(self, digits: str) -> None:
        """Show which are open."""
        for number, box in enumerate(self.boxes, 1):
            box.setChecked(str(number) in digits)

    def _clicked(self) -> None:
        self._save("".join(str(n) for n, box in enumerate(self.boxes, 1) if box.isChecked()))


class _NextSeason(QWidget):
    """Sets up the next season like this one."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._last: Season | None = None
        self.form = Form(Season, Section(N_("The next season"), "name", "first_day"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        sentence = _("Groups and hours are taken over, the days keep their weekdays, holidays are looked up anew. "
                     "Families are asked again for consents and pick-up permissions.")  # fmt: skip
        column.addWidget(words(sentence, "help", wrap=True))
        row = QHBoxLayout()
        row.addWidget(button(_("Set up the next season"), self._set_up, "plus"))
        row.addStretch(1)
        column.addLayout(row)

    def propose(self, last: Season) -> None:
        """Propose the same weekday a year later."""
        self._last = last
        name = last.name.replace(str(last.first_day.year), str(last.first_day.year + 1))
        self.form.show_values({"name": name, "first_day": date.fromordinal(last.first_day.toordinal() + 364)})

    def _set_up(self) -> None:
        if self._last is None:
            return
        try:
            values = self.form.values()
        except UserError:
            return
        with self._page.saving(N_("Set up the next season")) as session:
            country = offices.factory(session).country
            seasons.roll_over(session, self._last, name=values["name"], first_day=values["first_day"], country=country)
            self._page.say(_("The season “{name}” is set up.").format(name=values["name"]))


class CalendarPanel(QWidget):
    """Days that differ from their weekday: holidays, make-up working days."""

    def __init__(self, page: Page) -> None:
        """Build the list."""
        super().__init__()
        self._page = page
        self.season: Season | None = None
        self.summary = words("", "quiet", wrap=True)
        self.days = RecordList(
            page, CalendarDay, ("day", "open", "reason", "source"), title=_("Days that differ from their weekday"),
            action=N_("Change the calendar"), fresh=self._fresh,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.days)
        column.addStretch(1)

    def refresh(self) -> None:
        """Read the calendar again."""
        with self._page.db.read() as session:
            self.season = seasons.current(session, clock.today())
            special = seasons.calendar(session, self.season)
            count = len(seasons.open_days(session, self.season))
        text = ngettext(
            "{season}: {first} to {last}, {n} open day.", "{season}: {first} to {last}, {n} open days.", count
        )
        self.summary.setText(
            text.format(season=self.season.name, first=self.season.first_day, last=self.season.last_day, n=count)
        )
        self.days.show_records([special[day] for day in sorted(special)])

    def _fresh(self) -> CalendarDay:
        if self.season is None:
            raise UserError(_("There is no season yet. Set one up in Settings."))
        with self._page.db.read() as session:
            taken = seasons.calendar(session, self.season)
        day = self.season.first_day
        while day in taken:
            day = date.fromordinal(day.toordinal() + 1)
        return CalendarDay(season_id=self.season.id, day=day, open=False, reason=_("Closed day"))
