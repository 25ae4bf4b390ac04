"""The Reports page: what can be printed, what was issued, and whether a file is what was issued."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop import clock, i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.services import documents, offices, periods, seasons, staff, standards
from ccfs_desktop.views.data_quality import QualityPlace
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.places import Place, PlacesPage
from ccfs_desktop.views.kit.states import words
from ccfs_desktop.views.reports_figures import FiguresPlace
from ccfs_desktop.views.reports_pack import PackPlace
from ccfs_desktop.views.reports_register import RegisterPlace
from ccfs_desktop.views.reports_verify import VerifyPlace

if TYPE_CHECKING:
    from ccfs_desktop.reports.order import Order, Printable, When


class PapersPlace(Place):
    """The papers of a day, with the few choices each allows."""

    name = "papers"
    title = N_("Papers")
    primary = N_("Show the paper")
    primary_icon = "eye"

    def __init__(self, page: Page) -> None:
        """Build the list of papers and the choices beside it."""
        super().__init__(page)
        self.papers = QListWidget()
        self.papers.setObjectName("papers")
        self.papers.setAccessibleName(_("Papers"))
        self.papers.setIconSize(QSize(20, 20))
        self.papers.setFixedWidth(theme.px(260))
        self.papers.currentRowChanged.connect(self._chosen)
        self.papers.itemActivated.connect(lambda _item: self.act())  # pyright: ignore[reportUnknownLambdaType]
        self.about = words("", "quiet", wrap=True)
        self.caption = words("", "section")
        self.issued = words(
            _("It gets a number and a seal, is signed and kept; printed again it is the same, byte for byte."),
            "help", wrap=True,
        )  # fmt: skip
        self.day, self.until, self.week = QComboBox(), QComboBox(), QComboBox()
        self.month, self.standard = QComboBox(), QComboBox()
        self.staff, self.group, self.layout_of, self.languages = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.archive = QCheckBox(_("For the archive (PDF/A)"))
        self.form = QFormLayout()
        self._build()

    def _printables(self) -> "list[Printable]":
        """Return the papers that this user may ask for."""
        from ccfs_desktop.reports.printables import PRINTABLES  # noqa: PLC0415

        return [paper for paper in PRINTABLES if not paper.right or self.context.may(paper.right)]

    def refresh(self) -> None:
        """Read the season's days and groups again."""
        try:
            with self.db.read() as session:
                season = seasons.current(session, clock.today())
                days = seasons.open_days(session, season)
                groups = [g.name for g in seasons.groups(session, season)]
                names = [s.name for s in staff.everybody(session, day=clock.today())]
                factory = offices.factory(session)
                months = periods.offered(session)
        except UserError as error:
            self.page.show_empty("calendar", str(error))
            return
        self.page.show_content()
        self._fill_papers()
        self._fill_days(days)
        _fill(self.month, [(one.title, (one.first, one.last)) for one in months])
        _fill(self.standard, [(_(one.title), one.code) for one in standards.every()], _held(self.standard))
        _fill(self.staff, [(_("Everybody"), ""), *((name, name) for name in names)])
        _fill(self.group, [(_("All groups"), ""), *((name, name) for name in groups)])
        _fill(self.layout_of, [(_(choice.word), choice) for choice in SheetLayout], factory.sheet_layout)
        _fill(self.languages, _language_pairs(factory.languages), factory.languages)

    def open(self, **target: Any) -> None:
        """Show a paper at once: ``open(paper="roster", day=…)``; also ``until``, ``month``, ``standard``, ``staff``."""
        names = [p.name for p in self._printables()]
        if target.get("paper") in names:
            self.papers.setCurrentRow(names.index(target["paper"]))
        day = target.get("day")
        if day is not None:
            _choose(self.day, day)
            _choose(self.week, _monday(day))
        for field, name in (
            (self.until, "until"), (self.staff, "staff"), (self.month, "month"), (self.standard, "standard")
        ):  # fmt: skip
            if target.get(name) is not None:
                _choose(field, target[name])

    def act(self) -> None:
        """Make the paper and show it."""
        paper, order = self._paper(), self._order()
        if paper is None or order is None:
            return
        self.page.work(
            _("Printing …"), lambda _job: paper.make(self.db, order), lambda pdf: self._preview(paper, order, pdf)
        )

    printed = act

    # ---------------------------------------------------------------------------------------------------- inside

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.papers)
        rule = QFrame()
        rule.setObjectName("rule")
        row.addWidget(rule)
        column = QVBoxLayout()
        column.setContentsMargins(32, 24, 16, 24)
        column.setSpacing(8)
        column.addWidget(self.caption)
        column.addWidget(self.about)
        column.addSpacing(16)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(12)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for title, field in (
            (_("Day"), self.day),
            (_("Until"), self.until),
            (_("Week"), self.week),
            (_("Period"), self.month),
            (_("Standard"), self.standard),
            (_("Member of staff"), self.staff),
            (_("Group"), self.group),
            (_("Layout"), self.layout_of),
            (_("Languages"), self.languages),
        ):
            field.setFixedWidth(theme.px(360))
            field.setAccessibleName(title)
            self.form.addRow(words(title, "label"), field)
        self.form.addRow(words(""), self.archive)
        column.addLayout(self.form)
        column.addWidget(self.issued)
        column.addStretch(1)
        row.addLayout(column, 1)
        self.body.addLayout(row)

    def _fill_papers(self) -> None:
        if self.papers.count():
            return
        for paper in self._printables():
            item = QListWidgetItem(icons.icon(paper.icon), _(paper.title))
            item.setSizeHint(QSize(0, theme.px(40)))
            self.papers.addItem(item)
        self.papers.setCurrentRow(0)

    def _fill_days(self, days: list[date]) -> None:
        chosen = self.day.currentData() or next((d for d in days if d >= clock.today()), days[-1] if days else None)
        full = [(format_date(d, "full", locale=i18n.language()), d) for d in days]
        _fill(self.day, full, chosen)
        _fill(self.until, [(_("Only this day"), None), *full])
        mondays = list(dict.fromkeys(_monday(d) for d in days))
        weeks = [(_("Week from {day}").format(day=format_date(d, "long", locale=i18n.language())), d) for d in mondays]
        _fill(self.week, weeks, self.week.currentData() or (_monday(chosen) if chosen else None))

    def _chosen(self, _row: int) -> None:
        paper = self._paper()
        if paper is None:
            return
        self.caption.setText(_(paper.title))
        self.about.setText(_(paper.about))
        for field, shown in self._choices(paper).items():
            self.form.setRowVisible(field, shown)
        self.issued.setVisible(paper.issued)

    def _choices(self, paper: "Printable") -> dict[QWidget, bool]:
        """Return which fields a paper asks for."""
        from ccfs_desktop.reports.order import When  # noqa: PLC0415

        return {
            self.day: When.DAY in paper.when or When.PERIOD in paper.when,
            self.until: When.PERIOD in paper.when,
            self.week: When.WEEK in paper.when,
            self.month: When.MONTH in paper.when,
            self.standard: paper.by_standard,
            self.staff: paper.by_staff,
            self.group: paper.by_group,
            self.layout_of: paper.by_group,
            self.archive: not paper.issued,
        }

    def _paper(self) -> "Printable | None":
        row = self.papers.currentRow()
        return self._printables()[row] if row >= 0 else None

    def _order(self) -> "Order | None":
        from ccfs_desktop.reports.order import Order, When  # noqa: PLC0415 (paper is loaded when it is needed)

        paper = self._paper()
        first, last = self._days(paper.when if paper else ())
        if paper is None or first is None:
            self.page.warn(self._no_day(paper))
            return None
        return Order(
            first,
            self.group.currentData() or "",
            self.layout_of.currentData(),
            tuple(self.languages.currentData() or ()),
            self.archive.isChecked(),
            until=last if {When.PERIOD, When.MONTH} & set(paper.when) else None,
            staff=(self.staff.currentData() or "") if paper.by_staff else "",
            standard=(self.standard.currentData() or "") if paper.by_standard else "",
        )

    def _days(self, when: "tuple[When, ...]") -> tuple[date | None, date | None]:
        """Return the first and the last day chosen for a paper."""
        from ccfs_desktop.reports.order import When  # noqa: PLC0415

        if When.MONTH in when:
            return self.month.currentData() or (None, None)
        if When.WEEK in when:
            return self.week.currentData(), None
        if when == (When.NOW,) and self.day.currentData():
            return clock.today(), None
        return self.day.currentData(), self.until.currentData()

    def _no_day(self, paper: "Printable | None") -> str:
        from ccfs_desktop.reports.order import When  # noqa: PLC0415

        if paper and When.MONTH in paper.when:
            return _("No day of the season is over yet.")
        return _("The season has no open day. Look at its calendar in Settings.")

    def _preview(self, paper: "Printable", order: "Order", pdf: bytes) -> None:
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        self.context.shell.saved()
        number = next((mark.number for mark in documents.marks(pdf)), "")
        title = f"{_(paper.title)} · {number}" if number else _(paper.title)
        self.page.push(title, Paper(pdf, f"{paper.name}-{number or order.day}", say=self.page.say))


class ReportsPage(PlacesPage):
    """Papers, the audit pack, the key figures, what was issued, verifying a file, what an auditor would ask about."""

    title = N_("Reports")
    help = "reports.md"
    places = (PapersPlace, PackPlace, FiguresPlace, RegisterPlace, VerifyPlace, QualityPlace)

    def open(self, **target: Any) -> None:
        """Show a paper, a document that was issued, or a place.

        Args:
            target: ``paper`` with its choices, ``document`` (an id in the register), ``place``.
        """
        place = "register" if target.get("document") else "papers"
        super().open(place=target.pop("place", place), **target)


def _held(field: QComboBox) -> str:
    """Return the standard that is chosen, at first the usual one."""
    return str(field.currentData() or standards.DEFAULT)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _choose(field: QComboBox, value: Any) -> None:
    """Choose a value, if it is offered; Qt's own search does not know our days."""
    values = [field.itemData(n) for n in range(field.count())]
    if value in values:
        field.setCurrentIndex(values.index(value))


def _language_pairs(own: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Offer the factory's own choice first, then every language alone and with English beside it."""
    pairs = [own, *((code,) for code in i18n.LANGUAGES), *((code, "en") for code in i18n.LANGUAGES if code != "en")]
    return [(" + ".join(i18n.LANGUAGES[c] for c in codes), codes) for codes in dict.fromkeys(pairs)]


def _fill(field: QComboBox, choices: list[tuple[str, Any]], chosen: Any = None) -> None:
    wanted = chosen if chosen is not None else field.currentData()
    field.clear()
    for text, value in choices:
        field.addItem(text, value)
    values = [value for _text, value in choices]
    field.setCurrentIndex(values.index(wanted) if wanted in values else 0)
