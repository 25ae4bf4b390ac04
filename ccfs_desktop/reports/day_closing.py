"""The day as it was closed: what was counted, what stood in the way, what was said about it."""

from ccfs_desktop.i18n import N_, listed
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, TRAIL_SEAL, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import RULE
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock, moment
from ccfs_desktop.services.papers import DayClosing, SheetState
from ccfs_desktop.services.sheet_geometry import Box

_TITLE = N_("Closing of the day")

_SHEETS = (
    Column(N_("Sheet"), 34, bold=True, size=9.5),
    Column(N_("Group"), 62, size=9),
    Column(N_("Copies"), 22, "centre", size=9),
    Column(N_("State"), 68, size=9),
)
_EXCEPTIONS = (
    Column("", 8, "centre", size=11, bold=True),
    Column(N_("Exception"), 92, size=8.5),
    Column(N_("What was done or said"), 86, size=8.5),
)


def render(data: DayClosing) -> bytes:
    """Return the day's closing record as a PDF."""
    words = Words(data.letterhead.languages)
    title = f"{words.first(_TITLE)} {data.day.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages), landscape=False)

    def top() -> float:
        return head(paper, words, data.letterhead, _TITLE, under=words.days(data.day))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    _figures(form, data)
    _tables(form, data)
    _closed(form, data)
    return paper.finish()


def _figures(form: Form, data: DayClosing) -> None:
    """The day's counts, side by side."""
    figures: list[tuple[str, str]] = [
        (N_("Expected"), str(data.expected)),
        (N_("Present"), str(data.present)),
        (N_("Absent, excused"), str(data.absent_excused)),
        (N_("Absent, unexcused"), str(data.absent_unexcused)),
        (N_("Not signed out"), str(data.not_signed_out)),
        (N_("Late entries"), str(data.late_entries)),
    ]
    part = form.across / len(figures)
    for index, (message, value) in enumerate(figures):
        box = Box(form.left + index * part, form.y, part, 20)
        form.paper.box(box, RULE)
        form.paper.fill(Box(box.left, box.top + 1, box.width, 10), value, 20, bold=True, align="centre", most=1)
        form.words.heading(form.paper, Box(box.left + 1, box.top + 11, box.width - 2, 8), message, 7.5, bold=False)
    form.y += 23
    counts = "     ".join(f"{clock(at)}  {'–' if count is None else count}" for at, count in data.headcounts)
    for message, value in ((N_("Head-count"), counts), (N_("Staff on duty"), listed(data.staff))):
        if value:
            form.say(f"{form.words.both(message)}:  {value}", 9)
            form.gap(1)
    form.gap(2)


def _tables(form: Form, data: DayClosing) -> None:
    if data.sheets:
        form.section(N_("Sign-in sheets"), keep=24)
        rows: list[list[Cell]] = [[one.code, one.group, str(one.copies), _became(one)] for one in data.sheets]
        form.table(Table(form.paper, form.words, _SHEETS, MARGIN, head_height=8, row_height=7), rows)
    form.section(N_("Exceptions"), keep=24)
    if not data.exceptions:
        form.told(N_("Nothing stood in the way of closing this day."), 9.5)
        return
    told: list[list[Cell]] = [["!" if one.critical else "", one.text, one.answer] for one in data.exceptions]
    form.table(Table(form.paper, form.words, _EXCEPTIONS, MARGIN, head_height=8, row_height=8), told)
    form.told(N_("! had to be put right before the day could be closed."), 7)


def _became(sheet: SheetState) -> Cell:
    """Say what became of a sheet, and of a missing or voided one why."""
    return ((sheet.state, 9, False), (sheet.note, 7.2, False)) if sheet.note else sheet.state


def _closed(form: Form, data: DayClosing) -> None:
    form.need(52)
    form.gap(4)
    form.section(N_("Closed"))
    by = " · ".join(filter(None, (data.closed_by, moment(data.closed_at))))
    form.say(by, 10.5, bold=True)
    form.gap(2)
    form.sign(N_("Signature"), N_("Coordinator"), height=15)
    if data.audit_head:
        form.gap(3)
        form.told(TRAIL_SEAL, 7.5)
        form.say(data.audit_head, 8.5)
