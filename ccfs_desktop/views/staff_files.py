"""The adults who look after the children, and whether the papers each must have still hold."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QScrollArea

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper
from ccfs_desktop.services import staff, staff_papers
from ccfs_desktop.services.searching import fold
from ccfs_desktop.services.staff_papers import Paper, Standing
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.staff_place import StaffPlace

if TYPE_CHECKING:
    from ccfs_desktop.views.staff import StaffPage

_SHOWN = (
    PaperKind.BACKGROUND_CHECK, PaperKind.HEALTH_CERTIFICATE, PaperKind.FIRST_AID, PaperKind.CODE_OF_CONDUCT,
)  # fmt: skip
_TONES = {Standing.VALID: "", Standing.EXPIRES: "warning", Standing.MISSING: "danger", Standing.EXPIRED: "danger"}
_ICONS = {
    Standing.VALID: "check",
    Standing.EXPIRES: "clock",
    Standing.MISSING: "circle-alert",
    Standing.EXPIRED: "circle-alert",
}


class FilesPlace(StaffPlace):
    """The list of staff; a person's file opens over it."""

    name = "files"
    title = N_("Staff files")
    primary = N_("Add a person")
    primary_icon = "plus"

    def __init__(self, page: "StaffPage") -> None:
        """Build the list."""
        super().__init__(page)
        self.filters = FilterBar(hint=_("Name or phone"))
        self.filters.searched.connect(lambda _text: self.refresh())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self.refresh())  # pyright: ignore
        self.columns = _columns()
        self.table = Table("staff", self.columns)
        self.table.activated_key.connect(self._open)
        self.table.typed.connect(self.filters.search.setText)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Read the staff again."""
        day = clock.today()
        left = self.filters.chosen == "left"
        with self.db.read() as session:
            working = staff.everybody(session, day=day)
            gone = staff.everybody(session, day=day, left=True)
            papers = staff_papers.of(session)
        if not working and not gone:
            self.page.show_empty(
                "users",
                _("Nobody is on the staff list yet."),
                _("Import the staff list"),
                self._import,
                _("Or add people one by one."),
            )
            return
        self.page.show_content()
        self.filters.show_chips((Chip("working", _("Working here"), len(working)), Chip("left", _("Left"), len(gone))))
        words = fold(self.filters.search.text()).split()
        shown = [p for p in (gone if left else working) if all(f" {word}" in p.search for word in words)]
        self.table.show_rows(Rows([_row(person, papers.get(person.id, ())) for person in shown], self.columns))

    def open(self, **target: Any) -> None:
        """Open a file: ``open(staff=7)``."""
        if isinstance(target.get("staff"), int):
            self._open(target["staff"])

    def act(self) -> None:
        """Add a person and open the new file."""
        with self.db.begin(N_("Add a member of staff")) as session:
            person = staff.save(session, Staff(name=_("New person")))
        self.context.shell.saved()
        self._open(person.id)

    def _import(self) -> None:
        self.context.shell.go("children", lists="staff")

    def _open(self, key: Any) -> None:
        with self.db.read() as session:
            person = session.get(Staff, key)
        if person is None:
            self.refresh()
            return
        form = Form(
            Staff,
            Section(N_("Person"), "name", "name_latin", "sex", "role", "phone", "speaks", "started_on", "ended_on"),
            save=partial(self._save, person.id),
        )  # fmt: skip
        form.show_record(person)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(form)
        area.setFocusProxy(form.rows["name"].editor)
        self.page.push(person.name, area)

    def _save(self, key: int, name: str, value: Any) -> None:
        with self.db.begin(N_("Change a staff file")) as session:
            staff.change(session, key, **{name: value})
        self.context.shell.saved()


def _columns() -> list[Column]:
    paper: dict[str, Any] = {
        "width": 185, "sortable": False, "word": _standing, "tone": lambda p: _TONES[p.standing],
        "icon": lambda p: _ICONS[p.standing],
    }  # fmt: skip
    return [
        *(Column(name, describe(Staff, name).label, width=150) for name in ("name", "role", "phone")),
        Column("check", _("Background check"), **paper),
        Column("health", _("Health certificate"), **paper),
        Column("first_aid", _("First aid"), **paper),
        Column("code", _("Code of conduct"), **paper),
    ]


def _row(person: Staff, papers: Sequence[StaffPaper]) -> tuple[Any, ...]:
    day = clock.today()
    return (person.id, person.name, person.role, person.phone, *(staff_papers.standing(papers, k, day) for k in _SHOWN))


def _standing(paper: Paper) -> str:
    """Write how a paper stands, in words as well as in colour."""
    match paper.standing:
        case Standing.MISSING:
            return _("missing")
        case Standing.EXPIRED:
            return _("expired {day}").format(day=paper.until)
        case Standing.EXPIRES:
            return _("until {day}, soon").format(day=paper.until)
        case _:
            return _("until {day}").format(day=paper.until) if paper.until else _("signed")
