"""The summary of a week on one page, and what the next one asks for. Source: domain.md 8.21."""

from datetime import timedelta

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.attendance_chart import chart
from ccfs_desktop.reports.kit import figure
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, iso
from ccfs_desktop.services.sheet_geometry import Box
from ccfs_desktop.services.weekly_facts import Week

TITLE = N_("Weekly summary")
_FIGURES = ("K05", "K06", "K04", "K07", "K10", "K11", "K12", "K13", "K14b")
"""Source: domain.md 8.21: attendance, occupancy, breaches, incidents, actions, production."""
_ROWS = (
    Column(N_("Key figure"), 82, size=9),
    Column(N_("Value"), 26, "centre", size=11, bold=True),
    Column(N_("Reckoned from"), 34, "centre", size=8.5),
    Column(N_("To know"), 44, size=7),
)


def render(data: Week) -> bytes:
    """Return the summary as a PDF."""
    words = Words(data.letterhead.languages)
    with i18n.use(words.languages[0]):
        return _render(words, data)


def _render(words: Words, data: Week) -> bytes:
    span = f"{iso(data.period.first)} – {iso(data.period.until)}"
    paper = Paper(f"{words.first(TITLE)} {span}", language=words.languages[0], made=data.letterhead.printed_at)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages))

    def top() -> float:
        return head(paper, words, data.letterhead, TITLE, under=(span,))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    drawn = chart(data.days)
    form.y = figure.place(paper, Box(form.left, form.y, form.across, 0), drawn) + 3
    rows = [_row(data, one) for one in _FIGURES]
    rows.append([_both(words, N_("Children found in production")), str(data.facts.patrols.events), "–", ""])
    rows.append([_both(words, N_("Visitors")), str(data.visitors), "–", ""])
    form.table(Table(paper, words, _ROWS, MARGIN, head_height=8, row_height=9), rows)
    form.section(N_("The next week"), keep=30)
    form.say(f"{iso(data.next_monday)} – {iso(data.next_monday + timedelta(days=6))}", 9)
    for one in data.ahead:
        form.told(one.message, 9.5, **one.values)
        form.gap(1)
    return paper.finish()


def _row(data: Week, id_: str) -> list[Cell]:
    figures = data.spoken(id_)
    first, *others = dict.fromkeys(one.title for one in figures)
    notes = list(dict.fromkeys(one.note for one in figures if one.note))
    return [
        ((first, 9, True), *((one, 7, False) for one in others)), figures[0].text, figures[0].counted or "–",
        tuple((note, 6.6 if index else 7, False) for index, note in enumerate(notes)),
    ]  # fmt: skip


def _both(words: Words, message: str) -> Cell:
    first, *others = words.each(message)
    return ((first, 9, True), *((one, 7, False) for one in others))
