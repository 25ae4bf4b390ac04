"""The form of the patrols for the clipboard: what is planned, room to write what was walked and whom one found.

Source: domain.md 8.9
"""

from collections.abc import Sequence

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import RULE
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock
from ccfs_desktop.services.patrols_papers import FormRow, PatrolForm
from ccfs_desktop.services.sheet_geometry import Box

TITLE = N_("Patrol form")

_WALKED = (
    Column(N_("Day"), 21, size=8.5, bold=True),
    Column(N_("Patrol"), 34, size=8.5),
    Column(N_("Begun at"), 17),
    Column(N_("Ended at"), 17),
    Column(N_("Areas walked: tick"), 82),
    Column(N_("Areas left out, and why"), 42),
    Column(N_("Children seen"), 17, head_size=7),
    Column(N_("Walked by: name and signature"), 43),
)
_SEEN = (
    Column(N_("Day"), 21),
    Column(N_("Time"), 15),
    Column(N_("Area or line"), 32),
    Column(N_("Child: name or age"), 36),
    Column(N_("Parent"), 30),
    Column(N_("Doing what"), 27),
    Column(N_("Minutes"), 16),
    Column(N_("Hazard there"), 30),
    Column(N_("What was done"), 34),
    Column(N_("Talk with the parent"), 32),
)
_SPARE, _CHILDREN = 1, 3
"""Empty rows: one for a patrol nobody planned, and so many for children."""
_TICK, _ACROSS = 2.6, 3
"""A box to tick, in millimetres; so many of them stand side by side."""


def render(data: PatrolForm) -> bytes:
    """Return the form as a PDF."""
    words = Words(data.letterhead.languages)
    title = f"{words.first(TITLE)} {data.first.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at, landscape=True)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages), landscape=True)

    def top() -> float:
        period = data.first.isoformat()
        if data.last != data.first:
            period += f" – {data.last.isoformat()}"
        return head(paper, words, data.letterhead, TITLE, under=(period,))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    form.told(
        N_("Write the times as they were, and 0 when no child was seen. Corrections: strike through, initial."), 7.5
    )
    form.gap(1)
    rows = [_row(paper, row) for row in data.rows]
    blank: list[Cell] = [""] * len(_WALKED)
    form.table(Table(paper, words, _WALKED, MARGIN, head_height=9, row_height=9), [*rows, *[blank] * _SPARE])
    form.section(N_("Every child seen"), keep=9 + 2 * 9)
    child: list[Cell] = [""] * len(_SEEN)
    form.table(Table(paper, words, _SEEN, MARGIN, head_height=9, row_height=9), [child] * _CHILDREN)
    return paper.finish()


def _row(paper: Paper, row: FormRow) -> list[Cell]:
    when = ((row.name, 8.5, False), (clock(row.at), 7.5, False))
    # The boxes draw themselves, so blank lines beside them keep the row high enough.
    blank = ((" ", 7.5, False),) * -(-len(row.areas) // _ACROSS)
    return [row.day.isoformat(), when, blank, "", _ticks(paper, row.areas), "", "", ""]


def _ticks(paper: Paper, areas: Sequence[str]) -> Cell:
    """The planned areas, each with a box to tick, in columns."""

    def draw(box: Box) -> None:
        lines = max(1, -(-len(areas) // _ACROSS))
        high, wide = (box.height - 1) / lines, box.width / _ACROSS
        for n, area in enumerate(areas):
            left, top = box.left + 1 + n % _ACROSS * wide, box.top + 0.5 + n // _ACROSS * high
            paper.box(Box(left, top + (high - _TICK) / 2, _TICK, _TICK), RULE)
            paper.fill(Box(left + _TICK + 1, top, wide - _TICK - 2.5, high), area, 8, most=2)

    return draw
