"""The proof of the ratio: a day's children and adults by the quarter hour, its breaches, and the season's days."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, listed, ngettext
from ccfs_desktop.models.duty import RatioNote
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import offices, ratio_notes, ratio_proof, seasons, times
from ccfs_desktop.services.cover import Quarter
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.ratio_proof import STANDING_WORDS, Breach, DayProof, PeriodProof, Standing
from ccfs_desktop.views.attendance_bar import DayBar
from ccfs_desktop.views.duty_now import LOOKS
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.figure import FigureView
from ccfs_desktop.views.kit.places import PlacesPage
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.ratio_breaches import BreachList
from ccfs_desktop.views.ratio_days import DayStrip
from ccfs_desktop.views.register_card import with_icon
from ccfs_desktop.views.staff_place import StaffPlace


class RatioPlace(StaffPlace):
    """One day in full above the days of the season."""

    name = "ratio"
    right = "figures"
    title = N_("Ratio")
    primary = N_("Print the proof")
    primary_icon = "printer"

    def __init__(self, page: PlacesPage) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.season: Season | None = None
        self.day: date | None = None
        self.proof: DayProof | None = None
        self.period: PeriodProof | None = None
        self._open_days: list[date] = []
        self.bar, self.strip, self.breaches = DayBar(typed=False), DayStrip(), BreachList()
        self.figure, self.columns = FigureView(), _columns()
        self.table = Table("ratio", self.columns)
        self.picture, self.standing, self.summary = QLabel(), words("", "section"), words("", "quiet", wrap=True)
        self.only_short = QCheckBox(_("Only quarter hours with too few adults"))
        self.empty, self.notes = words("", "quiet", wrap=True), QVBoxLayout()
        self.duty = button(_("Enter who was on duty"), self._to_duty, "users")
        self._build()
        self._connect()

    # -------------------------------------------------------------------------------------- what it shows

    def refresh(self) -> None:
        """Read the season and the day again."""
        try:
            with self.db.read() as session:
                self.season = seasons.current(session, self.day)
                self._open_days = seasons.open_days(session, self.season)
                self.day = (
                    self.day or seasons.last_open(self._open_days, clock.today() - timedelta(days=1)) or clock.today()
                )
                first, last = self.season.first_day, self.season.last_day
                self.period = ratio_proof.of_period(session, self.season, first, last)
                known = next((d for d in self.period.days if d.day == self.day), None)
                self.proof = known or ratio_proof.of_day(session, self.season, self.day)
        except UserError as error:
            self.season = None
            self.page.show_unready(error)
            return
        self.page.show_content()
        self.bar.show_day(self.day, today=self.day == clock.today(), closed="")
        standing = {d.day: d.standing for d in self.period.days}
        days = sorted({*self._open_days, *standing})
        self.strip.show_days(days, standing, self.day)
        self.summary.setText(period_text(self.period))
        self._show(self.proof)

    def open(self, **target: Any) -> None:
        """Show a day: ``open(day=…)``."""
        if target.get("day"):
            self.show_day(target["day"])

    def show_day(self, day: date) -> None:
        """Show another day."""
        self.day = day
        self.refresh()

    def step(self, step: int) -> None:
        """Go to the next open day in a direction."""
        if day := seasons.beside(self._open_days, self.day or clock.today(), step):
            self.show_day(day)

    def act(self) -> None:
        """Print the proof of the day."""
        from ccfs_desktop.reports import issue_staff  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.reports.order import Order  # noqa: PLC0415

        if self.day:
            order = Order(self.day)
            show = partial(self.printing, _("Proof of the ratio"), f"ratio-proof-{self.day}")
            self.page.work(_("Printing the proof …"), lambda _job: issue_staff.ratio_proof(self.db, order), show)

    printed = act

    def _show(self, proof: DayProof) -> None:
        from ccfs_desktop.reports.ratio_chart import chart  # noqa: PLC0415 (figures are loaded when one is shown)

        some = proof.standing is not Standing.EMPTY
        icons.put(self.picture, *LOOKS[proof.standing])
        self.standing.setText(day_text(proof))
        self.empty.setText(self._why_empty(proof.day))
        self.empty.setVisible(not some)
        self.duty.setVisible(proof.standing is Standing.NO_RECORDS)
        for part in (self.figure, self.table, self.only_short):
            part.setVisible(some)
        if some:
            self.figure.show_figure(chart(proof.cover))
        with_passwords = not (self.db.folder and offices.is_demo(self.db.folder))
        self.breaches.show_breaches(proof.breaches, passwords=with_passwords)
        self.breaches.setVisible(bool(proof.breaches))
        self._show_notes(proof)
        self._show_table()

    def _why_empty(self, day: date) -> str:
        if day > clock.today():
            return _("This day has not come yet. The roster shows how it is planned.")
        return _("No child was signed in on this day, so there is nothing to prove.")

    def _show_notes(self, proof: DayProof) -> None:
        while (item := self.notes.takeAt(0)) is not None:
            old: QWidget | None = item.widget()
            if old:
                old.hide()
                old.deleteLater()
        lacks = [ratio_proof.lack_text(lack) for lack in proof.lacks] if proof.recorded else []
        if proof.notes or lacks:
            self.notes.addWidget(words(_("To know"), "section"))
        for told in (*proof.notes, *lacks):
            self.notes.addWidget(with_icon(told, "info", "quiet"))

    def _show_table(self) -> None:
        quarters = self.proof.cover.quarters if self.proof else ()
        wanted = [q for q in quarters if q.short or not self.only_short.isChecked()]
        self.table.show_rows(Rows([_row(n, q) for n, q in enumerate(wanted)], self.columns))
        high = self.table.horizontalHeader().height() + len(wanted) * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(min(high, theme.px(520)) + 4)

    # ------------------------------------------------------------------------------------------- what is said

    def _explain(self, breach: Breach, said: str) -> None:
        if self.season:
            with self.page.saving(N_("Explain too few adults")) as session:
                ratio_notes.explain(session, self.season, breach, said, by=self.context.user)

    def _sign(self, note: RatioNote, name: str, password: str) -> None:
        """Check who signs, beside the window: a password takes its time."""

        def check(_job: object) -> str:
            ratio_notes.check_other(note, name)
            return offices.vouch(self.db, name, password)

        def sign(by: str) -> None:
            with self.page.saving(N_("Counter-sign an explanation"), final=True) as session:
                ratio_notes.countersign(session, note.id, by=by)

        self.page.work(_("Checking who signs …"), check, sign)

    def _to_duty(self) -> None:
        self.page.open(place="duty", day=self.day)

    # ------------------------------------------------------------------------------------------------ shape

    def _build(self) -> None:
        sheet = QWidget()
        sheet.setObjectName("sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(24, 8, 24, 24)
        column.setSpacing(12)
        head = QFrame()
        line = QVBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(_beside(self.picture, self.standing))
        for part in (head, self.empty, self.duty, self.figure, self.breaches):
            alignment = Qt.AlignmentFlag.AlignLeft if part is self.duty else Qt.AlignmentFlag(0)
            column.addWidget(part, 0, alignment)
        column.addLayout(self.notes)
        column.addWidget(self.only_short)
        column.addWidget(self.table)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        top = QVBoxLayout()
        top.setContentsMargins(24, 6, 24, 8)
        top.setSpacing(4)
        top.addWidget(self.summary)
        top.addWidget(self.strip)
        rule = QFrame()
        rule.setObjectName("hairline")
        self.body.addWidget(self.bar)
        self.body.addLayout(top)
        self.body.addWidget(rule)
        self.body.addWidget(area, 1)
        self.setFocusProxy(self.strip)

    def _connect(self) -> None:
        self.bar.stepped.connect(self.step)
        self.bar.picked.connect(self.show_day)
        self.bar.today.connect(lambda: self.show_day(clock.today()))
        self.strip.picked.connect(self.show_day)
        self.only_short.toggled.connect(lambda _on: self._show_table())  # pyright: ignore
        self.breaches.explained.connect(self._explain)
        self.breaches.signed.connect(self._sign)


def period_text(period: PeriodProof) -> str:
    """Say how the season stands so far. Source: domain.md 6.7 K10."""
    if not period.slots:
        return _("No child has been signed in this season yet.")
    share = f"{100 * period.kept / period.slots:.1f}"
    parts = [
        _("Season so far: enough adults in {kept} of {slots} quarter hours with children ({share} %)").format(
            kept=period.kept, slots=period.slots, share=share
        ),
        ngettext("{n} minute short", "{n} minutes short", period.short_minutes).format(n=period.short_minutes),
    ]
    if without := period.without_records:
        told = ngettext("{n} day without staff records", "{n} days without staff records", len(without))
        parts.append(told.format(n=len(without)))
    if open_ := [b for b in period.breaches if b.note is None]:
        parts.append(
            ngettext("{n} breach not explained", "{n} breaches not explained", len(open_)).format(n=len(open_))
        )
    return " · ".join(parts)


def day_text(proof: DayProof) -> str:
    """Say how a day stands."""
    word = _(STANDING_WORDS[proof.standing])
    kept, slots = proof.kept
    if proof.standing in (Standing.EMPTY, Standing.NO_RECORDS):
        return word
    told = _("{kept} of {slots} quarter hours kept").format(kept=kept, slots=slots)
    minutes = ngettext("{n} minute short", "{n} minutes short", proof.short_minutes).format(n=proof.short_minutes)
    return " · ".join(part for part in (word, told, minutes if proof.short_minutes else "") if part)


def _beside(picture: QLabel, label: QLabel) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(picture)
    row.addWidget(label, 1)
    return holder


def _columns() -> list[Column]:
    return [
        Column("slot", _("From"), 64, word=times.clock),
        Column("group", _("Group"), 120),
        Column("children", _("Children"), 76, number=True),
        Column("required", _("Needed"), 70, number=True),
        Column("there", _("Count"), 64, number=True),
        Column(
            "short", _("Minutes short"), 104, number=True, word=lambda n: str(n) if n else "",
            tone=lambda n: "danger" if n else "",
        ),
        Column("adults", _("Who counts"), 220),
        Column("others", _("Who does not, and why"), 380),
    ]  # fmt: skip


def _row(key: int, q: Quarter) -> tuple[Any, ...]:
    others = listed(f"{o.name} ({o.reason})" for o in q.others)
    return (
        key, q.slot * SLOT, q.group, q.children, q.required, f"{q.percent / 100:g}", q.short_minutes,
        listed(q.adults), others,
    )  # fmt: skip
