"""What the patrols ask for on Today: patrols to walk or to explain, children to describe, actions to make."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import patrols, roles, sightings
from ccfs_desktop.services.patrols import Standing
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task

BACK = 31
"""So many days back is asked for what is open still; ours."""


def tasks(session: Session, _season: Season, day: date) -> list[Task]:
    """Return what somebody who writes the logs should do; to others this says nothing."""
    if not roles.may(session, Right.LOGS):
        return []
    return [*_without_action(session, day), *_not_described(session, day), *_not_walked(session, day)]


def _without_action(session: Session, day: date) -> Iterator[Task]:
    for one in sightings.without_action(session, day, days=BACK):
        told = _("A child was in production on {day} ({area}), and no corrective action was made.")
        yield _task(told.format(day=one.day, area=one.area), urgent=True, part="sightings", sighting=one.id)


def _not_described(session: Session, day: date) -> Iterator[Task]:
    log = patrols.log(session, day - timedelta(days=BACK - 1), day)
    lacking = patrols.not_described(session, log)
    for one in log:
        if n := lacking.get(one.id):
            told = ngettext(
                "{n} child was seen on the patrol of {day} and is not described.",
                "{n} children were seen on the patrol of {day} and are not described.",
                n,
            )
            yield _task(told.format(n=n, day=one.day), urgent=True, part="log", day=one.day)


def _not_walked(session: Session, day: date) -> Iterator[Task]:
    due = patrols.due(session, day - timedelta(days=BACK - 1), day)
    late = [one.round.name for one in due if one.standing is Standing.LATE]
    if late:
        told = ngettext(
            "A patrol planned for today is not in the log: {names}.",
            "{n} patrols planned for today are not in the log: {names}.",
            len(late),
        )
        yield _task(told.format(n=len(late), names=listed(late)), urgent=True, part="log", day=day)
    missed = [one.day for one in due if one.standing is Standing.MISSED]
    if missed:
        told = ngettext(
            "{n} planned patrol was missed and is not explained.",
            "{n} planned patrols were missed and are not explained.",
            len(missed),
        )
        yield _task(told.format(n=len(missed)), urgent=False, part="log", day=missed[-1])


def _task(sentence: str, *, urgent: bool, **target: object) -> Task:
    return Task(sentence, urgent=urgent, page="safety", target={"place": "patrols", **target})


roles.guard(globals(), Right.OFFICE, {})
