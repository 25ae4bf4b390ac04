"""The log in which every visitor is entered.

Source: `domain.md` 8.10
"""

from dataclasses import replace

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.papers import VisitorLog

_TITLE = N_("Visitor log")

_DATE = Column(N_("Date"), 20)
_COLUMNS = (
    Column(N_("Name"), 42),
    Column(N_("Organisation"), 38),
    Column(N_("Purpose"), 38),
    Column(N_("ID seen"), 14),
    Column(N_("Host"), 28),
    Column(N_("Time in"), 17),
    Column(N_("Time out"), 17),
    Column(N_("Rules read"), 14),
    Column(N_("Photos allowed"), 14, head_size=6.5),
    Column(N_("Signature"), 31),
)


def render(data: VisitorLog) -> bytes:
    """Return the visitor log as a PDF."""
    words = Words(data.letterhead.languages)
    paper = Paper(words.first(_TITLE), language=words.languages[0], made=data.letterhead.printed_at, landscape=True)
    draw(paper, data)
    return paper.finish()


def draw(paper: Paper, data: VisitorLog) -> None:
    """Draw the log's pages into a document."""
    words = Words(data.letterhead.languages)

    def top() -> float:
        under = words.days(data.day) if data.day else ()
        return head(paper, words, data.letterhead, _TITLE, under=under)

    def turn() -> float:
        paper.page()
        return top()

    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages), landscape=True)
    # A day's own log has its date above; there the purpose gets the room.
    columns = [_DATE, *_COLUMNS] if data.day is None else [_wider(column) for column in _COLUMNS]
    row: list[Cell] = [""] * len(columns)
    table = Table(paper, words, columns, MARGIN, head_height=10, row_height=10.6)
    table.draw([row] * data.lines, top(), paper.height - BOTTOM, turn)


def _wider(column: Column) -> Column:
    return replace(column, width=column.width + _DATE.width) if column.message == N_("Purpose") else column
