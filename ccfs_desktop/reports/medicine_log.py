"""A written request for medicine with its doses: what is entered, and rows to write on the clipboard.

Source: `domain.md` 8.11
"""

from datetime import datetime

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.log import MedicineCourse
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock, iso, moment
from ccfs_desktop.services.medicine import Line
from ccfs_desktop.services.medicine_papers import MedicineLog
from ccfs_desktop.services.medicine_rules import storage_word

TITLE = N_("Medicine: request and log")

_COLUMNS = (
    Column(N_("Date"), 21, size=8.5),
    Column(N_("Planned time"), 15, "centre", size=9),
    Column(N_("Time"), 15, "centre", size=9),
    Column(N_("Amount"), 14, "centre", size=9),
    Column(N_("Outcome"), 29, size=8),
    Column(N_("Given by"), 25, size=8.5),
    Column(N_("Witness"), 25, size=8.5),
    Column(N_("Left over"), 14, "centre", size=9),
    Column(N_("Count of the rest"), 28, size=8.5),
)
_ROW, _HEAD, _END = 8.4, 9.0, 40.0
"""Heights in millimetres: a row takes a signature, the end of the course its three lines."""
_LEAST = 6
"""Empty rows there are at least."""
_RULES = (
    N_("Only by this request, in the original packaging, locked away, given before a witness, written down at once."),
    N_("The first dose at home at least 24 hours before. No medicine “just in case” except by a care plan."),
)


def render(data: MedicineLog) -> bytes:
    """Return the request and its log as a PDF."""
    words = Words(data.letterhead.languages)
    title = " ".join(part for part in (words.first(TITLE), data.child) if part)
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    note = data.audit_head
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, note), landscape=False)

    def top() -> float:
        return head(paper, words, data.letterhead, TITLE)

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    _request(form, data)
    form.gap(3)
    _doses(form, data)
    _end(form, data)
    return paper.finish()


def _request(form: Form, data: MedicineLog) -> None:
    """What the parent asks for."""
    course = data.course
    form.row(
        Field(N_("Child"), data.child, 2.2),
        Field(N_("No."), data.number, 0.6),
        Field(N_("Group"), data.group, 1.0),
        Field(N_("Mind"), data.alert, 1.8),
    )
    form.row(
        Field(N_("Medicine"), course.medicine if course else None, 2.2),
        Field(N_("Form"), course.form if course else None, 1.0),
        Field(N_("Strength"), course.strength if course else None, 1.0),
        Field(N_("In its original packaging"), _yes(form, course, "original_packaging"), 1.4),
    )
    form.row(
        Field(N_("Dose"), course.dose if course else None, 1.2),
        Field(N_("Route"), course.route if course else None, 1.4),
        Field(N_("Times"), _times(form, course), 1.6),
        Field(N_("First day"), iso(course.first_day) if course else None, 1.0),
        Field(N_("Last day"), iso(course.last_day) if course else None, 1.0),
    )
    form.row(
        Field(N_("Reason"), course.reason if course else None, 2.2),
        Field(N_("Prescribed by"), course.prescribed_by if course else None, 1.6),
        Field(N_("Part of a care plan (asthma, allergy)"), _yes(form, course, "care_plan"), 1.6),
    )
    form.row(
        Field(N_("First dose at home"), moment(_home(course)), 1.4),
        Field(N_("Storage"), form.words.both(storage_word(course.storage)) if course and course.storage else None, 2.0),
        Field(N_("How many were brought"), _brought(course), 1.2),
    )
    form.row(
        Field(N_("Authorised by (parent)"), course.authorised_by if course else None, 1.6),
        Field(N_("Authorised on"), iso(course.authorised_on) if course else None, 1.0),
        Field(N_("Signature"), None, 2.0),
        height=12,
    )
    form.gap(1.5)
    for rule in _RULES:
        form.told(rule, 7.5)


def _doses(form: Form, data: MedicineLog) -> None:
    """What was given, and empty rows to the foot of the page, but for the end of the course."""
    table = Table(form.paper, form.words, _COLUMNS, MARGIN, head_height=_HEAD, row_height=_ROW)
    rows = [_row(form.words, line) for line in data.lines]
    ended = data.course is not None and data.course.ended is not None
    if not ended:
        room = form.paper.height - BOTTOM - form.y - _HEAD - sum(table.height(row) for row in rows) - _END
        rows += [[""] * len(_COLUMNS)] * max(_LEAST, int(room / _ROW))
    if rows:
        form.table(table, rows)


def _row(words: Words, line: Line) -> list[Cell]:
    dose = line.dose
    outcome = [(words.first(dose.outcome.word), 8.5, False)]
    told = [dose.note, words.first(N_("typed afterwards")) if dose.entered_late else ""]
    counted = "" if dose.counted is None else str(dose.counted)
    if line.difference:
        counted += f"  ({line.difference:+})"
    return [
        iso(dose.day),
        clock(dose.planned),
        clock(dose.at),
        "" if dose.amount is None else str(dose.amount),
        (*outcome, *((part, 6.5, False) for part in told if part)),
        dose.given_by,
        dose.witness,
        "" if line.remaining is None else str(line.remaining),
        ((counted, 9, bool(line.difference)),) if counted else "",
    ]


def _end(form: Form, data: MedicineLog) -> None:
    """What became of the rest, signed by the parent."""
    course = data.course
    form.section(N_("End of the course: what became of the rest"), keep=24)
    if course and course.ended:
        form.row(
            Field(N_("The rest"), form.words.both(course.ended.word), 2.0),
            Field(N_("On"), iso(course.ended_on), 1.0),
            Field(N_("How many were left"), "" if course.ended_count is None else str(course.ended_count), 1.0),
            Field(N_("Parent who signed"), course.ended_signed, 2.0),
        )
    else:
        form.row(
            Field(N_("Returned, destroyed or used up"), None, 2.0),
            Field(N_("On"), None, 1.0),
            Field(N_("How many were left"), None, 1.0),
            Field(N_("Signature of the parent"), None, 2.0),
            height=13,
        )


def _yes(form: Form, course: MedicineCourse | None, name: str) -> str | None:
    if course is None:
        return None
    return form.words.both(N_("Yes") if getattr(course, name) else N_("No"))


def _times(form: Form, course: MedicineCourse | None) -> str | None:
    if course is None:
        return None
    return course.times or form.words.both(N_("when needed"))


def _home(course: MedicineCourse | None) -> datetime | None:
    return course.home_dose_at if course else None


def _brought(course: MedicineCourse | None) -> str | None:
    if course is None or course.brought is None:
        return None
    return f"{course.brought} {course.unit}".strip()
