"""The adults around the child: guardians, brothers and sisters, who may collect, who must not, whom to call."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Child, Contact, Guardian, Guardianship, PickupAdult, Relation
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import children, families
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit import icons
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.lines import Action, Line, Lines
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.worker_picker import WorkerPicker

_PICKUP = ("name", "relation", "phone", "id_tail", "only_on")
_FORBIDDEN = ("name", "relation", "phone")
_CONTACT = ("name", "relation", "phone")
_OF_LINK = {"relation", "custody_note"}


class FamilyTab(ChildTab):
    """Each line is stored as soon as one of its fields is left."""

    title = N_("Family and pick-up")

    def __init__(self, record: Any) -> None:
        """Build the lists."""
        super().__init__(record)
        self.guardians = Lines(
            [
                describe(Guardian, "name"),
                describe(Guardianship, "relation"),
                describe(Guardian, "phone"),
                describe(Guardian, "phone2"),
                describe(Guardianship, "custody_note"),
            ],
            self._save_guardian,
            self._add_other,
        )
        self.siblings = QVBoxLayout()
        self.pickups = self._adults(PickupAdult, _PICKUP)
        self.forbidden = self._adults(PickupAdult, _FORBIDDEN, forbidden=True)
        self.contacts = self._adults(Contact, _CONTACT)
        self.worker = WorkerPicker(self.db)
        self.worker.picked.connect(self._add_worker)
        self._build()

    def show_file(self, file: ChildFile) -> None:
        """Show the adults."""
        self.guardians.show_lines([self._guardian_line(link) for link in file.guardianships])
        self.pickups.show_lines([self._pickup_line(p) for p in file.pickups if not p.forbidden])
        self.forbidden.show_lines([self._forbidden_line(p) for p in file.pickups if p.forbidden])
        self.contacts.show_lines([self._contact_line(c) for c in file.contacts])
        self._show_siblings()

    # --------------------------------------------------------------------------------------------------------- lines

    def _guardian_line(self, link: Guardianship) -> Line:
        guardian = link.guardian
        values = {name: getattr(guardian, name) for name in ("name", "phone", "phone2")}
        values |= {name: getattr(link, name) for name in _OF_LINK}
        worker = guardian.worker
        left = worker is not None and worker.left_on is not None and worker.left_on <= clock.today()
        remove = Action("trash-2", _("Remove this guardian"), self._remove_guardian)
        locked = frozenset({"name"}) if worker else frozenset[str]()
        return Line(link.id, values, _workplace(worker), "problem" if left else "help", locked, (remove,))

    def _pickup_line(self, adult: PickupAdult) -> Line:
        values = {name: getattr(adult, name) for name in _PICKUP}
        if adult.ended_on:
            note = _("May collect no longer, since {day}.").format(day=adult.ended_on)
            again = Action("undo-2", _("May collect again"), self._let_collect)
            return Line(adult.id, values, note, "problem", frozenset(_PICKUP), (again, self._eraser(PickupAdult)))
        end = Action("ban", _("May collect no longer"), self._end_pickup)
        return Line(adult.id, values, actions=(end, self._eraser(PickupAdult)))

    def _forbidden_line(self, adult: PickupAdult) -> Line:
        values = {name: getattr(adult, name) for name in _FORBIDDEN}
        note = _("{name} MUST NOT COLLECT this child.").format(name=adult.name)
        return Line(adult.id, values, note, "problem", actions=(self._eraser(PickupAdult),))

    def _contact_line(self, contact: Contact) -> Line:
        values = {name: getattr(contact, name) for name in _CONTACT}
        return Line(contact.id, values, actions=(self._eraser(Contact),))

    def _eraser(self, kind: type[families.Adult]) -> Action:
        return Action("trash-2", _("Remove: written by mistake"), partial(self._remove, kind))

    def _adults(self, kind: type[families.Adult], names: tuple[str, ...], *, forbidden: bool = False) -> Lines:
        def create(values: dict[str, Any]) -> None:
            child_id = self.record.child_id
            if kind is Contact:
                new: families.Adult = Contact(child_id=child_id, **values)
            else:
                new = PickupAdult(child_id=child_id, forbidden=forbidden, **values)
            with self.storing(N_("Forbid somebody to collect") if forbidden else N_("Add an adult")) as session:
                families.add_adult(session, new)

        def save(key: int, name: str, value: Any) -> None:
            with self.storing(N_("Change an adult")) as session:
                families.change_adult(session, kind, key, **{name: value})

        fields = [describe(kind, name) for name in names]
        return Lines([replace(fields[0], label=_("Name")), *fields[1:]], save, create)

    # ------------------------------------------------------------------------------------------------------- storing

    def _save_guardian(self, key: int, name: str, value: Any) -> None:
        with self.storing(N_("Change a guardian")) as session:
            families.change_guardian(session, key, **{name: value})

    def _add_worker(self, worker: Worker | None) -> None:
        if worker is None:
            return
        with self.record.page.saving(N_("Add a guardian")) as session:
            families.add_worker(session, self.record.child_id, worker.id, Relation.GUARDIAN)
        self.worker.clear()
        self.record.changed()

    def _add_other(self, values: dict[str, Any]) -> None:
        relation = values["relation"] or Relation.GUARDIAN
        with self.storing(N_("Add a guardian")) as session:
            families.add_other(session, self.record.child_id, values["name"], values["phone"] or "", relation)

    def _remove_guardian(self, key: int) -> None:
        with self.storing(N_("Remove a guardian")) as session:
            families.remove_guardian(session, key)

    def _end_pickup(self, key: int) -> None:
        with self.storing(N_("End a pick-up permission")) as session:
            families.end_pickup(session, key, on=clock.today())

    def _let_collect(self, key: int) -> None:
        with self.storing(N_("Renew a pick-up permission")) as session:
            families.change_adult(session, PickupAdult, key, ended_on=None)

    def _remove(self, kind: type[families.Adult], key: int) -> None:
        with self.storing(N_("Remove an adult")) as session:
            families.remove_adult(session, kind, key)

    # --------------------------------------------------------------------------------------------------------- shape

    def _build(self) -> None:
        self.section(N_("Parents and guardians"))
        self.column.addWidget(self.guardians)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(words(_("Add a parent who works here:"), "label"))
        row.addWidget(self.worker, 1)
        row.addWidget(button(_("Add another guardian"), partial(self._begin_guardian), "plus", "link"))
        self.column.addLayout(row)
        self.column.addLayout(self.siblings)
        self.section(N_("Who may collect"), N_("Guardians may always collect, unless they are named below in red."))
        self._list(self.pickups, _("Add a pick-up adult"))
        self.column.addSpacing(16)
        self.column.addLayout(_red(_("Must not collect")))
        self._list(self.forbidden, _("Add somebody who must not collect"))
        self.section(N_("Emergency contacts"), N_("Besides the guardians, in the order they are called."))
        self._list(self.contacts, _("Add an emergency contact"))
        self.column.addStretch(1)

    def _list(self, lines: Lines, add: str) -> None:
        self.column.addWidget(lines)
        self.column.addWidget(button(add, lines.begin, "plus", "link"), alignment=Qt.AlignmentFlag.AlignLeft)

    def _begin_guardian(self) -> None:
        self.guardians.begin(relation=Relation.GUARDIAN)

    def _show_siblings(self) -> None:
        while item := self.siblings.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        with self.db.read() as session:
            found: list[Child] = children.siblings(session, self.record.child_id)
        if found:
            self.siblings.addWidget(words(_("Brothers and sisters here"), "label"))
        for child in found:
            go = partial(self._go, child.id)
            told = _("{name}, born {day}").format(name=child.name, day=child.birth_date)
            self.siblings.addWidget(button(told, go, "arrow-right", "link"), alignment=Qt.AlignmentFlag.AlignLeft)

    def _go(self, child_id: int) -> None:
        page = self.record.page
        page.pop()
        page.open(child=child_id)


def _workplace(worker: Worker | None) -> str:
    if worker is None:
        return _("Does not work here.")
    place = " ".join(part for part in (worker.department, worker.line, worker.shift) if part)
    told = _("Works here: no. {number}").format(number=worker.number)
    told = " · ".join(part for part in (told, place) if part)
    return _("{worker} · left on {day}").format(worker=told, day=worker.left_on) if worker.left_on else told


def _red(text: str) -> QHBoxLayout:
    """Head the list of those who must not collect, with a sign that also prints in black."""
    row = QHBoxLayout()
    row.setSpacing(6)
    picture = QLabel()
    icons.put(picture, "ban", "danger")
    head = words(text, "section")
    head.setProperty("tone", "danger")
    row.addWidget(picture)
    row.addWidget(head)
    row.addStretch(1)
    return row
