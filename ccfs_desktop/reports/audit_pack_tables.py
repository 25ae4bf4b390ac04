"""The tables of an audit pack in Excel: what stands in each, so that whoever reads the pack can reckon it anew.

Names are written as the pack has them; whoever writes a table takes them out of every other text.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.staff import PaperKind
from ccfs_desktop.reports.audit_pack_adults import away
from ccfs_desktop.reports.kit.standing import WORDS
from ccfs_desktop.reports.kit.words import clock, iso, moment
from ccfs_desktop.services import times
from ccfs_desktop.services.audit_pack import Pack
from ccfs_desktop.services.child_records import ChildDay
from ccfs_desktop.services.cover import Quarter
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.incident_kinds import severity_word
from ccfs_desktop.services.patrols_papers import MissedRow, WalkRow
from ccfs_desktop.services.ratio_proof import DayProof
from ccfs_desktop.services.sheet_codes import written
from ccfs_desktop.services.staff_prints import VETTED, PaperLine
from ccfs_desktop.services.statistics import Figure


@dataclass(frozen=True)
class Shown:
    """A number and the form in which Excel shows it, such as ``0.0 %``."""

    number: float
    form: str


Value = str | int | float | bool | date | Shown | None
Rows = Iterable[Sequence[Value]]


@dataclass(frozen=True)
class Table:
    """One sheet of the workbook."""

    title: str
    """Marked."""
    columns: tuple[str, ...]
    """Headings, marked."""
    rows: Callable[[Pack], Rows]
    papers: bool = False
    """Whether three columns follow for each paper of the vetting list."""

    def heads(self) -> list[str]:
        """Return the headings in the language in use."""
        heads = [_(one) for one in self.columns]
        if self.papers:
            for kind in VETTED:
                said = (_("{paper}: issued on"), _("{paper}: valid until"), _("{paper}: state"))
                heads += [one.format(paper=_(kind.word)) for one in said]
        return heads


# -------------------------------------------------------------------------------------------------------- what it says
def _about(pack: Pack) -> Rows:
    imprint = pack.letterhead.imprint
    wish, sample = pack.wish, pack.sample
    yield _("Document no."), imprint.number if imprint else ""
    yield _("Seal"), pack.seal
    yield _("Factory"), pack.letterhead.factory
    yield _("Period"), f"{iso(wish.first_day)} – {iso(wish.last_day)}"
    yield _("Standard"), _(pack.standard.title)
    yield _("Names"), _(wish.redaction.word)
    yield _("Issued at"), moment(pack.letterhead.printed_at)
    yield _("Open days"), len(pack.days)
    yield _("Children"), pack.children
    yield _("Child-days"), pack.child_days
    yield _("Safety checks"), len(pack.check_ids)
    yield _("Drills"), len(pack.drills)
    yield _("Incidents"), len(pack.incident_rows)
    yield _("Actions"), len(pack.actions.rows)
    yield _("Patrols"), len(pack.patrols.walked)
    yield _("Adults"), len(pack.vetting.rows)
    yield _("Visitors"), pack.visitors
    yield _("Seed"), sample.seed
    yield _("Sampled"), len(sample.traces)
    yield _("How the sample is drawn"), _("SHA-256 of “seed|day|code” of every child-day; the smallest values are it.")
    for title, told in _HOW:
        yield _(title), _(told)


_HOW = (
    (N_("How to count child-days"),
     N_("A child-day with several visits has several rows. Expected, Expected for K04, Came and In the sample stand in"
        " its first row only, so that each “Yes” is one child-day.")),
    (N_("How to reckon K04"),
     N_("Child-days: rows with “Yes” under Expected for K04 and under Came, divided by rows with “Yes” under Expected"
        " for K04. A child whose time away was announced is listed, but K04 does not expect it.")),
    (N_("How to reckon K10"),
     N_("Ratio: a quarter hour has a row for each group, as it was in its worst minute. It is kept if no group has"
        " short minutes and the adults' times are on record. Kept in all groups stands in its first row only: “Yes”,"
        " divided by “Yes” and “No”.")),
    (N_("How to count patrols"),
     N_("Patrols: those planned are the rows with “Yes” under Planned for the day; those with “No” under Walked were"
        " not walked.")),
)  # fmt: skip


def _figures(pack: Pack) -> Rows:
    for one in pack.compliance.figures[0]:
        interval = one.interval if one.interval_text else None
        yield (
            one.id, one.title, one.parts[0] if one.few else one.numerator, one.denominator,
            one.factor if one.factor > 1 else None,
            one.text if one.few or one.value is None else _shown(one, one.value),
            _shown(one, interval.low) if interval else None, _shown(one, interval.high) if interval else None,
            one.definition, one.note,
        )  # fmt: skip


def _shown(one: Figure, number: float) -> Shown:
    """Show a number as the report writes it; see ``Figure.written``."""
    places = one.decimals(number)
    return Shown(number, f"#,##0{'.' if places else ''}{'0' * places}{' %' if one.percent else ''}")


# ------------------------------------------------------------------------------------------------------------ children
def _days(pack: Pack) -> Rows:
    for day in pack.days:
        for group in dict.fromkeys(row.group for row in day.rows):
            mine = [row for row in day.rows if row.group == group]
            wanted = [row for row in mine if (row.day, row.child_id) in pack.expected]
            yield (
                day.day, group, _came(mine), sum(1 for row in mine if row.expected), len(wanted), _came(wanted),
            )  # fmt: skip


def _came(rows: Iterable[ChildDay]) -> int:
    return sum(1 for row in rows if row.visits)


def _child_days(pack: Pack) -> Rows:
    sampled = {(one.day.day, one.day.child_id) for one in pack.sample.traces}
    for day in pack.days:
        for row in day.rows:
            key = (row.day, row.child_id)
            yield from _visits(row, expected=key in pack.expected, chosen=key in sampled)


def _visits(row: ChildDay, *, expected: bool, chosen: bool) -> Iterator[Sequence[Value]]:
    """Yield a row for each visit, one for a child that did not come; what is of the day stands in the first."""
    who: tuple[Value, ...] = (row.day, row.code, row.number, row.name, row.group, row.age)
    whole: tuple[Value, ...] = (row.expected, expected, bool(row.visits))
    if not row.visits:
        sheets = " ".join(written(one.code) for one in row.sheets)
        why = _(row.absence.word) if row.absence else ""
        yield (*who, *whole, 0, *[None] * 6, sheets, *[None] * 3, why, chosen)
    every = zip(row.visits, row.brought, row.collected, row.entered, row.numbers, strict=True)
    for number, (visit, brought, collected, entered, sheets) in enumerate(every, start=1):
        first = number == 1
        yield (
            *who, *(whole if first else (None, None, None)), number, clock(visit.arrived), brought,
            None if row.lost else not visit.unsigned_in, clock(visit.departed), collected,
            None if row.lost else visit.signed_out and not visit.unsigned_out,
            " ".join(map(written, sheets)), entered.by if entered else "", moment(entered.at) if entered else "",
            visit.entered_late, " · ".join(one for one in (visit.override_reason, visit.note) if one),
            chosen if first else None,
        )  # fmt: skip


def _consents(pack: Pack) -> Rows:
    called = {row.child_id: row.name for day in pack.days for row in day.rows}
    for one in sorted(pack.agreed, key=lambda one: pack.redactor.code(one.child_id)):
        said = one.consent
        yield (
            pack.redactor.code(one.child_id), called[one.child_id], _(one.purpose.word), _(one.standing.word),
            said.signed_on if said else None, said.wording if said else "", said.language if said else "",
            said.withdrawn_on if said else None, one.expires_on,
        )  # fmt: skip


def _sample(pack: Pack) -> Rows:
    for one in pack.sample.traces:
        day, worst = one.day, one.worst
        yield (
            day.day, day.code, day.name, day.group, " ".join(clock(v.arrived) or "?" for v in day.visits),
            " ".join(clock(v.departed) or "?" for v in day.visits), " ".join(written(s.code) for s in day.sheets),
            listed(f"{e.by} {moment(e.at)}" for e in day.entered if e),
            listed(f"{_(s.purpose.word)}: {_(s.word)}" for s in one.agreed),
            times.clock(worst.slot * SLOT) if worst else "", worst.children if worst else None,
            worst.required if worst else None, _counted(worst) if worst else None,
            listed(worst.adults) if worst else "",
        )  # fmt: skip


# -------------------------------------------------------------------------------------------------------------- adults
def _staff(pack: Pack) -> Rows:
    for row in pack.vetting.rows:
        others = listed(_paper(kind, line) for kind, line in row.further)
        told: list[Value] = [row.name, row.role[0], row.counts[0], row.counted, others]
        for line in row.papers:
            told += [line.issued_on, line.until, _(WORDS[line.standing]) if line.standing is not None else ""]
        yield told


def _paper(kind: PaperKind, line: PaperLine) -> str:
    word = _(WORDS[line.standing]) if line.standing is not None else ""
    return " ".join(part for part in (f"{_(kind.word)}:", word, line.until.isoformat() if line.until else "") if part)


def _stays(pack: Pack) -> Rows:
    for one in pack.worked.stays:
        duty = one.duty
        yield (
            duty.day, one.person.name, _(one.person.role.word), one.group, clock(duty.arrived), not duty.unsigned_in,
            clock(duty.departed), not duty.unsigned_out if duty.signed_out else None, away(one, _), duty.replaces,
            written(duty.sheet_code) if duty.sheet_code else "", duty.entered_late, duty.note,
        )  # fmt: skip


def _ratio(pack: Pack) -> Rows:
    for proof in pack.proof.proof.days:
        short = {one.slot for one in proof.cover.quarters if one.short}
        before = -1
        for one in proof.cover.quarters:
            kept = proof.recorded and one.slot not in short
            yield (*_quarter(proof, one), kept if one.slot != before else None)
            before = one.slot


def _quarter(proof: DayProof, one: Quarter) -> tuple[Value, ...]:
    """Return a quarter hour of a group; without the times of adults nothing can be told of them."""
    known = proof.recorded
    return (
        proof.day, one.group, times.clock(one.slot * SLOT), one.children, one.required,
        _counted(one) if known else None, one.short_minutes if known else None, known,
    )  # fmt: skip


def _counted(one: Quarter) -> float:
    """Return how many adults count; half a one is possible."""
    return one.percent / 100


# -------------------------------------------------------------------------------------------------------------- safety
def _checks(pack: Pack) -> Rows:
    for row in reversed(pack.checks.rows):
        yield (
            row.day, _(row.title), _(row.state), row.findings, row.repeats, row.critical, row.late, row.by,
            moment(row.at), row.remark,
        )  # fmt: skip


def _drills(pack: Pack) -> Rows:
    for one in pack.drills:
        heads = [n for line in one.heads for n in (line.counted, line.known)]
        yield (
            one.day, clock(one.at), _(one.when), _(one.kind.word) if one.kind else "", one.announced, one.seconds,
            one.target, *heads, one.missing, one.leader, one.problems, _(one.checklist) if one.checklist else "",
            _(one.result) if one.result else "", one.signed, one.entered_late,
        )  # fmt: skip


def _incidents(pack: Pack) -> Rows:
    for row in pack.incident_rows:
        yield (
            row.number, row.day, clock(row.at), _(row.kind), _(row.place), severity_word(row.severity), row.children,
            row.waiting, _(row.state), row.signed_by, row.approved_by, row.discarded,
        )  # fmt: skip


def _actions(pack: Pack) -> Rows:
    for row in pack.actions.rows:
        one = row.action
        yield (
            one.number, one.found_on, _(one.source.word), one.finding, _(one.severity.word), one.root_cause,
            one.correction, one.prevention, one.owner, one.due, one.done_on, one.verified_name,
            one.effective_name, _(row.status), row.before, row.photos_before, row.photos_after, row.late,
        )  # fmt: skip


def _patrols(pack: Pack) -> Rows:
    late = {(row.day, row.name): row for row in pack.patrols.missed if row.walked}
    rows: list[tuple[date, Sequence[Value]]] = [
        (row.day, _walked(row, late.get((row.day, row.name)))) for row in pack.patrols.walked
    ]
    rows += [(row.day, _missed(row)) for row in pack.patrols.missed if not row.walked]
    yield from (row for _day, row in sorted(rows, key=lambda one: one[0]))


def _walked(row: WalkRow, late: MissedRow | None) -> Sequence[Value]:
    """Return a patrol that was walked; entered after it was explained, it says so too."""
    return (
        row.day, row.name, row.planned, True, clock(row.started), clock(row.ended), listed(row.walked), row.not_walked,
        row.seen, row.walked_by, row.signed, row.late,
        " · ".join(one for one in (row.note, late.explanation if late else "") if one), late.by if late else "",
    )  # fmt: skip


def _missed(row: MissedRow) -> Sequence[Value]:
    why = row.explanation or _("not explained")
    return (row.day, row.name, True, False, "", "", "", listed(row.areas), None, "", None, None, why, row.by)


def _seen(pack: Pack) -> Rows:
    for row in pack.patrols.seen:
        yield (
            row.day, clock(row.at), row.area, row.child, row.age, row.parent, row.doing, row.minutes, row.found_by,
            row.hazard, row.action, row.talk, row.counted, row.before, row.actions, row.late,
        )  # fmt: skip


def _visitors(pack: Pack) -> Rows:
    for one in pack.guests:
        yield (
            one.day, pack.redactor.person(one.name), one.organisation, one.purpose, one.id_seen, one.host,
            clock(one.came), clock(one.left), one.gone, one.rules_read, one.photos_allowed, one.note, one.entered_late,
        )  # fmt: skip


TABLES: tuple[Table, ...] = (
    Table(N_("About"), (N_("Fact"), N_("Value")), _about),
    Table(N_("Child-days"), (
        N_("Day"), N_("Code"), N_("Number of the place"), N_("Child"), N_("Group"), N_("Age"), N_("Expected"),
        N_("Expected for K04"), N_("Came"), N_("Visit"), N_("Time in"), N_("Brought by"), N_("Signed on arrival"),
        N_("Time out"), N_("Collected by"), N_("Signed on leaving"), N_("Sheet no."), N_("Entered by"),
        N_("Entered at"), N_("Entered late"), N_("Remark"), N_("In the sample"),
    ), _child_days),
    Table(N_("Days"), (
        N_("Day"), N_("Group"), N_("Came"), N_("Expected"), N_("Expected for K04"),
        N_("Came, of those expected for K04"),
    ), _days),
    Table(N_("Key figures"), (
        N_("No."), N_("Key figure"), N_("Numerator"), N_("Denominator"), N_("Factor"), N_("Value"),
        N_("95-per-cent interval, from"), N_("95-per-cent interval, to"), N_("Definition"), N_("To know"),
    ), _figures),
    Table(N_("Ratio"), (
        N_("Day"), N_("Group"), N_("Quarter hour"), N_("Children"), N_("Needed"), N_("Adults who count"),
        N_("Short minutes"), N_("Adults' times on record"), N_("Kept in all groups"),
    ), _ratio),
    Table(N_("Times of the adults"), (
        N_("Day"), N_("Name"), N_("Role"), N_("Group"), N_("Time in"), N_("Signed on arrival"), N_("Time out"),
        N_("Signed on leaving"), N_("Away from the group"), N_("Replaces"), N_("Sheet no."), N_("Entered late"),
        N_("Remark"),
    ), _stays),
    Table(N_("Safety checks"), (
        N_("Day"), N_("Check"), N_("Result"), N_("Findings"), N_("Repeated"), N_("Critical"), N_("Entered late"),
        N_("Signed by"), N_("Signed at"), N_("Remark"),
    ), _checks),
    Table(N_("Drills"), (
        N_("Day"), N_("Began at"), N_("Part of the day"), N_("Kind"), N_("Announced"), N_("Seconds"),
        N_("Seconds allowed"), N_("Children counted"), N_("Children by the register"), N_("Adults counted"),
        N_("Adults by the duty list"), N_("Visitors counted"), N_("Visitors by the log"),
        N_("Who was missing, and where found"), N_("Led by"), N_("Problems"), N_("Check"), N_("Result"),
        N_("Signed by"), N_("Entered late"),
    ), _drills),
    Table(N_("Incidents"), (
        N_("No."), N_("Day"), N_("Time"), N_("Kind"), N_("Place"), N_("Severity"), N_("Children"),
        N_("Parents not informed"), N_("State"), N_("Signed by"), N_("Countersigned by"), N_("Discarded"),
    ), _incidents),
    Table(N_("Actions"), (
        N_("No."), N_("Found on"), N_("Source"), N_("Finding"), N_("Severity"), N_("Root cause"), N_("Correction"),
        N_("Prevention"), N_("Responsible"), N_("Due"), N_("Done"), N_("Verified by"), N_("Checked by"), N_("State"),
        N_("Repeats"), N_("Photos before"), N_("Photos after"), N_("Overdue"),
    ), _actions),
    Table(N_("Patrols"), (
        N_("Day"), N_("Patrol"), N_("Planned for the day"), N_("Walked"), N_("Began at"), N_("Ended at"),
        N_("Areas walked"), N_("Areas left out, and why"), N_("Children seen"), N_("Walked by"), N_("Signed"),
        N_("Entered late"), N_("Remark"), N_("Explained by"),
    ), _patrols),
    Table(N_("Children in production"), (
        N_("Day"), N_("Time"), N_("Area or line"), N_("Child"), N_("Age, about"), N_("Parent"), N_("Doing what"),
        N_("Minutes"), N_("Found by"), N_("Hazard there"), N_("What was done at once"), N_("Talk, remark"),
        N_("Counted (once a day)"), N_("Found before on"), N_("Actions"), N_("Entered late"),
    ), _seen),
    Table(N_("Staff"), (
        N_("Name"), N_("Role"), N_("Counts in the ratio"), N_("Counts as an adult"), N_("Other papers"),
    ), _staff, papers=True),
    Table(N_("Visitors"), (
        N_("Day"), N_("Name"), N_("Organisation"), N_("Purpose"), N_("ID seen"), N_("Host"), N_("Time in"),
        N_("Time out"), N_("Has left"), N_("Rules read"), N_("Photos allowed"), N_("Remark"), N_("Entered late"),
    ), _visitors),
    Table(N_("Consents"), (
        N_("Code"), N_("Child"), N_("Purpose"), N_("Answer"), N_("Signed on"), N_("Version of the wording"),
        N_("Language"), N_("Withdrawn on"), N_("Holds until"),
    ), _consents),
    Table(N_("Random sample"), (
        N_("Day"), N_("Code"), N_("Child"), N_("Group"), N_("Time in"), N_("Time out"), N_("Sheet no."),
        N_("Entered by, at"), N_("Consent on that day"), N_("Narrowest time"),
        N_("Children in the group"), N_("Needed"), N_("Count"), N_("Adults"),
    ), _sample),
)  # fmt: skip
"""The sheets of the workbook, in order."""
