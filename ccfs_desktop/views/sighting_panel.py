"""A child found in production: who, where, doing what, what was done. Kept with ``Ctrl+Enter``."""

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.patrol import FoundBy, Patrol, Sighting
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import patrols, roles, sightings
from ccfs_desktop.services.patrols_plan import areas_of
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.sightings import Found
from ccfs_desktop.views.child_picker import ChildPicker
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.picker import Picker
from ccfs_desktop.views.kit.states import words
from ccfs_desktop.views.record_desk import Desk
from ccfs_desktop.views.worker_picker import WorkerPicker

if TYPE_CHECKING:
    from ccfs_desktop.views.patrols import PatrolsPlace

_LABEL = 152
_FIELDS = (
    "area", "at", "age_guess", "doing", "minutes", "hazard", "action", "parent_talk", "found_by", "finder", "day",
    "note",
)  # fmt: skip


class SightingPanel(QScrollArea):
    """A name typed that is not in the list is kept as it is typed."""

    def __init__(
        self, place: "PatrolsPlace", *, day: date | None = None, patrol: Patrol | None = None,
        held: Sighting | None = None,
    ) -> None:  # fmt: skip
        """Build it for a new sighting, or for one that is kept.

        Args:
            place: the place it lies above.
            day: of a new sighting.
            patrol: the patrol on which the child was seen.
            held: the sighting to look at and correct.
        """
        super().__init__()
        self.place, self.db, self.patrol, self.held = place, place.db, patrol, held
        self._day, self._left, self._goes_on = day, 0, False
        self._key: Any = held.id if held else (patrol.id if patrol else None, day)
        self.told = words("", "quiet", wrap=True)
        self.child, self.worker = ChildPicker(self.db), WorkerPicker(self.db)
        self.child.setPlaceholderText(_("Name; empty when nobody knows it"))
        self.worker.setAccessibleName(_("Parent"))
        self.child.picked.connect(self._propose_parent)
        self.form = Form(Sighting, Section("", *_FIELDS))
        self.desk = Desk(self.form, self._keep, place.drafts, ("sighting", self._key), self._done)
        self._build()

    def begin(self) -> None:
        """Show what it begins with and put the cursor where one begins."""
        names = self.place.drafts.get(("names", self._key), {})
        if self.held:
            self._show_held(self.held)
        elif self.desk.isHidden():
            self.desk.begin(self._first_values(), "area")
        self._tell()
        for picker, name in ((self.child, "child"), (self.worker, "worker")):
            if name in names and not self.held:
                picker.setText(names[name])
        with self.db.read() as session:
            writes = roles.may(session, Right.LOGS)
        self.form.lock(locked=not writes)
        self.desk.confirm.setEnabled(writes)
        if not writes:
            self.child.setReadOnly(True)
            self.worker.setReadOnly(True)
        (self.form.rows["area"].editor if self.patrol is None or self.held else self.child).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the names that were typed; the desk keeps the rest."""
        super().hideEvent(event)
        if not self.held and not self.desk.is_free and (self.child.text() or self.worker.text()):
            names = {"child": self.child.text(), "worker": self.worker.text()}
            self.place.drafts["names", self._key] = names

    # ------------------------------------------------------------------------------------------------- inside

    def _first_values(self) -> dict[str, Any]:
        """What is known of a new one; no time is made up."""
        if self.patrol is None:
            return {"day": self._day, "found_by": FoundBy.GUARD, "doing": None, "action": None}
        areas = areas_of(self.patrol.areas)
        return {
            "day": self.patrol.day, "area": areas[0] if len(areas) == 1 else "", "found_by": FoundBy.PATROL,
            "finder": self.patrol.walked_by, "doing": None, "action": None,
        }  # fmt: skip

    def _show_held(self, held: Sighting) -> None:
        with self.db.read() as session:
            seen = next(s for s in sightings.read(session, held.day, held.day) if s.sighting.id == held.id)
            named = roles.may(session, Right.LOGS)
        self.desk.correct({name: getattr(held, name) for name in _FIELDS}, self._keep, "area")
        if seen.child and named:
            self.child.show_chosen(seen.child)
        else:
            self.child.setText(seen.who(named=named) if seen.child or held.child_name else "")
        if seen.worker and named:
            self.worker.show_worker(seen.worker)
        else:
            self.worker.setText(seen.parent(named=named))

    def _tell(self) -> None:
        """Say on which patrol it was, how many are still to be described, and of whom this is the record."""
        self._left = 0
        if self.patrol:
            with self.db.read() as session:
                self._left = patrols.not_described(session, [self.patrol]).get(self.patrol.id, 0)
            told = ngettext(
                "{n} child seen by {name} is to be described.", "{n} children seen by {name} are to be described.",
                self._left,
            )  # fmt: skip
            self.told.setText(told.format(n=self._left, name=self.patrol.walked_by))
        self.told.setVisible(bool(self.patrol))

    def _keep(self, values: dict[str, Any]) -> None:
        child, worker = self.child.chosen, self.worker.worker
        held = self.held
        found = Found(
            **values,
            patrol_id=held.patrol_id if held else self.patrol.id if self.patrol else None,
            child_id=child.id if child else None,
            child_name="" if child else self.child.text().strip(),
            worker_id=worker.id if worker else None,
            parent_name="" if worker else self.worker.text().strip(),
        )
        if held:
            with self.db.begin(N_("Correct a sighting")) as session:
                sightings.correct(session, held.id, found, by=self.place.context.user)
        else:
            with self.db.begin(N_("Enter a child found in production")) as session:
                sightings.record(session, found, by=self.place.context.user)
            self._goes_on = self._left > 1
        self.place.context.shell.saved()

    def _done(self) -> None:
        """Go on with the next child seen on the patrol, or back to the page."""
        self.place.drafts.pop(("names", self._key), None)
        if not self._goes_on:
            self.place.page.pop()
            return
        self._goes_on = False
        self.child.show_chosen(None)
        self.worker.show_worker(None)
        self.desk.begin(self._first_values(), "area")
        self._tell()
        self.child.setFocus()

    def _propose_parent(self, child: Child | None) -> None:
        """Show the parent who works here, unless one was named."""
        if child is None or self.worker.text():
            return
        with self.db.read() as session:
            parents: list[Worker] = sightings.parents(session, child.id)
        if parents:
            self.worker.show_worker(parents[0])

    def _build(self) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.told)
        if isinstance(inside := self.desk.layout(), QVBoxLayout):
            inside.insertLayout(0, _labelled(_("Parent"), self.worker))
            inside.insertLayout(0, _labelled(_("Child"), self.child))
        column.addWidget(self.desk)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(sheet)


def _labelled(title: str, picker: Picker) -> QHBoxLayout:
    label = words(title, "label")
    label.setFixedWidth(theme.px(_LABEL))
    label.setBuddy(picker)
    picker.setMaximumWidth(theme.px(460))
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label)
    row.addWidget(picker, 3)
    row.addStretch(1)
    return row
