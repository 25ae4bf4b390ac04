"""The list of incidents with its queues: drafts, not signed, parents not informed, complete."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, listed, ngettext
from ccfs_desktop.models.incident import Incident
from ccfs_desktop.services import incident_list, roles, seasons
from ccfs_desktop.services.incident_kinds import severity_word
from ccfs_desktop.services.incident_list import STATE_WORDS, Row, State
from ccfs_desktop.services.roles import Right
from ccfs_desktop.views import incident_looks
from ccfs_desktop.views.incident_new import REPORTED, NewIncident
from ccfs_desktop.views.incident_panel import IncidentPanel
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import EmptyState, button, hairline
from ccfs_desktop.views.kit.table import Column, Rows, Table


class IncidentsPlace(Place):
    """All incidents of the season, newest first; to a caregiver only the way to report."""

    name = "incidents"
    primary_right = "report"
    title = N_("Incidents")
    primary = REPORTED
    primary_icon = "plus"

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.unreported: dict[str, Any] = {}
        """What was typed and not reported; gone when the office is closed."""
        self.panel: IncidentPanel | None = None
        self.filters = FilterBar(hint=_("Number, kind or child"))
        self.filters.searched.connect(lambda _text: self.refresh())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self.refresh())  # pyright: ignore
        self.columns = [
            Column("number", _("No."), 90),
            Column("day", _("Day"), 96),
            Column("at", _("Time"), 60),
            Column("kind", _("Kind"), 130),
            Column(
                "severity", _("Severity"), 130, word=severity_word, tone=incident_looks.severity_tone,
                icon=incident_looks.severity_icon,
            ),
            Column(
                "state", _("Status"), 190, word=lambda state: _(STATE_WORDS[state]),
                tone=lambda state: incident_looks.STATE[state][1], icon=lambda state: incident_looks.STATE[state][0],
            ),
            Column("children", _("Children"), 150, sortable=False),
            Column(
                "parents", _("Not informed"), 100, number=True, tone=lambda n: "danger" if n else "",
                word=lambda n: str(n) if n else "",
            ),
            Column("place", _("Place"), 130),
            Column("signed", _("Signed by"), 110),
            Column("approved", _("Counter-signed by"), 140),
            Column("reported", _("Reported by"), 130, shown=False),
        ]  # fmt: skip
        self.table = Table("incidents", self.columns)
        self.table.activated_key.connect(self.show_incident)
        self.table.typed.connect(self.filters.search.begin)
        self.filters.search.settled.connect(lambda: self.context.searched("incidents", self.table.rows.rowCount()))
        self._stack = QStackedWidget()
        self._build()

    def refresh(self) -> None:
        """Read what is in view: the incident above the tabs, or the list where this user may see it."""
        if self.panel is not None and self.page.stack.currentWidget() is self.panel:
            self._reload()
            return
        try:
            with self.db.read() as session:
                season = seasons.current(session, clock.today())
                sees, reports = roles.may(session, Right.INCIDENTS), roles.may(session, Right.REPORT)
                every = incident_list.rows(session, season) if sees else []
        except UserError as error:
            self.page.show_unready(error)
            return
        self.page.show_content()
        if every:
            self._show(every)
        else:
            self._state(_nothing(self.act, sees=sees, reports=reports))

    def open(self, **target: Any) -> None:
        """Show one incident (``incident``), or the form to report one (``report``)."""
        if target.get("incident"):
            self.show_incident(target["incident"])
        elif target.get("report"):
            self.act()

    def act(self) -> None:
        """Report an incident."""
        try:
            with self.db.read() as session:
                roles.require(session, Right.REPORT)
                may_read = roles.may(session, Right.DETAILS)
            form = NewIncident(self, may_read=may_read)
        except UserError as error:
            self.page.tell(error)
            return
        self.page.push(_("Report an incident"), form)
        form.setFocus()

    def reported(self, incident: Incident) -> None:
        """Show what was reported to those who may read it; tell the others its number."""
        with self.db.read() as session:
            may_read = roles.may(session, Right.DETAILS)
        if may_read:
            self.show_incident(incident.id)
        else:
            self.page.warn(
                _("Reported under number {number}. Tell the HR officer or the coordinator now.").format(
                    number=incident.number
                )
            )

    def show_incident(self, incident_id: int) -> None:
        """Open an incident over the list."""
        try:
            panel = IncidentPanel(self.page, incident_id)
        except UserError as error:
            self.page.tell(error)
            return
        self.panel = panel
        self.page.push(panel.title, panel)
        panel.setFocus()

    def printed(self) -> None:
        """Print the incident in view, or the register of the season."""
        if self.panel is not None and self.page.stack.currentWidget() is self.panel:
            self.panel.print()
        else:
            self.print_register()

    def print_register(self) -> None:
        """Print the list without names, as an auditor sees it."""
        from ccfs_desktop.reports import issue_incidents  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        def show(pdf: bytes) -> None:
            self.page.push(_("Incident register"), Paper(pdf, "incident-register", say=self.page.say))

        self.page.work(_("Printing …"), lambda _job: issue_incidents.register(self.db), show)

    # ----------------------------------------------------------------------------------------------------- inside

    def _reload(self) -> None:
        try:
            if self.panel:
                self.panel.reload()
        except UserError:
            self.page.pop()  # an undo took it away

    def _show(self, every: list[Row]) -> None:
        of = {
            "all": every,
            "draft": [r for r in every if r.state is State.DRAFT],
            "unsigned": [r for r in every if r.state is State.UNSIGNED],
            "parents": [r for r in every if r.waiting],
            "complete": [r for r in every if r.state is State.COMPLETE],
        }
        titles = {
            "all": _("All"), "draft": _("Drafts"), "unsigned": _("Not signed"), "parents": _("Parents not informed"),
            "complete": _("Complete"),
        }  # fmt: skip
        self._stack.setCurrentIndex(0)
        self.filters.show_chips([Chip(key, titles[key], len(rows)) for key, rows in of.items()])
        typed = self.filters.search.text().casefold().split()
        shown = [row for row in of[self.filters.chosen or "all"] if _matches(row, typed)]
        self.table.show_rows(
            Rows(
                [
                    (
                        r.id, r.number, r.day, r.at, r.kind, r.severity, r.state, _children(r), r.waiting, r.place,
                        r.signed_by, r.approved_by, r.reported_by,
                    )
                    for r in shown
                ],
                self.columns,
            )
        )  # fmt: skip

    def _state(self, state: QWidget) -> None:
        """Show something instead of the list; the tabs stay."""
        while self._stack.count() > 1 and (old := self._stack.widget(1)):
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(state)
        self._stack.setCurrentIndex(1)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(12)
        foot.addWidget(button(_("Show"), lambda: self.table.key() and self.show_incident(self.table.key()), "eye"))
        foot.addWidget(button(_("Print the register"), self.print_register, "printer"))
        foot.addStretch(1)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addLayout(foot)
        self._stack.addWidget(listed)
        self.body.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)


def _nothing(act: Callable[[], None], *, sees: bool, reports: bool) -> EmptyState:
    """Say why there is no list, and offer what this role may do."""
    report = _("Report an incident") if reports else ""
    if sees:
        return EmptyState("shield-check", _("No incident was reported in this season."), report, act)
    if reports:
        detail = _("What you write is sealed: only the HR officer and the coordinator can read it.")
        return EmptyState("shield-alert", _("Did something happen? Report it at once."), report, act, detail)
    return EmptyState("lock", _("Your role may not see this page."))


def _children(row: Row) -> str:
    """Name the children, or count them for those who may not read names."""
    if row.names or not row.children:
        return listed(row.names)
    return ngettext("{n} child", "{n} children", row.children).format(n=row.children)


def _matches(row: Row, words_typed: list[str]) -> bool:
    text = f"{row.number} {_(row.kind.word)} {_(row.place.word)} {row.day} {' '.join(row.names)}".casefold()
    return all(word in text for word in words_typed)
