"""The safety checks of a season: how many were due and made, and each of them, those that were missed among them."""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, moment
from ccfs_desktop.services.check_papers import CheckHistory, HistoryRow, HistoryTotal

TITLE, OF_PERIOD = N_("Safety checks of the season"), N_("Safety checks of the period")

_TOTALS = (
    Column(N_("Checklist"), 110, size=9),
    Column(N_("Due"), 28, "centre", size=10),
    Column(N_("Made"), 28, "centre", size=10),
    Column(N_("Typed afterwards"), 35, "centre", size=10),
    Column(N_("Missed, explained"), 36, "centre", size=10),
    Column(N_("Missed, not explained"), 36, "centre", size=10),
)
_ROWS = (
    Column(N_("Day"), 24, size=8.5),
    Column(N_("Checklist"), 62, size=8.5),
    Column(N_("Result"), 46, size=8.5),
    Column(N_("Findings"), 18, "centre", size=9),
    Column(N_("Signed by"), 44, size=8.5),
    Column(N_("Remark"), 79, size=8),
)


def render(data: CheckHistory) -> bytes:
    """Return the history as a PDF."""
    words = Words(data.letterhead.languages)
    called = OF_PERIOD if data.part else TITLE
    title = f"{words.first(called)} {data.until.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at, landscape=True)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, data.audit_head), landscape=True)

    def top() -> float:
        return head(paper, words, data.letterhead, called, under=words.span(data.first, data.until))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    form.table(
        Table(paper, words, _TOTALS, MARGIN, head_height=8, row_height=6.5), [_total(words, one) for one in data.totals]
    )
    rows = [_row(words, row) for row in data.rows]
    form.table(Table(paper, words, _ROWS, MARGIN, head_height=8, row_height=6.5), rows)
    form.told(N_("A missed check stays on record with its explanation. Findings that came back are marked with R."), 7)
    return paper.finish()


def _total(words: Words, total: HistoryTotal) -> list[Cell]:
    numbers = (total.due, total.made, total.late, total.explained, total.missed)
    return [words.both(total.title), *map(str, numbers)]


def _row(words: Words, row: HistoryRow) -> list[Cell]:
    first, *others = words.each(row.title)
    state, *states = words.each(row.state)
    late = words.first(N_("typed afterwards")) if row.late else ""
    return [
        row.day.isoformat(),
        ((first, 8.5, False), *((one, 6.4, False) for one in others)),
        ((state, 8.5, row.critical), *((one, 6.4, False) for one in states)),
        (str(row.findings) + (f"  R{row.repeats}" if row.repeats else "")) if row.findings else "",
        _signed(row),
        tuple((one, 7.6, False) for one in (row.remark, late) if one),
    ]


def _signed(row: HistoryRow) -> str:
    """Who signed, and when; of the same day the time alone."""
    at = row.at.strftime("%H:%M") if row.at and row.at.date() == row.day else moment(row.at)
    return ", ".join(part for part in (row.by, at) if part)
