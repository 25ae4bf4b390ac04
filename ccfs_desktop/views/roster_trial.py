"""A draft on trial: it is looked at in the grid, then kept as one action or discarded."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services.drafting.offers import Offer
from ccfs_desktop.services.drafting.problem import Problem, Status
from ccfs_desktop.services.roster_week import Week
from ccfs_desktop.views import roster_draft
from ccfs_desktop.views.roster_draft import LIMIT_S, DraftBar, Drafted, RosterDraft

if TYPE_CHECKING:
    from ccfs_desktop.views.roster import RosterPlace


class Trial:
    """What lies between “Draft the week” and “Keep”."""

    def __init__(self, place: "RosterPlace") -> None:
        """Keep the place.

        Args:
            place: whose week is drafted.
        """
        self._place = place
        self.bar = DraftBar()
        self.drafted: Drafted | None = None
        self.limit_s = LIMIT_S
        self._draft = RosterDraft(place.page)
        self._draft.shown.connect(self._show)
        self._draft.went_on.connect(self.bar.went_on)
        self._draft.ended.connect(self._end)
        self._draft.failed.connect(self._fail)
        self.bar.stopped.connect(self._draft.stop)
        self.bar.kept.connect(self.keep)
        self.bar.discarded.connect(self.discard)
        self.bar.listed.connect(self._explain)
        self._dropped = False

    @property
    def active(self) -> bool:
        """Whether a roster is being drafted, or a draft looked at."""
        return self._draft.running or self.drafted is not None

    @property
    def week(self) -> Week | None:
        """The week as it would be; None when no draft is looked at."""
        return self.drafted.week if self.drafted else None

    def start(self, days: Sequence[date] = (), problem: Problem | None = None) -> None:
        """Draft the week shown, or the days given.

        Args:
            days: what is drafted; the week shown if none are given.
            problem: what is drafted from, where an offer was taken up; else the records.
        """
        place = self._place
        if not (place.season and place.monday and place.week):
            return
        if self._draft.running:
            place.page.say(_("A roster is being drafted already."))
            return
        wanted = tuple(days) or place.week.days
        if not wanted:
            place.page.tell(UserError(_("The space is closed in this week: there is nothing to draft.")))
            return
        place.page.banner.hide()
        place.sheet.editor.leave()
        self.drafted, self._dropped = None, False
        self.bar.begin()
        place.hint.hide()
        self._draft.start(place.season, place.monday, wanted, self.limit_s, problem)

    def keep(self) -> None:
        """Put the draft on the roster, as one action."""
        place, drafted = self._place, self.drafted
        if not drafted or not place.season:
            return
        self.bar.hide()

        def done(count: int) -> None:
            self.drafted = None
            place.context.shell.saved()
            place.refresh()
            place.sheet.begin()
            told = ngettext("{n} shift is on the roster.", "{n} shifts are on the roster.", count).format(n=count)
            place.page.say(f"{told} {_('Ctrl+Z takes the draft back.')}")

        def failed(error: UserError) -> None:
            self.discard()
            place.page.tell(error)

        place.page.work(_("Keeping the draft …"), roster_draft.keep(place.page, place.season, drafted), done, failed)

    def discard(self) -> None:
        """Leave the roster as it was."""
        self._dropped = True
        self._draft.stop()
        shown, self.drafted = self.drafted, None
        self.bar.hide()
        if shown:
            self._place.refresh()
            self._place.sheet.begin()

    # ------------------------------------------------------------------------------------- what the draft says

    def _show(self, drafted: Drafted) -> None:
        if self._dropped or not self._here(drafted):
            return
        self.drafted = drafted
        self._place.show_again()
        self.bar.found()

    def _end(self, drafted: Drafted) -> None:
        place = self._place
        if self._dropped or not self._here(drafted) or not place.week:
            return
        self.drafted = drafted
        place.show_again()
        self.bar.end(drafted, place.week)
        if drafted.draft.status is Status.INFEASIBLE:
            self._explain()

    def _explain(self) -> None:
        """List what is in the way, and what would help."""
        place, drafted = self._place, self.drafted
        if not drafted or not place.week:
            return
        panel = place.sheet.causes
        panel.show_causes(drafted.why, {line.staff_id: line.name for line in place.week.lines})
        place.sheet.open_panel(panel)
        panel.setFocus()

    def take_up(self, offer: Offer) -> None:
        """Draft anew with something that helps."""
        drafted = self.drafted
        if drafted:
            self._place.sheet.close_panels()
            self.start(drafted.days, offer.applied(drafted.problem))

    def _here(self, drafted: Drafted) -> bool:
        return drafted.week.monday == self._place.monday

    def _fail(self, error: UserError) -> None:
        self.drafted = None
        self.bar.hide()
        self._place.page.tell(error)
        self._place.refresh()
