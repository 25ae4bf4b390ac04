"""The sheet on which the adults on duty sign in and out.

Source: `domain.md` 8.6
"""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock
from ccfs_desktop.services.papers import StaffRow, StaffSignIn

_TITLE = N_("Staff sign-in")

_COLUMNS = (
    Column(N_("No."), 8, "centre"),
    Column(N_("Name"), 46, size=10, bold=True),
    Column(N_("Role"), 30),
    Column(N_("Group"), 24),
    Column(N_("Planned"), 20, "centre"),
    Column(N_("Time in"), 17),
    Column(N_("Signature"), 32),
    Column(N_("Break, from and to"), 24, head_size=6.5),
    Column(N_("Time out"), 17),
    Column(N_("Signature"), 32),
    Column(N_("Replaces"), 23),
)


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
        not_counted = words.both(N_("(–) does not count towards the ratio"))
        paper.text(MARGIN, paper.height - 12.4, not_counted, 6.6)
        foot(paper, words, data.letterhead, page, pages)

    def top() -> float:
        return head(paper, words, data.letterhead, _TITLE, under=words.days(data.day))

    def turn() -> float:
        paper.page()
        return top()

    paper.section(furniture, landscape=True)
    blank: list[Cell] = [""] * len(_COLUMNS)
    rows = [_row(index, row) for index, row in enumerate(data.rows, start=1)] + [blank] * data.spare_rows
    table = Table(paper, words, _COLUMNS, MARGIN, head_height=10, row_height=10.5)
    table.draw(rows, top(), paper.height - BOTTOM - 2, turn)


def _row(index: int, row: StaffRow) -> list[Cell]:
    name = row.name if row.counted else f"{row.name} (–)"
    planned = f"{clock(row.planned_in)}–{clock(row.planned_out)}" if row.planned_in or row.planned_out else ""
    return [str(index), name, row.role, row.group, planned, *[""] * 6]
