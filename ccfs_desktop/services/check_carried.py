"""What a check takes over from another record is put right there, and nowhere else."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.check import Check, CheckAnswer
from ccfs_desktop.models.log import Drill
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

FROM_DRILL: dict[str, frozenset[str]] = {
    "DRL05": frozenset({"numbers"}),
    "DRL09": frozenset({"numbers"}),
    "DRL10": frozenset({"numbers", "said", "note"}),
}
"""Item → the parts of its answer that come from the record of the drill. Source: domain.md 3.6."""


def drill_of(session: Session, check: Check) -> Drill | None:
    """Return the record of the drill a check belongs to."""
    if check.code != "DRL":
        return None
    return session.scalars(select(Drill).where(Drill.check_id == check.id)).first()


def told(drill: Drill) -> str:
    """Say where an answer comes from."""
    return _("Taken over from the drill of {time} under Logs. Change it there.").format(time=f"{drill.at:%H:%M}")


def refuse(session: Session, check: Check, answer: CheckAnswer, values: Mapping[str, Any]) -> None:
    """Check that an answer is not changed that is taken over.

    Args:
        session: the open transaction.
        check: the check.
        answer: what it says now.
        values: what it shall say.

    Raises:
        UserError: it is changed in its own record.
    """
    names = FROM_DRILL.get(answer.item, frozenset()) & values.keys()
    if any(getattr(answer, name) != values[name] for name in names) and (drill := drill_of(session, check)):
        raise UserError(told(drill))


roles.guard(globals(), Right.CHECKS, {Right.SAFETY: (drill_of,)})
