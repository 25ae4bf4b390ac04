"""Factory lists going in: plan first, then write as one action."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import listing, offices, roles
from ccfs_desktop.services.imports.families import plan_children
from ccfs_desktop.services.imports.people import plan_workers
from ccfs_desktop.services.imports.plan import Outcome, Plan, PlannedRow, Remark
from ccfs_desktop.services.imports.staff import plan_staff
from ccfs_desktop.services.imports.writing import apply, ledger, remembered
from ccfs_desktop.services.listing import Book, ListRead, Problem, read_list
from ccfs_desktop.services.roles import Right

__all__ = [
    "Outcome", "Plan", "PlannedRow", "Remark", "apply", "ledger", "plan", "read_file", "remembered", "write_rejected",
]  # fmt: skip


def read_file(
    db: Database,
    kind: ListKind,
    source: Path | Book,
    *,
    mapping: dict[str, int] | None = None,
    sheet: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> ListRead:
    """Read a factory's list; a mapping confirmed for the same headings before is used again.

    Args:
        db: the office.
        kind: which list it is.
        source: the factory's file, or the book that was opened from it.
        mapping: field → column counted from 0, as the officer corrected it.
        sheet: the sheet to read, when it was not the one recognised.
        progress: called with rows done, of how many.
        cancel: asked now and then whether to stop.

    Raises:
        UserError: the file cannot be read, or holds no such list.
    """
    with db.read() as session:
        country = offices.factory(session).country
        earlier = remembered(session, kind)
    return read_list(
        source, kind.value, country=country, mapping=mapping, remembered=earlier, sheet=sheet, today=clock.today(),
        progress=progress, cancel=cancel,
    )  # fmt: skip


def write_rejected(plan: Plan, path: Path, *, source: Path | None = None) -> None:
    """Write the rows that did not go in as an Excel file, in the factory's own columns, with the reasons beside.

    Args:
        plan: what will become of the list.
        path: the .xlsx file to write.
        source: the factory's own file, which is never written over.

    Raises:
        UserError: the file cannot be written.
    """
    if source and path.resolve() == source.resolve():
        raise UserError(_("This is the factory's own list. Choose another name for the rows to correct."))
    problems: dict[int, list[Problem]] = {}
    for remark in plan.remarks(Outcome.ATTENTION, Outcome.DUPLICATE):
        problems.setdefault(remark.row, []).append(Problem(remark.field, remark.reason))
    rows = [row for row in plan.read.rows if row.row in problems]
    listing.write_rejected(path, plan.read, rows, problems)


def plan(session: Session, season: Season, kind: ListKind, read: ListRead) -> Plan:
    """Say what will become of each row of a list, before anything is written."""
    if kind is ListKind.CHILDREN:
        return plan_children(session, season, read)
    return plan_workers(session, season, read) if kind is ListKind.WORKERS else plan_staff(session, read)


roles.guard(globals(), Right.ENROL, {})
