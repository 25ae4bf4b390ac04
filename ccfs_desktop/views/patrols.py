"""Production areas: the patrol log of a day, the children found, the trend, and the plan, one at a time."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.patrol import Patrol
from ccfs_desktop.services import sightings
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.form import Form
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.patrols_log import LogPart
from ccfs_desktop.views.patrols_plan import PlanPart
from ccfs_desktop.views.patrols_trend import TrendPart
from ccfs_desktop.views.record_desk import Desk
from ccfs_desktop.views.sighting_panel import SightingPanel
from ccfs_desktop.views.sightings import SightingsPart

if TYPE_CHECKING:
    from ccfs_desktop.views.safety import SafetyPage

_PARTS = {
    "log": N_("Patrol log"), "sightings": N_("Children found"), "trend": N_("Trend"), "plan": N_("Plan"),
}  # fmt: skip


class PatrolsPlace(Place):
    """Its parts read the office when they come into view."""

    name = "patrols"
    title = N_("Production areas")
    primary = N_("Enter a child found")
    primary_icon = "plus"
    within = tuple((title, {"part": key}) for key, title in _PARTS.items())

    def __init__(self, page: "SafetyPage") -> None:
        """Build its parts, empty."""
        super().__init__(page)
        self.safety = page
        self.drafts: dict[Any, dict[str, Any]] = {}
        """What was typed above the page and is not kept yet."""
        self.log, self.found = LogPart(self), SightingsPart(self)
        self.trend, self.plan = TrendPart(self), PlanPart(self)
        self.parts: dict[str, LogPart | SightingsPart | TrendPart | PlanPart] = {
            "log": self.log, "sightings": self.found, "trend": self.trend, "plan": self.plan,
        }  # fmt: skip
        self.chooser = FilterBar([Chip(key, _(title)) for key, title in _PARTS.items()], search=False)
        self.chooser.filtered.connect(self.show_part)
        self.stack = QStackedWidget()
        for part in self.parts.values():
            self.stack.addWidget(part)
        self.body.addWidget(self.chooser)
        self.body.addWidget(self.stack, 1)

    @property
    def part(self) -> "LogPart | SightingsPart | TrendPart | PlanPart":
        """The part in view."""
        return self.parts[self.chooser.chosen or "log"]

    def refresh(self) -> None:
        """Read the part in view again."""
        try:
            self.part.refresh()
        except UserError as error:
            self.page.tell(error)
        else:
            self.page.show_content()

    def show_part(self, key: str) -> None:
        """Bring a part into view."""
        if self.chooser.chosen != key:
            self.chooser.choose(key)
            return
        self.stack.setCurrentWidget(self.parts[key])
        self.refresh()
        self.part.begin()

    def open(self, **target: Any) -> None:
        """Show a part: ``open(part="log", day=…)``, ``open(part="sightings", sighting=7)``."""
        self.show_part(target.get("part", "log"))
        if target.get("day"):
            self.log.show_day(target["day"])
        if target.get("sighting"):
            self.found.show_sighting(target["sighting"])

    def setFocus(self, *_reason: Any) -> None:  # noqa: N802 (Qt's own name)
        """Begin where one begins in the part in view."""
        self.part.begin()

    def act(self) -> None:
        """Enter a child that was found, on no patrol."""
        self._ask_who(_("A child found in production"), SightingPanel(self, day=self.log.day))

    def describe(self, patrol: Patrol) -> None:
        """Ask who the children seen on a patrol were."""
        self._ask_who(
            _("A child seen on the patrol of {day}").format(day=patrol.day), SightingPanel(self, patrol=patrol)
        )

    def change(self, sighting_id: int) -> None:
        """Look at a sighting, and correct it."""
        with self.db.read() as session:
            held = sightings.get(session, sighting_id)
        self._ask_who(_("A child found in production"), SightingPanel(self, held=held))

    def printed(self) -> None:
        """Print what the part in view is about."""
        self.part.printed()

    def push(self, title: str, form: Form, keep: Callable[[dict[str, Any]], object], *, new: str = "") -> Desk:
        """Lay a form over the page until it is kept or left.

        Args:
            title: of the page meanwhile.
            form: what is asked, filled.
            keep: gets the values; may raise ``Invalid`` or ``UserError``.
            new: names what is new, whose draft waits; otherwise something is corrected.
        """
        values, first = {name: row.stored for name, row in form.rows.items()}, next(iter(form.rows))
        desk = Desk(form, keep, self.drafts, new, self.page.pop)
        if not new:
            desk.correct(values, keep, first)
        elif desk.isHidden():
            desk.begin(values, first)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.addWidget(desk)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(sheet)
        area.setFocusProxy(next(iter(form.rows.values())).editor)
        self.page.push(title, area)
        return desk

    def preview(self, title: str, name: str, make: Callable[[], bytes]) -> None:
        """Print something beside the window, and show it."""
        show = partial(self.safety.preview, title, name)
        self.page.work(_("Printing …"), lambda _job: make(), show)

    def _ask_who(self, title: str, panel: SightingPanel) -> None:
        self.page.push(title, panel)
        panel.begin()
