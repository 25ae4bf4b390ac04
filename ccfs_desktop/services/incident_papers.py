"""What the papers about incidents show: the whole report, the report on one child, the parents' copy, the register.

In a paper about one child no other child is named: whoever was in the event, and every other child of the register,
is replaced wherever the name stands in what somebody wrote. Source: peers.md 121, 126.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Proof
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.incident import Incident, IncidentChild, Kind, Place
from ccfs_desktop.services import body_map, incidents, redaction, roles, searching
from ccfs_desktop.services.body_map import Mark
from ccfs_desktop.services.incident_then import Then
from ccfs_desktop.services.incidents import ChildReport, File
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.redaction import Redactor
from ccfs_desktop.services.roles import Right

HIDEABLE: dict[str, str] = {
    "place_detail": N_("Where exactly"),
    "staff_in_charge": N_("Staff in charge"),
    "ratio": N_("Children and adults at that time"),
    "described": N_("What happened"),
    "witnesses": N_("Witnesses"),
    "causes": N_("Causes"),
    "informed": N_("Authority, insurer and brand"),
    "part": N_("This child's part in it"),
    "injury": N_("Injury or signs"),
    "marks": N_("Body map"),
    "temperature": N_("Temperature"),
    "medicine": N_("Medicine given"),
    "clinic": N_("Clinic or hospital"),
    "addenda": N_("Additions"),
}
"""What may be left out of the parents' copy, in the order of the form."""
_OTHER = N_("another child")
_SOME = N_("a child")


@dataclass(frozen=True)
class ChildPaper:
    """One child's report."""

    name: str
    name_latin: str
    age: int
    severity: int
    part: str = ""
    injury: str = ""
    marks: tuple[Mark, ...] = ()
    temperature: str = ""
    first_aid: str = ""
    first_aid_by: str = ""
    medicine: str = ""
    clinic: str = ""
    told_day: date | None = None
    told_at: time | None = None
    told_who: str = ""
    told_how: str = ""
    told_by: str = ""
    comment: str = ""
    signed_on: date | None = None
    addenda: tuple[tuple[datetime, str, str], ...] = ()
    """When, by whom, what."""


@dataclass(frozen=True)
class IncidentPaper:
    """An incident on paper."""

    letterhead: Letterhead
    number: str
    kind: Kind
    place: Place
    day: date
    at: time | None
    severity: int
    reported_at: datetime
    reported_by: str
    then: Then
    children: tuple[ChildPaper, ...]
    in_event: int
    """How many children were in it; more than ``children`` where the others are hidden."""
    place_detail: str = ""
    group: str = ""
    described: str = ""
    staff_in_charge: str = ""
    witnesses: str = ""
    whys: tuple[str, ...] = ()
    root_cause: str = ""
    told_authority: str = ""
    told_insurer: str = ""
    told_brand: str = ""
    discarded: str = ""
    signed_name: str = ""
    signed_role: str = ""
    signed_at: datetime | None = None
    proof: Proof | None = None
    approved_name: str = ""
    approved_role: str = ""
    approved_at: datetime | None = None
    approved_word: str = ""
    addenda: tuple[tuple[datetime, str, str], ...] = ()
    files: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    """Keys of ``HIDEABLE`` that the parents' copy leaves out."""
    audit_head: str = ""


def whole(session: Session, incident_id: int, head: Letterhead, *, audit_head: str = "") -> IncidentPaper:
    """Return the whole report, with every child.

    Raises:
        UserError: it is gone, or this role may not read it.
    """
    return _paper(incidents.file(session, incident_id), head, audit_head)


def of_child(session: Session, report_id: int, head: Letterhead, *, audit_head: str = "") -> IncidentPaper:
    """Return the report on one child; no other child is named in it.

    Raises:
        UserError: it is gone, or this role may not read it.
    """
    file = incidents.file(session, incidents.report_of(session, report_id).incident_id)
    mine = next(one for one in file.children if one.record.id == report_id)
    paper = _paper(replace(file, children=(mine,)), head, audit_head)
    with i18n.use(head.languages[0]):
        hide = masker(session, mine.record.child_id, {one.record.child_id for one in file.children}, _(_OTHER))
    return _masked(replace(paper, severity=mine.record.severity, in_event=len(file.children), files=()), hide)


def parent_copy(session: Session, report_id: int, head: Letterhead, *, audit_head: str = "") -> IncidentPaper:
    """Return the copy for one child's parents: the report on the child, without what was chosen to be left out.

    Raises:
        UserError: it is gone, or this role may not read it.
    """
    record = incidents.report_of(session, report_id)
    paper = of_child(session, report_id, head, audit_head=audit_head)
    return replace(paper, hidden=frozenset(filter(None, record.hidden.split(","))))


def redacted(
    session: Session, incident_id: int, head: Letterhead, redactor: Redactor, *, audit_head: str = ""
) -> IncidentPaper:
    """Return the whole report as an auditor may read it: names replaced, in what somebody wrote too.

    Raises:
        UserError: it is gone, or this role may not read it.
    """
    file = incidents.file(session, incident_id)
    paper = _paper(file, head, audit_head)
    if not redactor.hides:
        return paper
    with i18n.use(head.languages[0]):
        parts = masker(session, 0, {one.record.child_id for one in file.children}, _(_SOME))
    children = tuple(
        replace(
            child, name=redactor.child(one.record.child_id, one.name, one.name_latin), name_latin="",
            told_who=redactor.person(child.told_who, one.record.child_id),
        )
        for one, child in zip(file.children, paper.children, strict=True)
    )  # fmt: skip
    return _masked(replace(paper, children=children), lambda text: parts(redactor(text)))


def _paper(file: File, head: Letterhead, audit_head: str) -> IncidentPaper:
    one = file.incident
    return IncidentPaper(
        letterhead=head, number=one.number, kind=one.kind, place=one.place, day=one.day, at=one.at,
        severity=one.severity, reported_at=one.reported_at, reported_by=one.reported_by, then=file.then,
        children=tuple(_child(child, file) for child in file.children), in_event=len(file.children),
        place_detail=one.place_detail, group=file.group, described=one.described or file.told,
        staff_in_charge=one.staff_in_charge, witnesses=one.witnesses or "", whys=tuple(_whys(one)),
        root_cause=one.root_cause or "", told_authority=one.told_authority, told_insurer=one.told_insurer,
        told_brand=one.told_brand, discarded=one.discarded, signed_name=one.signed_name, signed_role=one.signed_role,
        signed_at=one.signed_at, proof=one.proof, approved_name=one.approved_name, approved_role=one.approved_role,
        approved_at=one.approved_at, approved_word=one.approved_word, addenda=_addenda(file, None),
        files=tuple(kept.name for kept in file.files), audit_head=audit_head,
    )  # fmt: skip


def _whys(one: Incident) -> Iterator[str]:
    return (why for why in (one.why1, one.why2, one.why3, one.why4, one.why5) if why)


def _child(one: ChildReport, file: File) -> ChildPaper:
    record = one.record
    return ChildPaper(
        one.name, one.name_latin, one.age, record.severity, record.part or "", record.injury or "",
        body_map.read(record.marks), record.temperature or "", record.first_aid or "", record.first_aid_by,
        record.medicine or "", record.clinic or "", record.parent_told_day, record.parent_told_at,
        record.parent_told_who, record.parent_told_how, record.parent_told_by, record.parent_comment or "",
        record.parent_signed_on, _addenda(file, record),
    )  # fmt: skip


def _addenda(file: File, record: IncidentChild | None) -> tuple[tuple[datetime, str, str], ...]:
    wanted = record.id if record else None
    return tuple((one.at, one.by, one.words or "") for one in file.addenda if one.incident_child_id == wanted)


# ------------------------------------------------------------------------------------------------ hiding the others


def masker(session: Session, own_id: int, in_event: Iterable[int], instead: str) -> Callable[[str], str]:
    """Return what replaces other children's names in a text.

    Whole names of every other child are replaced, a Chinese one in pinyin too, whatever the case, the spaces and the
    tone marks; of those who were in the event also the parts a name is made of and what they are called, unless the
    child of the paper shares them. A Chinese given name of one character alone cannot be told from a word and stays.

    Args:
        session: an open session.
        own_id: the child the paper is about.
        in_event: ids of all children who were in it.
        instead: what stands in place of a name.
    """
    close, own, patterns = set(in_event), "", set[str]()
    query = select(Child.id, Child.name, Child.name_latin, Child.nickname)
    for child_id, *names in session.execute(query):
        told = [name for name in names if name]
        if child_id == own_id:
            own = "\n".join((*told, *(" ".join(one[0] for one in searching.syllables(name)) for name in told)))
            continue
        patterns.update(_whole(told[: 2 if names[1] else 1]))
        if child_id in close:
            patterns.update(pattern for name in told for pattern in _called(name))
    patterns = {pattern for pattern in patterns if not re.search(pattern, own, re.IGNORECASE)}
    if not patterns:
        return lambda text: text
    either = re.compile("|".join(sorted(patterns, key=len, reverse=True)))
    return lambda text: either.sub(instead, text)


def _whole(names: Iterable[str]) -> Iterator[str]:
    """Yield what finds a whole name, as it is written and as it is said."""
    for name in names:
        if len(name) > 1:
            yield redaction.pattern(name, "(?i:{})")
        read = searching.syllables(name)
        if len(read) > 1:
            yield _said(read)
            yield _said([*read[1:], read[0]])  # the family name last, as in English


def _called(name: str) -> Iterator[str]:
    """Yield what finds the parts of a name; of a Chinese one also the given name as it is said."""
    yield from (redaction.pattern(part, "(?:{})") for part in _parts(name))
    given = searching.syllables(name)[1:]
    if len(given) > 1:
        yield _said(given)


# Pinyin is typed with tone marks or without, and ü as v, u or yu.
_SAID = str.maketrans(
    {
        "a": "[aāáǎà]", "e": "[eēéěè]", "i": "[iīíǐì]", "o": "[oōóǒò]", "u": "[uūúǔùüǖǘǚǜ]",
        "v": "(?:[vuüǖǘǚǜūúǔù]|yu)",
    }
)  # fmt: skip
_ALONE = r"(?<![^\W\u2e80-\u9fff])(?i:{})(?![^\W\u2e80-\u9fff])"
"""Not within a word; a Chinese letter may stand beside it."""


def _said(read: Iterable[Iterable[str]]) -> str:
    """Return what finds syllables, joined, spaced or with a sign between; several readings of a character are one."""
    syllables = ("(?:" + "|".join(re.escape(one).translate(_SAID) for one in ways) + ")" for ways in read)
    return _ALONE.format(r"[\s'’·-]*".join(syllables))


def _parts(name: str) -> Iterator[str]:
    """Yield what somebody may be called by: the words of a name, or a Chinese given name."""
    for word in name.split():
        if redaction.joined(word):
            yield from {part for part in (word, word[1:], word[-2:]) if len(part) >= 2}
        elif len(word) >= 3:
            yield word


_EVENT_TEXTS = (
    "place_detail", "described", "witnesses", "root_cause", "told_authority", "told_insurer", "told_brand",
    "approved_word",
)  # fmt: skip
_CHILD_TEXTS = ("part", "injury", "first_aid", "medicine", "clinic", "told_how", "comment")


def _masked(paper: IncidentPaper, hide: Callable[[str], str]) -> IncidentPaper:
    event = {name: hide(getattr(paper, name)) for name in _EVENT_TEXTS}
    children = tuple(
        replace(
            child, **{name: hide(getattr(child, name)) for name in _CHILD_TEXTS}, addenda=_hidden(child.addenda, hide)
        )
        for child in paper.children
    )
    return replace(
        paper, **event, children=children, whys=tuple(map(hide, paper.whys)), addenda=_hidden(paper.addenda, hide)
    )


def _hidden(
    addenda: tuple[tuple[datetime, str, str], ...], hide: Callable[[str], str]
) -> tuple[tuple[datetime, str, str], ...]:
    return tuple((at, by, hide(words)) for at, by, words in addenda)


roles.guard(globals(), Right.DETAILS, {})
