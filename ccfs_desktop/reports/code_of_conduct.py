"""The code of conduct to sign: one for each adult, or one list on which all sign.

Source: `domain.md` 2.10
"""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.standing import spoken
from ccfs_desktop.reports.kit.surface import MM
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.staff_prints import CodeOfConduct, Signatory

_INDENT = 9.0
_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""Points of the first language, the largest at which everything stands on one page."""
_SECOND = 0.82
_SIGNING = 66.0
"""Millimetres the undertaking and the lines to sign on take."""
_SPARE = 4
"""Empty lines below the names, for who joins later."""

_COLUMNS = (
    Column(N_("No."), 9, "centre"),
    Column(N_("Name"), 52, size=10, bold=True),
    Column(N_("Role"), 35),
    Column(N_("Signature"), 40),
    Column(N_("Date"), 22),
    Column(N_("Witness"), 28),
)


def render(data: CodeOfConduct) -> bytes:
    """Return the code of conduct as a PDF."""
    words = Words(data.letterhead.languages)
    title = words.first(data.conduct.title)
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    note = f"{words.both(N_('Version'))} {data.conduct.edition}"
    for person in (None,) if data.together else data.people or (Signatory(),):
        paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, note), landscape=False)
        form = _form(paper, words, data)
        _points(form, data, 0.0 if person is None else _SIGNING)
        if person is not None:
            _sign(form, data, person)
    if data.together:
        paper.page()
        _list(_form(paper, words, data), data)
    return paper.finish()


def _form(paper: Paper, words: Words, data: CodeOfConduct) -> Form:
    def top() -> float:
        return head(paper, words, data.letterhead, data.conduct.title)

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    return form


def _points(form: Form, data: CodeOfConduct, keep: float) -> None:
    """Write the points as large as one page allows, each in every language."""
    conduct = data.conduct
    room = form.paper.height - BOTTOM - form.y - keep
    size = next((size for size in _SIZES if _height(form, data, size) <= room), _SIZES[-1])
    form.told(conduct.text, size * 0.95)
    form.gap(2.5)
    for number, point in enumerate(conduct.points, start=1):
        form.need(_point_height(form, point, size))
        form.paper.text(form.left, form.y + size * 0.86 / MM, f"{number}.", size, bold=True)
        for index, sentence in enumerate(form.words.each(point)):
            form.say(sentence, size * (_SECOND if index else 1), indent=_INDENT)
        form.gap(size * 0.18)


def _height(form: Form, data: CodeOfConduct, size: float) -> float:
    told = sum(
        form.height_of(text, size * 0.95 * (0.85 if n else 1))
        for n, text in enumerate(form.words.each(data.conduct.text))
    )
    return told + 2.5 + sum(_point_height(form, point, size) for point in data.conduct.points)


def _point_height(form: Form, point: str, size: float) -> float:
    each = enumerate(form.words.each(point))
    return sum(form.height_of(text, size * (_SECOND if n else 1), indent=_INDENT) for n, text in each) + size * 0.18


def _sign(form: Form, data: CodeOfConduct, person: Signatory) -> None:
    form.need(_SIGNING - 6)
    form.gap(2)
    form.paper.line(form.left, form.y, form.left + form.across, form.y, 0.3)
    form.gap(2.5)
    form.told(data.conduct.undertaking, 9.5)
    form.gap(2)
    form.row(Field(N_("Name"), person.name, 1.6), Field(N_("Role"), " / ".join(person.role), 1.2), height=11)
    form.gap(2)
    form.sign(N_("Signature"), N_("Date"), height=13)
    form.sign(N_("Name of the witness"), N_("Signature of the witness"), height=12)


def _list(form: Form, data: CodeOfConduct) -> None:
    form.told(data.conduct.confirmation, 9.5)
    form.gap(3)
    rows: list[list[Cell]] = [
        [str(number), person.name, spoken(person.role, 8), "", "", ""]
        for number, person in enumerate(data.people, start=1)
    ]
    blank: list[Cell] = [""] * len(_COLUMNS)
    rows += [blank] * _SPARE
    form.table(Table(form.paper, form.words, _COLUMNS, MARGIN, head_height=9, row_height=11), rows)
