"""Safeguarding concerns: anybody reports one, only holders of the sensitive key see the list and what followed."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import concerns, roles
from ccfs_desktop.services.roles import Right
from ccfs_desktop.views.concern_new import NewConcern
from ccfs_desktop.views.concern_record import ConcernRecord
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import EmptyState, button, hairline, words
from ccfs_desktop.views.kit.table import Column, Rows, Table


class ConcernsPlace(Place):
    """The list for those who may know; for all others the way to report, and nothing else."""

    name = "concerns"
    right = "report"
    primary_right = "report"
    title = N_("Safeguarding")
    primary = N_("Report a concern")
    primary_icon = "shield-alert"

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.draft: dict[str, Any] = {}
        """What was typed and not sent; gone when the office is closed, because nothing of it may lie on the disk."""
        self.columns = [
            Column("number", _("No."), 60, number=True),
            Column("reported", _("Reported"), 130),
            Column("by", _("By"), 140),
            Column(
                "state", _("Status"), 150, tone=lambda text: "" if text == _("Closed") else "warning",
                icon=lambda text: "check" if text == _("Closed") else "triangle-alert",
            ),
            Column("last", _("Last entry"), 130),
        ]  # fmt: skip
        self.table = Table("concerns", self.columns)
        self.table.activated_key.connect(self._show)
        self._stack = QStackedWidget()
        self._build()

    def refresh(self) -> None:
        """Read the list, where this user may know of it. It names no child: who opens a concern is noted."""
        self.page.show_content()
        with self.db.read() as session:
            if not concerns.may_see(session):
                self._only_report(allowed=roles.may(session, Right.REPORT))
                return
            cases = concerns.every(session)
        if not cases:
            self._state(
                EmptyState(
                    "shield-check", _("No safeguarding concern was reported."), _("Report a concern"), self.act,
                    _("Everybody who works in the space can report one here. Only the HR officer and the coordinator "
                      "ever see this list."),
                )
            )  # fmt: skip
            return
        rows = [
            (
                case.id, case.id, case.at, case.by,
                _("Closed") if case.closed else _("Open") if case.entries else _("Nobody has acted yet"), case.last_at,
            )
            for case in cases
        ]  # fmt: skip
        self.table.show_rows(Rows(rows, self.columns))
        self._stack.setCurrentIndex(0)

    def open(self, **target: Any) -> None:
        """Show one concern, or the form to report one."""
        if target.get("concern"):
            self._show(target["concern"])
        elif target.get("report"):
            self.act()

    def act(self) -> None:
        """Report a concern."""
        with self.db.read() as session:
            allowed = roles.may(session, Right.REPORT)
        if not allowed:
            self.page.say(_("Your role may not do this. Ask the HR officer."))
            return
        form = NewConcern(self)
        self.page.push(_("Report a concern"), form)
        form.setFocus()

    def printed(self) -> None:
        """Print nothing: there is no general paper about concerns."""
        self.page.say(_("Open a concern to print it. There is no list on paper."))

    def _show(self, number: int) -> None:
        with self.page.saving(concerns.READ, final=True) as session:
            case = concerns.get(session, number)
            self.db.note(session, "concern", str(number))
            record = ConcernRecord(self, case)
            self.page.push(_("Concern {n}").format(n=number), record)
            record.setFocus()

    def _only_report(self, *, allowed: bool) -> None:
        """Those without the key learn neither whether there are concerns nor how many."""
        if allowed:
            said = _("Are you worried about a child? Report it the same day.")
            detail = _("What you write is sealed. Only the HR officer and the coordinator can read it.")
            self._state(EmptyState("shield-alert", said, _("Report a concern"), self.act, detail))
        else:
            self._state(EmptyState("lock", _("Your role may not see this page.")))

    def _state(self, state: QWidget) -> None:
        while self._stack.count() > 1 and (old := self._stack.widget(1)):
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(state)
        self._stack.setCurrentIndex(1)

    def _build(self) -> None:
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(12)
        foot.addWidget(button(_("Show"), lambda: self.table.key() and self._show(self.table.key()), "eye"))
        foot.addWidget(
            words(_("Sealed: only the HR officer and the coordinator see that anything is here."), "quiet", wrap=True),
            1,
        )
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addLayout(foot)
        self._stack.addWidget(listed)
        self.body.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)
