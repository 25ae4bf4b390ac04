"""Who waits for a place, in which order, and why: every point is shown beside the name."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.models.child import Child, Guardian, Guardianship
from ccfs_desktop.models.enrolment import Criterion, Enrolment, Status
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

# Points on the waiting list. Source: domain.md 2.2 (priority groups of S46 and S48) and 9.14; the weights are ours.
POINTS: dict[Criterion, int] = {
    Criterion.HARDSHIP: 5,
    Criterion.SINGLE_PARENT: 4,
    Criterion.LEFT_BEHIND: 3,
    Criterion.DUAL_WORKERS: 3,
    Criterion.SIBLING: 2,
    Criterion.FRONT_LINE: 2,
    Criterion.MIGRANT: 1,
}


def criteria(enrolment: Enrolment) -> tuple[Criterion, ...]:
    """Return the criteria an application fulfils, those with most points first."""
    codes = set(enrolment.criteria.split(","))
    return tuple(criterion for criterion in POINTS if criterion.value in codes)


def set_criteria(enrolment: Enrolment, chosen: Iterable[Criterion]) -> None:
    """Note which criteria an application fulfils."""
    wanted = set(chosen)
    enrolment.criteria = ",".join(criterion.value for criterion in POINTS if criterion in wanted)


def seen(session: Session, season: Season, child: Child) -> list[str]:
    """Return the criteria that the records show by themselves; hardship and single parents only the officer knows."""
    query = (
        select(Worker)
        .join(Guardian, Guardian.worker_id == Worker.id)
        .join(Guardianship, Guardianship.guardian_id == Guardian.id)
        .where(Guardianship.child_id == child.id, Worker.left_on.is_(None))
    )
    parents = session.scalars(query).all()
    found = {
        Criterion.LEFT_BEHIND: bool(child.left_behind),
        Criterion.DUAL_WORKERS: len(parents) > 1,
        Criterion.MIGRANT: any(parent.migrant for parent in parents),
        Criterion.SIBLING: _has_sibling_enrolled(session, season, child),
    }
    return [criterion.value for criterion in POINTS if found.get(criterion)]


def _has_sibling_enrolled(session: Session, season: Season, child: Child) -> bool:
    mine = select(Guardianship.guardian_id).where(Guardianship.child_id == child.id)
    query = (
        select(Enrolment.id)
        .join(Guardianship, Guardianship.child_id == Enrolment.child_id)
        .where(
            Enrolment.season_id == season.id, Enrolment.status == Status.ENROLLED, Enrolment.child_id != child.id,
            Guardianship.guardian_id.in_(mine),
        )
        .limit(1)
    )  # fmt: skip
    return session.scalars(query).first() is not None


def score(enrolment: Enrolment) -> int:
    """Return the points of an application. The criteria and their weights are shown beside the list."""
    return sum(POINTS[criterion] for criterion in criteria(enrolment))


def waiting(session: Session, season: Season) -> list[tuple[Enrolment, Child, int]]:
    """Return who waits for a place, with points; highest first, then who applied first."""
    query = (
        select(Enrolment, Child)
        .join(Child, Child.id == Enrolment.child_id)
        .where(Enrolment.season_id == season.id, Enrolment.status.in_((Status.APPLIED, Status.WAITING)))
    )
    rows = [(e, c, score(e)) for e, c in session.execute(query)]
    return sorted(rows, key=lambda r: (-r[2], r[0].applied_on or date.max, r[0].id))


roles.guard(globals(), Right.FILES, {})
