"""When a person can work: days and hours, absences, wishes. The roster keeps to it."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.roster import StaffAbsence, StaffAbsenceReason, StaffWish, WishKind
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import availability, staff
from ccfs_desktop.services.staff import StaffFile
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.lines import Action, Line, Lines
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.record_desk import Desk
from ccfs_desktop.views.staff_tab import StaffTab
from ccfs_desktop.views.weekdays import Weekdays

_ABSENCE = ("first_day", "last_day", "starts", "ends", "reason")
_WISH = ("kind", "weekdays", "starts", "ends", "note")
_LABEL, _FORM, _LINES = 152, 480, 860
_REASON, _KIND, _DAYS = 132, 184, 112
"""Widths their columns need at least."""


class StaffAvailability(StaffTab):
    """Each line is stored as soon as one of its fields is left."""

    title = N_("Availability")

    def __init__(self, record: Any) -> None:
        """Build the form and the lists."""
        super().__init__(record)
        self.days = Weekdays()
        self.days.changed.connect(self._save_days)
        self.form = Form(Staff, Section("", "day_from", "day_until", "day_minutes", "week_minutes"), save=self._save)
        self.absences = Lines(
            [describe(StaffAbsence, name) for name in _ABSENCE], self._save_absence, self._add_absence
        )
        kept = {name: describe(StaffWish, name) for name in _WISH}
        kept["kind"] = replace(kept["kind"], folded=True)
        self.wishes = Lines(list(kept.values()), self._save_wish)
        form = Form(StaffWish, Section("", *_WISH[:-1], "first_day", "last_day", "note"))
        self.desk = Desk(form, self._add_wish, record.place.wish_drafts, record.staff_id, self._after_wish)
        self.absences.grid.setColumnMinimumWidth(_ABSENCE.index("reason"), theme.px(_REASON))
        self.wishes.grid.setColumnMinimumWidth(_WISH.index("kind"), theme.px(_KIND))
        self.wishes.grid.setColumnMinimumWidth(_WISH.index("weekdays"), theme.px(_DAYS))
        self.asked = Ask()
        self.ask = Ask()
        self._build()

    def show_file(self, file: StaffFile) -> None:
        """Show when the person can work."""
        self.days.show_days(file.person.weekdays or self.record.season.weekdays)
        self.form.show_record(file.person)
        self.absences.show_lines([self._absence_line(a) for a in file.absences])
        self.wishes.show_lines([self._wish_line(w) for w in file.wishes])

    def _absence_line(self, absence: StaffAbsence) -> Line:
        remark = Action("pencil", _("Remark …"), partial(self._ask_remark, absence))
        line = _line(absence, _ABSENCE, self._remove_absence)
        return replace(line, note=absence.note, actions=(remark, *line.actions))

    def _ask_remark(self, absence: StaffAbsence, key: int) -> None:
        form = Form(StaffAbsence, Section("", "note"))
        form.show_values({"note": absence.note})
        self.asked.ask(_("What should be known about this absence?"), _("Keep"), partial(self._keep_remark, key), form)

    def _keep_remark(self, key: int, values: dict[str, Any]) -> None:
        self._save_absence(key, "note", values["note"])

    def _wish_line(self, wish: StaffWish) -> Line:
        days = Action("calendar", _("Only for some days …"), partial(self._ask_days, wish))
        line = _line(wish, _WISH, self._remove_wish)
        told = ""
        if wish.first_day or wish.last_day:
            told = _("Only from {first} to {last}.").format(first=wish.first_day or "…", last=wish.last_day or "…")
        return replace(line, note=told, actions=(days, *line.actions))

    def _ask_days(self, wish: StaffWish, key: int) -> None:
        form = Form(StaffWish, Section("", "first_day", "last_day"))
        form.show_values({"first_day": wish.first_day, "last_day": wish.last_day})
        self.ask.ask(_("For which days does this wish hold?"), _("Keep"), partial(self._keep_days, key), form)

    def _keep_days(self, key: int, values: dict[str, Any]) -> None:
        with self.storing(N_("Change a wish of staff")) as session:
            availability.change_wish(session, key, **values)

    # ------------------------------------------------------------------------------------------------------- storing

    def _save(self, name: str, value: Any) -> None:
        with self.storing(N_("Change a staff file")) as session:
            staff.change(session, self.record.staff_id, **{name: value})

    def _save_days(self, digits: str) -> None:
        """Every open day is stored as no choice, so that a change of the season's days is followed."""
        self._save("weekdays", "" if digits == self.record.season.weekdays else digits)

    def _add_absence(self, values: dict[str, Any]) -> None:
        values["last_day"] = values["last_day"] or values["first_day"]
        values["reason"] = values["reason"] or StaffAbsenceReason.LEAVE
        with self.storing(N_("Note an absence of staff")) as session:
            availability.save_absence(session, StaffAbsence(staff_id=self.record.staff_id, **values))

    def _save_absence(self, key: int, name: str, value: Any) -> None:
        with self.storing(N_("Change an absence of staff")) as session:
            availability.change_absence(session, key, **{name: value})

    def _remove_absence(self, key: int) -> None:
        with self.storing(N_("Remove an absence of staff")) as session:
            availability.remove_absence(session, key)

    def _add_wish(self, values: dict[str, Any]) -> None:
        with self.storing(N_("Note a wish of staff")) as session:
            availability.save_wish(session, StaffWish(staff_id=self.record.staff_id, **values))

    def _save_wish(self, key: int, name: str, value: Any) -> None:
        with self.storing(N_("Change a wish of staff")) as session:
            availability.change_wish(session, key, **{name: value})

    def _remove_wish(self, key: int) -> None:
        with self.storing(N_("Remove a wish of staff")) as session:
            availability.remove_wish(session, key)

    # --------------------------------------------------------------------------------------------------------- shape

    def _build(self) -> None:
        self.section(N_("Working days and hours"), N_("All open days ticked: whenever the space is open."))
        label = words(_("Working days"), "label")
        label.setFixedWidth(theme.px(_LABEL))
        label.setBuddy(self.days)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.days)
        row.addStretch(1)
        self.column.addLayout(row)
        if layout := self.form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        self.form.setMaximumWidth(theme.px(_FORM))
        self.column.addWidget(self.form)
        self.section(N_("Absences"), N_("Whole days; with times, from then to then on each of the days."))
        self.column.addWidget(self.asked)
        self._list(self.absences, _("Note an absence"), self.absences.begin)
        self.section(
            N_("Wishes"),
            N_("The draft of the week keeps to what a person cannot, and to wishes where that costs nobody cover."),
        )
        self.column.addWidget(self.ask)
        self.column.addWidget(self.desk)
        self.wish = self._list(self.wishes, _("Note a wish"), self._begin_wish)
        self.column.addStretch(1)
        self.setFocusProxy(self.days.boxes[0])

    def _begin_wish(self) -> None:
        if self.desk.is_free:
            self.desk.begin({"kind": WishKind.RATHER_NOT}, "weekdays")
        self.ensureWidgetVisible(self.desk)

    def _after_wish(self) -> None:
        self.wish.setFocus()

    def _list(self, lines: Lines, add: str, begin: Any) -> QPushButton:
        lines.setMaximumWidth(theme.px(_LINES))
        self.column.addWidget(lines)
        made = button(add, begin, "plus", "link")
        self.column.addWidget(made, alignment=Qt.AlignmentFlag.AlignLeft)
        return made


def _line(record: StaffAbsence | StaffWish, names: tuple[str, ...], remove: Any) -> Line:
    values = {name: getattr(record, name) for name in names}
    return Line(record.id, values, actions=(Action("trash-2", _("Remove: written by mistake"), remove),))
