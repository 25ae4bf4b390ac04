"""What a log is to its place: its columns, its fields, and what is done with an entry. All logs share one shape."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from ccfs_desktop.i18n import _
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import logbook
from ccfs_desktop.views.kit.describe import Field, describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.table import Column, written

if TYPE_CHECKING:
    from ccfs_desktop.views.logs import LogsPlace


@dataclass(frozen=True)
class Now:
    """An open transaction, the season and the day."""

    session: Any
    season: Season
    day: date


@dataclass(frozen=True)
class Told:
    """A sentence above the list."""

    text: str
    icon: str = "info"
    tone: str = "quiet"


@dataclass(frozen=True)
class Act:
    """What can be done with the entry the cursor is on."""

    text: str
    """Marked with ``N_``."""
    icon: str
    do: Callable[[Any], object]
    """Gets the entry."""
    key: str = ""
    """Pressed on the list."""
    writes: bool = True
    """Whether it is offered only to those who may write."""
    chosen: bool = True
    """Whether it needs an entry."""


@dataclass(frozen=True)
class Sheet:
    """A log as it was read."""

    entries: Mapping[int, Any]
    rows: Sequence[tuple[Any, ...]]
    """Key, then one value per column."""
    told: Sequence[Told] = ()
    fields: Sequence[Field] = ()
    """Those that are filled in otherwise than their column alone says."""
    sections: Sequence[Section] = ()
    """What is asked, where it is not always the same."""
    fresh: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What a new entry begins with, beside the day."""


class Log:
    """One log. Subclasses say what it holds; the place shows it, and writes through it."""

    name: ClassVar[str]
    title: ClassVar[str]
    """Marked with ``N_``, as all texts here."""
    new: ClassVar[str]
    """The words of the page's button."""
    action: ClassVar[str]
    """What a new entry is called in the history."""
    empty: ClassVar[tuple[str, str, str]]
    """Icon and sentence while nothing is in it, and a quieter sentence."""
    record: ClassVar[type]
    sections: ClassVar[tuple[Section, ...]]
    first: ClassVar[str]
    """The field where a new entry begins."""
    naming: ClassVar[frozenset[str]] = frozenset()
    """Fields in which children are named: not for everybody who reads the log."""
    proposed: ClassVar[str] = ""
    """The time that is proposed to be now."""
    paper: ClassVar[str]
    """The printable of the whole log."""
    waiting: ClassVar[Callable[[Now], int] | None] = None
    """How many entries wait for somebody; shown on the chooser."""

    def __init__(self, place: "LogsPlace") -> None:
        """Keep where it is shown."""
        self.place = place
        self.asked_once: frozenset[str] = frozenset()
        """Fields that are asked only of a new entry."""
        self.labels: dict[str, str] = {}
        """Field → label, where the column alone says none; translated."""
        self.writers: dict[str, Callable[[Any], str]] = {}
        """Field → how its value is written, where it is not the usual way."""

    def columns(self) -> list[Column]:
        """Return what the list shows."""
        raise NotImplementedError

    def read(self, now: Now) -> Sheet:
        """Read the log."""
        raise NotImplementedError

    def acts(self) -> Sequence[Act]:
        """Return what else can be done with an entry."""
        return ()

    def shown(self, entry: Any, names: Sequence[str]) -> dict[str, Any]:
        """Return an entry's values for the fields."""
        return {name: getattr(entry, name, None) for name in names}

    def wire(self, form: Form) -> None:
        """Connect what fields say to each other."""

    def facts(self, entry: Any) -> list[tuple[str, str]]:
        """Return an entry in words: label and text, what is empty left out."""
        columns = {column.name for column in self.record.__table__.columns}  # type: ignore[attr-defined]
        names = [name for section in self.sections for name in section.names if name in columns]
        labels = {n: self.labels.get(n) or describe(self.record, n).label for n in names}
        told = [(labels[n], self.writers.get(n, written)(getattr(entry, n))) for n in names]
        if not self.place.writes:
            told = [(labels[n], logbook.withheld() if n in self.naming and text else text)
                    for n, (_label, text) in zip(names, told, strict=True)]  # fmt: skip
        late = [(_("Entered late"), _("Yes"))] if getattr(entry, "entered_late", False) else []
        return [(label, text) for label, text in [*told, *late] if text]

    # ----------------------------------------------------------------------------------------------- what is stored

    def keep(self, now: Now, values: dict[str, Any]) -> Any:
        """Store a new entry.

        Raises:
            Invalid: some fields cannot be stored as they stand.
            UserError: the entry is refused.
        """
        raise NotImplementedError

    def change(self, session: Any, key: int, values: dict[str, Any]) -> Any:
        """Put an entry right; raises as :meth:`keep`."""
        raise NotImplementedError

    def remove(self, session: Any, key: int) -> None:
        """Take an entry back; raises as :meth:`keep`."""
        raise NotImplementedError
