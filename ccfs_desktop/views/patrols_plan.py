"""The plan of the patrols: which areas are walked when. What was planned before today is never changed."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.patrol import PatrolRound
from ccfs_desktop.services import patrols_plan, roles, weekdays
from ccfs_desktop.services.patrols_plan import Plan
from ccfs_desktop.services.roles import Right
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import EmptyState, button, hairline, words
from ccfs_desktop.views.kit.table import Column, Rows, Table

if TYPE_CHECKING:
    from ccfs_desktop.views.patrols import PatrolsPlace

_FIELDS = ("name", "areas", "at", "weekdays", "first_day", "last_day")


class PlanPart(QWidget):
    """What is planned, and below it, quieter, what was."""

    def __init__(self, place: "PatrolsPlace") -> None:
        """Build it, empty."""
        super().__init__()
        self.place, self.page, self.db = place, place.page, place.db
        self.rounds: dict[int, PatrolRound] = {}
        self.columns = [
            Column("name", _("Patrol"), 140),
            Column("at", _("At about"), 90, word=lambda at: f"{at:%H:%M}" if at else _("any time")),
            Column("days", _("Days"), 150),
            Column("areas", _("Areas"), 320, sortable=False),
            Column("first", _("From"), 100),
            Column("last", _("To"), 100),
            Column("over", _("State"), 110, word=lambda over: _("ended") if over else _("planned"),
                   tone=lambda over: "quiet" if over else "", icon=lambda over: "circle" if over else "check"),
        ]  # fmt: skip
        self.table = Table("patrol-plan", self.columns)
        self.table.activated_key.connect(lambda _key: self._change())  # pyright: ignore
        self.empty = EmptyState(
            "calendar",
            _("No patrol is planned. Zero children in production only counts where somebody looked."),
            _("Plan a patrol"),
            self._add,
        )
        self.question = Ask()
        self._build()

    def refresh(self) -> None:
        """Read the plan again."""
        today = clock.today()
        with self.db.read() as session:
            current, over = patrols_plan.current(session, today), patrols_plan.over(session, today)
            writes = roles.may(session, Right.LOGS)
        self.rounds = {one.id: one for one in current}
        rows = [_row(one, over=False) for one in current] + [_row(one, over=True) for one in over]
        self.table.show_rows(Rows(rows, self.columns))
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        for made in self.buttons:
            made.setEnabled(writes)

    def begin(self) -> None:
        """Put the cursor into the list."""
        self.table.setFocus()

    def printed(self) -> None:
        """Print the form for the clipboard of this week."""
        from ccfs_desktop.reports import issue_patrols  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.reports.order import Order  # noqa: PLC0415

        day = self.place.log.day
        make = partial(issue_patrols.form, self.db, Order(day))
        self.place.preview(_("Patrol form"), f"patrol-form-{day}", make)

    def _add(self) -> None:
        form = Form(PatrolRound, Section("", *_FIELDS))
        form.show_values({"first_day": clock.today(), "weekdays": ""})
        self.place.push(_("Plan a patrol"), form, self._added, new="plan")

    def _added(self, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Plan a patrol")) as session:
            patrols_plan.add(session, Plan(**values))
        self.place.context.shell.saved()

    def _change(self) -> None:
        held = self._chosen()
        if held is None:
            return
        begun = held.first_day < clock.today()
        form = Form(PatrolRound, Section("", *(name for name in _FIELDS if name != "first_day" or not begun)))
        form.show_values({name: getattr(held, name) for name in form.rows})
        self.place.push(_("Change the patrol from today on"), form, partial(self._changed, held))

    def _changed(self, held: PatrolRound, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Change the plan of a patrol")) as session:
            values.setdefault("first_day", clock.today())
            patrols_plan.change(session, held.id, Plan(**values))
        self.place.context.shell.saved()

    def _end(self) -> None:
        if held := self._chosen():
            told = _("Walk “{name}” no more? What was walked and missed stays on record.")
            self.question.ask(told.format(name=held.name), _("End it"), partial(self._ended, held))

    def _ended(self, held: PatrolRound, _values: dict[str, Any]) -> None:
        with self.db.begin(N_("End the plan of a patrol")) as session:
            patrols_plan.end(session, held.id)
        self.place.context.shell.saved()
        self.refresh()

    def _chosen(self) -> PatrolRound | None:
        held = self.rounds.get(self.table.key())
        if held is None:
            self.page.tell(UserError(_("Choose a patrol that is planned.")))
        return held

    def _build(self) -> None:
        self.buttons = [
            button(_("Plan a patrol"), self._add, "plus"),
            button(_("Change"), self._change, "pencil"),
            button(_("End"), self._end, "x"),
        ]
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        for made in self.buttons:
            foot.addWidget(made)
        foot.addWidget(button(_("Clipboard form"), self.printed, "printer"))
        foot.addStretch(1)
        told = words(_("Without days: every open day of the season, and Monday to Saturday outside it."), "help")
        told.setContentsMargins(16, 0, 16, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(told)
        column.addWidget(self.question)
        column.addWidget(hairline())
        column.addLayout(foot)


def _row(one: PatrolRound, *, over: bool) -> tuple[Any, ...]:
    days = weekdays.written(one.weekdays) or _("every working day")
    areas = " · ".join(patrols_plan.areas_of(one.areas))
    return one.id, one.name, one.at, days, areas, one.first_day, one.last_day, over
