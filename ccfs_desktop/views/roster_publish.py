"""Publishing the week: at once when nothing is wrong, else with a name and a reason."""

from typing import TYPE_CHECKING

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.services import roster
from ccfs_desktop.services.roster import NeedsReason
from ccfs_desktop.services.roster_week import Severity, Warning  # noqa: A004 (the word of the roster)

if TYPE_CHECKING:
    from ccfs_desktop.views.roster import RosterPlace


class Publishing:
    """One publication, from the button to the wall."""

    def __init__(self, place: "RosterPlace") -> None:
        """Keep the place.

        Args:
            place: whose week is published.
        """
        self._place = place

    def begin(self) -> None:
        """Publish; where something is wrong, list it and ask who answers for it, and why."""
        wrong = self._wrong()
        if wrong:
            self._place.filter(max(w.severity for w in wrong))
            self._ask(wrong, _by(self._place))
        else:
            self._publish()

    def _wrong(self) -> list[Warning]:
        week = self._place.week
        return [w for w in week.warnings if w.severity is not Severity.NOTE] if week else []

    def _ask(self, wrong: list[Warning], name: str, reason: str = "") -> None:
        asked = ngettext(
            "{n} problem is left (listed at the right). Who publishes the roster all the same, and why?",
            "{n} problems are left (listed at the right). Who publishes the roster all the same, and why?", len(wrong),
        ).format(n=len(wrong))  # fmt: skip
        fields = [(_("Name"), name, 120), (_("Reason"), reason, 260)]

        def answered(by: str, why: str) -> None:
            if by and why:
                self._publish(by, why)
            else:
                self._ask(wrong, by, why)

        self._place.ask.write(asked, fields, answered, _("Publish"))

    def _publish(self, by: str = "", reason: str = "") -> None:
        place, season, monday = self._place, self._place.season, self._place.monday
        if not season or not monday:
            return
        try:
            with place.db.begin(N_("Publish the roster")) as session:
                roster.publish(session, season, monday, by=_by(place), approved_by=by, reason=reason)
        except NeedsReason as error:
            place.refresh()
            self._ask(self._wrong(), by or _by(place), reason)
            if by or reason:
                place.page.tell(error)
        except UserError as error:
            place.page.tell(error)
        else:
            place.context.shell.saved()
            place.sheet.close_panels()
            place.refresh()
            place.page.banner.tell(_("The week is published."), "accent", _("Print the wall roster"), place.printed)


def _by(place: "RosterPlace") -> str:
    return place.context.user
