"""The papers of data protection: consent register, record of disposal, disclosure log, breach, audit, guardian's copy.

Source: `security.md` 5
"""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Part, Table
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.data_papers import DataPaper, Section
from ccfs_desktop.services.log_papers import Entry, Word
from ccfs_desktop.services.sheet_geometry import Box

_SIZE, _SMALL = 8.5, 0.82
_PHOTO = 30.0
"""Height and width of a picture at the top, in millimetres."""
_HAND = 16.0
"""Height of a row to write on by hand, in millimetres; such rows stay together on a page."""


def render(data: DataPaper) -> bytes:
    """Return a paper of data protection as a PDF."""
    words = Words(data.letterhead.languages)
    title = " ".join((words.first(data.title), *data.under[:1]))
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at, landscape=data.landscape)
    note = words.both(N_("Confidential")) if data.confidential else ""
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, note), landscape=data.landscape)
    end = paper.height - (BOTTOM if data.letterhead.imprint is None else BOTTOM + 3)

    def top() -> float:
        return head(paper, words, data.letterhead, data.title, under=data.under)

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, end, turn)
    form.y = top()
    if data.picture:
        paper.picture(Box(MARGIN, form.y, _PHOTO, _PHOTO), data.picture)
        form.gap(_PHOTO + 2)
    for section in data.sections:
        _section(form, section)
    if data.signed:
        form.need(20)
        form.gap(4)
        form.sign(*data.signed, height=13)
    return paper.finish()


def _section(form: Form, section: Section) -> None:
    if section.heading:
        form.section(section.heading, keep=_HAND * (len(section.rows) + 1) if section.high else 16)
    for word in section.told:
        form.told(word.message, 8.5, **word.values)
    if section.told:
        form.gap(1.5)
    if section.rows:
        total = sum(one.share for one in section.heads)
        columns = [
            Column(one.message, form.across * one.share / total, "right" if one.number else "left", size=_SIZE)
            for one in section.heads
        ]
        headed = any(one.message for one in section.heads)
        table = Table(
            form.paper, form.words, columns, form.left, head_height=8 if headed else 0.01,
            row_height=_HAND if section.high else 5.6, tallest=230,
        )  # fmt: skip
        form.need(14)
        form.table(table, [[_cell(form.words, cell) for cell in row] for row in section.rows])
    else:
        form.gap(2)


def _cell(words: Words, entry: Entry) -> Cell:
    """Write texts as they are and words in each language, the second one smaller."""
    parts: list[Part] = []
    for one in entry if isinstance(entry, tuple) else (entry,):
        if isinstance(one, Word):
            said, *others = words.each(one.message, **one.values)
            parts += [(said, _SIZE, False), *((other, _SIZE * _SMALL, False) for other in others)]
        else:
            parts += [(line, _SIZE, False) for line in one.split("\n") if line]
    return tuple(parts)
