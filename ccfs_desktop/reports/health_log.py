"""The health log of a period: signs, temperature, what was decided, when parents were called, who came back.

Source: `domain.md` 8.12
"""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock, iso, moment
from ccfs_desktop.services import health_rules
from ccfs_desktop.services.health_rules import GROUP_WORDS, LINKED_DAYS
from ccfs_desktop.services.medicine_papers import HealthLog, HealthRow

TITLE = N_("Health log")

_COLUMNS = (
    Column(N_("Date"), 20, size=8.5),
    Column(N_("Child"), 34, size=8.5),
    Column(N_("Signs"), 56, size=8.5),
    Column(N_("°C"), 13, "centre", size=9),
    Column(N_("Noticed at"), 16, "centre", size=9),
    Column(N_("Parent called at"), 18, "centre", size=9),
    Column(N_("Parent came at"), 18, "centre", size=9),
    Column(N_("Decision"), 34, size=8.5),
    Column(N_("Advice given"), 30, size=8),
    Column(N_("Came back on"), 34, size=8.5),
)


def render(data: HealthLog) -> bytes:
    """Return the health log as a PDF."""
    words = Words(data.letterhead.languages)
    period = f"{data.first.isoformat()} – {data.last.isoformat()}"
    title = f"{words.first(TITLE)} {period}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at, landscape=True)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, data.audit_head), landscape=True)

    def top() -> float:
        return head(paper, words, data.letterhead, TITLE, under=(period,))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    if data.rows:
        table = Table(paper, words, _COLUMNS, MARGIN, head_height=9, row_height=8)
        form.table(table, [_row(words, row) for row in data.rows])
    else:
        form.told(N_("No signs of illness were noted in this period."), 10)
    for one in data.outbreaks:
        what = " / ".join(words.each(GROUP_WORDS[one.group]))
        form.told(
            N_("{n} linked cases in {days} days, {what}: deep clean, notify the clinic."), 9, n=len(one.children),
            days=LINKED_DAYS, what=what,
        )  # fmt: skip
    if not data.names:
        form.told(N_("Children stand here with their initials."), 7.5)
    form.told(N_("Confidential: health details. Keep it locked, and destroy it when it is no longer needed."), 7.5)
    return paper.finish()


def _row(words: Words, row: HealthRow) -> list[Cell]:
    note = row.note
    signs = ", ".join(words.first(word) for word in health_rules.words_of(note.signs))
    apart = words.first(N_("Kept apart")) if note.isolated else ""
    late = words.first(N_("typed afterwards")) if note.entered_late else ""
    return [
        iso(note.day),
        _parts((row.child, 9), (row.room, 6.5)),
        _parts((signs, 8.5), (note.words or "", 7)),
        note.temperature or "",
        clock(note.noticed),
        clock(note.parent_called),
        clock(note.parent_came),
        _parts((words.first(note.decision.word), 8.5), (note.decided_by, 6.5), (apart, 6.5), (late, 6.5)),
        note.advice or "",
        _back(words, row),
    ]


def _back(words: Words, row: HealthRow) -> Cell:
    note = row.note
    if not note.away:
        return ""
    needed = words.first(N_("Doctor's note seen") if note.note_seen else N_("Doctor's note needed"))
    extra = needed if note.note_needed or note.note_seen else ""
    if note.back_on:
        return _parts((iso(note.back_on), 9), (note.back_word, 6.5), (extra, 6.5))
    told = (
        f"{words.first(N_('not before'))} {moment(note.back_from)}" if note.back_from else words.first(N_("kept away"))
    )
    return _parts((told, 8), (extra, 6.5))


def _parts(*parts: tuple[str, float]) -> Cell:
    """Return what is not empty of a few texts with their sizes, below each other."""
    return tuple((text, size, False) for text, size in parts if text)
