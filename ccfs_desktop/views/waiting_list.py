"""Who waits for a place: the order, the points that make it, and the place that is given or refused."""

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop.i18n import N_, _, listed, ngettext
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import enrolments, seasons, waiting_list
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import EmptyState, button, words
from ccfs_desktop.views.kit.table import Column, Rows, Table


class WaitingList(QWidget):
    """Highest score first, then who applied first. The criteria and their points stand above the list."""

    def __init__(self, page: Page, season: Season) -> None:
        """Read the list.

        Args:
            page: the children's page, over which it lies.
            season: whose places are given.
        """
        super().__init__()
        self._page, self._season = page, season
        self.columns = (
            Column("place", _("Rank"), 64, number=True),
            Column("name", _("Name"), 170),
            Column("age", _("Age"), 56, number=True),
            Column("score", _("Points"), 72, number=True),
            Column("applied_on", _("Applied on"), 104),
            Column("status", _("Status"), 96),
            Column("criteria", _("Criteria"), 420, sortable=False),
        )
        self.table = Table("waiting", self.columns)
        self.table.activated_key.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._count)
        self.places = words("")
        self.give = button(_("Give a place"), self.give_place, "check", "primary")
        self.decline = button(_("Decline …"), self._ask_decline, "x")
        self.ask = Ask()
        self.empty = EmptyState(
            "circle-check", _("Nobody is waiting."), detail=_("Every application has been answered.")
        )
        self._build()
        self.setFocusProxy(self.table)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        with self._page.db.read() as session:
            waiting = waiting_list.waiting(session, self._season)
            free = enrolments.places(session, self._season).free
        rows = [self._row(place, *entry) for place, entry in enumerate(waiting, 1)]
        self.table.show_rows(Rows(rows, self.columns))
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.places.setText(ngettext("{n} place is free.", "{n} places are free.", free).format(n=free))
        self._count()

    def _row(self, place: int, enrolment: Enrolment, child: Child, score: int) -> tuple[Any, ...]:
        age = seasons.age_on(child.birth_date, self._season.first_day)
        return (
            child.id, place, child.name, age, score, enrolment.applied_on, enrolment.status, told(enrolment),
        )  # fmt: skip

    def give_place(self) -> None:
        """Give the chosen children a place each."""
        ids = self.table.keys()
        full = 0
        with self._page.saving(N_("Give a place")) as session:
            found = {e.child_id: e for e in enrolments.of_many(session, self._season, ids)}
            in_order = [(found[n], session.get_one(Child, n)) for n in ids if n in found]
            placed = enrolments.enrol_many(session, self._season, in_order)
            full = sum(enrolment.status is Status.WAITING for enrolment in placed)
        self.refresh()
        if full:
            sentence = ngettext(
                "All places are taken: {n} child keeps waiting. A place over the limit is given in the child's file.",
                "All places are taken: {n} children keep waiting. A place over the limit is given in the child's file.",
                full,
            )
            self._page.warn(sentence.format(n=full))
        given = len(ids) - full
        if given:
            self._page.say(ngettext("{n} place given.", "{n} places given.", given).format(n=given))

    def _ask_decline(self) -> None:
        form = Form(Enrolment, Section("", "left_reason"))
        form.rows["left_reason"].label.setText(_("Reason"))
        n = len(self.table.keys())
        sentence = ngettext("{n} child gets no place this season.", "{n} children get no place this season.", n)
        self.ask.ask(sentence.format(n=n), _("Decline"), self._decline, form)

    def _decline(self, values: dict[str, Any]) -> None:
        with self._page.db.begin(N_("Decline an application")) as session:
            for enrolment in enrolments.of_many(session, self._season, self.table.keys()):
                enrolments.decline(session, enrolment, reason=values["left_reason"])
        self._page.context.shell.saved()
        self._page.refresh()
        self.refresh()

    def _open(self, child_id: int) -> None:
        self._page.open(child=child_id)

    def _count(self, *_changed: object) -> None:
        chosen = bool(self.table.rows.rowCount() and self.table.keys())
        self.give.setEnabled(chosen)
        self.decline.setEnabled(chosen)

    def showEvent(self, event: Any) -> None:
        """Read again when a child's file was closed above the list."""
        super().showEvent(event)
        self.refresh()

    def _build(self) -> None:
        points = listed(f"{_(criterion.word)} +{n}" for criterion, n in waiting_list.POINTS.items())
        legend = words(
            _("Points: {points}. With equal points, who applied first.").format(points=points), "help", wrap=True
        )
        legend.setContentsMargins(16, 10, 16, 8)
        bar = QFrame()
        bar.setObjectName("status")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.places, 1)
        row.addWidget(self.decline)
        row.addWidget(self.give)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(legend)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.ask)
        column.addWidget(bar)


def told(enrolment: Enrolment) -> str:
    """Return the criteria of an application, each with its points."""
    return listed(f"{_(c.word)} +{waiting_list.POINTS[c]}" for c in waiting_list.criteria(enrolment))
