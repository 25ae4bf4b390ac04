"""K01 to K14 of a period: each with definition, numerator, denominator, interval, what limits it, and where it is from.

Source: domain.md 6.7, 6.8, 6.9. What is ours: an action is done on time when it was said to be done by the day it was
due, since it is verified by somebody else afterwards; what is due today is not counted before the day is over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from ccfs_desktop import clock, i18n
from ccfs_desktop.i18n import _
from ccfs_desktop.models.action import Action, Stage
from ccfs_desktop.services import (
    actions,
    check_rates,
    incident_list,
    intervals,
    patrols_trend,
    ratio_proof,
    roles,
    small_groups,
    statistics,
)
from ccfs_desktop.services.check_rates import ListRate
from ccfs_desktop.services.incident_list import Row, State
from ccfs_desktop.services.incident_register import PER
from ccfs_desktop.services.incident_signing import GRAVE
from ccfs_desktop.services.patrols_trend import Count
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.ratio_proof import PeriodProof
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.statistics import Facts, Figure, share

PATROLS = 100
"""Of so many patrols the rate is. Source: domain.md 6.7, K14."""


@dataclass(frozen=True)
class KpiFacts:
    """What the figures of a period are reckoned from, gathered once."""

    period: Period
    attendance: Facts
    proof: PeriodProof
    lists: tuple[ListRate, ...]
    incidents: tuple[Row, ...]
    """Of the period, without those discarded."""
    due: tuple[Action, ...]
    """Actions whose day to be done lies in the period and is over; those agreed to need none left out."""
    open: tuple[Action, ...]
    """Actions found by the end of the period of which nobody says that they are done."""
    patrols: Count

    def of_list(self, code: str) -> ListRate | None:
        """Return how often a checklist was due and made; None where it was neither."""
        return next((one for one in self.lists if one.code == code), None)


def gather(session: Session, period: Period) -> KpiFacts:
    """Read a period.

    Raises:
        UserError: this role may not see that there are incidents.
    """
    season, first, until = period.season, period.first, period.until
    incidents = [row for row in incident_list.rows(session, season) if first <= row.day <= until]
    known = [one for one in actions.every(session, season) if one.found_on <= until]
    return KpiFacts(
        period=period,
        attendance=statistics.gather(session, season, until, first),
        proof=ratio_proof.of_period(session, season, first, until),
        lists=tuple(check_rates.of_period(session, period)),
        incidents=tuple(row for row in incidents if row.state is not State.DISCARDED),
        due=tuple(one for one in known if _was_due(one, first, until)),
        open=tuple(one for one in known if one.stage in actions.UNSOLVED),
        patrols=patrols_trend.between(session, first, period.last, until),
    )


def figures(facts: KpiFacts) -> list[Figure]:
    """Return K01 to K14, in the language in use; a key figure with two numbers stands twice, the second with a b."""
    first_eight = statistics.reckoned(facts.attendance)
    hours = next(one.numerator for one in first_eight if one.id == "K07")
    return [
        *first_eight, _left_behind(facts.attendance), ratio(facts.proof), *_checks(facts.lists),
        *_incidents(facts.incidents, hours), *_actions(facts), *_production(facts.patrols),
    ]  # fmt: skip


def spoken(facts: KpiFacts, languages: Sequence[str]) -> tuple[tuple[Figure, ...], ...]:
    """Return K01 to K14 in each of some languages."""
    said: list[tuple[Figure, ...]] = []
    for language in languages:
        with i18n.use(language):
            said.append(tuple(figures(facts)))
    return tuple(said)


def read(session: Session, period: Period) -> list[Figure]:
    """Return K01 to K14 of a period, in the language in use.

    Raises:
        UserError: this role may not see that there are incidents.
    """
    return figures(gather(session, period))


# --------------------------------------------------------------------------------------------------------- one by one


def _left_behind(facts: Facts) -> Figure:
    """Few of whom it is not known could be worked out from the share and the children enrolled: then none is given."""
    answered = [d.child.left_behind for d in facts.days if d.child.left_behind is not None]
    unknown = len(facts.days) - len(answered)
    few = small_groups.is_small(unknown)
    return share(
        "K09", _("Left-behind children"),
        _("Enrolled children who live away from their parents during the year, among those of whom it is known."),
        0 if few else sum(answered), 0 if few else len(answered), group=True,
        note=_("Children of whom it is not known: {n}.").format(n=small_groups.told(unknown)),
    )  # fmt: skip


def ratio(proof: PeriodProof) -> Figure:
    """Return K10."""
    note = _("Minutes with too few adults: {minutes}. Breaches: {breaches}.").format(
        minutes=proof.short_minutes, breaches=len(proof.breaches)
    )
    if worst := proof.worst:
        note += " " + _("The longest: {day}, {minutes} minutes.").format(day=worst.day, minutes=worst.minutes)
    if days := proof.without_records:
        note += " " + _("Days without staff records, counted as not kept: {n}.").format(n=len(days))
    return share(
        "K10", _("Ratio kept"),
        _("Quarter hours in which every group had enough adults, among those with children."),
        proof.kept, proof.slots, note=note,
    )  # fmt: skip


def _checks(lists: Sequence[ListRate]) -> Iterator[Figure]:
    late, explained = sum(one.late for one in lists), sum(one.explained for one in lists)
    yield share(
        "K11", _("Safety checks made"), _("Checks made and signed, among those that were due."),
        sum(one.done for one in lists), sum(one.due for one in lists),
        note=_("Typed afterwards: {late}. Missed with an explanation: {explained}; without: {missed}.").format(
            late=late, explained=explained, missed=sum(one.missed for one in lists)
        ),
    )  # fmt: skip
    yield share(
        "K11b", _("Items passed"),
        _("Items that passed, among those answered in signed checks, without what does not apply or is noted only."),
        sum(one.passed for one in lists), sum(one.answered for one in lists),
        note=_("Checks with a critical No: {n}.").format(n=sum(one.critical for one in lists)),
    )  # fmt: skip


def _incidents(rows: Sequence[Row], hours: float) -> Iterator[Figure]:
    unsigned = sum(1 for row in rows if not row.signed_by)
    yield per_hours(
        "K12", _("Incidents"), _("Reported incidents in 1,000 child-hours."), len(rows), hours,
        _("Not signed yet: {n}.").format(n=unsigned),
    )  # fmt: skip
    grave = sum(1 for row in rows if row.severity >= GRAVE)
    definition = _("Incidents in 1,000 child-hours after which a child needed a clinic or more.")
    yield per_hours("K12b", _("Incidents that needed a clinic"), definition, grave, hours)


def per_hours(id: str, title: str, definition: str, count: int, hours: float, note: str = "") -> Figure:  # noqa: A002
    """Return a rate of 1,000 child-hours with its exact Poisson interval; what few hours cannot show is said.

    Source: domain.md 6.7 K12, 6.8, 9 (19).
    """
    found = intervals.poisson(count).times(PER / hours) if hours else None
    return Figure(id, title, definition, count, hours, factor=PER, interval=found, note=note)


def _actions(facts: KpiFacts) -> Iterator[Figure]:
    until = facts.period.until
    on_time = sum(1 for one in facts.due if one.done_on and one.done_on <= one.due)
    verified = sum(1 for one in facts.due if one.stage in (Stage.VERIFIED, Stage.CLOSED))
    overdue = sum(1 for one in facts.open if actions.is_overdue(one, until))
    yield share(
        "K13", _("Corrective actions done on time"),
        _("Actions done by the day they were due, among those that were due."), on_time, len(facts.due),
        note=_("Of those due, verified by somebody else: {verified}. Overdue at the end: {overdue}.").format(
            verified=verified, overdue=overdue
        ),
    )  # fmt: skip
    days = [
        ((one.done_on or until) - one.found_on).days
        for one in {one.id: one for one in (*facts.due, *facts.open)}.values()
    ]
    yield Figure(
        "K13b", _("Days open, median"),
        _("Days from finding to done, or to the end of the period where it is still open; the one in the middle."),
        float(median(days)) if days else 0.0, None if days else 0,
    )  # fmt: skip


def _production(count: Count) -> Iterator[Figure]:
    missed = _("Planned patrols not walked: {n} of {all}.").format(n=count.missed, all=count.planned)
    nobody = _("No patrol was walked, so nothing can be claimed.")
    yield Figure(
        "K14", _("Children found in production, a month"),
        _("Children found in production in a month, each child once a day."),
        count.events, round(count.months, 2) if count.patrols else 0, interval=count.interval_a_month,
        note=_("Patrols walked: {n}.").format(n=count.patrols) if count.patrols else nobody,
    )  # fmt: skip
    yield Figure(
        "K14b", _("Patrols on which a child was seen, in 100"),
        _("Patrols on which at least one child was seen, in 100 patrols."),
        count.positive, count.patrols, factor=PATROLS, interval=count.interval,
        note=f"{missed} {'' if count.patrols else nobody}".strip(),
    )  # fmt: skip


def _was_due(one: Action, first: date, until: date) -> bool:
    """What is due today is still to be done, unless it is done already."""
    over = one.due < clock.today() or one.done_on is not None
    return first <= one.due <= until and over and one.stage is not Stage.NO_ACTION


# ---------------------------------------------------------------------------------------------------- where it is from


def where(facts: KpiFacts, id: str) -> tuple[str, dict[str, Any]]:  # noqa: A002
    """Return which page shows the records of a figure, and what to show there.

    Args:
        facts: of the period.
        id: of the figure.
    """
    days = facts.attendance.open_days
    last = {"day": days[-1]} if days else {}
    if id in ("K01", "K02", "K09"):
        return "children", {"filter": "enrolled"}
    if id in ("K03", "K04", "K05", "K06", "K07", "K08"):
        return "attendance", {**last, "month": True}
    if id == "K10":
        worst = facts.proof.worst
        empty = facts.proof.without_records
        day = {"day": worst.day} if worst else {"day": empty[0]} if empty else last
        return "staff", {"place": "ratio", **day}
    if id.startswith("K11"):
        return "safety", {"place": "records"}
    if id.startswith("K12"):
        return "incidents", {"place": "incidents"}
    if id.startswith("K13"):
        return "incidents", {"actions": "all"}
    return "safety", {"place": "patrols", "part": "sightings" if facts.patrols.events else "log"}


roles.guard(globals(), Right.FIGURES, {})
