"""What the papers of data protection show: sections of sentences and short tables, said in the paper's languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.base import Choice
from ccfs_desktop.models.protection import Disclosure, Disposal
from ccfs_desktop.services import disposals, retention, small_groups
from ccfs_desktop.services.consent_register import Coverage, Line, Standing
from ccfs_desktop.services.data_audit import NOTIFY, Breach, DataAudit, Persons
from ccfs_desktop.services.data_requests import Copy, Part
from ccfs_desktop.services.intervals import wilson
from ccfs_desktop.services.log_papers import Entry, Word
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.retention import Category
from ccfs_desktop.services.roles import ROLE_WORDS


@dataclass(frozen=True)
class Head:
    """One column of a table: its heading, marked, and its share of the width."""

    message: str
    share: float = 1.0
    number: bool = False


@dataclass(frozen=True)
class Section:
    """A heading, sentences, and a table under them."""

    heading: str = ""
    """Marked with ``N_``."""
    told: tuple[Word, ...] = ()
    heads: tuple[Head, ...] = ()
    rows: tuple[tuple[Entry, ...], ...] = ()
    high: bool = False
    """Rows to write on by hand."""


@dataclass(frozen=True)
class DataPaper:
    """One paper."""

    letterhead: Letterhead
    title: str
    """Marked with ``N_``."""
    under: tuple[str, ...]
    """Ready words under the title."""
    sections: tuple[Section, ...]
    landscape: bool = False
    confidential: bool = False
    signed: tuple[str, ...] = ()
    """What is signed at the end, marked."""
    picture: bytes | None = None
    """A JPEG at the top."""


_OPEN = Word(N_("open"))
_NONE = Word(N_("none"))


# --------------------------------------------------------------------------------------------------------- the consents
def consents(head: Letterhead, on: date, lines: Sequence[Line], counts: Sequence[Coverage]) -> DataPaper:
    """Return the register of consents: first how many, then each of them."""
    rows = tuple(_consent(line) for line in lines)
    heads = (
        Head(N_("No."), 0.5), Head(N_("Child"), 1.5), Head(N_("Purpose"), 2.2), Head(N_("State"), 1.1),
        Head(N_("Wording"), 0.7), Head(N_("Signed on"), 1), Head(N_("Signed by"), 1.4), Head(N_("Expires on"), 1),
        Head(N_("Withdrawn on"), 1),
    )  # fmt: skip
    return DataPaper(
        head, N_("Consent register"), (on.isoformat(),),
        (coverage(counts), Section(N_("Each consent"), heads=heads, rows=rows)), landscape=True, confidential=True,
    )  # fmt: skip


def coverage(counts: Sequence[Coverage], *, outside: bool = False) -> Section:
    """Return how many children have agreed to what, with the interval. Source: domain.md 6.8.

    Args:
        counts: by purpose.
        outside: the paper leaves the office, so that no group of fewer than five may be seen in it. Source:
            domain.md 6.9.
    """
    heads = (
        Head(N_("Purpose"), 3), Head(N_("Given"), 1, number=True), Head(N_("Children"), 1, number=True),
        Head(N_("Share"), 1, number=True), Head(N_("95-per-cent interval"), 1.6, number=True),
    )  # fmt: skip
    told = (Word(N_("Groups of fewer than five are not shown, so that nobody can be recognised.")),) if outside else ()
    return Section(N_("How many have agreed"), told, heads, tuple(_share(one, outside=outside) for one in counts))


def _share(one: Coverage, *, outside: bool) -> tuple[Entry, ...]:
    parts = (one.given, one.children - one.given)
    if outside and any(small_groups.hidden(parts)):
        children = f"< {small_groups.LEAST}" if small_groups.is_small(one.children) else str(one.children)
        return Word(one.purpose.word), small_groups.shown(parts)[0] or _UNSAID, children, _UNSAID, _UNSAID
    between = wilson(one.given, one.children)
    share = f"{100 * one.given / one.children:.1f} %" if one.children else _UNSAID
    interval = f"{100 * between.low:.1f} – {100 * between.high:.1f} %" if between else _UNSAID
    return Word(one.purpose.word), str(one.given), str(one.children), share, interval


_UNSAID = "–"


def _consent(line: Line) -> tuple[Entry, ...]:
    said = line.consent if line.standing is not Standing.MISSING else None
    language = f" ({said.language})" if said and said.language else ""
    return (
        line.number, line.child, Word(line.purpose.word), Word(line.standing.word),
        f"{said.wording}{language}" if said else "", _day(said.signed_on) if said else "",
        said.signed_by if said else "",
        _day(line.expires_on), _day(said.withdrawn_on) if said else "",
    )  # fmt: skip


# --------------------------------------------------------------------------------------------------------- the disposal
def disposal(head: Letterhead, one: Disposal) -> DataPaper:
    """Return the record of an erasure; nobody whose data was erased is named."""
    facts = (
        (Word(N_("Number")), one.number),
        (Word(N_("About")), one.subject),
        (Word(N_("When")), f"{one.at:%Y-%m-%d %H:%M}"),
        (Word(N_("Why")), (Word(one.grounds.word), one.reason) if one.reason else Word(one.grounds.word)),
        (Word(N_("Erased by")), one.by),
        (Word(N_("Approved by")), one.approved_by),
    )
    gone = tuple((Word(noun), str(n)) for noun, n in disposals.erased(one).items())
    return DataPaper(
        head, N_("Record of disposal"), (one.number,),
        (
            Section("", heads=(Head("", 1), Head("", 3)), rows=facts),
            Section(N_("Erased"), heads=(Head(N_("What"), 4), Head(N_("How many"), 1, number=True)), rows=gone),
            _stays(one),
            _documents(one),
            _copies(one),
            Section(N_("What remains"), told=(Word(_REMAINS),)),
        ),
        signed=(N_("Erased by"), N_("Approved by"), N_("Date")),
    )  # fmt: skip


_REMAINS = N_(
    "The number, sex and month of birth of the child, its places in seasons and its visits are counted on, without a "
    "name. The audit trail holds a seal of what was erased; the values cannot be found from it."
)


def _stays(one: Disposal) -> Section:
    rows = tuple(
        (Word(stay.noun), str(stay.count), Word(stay.why) if stay.why else "",
         _until(stay.until))
        for stay in disposals.stays(one)
    )  # fmt: skip
    heads = (Head(N_("What"), 4), Head(N_("How many"), 1, number=True), Head(N_("Why"), 2), Head(N_("Until"), 1))
    return Section(N_("Kept for the time being"), heads=heads if rows else (), rows=rows, told=() if rows else (_NONE,))


def _until(day: date | None) -> Entry:
    return _OPEN if day is None or day == date.max else day.isoformat()


def _documents(one: Disposal) -> Section:
    numbers = disposals.documents(one)
    sentence = N_("Files of these issued documents named the child and were erased; number and seal remain: {numbers}.")
    return Section(
        N_("Issued documents"), told=(Word(sentence, {"numbers": ", ".join(numbers)}) if numbers else _NONE,)
    )


def _copies(one: Disposal) -> Section:
    held = disposals.copies(one)
    if not held.files:
        return Section(N_("Backups that still hold it"), told=(_NONE,))
    told = [Word(N_("Backups that still hold what was erased: {n}."), {"n": len(held.files)})]
    if held.until:
        told.append(Word(N_("The program throws the last of them away by {day} at the latest."), {"day": held.until}))
    if held.for_good:
        told.append(
            Word(N_("These are kept for good; delete them by hand: {files}."), {"files": listed(held.for_good)})
        )
    told.append(Word(N_("Whoever restores one of them must erase again what stands here.")))
    rows = tuple((name,) for name in held.files)
    return Section(N_("Backups that still hold it"), told=tuple(told), heads=(Head(N_("File"), 1),), rows=rows)


# ------------------------------------------------------------------------------------------------------- the other logs
def disclosures(head: Letterhead, year: int, log: Sequence[Disclosure]) -> DataPaper:
    """Return what was given to others in a year."""
    heads = (
        Head(N_("When"), 1.1), Head(N_("To whom"), 1.5), Head(N_("What for"), 1.8), Head(N_("Legal basis"), 1.4),
        Head(N_("About whom"), 1.2), Head(N_("Which data"), 2), Head(N_("Given by"), 1), Head(N_("SHA-256"), 1.6),
    )  # fmt: skip
    rows = tuple(
        (
            f"{one.at:%Y-%m-%d %H:%M}", one.recipient, one.purpose, Word(one.basis.word), one.subjects, one.fields,
            one.by, one.sha256,
        )
        for one in log
    )  # fmt: skip
    told = () if rows else (Word(N_("Nothing was given to anybody.")),)
    return DataPaper(
        head, N_("Disclosure log"), (str(year),), (Section("", told, heads if rows else (), rows),), landscape=True,
        confidential=True,
    )  # fmt: skip


def breach(head: Letterhead, found: Breach) -> DataPaper:
    """Return what was in a file that got lost or was seen by others."""
    what = found.file + (f" · {found.made:%Y-%m-%d %H:%M}" if found.made else "")
    heads = (Head(N_("What was in it"), 5), Head(N_("How many"), 1, number=True), Head(N_("Sensitive"), 1))
    rows = tuple(
        (Word(noun), f"{n:,}", Word(N_("Yes")) if sensitive else Word(N_("No")))
        for noun, n, sensitive in found.lines if n
    )  # fmt: skip
    sealed = Word(N_(
        "The file is encrypted (AES-256). Without a password of the office, or the code on its recovery sheet, nothing "
        "of this can be read. Find out whether one of them was lost with it."
    ))  # fmt: skip
    tell = tuple((str(n), Word(sentence)) for n, sentence in enumerate(NOTIFY, start=1))
    fill = ((Word(N_("What happened, when, noticed by whom")), ""), (Word(N_("What was done at once")), ""),
            (Word(N_("Told to whom, when")), ""))  # fmt: skip
    return DataPaper(
        head, N_("Summary for a data breach"), (what,),
        (
            Section(N_("What was in it"), (sealed,), heads, rows),
            Section(N_("Whom to tell"), heads=(Head(N_("No."), 0.3), Head("", 5)), rows=tell),
            Section(N_("To be written by hand"), heads=(Head("", 1), Head("", 2.5)), rows=fill, high=True),
        ),
        signed=(N_("Written by"), N_("Signature"), N_("Date")),
    )  # fmt: skip


def audit(head: Letterhead, found: DataAudit) -> DataPaper:
    """Return the yearly audit of minors' data."""
    count = (Head(N_("What"), 4), Head(N_("How many"), 1, number=True))
    verdict = Word(
        N_("Whole: {n} entries, and every record is as the trail says."), {"n": f"{found.verdict.entries:,}"}
    )
    if not found.verdict.whole:
        verdict = Word(N_("Not whole: {n} problems were found."), {"n": len(found.verdict.problems)})
    return DataPaper(
        head, N_("Audit of minors' data"), (f"{found.first} – {found.last}",),
        (
            Section(N_("Persons"), heads=count, rows=persons(found.persons)),
            Section(N_("Systems"), (Word(SYSTEM), Word(OFFLINE))),
            coverage(found.coverage, outside=True),
            Section(N_("Access in the period, from the audit trail"), heads=count, rows=(
                *((Word(what), str(n)) for what, n in found.access.items()),
                *((Word(_BY, {"role": _role(role)}), str(n)) for role, n in found.by_role.items()),
                (Word(N_("Given to others (disclosure log)")), str(found.disclosures)),
            )),
            Section(N_("Retention and erasure"), (
                Word(N_("Erasures in the period: {n}. Legal holds now: {holds}."),
                     {"n": found.disposals, "holds": found.holds}),
            ), *schedule(found.schedule)),
            Section(N_("Audit trail"), (verdict,)),
            Section(N_("Findings, remedies and conclusion"), heads=(
                Head(N_("Finding"), 2), Head(N_("Remedy"), 2), Head(N_("Responsible"), 1), Head(N_("By when"), 0.8),
            ), rows=(("", "", "", ""),) * 3, high=True),
        ),
        signed=(N_("Audited by"), N_("Responsible person"), N_("Date")),
    )  # fmt: skip


def persons(people: Persons) -> tuple[tuple[Entry, ...], ...]:
    """Return rows of whose data is kept, and of how many; these are whole counts, which the law asks for."""
    return (
        (Word(N_("Children under 14")), str(people.under_14)),
        (Word(N_("Persons under 18, those under 14 included")), str(people.under_18)),
        (Word(N_("Adults: workers and staff")), str(people.adults)),
        (Word(N_("Children whose data was erased; only counted")), str(people.erased)),
    )


SYSTEM = N_(
    "CCFS Desktop: one encrypted database (SQLCipher, AES-256) on the PC of the HR office, health and incidents sealed "
    "with a second key, encrypted backups, users with roles."
)
OFFLINE = N_(
    "Nothing leaves this PC by itself: the program needs no network, and a brand receives numbers without names."
)
_BY = N_("By the role: {role}")


def schedule(categories: Sequence[Category]) -> tuple[tuple[Head, ...], tuple[tuple[Entry, ...], ...]]:
    """Return columns and rows of how long what is kept."""
    heads = (Head(N_("What"), 2), Head(N_("Kept for"), 2.4), Head(N_("Source"), 2), Head(N_("How well known"), 1.4))
    return heads, tuple(
        (Word(one.title), one.told(), one.named, Word(retention.KNOWN[one.known])) for one in categories
    )


def _role(role: str) -> str:
    return _(ROLE_WORDS[role]) if role in ROLE_WORDS else role


# ------------------------------------------------------------------------------------------------------------- the copy
def copy(head: Letterhead, made: Copy) -> DataPaper:
    """Return a guardian's copy, in the first language of the paper."""
    with i18n.use(head.languages[0]):
        sections = [_part(part) for part in made.parts if part.table not in {"photo", "season", "room_group"}]
        reads = tuple((f"{at:%Y-%m-%d %H:%M}", by) for at, by in made.reads)
    about = Word(N_(
        "This is everything that is kept about the child. You may have mistakes corrected and data erased that is no "
        "longer needed, and you may take back any consent. Ask the HR office."
    ))  # fmt: skip
    more = [Section("", (about,)), *sections]
    if reads:
        more.append(Section(N_("Who read health details"), heads=(Head(N_("When"), 1), Head(N_("Who"), 2)), rows=reads))
    if made.sheets:
        sentence = N_("The child stands on these day sheets, which also name other children: {numbers}.")
        more.append(Section(N_("Day sheets"), (Word(sentence, {"numbers": ", ".join(made.sheets)}),)))
    return DataPaper(
        head, N_("Copy of the child's data"), (made.name,), tuple(more), confidential=True, picture=made.photo,
        signed=(N_("Handed over by"), N_("Received by"), N_("Date")),
    )  # fmt: skip


def _part(part: Part) -> Section:
    """One table: a single record as label and value, several as a list of them."""
    columns = [c for c in part.kind.__table__.columns if c.info.get("label")]
    rows: list[tuple[Entry, ...]] = []
    for number, row in enumerate(part.rows, start=1):
        told = [(c, _written(row.get(c.name))) for c in columns]
        lines = [(_(c.info["label"]), text) for c, text in told if text]
        said = "\n".join(f"{label}: {text}" for label, text in lines)
        rows.append((f"{number}", said) if len(part.rows) > 1 else (said,))
    heads = (Head("", 0.16), Head("", 4)) if len(rows) > 1 else (Head("", 1),)
    return Section(part.noun, heads=heads, rows=tuple(rows))


def _written(value: Any) -> str:
    if value is None or value == "" or value is False or isinstance(value, bytes):
        return ""
    if value is True:
        return _("Yes")
    if isinstance(value, Choice):
        return _(value.word)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
