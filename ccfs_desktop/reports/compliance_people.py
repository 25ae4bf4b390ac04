"""The compliance report: the programme, who came, and the adults. Source: domain.md 8.22, 5.4 (R6, R8), 6.9."""

from collections.abc import Sequence

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.compliance_kit import ENROLMENT, PROGRAMME, STAFFING, Book
from ccfs_desktop.reports.kit.form import Field
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import iso
from ccfs_desktop.services import ratio_papers, times
from ccfs_desktop.services.compliance_people import Breakdown, Part, Vetted
from ccfs_desktop.services.ratio_proof import Breach

_GROUPS = (
    Column(N_("Group"), 60, size=9),
    Column(N_("Age"), 34, "centre", size=9),
    Column(N_("Places"), 24, "centre", size=9),
    Column(N_("Room"), 68, size=9),
)
_VETTED = (
    Column(N_("Paper"), 76, size=8.5),
    Column(N_("Adults"), 22, "centre", size=9),
    Column(N_("valid"), 22, "centre", size=9),
    Column(N_("expires soon"), 22, "centre", size=9),
    Column(N_("missing"), 22, "centre", size=9, bold=True),
    Column(N_("expired"), 22, "centre", size=9, bold=True),
)
_BREACHES = (
    Column(N_("Day"), 30, size=8.5),
    Column(N_("From – to"), 34, "centre", size=8.5),
    Column(N_("Group"), 50, size=8.5),
    Column(N_("Short, min."), 24, "centre", size=9, bold=True),
    Column(N_("Explanation"), 24, "centre", size=8.5),
    Column(N_("Counter-signed"), 24, "centre", size=8.5, head_size=7),
)
_BREAKDOWN = 91.0
"""Width of a breakdown: two stand side by side."""


def programme(book: Book) -> None:
    """Write what the space is, and by which rules it says it works."""
    book.chapter(PROGRAMME)
    what, season = book.data.programme, book.data.programme.season
    book.row(
        Field(N_("Season"), season.name, 2), Field(N_("Type of season"), book.words.both(season.type.word), 2),
        Field(N_("Season from – to"), f"{iso(season.first_day)} – {iso(season.last_day)}", 2),
    )  # fmt: skip
    book.row(
        Field(N_("Open weekdays"), " / ".join(what.weekdays), 2),
        Field(N_("Hours"), f"{what.hours.opens:%H:%M} – {what.hours.closes:%H:%M}", 1.3),
        Field(N_("Open days in the period"), str(what.open_days), 1.6),
        Field(N_("Ages"), f"{season.age_from} – {season.age_to}"), Field(N_("Places"), str(season.capacity)),
        Field(N_("Waiting"), str(what.waiting)),
    )  # fmt: skip
    book.gap(3)
    for message, days in (
        (N_("Closed although it is one of these weekdays: {days}"), what.closed),
        (N_("Open besides: {days}"), what.besides),
    ):
        if days:
            book.told(message, 8.5, days=", ".join(iso(day) for day in days))
    book.gap(2)
    rows: list[list[Cell]] = [
        [one.name, f"{one.age_from} – {one.age_to}", str(one.size), one.room] for one in what.groups
    ]
    if rows:
        book.rows(_GROUPS, rows)
    book.told(N_("Adults for the children, by the rule in use:"), 9)
    for index, rule in enumerate(what.rule):
        book.say(rule, 7.2 if index else 8.5, indent=5)
    book.gap(2)
    book.points(
        N_("A child has a place once the papers are complete; an exception is on record with reason and name."),
        N_("An adult signs each arrival and departure; a child goes only with an adult the family has named."),
        N_("Numbered sheets are accounted for: back, voided, or missing."),
        N_("The written policies of the factory (child labour, remediation, young workers, grievance, safeguarding) are"
           " documents of their own. They are not kept here and belong beside this report."),
    )  # fmt: skip


def enrolment(book: Book) -> None:
    """Write who came: the key figures, and the children and parents in groups of five or more."""
    book.chapter(ENROLMENT)
    book.figures("K01", "K02", "K03", "K04", "K05", "K06", "K07", "K08", "K09")
    held = book.data.breakdowns
    for pair in (held[n : n + 2] for n in range(0, len(held), 2)):
        _side_by_side(book, pair)
    book.told(
        N_("No group of fewer than five is shown: “< 5” and “> …” stand instead, and “–” where a number would let"
           " another one be worked out."), 7.5,
    )  # fmt: skip


def _side_by_side(book: Book, pair: Sequence[Breakdown]) -> None:
    book.need(10 + 6.4 * max(len(one.parts) + 1 for one in pair))
    top, lowest = book.y, book.y
    for place, one in enumerate(pair):
        columns = (Column(one.title, 65, size=8.5), Column(N_("How many"), 24, "centre", size=9))
        left = book.left + place * (_BREAKDOWN + 4)
        table = Table(book.paper, book.words, columns, left, head_height=8, row_height=6.2)
        rows: list[Sequence[Cell]] = [_part(book, part) for part in one.parts]
        rows.append([book.both(N_("All together"), bold=True), str(one.total)])
        lowest = max(lowest, table.draw(rows, top, book.paper.height, lambda: top))
    book.y = lowest + 4


def _part(book: Book, part: Part) -> list[Cell]:
    name: Cell = part.word if part.values is None else book.spoken(book.words.each(part.word, **part.values))
    return [name, part.count or "–"]


def staffing(book: Book) -> None:
    """Write whether there were enough adults, and whether their papers hold."""
    book.chapter(STAFFING)
    book.figures("K10")
    proof = book.data.facts.proof
    if proof.breaches:
        book.section(N_("Times with too few adults"), keep=22)
        book.rows(_BREACHES, [_breach(book, one) for one in proof.breaches])
    elif proof.slots:
        book.told(N_("There were enough adults in every quarter hour that can be proved."), 9)
        book.gap(2)
    if proof.slots:
        book.told(ratio_papers.TWO_ADULTS, 9, **ratio_papers.two_adults(proof))
        book.gap(2)
    if proof.without_records:
        days = ", ".join(iso(day) for day in proof.without_records)
        book.told(N_("No staff records, no proof: {days}"), 9, days=days)
        book.gap(2)
    staff = book.data.staffing
    book.section(N_("Adults and their papers"), keep=30)
    book.told(
        N_("On {day} {all} adults work here; {counting} of them count towards the ratio."), 9,
        day=iso(staff.day), all=staff.adults, counting=staff.counting,
    )  # fmt: skip
    book.say("  ·  ".join(f"{' / '.join(role)}: {n}" for role, n in staff.roles), 8)
    book.gap(2)
    book.rows(_VETTED, [_vetted(book, one) for one in staff.vetted])
    book.told(N_("Names, dates and numbers of the papers stand in the vetting list (annex)."), 7.5)


def _breach(book: Book, one: Breach) -> list[Cell]:
    span = f"{times.clock(one.span.start)} – {times.clock(one.span.end)}"
    yes, no = book.both(N_("Yes")), book.both(N_("No"), bold=True)
    signed = bool(one.note and one.note.countersigned_by)
    return [iso(one.day), span, one.group, str(one.minutes), yes if one.note else no, yes if signed else no]


def _vetted(book: Book, one: Vetted) -> list[Cell]:
    numbers = (one.wanted, one.valid, one.expires, one.missing, one.expired)
    return [book.both(one.kind.word), *(str(n) for n in numbers)]
