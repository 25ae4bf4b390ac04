"""Everybody's papers on one list: who was checked, when, by whom, until when, and who counts as an adult.

Source: `domain.md` 5.1 and 5.4 (R6), 8.5
"""

from collections.abc import Sequence
from dataclasses import replace

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.standing import day, spoken, standing
from ccfs_desktop.reports.kit.table import Cell, Column, Part, Table
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.staff_papers import Standing
from ccfs_desktop.services.staff_prints import PaperLine, VettingList, VettingRow

_TITLE = N_("Vetting list")

_COLUMNS = (
    Column(N_("No."), 8, "centre"),
    Column(N_("Name"), 40, size=9.5, bold=True),
    Column(N_("Background check, done on"), 23, "centre"),
    Column(N_("Checked by, with what result"), 40, size=7.5),
    Column(N_("Next due"), 22, "centre"),
    Column(N_("Health certificate, until"), 30, "centre"),
    Column(N_("Code of conduct signed"), 23, "centre", head_size=7),
    Column(N_("Safeguarding training, on"), 23, "centre", head_size=7),
    Column(N_("First aid, until"), 22, "centre"),
    Column(N_("Counts in the ratio"), 42, size=7.5),
)

_BY, _NARROW = 3, (1, 2, 6, 7)
"""Columns: who checked with what result; those that can do with more room."""

_NOT_ASKED: tuple[Part, ...] = (("\N{EN DASH}", 8, False),)
"""What the role does not ask for and the file does not hold."""


def render(data: VettingList) -> bytes:
    """Return the vetting list as a PDF."""
    words = Words(data.letterhead.languages)
    title = f"{words.first(_TITLE)} {data.day.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    note = words.both(N_("Confidential"))
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, note), landscape=True)

    def top() -> float:
        return head(paper, words, data.letterhead, _TITLE, under=words.days(data.day))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    columns, rows = _without_empty([_row(words, number, row) for number, row in enumerate(data.rows, start=1)])
    form.table(Table(paper, words, columns, MARGIN, head_height=11, row_height=9), rows)
    form.need(20)
    counted = sum(row.counted for row in data.rows)
    form.told(N_("{counted} of {all} people count as adults on this day."), 9, counted=counted, all=len(data.rows))
    form.gap(2)
    form.sign(N_("Checked by"), N_("Signature"), N_("Date"), height=13)
    return paper.finish()


def _without_empty(rows: list[list[Cell]]) -> tuple[Sequence[Column], list[list[Cell]]]:
    """Leave out who checked with what result where nobody's file says so; the narrow columns share its room."""
    if any(row[_BY] for row in rows) or not rows:
        return _COLUMNS, rows
    more = _COLUMNS[_BY].width / len(_NARROW)
    wider = [replace(one, width=one.width + more) if n in _NARROW else one for n, one in enumerate(_COLUMNS)]
    return [*wider[:_BY], *wider[_BY + 1 :]], [[*row[:_BY], *row[_BY + 1 :]] for row in rows]


def _row(words: Words, number: int, row: VettingRow) -> list[Cell]:
    check, health, code, training, first_aid = row.papers
    return [
        str(number),
        ((row.name, 9.5, True), *spoken(row.role, 7.5), *_further(words, row)),
        _issued(words, check),
        _by(check),
        _until(words, check) if check.until else _NOT_ASKED,
        ((health.number, 7.5, False), *_until(words, health)),
        _issued(words, code),
        _issued(words, training),
        _until(words, first_aid),
        spoken(row.counts, 7.5, bold=not row.counted),
    ]


def _further(words: Words, row: VettingRow) -> tuple[Part, ...]:
    """Name the papers that have no column: until when they hold, or what is wrong with them."""
    return tuple(
        part
        for kind, line in row.further
        for part in (
            (words.first(kind.word), 6.8, False),
            *(_until(words, line) or standing(words, line.standing or Standing.VALID, 7.5)),
        )
    )


def _issued(words: Words, line: PaperLine) -> tuple[Part, ...]:
    """Write when a paper was issued; that it is there when only that is known; that it is missing."""
    if line.standing is None:
        return _NOT_ASKED
    if line.standing is Standing.MISSING:
        return standing(words, line.standing)
    return day(line.issued_on) or spoken(words.each(N_("there")))


def _until(words: Words, line: PaperLine) -> tuple[Part, ...]:
    """Write until when a paper holds, and the word where it does not or soon will not."""
    if line.standing is None:
        return _NOT_ASKED
    word = () if line.standing is Standing.VALID and line.until else standing(words, line.standing, 7.5)
    return (*day(line.until, bold=not line.standing.holds), *word)


def _by(line: PaperLine) -> tuple[Part, ...]:
    return tuple((text, 7.5, False) for text in (line.authority, line.result) if text)
