"""The logs of the space, filled: visitors, drills without names, food, the first-aid kit, first aid given.

Source: `domain.md` 5.4 (R3), 8.10, 8.13-8.15
"""

from dataclasses import dataclass

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Part, Table
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.log_papers import Entry, LogPaper, Word

_SMALL = 0.8
"""A cell's second language beside its first."""


@dataclass(frozen=True)
class _Layout:
    """One log on paper."""

    title: str
    columns: tuple[Column, ...]
    confidential: bool = False
    today: bool = False
    """Whether it says how things are, not what happened."""


_LAYOUTS = {
    "visitor-register": _Layout(
        N_("Visitor register"),
        (
            Column(N_("Date"), 19), Column(N_("Name"), 38), Column(N_("Organisation"), 36), Column(N_("Purpose"), 42),
            Column(N_("ID seen"), 14, "centre"), Column(N_("Host"), 26), Column(N_("Time in"), 17, "centre"),
            Column(N_("Time out"), 19, "centre"), Column(N_("Rules read"), 14, "centre"),
            Column(N_("Photos allowed"), 15, "centre", head_size=6.5), Column(N_("Remark"), 33),
        ),
    ),
    "drill-register": _Layout(
        N_("Drill register"),
        (
            Column(N_("Date"), 20), Column(N_("Began at"), 16, "centre"), Column(N_("Part of the day"), 36),
            Column(N_("Kind"), 28), Column(N_("Announced"), 20, "centre"), Column(N_("Seconds"), 18, "centre", 9),
            Column(N_("Children"), 24, "centre", 9), Column(N_("Adults"), 24, "centre", 9),
            Column(N_("Visitors"), 24, "centre", 9), Column(N_("Check"), 38), Column(N_("Remark"), 25),
        ),
    ),
    "food-log": _Layout(
        N_("Food log"),
        (
            Column(N_("Date"), 20), Column(N_("Meal"), 27), Column(N_("Menu"), 60), Column(N_("Supplier"), 34),
            Column(N_("°C"), 14, "centre", 9), Column(N_("Sample kept"), 18, "centre"),
            Column(N_("Thrown away"), 22, "centre"), Column(N_("Allergies served"), 50), Column(N_("Signed by"), 28),
        ),
        confidential=True,
    ),
    "first-aid-kit": _Layout(
        N_("Contents of the first-aid kit"),
        (
            Column(N_("First-aid kit"), 38), Column(N_("Content"), 82, size=8.5),
            Column(N_("At least"), 18, "centre", 9), Column(N_("There are"), 20, "centre", 9),
            Column(N_("Good until"), 26, "centre"), Column(N_("State"), 34),
            Column(N_("To buy"), 18, "centre", 9, bold=True), Column(N_("Checked"), 37),
        ),
        today=True,
    ),
    "first-aid-log": _Layout(
        N_("First-aid log"),
        (
            Column(N_("Date"), 20), Column(N_("Time"), 17, "centre"), Column(N_("Child"), 20, "centre"),
            Column(N_("Injury"), 62), Column(N_("What was used"), 78), Column(N_("Given by"), 34),
            Column(N_("Incident"), 20, "centre"), Column(N_("Remark"), 22),
        ),
        confidential=True,
    ),
}  # fmt: skip


def render(data: LogPaper) -> bytes:
    """Return a log as a PDF."""
    words, layout = Words(data.letterhead.languages), _LAYOUTS[data.kind]
    title = f"{words.first(layout.title)} {data.last.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at, landscape=True)
    note = words.both(N_("Confidential")) if layout.confidential else ""
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, note), landscape=True)

    def top() -> float:
        return head(paper, words, data.letterhead, layout.title, under=_under(words, data, layout))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    rows = [
        [_cell(words, entry, column) for entry, column in zip(row, layout.columns, strict=True)] for row in data.rows
    ]
    form.table(Table(paper, words, layout.columns, MARGIN, head_height=9, row_height=7), rows)
    for word in data.told:
        form.told(word.message, 8.5, **word.values)
    form.need(20)
    form.gap(2)
    form.sign(N_("Checked by"), N_("Signature"), N_("Date"), height=13)
    return paper.finish()


def _under(words: Words, data: LogPaper, layout: _Layout) -> tuple[str, ...]:
    """The day, or the period from its first day to its last."""
    return words.days(data.last) if layout.today else words.span(data.first, data.last)


def _cell(words: Words, entry: Entry, column: Column) -> Cell:
    """Write texts as they are and words in each language, the second one smaller."""
    parts: list[Part] = []
    for one in entry if isinstance(entry, tuple) else (entry,):
        if isinstance(one, Word):
            said, *others = words.each(one.message, **one.values) if one.message else ("",)
            parts += [(said, column.size, column.bold), *((other, column.size * _SMALL, False) for other in others)]
        else:
            parts.append((one, column.size, column.bold))
    return tuple(parts)
