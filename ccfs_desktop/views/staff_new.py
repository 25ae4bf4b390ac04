"""Adding a person by hand: the few facts that are needed, then the file opens. Nothing is kept before."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.services import staff
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.views.staff_files import FilesPlace

_WIDTH = 620


class NewPerson(QScrollArea):
    """Name, role and a few facts more. People already known by the name are shown below."""

    def __init__(self, place: "FilesPlace") -> None:
        """Build the form.

        Args:
            place: the list, over which it lies.
        """
        super().__init__()
        self._place, self._kept = place, True
        self.form = Form(
            Staff, Section("", "name", "name_latin", "role", "employment", "birth_date", "phone", "started_on")
        )
        self.form.show_values({"role": StaffRole.TEACHER, "employment": None})
        self.form.changed.connect(self._changed)
        self.problem = words("", "problem", wrap=True)
        self._alike = QVBoxLayout()
        self._alike.setSpacing(4)
        self.add = button(_("Add"), self.save, "check", "primary")
        self._build()
        send = QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        send.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.form.rows["name"].editor)
        self.form.show_values(place.draft)

    def save(self) -> None:
        """Keep the person and open the file."""
        try:
            values = self.form.values()
            with self._place.db.begin(N_("Add a member of staff")) as session:
                person = staff.save(session, Staff(**values))
        except Invalid as error:
            self.form.show_problems(error.problems)
        except UserError as error:
            self.problem.setText(str(error))
        else:
            self._place.context.shell.saved()
            self._give_up()
            self._place.open(staff=person.id, papers=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed: it is there again next time, unless it was added or given up."""
        super().hideEvent(event)
        self._place.draft = self._typed() if self._kept else {}

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        for name, row in self.form.rows.items():
            with suppress(UserError):
                typed[name] = row.editor.value()
        return typed

    def _give_up(self) -> None:
        self._kept = False
        self._place.page.pop()

    def _changed(self, name: str) -> None:
        self.problem.clear()
        if name == "name":
            self._look_for_the_same()

    def _look_for_the_same(self) -> None:
        """Show people already known by this name."""
        while item := self._alike.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        with self._place.db.read() as session:
            found = staff.similar(session, self.form.rows["name"].editor.value())
        if found:
            self._alike.addWidget(words(_("Already on the list. Is it one of these?"), "help"))
        for person in found:
            told = " · ".join(part for part in (person.name, _(person.role.word), person.phone) if part)
            self._alike.addWidget(button(told, partial(self._open, person.id), "arrow-right", "link"))

    def _open(self, staff_id: int) -> None:
        self._place.page.pop()
        self._place.open(staff=staff_id)

    def _build(self) -> None:
        holder, inner = QWidget(), QWidget()
        holder.setObjectName("sheet")
        inner.setMaximumWidth(theme.px(_WIDTH))
        around = QHBoxLayout(holder)
        around.setContentsMargins(16, 16, 16, 24)
        around.addWidget(inner, 1)
        around.addStretch(0)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        if layout := self.form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addLayout(self._alike)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add)
        row.addWidget(button(_("Cancel"), self._give_up))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(holder)
