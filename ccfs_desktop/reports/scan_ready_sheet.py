"""The sign-in sheet that a scanner can read back: ticks and signatures on a page of known millimetres.

Where things lie is in :mod:`ccfs_desktop.services.sheet_geometry`; here is only how they look.
"""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.letter import sender, title_line
from ccfs_desktop.reports.kit.marks import alert, marker, qr_code
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FINE, FRAME, RULE
from ccfs_desktop.reports.kit.words import Words, age_text, clock, printed
from ccfs_desktop.services.papers import ALERT_WORDS, DaySheet, SheetRow
from ccfs_desktop.services.sheet_codes import PageCode, encode, written
from ccfs_desktop.services.sheet_geometry import (
    LAYOUT,
    ROWS_PER_PAGE,
    Box,
    Cell,
    PageGeometry,
    Row,
    page_count,
    page_geometry,
)

_HEAD = Box(68, 6, 93, 36)
_FOOT_LEFT, _FOOT_RIGHT, _FOOT_RIGHT_END, _FOOT_TOP = 20.0, 117.0, 190.5, 276.6
_SIGN, _STEP = 3.7, 4.4  # height of an alert sign, and from one to the next


def draw(paper: Paper, sheet: DaySheet) -> None:
    """Draw all pages of a sheet into a document."""
    words = Words(sheet.letterhead.languages)
    pages = page_count(len(sheet.rows))
    paper.section(landscape=False)
    for number in range(1, pages + 1):
        if number > 1:
            paper.page()
        rows = sheet.rows[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE]
        geometry = page_geometry(len(rows), sheet.opens, sheet.closes)
        _Page(paper, words, sheet, geometry).draw(rows, number, pages)


class _Page:
    """One page being drawn."""

    def __init__(self, paper: Paper, words: Words, sheet: DaySheet, geometry: PageGeometry) -> None:
        self.paper, self.words, self.sheet, self.geometry = paper, words, sheet, geometry

    def draw(self, rows: tuple[SheetRow, ...], number: int, pages: int) -> None:
        paper, languages, sheet = self.paper, self.words.languages, self.sheet
        form = (languages, len(rows), sheet.opens, sheet.closes, sheet.letterhead, sheet.group, sheet.capacity)
        paper.stamp(("scan-ready form", form), self._form)
        paper.stamp(("scan-ready names", languages, rows), lambda: self._names(rows))
        self._codes(number)
        self._this_page(number, pages)

    # ------------------------------------------------------------------------------ the same on many pages
    def _form(self) -> None:
        paper, geometry = self.paper, self.geometry
        for mark in geometry.markers:
            marker(paper, mark)
        self._stamp_area()
        self._column_heads()
        for row in geometry.rows:
            for cell in row.cells:
                if cell.kind == "tick":
                    self._tick(cell)
        self._rules()
        self._remarks()
        self._legend()
        self._head()
        self._foot(len(geometry.rows))

    def _rules(self) -> None:
        table = self.geometry.table
        for row in self.geometry.rows[1:]:
            self.paper.line(table.left, row.box.top, table.right, row.box.top, RULE)
        for column in self.geometry.columns.all()[1:]:
            self.paper.line(column.left, table.top, column.left, table.bottom, RULE)
        self.paper.box(table, FRAME)

    def _tick(self, cell: Cell) -> None:
        self.paper.box(cell.box, RULE)
        if cell.label:
            size = 5.1 if cell.label.startswith(":") else 6.4
            base = cell.box.middle[1] + 0.36 * size * 0.3528
            self.paper.text(cell.box.left - 0.35, base, cell.label, size, align="right")

    def _column_heads(self) -> None:
        columns, words = self.geometry.columns, self.words
        for column, message in (
            (columns.arrival_signature, N_("Signature")),
            (columns.departure, N_("Time out")),
            (columns.departure_signature, N_("Signature")),
            (columns.absent, N_("Absent")),
        ):
            # The last head is wider than its narrow column.
            words.heading(self.paper, column.inside(-1 if column is columns.absent else 0.3, 0.8), message, 9)
        beside_stamp = self.geometry.stamp.right + 0.8
        arrival = columns.arrival
        head = Box(beside_stamp, arrival.top, arrival.right - beside_stamp, arrival.height)
        words.heading(self.paper, head.inside(0.3, 0.8), N_("Time in"), 9)

    def _stamp_area(self) -> None:
        area, reach = self.geometry.stamp, 4.0
        for x, towards in ((area.left, reach), (area.right, -reach)):
            for y, down in ((area.top, reach), (area.bottom, -reach)):
                self.paper.line(x, y, x + towards, y, FINE)
                self.paper.line(x, y, x, y + down, FINE)
        middle = Box(area.left + 5, area.middle[1] - 4, area.width - 10, 8)
        self.words.heading(self.paper, middle, N_("Company stamp here"), 7, bold=False)

    def _remarks(self) -> None:
        table = self.geometry.table
        top = table.bottom + 7.5
        lines = min(6, int((271.0 - top) / 8))
        if lines < 1:
            return
        self.words.label(self.paper, table.left, top, N_("Remark"), 8)
        for line in range(1, lines + 1):
            self.paper.dots(table.left, table.right, top + 8 * line)

    def _legend(self) -> None:
        for index, (kind, message) in enumerate(ALERT_WORDS.items()):
            x, y = _FOOT_LEFT + index % 2 * 37, _FOOT_TOP + index // 2 * 4.5
            alert(self.paper, Box(x, y, _SIGN, _SIGN), kind)
            self.paper.fill(Box(x + 5, y, 31, _SIGN), self.words.both(message), 6.6, most=1)
        correct = self.words.both(N_("Corrections: strike through and initial."))
        self.paper.fill(Box(_FOOT_LEFT, _FOOT_TOP + 13.4, 74, 3.2), correct, 6.2, most=1)

    def _names(self, rows: tuple[SheetRow, ...]) -> None:
        for row, place in zip(rows, self.geometry.rows, strict=True):
            self._name(row, place)

    def _name(self, row: SheetRow, place: Row) -> None:
        paper, box = self.paper, place.child
        left, right = box.left + 6.4, box.right - 0.7
        below, above = row.alerts[:3], row.alerts[3:]
        paper.text(box.left + 5.2, box.top + 5.1, row.position, 8.5, align="right")
        room = right - left - len(above) * _STEP
        paper.fill(Box(left, box.top + 0.7, room, 5.9), row.name, 12, bold=True, floor=6)
        facts = [row.name_latin, age_text(self.words, row.age), row.number]
        if not row.expected:
            facts.append(self.words.first(N_("not expected")))
        room = right - left - len(below) * _STEP - (0.8 if below else 0)
        paper.fill(Box(left, box.top + 6.8, room, 4.0), " · ".join(filter(None, facts)), 6.8, floor=4)
        for signs, top in ((above, box.top + 1.9), (below, box.top + 6.8)):
            for index, kind in enumerate(reversed(signs), start=1):
                alert(paper, Box(right - index * _STEP + 0.5, top, _SIGN, _SIGN), kind)

    def _head(self) -> None:
        paper, words, sheet = self.paper, self.words, self.sheet
        left, across = _HEAD.left, _HEAD.width
        paper.fill(Box(left, 6.4, across, 4.4), sender(sheet.letterhead), 8, most=1)
        title_line(paper, words, N_("Sign-in sheet"), Box(left, 11.4, across, 7), 15)
        self._facts(left, across)

    def _facts(self, left: float, across: float) -> None:
        paper, words, sheet = self.paper, self.words, self.sheet
        x = words.label(paper, left, 32.6, N_("Group"), 7) + 1.2
        half = left + across * 0.5
        paper.fill(Box(x, 29.0, half - x, 5.2), sheet.group, 10.5, bold=True, most=1)
        hours, places = words.both(N_("Opening hours")), words.both(N_("Capacity"))
        paper.fill(
            Box(half + 2, 28.8, across * 0.5 - 2, 2.9),
            f"{hours}  {clock(sheet.opens)}–{clock(sheet.closes)}",
            6.8,
            most=1,
        )
        paper.fill(Box(half + 2, 31.7, across * 0.5 - 2, 2.9), f"{places}  {sheet.capacity}", 6.8, most=1)
        ask = "\n".join(words.each(N_("Tick one hour and one quarter, sign inside the box, with a pen.")))
        paper.fill(Box(left, 35.0, across, 6.4), ask, 7.2, most=3)

    def _foot(self, children: int) -> None:
        paper, words = self.paper, self.words
        part = (_FOOT_RIGHT_END - _FOOT_RIGHT) / 3
        for index, message in enumerate((N_("Expected"), N_("Present"), N_("Absent"))):
            left = _FOOT_RIGHT + index * part
            paper.fill(Box(left, _FOOT_TOP, part - 8.5, 4.6), words.both(message), 7)
            if index:
                paper.dots(left + part - 8, left + part - 1, _FOOT_TOP + 4)
            else:
                paper.text(left + part - 7, _FOOT_TOP + 3.5, children, 9, bold=True)
        x = words.label(paper, _FOOT_RIGHT, _FOOT_TOP + 10.6, N_("Coordinator"), 7) + 1
        paper.dots(x, _FOOT_RIGHT_END, _FOOT_TOP + 11)
        line = Box(_FOOT_RIGHT, _FOOT_TOP + 12.6, _FOOT_RIGHT_END - _FOOT_RIGHT, 3)
        paper.fill(line, printed(words, self.sheet.letterhead), 5.2)

    # ------------------------------------------------------------------------------------- this page's own
    def _codes(self, number: int) -> None:
        sheet = self.sheet
        content = encode(PageCode(sheet.code, number, LAYOUT, sheet.revision), sheet.site_key)
        for box in (self.geometry.head_code, self.geometry.foot_code):
            qr_code(self.paper, box, content, error="h")

    def _this_page(self, number: int, pages: int) -> None:
        paper, words, sheet = self.paper, self.words, self.sheet
        day, *other_days = words.days(sheet.day)
        paper.fill(Box(_HEAD.left, 18.8, _HEAD.width, 6.4), day, 13, bold=True, most=1)
        paper.fill(Box(_HEAD.left, 24.6, _HEAD.width, 4.0), " / ".join(other_days), 8, most=1)
        code = self.geometry.head_code.middle[0]
        paper.text(code, 35.4, written(sheet.code), 9.5, bold=True, align="centre")
        page = " / ".join(words.each(N_("Page {page} of {pages}"), page=number, pages=pages))
        copy = words.both(N_("Copy {copy}"), copy=sheet.copy) if sheet.copy > 1 else ""
        paper.fill(Box(code - 18, 36.4, 33, 4.6), "   ".join(filter(None, (page, copy))), 7.4, align="centre")
