"""A check as it was made: every answer, what was found, who signed, what was decided; photos on the last pages."""

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.check import Occasion, Result
from ccfs_desktop.reports.checklist_form import question, section, shaded
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import RULE
from ccfs_desktop.reports.kit.table import Cell, Column, Part, Table
from ccfs_desktop.reports.kit.words import Words, clock, moment
from ccfs_desktop.services.check_papers import CheckPaper, CheckRow
from ccfs_desktop.services.check_rules import OPENING_WORDS
from ccfs_desktop.services.sheet_geometry import Box

_COLUMNS = (Column("", 15), Column("", 88, size=8.8), Column("", 34, size=9), Column("", 49, size=8))
_FINDINGS = (
    Column(N_("Item"), 24, size=9, bold=True),
    Column(N_("Severity"), 40, size=9),
    Column(N_("Put right by"), 44, size=9),
    Column(N_("Corrected on the spot"), 38, size=9),
    Column(N_("Times in 14 days"), 40, size=9),
)
_PHOTO = Box(0, 0, 88, 70)


def render(data: CheckPaper) -> bytes:
    """Return the check as a PDF."""
    words = Words(data.letterhead.languages)
    title = f"{data.checklist.code} {words.first(data.checklist.title)} {data.day.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    edition = f"{data.checklist.code} {data.checklist.edition}"
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, edition), landscape=False)

    def top() -> float:
        return head(paper, words, data.letterhead, data.checklist.title, under=words.days(data.day))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    _result(form, data)
    for message, rows in data.sections:
        section(form, message)
        table = Table(paper, words, _COLUMNS, MARGIN, head_height=0, row_height=6.4)
        form.y = table.draw([_row(form, data, row) for row in rows], form.y, paper.height - BOTTOM, turn)
    form.gap(1)
    form.told(N_("C critical · M major · m minor; without a letter it is noted only."), 7)
    form.gap(3)
    _findings(form, data)
    _signed(form, data)
    _photos(form, data)
    return paper.finish()


def _result(form: Form, data: CheckPaper) -> None:
    """What it came to, large; when it was made and typed."""
    words = OPENING_WORDS if data.checklist.occasion is Occasion.OPENING else {}
    message = words.get(data.result, data.result.word) if data.result else N_("Begun")
    frame = Box(form.left, form.y, form.across, 11)
    if data.result is Result.FAIL:
        form.paper.shade(frame, 0.8)
    form.paper.box(frame, 0.6)
    form.words.heading(form.paper, frame.inside(3, 0.8), message, 13, bold=True, align="left")
    form.y += 11
    late = form.words.first(N_("typed afterwards")) if data.entered_late else ""
    how = form.words.first(N_("from the clipboard form")) if data.on_paper else ""
    form.row(
        Field(N_("Time of the walk"), clock(data.done_at), 0.8),
        Field(N_("Begun at"), moment(data.started), 1.0),
        Field(N_("Typed"), ", ".join(filter(None, (how, late))) or form.words.first(N_("while walking")), 1.4),
        Field(N_("Signed by"), ", ".join(filter(None, (data.signed_name, data.signed_role))), 1.8),
        Field(N_("Signed at"), moment(data.signed_at), 1.0),
        height=10,
    )
    form.gap(2)


def _row(form: Form, data: CheckPaper, row: CheckRow) -> list[Cell]:
    return [
        shaded(form, row.item),
        _question(form.words, data, row),
        _answer(form.words, row),
        _remarks(form.words, row),
    ]


def _question(words: Words, data: CheckPaper, row: CheckRow) -> Cell:
    """The wording as it was shown, where the list words it otherwise today; else the wording in each language."""
    kept = data.language == words.languages[0] and row.wording != words.first(row.text)
    return ((row.wording, 8.8, False),) if kept else question(words, row.item, row.text, note=False)


def _answer(words: Words, row: CheckRow) -> Cell:
    parts: list[Part] = []
    if row.said:
        parts.append((words.both(row.said.word), 9, row.fails))
    if row.values:
        parts.append((row.values, 9.5, row.fails and not row.said))
    if row.fails and not row.said:
        parts.append((words.both(N_("beyond the limit")), 7, True))
    return tuple(parts)


def _remarks(words: Words, row: CheckRow) -> Cell:
    told = [row.reason, row.note]
    if row.corrected:
        told.append(words.both(N_("Corrected on the spot")))
    if row.photos:
        told.append(" ".join([words.both(N_("Photo")), *map(str, row.photos)]))
    if row.no_photo:
        told.append(f"{words.both(N_('No photo'))}: {row.no_photo}")
    return tuple((one, 8, False) for one in told if one)


def _findings(form: Form, data: CheckPaper) -> None:
    if not data.findings:
        return
    form.section(N_("To be put right"), keep=24)
    rows: list[list[Cell]] = [
        [
            one.item,
            form.words.both(one.severity),
            form.words.both(N_("at once")) if data.signed_at and one.due <= data.signed_at else moment(one.due),
            form.words.both(N_("Yes")) if one.corrected else "",
            f"{one.times}" + (f"  {form.words.first(N_('repeat finding'))}" if one.repeat else ""),
        ]
        for one in data.findings
    ]
    form.table(Table(form.paper, form.words, _FINDINGS, MARGIN, head_height=8, row_height=7), rows)


def _signed(form: Form, data: CheckPaper) -> None:
    """Who answers for it."""
    words = form.words
    if data.decision:
        one = data.decision
        form.need(24)
        form.section(N_("Opened although it is not safe to open"))
        form.say(f"{one.name}, {one.role}, {moment(one.at)}", 10, bold=True)
        form.say(one.reason, 9.5)
        form.told(one.proof.word, 7.5)
        form.gap(2)
    for by, at, reason in data.reopened:
        form.say(f"{words.both(N_('Opened again'))}: {by}, {moment(at)}: {reason}", 8.5)
    for doubt in data.doubts:
        form.say(f"{words.both(N_('Looks unlikely'))}: {doubt}", 8.5)
    form.gap(2)
    form.need(20)
    if data.signed_at and data.proof:
        by = ", ".join((data.signed_name, data.signed_role, moment(data.signed_at)))
        form.say(f"{words.both(N_('Signed by'))}: {by}", 10, bold=True)
        form.told(data.proof.word, 7.5)
    else:
        form.told(N_("Not signed yet."), 10)
    if data.audit_head:
        form.say(f"{words.both(N_('Audit trail'))}: {data.audit_head}", 7)


def _photos(form: Form, data: CheckPaper) -> None:
    """Two photos side by side, each with its number."""
    if not data.photos:
        return
    form.gap(4)
    form.section(N_("Photos"), keep=_PHOTO.height + 8)
    for index in range(0, len(data.photos), 2):
        form.need(_PHOTO.height + 7)
        for place, (item, jpeg) in enumerate(data.photos[index : index + 2]):
            left = form.left + place * (form.across - _PHOTO.width)
            box = Box(left, form.y, _PHOTO.width, _PHOTO.height)
            form.paper.box(box, RULE)
            form.paper.picture(box.inside(0.6, 0.6), jpeg)
            form.paper.text(left, box.bottom + 4, f"{index + place + 1}  {item}", 8)
        form.y += _PHOTO.height + 7
