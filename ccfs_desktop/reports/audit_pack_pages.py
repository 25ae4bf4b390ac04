"""The exhibits that no other paper shows: the register of a day, consents counted, completeness, the random sample."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ccfs_desktop.i18n import N_, listed
from ccfs_desktop.models.child import ConsentPurpose
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.reports import compliance_records
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Part, Table
from ccfs_desktop.reports.kit.words import Words, clock, iso, moment
from ccfs_desktop.services import closing, consents, statistics, times
from ccfs_desktop.services.audit_pack import LETTERS, Pack
from ccfs_desktop.services.child_records import ChildDay, DayRegister, Entered
from ccfs_desktop.services.cover import Quarter
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.sample import Trace
from ccfs_desktop.services.sheet_codes import written

NOTHING = "\N{EN DASH}"
"""What is not known, or not there."""

_REGISTER_TITLE = N_("Register of the day")
_REGISTER = (
    Column(N_("No."), 8, "centre", size=7.5),
    Column(N_("Number"), 14, "centre", size=7.5),
    Column(N_("Child"), 38, size=8, bold=True),
    Column(N_("Group"), 20, size=7),
    Column(N_("Age"), 9, "centre", size=7.5),
    Column(N_("Time in"), 12, "centre", size=8, bold=True),
    Column(N_("Brought by"), 28, size=7.5),
    Column(N_("Signed"), 12, "centre", size=7, head_size=6.5),
    Column(N_("Time out"), 12, "centre", size=8, bold=True),
    Column(N_("Collected by"), 28, size=7.5),
    Column(N_("Signed"), 12, "centre", size=7, head_size=6.5),
    Column(N_("Sheet no."), 19, "centre", size=7),
    Column(N_("Entered by, at"), 38, size=6.3),
    Column(N_("Remark"), 23, size=6.3),
)
_CHANGES = (
    Column(N_("Whose record"), 50, size=8, bold=True),
    Column(N_("What"), 34, size=8),
    Column(N_("Before"), 38, size=8),
    Column(N_("After"), 38, size=8),
    Column(N_("Reason"), 68, size=8),
    Column(N_("By, at"), 45, size=7.5),
)
_PLACE = 1
"""Column of the register: the number of the place."""
_LACKS = (
    Column(N_("What is not as it should be"), 116, size=8.5),
    Column(N_("How many"), 24, "centre", size=9.5, bold=True),
    Column(N_("Of"), 46, size=8.5),
)
_DAYS = (
    Column(N_("Day"), 24, size=8.5, bold=True),
    Column(N_("Expected"), 20, "centre", size=8.5),
    Column(N_("Came"), 20, "centre", size=8.5),
    Column(N_("Visits"), 20, "centre", size=8.5),
    Column(N_("With both times"), 22, "centre", size=8.5),
    Column(N_("With both signatures"), 22, "centre", size=8.5),
    Column(N_("Entered late"), 20, "centre", size=8.5),
    Column(N_("Children's sheets printed"), 20, "centre", size=8.5),
    Column(N_("Children's sheets back"), 20, "centre", size=8.5),
    Column(N_("Changed after closing"), 22, "centre", size=8.5),
    Column(N_("Head-counts entered"), 18, "centre", size=8.5),
    Column(N_("Closed by, at"), 45, size=7),
)
_SAMPLE = (
    Column(N_("No."), 8, "centre", size=8),
    Column(N_("Day"), 19, "centre", size=8, bold=True),
    Column(N_("Child"), 38, size=8, bold=True),
    Column(N_("In and out, with whom"), 48, size=7.2),
    Column(N_("Sheet no., where it is"), 34, size=7.2),
    Column(N_("Entered by, at"), 32, size=7),
    Column(N_("Consent on that day"), 40, size=6.8),
    Column(N_("Adults of the group at the narrowest time"), 54, size=7),
)
_CAME_OF = N_("Came / expected")
_DRAWN = N_(
    "Drawn with seed {seed}: {n} of {all} child-days. For each child-day of this pack take SHA-256 of “seed|day|code”,"
    " such as “{example}”; the {n} smallest values are the sample. The codes of all child-days stand in the Excel twin,"
    " so anybody can draw it again."
)


def register(pack: Pack, day: DayRegister, note: str) -> bytes:
    """Return the register of a day as a PDF.

    Args:
        pack: what it belongs to.
        day: the day.
        note: why it is drawn from the records, marked.
    """
    form, words, finish = begin(pack.letterhead, _REGISTER_TITLE, pack.letterhead.languages, day, landscape=True)
    came = N_("{came} came, {expected} were expected.")
    form.told(came, 9.5, came=day.came, expected=_expected(day))
    groups = "  ·  ".join(f"{group}  {told}" for group, told in _by_group(day).items())
    form.say(f"{words.both(_CAME_OF)}:  {groups}", 8)
    form.told(note, 7.5)
    if day.sheets:
        form.say(f"{words.both(N_('Sheet no.'))}:  " + "   ".join(_sheet(words, one) for one in day.sheets), 7.5)
    form.gap(2)
    rows = [cells for number, row in enumerate(day.rows, start=1) for cells in _lines(words, number, row)]
    columns: Sequence[Column] = _REGISTER
    if not any(row.number for row in day.rows):  # codes stand alone: a number of the place would say whose they are
        columns = [*_REGISTER[:_PLACE], *_REGISTER[_PLACE + 1 :]]
        columns[_PLACE] = replace(columns[_PLACE], width=columns[_PLACE].width + _REGISTER[_PLACE].width)
        rows = [[*cells[:_PLACE], *cells[_PLACE + 1 :]] for cells in rows]
    form.table(Table(form.paper, words, columns, MARGIN, head_height=9, row_height=5.6), rows)
    if any(row.lost and row.visits for row in day.rows):
        form.told(N_("“?”: the sheet on which was signed is not back, so that no signature can be shown."), 7.5)
    if day.changes:
        form.section(N_("Changed after the day was closed"), keep=20)
        told: list[list[Cell]] = [
            [one.whose, one.record.field, one.record.old or NOTHING, one.record.new or NOTHING, one.record.reason,
             f"{one.record.by}, {moment(one.record.at)}"]
            for one in day.changes
        ]  # fmt: skip
        form.table(Table(form.paper, words, _CHANGES, MARGIN, head_height=8, row_height=7), told)
    return finish()


def agreed(pack: Pack) -> bytes:
    """Return the consents, counted, as a PDF."""
    form, words, finish = begin(pack.letterhead, LETTERS["K"], pack.letterhead.languages, None, landscape=False)
    counted = pack.compliance.agreed
    form.told(compliance_records.CONSENTS, 9.5, n=max((one.children for one in counted), default=0))
    form.gap(3)
    rows = [compliance_records.agreed(words, one) for one in counted]
    form.table(Table(form.paper, words, compliance_records.AGREED, MARGIN, head_height=9, row_height=9), rows)
    form.told(compliance_records.SMALL_GROUPS, 7.5)
    form.told(
        N_("This page may be passed on by itself. The Excel file has the answers child by child, but those on medicine,"
           " which would tell of a child's health; keep it as you keep the registers."), 7.5,
    )  # fmt: skip
    return finish()


def completeness(pack: Pack) -> bytes:
    """Return how complete the records are, over all and day by day, as a PDF."""
    form, words, finish = begin(pack.letterhead, LETTERS["L"], pack.letterhead.languages, None, landscape=True)
    shares = compliance_records.shares(pack.compliance)
    form.table(Table(form.paper, words, compliance_records.SHARES, MARGIN, head_height=8, row_height=7.4), shares)
    form.gap(3)
    lacks: list[list[Cell]] = [
        [both(words, one.message, 8.5), str(one.count), f"{one.of:,} {words.first(one.unit)}"]
        for one in pack.compliance.lacks
    ]
    form.table(Table(form.paper, words, _LACKS, MARGIN, head_height=8, row_height=7.4), lacks)
    form.section(N_("Day by day"), keep=24)
    rows = [_day_line(day) for day in pack.days]
    sums = [str(sum(int(str(row[n])) for row in rows)) for n in range(1, 11)]
    rows.append([words.first(N_("All days")), *sums, ""])
    form.table(Table(form.paper, words, _DAYS, MARGIN, head_height=12, row_height=6.4), rows)
    _below_days(form, pack)
    _groups(form, words, pack)
    return finish()


def _below_days(form: Form, pack: Pack) -> None:
    """Say why K04 counts fewer child-days, and which head-counts nobody typed."""
    facts = pack.compliance.facts.attendance
    if away := statistics.announced(facts):
        form.told(
            N_("{listed} child-days stand in the registers as expected; {away} of them were announced away beforehand,"
               " so K04 counts {expected}."), 8.5, listed=sum(_expected(day) for day in pack.days), away=away,
            expected=sum(len(one.expected) for one in facts.days),
        )  # fmt: skip
    form.told(
        N_("Head-counts entered: {n} of {all} ({times} of each day). Those nobody entered stand as “–” in the closing"
           " of the day."), 8.5, n=sum(day.heads for day in pack.days), all=len(closing.HEAD_COUNTS) * len(pack.days),
        times=", ".join(clock(at) for at in closing.HEAD_COUNTS),
    )  # fmt: skip


def _groups(form: Form, words: Words, pack: Pack) -> None:
    """Who came of those expected, by day and group."""
    found = [_by_group(day) for day in pack.days]
    known = [one.name for one in pack.compliance.programme.groups]
    names = [name for name in dict.fromkeys((*known, *(name for one in found for name in one))) if name]
    if not found or not names:
        return
    form.gap(2)
    form.section(N_("Children who came / were expected, by day and group"), keep=24)
    if any("" in one for one in found):
        names.append("")
    wide = (form.across - 24) / (len(names) + 1)
    columns = (
        Column(N_("Day"), 24, size=8.5, bold=True),
        *(Column(name or N_("No group"), wide, "centre", size=8.5) for name in names),
        Column(N_("All groups"), wide, "centre", size=8.5, bold=True),
    )
    rows: list[list[Cell]] = [
        [iso(day.day), *(one.get(name, NOTHING) for name in names), _came(day.rows)]
        for day, one in zip(pack.days, found, strict=True)
    ]
    form.table(Table(form.paper, words, columns, MARGIN, head_height=8, row_height=5.6), rows)


def sample(pack: Pack) -> bytes:
    """Return the random sample, each child-day traced, as a PDF."""
    form, words, finish = begin(pack.letterhead, LETTERS["M"], pack.letterhead.languages, None, landscape=True)
    drawn = pack.sample
    first = drawn.traces[0].day if drawn.traces else None
    example = f"{drawn.seed}|{first.day.isoformat()}|{first.code}" if first else ""
    form.told(_DRAWN, 8.5, seed=drawn.seed, n=len(drawn.traces), all=drawn.population, example=example)
    form.gap(3)
    rows = [_traced(words, number, trace) for number, trace in enumerate(drawn.traces, start=1)]
    form.table(Table(form.paper, words, _SAMPLE, MARGIN, head_height=11, row_height=15), rows)
    form.told(
        N_(
            "The adults are those who counted in the child's group in the quarter hour of the stay in which the group"
            " had least to spare. “Entered by, at” is read from the audit trail."
        ), 7.5,
    )  # fmt: skip
    return finish()


# --------------------------------------------------------------------------------------------------------------- inside
def begin(
    letterhead: Letterhead, title: str, languages: tuple[str, ...], day: DayRegister | None, *, landscape: bool
) -> tuple[Form, Words, Callable[[], bytes]]:
    """Begin a page of the pack: where to write, the words, and what ends it."""
    words = Words(languages)
    name = f"{words.first(title)} {iso(day.day)}" if day else words.first(title)
    paper = Paper(name, language=words.languages[0], made=letterhead.printed_at, landscape=landscape)
    paper.section(lambda page, pages: foot(paper, words, letterhead, page, pages), landscape=landscape)
    imprint = letterhead.imprint
    span = (f"{iso(imprint.first_day)} \N{EN DASH} {iso(imprint.last_day)}",) if imprint else ()
    under = words.days(day.day) if day else span

    def top() -> float:
        return head(paper, words, letterhead, title, under=under)

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    return form, words, paper.finish


def both(words: Words, message: str, size: float, *, bold: bool = False) -> tuple[Part, ...]:
    """Return a text in every language of the paper, the first one loudest."""
    return spoken(words.each(message), size, bold=bold)


def spoken(said: Sequence[str], size: float, *, bold: bool = False) -> tuple[Part, ...]:
    """Return what was said in every language, the first one loudest."""
    first, *others = said
    return ((first, size, bold), *((one, size * 0.78, False) for one in others))


def _expected(day: DayRegister) -> int:
    return sum(1 for row in day.rows if row.expected)


def _by_group(day: DayRegister) -> dict[str, str]:
    """Return group → came / expected, in the order of the register."""
    names = dict.fromkeys(row.group for row in day.rows)
    return {name: _came([row for row in day.rows if row.group == name]) for name in names}


def _came(rows: Sequence[ChildDay]) -> str:
    return f"{sum(1 for row in rows if row.visits)} / {sum(1 for row in rows if row.expected)}"


def _sheet(words: Words, sheet: Sheet) -> str:
    back = f" {iso(sheet.settled_on)}" if sheet.settled_on else ""
    return f"{written(sheet.code)} {sheet.group_name} ({words.first(sheet.status.word)}{back})"


def _lines(words: Words, number: int, row: ChildDay) -> list[list[Cell]]:
    """Return one line for each visit; one for a child that did not come."""
    begin: list[Cell] = [str(number), row.number, row.name, row.group, str(row.age)]
    if not row.visits:
        why = words.first(row.absence.word) if row.absence else words.first(N_("Not here, nothing noted"))
        return [[*begin, NOTHING, "", "", NOTHING, "", "", _numbers([one.code for one in row.sheets], ""), "", why]]
    every = zip(row.visits, row.brought, row.collected, row.entered, row.numbers, strict=True)
    return [
        [
            *begin, clock(visit.arrived) or "?", brought,
            "?" if row.lost else signed(words, missing=visit.unsigned_in), _out(words, visit), collected,
            "" if not visit.signed_out else "?" if row.lost else signed(words, missing=visit.unsigned_out),
            _numbers(numbers, NOTHING), _entered(entered), _remark(words, visit),
        ]
        for visit, brought, collected, entered, numbers in every
    ]  # fmt: skip


def _numbers(codes: Sequence[str], none: str) -> Cell:
    """Return the numbers of sheets below each other."""
    return tuple((written(code), 7.0, False) for code in codes) or none


def _out(words: Words, visit: Visit) -> str:
    if visit.signed_out:
        return clock(visit.departed) or "?"
    return words.first(N_("still here"))


def signed(words: Words, *, missing: bool) -> str:
    """Say whether somebody signed."""
    return words.first(N_("No")) if missing else words.first(N_("Yes"))


def _entered(entered: Entered | None) -> str:
    return f"{entered.by}, {moment(entered.at)}" if entered else NOTHING


def _remark(words: Words, visit: Visit) -> str:
    late = words.first(N_("Entered late")) if visit.entered_late else ""
    return " · ".join(one for one in (late, visit.override_reason, visit.note) if one)


def _day_line(day: DayRegister) -> list[Cell]:
    visits = [visit for row in day.rows for visit in row.visits]
    proved = [visit for row in day.rows if not row.lost for visit in row.visits if visit.signed_out]
    closed = f"{day.closed.closed_by}, {moment(day.closed.closed_at)}" if day.closed else NOTHING
    return [
        iso(day.day), str(_expected(day)), str(day.came), str(len(visits)),
        str(sum(1 for one in visits if one.arrived and one.departed)),
        str(sum(1 for one in proved if not (one.unsigned_in or one.unsigned_out))),
        str(sum(1 for one in visits if one.entered_late)), str(len(day.sheets)),
        str(sum(1 for one in day.sheets if one.status is SheetStatus.RETURNED)), str(len(day.changes)), str(day.heads),
        closed,
    ]  # fmt: skip


def _traced(words: Words, number: int, trace: Trace) -> list[Cell]:
    day = trace.day
    who: list[Part] = [(day.name, 8, True)]
    if day.name != day.code:
        who.append((day.code, 6.8, False))
    place = f"{day.number} · {day.group}" if day.number else day.group
    who.append((place, 6.8, False))
    return [
        str(number), iso(day.day), tuple(who), _stays(words, day), _papers(words, day.sheets),
        tuple((_entered(one), 7.0, False) for one in day.entered) + _late(words, day),
        tuple((_consent(words, one), 6.8, False) for one in trace.agreed), _adults(words, trace),
    ]  # fmt: skip


def _stays(words: Words, day: ChildDay) -> tuple[Part, ...]:
    parts: list[Part] = []
    for visit, brought, collected in zip(day.visits, day.brought, day.collected, strict=True):
        for at, who, missing in (
            (clock(visit.arrived) or "?", brought, visit.unsigned_in),
            (_out(words, visit), collected if visit.signed_out else "", visit.signed_out and visit.unsigned_out),
        ):
            lacking = f" ({words.first(N_('not signed'))})" if missing else ""
            parts.append((f"{at}  {who}{lacking}", 7.2, False))
    return tuple(parts)


def _papers(words: Words, sheets: Sequence[Sheet]) -> tuple[Part, ...]:
    if not sheets:
        return ((words.first(N_("No numbered sheet")), 7.2, False),)
    return tuple(
        part for one in sheets for part in (
            (written(one.code), 7.6, True),
            (f"{words.first(one.status.word)} {iso(one.settled_on)}".strip(), 6.8, False),
        )
    )  # fmt: skip


def _late(words: Words, day: ChildDay) -> tuple[Part, ...]:
    late = any(visit.entered_late for visit in day.visits)
    return ((words.first(N_("Entered late")), 7.0, True),) if late else ()


def _consent(words: Words, state: consents.State) -> str:
    signed = f" {iso(state.latest.signed_on)}" if state.latest and state.latest.signed_on else ""
    return f"{words.first(_SHORT.get(state.purpose, state.purpose.word))}: {words.first(state.word)}{signed}"


_SHORT = {
    ConsentPurpose.AGREEMENT: N_("Custody"), ConsentPurpose.DATA: N_("Data"),
    ConsentPurpose.EMERGENCY: N_("Emergency"),
}  # fmt: skip


def _adults(words: Words, trace: Trace) -> tuple[Part, ...]:
    worst = trace.worst
    if worst is None:
        message = N_("Not known") if trace.recorded else N_("No staff records, no proof")
        return ((words.first(message), 7.0, True),)
    return ((_ratio(words, worst), 7.0, worst.short), (listed(worst.adults) or NOTHING, 7.0, False))


def _ratio(words: Words, quarter: Quarter) -> str:
    at = times.clock(quarter.slot * SLOT)
    told = N_("{at}: {children} children, {needed} adults needed, {count} count")
    return words.first(
        told, at=at, children=quarter.children, needed=quarter.required, count=f"{quarter.percent / 100:g}"
    )
