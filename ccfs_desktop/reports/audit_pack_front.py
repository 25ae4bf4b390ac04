"""The pages of an audit pack around its exhibits: cover, contents, where each clause is answered, manifest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Part, Table
from ccfs_desktop.reports.kit.words import Words, iso, moment
from ccfs_desktop.services.audit_pack import LETTERS, PARTS, Pack
from ccfs_desktop.services.redaction import Redaction
from ccfs_desktop.services.standards import KNOWN
from ccfs_desktop.services.verifying import grouped

TITLE = N_("Audit pack")
CONTENTS, CLAUSES, MANIFEST = N_("Contents"), N_("Where each clause is answered"), N_("Manifest and how to verify")
REPORT = N_("Compliance report")

_READ = (
    N_("The compliance report comes first and sums up; the exhibits prove it. An exhibit is cited as C-3: at the top of"
       " each page stand its number, its own page, and the page of the pack."),
    N_("The bookmarks of the PDF lead to every exhibit; “Where each clause is answered” leads from the standard to"
       " them."),
    N_("To follow a number to its source, take the random sample (M): each child-day names its sheet, who entered it"
       " and when, the consent and the adults on duty. Then ask the office for the signed sheet with that number."),
    N_("The Excel file beside this one holds the same records to count and sort."),
    N_("In it: who came and who did not, with reasons such as illness; remarks; incident reports with injuries. Not in"
       " it: safeguarding concerns, health records of children (care plans, medicine), and photos of children."),
)  # fmt: skip
_NAMED: dict[Redaction, str] = {
    Redaction.NAMES: N_("Children and families are named. Whoever holds this pack must protect and destroy it as the"
                        " law of the country says."),
    Redaction.INITIALS: N_("Children, families and visitors appear with their initials, in remarks too. Adults on duty"
                           " are named, because their papers and hours are what is audited."),
    Redaction.CODES: N_("Children, families and visitors appear with codes that only the office can resolve: C- is a"
                        " child, P- another person. Adults on duty are named, because their papers and hours are what"
                        " is audited."),
}  # fmt: skip
_VERIFY = (
    N_("1. Unaltered? Run “ccfs-desktop verify FILE” on any PC where CCFS Desktop is installed, free and without the"
       " office: it says unaltered, altered, or not ours. The office answers under Reports, Verify."),
    N_("2. A PDF viewer's signature panel says: not changed since it was signed; signer unknown. Unknown, because the"
       " certificate is the office's own and no authority vouches for it: this is expected."),
    N_("3. From this office? The signing key printed here is the SHA-256 fingerprint of that certificate: the viewer"
       " shows it among the details of the signer's certificate. It must be the one on the office's other papers."),
    N_("4. The Excel file: “certutil -hashfile FILE SHA256” on Windows, “sha256sum FILE” elsewhere; compare with the"
       " last pages of this pack."),
)  # fmt: skip
_MADE_UP = N_(
    "From a demonstration office: its records are made up, and all of them were entered when it was built, so “entered"
    " by, at” names one moment."
)
_OVERVIEW_COLUMNS = (
    Column(N_("Exhibit"), 20, "centre", size=11, bold=True),
    Column(N_("What it is"), 106, size=9),
    Column(N_("Exhibits"), 19, "centre", size=9),
    Column(N_("Pages"), 19, "centre", size=9),
    Column(N_("Page of the pack"), 22, "centre", size=10, bold=True),
)
_CONTENT_COLUMNS = (
    Column(N_("Exhibit"), 20, "centre", size=8.5, bold=True),
    Column(N_("What it is"), 126, size=8.5),
    Column(N_("Pages"), 18, "centre", size=8.5),
    Column(N_("Page of the pack"), 22, "centre", size=8.5, bold=True),
)
_CLAUSE_COLUMNS = (
    Column(N_("Clause"), 24, size=8.5, bold=True),
    Column(N_("What it asks"), 92, size=8.5),
    Column(N_("Exhibits"), 34, "centre", size=10, bold=True),
    Column(N_("How well the clause is known"), 36, size=7.5),
)
_ANNEX_COLUMNS = (
    Column(N_("Annex of the report"), 40, "centre", size=9, bold=True),
    Column(N_("What it is"), 106, size=8.5),
    Column(N_("Exhibit"), 40, "centre", size=9.5, bold=True),
)
_HASH_COLUMNS = (
    Column(N_("Exhibit"), 16, "centre", size=7.5, bold=True),
    Column(N_("What it is"), 62, size=6.8),
    Column(N_("Page of the pack"), 16, "centre", size=7.5, head_size=6),
    Column("SHA-256", 92, size=5.9),
)
ANNEXES = {
    "vetting-list": "G-1", "ratio-period": "H-1", "check-history": "C-1", "drill-register": "D-1",
    "incident-register": "E-1", "patrol-register": "I-1", "patrol-trend": "I-2", "action-plan": "F-1",
    "day-closing": "B",
}  # fmt: skip
"""Annex of the compliance report → where it is in the pack."""


@dataclass(frozen=True)
class Placed:
    """Something bound into the pack, and where."""

    name: str
    """As it is cited, such as ``C-3``; empty for what is no exhibit."""
    title: str
    page: int
    """Its first page, counted from 1."""
    pages: int
    sha256: str = ""
    """Of what was drawn, before it was bound in."""


def cover(pack: Pack) -> bytes:
    """Return the cover."""
    form, words, finish = _begin(pack, TITLE)
    wish = pack.wish
    sampled = f"{len(pack.sample.traces)} / {pack.sample.population}, {words.first(N_('seed'))} {wish.seed}"
    form.row(
        Field(N_("Standard"), " / ".join(words.each(pack.standard.title)), 2.4),
        Field(N_("Names"), " / ".join(words.each(wish.redaction.word)), 1.6),
    )
    form.row(
        Field(N_("Random sample of child-days"), sampled if pack.sample.traces else "–", 1.6),
        Field(N_("Issued at"), moment(pack.letterhead.printed_at), 1.2),
        Field(N_("Issued by"), pack.letterhead.printed_by, 1.2),
    )
    form.gap(4)
    if pack.compliance.factory.demonstration:
        form.told(_MADE_UP, 9.5)
        form.gap(2)
    form.section(N_("In this pack"))
    form.table(_table(form, words, _counts_columns()), [_counts(pack)])
    for title, sentences in (
        (N_("How to read it"), _READ), (N_("Names"), (_NAMED[wish.redaction],)), (N_("How to verify it"), _VERIFY),
    ):  # fmt: skip
        form.section(title)
        for sentence in sentences:
            form.told(sentence, 8.6)
            form.gap(0.8)
        form.gap(1.5)
    if pack.letterhead.imprint:
        form.say(f"{words.both(N_('Signing key'))}  {grouped(pack.letterhead.imprint.fingerprint)}", 7.5, bold=True)
    return finish()


def _counts_columns() -> tuple[Column, ...]:
    told = (
        N_("Open days"), N_("Children"), N_("Child-days"), N_("Numbered sheets"), N_("Safety checks"), N_("Incidents"),
        N_("Actions"), N_("Patrols"), N_("Adults"), N_("Visitors"),
    )  # fmt: skip
    return tuple(Column(message, 18.6, "centre", size=13, bold=True, head_size=7) for message in told)


def _counts(pack: Pack) -> list[Cell]:
    return [
        str(n) for n in (
            len(pack.days), pack.children, pack.child_days, len(pack.sheets),
            len(pack.check_ids), len(pack.incident_rows), len(pack.actions.rows), len(pack.patrols.walked),
            len(pack.vetting.rows), pack.visitors,
        )
    ]  # fmt: skip


def contents(pack: Pack, placed: Sequence[Placed]) -> bytes:
    """Return the table of contents."""
    form, words, finish = _begin(pack, CONTENTS)
    rows: list[list[Cell]] = []
    for letter in dict.fromkeys(one.name[:1] for one in placed):
        mine = [one for one in placed if one.name[:1] == letter]
        if letter:
            size = str(sum(one.pages for one in mine))
            rows.append([letter, _both(words, LETTERS[letter], 9), str(len(mine)), size, str(mine[0].page)])
        else:
            rows.extend(["", ((one.title, 9.0, False),), "", str(one.pages or ""), str(one.page)] for one in mine)
    rows.sort(key=lambda row: int(str(row[4])))
    form.table(_table(form, words, _OVERVIEW_COLUMNS, row_height=8), rows)
    missing = [letter for letter in LETTERS if not any(one.name.startswith(letter) for one in placed)]
    if missing:
        told = N_("Nothing on record in this period: {letters}.")
        form.told(told, 8, letters=", ".join(f"{one} {words.first(LETTERS[one])}" for one in missing))
    form.gap(2)
    form.section(N_("Every exhibit"), keep=24)
    each: list[list[Cell]] = [[one.name, one.title, str(one.pages), str(one.page)] for one in placed if one.name]
    form.table(_table(form, words, _CONTENT_COLUMNS, row_height=5.2), each)
    return finish()


def clauses(pack: Pack) -> bytes:
    """Return where each clause of the standard, and each annex of the report, is answered."""
    form, words, finish = _begin(pack, CLAUSES)
    form.told(pack.standard.title, 11)
    form.gap(2)
    rows: list[list[Cell]] = []
    for clause in pack.standard.clauses:
        letters = sorted({letter for part in clause.parts for letter in PARTS.get(part, "")})
        report = "policy" in clause.parts or "enrolment" in clause.parts
        told = (words.first(REPORT), 7.0, False) if report else ("" if letters else "–", 10.0, True)
        cell: Cell = ((", ".join(letters), 10.0, True), told)
        rows.append([clause.number, _both(words, clause.text, 8.5), cell, _both(words, KNOWN[clause.known], 7.5)])
    form.table(_table(form, words, _CLAUSE_COLUMNS, row_height=9), rows)
    form.told(
        N_("“–”: the records of a space do not speak to this clause; other evidence is needed. The clauses are"
           " shortened in our words: the original text decides."), 7.5,
    )  # fmt: skip
    form.gap(3)
    form.section(N_("The annexes of the compliance report"), keep=24)
    annexes: list[list[Cell]] = [
        [chr(ord("A") + n), _both(words, one.title, 8.5), ANNEXES.get(one.name, "–")]
        for n, one in enumerate(pack.compliance.annexes)
    ]
    form.table(_table(form, words, _ANNEX_COLUMNS, row_height=6.4), annexes)
    return finish()


def manifest(pack: Pack, placed: Sequence[Placed], excel: str) -> bytes:
    """Return the last pages: how to verify, and the hashes.

    Args:
        pack: the pack.
        placed: what was bound in.
        excel: SHA-256 of the Excel twin.
    """
    form, words, finish = _begin(pack, MANIFEST)
    for sentence in _VERIFY:
        form.told(sentence, 8.5)
        form.gap(1)
    form.gap(2)
    form.say(f"{words.both(N_('Excel file'))}  SHA-256  {excel}", 8, bold=True)
    form.gap(1)
    form.told(
        N_("The signature covers every page of this file. The hashes below are of each exhibit as it was drawn, before"
           " it was bound in; the office can show them again, and the manifest beside this file has them too. Of a"
           " sheet as it was printed it is the hash that the audit trail holds."), 7.8,
    )  # fmt: skip
    form.gap(2)
    rows: list[list[Cell]] = [[one.name or "–", one.title, str(one.page), one.sha256] for one in placed if one.sha256]
    form.table(_table(form, words, _HASH_COLUMNS, row_height=4.6), rows)
    return finish()


# --------------------------------------------------------------------------------------------------------------- inside
def _begin(pack: Pack, title: str) -> tuple[Form, Words, Callable[[], bytes]]:
    letterhead, wish = pack.letterhead, pack.wish
    words = Words(letterhead.languages)
    span = f"{iso(wish.first_day)} \N{EN DASH} {iso(wish.last_day)}"
    paper = Paper(f"{words.first(title)} {span}", language=words.languages[0], made=letterhead.printed_at)
    paper.section(lambda page, pages: foot(paper, words, letterhead, page, pages))

    def top() -> float:
        return head(paper, words, letterhead, title, under=(span,))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    return form, words, paper.finish


def _table(form: Form, words: Words, columns: Sequence[Column], *, row_height: float = 11) -> Table:
    return Table(form.paper, words, columns, MARGIN, head_height=8.5, row_height=row_height, alone=0.9)


def _both(words: Words, message: str, size: float, *, bold: bool = False) -> tuple[Part, ...]:
    first, *others = words.each(message)
    return ((first, size, bold), *((one, size * 0.78, False) for one in others))
