"""The enrolment form, to fill by hand or printed with what is known.

Source: `domain.md` 8.3
"""

from collections.abc import Sequence
from typing import TypeVar

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import RULE
from ccfs_desktop.reports.kit.words import Words, iso
from ccfs_desktop.services.papers import Adult, ChildFacts, EnrolmentPaper, ParentFacts
from ccfs_desktop.services.sheet_geometry import Box

_TITLE = N_("Enrolment form")

T = TypeVar("T")

_PHOTO = Box(171, 8.5, 27, 34)


def render(data: EnrolmentPaper) -> bytes:
    """Return the form as a PDF."""
    words = Words(data.letterhead.languages)
    title = " ".join(filter(None, (words.first(_TITLE), data.child.name)))
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    note = words.both(N_("Confidential"))
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, note), landscape=False)

    def top(right: float = 0.0) -> float:
        return head(paper, words, data.letterhead, _TITLE, right=right)

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    top(right=_PHOTO.width + 4)
    _photo(paper, words, data.child.photo)
    form.y = _PHOTO.bottom - 5.4
    _child(form, data.child)
    _parents(form, data.parents)
    _adults(form, N_("Emergency contacts"), data.contacts)
    _adults(form, N_("Authorised pick-up persons"), data.collectors)
    form.row(Field(N_("Must not collect"), data.must_not_collect), height=11)
    form.gap()
    _care(form, data)
    _health(form, data)
    _signatures(form)
    _office(form, data)
    return paper.finish()


def _photo(paper: Paper, words: Words, image: bytes | None) -> None:
    paper.box(_PHOTO, RULE)
    if image:
        paper.picture(_PHOTO.inside(0.5), image)
    else:
        words.heading(paper, _PHOTO.inside(2, 10), N_("Photo"), 8, bold=False)


def _child(form: Form, child: ChildFacts) -> None:
    form.section(N_("Child"))
    form.row(
        Field(N_("Name"), child.name, 2.4),
        Field(N_("Name in Latin letters"), child.name_latin, 2),
        Field(N_("Called"), child.nickname),
    )
    form.row(
        Field(N_("Sex"), child.sex),
        Field(N_("Date of birth"), iso(child.birth_date), 1.5),
        Field(N_("Age"), None if child.age is None else str(child.age), 0.8),
        Field(N_("ID or birth certificate seen: last 4 characters"), child.document_tail, 2.7),
    )
    form.row(Field(N_("Language spoken"), child.language), Field(N_("School and grade"), child.school, 1.6))
    form.row(
        Field(N_("Lives during the year with"), child.lives_with, 1.6),
        Field(N_("Arrives on"), iso(child.arrives)),
        Field(N_("Leaves on"), iso(child.leaves)),
    )
    form.row(
        Field(N_("Where the child sleeps"), child.sleeps, 1.4), Field(N_("Brothers and sisters here"), child.siblings)
    )
    form.gap()


def _parents(form: Form, parents: Sequence[ParentFacts]) -> None:
    form.section(N_("Parents and guardians"), keep=22)
    for parent in _at_least(2, parents, ParentFacts()):
        form.row(
            Field(N_("Name"), parent.name, 1.6),
            Field(N_("Relationship"), parent.relation),
            Field(N_("Employee no."), parent.worker_number),
            Field(N_("Phone"), parent.phone, 1.4),
        )
        form.row(Field(N_("Department / workshop"), parent.department, 1.6), Field(N_("Shift"), parent.shift))
    form.gap()


def _adults(form: Form, message: str, adults: Sequence[Adult]) -> None:
    form.section(message, keep=22)
    for adult in _at_least(2, adults, Adult("")):
        form.row(
            Field(N_("Name"), adult.name, 1.6),
            Field(N_("Relationship"), adult.relation),
            Field(N_("Phone"), "  ".join(adult.phones), 1.6),
        )
    form.gap(0 if message == N_("Authorised pick-up persons") else 3)


def _care(form: Form, data: EnrolmentPaper) -> None:
    form.section(N_("Care wanted"))
    form.row(Field(N_("Days and hours, overtime evenings"), data.hours_wanted), height=12)
    form.row(
        Field(N_("Reasons for priority (single parent, both parents here, hardship)"), data.criteria, 2),
        Field(N_("How did you hear of the space?"), data.heard_from),
        height=12,
    )
    form.gap()


def _health(form: Form, data: EnrolmentPaper) -> None:
    health = data.health
    form.section(N_("Health declaration"), keep=36)
    form.row(
        Field(N_("Allergies"), health.allergies),
        Field(N_("Asthma, epilepsy, heart or other conditions"), health.conditions),
        height=13,
    )
    form.row(
        Field(N_("Medication"), health.medicine),
        Field(N_("Food not eaten, for health or religion"), health.diet),
        height=13,
    )
    form.row(
        Field(N_("Vaccinations"), health.vaccinations),
        Field(N_("Disability, support needed, swimming"), health.support),
        height=13,
    )
    form.row(
        Field(N_("Fears, habits, toilet, nap"), health.habits, 1.6),
        Field(N_("Insurance no."), health.insurance),
        height=13,
    )
    form.gap()


def _signatures(form: Form) -> None:
    form.told(N_("What is written here is true. I will report changes at once."), 8.5)
    form.sign(N_("Signature of parent or guardian"), N_("Date"), height=13)


def _office(form: Form, data: EnrolmentPaper) -> None:
    office = data.office
    form.section(N_("For the office"), keep=22)
    form.row(
        Field(N_("Received on"), iso(office.received)),
        Field(N_("Eligible"), office.eligible),
        Field(N_("Decision and reason"), office.decision, 2.4),
    )
    form.row(
        Field(N_("Group"), office.group),
        Field(N_("Number"), office.number),
        Field(N_("Entered by"), office.entered_by, 2.4),
    )


def _at_least(count: int, known: Sequence[T], blank: T) -> list[T]:
    return [*known, *[blank] * (count - len(known))]
