"""Finding a child while typing its name, in any script or in pinyin."""

from collections.abc import Sequence
from typing import Any

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child
from ccfs_desktop.services import children
from ccfs_desktop.views.kit.picker import MOST, Picker


class ChildPicker(Picker):
    """Proposes children with their birth dates, which tell two of a name apart."""

    def __init__(self, db: Database) -> None:
        """Build it.

        Args:
            db: the office.
        """
        super().__init__(db, _("Child"), _("Name of the child"))

    def fitting(self, session: Any, text: str) -> Sequence[Child]:
        """Return the children who fit."""
        return children.find(session, text, MOST)

    def told(self, one: Child) -> str:
        """Return a child in a line."""
        return told(one)


def told(child: Child) -> str:
    """Return a child in a line: name, name in Latin letters, birth date."""
    return " · ".join(part for part in (child.name, child.name_latin, child.birth_date.isoformat()) if part)
