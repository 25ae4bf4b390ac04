"""The sign-in sheet with every column, for factories that want times and names in handwriting.

Source: `domain.md` 8.1
"""

from collections.abc import Callable

from ccfs_desktop.i18n import N_, listed
from ccfs_desktop.reports.kit.letter import sender, title_line
from ccfs_desktop.reports.kit.marks import alert, legend, qr_code
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FINE, RULE
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock, printed
from ccfs_desktop.services.papers import DaySheet, SheetRow
from ccfs_desktop.services.sheet_codes import PageCode, encode, written
from ccfs_desktop.services.sheet_geometry import Box

LAYOUT = "L1"
"""This arrangement's name in the sheet's code."""

_LEFT, _RIGHT, _TOP = 9.0, 288.0, 29.0
_LINES, _SPARE = 16, 3
_ROW, _HEADS = 9.0, 12.0
_FOOT = _TOP + _HEADS + _LINES * _ROW + 1.6
_SIGN = 3.5

_COLUMNS = (
    Column(N_("No."), 7, "centre"),
    Column(N_("Child"), 38, size=10, bold=True),
    Column(N_("Age"), 8, "centre"),
    Column(N_("Number"), 12, "centre"),
    Column(N_("Take care"), 13),
    Column(N_("Expected"), 9, "centre", head_size=6),
    Column(N_("Health look"), 9, head_size=6),
    Column("°C", 10),
    Column(N_("Time in"), 13),
    Column(N_("Brought by (name, relationship)"), 23, head_size=6.5),
    Column(N_("Signature"), 27),
    Column(N_("Out and back"), 16, head_size=6.5),
    Column(N_("Time out"), 13),
    Column(N_("Collected by (name, relationship)"), 23, head_size=6.5),
    Column(N_("ID checked"), 11, head_size=6),
    Column(N_("Signature"), 27),
    Column(N_("Remark"), 20),
)


def draw(paper: Paper, sheet: DaySheet) -> None:
    """Draw all pages of a sheet into a document."""
    _Sheet(paper, sheet).draw()


class _Sheet:
    """A sheet being drawn."""

    def __init__(self, paper: Paper, sheet: DaySheet) -> None:
        self.paper, self.sheet, self.words = paper, sheet, Words(sheet.letterhead.languages)

    def draw(self) -> None:
        self.paper.section(self._furniture, landscape=True)
        table = Table(self.paper, self.words, _COLUMNS, _LEFT, head_height=_HEADS, row_height=_ROW, tallest=_ROW)
        rows = [self._row(row) for row in self.sheet.rows]
        blank: list[Cell] = ["", *[""] * 10, _halves(self.paper), *[""] * 5]
        table.draw([*rows, *[blank] * _SPARE], _TOP, _TOP + _HEADS + _LINES * _ROW, self._turn)

    def _turn(self) -> float:
        self.paper.page()
        return _TOP

    def _row(self, row: SheetRow) -> list[Cell]:
        known: list[Cell] = [
            str(row.position),
            lambda box: self._name(box, row),
            "" if row.age is None else str(row.age),
            row.number,
            lambda box: self._alerts(box, row),
            "✓" if row.expected else "–",
        ]
        return [*known, *[""] * 5, _halves(self.paper), *[""] * 5]

    def _name(self, box: Box, row: SheetRow) -> None:
        high = 5.6 if row.name_latin else box.height - 1
        inside = Box(box.left + 1, box.top + 0.5, box.width - 2, high)
        self.paper.fill(inside, row.name, 10.5, bold=True, floor=5.5)
        if row.name_latin:
            self.paper.fill(Box(inside.left, box.top + 5.7, inside.width, 2.9), row.name_latin, 6.2, most=1)

    def _alerts(self, box: Box, row: SheetRow) -> None:
        """Up to three signs in the middle, more on a second line."""
        top = box.top + (0.8 if len(row.alerts) > 3 else (box.height - _SIGN) / 2)
        for index, kind in enumerate(row.alerts):
            x = box.left + 0.7 + index % 3 * (_SIGN + 0.6)
            alert(self.paper, Box(x, top + index // 3 * (_SIGN + 0.5), _SIGN, _SIGN), kind)

    def _furniture(self, page: int, pages: int) -> None:
        self._head(page, pages)
        self._legend()
        if page == pages:
            self._totals()

    def _head(self, page: int, pages: int) -> None:
        paper, words, sheet = self.paper, self.words, self.sheet
        across = 150.0
        paper.fill(Box(_LEFT, 6.2, across, 4.2), sender(sheet.letterhead), 8, most=1)
        title_line(paper, words, N_("Sign-in sheet"), Box(_LEFT, 10.4, across, 7))
        day, *other_days = words.days(sheet.day)
        paper.fill(Box(_LEFT, 17.6, across, 5.6), day, 12.5, bold=True, most=1)
        paper.fill(Box(_LEFT, 23, across, 4), " / ".join(other_days), 8, most=1)
        self._facts(162.0, 84.0)
        code = Box(_RIGHT - 17.6, 7.6, 15.6, 15.6)
        content = encode(PageCode(sheet.code, page, LAYOUT, sheet.revision), sheet.site_key)
        qr_code(paper, code, content, error="h")
        number = " / ".join(words.each(N_("Page {page} of {pages}"), page=page, pages=pages))
        paper.fill(Box(_RIGHT - 45, 9.2, 24, 5), written(sheet.code), 9.5, bold=True, align="right", most=1)
        paper.fill(Box(_RIGHT - 45, 14.4, 24, 4.4), number, 7, align="right", most=1)
        if sheet.copy > 1:
            copy = words.both(N_("Copy {copy}"), copy=sheet.copy)
            paper.fill(Box(_RIGHT - 45, 18.8, 24, 4), copy, 7, align="right", most=1)

    def _facts(self, left: float, across: float) -> None:
        sheet = self.sheet
        facts = (
            (N_("Group"), sheet.group),
            (N_("Opening hours"), f"{clock(sheet.opens)}–{clock(sheet.closes)}"),
            (N_("Capacity"), str(sheet.capacity)),
        )
        for index, (message, value) in enumerate(facts):
            y = 12.6 + index * 6
            self.words.label(self.paper, left, y, message, 8)
            self.paper.fill(Box(left + 38, y - 4, across - 38, 5.4), value, 11, bold=True, most=1)

    def _legend(self) -> None:
        paper, words = self.paper, self.words
        y = _FOOT + 13.4
        x = legend(paper, words, _LEFT, y, _RIGHT - 122)
        correct = words.both(N_("Corrections: strike through and initial."))
        paper.fill(Box(x, y, _RIGHT - 62 - x, 3.2), correct, 6.4, most=1)
        paper.fill(Box(_RIGHT - 60, y, 60, 3.2), printed(words, self.sheet.letterhead), 5.4, align="right", most=1)

    def _totals(self) -> None:
        expected = sum(row.expected for row in self.sheet.rows)
        y = _FOOT + 4.6
        x = self._count(_LEFT, y, N_("Expected"), str(expected))
        for message in (N_("Present"), N_("Absent, excused"), N_("Absent, unexcused")):
            x = self._count(x, y, message, "")
        x = self.words.label(self.paper, x + 4, y, N_("Head-count"), 8) + 2
        for hour in ("10:00", "13:00", "16:00"):
            x = self._count(x, y, hour, "")
        self._signatures(_FOOT + 11.4)

    def _count(self, x: float, y: float, message: str, value: str) -> float:
        x = self.words.label(self.paper, x, y, message, 7.5) + 1
        box = Box(x, y - 4.1, 9, 5.6)
        self.paper.box(box, RULE)
        self.paper.fill(box, value, 9.5, bold=True, align="centre")
        return box.right + 3.5

    def _signatures(self, y: float) -> None:
        paper, words = self.paper, self.words
        third = (_RIGHT - _LEFT) / 3
        staff = listed(self.sheet.staff)
        for index, message in enumerate(
            (N_("Staff on duty"), N_("Opened by (signature)"), N_("Closed by (signature)"))
        ):
            left = _LEFT + index * third
            x = words.label(paper, left, y, message, 7.5) + 1.5
            paper.line(x, y + 0.7, left + third - 4, y + 0.7, FINE)
            if not index:
                paper.fill(Box(x, y - 3.4, left + third - 4 - x, 4), staff, 8, most=1)


def _halves(paper: Paper) -> Callable[[Box], None]:
    """A cell for going out and coming back: two lines."""
    return lambda box: paper.line(box.left, box.middle[1], box.right, box.middle[1], FINE)
