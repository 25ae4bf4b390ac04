"""Sheets out and back: printed = returned + voided + missing + still out, and each one's number says which."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.services import offices, sheet_codes, sheets
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import EmptyState, button, words
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.register_ask import Ask

_TONES = {SheetStatus.PRINTED: "warning", SheetStatus.MISSING: "danger"}
_ICONS = {
    SheetStatus.PRINTED: "hourglass",
    SheetStatus.RETURNED: "circle-check",
    SheetStatus.VOIDED: "ban",
    SheetStatus.MISSING: "circle-alert",
}
_ACTIONS = {
    SheetStatus.RETURNED: N_("Take a sheet back"),
    SheetStatus.VOIDED: N_("Void a sheet"),
    SheetStatus.MISSING: N_("Note a sheet as missing"),
    SheetStatus.PRINTED: N_("Note a sheet as out again"),
}


class SheetsPanel(QWidget):
    """The numbered sheets of a day or the season; typing or scanning a number says that it is back."""

    opened = Signal(str)
    """The number of a sheet that is to be typed from."""

    def __init__(self, page: Page, season: Season, day: date) -> None:
        """Read the sheets.

        Args:
            page: tells what is refused.
            season: the season.
            day: the day shown first.
        """
        super().__init__()
        self.page, self.season, self.day = page, season, day
        self.sheets: list[Sheet] = []
        self.ask, self.account = Ask(), words("")
        self.code = QLineEdit()
        self.code.setPlaceholderText(_("Type or scan a sheet's number: it is back"))
        self.code.setAccessibleName(self.code.placeholderText())
        self.code.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText)
        self.code.setFixedWidth(theme.px(300))
        self.scope = QComboBox()
        self.scope.addItems([_("This day"), _("The whole season")])
        self.scope.setAccessibleName(_("Which sheets"))
        self.filters = FilterBar(search=False)
        self.columns = _columns()
        self.table = Table("sheets", self.columns)
        self.empty = EmptyState(
            "inbox",
            _("No numbered sheet is here."),
            detail=_("Print the day's sheets with Ctrl+P, or choose the season."),
        )
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the sheets again."""
        day = self.day if self.scope.currentIndex() == 0 else None
        with self.page.db.read() as session:
            self.sheets = sheets.of_season(session, self.season, day)
            account = sheets.account(session, self.season, day)
        told = _("Printed {printed} = returned {returned} + voided {voided} + missing {missing} + out {out}")
        self.account.setText(told.format(**vars(account)))
        counts = [sheet.status.value for sheet in self.sheets]
        chips = [Chip(status.value, _(status.word), counts.count(status.value)) for status in SheetStatus]
        self.filters.show_chips([Chip("all", _("All"), len(counts)), *chips])
        wanted = [s for s in self.sheets if self.filters.chosen in ("", "all", s.status.value)]
        self.table.show_rows(Rows([_row(s) for s in wanted], self.columns))
        self.table.setVisible(bool(wanted))
        self.empty.setVisible(not wanted)

    def settle(self, typed: str, status: SheetStatus, note: str = "") -> None:
        """Note what became of a sheet."""
        try:
            code = sheet_codes.scanned(typed, offices.site_key(self.page.db))
            with self.page.db.begin(_ACTIONS[status]) as session:
                sheet = sheets.settle(session, code, status, on=clock.today(), note=note)
        except UserError as error:
            self.page.tell(error)
            return
        self.page.banner.hide()
        self.page.context.shell.saved()
        told = _("Sheet {code}, {group}: {status}.")
        written = sheet_codes.written(sheet.code)
        self.page.say(told.format(code=written, group=sheets.whose(sheet), status=_(sheet.status.word)))
        if sheet.day != self.day:
            self.scope.setCurrentIndex(1)
        self.refresh()

    def reprint(self) -> None:
        """Show the chosen sheet as it was printed; printing it again counts one more copy."""
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415 (paper is loaded when it is needed)

        sheet = self._chosen()
        if sheet is None:
            return
        with self.page.db.read() as session:
            pdf = sheets.kept(session, sheet)
        if pdf is None:
            self.page.tell(UserError(_("This sheet's pages were not kept. Print the day's sheets anew.")))
            return
        code = sheet_codes.written(sheet.code)
        paper = Paper(pdf, f"sign-in-sheet-{sheet.day}-{code}", say=self.page.say)
        paper.printed.connect(partial(self._reprinted, sheet.id))
        self.page.push(_("Sheet {code}").format(code=code), paper)

    def _reprinted(self, sheet_id: int) -> None:
        with self.page.db.begin(N_("Print a sheet again"), final=True) as session:
            sheets.reprinted(session, sheet_id)

    def _typed(self) -> None:
        text = self.code.text()
        self.code.clear()
        if text.strip():
            self.settle(text, SheetStatus.RETURNED)

    def _chosen(self) -> Sheet | None:
        key = self.table.key() if self.table.isVisibleTo(self) else None
        return next((s for s in self.sheets if s.id == key), None)

    def settle_chosen(self, status: SheetStatus) -> None:
        """Settle the chosen sheet; voided and missing need a word."""
        sheet = self._chosen()
        if sheet is None:
            return
        if status in (SheetStatus.RETURNED, SheetStatus.PRINTED):
            self.settle(sheet.code, status)
            return
        question = _("What became of sheet {code}?").format(code=sheet_codes.written(sheet.code))
        fields = [(_("Explanation"), sheet.note, 320)]
        self.ask.write(question, fields, lambda note: self.settle(sheet.code, status, note), _("Record"))

    def _open(self, _key: Any = None) -> None:
        if sheet := self._chosen():
            self.opened.emit(sheet.code)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 0)
        top.setSpacing(12)
        for part in (self.code, self.scope, self.account):
            top.addWidget(part)
        top.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 16, 8)
        for text, slot, icon in (
            (_("Returned"), partial(self.settle_chosen, SheetStatus.RETURNED), "circle-check"),
            (_("Voided …"), partial(self.settle_chosen, SheetStatus.VOIDED), "ban"),
            (_("Missing …"), partial(self.settle_chosen, SheetStatus.MISSING), "circle-alert"),
            (_("Out again"), partial(self.settle_chosen, SheetStatus.PRINTED), "undo-2"),
            (_("Type from it"), self._open, "pencil"),
            (_("Reprint"), self.reprint, "printer"),
        ):
            foot.addWidget(button(text, slot, icon, "quiet"))
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.ask)
        column.addLayout(foot)
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.code)
        self.code.returnPressed.connect(self._typed)
        self.scope.activated.connect(self.refresh)
        self.filters.filtered.connect(self.refresh)
        self.table.activated_key.connect(self._open)
        self.ask.answered.connect(self.table.setFocus)
        QShortcut(QKeySequence("Ctrl+S"), self, self.code.setFocus)


def _columns() -> list[Column]:
    return [
        Column("day", _("Day"), 96),
        Column("code", _("Sheet no."), 104),
        Column("group", _("Group"), 130),
        Column("status", _("Status"), 110, tone=lambda s: _TONES.get(s, "text"), icon=lambda s: _ICONS.get(s, "")),
        Column("settled", _("Back on"), 96),
        Column("note", _("Remark"), 180),
        Column("layout", _("Layout"), 150, shown=False),
        Column("pages", _("Pages"), 60, number=True),
        Column("copies", _("Copies"), 64, number=True),
        Column("printed", _("Printed at"), 130),
        Column("by", _("Printed by"), 110, shown=False),
    ]


def _row(s: Sheet) -> tuple[Any, ...]:
    code = sheet_codes.written(s.code)
    return (
        s.id, s.day, code, sheets.whose(s), s.status, s.settled_on, s.note, s.layout, s.pages, s.copies, s.printed_at,
        s.printed_by,
    )  # fmt: skip
