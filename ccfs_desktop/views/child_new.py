"""Enrolling a child by hand: the few facts that are needed, then the file opens."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.child import BirthPrecision, Child, Guardianship, Relation
from ccfs_desktop.models.enrolment import Status
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import children, enrolments, seasons
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.worker_picker import WorkerPicker

if TYPE_CHECKING:
    from ccfs_desktop.views.children import ChildrenPage

_WIDTH = 620


class NewChild(QScrollArea):
    """Name, birth date, sex and a parent. Children already known who may be the same are shown beside."""

    def __init__(self, page: "ChildrenPage", season: Season) -> None:
        """Build the form.

        Args:
            page: the children's page, over which it lies.
            season: for which the child is enrolled.
        """
        super().__init__()
        self._page, self._season, self._kept = page, season, True
        self.form = Form(Child, Section("", "name", "name_latin", "birth_date", "birth_precision", "sex"))
        self.form.show_values({"birth_precision": BirthPrecision.EXACT})
        self.form.changed.connect(self._changed)
        self.worker = WorkerPicker(page.db)
        self.relation = Form(Guardianship, Section("", "relation"))
        self.relation.show_values({"relation": Relation.MOTHER})
        self.problem = words("", "problem", wrap=True)
        self.hint = words("", "help", wrap=True)
        self._alike = QVBoxLayout()
        self._alike.setSpacing(4)
        self.enrol = button(_("Enrol"), self.save, "check", "primary")
        self._build()
        self.setFocusProxy(self.form.rows["name"].editor)
        self._say_places()
        self.form.show_values(page.draft)

    def save(self) -> None:
        """Enrol the child and open its file."""
        try:
            values = self.form.values()
            relation = self.relation.values()["relation"]
            self._check_worker()
            with self._page.db.begin(N_("Enrol a child")) as session:
                enrolment = children.register(
                    session, self._season, Child(**values), worker=self.worker.worker, relation=relation,
                    on=clock.today(),
                )  # fmt: skip
        except Invalid as error:
            self.form.show_problems(error.problems)
        except UserError as error:
            self.problem.setText(str(error))
        else:
            self._enrolled(enrolment.child_id, waiting=enrolment.status is Status.WAITING)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed: it is there again next time, unless it was enrolled or given up."""
        super().hideEvent(event)
        self._page.draft = self._typed() if self._kept else {}

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        for name, row in self.form.rows.items():
            with suppress(UserError):
                typed[name] = row.editor.value()
        return typed

    def _give_up(self) -> None:
        self._kept = False
        self._page.pop()

    def _enrolled(self, child_id: int, *, waiting: bool) -> None:
        page = self._page
        page.context.shell.saved()
        self._give_up()
        page.open(child=child_id)
        if waiting:
            page.warn(_("All places are taken: the child is on the waiting list."))
        else:
            page.say(_("The child has a place. Add the papers when they are signed."))

    def _check_worker(self) -> None:
        if self.worker.text().strip() and self.worker.worker is None:
            self.worker.setFocus()
            raise UserError(
                _("Choose the worker from the list, or leave the field empty and add the guardian in the file.")
            )

    def _changed(self, name: str) -> None:
        self.problem.clear()
        if name in {"name", "birth_date"}:
            self._look_for_the_same()

    def _look_for_the_same(self) -> None:
        """Show children already known who may be this one."""
        found: list[Child] = []
        values: dict[str, Any] = {}
        for name in ("name", "birth_date"):
            try:
                values[name] = self.form.rows[name].editor.value()
            except UserError:
                values[name] = None
        if values["name"]:
            with self._page.db.read() as session:
                found = children.similar(session, values["name"], values["birth_date"])
        self._show_alike(found)
        self._say_age(values["birth_date"])

    def _show_alike(self, found: list[Child]) -> None:
        while item := self._alike.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        if found:
            self._alike.addWidget(words(_("Already known. Is it one of these? Twins stay two children."), "help"))
        for child in found:
            told = _("{name}, born {day}").format(name=child.name, day=child.birth_date)
            self._alike.addWidget(button(told, partial(self._open, child.id), "arrow-right", "link"))

    def _open(self, child_id: int) -> None:
        self._page.pop()
        self._page.open(child=child_id)

    def _say_age(self, born: Any) -> None:
        if born is None:
            self._say_places()
            return
        age = seasons.age_on(born, self._season.first_day)
        low, high = self._season.age_from, self._season.age_to
        sentence = _("{age} years old when the season begins.").format(age=age)
        if not low <= age <= high:
            sentence += " " + _("The season is for {low} to {high}.").format(low=low, high=high)
        theme.mark(self.hint, part="help" if low <= age <= high else "problem")
        self.hint.setText(sentence)

    def _say_places(self) -> None:
        with self._page.db.read() as session:
            free = enrolments.places(session, self._season).free
        theme.mark(self.hint, part="help")
        self.hint.setText(
            ngettext("{n} place is free.", "{n} places are free.", free).format(n=free)
            if free
            else _("All places are taken: the child will wait.")
        )

    def _build(self) -> None:
        holder = QWidget()
        holder.setObjectName("sheet")
        inner = QWidget()
        inner.setMaximumWidth(theme.px(_WIDTH))
        around = QHBoxLayout(holder)
        around.setContentsMargins(16, 16, 16, 24)
        around.addWidget(inner, 1)
        around.addStretch(0)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for form in (self.form, self.relation):
            if layout := form.layout():
                layout.setContentsMargins(0, 0, 0, 0)
        column.addWidget(words(_("Child"), "section"))
        column.addWidget(self.form)
        column.addWidget(self.hint)
        column.addLayout(self._alike)
        column.addWidget(words(_("Parent who works here"), "section"))
        picker = QHBoxLayout()
        picker.setSpacing(8)
        label = words(_("Worker"), "label")
        label.setBuddy(self.worker)
        label.setFixedWidth(theme.px(152))
        picker.addWidget(label)
        picker.addWidget(self.worker, 1)
        column.addLayout(picker)
        column.addWidget(self.relation)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.enrol)
        row.addWidget(button(_("Cancel"), self._give_up))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(holder)
