"""The numbered sheet on which the adults on duty sign in and out.

Source: `domain.md` 8.6
"""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.marks import qr_code
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FINE
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock
from ccfs_desktop.services.papers import StaffRow, StaffSignIn
from ccfs_desktop.services.sheet_codes import PageCode, encode, written
from ccfs_desktop.services.sheet_geometry import Box

_TITLE = N_("Staff sign-in")
LAYOUT = "T1"
"""This arrangement's name in the code of a page."""

_COLUMNS = (
    Column(N_("No."), 8, "centre"),
    Column(N_("Name"), 44, size=10, bold=True),
    Column(N_("Role"), 26),
    Column(N_("Group"), 22),
    Column(N_("Planned"), 21, "centre"),
    Column(N_("Time in"), 16),
    Column(N_("Signature"), 29),
    Column(N_("Breaks and errands, from – to"), 44, head_size=6.5),
    Column(N_("Time out"), 16),
    Column(N_("Signature"), 29),
    Column(N_("Replaces"), 18),
)
_CODE = 14.0


def render(data: StaffSignIn) -> bytes:
    """Return the staff sign-in sheet as a PDF."""
    words = Words(data.letterhead.languages)
    title = f"{words.first(_TITLE)} {data.day.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    draw(paper, data)
    return paper.finish()


def draw(paper: Paper, data: StaffSignIn) -> None:
    """Draw the sheet's pages into a document."""
    words = Words(data.letterhead.languages)

    def furniture(page: int, pages: int) -> None:
        told = words.both(N_("(–) does not count towards the ratio"))
        told += "  ·  " + words.both(N_("Write the times as they were. Corrections: strike through and initial."))
        paper.fill(Box(MARGIN, paper.height - 14.6, paper.width - 2 * MARGIN, 3.6), told, 6.6, most=1)
        _number(paper, words, data, page)
        foot(paper, words, data.letterhead, page, pages)

    def top() -> float:
        return head(paper, words, data.letterhead, _TITLE, under=words.days(data.day), right=46) + 1

    def turn() -> float:
        paper.page()
        return top()

    paper.section(furniture, landscape=True)
    blank: list[Cell] = [""] * len(_COLUMNS)
    rows = [_row(paper, index, row) for index, row in enumerate(data.rows, start=1)]
    rows += [[*blank[:7], _breaks(paper), *blank[8:]]] * data.spare_rows
    table = Table(paper, words, _COLUMNS, MARGIN, head_height=10, row_height=10.5)
    table.draw(rows, top(), paper.height - BOTTOM - 2.4, turn)


def _number(paper: Paper, words: Words, data: StaffSignIn, page: int) -> None:
    """The sheet's number, and the code of the page by which it is found again."""
    if not data.code:
        return
    right = paper.width - MARGIN
    content = encode(PageCode(data.code, page, LAYOUT, data.revision), data.site_key)
    qr_code(paper, Box(right - _CODE - 1, 9, _CODE, _CODE), content, error="h")
    left = right - _CODE - 31
    paper.fill(Box(left, 10, 26, 5), written(data.code), 10.5, bold=True, align="right", most=1)
    if data.copy > 1:
        copy = words.both(N_("Copy {copy}"), copy=data.copy)
        paper.fill(Box(left, 15.4, 26, 4), copy, 7, align="right", most=1)


def _row(paper: Paper, index: int, row: StaffRow) -> list[Cell]:
    name = row.name if row.counted else f"{row.name} (–)"
    planned = f"{clock(row.planned_in)}–{clock(row.planned_out)}" if row.planned_in or row.planned_out else ""
    return [str(index), name, row.role, row.group, planned, "", "", _breaks(paper), "", "", ""]


def _breaks(paper: Paper) -> Cell:
    """Room for two breaks: from, a dash, to."""

    def lines(box: Box) -> None:
        half = box.width / 2
        paper.line(box.left + half, box.top, box.left + half, box.bottom, FINE)
        for left in (box.left, box.left + half):
            paper.text(left + half / 2, box.middle[1] + 1, "–", 9, align="centre")

    return lines
