"""The file of one member of staff: who it is, the papers with how they stand, when the person can work.

Source: `domain.md` 8.5
"""

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.staff import StaffPaper
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.standing import day, spoken, standing
from ccfs_desktop.reports.kit.surface import RULE
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.sheet_geometry import Box
from ccfs_desktop.services.staff_prints import PaperLine, StaffFilePaper

_TITLE = N_("Staff file")
_PHOTO = Box(171, 8.5, 27, 34)


def _label(name: str) -> str:
    return str(StaffPaper.__table__.columns[name].info["label"])


_COLUMNS = (
    Column(_label("kind"), 38, size=8.5, bold=True),
    Column(_label("issued_on"), 20, "centre"),
    Column(_label("valid_until"), 20, "centre"),
    Column(_label("number"), 27),
    Column(_label("authority"), 32),
    Column(_label("result"), 25),
    Column(N_("Standing"), 24, "centre"),
)


def render(data: StaffFilePaper) -> bytes:
    """Return the staff file as a PDF."""
    words = Words(data.letterhead.languages)
    title = f"{words.first(_TITLE)} {data.name}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    note = words.both(N_("Confidential"))
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, note), landscape=False)

    def turn() -> float:
        paper.page()
        return head(paper, words, data.letterhead, _TITLE, under=(data.name,))

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    head(paper, words, data.letterhead, _TITLE, right=_PHOTO.width + 4)
    _person(paper, words, data)
    form.y = _PHOTO.bottom + 4
    _facts(form, data)
    _papers(form, data)
    _availability(form, data)
    form.need(40)
    form.told(N_("I have read what is written here about me, and it is true."), 8.5)
    form.gap(2)
    form.sign(N_("Signature of the person"), N_("Date"), height=13)
    form.sign(N_("Signature of the coordinator"), N_("Date"), height=13)
    return paper.finish()


def _person(paper: Paper, words: Words, data: StaffFilePaper) -> None:
    """Draw the photo, and beside it the name, the role and whether the person counts."""
    paper.box(_PHOTO, RULE)
    if data.photo:
        paper.picture(_PHOTO.inside(0.5), data.photo)
    else:
        words.heading(paper, _PHOTO.inside(2, 10), N_("Photo"), 8, bold=False)
    across = _PHOTO.left - MARGIN - 4
    name = "  ".join(filter(None, (data.name, data.name_latin)))
    paper.fill(Box(MARGIN, 21, across, 7.4), name, 15, bold=True, most=1)
    told = (" / ".join(part) for part in (data.role, data.skills) if part)
    paper.fill(Box(MARGIN, 28.6, across, 4.8), "  ·  ".join(told), 9.5, most=1)
    counts = f"{words.both(N_('Counts in the ratio'))} ({data.day.isoformat()}): {' / '.join(data.counts)}"
    paper.fill(Box(MARGIN, 33.6, across, 8.6), counts, 9, bold=not data.counted, at="top", most=3)


def _facts(form: Form, data: StaffFilePaper) -> None:
    form.section(N_("Facts"))
    for at in range(0, len(data.facts), 2):
        pair = data.facts[at : at + 2]
        form.row(*(Field(label, " / ".join(value)) for label, value in pair), height=9.6)
    if data.note:
        form.row(Field(N_("Remark"), data.note), height=13)
    form.gap()


def _papers(form: Form, data: StaffFilePaper) -> None:
    form.section(N_("Papers"), keep=30)
    table = Table(form.paper, form.words, _COLUMNS, MARGIN, head_height=9, row_height=8)
    form.table(table, [_paper(form.words, line) for line in data.papers])


def _paper(words: Words, line: PaperLine) -> list[Cell]:
    old = line.standing is None
    stand = spoken(words.each(N_("older")), 7) if old else standing(words, line.standing)
    return [
        spoken(line.kind, 8.5, bold=not old), day(line.issued_on), day(line.until), line.number, line.authority,
        line.result, stand,
    ]  # fmt: skip


def _availability(form: Form, data: StaffFilePaper) -> None:
    for message, lines in ((N_("Absences"), data.absences), (N_("Wishes about working times"), data.wishes)):
        if lines:
            form.section(message)
            for line in lines:
                form.say(" / ".join(line), 8.5)
            form.gap()
