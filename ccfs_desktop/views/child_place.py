"""The child's place in the season: status, group, number, days, and what moves it up the waiting list."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.enrolment import Criterion, Enrolment, Status
from ccfs_desktop.services import enrolments, seasons, waiting_list
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, mark, words
from ccfs_desktop.views.weekdays import Weekdays

_LABEL, _FORM = 152, 480


class PlaceTab(ChildTab):
    """Each change is stored at once; leaving and declining ask for the reason first."""

    title = N_("Enrolment")

    def __init__(self, record: Any) -> None:
        """Build the form and the criteria."""
        super().__init__(record)
        self.state, self.sentence = mark(""), words("", wrap=True)
        self.ask = Ask()
        self.enrol = button(_("Give a place"), self._enrol, "check", "primary")
        self.leave = button(_("Leave …"), self._ask_leave, "log-out")
        self.decline = button(_("Decline …"), self._ask_decline, "x")
        self.group = QComboBox()
        self.group.activated.connect(self._move)
        self.form = Form(Enrolment, Section("", "number", "applied_on", "first_day", "last_day"), save=self._save)
        self.days = Weekdays()
        self.days.changed.connect(self._save_days)
        self.evenings = QCheckBox(_("Overtime evenings wanted"))
        self.evenings.clicked.connect(lambda ticked: self._save("evenings", ticked))  # pyright: ignore
        self.criteria = {criterion: QCheckBox() for criterion in waiting_list.POINTS}
        self.score = words("", "label")
        self.details = QWidget()
        self._build()

    def show_file(self, file: ChildFile) -> None:
        """Show the place as it stands."""
        enrolment = file.enrolment
        status = enrolment.status if enrolment else None
        self.details.setVisible(enrolment is not None)
        self.state.setText(_(status.word) if status else _("Not in this season"))
        theme.mark(self.state, tone="accent" if status is Status.ENROLLED else "warning")
        self.sentence.setText(self._told(enrolment))
        self.enrol.setVisible(status is not Status.ENROLLED)
        self.enrol.setText(_("Give a place") if enrolment else _("Enrol for this season"))
        self.leave.setVisible(status is Status.ENROLLED)
        self.decline.setVisible(status in {Status.APPLIED, Status.WAITING})
        if enrolment:
            self._show_details(enrolment)

    def _told(self, enrolment: Enrolment | None) -> str:
        with self.db.read() as session:
            places = enrolments.places(session, self.record.season)
        free = ngettext("{n} place is free.", "{n} places are free.", places.free).format(n=places.free)
        if enrolment is None:
            return _("The child is known from before and has not applied for {season}.").format(
                season=self.record.season.name
            )
        if enrolment.status in {Status.LEFT, Status.DECLINED}:
            return enrolment.left_reason
        return "" if enrolment.status is Status.ENROLLED else free

    def _show_details(self, enrolment: Enrolment) -> None:
        with self.db.read() as session:
            groups = seasons.groups(session, self.record.season)
            sizes = enrolments.group_sizes(session, self.record.season)
        self.group.clear()
        self.group.addItem(_("No group"), None)
        for group in groups:
            told = _("{group} ({low} to {high} years, {taken} of {size})").format(
                group=group.name, low=group.age_from, high=group.age_to, taken=sizes.get(group.id, 0), size=group.size
            )
            self.group.addItem(told, group.id)
        self.group.setCurrentIndex(max(0, self.group.findData(enrolment.group_id)))
        for name, row in self.form.rows.items():
            if not row.editor.property("changed"):
                self.form.show_values({name: getattr(enrolment, name)})
        self.days.show_days(enrolment.weekdays or self.record.season.weekdays)
        self.evenings.setChecked(enrolment.evenings)
        fulfilled = waiting_list.criteria(enrolment)
        for criterion, box in self.criteria.items():
            box.setChecked(criterion in fulfilled)
        points = waiting_list.score(enrolment)
        self.score.setText(ngettext("{n} point", "{n} points", points).format(n=points))

    # ------------------------------------------------------------------------------------------------------- storing

    def _change(self, action: str, do: Callable[[Any, Enrolment], object]) -> None:
        """Do something with the enrolment, in one action."""
        with self.storing(action) as session:
            enrolment = enrolments.of(session, self.record.season, self.record.child_id)
            if enrolment:
                do(session, enrolment)

    def _save(self, name: str, value: Any) -> None:
        self._change(N_("Change a place"), lambda session, e: enrolments.change(session, e.id, **{name: value}))

    def _save_days(self, digits: str) -> None:
        """Every open day is stored as no choice, so that a change of the season's days is followed."""
        self._save("weekdays", "" if digits == self.record.season.weekdays else digits)

    def _move(self) -> None:
        group_id, season = self.group.currentData(), self.record.season
        with self.storing(N_("Change the group")) as session:
            enrolments.move(session, season, [self.record.child_id], group_id)

    def _tick(self, criterion: Criterion, ticked: bool) -> None:
        def do(_session: Any, enrolment: Enrolment) -> None:
            now = set(waiting_list.criteria(enrolment))
            waiting_list.set_criteria(enrolment, now | {criterion} if ticked else now - {criterion})

        self._change(N_("Change the priority criteria"), do)

    def _enrol(self) -> None:
        """Give a place: a child of an earlier season applies anew; a full season is no obstacle when asked here."""
        season = self.record.season
        with self.record.page.saving(N_("Give a place")) as session:
            child = session.get_one(Child, self.record.child_id)
            enrolment = enrolments.of(session, season, child.id)
            force = enrolment is not None
            enrolment = enrolment or enrolments.apply(session, season, child, on=clock.today())
            enrolments.enrol(session, season, enrolment, child, force=force)
        self.record.changed()

    def _ask_leave(self) -> None:
        form = Form(Enrolment, Section("", "last_day", "left_reason"))
        form.show_values({"last_day": clock.today(), "left_reason": ""})
        self.ask.ask(_("The child leaves the space; the place becomes free."), _("Leave"), self._leave, form)

    def _leave(self, values: dict[str, Any]) -> None:
        if values["last_day"] is None:
            raise Invalid({"last_day": _("This is needed.")})
        self._change(
            N_("Leave the space"),
            lambda session, e: enrolments.leave(session, e, on=values["last_day"], reason=values["left_reason"]),
        )

    def _ask_decline(self) -> None:
        form = Form(Enrolment, Section("", "left_reason"))
        form.rows["left_reason"].label.setText(_("Reason"))
        self.ask.ask(_("The child gets no place this season."), _("Decline"), self._decline, form)

    def _decline(self, values: dict[str, Any]) -> None:
        self._change(
            N_("Decline an application"),
            lambda session, e: enrolments.decline(session, e, reason=values["left_reason"]),
        )

    # --------------------------------------------------------------------------------------------------------- shape

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.state)
        row.addWidget(self.sentence, 1)
        for made in self._buttons():
            row.addWidget(made)
        self.column.addLayout(row)
        self.column.addWidget(self.ask)
        self.column.addWidget(self.details)
        self.column.addStretch(1)
        whole, self.column = self.column, _column(self.details)
        self._labelled(_("Group"), self.group)
        if layout := self.form.layout():
            layout.setContentsMargins(0, 8, 0, 8)
        self.form.setMaximumWidth(theme.px(_FORM))
        self.column.addWidget(self.form)
        self._labelled(_("Weekdays wanted"), self.days)
        self._labelled("", self.evenings)
        self.section(N_("Priority criteria"), N_("They decide the order of the waiting list; their points are public."))
        for criterion, box in self.criteria.items():
            points = waiting_list.POINTS[criterion]
            box.setText(
                ngettext("{criterion} (+{n} point)", "{criterion} (+{n} points)", points).format(
                    criterion=_(criterion.word), n=points
                )
            )
            box.clicked.connect(partial(self._tick, criterion))
            self.column.addWidget(box)
        self.column.addWidget(self.score)
        self.column = whole

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.decline, self.leave, self.enrol

    def _labelled(self, text: str, widget: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        label = words(text, "label")
        label.setFixedWidth(theme.px(_LABEL))
        if text:
            label.setBuddy(widget)
            widget.setAccessibleName(text)
        row.addWidget(label)
        row.addWidget(widget)
        row.addStretch(1)
        self.column.addLayout(row)


def _column(holder: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(8)
    return column
