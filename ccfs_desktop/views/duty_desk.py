"""What the keys under "On duty" do to the office."""

from functools import partial
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.services import badges, duty, duty_day
from ccfs_desktop.services.badges import Kind
from ccfs_desktop.services.duty_day import Row
from ccfs_desktop.views.day_desk import DayDesk, Do, Then
from ccfs_desktop.views.duty_model import FIELDS, Part


class DutyDesk(DayDesk):
    """The desk of the adults."""

    groups: dict[int, str]
    """Id → name, in order."""

    def enter(self, row: Row, part: Part, typed: str, then: Then) -> None:
        """Enter a time: in or out, of a break, or another time for one that is there."""
        stay = row.stay
        if part is Part.BREAKS:
            self.pause(row, PartKind.BREAK, typed, then, staying=True)
        elif part is Part.IN and stay is None:
            self.arrive(row, typed, then)
        elif part is Part.OUT and (stay is None or not stay.duty.signed_out):
            self.depart(row, typed, then)
        elif stay and (at := self.read_time(typed)) is not None:
            self._change(row, N_("Correct a time"), then, **{FIELDS[part]: at[0]})

    def arrive(self, row: Row, typed: str, then: Then) -> None:
        """Sign in, now or at the typed time; after a departure this is the way back."""
        if at := self.read_time(typed):
            self._for(row, N_("Sign in an adult"), lambda s, e: duty.sign_in(
                s, self.the_season, row.staff_id, self.day, at=at[0], entry=e), then)  # fmt: skip

    def depart(self, row: Row, typed: str, then: Then) -> None:
        """Sign out, now or at the typed time."""
        if at := self.read_time(typed):
            self._for(row, N_("Sign out an adult"), lambda s, e: duty.sign_out(
                s, self.the_season, row.staff_id, self.day, at=at[0], entry=e), then)  # fmt: skip

    def pause(self, row: Row, kind: PartKind, typed: str, then: Then, *, staying: bool = False) -> None:
        """Begin a break or an errand, or end the one that is going on.

        Args:
            row: who.
            kind: a break or an errand.
            typed: the time; nothing typed is now.
            then: what follows.
            staying: whether the cursor waits for the end once it has begun.
        """
        at = self.read_time(typed)
        if not at:
            return
        last = next((p for p in reversed(row.stay.parts) if p.ends is None), None) if row.stay else None
        if last and last.kind is kind:
            self._for(row, N_("End a break"), lambda s, e: duty.end(
                s, self.the_season, row.staff_id, self.day, at=at[0], entry=e), then)  # fmt: skip
        else:
            self._for(row, N_("Begin a break"), lambda s, e: duty.begin(
                s, self.the_season, row.staff_id, self.day, kind, at=at[0], entry=e,
            ), _stay if staying else then)  # fmt: skip

    def regroup(self, row: Row, typed: str) -> None:
        """Ask for the group, and move there: today now, or at the typed time; else for the whole stay."""
        stay = row.stay
        if stay is None:
            self.refuse(_("{name} is not signed in.").format(name=row.name))
            return
        whole = not typed and self.day != clock.today()
        at = None if whole else self.read_time(typed)
        if not whole and not at:
            return
        options = [(str(n), name, key) for n, (key, name) in enumerate(self.groups.items(), 1)]

        def move(group_id: Any) -> None:
            def change(session: Any, entry: Any) -> Any:
                if whole:
                    return duty.change(session, stay.duty.id, group_id=group_id, entry=entry)
                return duty.move(
                    session, self.the_season, row.staff_id, self.day, group_id, at=at and at[0], entry=entry
                )

            self._for(row, N_("Move to another group"), change, _stay)

        self.ask.choose(
            _("With which group was {name} all the time?").format(name=row.name) if whole
            else _("To which group does {name} go?").format(name=row.name),
            [*options, ("0", _("No group"), None)], move,
        )  # fmt: skip

    def unsigned(self, row: Row) -> None:
        """Note that the signature of the latest event is missing, or that it is there after all."""
        if not row.stay:
            self.refuse(_("{name} is not signed in.").format(name=row.name))
            return
        field = "unsigned_out" if row.stay.duty.signed_out else "unsigned_in"
        self._change(row, N_("Note a missing signature"), _stay, **{field: not getattr(row.stay.duty, field)})

    def take_back(self, row: Row) -> None:
        """Take back what was entered last."""
        self._for(row, N_("Take back an entry"), lambda s, e: self.page.say(
            duty.take_back(s, row.staff_id, self.day, entry=e)), _stay)  # fmt: skip

    def write(self, row: Row, part: Part, text: str) -> None:
        """Enter whom the person replaces, or a remark."""
        if not row.stay:
            self.refuse(_("{name} is not signed in.").format(name=row.name))
            return
        self._change(row, N_("Enter a remark"), _stay, **{FIELDS[part]: text})

    def scan(self, code: str) -> None:
        """Sign in or out whose badge was scanned, now."""
        try:
            badge = badges.from_badge(code)
            if badge.kind is not Kind.STAFF:
                raise UserError(_("This is a child's badge or a pick-up card. Scan it on the page Attendance."))
            with self.page.db.read() as session:
                row = duty_day.row(session, self.the_season, self.day, badge.record_id)
            if row is None:
                raise UserError(_("Nobody with this badge works here on this day."))
        except UserError as error:
            self.page.tell(error)
            return
        if self.twice(code) or not (now := self.read_time("")):
            return
        here = row.open_stay is not None
        verb = duty.sign_out if here else duty.sign_in
        action = N_("Sign out an adult by badge") if here else N_("Sign in an adult by badge")
        do: Do = lambda s, e: verb(s, self.the_season, row.staff_id, self.day, at=now[0], entry=e)  # noqa: E731
        self._for(row, action, do, partial(self.scanned.emit, row, not here))

    # ----------------------------------------------------------------------------------------- beside the grid

    def change(self, row: Row, duty_id: int, values: dict[str, Any]) -> None:
        """Put a stay right, as asked for beside the grid."""
        self._for(row, N_("Correct a stay"), lambda s, e: duty.change(s, duty_id, entry=e, **values), _stay)

    def change_part(self, row: Row, part_id: int, values: dict[str, Any]) -> None:
        """Put a break right, as asked for beside the grid."""
        self._for(row, N_("Correct a break"), lambda s, e: duty.change_part(s, part_id, entry=e, **values), _stay)

    def remove_part(self, row: Row, part_id: int) -> None:
        """Take a break back."""
        self._for(row, N_("Take back a break"), lambda s, e: duty.remove_part(s, part_id, entry=e), _stay)

    def _change(self, row: Row, action: str, then: Then, **values: Any) -> None:
        stay = row.stay
        if stay:
            self._for(row, action, lambda s, e: duty.change(s, stay.duty.id, entry=e, **values), then)

    def _for(self, row: Row, action: str, do: Do, then: Then) -> None:
        self.do(row.staff_id, action, do, then)


def _stay() -> None:
    """Stay where one is."""
