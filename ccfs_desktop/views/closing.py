"""Closing the day: what is open by severity, the words for it, head-counts, sheets, and then the day is closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import AbsenceReason
from ccfs_desktop.services import attendance, closing, register, sheets
from ccfs_desktop.services.attendance import Entry
from ccfs_desktop.services.closing import Gap, Severity, Tally
from ccfs_desktop.services.sheets import Account
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, mark, words

_PLACES: dict[str, tuple[str, dict[str, Any]]] = {
    "ratio": ("staff", {"place": "ratio"}),
    "no-staff": ("staff", {"place": "duty"}),
    "staff-still-here": ("staff", {"place": "duty"}),
    "visitor-still-here": ("safety", {"place": "logs", "log": "visitors"}),
}
"""Where a kind of exception is put right: the page, and what on it."""
_WIDTH = 820
_ACROSS = 4
"""Names side by side."""
_LOOKS = {
    Severity.CRITICAL: ("circle-alert", "danger", N_("must be put right")),
    Severity.WORD: ("triangle-alert", "warning", N_("needs a word")),
    Severity.NOTICE: ("info", "quiet", N_("for your notice")),
}


class ClosingPanel(QWidget):
    """What stands in the way of closing a day, and the button that closes it; of a closed day, how it was closed."""

    child_asked = Signal(int)
    sheets_asked = Signal()

    def __init__(self, page: Page, season: Season, day: date) -> None:
        """Read the day.

        Args:
            page: tells what is refused.
            season: the season.
            day: the day.
        """
        super().__init__()
        self.page, self.season, self.day = page, season, day
        self.gaps: dict[tuple[str, int | None], Gap] = {}
        self.words: dict[tuple[str, int | None], QLineEdit] = {}
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.told = words("")
        self.close_button = button(_("Close the day"), self.close_day, "clipboard-check", "primary")
        self.print_button = button(_("Print how the day was closed"), self.print, "printer")
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the day again."""
        with self.page.db.read() as session:
            done = closing.closed(session, self.season, self.day)
            gaps = closing.gaps(session, self.season, self.day)
            heads = closing.head_counts(session, self.season, self.day)
            tally = closing.tally(register.read(session, self.season, self.day))
            account = sheets.account(session, self.season, self.day)
            corrected = closing.corrected(session, self.season, self.day)
        self.gaps = {(gap.code, gap.child_id): gap for gap in gaps}
        self.words.clear()
        column = self._blank()
        column.addLayout(_figures(tally))
        column.addWidget(self._papers(account))
        if not done:
            column.addWidget(self._heads(heads))
        for kind, same in groupby(gaps, lambda gap: gap.kind):
            column.addWidget(self._kind(kind, list(same), closed=done is not None))
        if corrected:
            column.addWidget(words(_("Corrected after closing"), "section"))
            for c, child in corrected:
                told = f"{child.name}: {c.old or '–'} → {c.new or '–'} · {c.reason} ({c.by}, {c.at:%Y-%m-%d %H:%M})"
                column.addWidget(words(told, wrap=True))
        column.addStretch(1)
        self._put_last(self.close_button, self.print_button)
        self.close_button.setVisible(done is None)
        self.print_button.setVisible(done is not None)
        if done:
            told = _("Closed by {by} on {at:%Y-%m-%d} at {at:%H:%M}. It changes only with a reason from now on.")
            self.told.setText(told.format(by=done.closed_by, at=done.closed_at))
            icons.put(self._sign, "circle-check", "accent")
        else:
            self._count()

    def _put_last(self, *buttons: QWidget) -> None:
        """The content is built anew each time; Tab still comes to the foot's buttons last, as one reads."""
        last = [w for w in self.area.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus][-1:]
        for one in buttons:
            for before in last:
                QWidget.setTabOrder(before, one)
            last = [one]

    def close_day(self) -> None:
        """Close the day."""
        try:
            with self.page.db.begin(N_("Close the day")) as session:
                closing.close(session, self.season, self.day, by=self.page.context.user)
        except UserError as error:
            self.page.tell(error)
            return
        self.page.banner.hide()
        self.page.context.shell.saved()
        self.page.say(_("The day is closed."))
        self.refresh()
        self.print_button.setFocus()

    def print(self) -> None:
        """Print how the day was closed."""
        from ccfs_desktop.reports import issue  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        db, season, day = self.page.db, self.season, self.day
        self.page.work(_("Printing …"), lambda _job: issue.day_closing(db, season, day), partial(self._preview, Paper))

    def _preview(self, kind: Callable[..., QWidget], pdf: bytes) -> None:
        self.page.push(_("How the day was closed"), kind(pdf, f"day-closing-{self.day}", say=self.page.say))

    # ----------------------------------------------------------------------------------------- what is asked

    def _explain(self, gaps: list[Gap], field: QLineEdit) -> None:
        """Keep the word for one or several exceptions, as soon as its field is left."""
        word = field.text().strip()
        wanted = [gap for gap in gaps if self.gaps[gap.code, gap.child_id].word != word]
        if not word or not wanted:
            return
        try:
            with self.page.db.begin(N_("Explain an exception")) as session:
                for gap in wanted:
                    closing.explain(session, self.season, self.day, gap, word, by=self.page.context.user)
        except UserError as error:
            self.page.tell(error)
            return
        for gap in wanted:
            key = (gap.code, gap.child_id)
            self.gaps[key] = replace(gap, word=word)
            self.words[key].setText(word)
        self.page.context.shell.saved()
        self._count()

    def _all_absent(self, gaps: list[Gap]) -> None:
        """Mark everybody who is unaccounted for as absent; why is not known, and says so."""
        entry = Entry(by=self.page.context.user, late=True)
        try:
            with self.page.db.begin(N_("Mark children as absent")) as session:
                for gap in gaps:
                    attendance.mark_absent(
                        session, self.season, gap.child_id or 0, self.day, reason=AbsenceReason.UNKNOWN, entry=entry
                    )
        except UserError as error:
            self.page.tell(error)
        else:
            self.page.context.shell.saved()
            self.refresh()

    def _count_heads(self) -> None:
        """Keep the head-counts as soon as a field is left."""
        counts = {at: field.text().strip() for at, field in self._counted.items() if field.text().strip()}
        if any(not text.isdecimal() for text in counts.values()):
            self.page.tell(UserError(_("Type how many children were counted, in digits.")))
            return
        read = {at: int(text) for at, text in counts.items()}
        if read == self._heads_before:
            return
        try:
            with self.page.db.begin(N_("Enter head-counts")) as session:
                closing.count_heads(session, self.season, self.day, read, by=self.page.context.user)
        except UserError as error:
            self.page.tell(error)
            return
        self.page.context.shell.saved()
        last = QApplication.focusWidget()
        name = last.objectName() if last else ""
        self.refresh()
        holder = self.area.widget()
        if name and holder and (field := holder.findChild(QLineEdit, name)):
            field.setFocus()

    def _count(self) -> None:
        """Say what is still open, and let the day be closed once nothing is."""
        left = [gap for gap in self.gaps.values() if not gap.settled]
        told = ngettext("{n} thing is open.", "{n} things are open.", len(left)).format(n=len(left))
        self.told.setText(told if left else _("Nothing stands in the way."))
        icons.put(self._sign, "circle-alert" if left else "circle-check", "warning" if left else "accent")
        self.close_button.setEnabled(not left)

    # ------------------------------------------------------------------------------------------------ shape

    def _build(self) -> None:
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign = QLabel()
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 10, 24, 10)
        foot.setSpacing(10)
        for part in (self.close_button, self.print_button, self._sign, self.told):
            foot.addWidget(part)
        foot.addStretch(1)
        line = QFrame()
        line.setObjectName("hairline")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addWidget(line)
        column.addLayout(foot)

    def _blank(self) -> QVBoxLayout:
        holder, inner = QWidget(), QWidget()
        holder.setObjectName("sheet")
        inner.setMaximumWidth(theme.px(_WIDTH))
        row = QHBoxLayout(holder)
        row.setContentsMargins(24, 16, 24, 24)
        row.addWidget(inner, 1)
        row.addStretch(0)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.area.setWidget(holder)
        return column

    def _kind(self, kind: str, gaps: list[Gap], *, closed: bool) -> QWidget:
        """Show all exceptions of one kind."""
        severity, title = closing.KINDS[kind]
        icon, tone, told = _LOOKS[severity]
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        head = _line(icon, tone, f"{_(title)}  {len(gaps)}", part="section")
        if not closed:
            head.addWidget(mark(_(told), tone if tone != "quiet" else ""))
        head.addStretch(1)
        if kind == "not-accounted" and not closed:
            head.addWidget(button(_("All of these were absent"), partial(self._all_absent, gaps)))
        if kind == "sheet-out":
            head.addWidget(button(_("Sheets out and back"), self.sheets_asked.emit, kind="link"))
        column.addLayout(head)
        if severity is Severity.WORD and len(gaps) > 1 and not closed:
            column.addWidget(self._word(gaps, _("The same word for all of these"), "", f"{kind}-all"))
        if severity is Severity.WORD or gaps[0].child_id is None:
            for gap in gaps:
                column.addLayout(self._gap(gap, closed=closed))
        else:
            column.addLayout(self._children(gaps))
        return card

    def _children(self, gaps: list[Gap]) -> QGridLayout:
        """Name the children side by side, each leading to its line of the register."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for number, gap in enumerate(gaps):
            made = button(gap.name, partial(self.child_asked.emit, gap.child_id), kind="link")
            made.setToolTip(gap.sentence)
            grid.addWidget(made, number // _ACROSS, number % _ACROSS)
        for column in range(_ACROSS):
            grid.setColumnStretch(column, 1)
        return grid

    def _gap(self, gap: Gap, *, closed: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(words(gap.sentence, wrap=True), 1)
        if closed:
            row.addWidget(words(gap.word, "quiet", wrap=True), 1)
        elif gap.severity is Severity.WORD:
            field = self._word([gap], _("Why?"), gap.word, f"{gap.code}-{gap.child_id}")
            self.words[gap.code, gap.child_id] = field
            row.addWidget(field, 1)
        if gap.child_id is not None:
            row.addWidget(button(_("Show"), partial(self.child_asked.emit, gap.child_id), kind="link"))
        elif where := _PLACES.get(gap.kind):
            page, target = where
            go = partial(self.page.context.shell.go, page, day=self.day, **target)
            row.addWidget(button(_("Show"), go, kind="link"))
        return row

    def _word(self, gaps: list[Gap], hint: str, text: str, name: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setObjectName(name)
        field.setMaxLength(300)
        field.setPlaceholderText(hint)
        field.setAccessibleName(f"{hint} {gaps[0].sentence}" if len(gaps) == 1 else hint)
        field.editingFinished.connect(partial(self._explain, gaps, field))
        field.returnPressed.connect(self.focusNextChild)
        return field

    def _papers(self, account: Account) -> QWidget:
        told = _("Sheets: printed {printed} = returned {returned} + voided {voided} + missing {missing} + out {out}")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(_line("file-text", "quiet", told.format(**vars(account))))
        row.addStretch(1)
        row.addWidget(button(_("Sheets out and back"), self.sheets_asked.emit, kind="link"))
        return holder

    def _heads(self, heads: dict[time, int]) -> QWidget:
        """Ask how many heads were counted and when."""
        self._heads_before = heads
        self._counted: dict[time, QLineEdit] = {}
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(words(_("Heads counted at"), "section"))
        for at in closing.HEAD_COUNTS:
            known = self._heads_before.get(at)
            field = QLineEdit("" if known is None else str(known))
            field.setObjectName(f"heads-{at:%H%M}")
            field.setFixedWidth(theme.px(64))
            field.setAccessibleName(_("Heads counted at {time}").format(time=f"{at:%H:%M}"))
            field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
            field.editingFinished.connect(self._count_heads)
            row.addSpacing(8)
            row.addWidget(words(f"{at:%H:%M}", "quiet"))
            row.addWidget(field)
            self._counted[at] = field
        row.addStretch(1)
        return holder


def _figures(tally: Tally) -> QGridLayout:
    """Show the four numbers that stand at the foot of the sheet."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(32)
    grid.setVerticalSpacing(0)
    for column, (number, title) in enumerate(
        (
            (tally.expected, _("Expected")),
            (tally.present, _("Came")),
            (tally.absent_excused, _("Absent with a reason")),
            (tally.absent_unexcused, _("Absent, not explained")),
        )
    ):
        grid.addWidget(words(str(number), "number"), 0, column)
        grid.addWidget(words(title, "quiet"), 1, column)
    grid.setColumnStretch(4, 1)
    return grid


def _line(icon: str, tone: str, text: str, *, part: str = "") -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    picture = QLabel()
    icons.put(picture, icon, tone)
    row.addWidget(picture)
    row.addWidget(words(text, part))
    return row
