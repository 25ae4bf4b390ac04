"""The trend of the children in production: what can be said in sentences, and the figure that is also printed."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.i18n import _
from ccfs_desktop.services import patrols_trend, seasons
from ccfs_desktop.services.patrols_trend import PHASE_WORDS
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.figure import FigureView
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.views.patrols import PatrolsPlace

_FIGURE = 860
"""A figure wider than that no longer fits on the screen with its sentences."""


class TrendPart(QWidget):
    """Before, during and after the season, and the same months a year earlier."""

    def __init__(self, place: "PatrolsPlace") -> None:
        """Build it, empty."""
        super().__init__()
        self.place, self.db = place, place.db
        self.figure = FigureView()
        self.figure.setMaximumWidth(theme.px(_FIGURE))
        self.now = {phase: words("", wrap=True) for phase in PHASE_WORDS}
        self.year_ago = {phase: words("", "quiet", wrap=True) for phase in PHASE_WORDS}
        self.area = QScrollArea()
        self.print_button = button(_("Print the trend"), self.printed, "printer")
        self._build()

    def refresh(self) -> None:
        """Reckon it again."""
        from ccfs_desktop.reports.patrol_chart import chart  # noqa: PLC0415 (figures are loaded when one is shown)

        with self.db.read() as session:
            trend = patrols_trend.read(session, seasons.current(session, clock.today()))
        for pair in trend.phases:
            self.now[pair.phase].setText(patrols_trend.sentence(pair.now))
            self.year_ago[pair.phase].setText(patrols_trend.sentence(pair.year_ago))
        self.figure.show_figure(chart(trend))

    def begin(self) -> None:
        """Put the cursor where the arrows scroll."""
        self.area.setFocus()

    def printed(self) -> None:
        """Print the page."""
        from ccfs_desktop.reports import issue_patrols  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.reports.order import Order  # noqa: PLC0415

        day = clock.today()
        make = partial(issue_patrols.trend, self.db, Order(day))
        self.place.preview(_("Children in production: the trend"), f"patrol-trend-{day}", make)

    def _build(self) -> None:
        sheet = QWidget()
        sheet.setObjectName("sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(24, 12, 24, 24)
        column.setSpacing(4)
        for phase, title in PHASE_WORDS.items():
            column.addWidget(words(_(title), "section"))
            column.addWidget(self.now[phase])
            column.addWidget(self.year_ago[phase])
            column.addSpacing(8)
        column.addWidget(self.figure)
        column.addSpacing(8)
        column.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
