"""Everybody in the space now: the list for an evacuation, on the screen and on paper."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import offices, sheets
from ccfs_desktop.services.papers import ALERT_WORDS, EmergencyRow, OtherHere
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import EmptyState, button, words
from ccfs_desktop.views.kit.table import Column, Rows, Table


class EvacuationPanel(QWidget):
    """Children, adults on duty and visitors signed in at this moment, whatever day the register shows."""

    def __init__(self, page: Page, season: Season) -> None:
        """Read who is here.

        Args:
            page: shows the printed list.
            season: the season.
        """
        super().__init__()
        self.page = page
        rows, others = self._read(season)
        columns = [
            Column("number", _("No."), 64),
            Column("name", _("Name"), 200),
            Column("age", _("Age"), 56, number=True),
            Column("group", _("Group"), 140),
            Column("alerts", _("Mind"), 240),
            Column("phone", _("Whom to call"), 320),
        ]
        lines = [*(_line(row) for row in rows), *(_other(n, other) for n, other in enumerate(others))]
        self.table = Table("evacuation", columns, Rows(lines, columns))
        told = ngettext("{n} child is in the space.", "{n} children are in the space.", len(rows)).format(n=len(rows))
        groups = Counter(row.group for row in rows)
        top = QHBoxLayout()
        top.setContentsMargins(24, 16, 16, 12)
        top.setSpacing(16)
        top.addWidget(words(told, "title"))
        top.addWidget(words(_heads(len(rows), others), "section"))
        top.addWidget(words(" · ".join(f"{group} {n}" for group, n in groups.items() if group), "quiet"))
        top.addStretch(1)
        self.print_button = button(_("Print the list"), self.print, "printer", "primary")
        top.addWidget(self.print_button)
        if not lines:  # to show it here, before it has a parent, would open a window of its own
            self.print_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if lines:
            column.addLayout(top)
            column.addWidget(self.table, 1)
        else:
            detail = _("Children, staff and visitors appear here when they are signed in today.")
            column.addWidget(EmptyState("door-open", _("Nobody is signed in at this moment."), detail=detail), 1)
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.print_button)

    def print(self) -> None:
        """Print the list of who is here now."""
        from ccfs_desktop.reports import issue  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.reports.order import Order  # noqa: PLC0415
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        day = clock.today()

        def show(pdf: bytes) -> None:
            self.page.push(_("In the space now"), Paper(pdf, f"in-the-space-{day}", say=self.page.say))

        self.page.work(
            _("Printing the list …"), lambda _job: issue.emergency(self.page.db, Order(day), here=True), show
        )

    def _read(self, season: Season) -> tuple[tuple[EmergencyRow, ...], tuple[OtherHere, ...]]:
        """Read the list; as it shows what to watch for, that it was read goes into the trail."""
        read = partial(sheets.letterhead, by=self.page.context.user)
        try:
            with self.page.db.begin(N_("Show who is in the space"), final=True) as session:
                head = read(offices.factory(session), season)
                paper = sheets.emergency_list(session, season, clock.today(), head, here=True)
                self.page.db.note(session, "read", "emergency-list", {"children": len(paper.rows)})
        except UserError as error:
            self.page.tell(error)
            return (), ()
        return paper.rows, paper.others or ()


def _heads(children: int, others: Sequence[OtherHere]) -> str:
    """Say how many heads there are to count."""
    guests = sum(other.visitor for other in others)
    told = _("Adults: {adults} · visitors: {visitors} · heads in all: {all}")
    return told.format(adults=len(others) - guests, visitors=guests, all=children + len(others))


def _other(n: int, other: OtherHere) -> tuple[str, str, str, int | None, str, str, str]:
    what = _("Visitor") if other.visitor else _(other.what)
    since = _("since {time}").format(time=f"{other.since:%H:%M}") if other.since else ""
    host = _("Host: {name}").format(name=other.host) if other.host else ""
    where = other.what if other.visitor else ""
    return (f"other-{n}", "", other.name, None, what, since, ", ".join(part for part in (where, host) if part))


def _line(row: EmergencyRow) -> tuple[str, str, str, int | None, str, str, str]:
    minded = [*(_(ALERT_WORDS[alert]) for alert in row.alerts), row.health]
    calls = [f"{adult.name} {', '.join(adult.phones)}" for adult in (*row.parents, *row.contacts) if adult.phones]
    return (row.number, row.number, row.name, row.age, row.group, "; ".join(m for m in minded if m), "; ".join(calls))
