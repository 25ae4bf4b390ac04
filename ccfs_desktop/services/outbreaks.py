"""Illness going round: linked cases in few days. Source: domain.md 2.9, outbreak."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.child import Guardianship
from ccfs_desktop.models.log import HealthNote
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import health, health_rules, roles
from ccfs_desktop.services.health import Case
from ccfs_desktop.services.health_rules import GROUP_WORDS, LINKED, LINKED_DAYS, Group
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task


@dataclass(frozen=True)
class Outbreak:
    """Linked cases of one kind."""

    group: Group
    children: tuple[tuple[int, str], ...]
    """Id and name."""
    notes: tuple[int, ...]
    rooms: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Say it, and what to do. Source: domain.md 2.9, outbreak."""
        return _("{n} linked cases of {what} in {days} days ({names}): deep clean, notify the clinic.").format(
            n=len(self.children), what=_(GROUP_WORDS[self.group]), days=LINKED_DAYS,
            names=listed(name for _id, name in self.children),
        )  # fmt: skip


def of_days(session: Session, season: Season, day: date) -> list[Outbreak]:
    """Return the linked cases of the last seven days; none for those who may not read the signs.

    Linked are different children with signs of one group, in one room or of one family. Source: domain.md 2.9, two or
    more linked cases in seven days; what is linked is ours.
    """
    if not roles.may(session, Right.DETAILS):
        return []
    cases = health.of_season(session, season, day - timedelta(days=LINKED_DAYS - 1), day)
    if len({one.child.id for one in cases}) < LINKED:
        return []
    families = _families(session, {one.child.id for one in cases})
    by_group: dict[Group, list[Case]] = defaultdict(list)
    for one in cases:
        for group in health_rules.groups_of(health_rules.codes(one.note.signs), _tenths(one.note)):
            by_group[group].append(one)
    return [
        _outbreak(group, linked)
        for group, found in sorted(by_group.items())
        for linked in _linked(found, families)
        if len({one.child.id for one in linked}) >= LINKED
    ]


def _tenths(note: HealthNote) -> int | None:
    try:
        return health_rules.tenths_of(note.temperature)
    except Invalid:
        return None


def _families(session: Session, child_ids: Collection[int]) -> dict[int, set[int]]:
    """Return child → its guardians."""
    found: dict[int, set[int]] = defaultdict(set)
    query = select(Guardianship.child_id, Guardianship.guardian_id).where(Guardianship.child_id.in_(child_ids))
    for child_id, guardian_id in session.execute(query):
        found[child_id].add(guardian_id)
    return found


def _linked(cases: Sequence[Case], families: dict[int, set[int]]) -> list[list[Case]]:
    """Put cases together that share a room or a guardian, over one another too."""
    clusters: list[list[Case]] = []
    for one in cases:
        joined = [c for c in clusters if any(_are_linked(one, other, families) for other in c)]
        clusters = [c for c in clusters if c not in joined]
        clusters.append([one, *(other for c in joined for other in c)])
    return clusters


def _are_linked(one: Case, other: Case, families: dict[int, set[int]]) -> bool:
    if one.child.id == other.child.id or (one.room and one.room == other.room):
        return True
    return bool(families.get(one.child.id, set()) & families.get(other.child.id, set()))


def _outbreak(group: Group, cases: Sequence[Case]) -> Outbreak:
    ordered = sorted(cases, key=lambda one: (one.note.day, one.note.id))
    return Outbreak(
        group,
        tuple({one.child.id: (one.child.id, one.child.name) for one in ordered}.values()),
        tuple(one.note.id for one in ordered),
        tuple(dict.fromkeys(one.room for one in ordered if one.room)),
    )


def tasks(session: Session, season: Season, day: date) -> list[Task]:
    """Return what an outbreak asks for; nothing for those who may not read the signs."""
    return [
        Task(one.sentence, urgent=True, page="safety", target={"place": "health", "note": one.notes[-1]})
        for one in of_days(session, season, day)
    ]


roles.guard(globals(), Right.OFFICE, {})
