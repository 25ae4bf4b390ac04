"""Looking for children and workers by name from anywhere in the window, and noting that somebody did."""

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.services import children, roles, searching, workers
from ccfs_desktop.services.roles import Right
from ccfs_desktop.views.kit.context import Found, Shell


def find(db: Database, window: Shell, text: str) -> list[Found]:
    """Return the children and workers that may be meant, each with the way to its file; none for who may not see them.

    Args:
        db: the office.
        window: opens the file.
        text: what was typed.
    """
    if not roles.allows(db.actor.role, Right.FILES):
        return []
    with db.read() as session:
        young, old = children.find(session, text), workers.find(session, text)
    found = [Found(one.name, lambda n=one.id: window.go("children", child=n), icon="baby") for one in young]
    return found + [
        Found(one.name, lambda n=one.number: window.go("children", worker=n), one.number, "user") for one in old
    ]


def searched(db: Database, window: Shell, place: str, found: int) -> None:
    """Note a search in the trail; see :func:`searching.note`."""
    try:
        searching.note(db, place, found)
    except UserError as error:
        window.say(str(error))
