"""The key figures on the screen, and from each the way to its records. Source: domain.md 6.7."""

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import compliance_people, kpis, periods
from ccfs_desktop.services.kpis import KpiFacts
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.statistics import Figure
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.figure import FigureView
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.kit.table import Column, Rows, Table

_ROOM = 620
"""A lower place shows the list without the figure."""


class FiguresPlace(Place):
    """K01 to K14 of a month or a season."""

    name = "figures"
    title = N_("Key figures")
    primary = N_("Where from?")
    primary_icon = "search"
    right = "figures"

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.facts: KpiFacts | None = None
        self.figures: dict[str, Figure] = {}
        self.periods: list[Period] = []
        self.period = QComboBox()
        self.period.setAccessibleName(_("Month or season"))
        self.period.setFixedWidth(theme.px(260))
        self.period.currentIndexChanged.connect(lambda _n: self._gather())  # pyright: ignore
        self.columns = [
            Column("title", _("Key figure"), 250, sortable=False),
            Column("value", _("Value"), 90, number=True, sortable=False),
            Column("interval", _("95-per-cent interval"), 130, number=True, sortable=False),
            Column("counted", _("Reckoned from"), 150, number=True, sortable=False),
            Column("note", _("To know"), 420, sortable=False),
        ]
        self.table = Table("figures", self.columns)
        self.table.activated_key.connect(self.where_from)
        self.table.chosen.connect(lambda _key: self._tell())  # pyright: ignore
        self.chart = FigureView()
        self.chart.setMaximumWidth(theme.px(860))
        self.told = words("", "quiet", wrap=True)
        self._build()

    def refresh(self) -> None:
        """Read which periods there are, and reckon the one in view again."""
        with self.db.read() as session:
            self.periods = periods.offered(session)
        if not self.periods:
            self.page.show_empty("calendar", _("No day of the season is over yet."))
            return
        self.page.show_content()
        shown = max(self.period.currentIndex(), 0)
        self.period.blockSignals(True)
        self.period.clear()
        self.period.addItems([one.title for one in self.periods])
        self.period.setCurrentIndex(min(shown, len(self.periods) - 1))
        self.period.blockSignals(False)
        self._gather()

    def act(self) -> None:
        """Show where the chosen figure is from."""
        self.where_from(self.table.key())

    def open(self, **target: Any) -> None:
        """Show a figure: ``open(figure="K10")``."""
        ids = list(self.figures)
        if target.get("figure") in ids:
            self.table.choose(ids.index(target["figure"]))

    def printed(self) -> None:
        """Go to the compliance report of the period in view."""
        period = self._period()
        if period:
            month = (period.first, period.last)
            self.context.shell.go("reports", place="papers", paper="compliance-report", month=month)

    def where_from(self, key: str | None) -> None:
        """Show the records a figure is reckoned from."""
        if key and self.facts:
            page, target = kpis.where(self.facts, key)
            self.context.shell.go(page, **target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the figure where there is room for it."""
        super().resizeEvent(event)
        self.chart.setVisible(self.height() >= theme.px(_ROOM))

    # ---------------------------------------------------------------------------------------------------- inside

    def _period(self) -> Period | None:
        place = self.period.currentIndex()
        return self.periods[place] if 0 <= place < len(self.periods) else None

    def _gather(self) -> None:
        period = self._period()
        if period is None:
            return

        def read(_job: object) -> KpiFacts:
            with self.db.read() as session:
                return kpis.gather(session, period)

        self.page.work(_("Reckoning …"), read, self._show)

    def _show(self, facts: KpiFacts) -> None:
        from ccfs_desktop.reports.attendance_chart import chart  # noqa: PLC0415 (figures are loaded when one is shown)

        chosen = self.table.key()
        self.facts = facts
        self.figures = {one.id: one for one in kpis.figures(facts)}
        rows = [
            (one.id, f"{one.id}  {one.title}", one.text, one.interval_text, one.counted, one.note)
            for one in self.figures.values()
        ]
        self.table.show_rows(Rows(rows, self.columns))
        self.chart.show_figure(chart(compliance_people.days(facts.attendance, facts.proof)))
        self.table.choose(list(self.figures).index(chosen) if chosen in self.figures else 0)
        self._tell()

    def _tell(self) -> None:
        figure = self.figures.get(self.table.key() or "")
        self.told.setText(f"{figure.definition} {figure.note}".strip() if figure else "")

    def _build(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(16, 8, 16, 8)
        above.setSpacing(12)
        above.addWidget(words(_("Month or season"), "label"))
        above.addWidget(self.period)
        above.addStretch(1)
        above.addWidget(button(_("Compliance report"), self.printed, "file-text"))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.addWidget(self.told, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(hairline())
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addLayout(foot)
        column.addWidget(self.chart)
        self.body.addWidget(content)
        self.setFocusProxy(self.table)
