"""How long people may work, when they have a break, and the shifts the factory uses."""

from datetime import time
from functools import partial

from PySide6.QtCore import Qt

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.roster import ShiftPattern
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import patterns, season_rules
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.lines import Line
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.typed import write_duration
from ccfs_desktop.views.settings_part import SeasonPart, values_of

_SHIFT = ("name", "starts", "ends", "weekdays")
_NEW = {"starts": time(7, 15), "ends": time(15, 15), "weekdays": ""}
_REMOVE = N_("Remove a shift")


class WorkPanel(SeasonPart):
    """The season's rules for the roster, and its shift patterns."""

    def __init__(self, page: Page) -> None:
        """Build the form and the lines."""
        super().__init__(page)
        self.form = Form(
            Season,
            Section(
                N_("Hours"), "work_day_minutes", "work_week_minutes", "work_week_days", "rest_minutes",
                note=N_("The roster keeps to these. A person's own hours stand in the staff file."),
            ),
            Section(N_("Breaks"), "break_after_minutes", "break_minutes"),
            save=self.saver(N_("Change the working time")),
        )  # fmt: skip
        self.shifts = self.lines(
            ShiftPattern, _SHIFT, N_("Change a shift"), patterns.save,
            lambda v: ShiftPattern(season_id=self.season_id, **v),
        )  # fmt: skip
        self.column.addWidget(self.choice, alignment=Qt.AlignmentFlag.AlignLeft)
        self.place(self.form)
        self.warned = self.note(part="warning")
        self.note(
            _("Commonly quoted, not checked: at most 8 hours a day and 48 a week (ILO Convention 1, 1919); 11 hours "
              "of rest between two days and a break after 6 hours of work (EU Directive 2003/88/EC). The law of your "
              "country comes first. 40 hours, six days and 30 minutes are our own proposal.")
        )  # fmt: skip
        self.head(_("Shifts"), _("The roster offers these, and a draft uses only them. Without any, it makes its own."))
        self.list(self.shifts, _("Add a shift"), partial(self.shifts.begin, **_NEW))
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Read the season again."""
        with self.page.db.read() as session:
            season = self.read_season(session)
            shifts = patterns.of(session, season)
        self.show_form(self.form, season)
        warned = season_rules.notes(season)
        self.warned.setText("\n".join(warned))
        self.warned.setVisible(bool(warned))
        self.shifts.show_lines([self._line(season, shift) for shift in shifts])

    def _line(self, season: Season, shift: ShiftPattern) -> Line:
        remove = self.remover(ShiftPattern, _REMOVE, patterns.remove, _("Remove this shift"))
        work = patterns.work_minutes(season, shift)
        long = work > season.work_day_minutes
        return Line(
            shift.id, values_of(shift, _SHIFT), _told(work, every_day=not shift.weekdays, long=long),
            "problem" if long else "help", actions=(remove,),
        )  # fmt: skip


def _told(work: int, *, every_day: bool, long: bool) -> str:
    if long:
        sentence = _("{hours} of work without the break: longer than a day may be.")
    elif every_day:
        sentence = _("{hours} of work without the break; on every open day.")
    else:
        sentence = _("{hours} of work without the break; on the days that are pressed.")
    return sentence.format(hours=write_duration(work))
