"""What the printed papers about staff show: the file of one person, the vetting list, the code of conduct to sign."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from ccfs_desktop import i18n, paths
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.roster import StaffAbsence, StaffWish
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import PaperKind, Staff, StaffRole
from ccfs_desktop.services import cover, photos, roles, searching, staff, staff_papers, weekdays
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.staff import StaffFile
from ccfs_desktop.services.staff_papers import Paper, Standing

T = TypeVar("T")

Spoken = tuple[str, ...]
"""A text in the languages of the paper, the first one loudest; shorter where they agree."""

VETTED = (
    PaperKind.BACKGROUND_CHECK, PaperKind.HEALTH_CERTIFICATE, PaperKind.CODE_OF_CONDUCT, PaperKind.SAFEGUARDING,
    PaperKind.FIRST_AID,
)  # fmt: skip
"""The papers of the vetting list, in the order of its columns. Source: domain.md 5.1 and 5.4, R6."""
_ORDER = list(StaffRole)


@dataclass(frozen=True)
class PaperLine:
    """One paper as it is printed; empty texts where the file says nothing."""

    kind: Spoken
    issued_on: date | None = None
    until: date | None = None
    number: str = ""
    authority: str = ""
    result: str = ""
    standing: Standing | None = None
    """None for an older paper, kept because it was valid in its time."""


@dataclass(frozen=True)
class StaffFilePaper:
    """The file of one person on paper. Source: domain.md 8.5."""

    letterhead: Letterhead
    day: date
    name: str
    name_latin: str
    role: Spoken
    counts: Spoken
    counted: bool
    skills: Spoken
    facts: tuple[tuple[str, Spoken], ...]
    """Label (marked) and value, in reading order."""
    papers: tuple[PaperLine, ...]
    absences: tuple[Spoken, ...] = ()
    wishes: tuple[Spoken, ...] = ()
    note: str = ""
    photo: bytes | None = None


@dataclass(frozen=True)
class VettingRow:
    """One person of the vetting list."""

    name: str
    role: Spoken
    papers: tuple[PaperLine, ...]
    """One for each of :data:`VETTED`."""
    counts: Spoken
    counted: bool
    further: tuple[tuple[PaperKind, PaperLine], ...] = ()
    """Other papers that the role wants or the file holds, such as a professional licence."""


@dataclass(frozen=True)
class VettingList:
    """Everybody's papers on one list, for the auditor. Source: domain.md 5.4, R6."""

    letterhead: Letterhead
    day: date
    rows: tuple[VettingRow, ...]


@dataclass(frozen=True)
class Conduct:
    """The code of conduct, in the languages of the paper."""

    edition: str
    title: str
    """Marked, like the other texts of the file: the paper speaks them."""
    text: str
    points: tuple[str, ...]
    undertaking: str
    confirmation: str
    """Over the list on which everybody signs."""


@dataclass(frozen=True)
class Signatory:
    """Who signs, as far as it is known."""

    name: str = ""
    role: Spoken = ()


@dataclass(frozen=True)
class CodeOfConduct:
    """The code of conduct to sign: one each, or one list for all."""

    letterhead: Letterhead
    conduct: Conduct
    people: tuple[Signatory, ...] = ()
    """Nobody for a blank one."""
    together: bool = False
    """Whether all sign one list."""


@cache
def conduct() -> Conduct:
    """Return the code of conduct as it is shipped, its texts still to be translated. Source: domain.md 2.10."""
    read: dict[str, Any] = tomllib.loads(paths.resource("conduct/code.toml").read_text("utf-8"))
    return Conduct(
        edition=read["edition"],
        title=read["title"],
        text=read["text"],
        points=tuple(point["text"] for point in read["points"]),
        undertaking=read["undertaking"]["text"],
        confirmation=read["list"]["text"],
    )


# ------------------------------------------------------------------------------------------------------- who is meant
def find(session: Session, wanted: Sequence[str]) -> list[int]:
    """Return the ids of people named on the command line, by number or by name.

    Raises:
        UserError: nobody, or more than one, is called so.
    """
    every = staff.everyone(session)
    return [_one(every, text) for text in wanted]


def _one(every: Sequence[Staff], text: str) -> int:
    words = searching.fold(text).split()
    exact = [s for s in every if str(s.id) == text.strip() or searching.fold(s.name).split() == words]
    found = exact or [s for s in every if words and all(f" {word}" in f" {s.search}" for word in words)]
    if not found:
        raise UserError(_("Nobody on the staff list is called “{name}”.").format(name=text))
    if len(found) > 1:
        told = listed(f"{s.name} ({s.id})" for s in found)
        raise UserError(_("Several people fit “{name}”: {people}. Use the number.").format(name=text, people=told))
    return found[0].id


# ------------------------------------------------------------------------------------------------------- the staff file
def file_paper(session: Session, season: Season, head: Letterhead, staff_id: int, day: date) -> StaffFilePaper:
    """Return the file of one person as it stands on a day.

    Raises:
        UserError: the person is no longer there.
    """
    file = staff.file(session, season, staff_id, day)
    person = file.person

    def spoken(make: Callable[[StaffFile], str]) -> Spoken:
        return _spoken(head, lambda: make(staff.file(session, season, staff_id, day)))

    return StaffFilePaper(
        letterhead=head,
        day=day,
        name=person.name,
        name_latin=person.name_latin,
        role=_word(head, person.role),
        counts=spoken(lambda f: f.counts),
        counted=bool(file.counting.percent),
        skills=spoken(skills),
        facts=tuple(_facts(head, file)),
        papers=tuple(_lines(head, file)),
        absences=tuple(_spoken(head, lambda a=a: absence(a)) for a in file.absences if a.last_day >= day),
        wishes=tuple(_spoken(head, lambda w=w: wish(w)) for w in file.wishes),
        note=person.note,
        photo=photos.of(session, person.id, Staff) if person.has_photo else None,
    )


def skills(file: StaffFile) -> str:
    """Say what somebody is by papers that hold: first-aider, keyholder, lead."""
    return listed(_(cover.SKILL_NAMES[skill]) for skill in cover.SKILL_NAMES if file.has(skill))


def absence(absence: StaffAbsence) -> str:
    """Write an absence in words."""
    days = str(absence.first_day)
    if absence.last_day != absence.first_day:
        days = _("{first} to {last}").format(first=absence.first_day, last=absence.last_day)
    return " · ".join(part for part in (days, _hours(absence), _(absence.reason.word), absence.note) if part)


def wish(wish: StaffWish) -> str:
    """Write a wish in words."""
    days = _("{first} to {last}").format(first=wish.first_day or "…", last=wish.last_day or "…")
    when = (weekdays.written(wish.weekdays), _hours(wish), days if wish.first_day or wish.last_day else "")
    return " · ".join(part for part in (_(wish.kind.word), *when, wish.note) if part)


def _hours(record: StaffAbsence | StaffWish | Staff) -> str:
    """Write from when to when; an open end as three dots, the whole day as nothing."""
    ends = (record.day_from, record.day_until) if isinstance(record, Staff) else (record.starts, record.ends)
    return "\N{EN DASH}".join(f"{moment:%H:%M}" if moment else "…" for moment in ends) if any(ends) else ""


def _facts(head: Letterhead, file: StaffFile) -> list[tuple[str, Spoken]]:
    person = file.person

    def label(name: str) -> str:
        return str(Staff.__table__.columns[name].info["label"])

    def plain(name: str) -> tuple[str, Spoken]:
        value = getattr(person, name)
        return label(name), (str(value),) if value else ()

    def worded(name: str) -> tuple[str, Spoken]:
        value = getattr(person, name)
        return label(name), _word(head, value) if value else ()

    return [
        worded("sex"), plain("birth_date"), plain("phone"), plain("speaks"),
        worded("employment"), plain("started_on"), plain("ended_on"), (label("group_id"), (file.group,)),
        (label("id_seen"), _spoken(head, lambda: _("Yes") if person.id_seen else _("No"))),
        plain("qualification"), plain("referees"),
        (label("weekdays"), _spoken(head, lambda: weekdays.written(person.weekdays) or _("every open day"))),
        (label("day_from"), (_hours(person),)),
    ]  # fmt: skip


def _lines(head: Letterhead, file: StaffFile) -> list[PaperLine]:
    """Return the papers as they are listed: each kind as it stands, older ones of the kind below it."""
    lines: list[PaperLine] = []
    for stand in file.stand:
        held = [paper for paper in file.papers if paper.kind is stand.kind]
        if not held:
            lines.append(PaperLine(_word(head, stand.kind), standing=stand.standing))
        decisive = staff_papers.decisive(held, file.day)  # the others are older, and stand below it
        lines += [
            PaperLine(
                kind=_word(head, paper.kind),
                issued_on=paper.issued_on,
                until=staff_papers.last_day(paper),
                number=paper.number,
                authority=paper.authority,
                result=paper.result,
                standing=stand.standing if paper is decisive else None,
            )
            for paper in sorted(held, key=lambda p: p is not decisive)
        ]
    return lines


# ----------------------------------------------------------------------------------------------------- the vetting list
def vetting_list(session: Session, season: Season, head: Letterhead, day: date) -> VettingList:
    """Return everybody who works here on a day with the papers an auditor asks for, head teachers first."""
    people = staff.everybody(session, day=day)
    files = sorted(staff.files(session, season, people, day), key=lambda f: _ORDER.index(f.person.role))
    counts = _each(head, lambda: [f.counts for f in staff.files(session, season, [f.person for f in files], day)])
    rows = (
        VettingRow(
            name=file.person.name,
            role=_word(head, file.person.role),
            papers=tuple(_decisive(file, kind) for kind in VETTED),
            counts=tuple(dict.fromkeys(spoken[number] for spoken in counts)),
            counted=bool(file.counting.percent),
            further=tuple((one.kind, _decisive(file, one.kind)) for one in file.stand if one.kind not in VETTED),
        )
        for number, file in enumerate(files)
    )
    return VettingList(head, day, tuple(rows))


def _decisive(file: StaffFile, kind: PaperKind) -> PaperLine:
    """Return the paper of a kind that decides; what neither the role wants nor the file holds does not stand."""
    stand: Paper | None = next((p for p in file.stand if p.kind is kind), None)
    paper = staff_papers.decisive([p for p in file.papers if p.kind is kind], file.day)
    if paper is None:
        return PaperLine((), standing=stand.standing if stand else None)
    return PaperLine(
        (), paper.issued_on, staff_papers.last_day(paper), paper.number, paper.authority, paper.result,
        stand.standing if stand else None,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------- the code of conduct
def code_of_conduct(
    session: Session, head: Letterhead, staff_ids: Sequence[int], day: date, *, together: bool = False
) -> CodeOfConduct:
    """Return the code of conduct to sign.

    Args:
        session: an open session.
        head: the paper's head.
        staff_ids: for whom; nobody for a blank one.
        day: today; the list for all names everybody who works here.
        together: one list on which all sign.
    """
    people = staff.everybody(session, day=day)
    if staff_ids or not together:
        people = [person for person in staff.everyone(session) if person.id in set(staff_ids)]
    told = tuple(Signatory(person.name, _word(head, person.role)) for person in people)
    return CodeOfConduct(head, conduct(), told, together)


def _word(head: Letterhead, choice: Any) -> Spoken:
    return _spoken(head, lambda: _(choice.word))


def _spoken(head: Letterhead, make: Callable[[], str]) -> Spoken:
    return tuple(dict.fromkeys(text for text in _each(head, make) if text))


def _each(head: Letterhead, make: Callable[[], T]) -> list[T]:
    """Make something once in each language of a paper."""
    made: list[T] = []
    for language in head.languages:
        with i18n.use(language):
            made.append(make())
    return made


roles.guard(globals(), Right.STAFF, {})
