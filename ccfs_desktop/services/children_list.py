"""The list of a season's children: any page of it at once, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from ccfs_desktop.models.child import Child, Guardian, Guardianship
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.season import Group
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import enrolments, roles, searching, seasons
from ccfs_desktop.services.roles import Right

COMPLETE = ("complete",)
OVERRIDDEN = ("overridden",)

_WIDE = 5_000
"""From this many children on it is quicker to walk the index of names than to sort those who fit."""


@dataclass(frozen=True)
class ChildrenList:
    """Which of a season's children are listed. Readiness and ages are those of a day."""

    season_id: int
    on: date
    query: str = ""
    status: Status | None = None
    group_id: int | None = None
    not_ready: bool = False
    """Only those enrolled whose papers are missing."""

    COLUMNS = (
        "number", "name", "name_latin", "age", "birth_date", "sex", "group", "status", "papers", "guardian", "relation",
        "worker_number", "department", "phone", "first_day", "last_day", "applied_on", "alert",
    )  # fmt: skip

    def count(self, session: Session) -> int:
        """Return how many children fit."""
        return session.scalar(self._fitting(session, select(func.count(Enrolment.id)))) or 0

    def counts(self, session: Session) -> dict[str, int]:
        """Return status, ``not-ready`` and ``all`` → number of children, for the filters above the list."""
        counts = {status.value: n for status, n in enrolments.counts_by_status(session, self.season_id).items()}
        unready = ChildrenList(self.season_id, self.on, not_ready=True)
        return counts | {"not-ready": unready.count(session), "all": sum(counts.values())}

    def ids(self, session: Session) -> list[int]:
        """Return the ids of all children who fit, in no order."""
        return list(session.scalars(self._fitting(session, select(Enrolment.child_id))))

    def rows(
        self, session: Session, offset: int, limit: int, order_by: str = "", *, descending: bool = False
    ) -> list[tuple[Any, ...]]:
        """Return some rows: child id, then ``COLUMNS``. ``papers`` holds the codes of what is missing."""
        found = self._page(session, offset, limit, order_by or "name", descending=descending)
        return self._told(session, found)

    def _page(self, session: Session, offset: int, limit: int, order_by: str, *, descending: bool) -> list[int]:
        column = _ORDER[order_by]
        if order_by == "name" and self.count(session) > _WIDE:
            chosen = exists(self._fitting(session, select(Enrolment.id)).where(Enrolment.child_id == Child.id))
            query, key = select(Child.id).where(chosen.correlate(Child)), Child.id
        else:
            query, key = self._fitting(session, select(Enrolment.child_id)), Enrolment.child_id
            if column.class_ is not Enrolment:
                query = query.join(Child, Child.id == Enrolment.child_id)
            if column.class_ is Group:
                query = query.outerjoin(Group, Group.id == Enrolment.group_id)
        backwards, offset, limit = self._from_behind(session, offset, limit)
        falling = (descending != (order_by == "age")) != backwards  # the older, the earlier born
        order = (column.desc(), key.desc()) if falling else (column, key)
        found = list(session.scalars(query.order_by(*order).offset(offset).limit(limit)))
        return found[::-1] if backwards else found

    def _from_behind(self, session: Session, offset: int, limit: int) -> tuple[bool, int, int]:
        """Count rows far down from the end: what comes before them need not be walked."""
        if offset <= _WIDE:
            return False, offset, limit
        total = self.count(session)
        if offset < total / 2:
            return False, offset, limit
        return True, max(0, total - offset - limit), max(0, min(limit, total - offset))

    def _fitting(self, session: Session, query: Select[Any]) -> Select[Any]:
        """Narrow a query of enrolments; what it asks of the child is asked by the child's id."""
        query = query.where(Enrolment.season_id == self.season_id)
        if self.query.strip():
            query = query.where(Enrolment.child_id.in_(searching.ids(session, Child, self.query)))
        if self.status:
            query = query.where(Enrolment.status == self.status)
        if self.group_id:
            query = query.where(Enrolment.group_id == self.group_id)
        return query.where(enrolments.not_ready(self.on)) if self.not_ready else query

    def _told(self, session: Session, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        query = (
            select(
                Child.id, Enrolment.number, Child.name, Child.name_latin, Child.birth_date, Child.sex, Group.name,
                Enrolment.status, Enrolment.override_by, Enrolment.first_day, Enrolment.last_day, Enrolment.applied_on,
                Child.alert,
            )
            .join(Enrolment, Enrolment.child_id == Child.id)
            .outerjoin(Group, Group.id == Enrolment.group_id)
            .where(Child.id.in_(ids), Enrolment.season_id == self.season_id)
        )  # fmt: skip
        found = {row.id: row for row in session.execute(query)}
        missing = enrolments.missing(session, ids, self.on)
        parents = _first_guardians(session, ids)
        return [self._row(found[n], missing.get(n, ()), parents.get(n, _NOBODY)) for n in ids]

    def _row(self, row: Any, missing: tuple[str, ...], parent: tuple[Any, ...]) -> tuple[Any, ...]:
        child_id, number, name, latin, born, sex, group, status, override, first, last, applied, alert = row
        papers = _papers(status, missing, overridden=bool(override))
        age = seasons.age_on(born, self.on)
        who = (number, name, latin, age, born, sex, group or "", status, papers)
        return (child_id, *who, *parent, first, last, applied, alert)


_ORDER: dict[str, Any] = {
    "number": Enrolment.number, "name": Child.sort_key, "name_latin": Child.name_latin, "age": Child.birth_date,
    "birth_date": Child.birth_date, "sex": Child.sex, "group": Group.name, "status": Enrolment.status,
    "first_day": Enrolment.first_day, "last_day": Enrolment.last_day, "applied_on": Enrolment.applied_on,
    "alert": Child.alert,
}  # fmt: skip


_NOBODY = ("", None, "", "", "")


def _papers(status: Status, missing: tuple[str, ...], *, overridden: bool) -> tuple[str, ...]:
    if status in {Status.LEFT, Status.DECLINED}:
        return ()
    return OVERRIDDEN if missing and overridden else missing or COMPLETE


def _first_guardians(session: Session, child_ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Return child → name, relation, worker number, department and phone of the guardian named first."""
    query = (
        select(
            Guardianship.child_id, Guardian.name, Guardianship.relation, func.coalesce(Worker.number, ""),
            func.coalesce(Worker.department, ""), Guardian.phone,
        )
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .outerjoin(Worker, Worker.id == Guardian.worker_id)
        .where(Guardianship.child_id.in_(child_ids))
        .order_by(Guardianship.id.desc())
    )  # fmt: skip
    return {child_id: tuple(parent) for child_id, *parent in session.execute(query)}


roles.guard(globals(), Right.FILES, {})
