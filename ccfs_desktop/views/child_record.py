"""A child's file over the list: who it is, whether its papers are complete, and all that is kept about it."""

from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.models.enrolment import Status
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import children, photos, reveals, seasons
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.views import child_print
from ccfs_desktop.views.child_attendance import AttendanceTab
from ccfs_desktop.views.child_consents import ConsentsTab
from ccfs_desktop.views.child_face import show_face
from ccfs_desktop.views.child_facts import FactsTab
from ccfs_desktop.views.child_family import FamilyTab
from ccfs_desktop.views.child_health import HealthTab
from ccfs_desktop.views.child_history import HistoryTab
from ccfs_desktop.views.child_incidents import IncidentsTab
from ccfs_desktop.views.child_place import PlaceTab
from ccfs_desktop.views.child_readiness import Readiness
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import Banner, button, mark, tool

_TABS: tuple[type[ChildTab], ...] = (
    FactsTab,
    FamilyTab,
    HealthTab,
    ConsentsTab,
    PlaceTab,
    AttendanceTab,
    IncidentsTab,
    HistoryTab,
)
_FACE = 36


class ChildRecord(QWidget):
    """The file. Each field is stored when it is left; the strip on top follows at once."""

    def __init__(self, page: Page, season: Season, child_id: int) -> None:
        """Read the file and show it.

        Args:
            page: the children's page, over which it lies.
            season: whose place and attendance are shown.
            child_id: whose file.

        Raises:
            UserError: the child is no longer there.
        """
        super().__init__()
        self.page, self.season, self.child_id = page, season, child_id
        self.file: ChildFile = self._read()
        self.face, self.state = QLabel(), mark("")
        self.readiness, self.veil = Readiness(self), Banner()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._parts: dict[type[ChildTab], ChildTab] = {}
        self._places: dict[type[ChildTab], QVBoxLayout] = {}
        for kind in _TABS:
            holder = QWidget()
            self._places[kind] = QVBoxLayout(holder)
            self._places[kind].setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, _(kind.title))
        self.tabs.currentChanged.connect(self._enter)
        self._build()
        self.setFocusProxy(self.tabs)
        self._show()
        self.part(FactsTab)

    @property
    def name(self) -> str:
        """What the page is called while the file is open."""
        child = self.file.child
        return f"{child.name}  {child.name_latin}" if child.name_latin else child.name

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

    def show_part(self, kind: type[ChildTab]) -> None:
        """Bring a part of the file into view."""
        self.tabs.setCurrentIndex(_TABS.index(kind))
        self.part(kind).setFocus()

    def part(self, kind: type[ChildTab]) -> Any:
        """Return a part of the file; it is built when it is first wanted."""
        if kind not in self._parts:
            built = self._parts[kind] = kind(self)
            self._places[kind].addWidget(built)
            built.show_as_allowed(self.file)
        return self._parts[kind]

    def print(self, name: str) -> None:
        """Print one of the child's papers."""
        child_print.show(self.page, name, [self.child_id])

    def _read(self) -> ChildFile:
        with self.page.db.read() as session:
            return children.file(session, self.season, self.child_id)

    def _show(self) -> None:
        self._show_head()
        self._show_face()
        self.readiness.show_file(self.file)
        self._show_veil()
        for part in self._parts.values():
            part.show_as_allowed(self.file)

    def facts(self) -> str:
        """Return what tells this child from others, in a line."""
        child, enrolment = self.file.child, self.file.enrolment
        age = seasons.age_on(child.birth_date, clock.today())
        facts = (
            _("No. {number}").format(number=enrolment.number) if enrolment and enrolment.number else "",
            ngettext("{n} year old", "{n} years old", age).format(n=age),
            enrolment.group.name if enrolment and enrolment.group else "",
            listed(link.guardian.name for link in self.file.guardianships),
        )
        return " · ".join(fact for fact in facts if fact)

    def name_page(self) -> None:
        """Write in the page's head whose file this is."""
        self.page.header.name(self.name, self.facts())

    def _show_head(self) -> None:
        enrolment = self.file.enrolment
        placed = enrolment is not None and enrolment.status is Status.ENROLLED
        self.state.setText(_(enrolment.status.word) if enrolment else _("Not in this season"))
        theme.mark(self.state, tone="accent" if placed else "warning")

    def _show_face(self) -> None:
        jpeg = None
        if self.file.child.has_photo:
            with self.page.db.read() as session:
                jpeg = photos.of(session, self.child_id)
        self.face.setVisible(jpeg is not None)
        show_face(self.face, jpeg, _FACE)

    def _show_veil(self) -> None:
        """Say that names are masked, and offer to reveal this family's."""
        if not reveals.masks(self.page.db) or reveals.is_revealed(self.page.db, self.child_id):
            self.veil.hide()
            return
        sentence = _("Names and phones are masked. Who looks at a family by name is recorded.")
        self.veil.tell(sentence, "accent", _("Reveal this family"), self.reveal)

    def reveal(self) -> None:
        """Show this family by name from now on; the trail tells."""
        reveals.reveal(self.page.db, self.child_id)
        self.changed()

    def _build(self) -> None:
        self.printer: QPushButton = button(_("Print"), lambda: None, "printer")
        self.printer.setMenu(child_print.menu(self, self.print))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.readiness)
        column.addWidget(self.veil)
        column.addWidget(self.tabs, 1)
        self.readiness.frame(self.face, self.state, self._steps(), self.printer)
        bar = self.tabs.tabBar()
        bar.setExpanding(False)
        bar.setUsesScrollButtons(True)

    def _steps(self) -> QWidget:
        """Return the two buttons that go to the child before and after in the list; on its own a file has none."""
        holder = QWidget()
        step = getattr(self.page, "step", None)
        if step is None:
            return holder
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for icon, text, keys, rows in (
            ("chevron-left", _("The child before in the list (Ctrl+Page Up)"), "Ctrl+PgUp", -1),
            ("chevron-right", _("The next child of the list (Ctrl+Page Down)"), "Ctrl+PgDown", 1),
        ):
            row.addWidget(tool(icon, text, partial(step, rows)))
            QShortcut(QKeySequence(keys), self, partial(step, rows))
        return holder

    def _enter(self, number: int) -> None:
        self.part(_TABS[number]).entered()
