"""Drafting the week: a roster at once, a better one from a process of its own, looked at before it is kept."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import roster_draft
from ccfs_desktop.services.drafting import beside, worker
from ccfs_desktop.services.drafting.explain import Cause
from ccfs_desktop.services.drafting.problem import Draft, Problem, Status
from ccfs_desktop.services.drafting.worker import Progress
from ccfs_desktop.services.roster_week import Week
from ccfs_desktop.views import roster_model, roster_words
from ccfs_desktop.views.kit import icons, theme, work
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words

LIMIT_S = 30.0
"""How long one week is improved at most."""
_SHOWN_S = 3.0
"""A better roster is shown no sooner than this after the one before."""
_TURN_S, _USUAL_S = 0.0005, 0.005
"""After how many seconds a thread gives way to another: while the draft is reckoned, the window comes first."""
_DONE = {
    Status.OPTIMAL: ("circle-check", "accent"),
    Status.FEASIBLE: ("circle-check", "accent"),
    Status.INFEASIBLE: ("triangle-alert", "danger"),
}


@dataclass(frozen=True)
class Drafted:
    """A draft, and the week as it would be with it."""

    days: tuple[date, ...]
    draft: Draft
    week: Week
    problem: Problem
    why: tuple[Cause, ...] = ()
    """What is in the way, where quarter hours stay short."""


class RosterDraft(QObject):
    """One draft at a time, from its start until it is kept or discarded."""

    shown = Signal(object)
    """A :class:`Drafted` to look at; the first comes at once, better ones follow."""
    went_on = Signal(str)
    """In words how good the best roster so far is."""
    ended = Signal(object)
    """The last :class:`Drafted`."""
    failed = Signal(object)

    def __init__(self, page: Page) -> None:
        """Keep the page.

        Args:
            page: whose database is drafted from.
        """
        super().__init__(page)
        self._page = page
        self._job: work.Job | None = None

    @property
    def running(self) -> bool:
        """Whether a roster is being drafted."""
        return self._job is not None

    def start(
        self, season: Season, monday: date, days: Sequence[date], limit_s: float = LIMIT_S,
        problem: Problem | None = None,
    ) -> None:  # fmt: skip
        """Draft beside the window.

        Args:
            season: the season.
            monday: the week shown.
            days: the days to be drafted.
            limit_s: seconds after which the best so far is taken.
            problem: what is drafted from, where an offer was taken up; else the records.
        """
        db = self._page.db
        last: list[float] = []

        def task(job: work.Job) -> Drafted:
            with db.read() as session:
                start = problem or roster_draft.problem(session, season, days)

            def look(draft: Draft, why: tuple[Cause, ...] = ()) -> Drafted:
                with db.read() as session:
                    week = roster_draft.preview(session, season, monday, days, draft)
                return Drafted(tuple(days), draft, week, start, why)

            def stopped() -> bool:
                return job.cancelled or not shiboken6.isValid(self)

            def tell(progress: Progress) -> None:
                if stopped():
                    return
                self.went_on.emit(quality(progress.objective, progress.bound))
                if not last or time.monotonic() - last[0] > _SHOWN_S:
                    last[:] = [time.monotonic()]
                    self.shown.emit(look(_so_far(progress)))

            best = beside.draft(start, limit_s=limit_s, progress=tell, cancelled=stopped)
            if not shiboken6.isValid(self):  # the window was locked or closed meanwhile
                raise work.Cancelled
            return look(best, worker.explained(start, best, cancelled=stopped) if best.unmet else ())

        sys.setswitchinterval(_TURN_S)
        self._job = work.start(task, self._ended, self._failed, owner=self._page)

    def stop(self) -> None:
        """Ask to stop: the best roster so far is the result."""
        if self._job:
            self._job.cancel()

    def _ended(self, drafted: Drafted) -> None:
        self._over()
        self.ended.emit(drafted)

    def _over(self) -> None:
        self._job = None
        sys.setswitchinterval(_USUAL_S)

    def _failed(self, error: UserError) -> None:
        self._over()
        self.failed.emit(error)


class DraftBar(QFrame):
    """The strip above the grid: how far the draft is; then what it brings, to be kept or discarded."""

    stopped = Signal()
    kept = Signal()
    discarded = Signal()
    listed = Signal()
    """What is in the way is to be listed."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__()
        self.setObjectName("strip")
        self.picture = words("")
        self.sentence = words("", "now", wrap=True)
        self.detail = words("", "quiet", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setFixedWidth(theme.px(110))
        self.stop = button(_("Stop"), self._stop, "x")
        self.why = button(_("What is in the way"), self.listed.emit, kind="quiet")
        self.discard = button(_("Discard"), self.discarded.emit)
        self.keep = button(_("Keep"), self.kept.emit, "check", "primary")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.sentence)
        column.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.picture)
        row.addLayout(column, 1)
        for made in (self.bar, self.stop, self.why, self.discard, self.keep):
            row.addWidget(made, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def begin(self) -> None:
        """Show that a roster is being drafted."""
        icons.put(self.picture, "wand-sparkles", "accent")
        theme.mark(self, tone="")
        self.sentence.setText(_("Drafting the week …"))
        self.detail.setText(_("A first roster is there in a moment; better ones follow."))
        self._buttons(running=True, blocked=False)
        self.stop.setEnabled(True)
        self.show()

    def went_on(self, told: str) -> None:
        """Show how good the best so far is."""
        self.detail.setText(told)

    def found(self) -> None:
        """Show that there is something to look at while the search goes on."""
        self.sentence.setText(_("Drafting the week … The best roster so far is shown below."))

    def end(self, drafted: Drafted, before: Week) -> None:
        """Show what the draft brings, to be kept or discarded."""
        draft = drafted.draft
        icons.put(self.picture, *_DONE[draft.status])
        self.sentence.setText(verdict(drafted))
        parts = [changes(before, drafted.week)]
        if draft.status is Status.FEASIBLE:
            parts.append(distance(draft.objective, draft.bound))
        self.detail.setText(" · ".join(parts))
        self._buttons(running=False, blocked=draft.status is Status.INFEASIBLE)
        self.keep.setFocus()

    def _buttons(self, *, running: bool, blocked: bool) -> None:
        self.bar.setVisible(running)
        self.stop.setVisible(running)
        self.why.setVisible(blocked)
        self.discard.setVisible(not running)
        self.keep.setVisible(not running)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.detail.setText(_("Stopping: the best roster so far is on its way."))
        self.stopped.emit()


def _so_far(progress: Progress) -> Draft:
    return Draft(Status.FEASIBLE, progress.objective, progress.bound, progress.shifts, ())


def quality(objective: int, bound: int | None) -> str:
    """Say what the best roster so far is worth, and how far that is from the best possible.

    Args:
        objective: its value; lower is better.
        bound: no roster can have a lower one; None when not known.
    """
    return f"{_('Best value so far: {value:,}.').format(value=objective)} {distance(objective, bound)}"


def distance(objective: int, bound: int | None) -> str:
    """Say how far a roster is from the best possible; see :func:`quality`."""
    if bound is None:
        return _("How far from the best possible is not known yet.")
    if objective <= bound:
        return _("No better roster exists.")
    return _("At most {share:.1f} per cent from the best possible.").format(
        share=100 * (objective - bound) / max(1, abs(bound))
    )


def verdict(drafted: Drafted) -> str:
    """Say in a sentence what the draft achieves."""
    draft = drafted.draft
    if draft.status is Status.OPTIMAL:
        return _("Every quarter hour is covered, and no better roster exists.")
    if draft.status is Status.FEASIBLE:
        return _("Every quarter hour is covered.")
    days = dict.fromkeys(u.day for u in sorted(draft.unmet, key=lambda u: (u.day, u.slot)))
    slots = len({(u.day, u.slot) for u in draft.unmet})
    told = ngettext(
        "{n} quarter hour cannot be covered ({days}). All others are.",
        "{n} quarter hours cannot be covered ({days}). All others are.", slots,
    )  # fmt: skip
    return told.format(n=slots, days=", ".join(roster_words.day_name(day) for day in days))


def changes(before: Week, after: Week) -> str:
    """Say what a draft changes."""
    old = {roster_model.signature(s) for s in roster_model.shifts(before)}
    new = {roster_model.signature(s) for s in roster_model.shifts(after)}
    minutes = sum(s.minutes for s in roster_model.shifts(after))
    facts = {"all": len(new), "new": len(new - old), "gone": len(old - new), "hours": roster_words.lasting(minutes)}
    return _("{all} shifts, {hours} hours; {new} new, {gone} taken off").format(**facts)


def keep(page: Page, season: Season, drafted: Drafted) -> Callable[[work.Job], int]:
    """Return the work that puts a draft on the roster, as one action that can be undone."""

    def task(_job: work.Job) -> int:
        with page.db.begin(N_("Draft the roster")) as session:
            return roster_draft.keep(session, season, drafted.days, drafted.draft)

    return task
