"""The list of what is missing or looks unlikely in the records, for the office to work off before an audit."""

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.flaws_paper import FlawList, FlawRow
from ccfs_desktop.services.statistics import Figure

TITLE = N_("Before the auditor does")

_FLAWS = (
    Column(N_("Day"), 22, size=8),
    Column(N_("What"), 46, size=8, bold=True),
    Column(N_("In words"), 107, size=8),
    Column(N_("Explanation"), 70, size=8),
    Column(N_("Explained by"), 28, size=7.5),
)
_SHARES = (
    Column(N_("What"), 60, size=8, bold=True),
    Column(N_("Definition"), 113, size=8),
    Column(N_("How many"), 40, "centre", size=9),
    Column(N_("Share"), 24, "centre", size=9, bold=True),
    Column(N_("95-per-cent interval"), 36, "centre", size=8),
)


def render(data: FlawList) -> bytes:
    """Return the list as a PDF."""
    words = Words(data.letterhead.languages)
    with i18n.use(words.languages[0]):
        return _render(words, data)


def _render(words: Words, data: FlawList) -> bytes:
    period = f"{data.first.isoformat()} – {data.last.isoformat()}"
    title = f"{words.first(TITLE)} {period}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at, landscape=True)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages), landscape=True)

    def top() -> float:
        return head(paper, words, data.letterhead, TITLE, under=(period,))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    _summary(form, data)
    for family, rows in data.families:
        form.section(family, keep=20)
        form.table(Table(paper, words, _FLAWS, MARGIN, row_height=9), [_flaw(row) for row in rows])
    form.section(N_("How complete the records are"), keep=64)
    form.table(Table(paper, words, _SHARES, MARGIN, row_height=6.4), [_share(one) for one in data.shares])
    return paper.finish()


def _summary(form: Form, data: FlawList) -> None:
    if data.found:
        form.told(N_("Found: {n}. Not explained yet: {open}."), 10, n=data.found, open=data.open)
        form.told(N_("An auditor will ask about these. None of them proves that anybody did wrong."), 8.5)
    else:
        form.told(N_("Nothing is missing and nothing looks unlikely."), 10)
    form.told(N_("For the office, with names. It is not meant to be handed out."), 8.5)
    form.gap(2)


def _flaw(row: FlawRow) -> list[Cell]:
    days = [row.day.isoformat(), *([row.until.isoformat()] if row.until and row.until != row.day else [])]
    return [tuple((day, 8, False) for day in days), row.title, row.sentence, row.word, row.by]


def _share(figure: Figure) -> list[Cell]:
    numbers = _("{n} of {all}").format(n=f"{figure.numerator:,.0f}", all=f"{figure.denominator or 0:,.0f}")
    return [figure.title, figure.definition, numbers, figure.text, figure.interval_text or "–"]
