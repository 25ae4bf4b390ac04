"""The compliance report: data protection, how complete the records are, clauses, annexes. Source: domain.md 5.1-5.4."""

from string import ascii_uppercase

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.compliance_kit import ANNEXES, CLAUSES, DATA, RECORDS, Book, chapters_of, spoken
from ccfs_desktop.reports.kit.table import Cell, Column
from ccfs_desktop.reports.kit.words import Words, iso
from ccfs_desktop.services.compliance import Compliance
from ccfs_desktop.services.compliance_records import Agreed, Annex, Kept, Lack
from ccfs_desktop.services.consent_register import Standing
from ccfs_desktop.services.standards import KNOWN, Clause

AGREED = (
    Column(N_("What guardians were asked"), 56, size=8.5),
    Column(N_("Given"), 24, "centre", size=9),
    Column(N_("Share"), 19, "centre", size=9.5, bold=True),
    Column(N_("95-per-cent interval"), 25, "centre", size=8),
    Column(N_("Refused"), 15.5, "centre", size=8.5, head_size=6.4),
    Column(N_("Withdrawn"), 15.5, "centre", size=8.5, head_size=6.4),
    Column(Standing.EXPIRED.word, 15.5, "centre", size=8.5, head_size=6.4),
    Column(N_("Not asked"), 15.5, "centre", size=8.5, head_size=6.4),
)
SHARES = (
    Column(N_("What"), 96, size=8.5),
    Column(N_("Reckoned from"), 32, "centre", size=8.5),
    Column(N_("Share"), 24, "centre", size=9.5, bold=True),
    Column(N_("95-per-cent interval"), 34, "centre", size=8),
)
_LACKS = (
    Column(N_("What is not on record as it should be"), 100, size=8.5),
    Column(N_("How many"), 22, "centre", size=9.5, bold=True),
    Column(N_("Of"), 64, size=8.5),
)
_CLAUSES = (
    Column(N_("Clause"), 30, size=8.5, bold=True),
    Column(N_("Topic, in our words"), 78, size=8.5),
    Column(N_("Chapter"), 18, "centre", size=9),
    Column(N_("Annex"), 18, "centre", size=9),
    Column(N_("How well known"), 42, size=7.6),
)
_KEPT = (
    Column(N_("What"), 52, size=8.5),
    Column(N_("Kept for"), 76, size=8),
    Column(N_("Source"), 58, size=7.6),
)
_ANNEXES = (
    Column("", 10, "centre", size=10, bold=True),
    Column(N_("Paper"), 82, size=8.5),
    Column(N_("Kind of report"), 16, "centre", size=8.5, head_size=6.6),
    Column(N_("Chapter"), 20, "centre", size=9),
    Column(N_("Issued as"), 58, size=8.5),
)


def data(book: Book) -> None:
    """Write how the data are protected, and what guardians agreed to."""
    book.chapter(DATA)
    file = (N_("All records lie in one encrypted file on the factory's own PC. The program sends nothing anywhere."),)
    book.points(
        *(file if book.data.encrypted else (N_("All records lie in a database of the factory's own."),)),
        N_("Health records and the details of incidents are sealed with a second key, which only the HR officer and the"
           " coordinator hold."),
        N_("Every change is written into an audit trail that cannot be rewritten without its showing. It has {entries}"
           " entries; its seal stands at the foot of each page and can be checked against the office at any time."),
        _BOUND if book.exhibits else _ALONE,
        N_("How long records are kept is laid down by the factory; this report does not judge it."),
        entries=f"{book.data.entries:,}",
    )  # fmt: skip
    book.told(CONSENTS, 8.5, n=max((one.children for one in book.data.agreed), default=0))
    book.gap(1)
    book.rows(AGREED, [agreed(book.words, one) for one in book.data.agreed])
    book.told(SMALL_GROUPS, 7.5)
    book.gap(3)
    book.rows(_KEPT, [_kept(book, one) for one in book.data.kept])


_ALONE = N_(
    "Nobody outside receives names: this report names no child and no parent, takes over no text that somebody wrote"
    " freely, and shows no group of fewer than five."
)
_BOUND = N_(
    "This report itself names no child and no parent, takes over no text that somebody wrote freely, and shows no group"
    " of fewer than five. The exhibits bound in after it go further: registers child by child with reasons of absence"
    " such as illness, remarks, incident reports with injuries. The cover of the pack says how people are called there."
)
CONSENTS = N_("Consent of the guardians of the children enrolled ({n}), as answered last:")
SMALL_GROUPS = N_("Groups of fewer than five are not shown, so that nobody can be recognised.")


def agreed(words: Words, one: Agreed) -> list[Cell]:
    """Return the cells of :data:`AGREED`; what is not told is a dash."""
    given = f"{one.given} ÷ {one.children}" if one.given and one.children else one.given
    told = (given, one.share, one.interval, one.refused, one.withdrawn, one.expired, one.not_asked)
    return [spoken(words.each(one.purpose.word)), *(number or "–" for number in told)]


def _kept(book: Book, one: Kept) -> list[Cell]:
    known = book.both(one.known, 7.6)
    return [book.both(one.title), book.spoken(one.told, 8), (*known, (one.source, 7, False)) if one.source else known]


def records(book: Book) -> None:
    """Write how complete the records are, and what the report does not say."""
    book.chapter(RECORDS)
    book.rows(SHARES, shares(book.data))
    book.gap(3)
    book.need(40)
    book.rows(_LACKS, [_lack(book, one) for one in book.data.lacks])
    book.points(
        N_("Times that nobody wrote down stay empty; nothing is filled in by the program."),
        N_("What was entered afterwards is marked so, and a day that was closed changes only with a reason."),
        size=8.5,
    )
    book.section(N_("What this report does not say"), keep=20)
    book.points(
        N_("What the space changes for parents and children: that takes questions before and after, which are asked"
           " elsewhere (R5)."),
        N_("What the space costs, and what other factories do (R9)."),
        N_("Whether there are workers below the working age: the list of the space is not the list of young workers."),
        N_("Whether what was written down is true. Compare some days with signed sheets, roster and people."),
        size=8.5,
    )  # fmt: skip


def shares(data: Compliance) -> list[list[Cell]]:
    """Return the rows of :data:`SHARES`: how complete the records are, as on the page Before the auditor does."""
    rows: list[list[Cell]] = []
    for each in zip(*data.shares, strict=True):
        one = each[0]
        titles = list(dict.fromkeys(other.title for other in each))
        title = spoken([f"{one.id}  {titles[0]}", *titles[1:]], bold=True)
        definition = spoken([other.definition for other in each], 6.8)
        rows.append([(*title, *definition), one.counted or "–", one.text, one.interval_text or "–"])
    return rows


def _lack(book: Book, one: Lack) -> list[Cell]:
    of = book.words.both(one.unit)
    return [book.both(one.message), str(one.count), f"{one.of:,}  {of}"]


def clauses(book: Book) -> None:
    """Write which chapter and which annex speaks to which clause of the chosen standard."""
    book.chapter(CLAUSES)
    standard = book.data.standard
    book.told(standard.title, 11)
    book.gap(1)
    book.rows(_CLAUSES, [_clause(book, one) for one in standard.clauses])
    book.told(
        N_("“–”: the records of a space do not speak to this clause; other evidence is needed. The clauses are"
           " shortened in our words: the original text decides. Whatever is from general knowledge must be checked"
           " against it before anybody relies on it."), 7.5,
    )  # fmt: skip


def _clause(book: Book, one: Clause) -> list[Cell]:
    letters = [ascii_uppercase[n] for n, annex in enumerate(book.data.annexes) if annex.part in one.parts]
    known = book.both(KNOWN[one.known], 7.6, bold=one.known != "V")
    return [one.number, book.both(one.text), chapters_of(one.parts) or "–", ", ".join(letters) or "–", known]


_KINDS = N_("R1 to R10 are the kinds of report that the programme knows; the user guide names them.")
_ISSUED = N_(
    "Each paper is issued by itself under its own number and seal, from the page Reports. Not issued yet means:"
    " not for this period. An audit pack holds all of them with the sheets they rest on (R10)."
)


def annexes(book: Book) -> None:
    """Write which papers prove which chapter, and under which number each was issued."""
    book.chapter(ANNEXES)
    book.rows(_ANNEXES, [_annex(book, n, one) for n, one in enumerate(book.data.annexes)])
    book.told(_KINDS, 7.5)
    if not book.exhibits:
        book.told(_ISSUED, 7.5)
    book.gap(4)
    book.sign(N_("HR officer"), N_("Manager"), N_("Date"), height=16)


def _annex(book: Book, n: int, one: Annex) -> list[Cell]:
    held, exhibit = one.issued, book.exhibits.get(one.name)
    if exhibit:
        told = book.spoken([f"{word} {exhibit}" for word in book.words.each(N_("Exhibit"))])
        return [ascii_uppercase[n], book.both(one.title), one.report, chapters_of((one.part,)), told]
    issued: Cell = f"{held.number}, {iso(held.issued_at.date())}" if held else book.both(N_("not issued yet"), 8)
    return [ascii_uppercase[n], book.both(one.title), one.report, chapters_of((one.part,)), issued]
