"""Before the auditor does: what is missing or looks unlikely in the records, and a place for the true explanation."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import data_quality, seasons
from ccfs_desktop.services.closing import Severity
from ccfs_desktop.services.data_quality import PLACE
from ccfs_desktop.services.flaws import Family, Flaw, Way
from ccfs_desktop.services.roles import Right
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import EmptyState, Fitting, button, hairline
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.kit.work import Job
from ccfs_desktop.views.quality_card import QualityCard

_STATES = {
    "yes": (N_("Explained"), "circle-check", "quiet"),
    "no": (N_("Not explained"), "circle-alert", "warning"),
    "critical": (N_("Not explained"), "circle-alert", "danger"),
    "notice": (N_("To know"), "info", "quiet"),
}  # fmt: skip
_WEEKS = timedelta(days=13)

Period = tuple[date, date]


class QualityPlace(Place):
    """The list of flaws, newest first, with the card beside it; read on the worker thread."""

    name = PLACE
    title = N_("Before the auditor does")
    primary = N_("Look through the records")
    primary_icon = "search"
    right = Right.CLOSE

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.season: Season | None = None
        self.flaws: list[Flaw] = []
        self.job: Job | None = None
        self._until = clock.today()
        """The last day that is over."""
        self._read_at: tuple[object, ...] = ()
        """What the list was read from: period, day and the newest entry of the trail."""
        self.period = QComboBox()
        self.period.setAccessibleName(_("Period"))
        self.explained = QCheckBox(_("Explained ones too"))
        self.filters = FilterBar(hint=_("Name, day or word"))
        self.columns = [
            Column("day", _("Day"), 86),
            Column("what", _("What"), 200),
            Column("who", _("Child or adult"), 100),
            Column(
                "state", _("Explained?"), 126, word=lambda state: _(_STATES[state][0]),
                tone=lambda state: _STATES[state][2], icon=lambda state: _STATES[state][1],
            ),
            Column("sentence", _("In words"), 420),
        ]  # fmt: skip
        self.table, self.card = Table("data-quality", self.columns), QualityCard()
        self.table.setSelectionMode(self.table.SelectionMode.ExtendedSelection)
        self.summary, self.stack = Fitting("quiet"), QStackedWidget()
        self.nothing, self.holder = EmptyState("circle-check", ""), QWidget()
        self._build()
        self._connect()

    # ------------------------------------------------------------------------------------------- what it shows

    def refresh(self) -> None:
        """Look through the records, unless nothing was written since."""
        try:
            with self.db.read() as session:
                self.season = seasons.current(session, clock.today())
                self._until = data_quality.over(session, self.season, self.season.last_day)
        except UserError as error:
            self.season = None
            self.page.show_unready(error)
            return
        self.page.show_content()
        self._offer_periods(self.season, self._until)
        if self._read_at != self._now():
            self.look()

    def act(self) -> None:
        """Look through the records again."""
        self.look()

    def open(self, **target: Any) -> None:
        """Show the flaws of one family: ``open(family="times")``."""
        if target.get("family"):
            self.filters.choose(target["family"])

    def look(self) -> None:
        """Read the flaws of the chosen period beside the window."""
        season, period = self.season, self._chosen_period
        if season is None or (self.job and not self.job.cancelled):
            return
        now = self._now()

        def task(job: Job) -> list[Flaw]:
            with self.db.read() as session:
                return data_quality.read(session, season, *period, job)

        def done(found: list[Flaw]) -> None:
            self.job, self._read_at, self.flaws = None, now, found
            self._fill()

        def failed(error: UserError) -> None:
            self.job = None
            self.page.tell(error)

        if not self._read_at:
            self._say("search", _("The records are looked through."))
        self.job = self.page.work(_("Looking through the records …"), task, done, failed)

    def printed(self) -> None:
        """Print the list of the period."""
        from ccfs_desktop.reports import issue_quality  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.reports.order import Order  # noqa: PLC0415

        if self.season is None:
            return
        first, last = self._chosen_period
        order = Order(first, until=last)
        self.page.work(_("Printing …"), lambda _job: issue_quality.flaws(self.db, order), partial(self._preview, last))

    def _preview(self, day: date, pdf: bytes) -> None:
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        self.page.push(_(self.title), Paper(pdf, f"data-quality-{day}", say=self.page.say))

    # ---------------------------------------------------------------------------------------------- the period

    def _offer_periods(self, season: Season, until: date) -> None:
        """Offer the season, its last two weeks, and its months."""
        days = [season.first_day + timedelta(days=n) for n in range(max(0, (until - season.first_day).days) + 1)]
        months = [list(month) for _key, month in groupby(days, lambda day: (day.year, day.month))]
        periods: dict[str, Period] = {
            _("The season so far"): (season.first_day, season.last_day),
            _("The last two weeks"): (max(season.first_day, until - _WEEKS), until),
        }
        for month in months:
            periods[f"{month[0].isoformat()} – {month[-1].isoformat()}"] = (month[0], month[-1])
        if [self.period.itemText(n) for n in range(self.period.count())] == list(periods):
            return
        self.period.blockSignals(True)
        self.period.clear()
        for title, period in periods.items():
            self.period.addItem(title, period)
        self.period.blockSignals(False)

    @property
    def _chosen_period(self) -> Period:
        period: Period = self.period.currentData()
        return period

    def _now(self) -> tuple[object, ...]:
        return (*self._chosen_period, clock.today(), self.db.head().seq)

    # ---------------------------------------------------------------------------------------------- the list

    def _fill(self) -> None:
        """Show what was read, as the filters want it; the cursor stays where it was."""
        held = self.table.key()
        shown = [flaw for flaw in self.flaws if self.explained.isChecked() or not flaw.explained]
        counts = Counter(flaw.family for flaw in shown)
        chips = [Chip("all", _("All"), len(shown))]
        chips += [Chip(family.value, _(family.word), counts[family]) for family in Family if counts[family]]
        self.filters.show_chips(chips)
        wanted = [flaw for flaw in shown if self._is_wanted(flaw)]
        self.table.show_rows(Rows([_row(flaw) for flaw in wanted], self.columns))
        ids = [flaw.id for flaw in wanted]
        if held in ids:
            self.table.choose(ids.index(held))
        self._tell_state(wanted)
        self._show_chosen()

    def _is_wanted(self, flaw: Flaw) -> bool:
        if self.filters.chosen not in ("", "all", flaw.family):
            return False
        about = f"{flaw.day} {flaw.title} {flaw.who} {flaw.sentence} {flaw.word}".casefold()
        return all(word in about for word in self.filters.search.text().casefold().split())

    def _tell_state(self, wanted: list[Flaw]) -> None:
        n, done = len(self.flaws), sum(1 for flaw in self.flaws if flaw.explained)
        told = ngettext("{n} found, {done} explained", "{n} found, {done} explained", n)
        self.filters.shown.setText(told.format(n=n, done=done))
        self.summary.say(_("An auditor will ask about these; none of them proves anything.") if n else "")
        if wanted:
            self.stack.setCurrentWidget(self.holder)
        elif self.filters.search.text() or self.filters.chosen not in ("", "all"):
            self._say("search", _("Nothing here is like what you look for."))
        else:
            self._say("circle-check", self._nothing(n))

    def _nothing(self, explained: int) -> str:
        first, last = self._chosen_period
        last = min(last, self._until)
        if last < first:
            return _("No day of this period is over yet.")
        told = _("Nothing is missing and nothing looks unlikely from {first} to {last}.")
        if explained:
            told = _("Everything that was found from {first} to {last} is explained.")
        return told.format(first=first, last=last)

    def _say(self, icon: str, sentence: str) -> None:
        """Show a sentence where the list would be."""
        self.stack.removeWidget(self.nothing)
        self.nothing.deleteLater()
        self.nothing = EmptyState(icon, sentence)
        self.stack.addWidget(self.nothing)
        self.stack.setCurrentWidget(self.nothing)

    @property
    def _chosen(self) -> list[Flaw]:
        keys = set(self.table.keys())
        return [flaw for flaw in self.flaws if flaw.id in keys]

    def _show_chosen(self) -> None:
        chosen = self._chosen
        self.card.show_flaws(chosen, len(self._alike(chosen[0])) if len(chosen) == 1 else 0)

    def _alike(self, flaw: Flaw) -> list[Flaw]:
        return [one for one in self.flaws if one.kind == flaw.kind and not one.explained and not one.stays]

    # ------------------------------------------------------------------------------------------- what is done

    def go(self) -> None:
        """Go to the place where the flaw the cursor is on is put right."""
        flaw = next((one for one in self.flaws if one.id == self.table.key()), None)
        if flaw:
            self.context.shell.go(flaw.page, **flaw.target)

    def choose_alike(self) -> None:
        """Choose every flaw like the one the cursor is on, to explain them at once."""
        flaw = next((one for one in self.flaws if one.id == self.table.key()), None)
        if flaw is None:
            return
        ids = {one.id for one in self._alike(flaw)}
        selection = self.table.selectionModel()
        flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
        for number in range(self.table.rows.rowCount()):
            if self.table.rows.row(number)[0] in ids:
                selection.select(self.table.rows.index(number, 0), flags)
        self.card.begin()

    def explain(self, said: str) -> None:
        """Keep one explanation for all chosen flaws that have none, and go on to the next line."""
        flaws, season = self.card.open_flaws, self.season
        if not flaws or season is None:
            return
        stays = any(flaw.way in (Way.CHECK, Way.PATROL) for flaw in flaws)
        try:
            with self.db.begin(N_("Explain a gap in the records"), final=stays) as session:
                for flaw in flaws:
                    data_quality.explain(session, season, flaw, said, self.context.user)
        except UserError as error:
            self.page.tell(error)
            return
        self.page.banner.hide()
        self.card.forget()
        self.context.shell.saved()
        told = ngettext("{n} explanation is kept.", "{n} explanations are kept.", len(flaws))
        self.page.say(told.format(n=len(flaws)))
        self._explained({flaw.id for flaw in flaws}, " ".join(said.split()))

    def _explained(self, ids: set[tuple[str, str, str, int]], word: str) -> None:
        """Show at once what was said; the records are read again when the page is entered the next time."""
        number = self.table.currentIndex().row()
        self.flaws = [_with_word(flaw, word, self.context.user) if flaw.id in ids else flaw for flaw in self.flaws]
        self._read_at = self._now()
        self._fill()
        if self.table.key() is not None and not self.explained.isChecked():
            self.table.choose(max(0, min(number, self.table.rows.rowCount() - 1)))
        self.table.setFocus()

    # ------------------------------------------------------------------------------------------------- shape

    def _connect(self) -> None:
        self.filters.searched.connect(lambda _text: self._fill())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self._fill())  # pyright: ignore
        self.filters.search.left_down.connect(self.table.setFocus)
        self.explained.toggled.connect(lambda _on: self._fill())  # pyright: ignore
        self.period.activated.connect(lambda _n: self.look())  # pyright: ignore
        self.table.activated_key.connect(lambda _key: self.go())  # pyright: ignore
        self.table.selectionModel().selectionChanged.connect(lambda *_both: self._show_chosen())  # pyright: ignore
        self.table.typed.connect(self.filters.search.begin)
        self.filters.search.settled.connect(lambda: self.context.searched("quality", self.table.rows.rowCount()))
        self.card.opened.connect(self.go)
        self.card.alike.connect(self.choose_alike)
        self.card.kept.connect(self.explain)
        self.card.left.connect(self.table.setFocus)
        for keys, slot in (("F6", self.card.begin), ("Shift+F6", self.choose_alike)):
            shortcut = QShortcut(QKeySequence(keys), self, slot)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 0)
        top.setSpacing(12)
        top.addWidget(self.period)
        top.addWidget(self.explained)
        top.addWidget(self.summary, 1)
        top.addWidget(button(_("Print the list"), self.printed, "printer"))
        row = QHBoxLayout(self.holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self.card)
        self.stack.addWidget(self.holder)
        self.stack.addWidget(self.nothing)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.filters)
        column.addWidget(hairline())
        column.addWidget(self.stack, 1)
        self.body.addLayout(column)
        self.setFocusProxy(self.table)


def _with_word(flaw: Flaw, word: str, by: str) -> Flaw:
    stays = flaw.way in (Way.CHECK, Way.PATROL)
    return replace(flaw, word=word, by=by, stays=stays)


def _row(flaw: Flaw) -> tuple[Any, ...]:
    return flaw.id, flaw.day, flaw.title, flaw.who, _state(flaw), flaw.sentence


def _state(flaw: Flaw) -> str:
    if flaw.explained:
        return "yes"
    return {Severity.CRITICAL: "critical", Severity.NOTICE: "notice"}.get(flaw.severity, "no")
