"""A person's file over the list: whether it counts today, and all that is kept about it."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import photos, staff
from ccfs_desktop.services.staff import StaffFile
from ccfs_desktop.views import staff_print
from ccfs_desktop.views.child_face import show_face
from ccfs_desktop.views.kit.states import button, tool
from ccfs_desktop.views.staff_availability import StaffAvailability
from ccfs_desktop.views.staff_facts import StaffFacts
from ccfs_desktop.views.staff_history import StaffHistory
from ccfs_desktop.views.staff_paper_list import StaffPapers
from ccfs_desktop.views.staff_standing import StandingStrip
from ccfs_desktop.views.staff_tab import StaffTab

if TYPE_CHECKING:
    from ccfs_desktop.views.staff_files import FilesPlace

_TABS: tuple[type[StaffTab], ...] = (StaffFacts, StaffPapers, StaffAvailability, StaffHistory)
_FACE = 36


class StaffRecord(QWidget):
    """The file. Each field is stored when it is left; the strip on top follows at once."""

    def __init__(self, place: "FilesPlace", season: Season, staff_id: int) -> None:
        """Read the file and show it.

        Args:
            place: the list, over which it lies.
            season: which papers a person must have to count.
            staff_id: whose file.

        Raises:
            UserError: the person is no longer there.
        """
        super().__init__()
        self.place, self.page, self.season, self.staff_id = place, place.page, season, staff_id
        self.file: StaffFile = self._read()
        self.face = QLabel()
        self.strip = StandingStrip(self)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._parts: dict[type[StaffTab], StaffTab] = {}
        self._places: dict[type[StaffTab], QVBoxLayout] = {}
        for kind in _TABS:
            holder = QWidget()
            self._places[kind] = QVBoxLayout(holder)
            self._places[kind].setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, _(kind.title))
        self.tabs.currentChanged.connect(self._enter)
        self._build()
        self.setFocusProxy(self.tabs)
        self._show()
        self.part(StaffFacts)

    def changed(self) -> None:
        """Read the file again after something was stored."""
        self.page.context.shell.saved()
        try:
            self.file = self._read()
        except UserError as error:
            self.page.tell(error)
            return
        self.name_page()
        self._show()

    def part(self, kind: type[StaffTab]) -> Any:
        """Return a part of the file; it is built when it is first wanted."""
        if kind not in self._parts:
            built = self._parts[kind] = kind(self)
            self._places[kind].addWidget(built)
            built.show()  # at once, so that the cursor can go there
            built.show_as_allowed(self.file)
        return self._parts[kind]

    def show_part(self, kind: type[StaffTab]) -> None:
        """Bring a part of the file into view, and the cursor into it."""
        self.tabs.setCurrentIndex(_TABS.index(kind))
        self.part(kind).setFocus()

    def show_papers(self) -> None:
        """Bring the papers into view."""
        self.show_part(StaffPapers)

    def print(self, name: str) -> None:
        """Print one of the person's papers."""
        staff_print.show(self.page, name, [self.staff_id])

    def name_page(self) -> None:
        """Write in the page's head whose file this is."""
        person = self.file.person
        name = f"{person.name}  {person.name_latin}" if person.name_latin else person.name
        facts = (_(person.role.word), self.file.group, person.phone)
        self.page.header.name(name, " · ".join(fact for fact in facts if fact))

    def _read(self) -> StaffFile:
        with self.page.db.read() as session:
            return staff.file(session, self.season, self.staff_id, clock.today())

    def _show(self) -> None:
        jpeg = None
        if self.file.person.has_photo:
            with self.page.db.read() as session:
                jpeg = photos.of(session, self.staff_id, Staff)
        self.face.setVisible(jpeg is not None)
        show_face(self.face, jpeg, _FACE)
        self.strip.show_file(self.file)
        for part in self._parts.values():
            part.show_as_allowed(self.file)

    def _build(self) -> None:
        self.printer: QPushButton = button(_("Print"), lambda: None, "printer")
        self.printer.setMenu(staff_print.menu(self, self.print, ("staff-file", "code-of-conduct")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.tabs, 1)
        self.strip.frame(self.face, self._steps(), self.printer)
        bar = self.tabs.tabBar()
        bar.setExpanding(False)
        bar.setUsesScrollButtons(True)

    def _steps(self) -> QWidget:
        """Return the two buttons that go to the person before and after in the list."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for icon, text, keys, rows in (
            ("chevron-left", _("The person before in the list (Ctrl+Page Up)"), "Ctrl+PgUp", -1),
            ("chevron-right", _("The next person of the list (Ctrl+Page Down)"), "Ctrl+PgDown", 1),
        ):
            step = partial(self.place.step, rows)
            row.addWidget(tool(icon, text, step))
            QShortcut(QKeySequence(keys), self, step)
        return holder

    def _enter(self, number: int) -> None:
        self.part(_TABS[number]).entered()
