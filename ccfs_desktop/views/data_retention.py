"""How long each kind of record is kept, what the office decided otherwise, and what must not be erased yet."""

from functools import partial
from typing import Any

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.incident import Incident
from ccfs_desktop.models.protection import LegalHold, RetentionChange
from ccfs_desktop.services import retention
from ccfs_desktop.services.retention import Category
from ccfs_desktop.views.data_part import DataPart, fill, quiet
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.table import Column


class RetentionPart(DataPart):
    """The schedule, and the legal holds under it."""

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.categories: dict[str, Category] = {}
        self.section(
            _("Retention schedule"),
            _("What is proposed comes from the sources named; have a lawyer of your country look at it. What you "
              "change holds from now on and stays on record with its reason."),
        )  # fmt: skip
        self.column.addWidget(self.ask)
        self.table = self.list("data-retention", _("Retention schedule"), (
            Column("title", _("What"), 200, sortable=False),
            Column("time", _("Kept for"), 310, sortable=False),
            Column("source", _("Source"), 150, sortable=False),
            Column("known", _("How well known"), 190, tone=lambda text: "quiet" if text else "", sortable=False),
        ), rows=8)  # fmt: skip
        self.about = words("", "help", wrap=True)
        self.column.addWidget(self.about)
        self.change_button = button(_("Change the time …"), self.change)
        self.buttons(self.change_button, writing=True)
        self.table.chosen.connect(self._tell)
        self.table.activated_key.connect(lambda _key: self.change())  # pyright: ignore
        self.section(
            _("Legal hold"),
            _("What is held is not erased, whatever the schedule says, until somebody releases it with a reason."),
        )
        self.picker = self.child(_("Hold this child's data …"), self.hold, "lock")
        self.holds = self.list("data-holds", _("Legal hold"), (
            Column("what", _("What"), 200, sortable=False),
            Column("reason", _("Reason"), 280, sortable=False),
            Column("by", _("Held by"), 120, sortable=False),
            Column("at", _("Since"), 130, sortable=False),
            Column("released", _("Released"), 260, sortable=False),
        ), rows=3)  # fmt: skip
        self.none = quiet(_("Nothing is held."))
        self.column.addWidget(self.none)
        self.release_button = button(_("Release …"), self.release)
        self.buttons(self.release_button, writing=True)
        self.holds.chosen.connect(lambda _key: self._offer())  # pyright: ignore
        self._open: set[int] = set()

    def refresh(self) -> None:
        """Read the schedule and the holds."""
        with self.db.read() as session:
            schedule, held = retention.schedule(session), retention.holds(session, open_only=False)
            names = {one.id: _about(session, one) for one in held}
        self.categories = {one.code: one for one in schedule}
        key = self.table.key()
        fill(self.table, [(one.code, _(one.title), one.told(), _source(one), _(retention.KNOWN[one.known]))
                          for one in schedule])  # fmt: skip
        codes = list(self.categories)
        self.table.choose(codes.index(key) if key in codes else 0)
        self._open = {one.id for one in held if one.released_at is None}
        fill(
            self.holds, [(one.id, names[one.id], one.reason, one.by, one.at, _released(one)) for one in held], self.none
        )
        self._tell(self.table.key())
        self._offer()

    def begin(self) -> None:
        """Put the cursor where one begins."""
        self.table.setFocus()

    def change(self) -> None:
        """Keep the kind of record the cursor is on for another time."""
        one = self.categories.get(self.table.key() or "")
        if one is None or not one.limited or not self.writes:
            return
        form = Form(RetentionChange, Section("", "months", "days", "reason"))
        form.show_values({"months": one.months, "days": one.days, "reason": ""})
        question = _("How long is “{what}” kept in this office?").format(what=_(one.title))
        self.ask.ask(question, _("Keep it so long"), partial(self._change, one.code), form)

    def hold(self, child: Child) -> None:
        """Hold a child's data."""
        form = Form(LegalHold, Section("", "reason"))
        question = _("Why must the data of {name} be kept?").format(name=child.name)
        self.ask.ask(question, _("Hold it"), partial(self._hold, child.id), form)

    def release(self) -> None:
        """Release the hold the cursor is on."""
        number = self.holds.key()
        if number in self._open:
            form = Form(LegalHold, Section("", "release_reason"))
            self.ask.ask(
                _("Why need it not be kept any longer?"), _("Release it"), partial(self._release, number), form
            )

    def _change(self, code: str, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Change how long records are kept"), final=True) as session:
            retention.change(session, code, **values)
        self.stored()

    def _hold(self, child_id: int, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Hold a child's data"), final=True) as session:
            retention.hold(session, child_id=child_id, reason=values["reason"] or "")
        self.picker.show_chosen(None)
        self.stored()

    def _release(self, number: int, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Release a legal hold"), final=True) as session:
            retention.release(session, number, reason=values["release_reason"] or "")
        self.stored()

    def _tell(self, code: Any) -> None:
        one = self.categories.get(code or "")
        self.about.setText(_(one.text) if one else "")
        self.change_button.setEnabled(one is not None and one.limited)

    def _offer(self) -> None:
        self.release_button.setEnabled(self.holds.key() in self._open)


def _about(session: Any, one: LegalHold) -> str:
    if one.child_id:
        child = session.get(Child, one.child_id)
        return child.name if child else ""
    incident = session.get(Incident, one.incident_id)
    return _("Incident {number}").format(number=incident.number) if incident else ""


def _source(one: Category) -> str:
    if one.change is None:
        return one.named
    return _("{by}, {day:%Y-%m-%d}: {reason}").format(by=one.change.by, day=one.change.at, reason=one.change.reason)


def _released(one: LegalHold) -> str:
    if one.released_at is None:
        return ""
    return _("{by}, {day:%Y-%m-%d}: {reason}").format(
        by=one.released_by, day=one.released_at, reason=one.release_reason
    )
