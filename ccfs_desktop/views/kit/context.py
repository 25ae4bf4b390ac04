"""What every page is given: the open office, who is working, and the window around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccfs_desktop.db import Database


@dataclass(frozen=True)
class Found:
    """One answer of ``Ctrl+K``: a child, a worker, a page, an action."""

    title: str
    open: Callable[[], object]
    detail: str = ""
    icon: str = "circle"


class Shell:
    """What a page may ask of the window around it. A page standing alone, as in a test, asks in vain."""

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line for a while."""

    def saved(self) -> None:
        """Note that everything is on disk, and when."""

    def go(self, page: str, **target: Any) -> None:
        """Open a page by its name in ``PAGES``, at a certain record if the page knows how (``Page.open``)."""

    def describe(self) -> None:
        """Show factory, season and user again after they have changed."""

    def leads_to(self, page: str) -> bool:  # noqa: ARG002 (the window knows)
        """Tell whether who is working may see a page."""
        return True


@dataclass
class Context:
    """One office, open, and the person working in it."""

    db: "Database"
    user: str
    role: str = "officer"
    settings: Any = None
    factory: str = ""
    season: str = ""
    demonstration: bool = False
    find: Callable[[str], Sequence[Found]] | None = None
    """Look up children and workers for ``Ctrl+K``; called on the worker thread."""
    searched: Callable[[str, int], None] = lambda _place, _found: None
    """Note where people were looked for by name, and how many lines were shown."""
    undo: Callable[[], str] | None = None
    """Undo the last action and say what was undone; called by ``Ctrl+Z``."""
    close: Callable[[], None] | None = None
    """Give up the keys: called when the window is locked."""
    restore: Callable[[Path], None] | None = None
    """Close the office and put a copy in its place."""
    shell: Shell = field(default_factory=Shell)

    def may(self, *rights: str) -> bool:
        """Tell whether who is working has one of these rights; with none named, everybody may.

        Args:
            rights: values of ``services.roles.Right``.
        """
        from ccfs_desktop.services import roles  # noqa: PLC0415 (the window is shown before the services are loaded)

        return not rights or any(roles.allows(self.db.actor.role, roles.Right(right)) for right in rights)
