"""The visitor log: in and out at the desk, with one key each."""

from collections.abc import Sequence
from datetime import time
from functools import partial
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _, listed, ngettext
from ccfs_desktop.models.log import Visitor
from ccfs_desktop.services import logbook, visitors
from ccfs_desktop.views.kit.form import Section
from ccfs_desktop.views.kit.table import Column
from ccfs_desktop.views.log_shape import Act, Log, Now, Sheet, Told


def _inside(now: Now) -> int:
    return len(visitors.inside(now.session, now.season, now.day))


class VisitorsLog(Log):
    """Who visits, and who is still in."""

    name = "visitors"
    title = N_("Visitors")
    new = N_("Sign a visitor in")
    action = N_("Sign a visitor in")
    empty = (
        "id-card", N_("Nobody has visited in this season."),
        N_("Sign in everybody who is neither child, parent nor staff."),
    )  # fmt: skip
    record = Visitor
    first = "name"
    proposed = "came"
    paper = "visitor-register"
    waiting = staticmethod(_inside)
    sections = (
        Section("", "name", "organisation", "purpose", "host", "came", "id_seen", "rules_read", "photos_allowed"),
        Section("", "left", "day", "note"),
    )

    def columns(self) -> list[Column]:
        """Return day, who, from where, what for, in and out."""
        return [
            Column("day", _("Day"), 96),
            Column("name", _("Name"), 150),
            Column("organisation", _("Organisation"), 140),
            Column("came", _("In"), 60),
            Column(
                "left", _("Out"), 130, word=_left, tone=lambda v: "" if v.gone else "accent",
                icon=lambda v: "" if v.gone else "door-open", sortable=False,
            ),
            Column("purpose", _("Purpose"), 150),
            Column("host", _("Host"), 110),
            Column("late", _("Entered late"), 90, word=lambda late: _("late") if late else ""),
        ]  # fmt: skip

    def read(self, now: Now) -> Sheet:
        """Read the season's visitors, and who is in."""
        log = logbook.entries(now.session, Visitor, now.season)
        log.sort(key=lambda v: (v.day, not v.gone, v.came or time.min, v.id), reverse=True)
        rows = [(v.id, v.day, v.name, v.organisation, v.came, v, v.purpose, v.host, v.entered_late) for v in log]
        inside = [v.name for v in log if v.day == now.day and not v.gone]
        told = ngettext(
            "{n} visitor is in the space now: {names}.", "{n} visitors are in the space now: {names}.", len(inside)
        ).format(n=len(inside), names=listed(inside))
        none = Told(_("No visitor is in the space now."))
        by = self.place.context.user
        return Sheet(
            {v.id: v for v in log}, rows, [Told(told, "door-open", "accent") if inside else none],
            fresh={"host": by, "id_seen": False, "rules_read": False, "photos_allowed": False},
        )  # fmt: skip

    def acts(self) -> Sequence[Act]:
        """Return: out now, and out at a time nobody knows."""
        return (
            Act(N_("Sign out"), "log-out", self._out, "O"),
            Act(N_("Left, time not known"), "circle-help", partial(self._out, known=False), "?"),
        )

    def keep(self, now: Now, values: dict[str, Any]) -> Any:
        """Sign in."""
        came, name, day = values.pop("came"), values.pop("name"), values.pop("day")
        return visitors.sign_in(now.session, now.season, name, day, at=came, **values)

    def change(self, session: Any, key: int, values: dict[str, Any]) -> Any:
        """Put it right."""
        return visitors.change(session, key, **values)

    def remove(self, session: Any, key: int) -> None:
        """Take it back."""
        visitors.remove(session, key)

    def _out(self, visitor: Visitor, *, known: bool = True) -> None:
        if known and visitor.day != clock.today() and not visitor.gone:
            self.place.correct("left")  # that day's time is typed, it is not now
            return
        at = clock.now().time().replace(second=0) if known else None
        self.place.do(N_("Sign a visitor out"), lambda session: visitors.sign_out(session, visitor.id, at=at))


def _left(visitor: Visitor) -> str:
    if not visitor.gone:
        return _("in the space") if visitor.day == clock.today() else _("not signed out")
    return f"{visitor.left:%H:%M}" if visitor.left else _("not known")
