"""The factory's workers."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import _
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import roles, searching
from ccfs_desktop.services.roles import Right


def number_key(number: str) -> str:
    """Return what two ways of writing one worker number have in common: no blanks, hyphens, case, leading zeros."""
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", number)).casefold()
    return re.sub(r"(?<!\d)0+(?=\d)", "", plain)


def save(session: Session, worker: Worker) -> Worker:
    """Keep a worker, new or changed.

    Raises:
        Invalid: no number or name, or the number belongs to somebody else.
    """
    problems: dict[str, str] = {}
    worker.number, worker.name = worker.number.strip(), worker.name.strip()
    if not worker.number:
        problems["number"] = _("Please fill this in.")
    if not worker.name:
        problems["name"] = _("Please fill this in.")
    with session.no_autoflush:
        other = session.scalars(select(Worker).where(Worker.number == worker.number)).first()
    if other is not None and other is not worker:
        problems["number"] = _("This number belongs to {name}.").format(name=other.name)
    if problems:
        raise Invalid(problems)
    prepare(worker)
    session.add(worker)
    return worker


def prepare(worker: Worker) -> None:
    """Write what a worker is found and matched by."""
    worker.number_key = number_key(worker.number)
    searching.index(worker, codes=(worker.number, worker.phone))


def by_number(session: Session, number: str) -> Worker | None:
    """Find a worker by number, however it is written; None when unknown or when two share the same key."""
    exact = session.scalars(select(Worker).where(Worker.number == number.strip())).first()
    if exact:
        return exact
    found = session.scalars(select(Worker).where(Worker.number_key == number_key(number)).limit(2)).all()
    return found[0] if len(found) == 1 else None


def employed(worker: Worker, day: date) -> bool:
    """Tell whether a worker belongs to the factory on a day."""
    return worker.left_on is None or worker.left_on > day


@dataclass(frozen=True)
class WorkerList:
    """The list of workers, as a table reads it: a page at a time."""

    query: str = ""

    COLUMNS = ("number", "name", "sex", "department", "line", "shift", "phone", "hired_on", "left_on")

    def count(self, session: Session) -> int:
        """Return how many workers fit."""
        return session.scalar(select(func.count()).select_from(Worker).where(self._where(session))) or 0

    def rows(
        self, session: Session, offset: int, limit: int, order_by: str = "name", *, descending: bool = False
    ) -> list[tuple[Any, ...]]:
        """Return some rows: id, then ``COLUMNS``."""
        column = Worker.sort_key if order_by == "name" else getattr(Worker, order_by)
        order = column.desc() if descending else column
        query = select(Worker.id, *(getattr(Worker, c) for c in self.COLUMNS)).where(self._where(session))
        return [tuple(r) for r in session.execute(query.order_by(order, Worker.id).offset(offset).limit(limit))]

    def _where(self, session: Session) -> ColumnElement[bool]:
        return searching.matching(session, Worker, self.query)


def find(session: Session, query: str, limit: int = 20) -> list[Worker]:
    """Find workers by name, number or phone."""
    order = select(Worker).where(searching.matching(session, Worker, query)).order_by(Worker.sort_key)
    return list(session.scalars(order.limit(limit)))


def note_left(session: Session, worker_ids: Sequence[int], *, on: date) -> int:
    """Note that workers have left the factory; those who left before keep their day.

    Returns:
        How many were noted.
    """
    n = 0
    for worker_id in worker_ids:
        worker = session.get(Worker, worker_id)
        if worker is not None and worker.left_on is None:
            worker.left_on = on
            n += 1
    session.flush()
    return n


def some(session: Session, worker_ids: Sequence[int]) -> list[Worker]:
    """Return some workers in the order of their names."""
    query = select(Worker).where(Worker.id.in_(worker_ids)).order_by(Worker.sort_key, Worker.id)
    return list(session.scalars(query))


roles.guard(globals(), Right.ENROL, {Right.FILES: (WorkerList.count, WorkerList.rows, by_number, find, some)})
