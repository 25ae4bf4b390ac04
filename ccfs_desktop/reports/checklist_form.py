"""A list to carry round on a clipboard: boxes to tick, room for numbers and notes, critical items shaded.

Source: `domain.md` 8.19
"""

from collections.abc import Callable

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.check import Occasion, Severity
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FRAME, RULE
from ccfs_desktop.reports.kit.table import Cell, Column, Part, Table
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services import check_rules
from ccfs_desktop.services.check_papers import ChecklistForm
from ccfs_desktop.services.checklists import Checklist, Item, Kind, Wanted
from ccfs_desktop.services.checklists import Part as Asked
from ccfs_desktop.services.sheet_geometry import Box

ITEM = Column(N_("Item"), 88, size=8.8)
_TICKS = tuple(Column(message, 8.5, head_size=6.5) for message in (N_("Yes"), N_("No"), N_("n/a")))
_COLUMNS = (
    Column("", 15),
    ITEM,
    *_TICKS,
    Column(N_("Number, text, date"), 34, head_size=6.8),
    Column(N_("Note, photo no."), 23.5, head_size=6.8),
)
_HEAD = 8.0
_ROW = 7.2
_TINT = 0.9
_ROOM: Part = (" ", 6.6, False)
_MORE_ROOM: Part = (" ", 11, False)
"""Make a row high enough to write a number or a text in."""


def render(data: ChecklistForm) -> bytes:
    """Return the form as a PDF."""
    words = Words(data.letterhead.languages)
    title = " ".join(filter(None, (data.checklist.code, words.first(data.checklist.title), str(data.day or ""))))
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    edition = f"{data.checklist.code} {data.checklist.edition}"
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, edition), landscape=False)

    def heads() -> float:
        return top_of(paper, words, data)

    def turn() -> float:
        paper.page()
        return _columns(paper, words, heads())

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = heads()
    _facts(form, data)
    form.y = _columns(paper, words, form.y)
    for message, items in data.checklist.asked():
        section(form, message)
        rows: list[list[Cell]] = [_row(form, item) for item in items]
        table = Table(paper, words, [_headless(column) for column in _COLUMNS], MARGIN, head_height=0, row_height=_ROW)
        form.y = table.draw(rows, form.y, paper.height - BOTTOM, turn)
    _result(form, data.checklist)
    return paper.finish()


def top_of(paper: Paper, words: Words, data: ChecklistForm) -> float:
    """Draw the head of a page; a form for a certain day bears it."""
    under = words.days(data.day) if data.day else ()
    return head(paper, words, data.letterhead, data.checklist.title, under=under)


def section(form: Form, message: str) -> None:
    """Head the items that belong together with a band; it never stands alone at the foot of a page."""
    form.need(6 + 2 * _ROW)
    if not message:
        return
    band = Box(form.left, form.y, form.across, 6)
    form.paper.shade(band, 0.8)
    form.paper.box(band, FRAME)
    form.paper.fill(band.inside(2, 0.3), form.words.both(message), 9, bold=True, most=1)
    form.y += 6


def shaded(form: Form, item: Item) -> Callable[[Box], None]:
    """Return the first cell of an item: its id and severity; a critical one shades its whole row."""

    def draw(box: Box) -> None:
        if item.severity is Severity.CRITICAL:
            form.paper.shade(Box(form.left, box.top, form.across, box.height), _TINT)
        room = box.inside(0.8, 0.5)
        form.paper.fill(Box(room.left, room.top, room.width - 4.6, room.height), item.id, 7.5, most=1)
        if item.letter:
            bold = item.severity is Severity.CRITICAL
            letter = Box(room.right - 4.4, room.middle[1] - 2.2, 4.4, 4.4)
            form.paper.fill(letter, item.letter, 9.5, bold=bold, align="centre", most=1)

    return draw


def question(words: Words, item: Item, text: str, *, note: bool = True) -> tuple[Part, ...]:
    """Return the cell of an item's question: large, then small in the other languages and with its limits."""
    first, *others = words.each(text)
    told = [_limits(words, part) for part in item.parts]
    small = [*others, *([one for one in told if one] if note else ())]
    return ((first, ITEM.size, False), *((one, 6.6, False) for one in small))


def _limits(words: Words, part: Asked) -> str:
    """Say the limits of a number in each language."""
    spoken: list[str] = []
    for language in words.languages:
        with i18n.use(language):
            spoken.append(check_rules.limits(part))
    return " / ".join(dict.fromkeys(one for one in spoken if one))


def _columns(paper: Paper, words: Words, top: float) -> float:
    left = MARGIN
    for column in _COLUMNS:
        box = Box(left, top, column.width, _HEAD)
        paper.box(box, RULE)
        if column.message:
            words.heading(paper, box.inside(0.4, 0.4), column.message, column.head_size)
        left += column.width
    paper.box(Box(MARGIN, top, left - MARGIN, _HEAD), FRAME)
    return top + _HEAD


def _headless(column: Column) -> Column:
    return Column("", column.width, column.align, column.size)


def _facts(form: Form, data: ChecklistForm) -> None:
    """Who, when, and what the letters mean."""
    day = data.day.isoformat() if data.day else None
    form.row(
        Field(N_("Day"), day, 1.0),
        Field(N_("Begun at"), None, 0.7),
        Field(N_("Ended at"), None, 0.7),
        Field(N_("Checked by"), None, 1.8),
        Field(N_("Role"), None, 1.2),
        height=9.6,
    )
    form.gap(1.5)
    about = (data.checklist.by, data.checklist.help)
    for index in range(len(form.words.languages)):
        spoken = [form.words.each(message) for message in about if message]
        line = "  ·  ".join(dict.fromkeys(each[min(index, len(each) - 1)] for each in spoken))
        if index == 0 or any(len(each) > index for each in spoken):
            form.say(line, 7.5 if index == 0 else 6.4)
    form.told(
        N_(
            "C critical: not safe until it is put right (shaded). M major: within 24 hours. m minor: within 7 days. "
            "A critical item that does not apply needs a reason. Write what was found beside every No."
        ),
        7.2,
    )
    form.gap(1.5)


def _row(form: Form, item: Item) -> list[Cell]:
    yes = bool(item.of(Kind.YES))
    graded = item.severity is not Severity.NONE
    ticks: list[Cell] = [_tick(form, wanted) for wanted in (yes, graded, yes or graded)]
    asked = question(form.words, item, item.text)
    if item.of(Kind.TEXT):
        asked = (*asked, _MORE_ROOM)
    elif len(asked) == 1 and any(part.kind is not Kind.YES for part in item.parts):
        asked = (*asked, _ROOM)
    return [shaded(form, item), asked, *ticks, _values(form, item), _photo(form, item)]


def _tick(form: Form, wanted: bool) -> Cell:
    def draw(box: Box) -> None:
        x, y = box.middle
        square = Box(x - 2.2, y - 2.2, 4.4, 4.4)
        with form.paper.white():
            form.paper.box(square, filled=True)
        form.paper.box(square, 0.3)

    return draw if wanted else ""


def _values(form: Form, item: Item) -> Cell:
    """Draw a line to write on for each number, text, date or signature of an item."""
    parts = [part for part in item.parts if part.kind is not Kind.YES]
    # A text alone may run on below the heading of the notes.
    wider = _COLUMNS[-1].width if item.of(Kind.TEXT) and item.photo is Wanted.NEVER else 0

    def draw(box: Box) -> None:
        width = (box.width + wider) / len(parts)
        for index, part in enumerate(parts):
            room = Box(box.left + index * width, box.top, width, box.height).inside(0.8, 0.4)
            form.paper.fill(Box(room.left, room.top, room.width, 2.8), _label(form.words, part), 6, most=1, floor=4.2)
            unit = form.paper.measure(part.unit, 7.5)
            base = room.bottom - 1.0
            form.paper.line(room.left, base, room.right - (unit + 0.8 if unit else 0), base, 0.2)
            if part.unit:
                form.paper.text(room.right - unit, base - 0.3, part.unit, 7.5)

    return draw if parts else ""


def _label(words: Words, part: Asked) -> str:
    if part.name:
        return words.both(part.name)
    return words.both(N_("Signature")) if part.kind is Kind.SIGNATURE else ""


def _photo(form: Form, item: Item) -> Cell:
    """Say where a photo is wanted."""
    if item.photo is Wanted.NEVER:
        return ""
    message = N_("photo if No") if item.photo is Wanted.ON_NO else N_("photo")

    def draw(box: Box) -> None:
        corner = Box(box.left + 0.8, box.top + 0.4, box.width - 1.6, 2.8)
        form.paper.fill(corner, form.words.both(message), 5.8, align="right", most=1, floor=4.2)

    return draw


def _result(form: Form, checklist: Checklist) -> None:
    """The box in which the result is ticked, and two signatures."""
    form.need(38)
    form.gap(2)
    messages = (
        (N_("Safe to open"), N_("Open with actions"), N_("Not safe to open"))
        if checklist.occasion is Occasion.OPENING
        else (N_("Safe"), N_("Safe, with actions"), N_("Not safe"))
    )
    frame = Box(form.left, form.y, form.across, 10)
    form.paper.box(frame, FRAME)
    part = frame.width / 3
    for index, message in enumerate(messages):
        left = frame.left + index * part
        form.paper.box(Box(left + 3, frame.top + 2.5, 5, 5), 0.4)
        form.words.heading(
            form.paper, Box(left + 10, frame.top + 0.6, part - 12, 8.8), message, 10, bold=True, align="left"
        )
    form.y += 11
    form.told(
        N_("With a critical No the space opens only when the coordinator signs and writes why:")
        if checklist.occasion is Occasion.OPENING
        else N_("Remarks:"),
        7.5,
    )
    form.paper.dots(form.left, form.left + form.across, form.y + 5)
    form.gap(6)
    form.sign(N_("Signature of who checked"), N_("Signature of the coordinator"), height=11)
