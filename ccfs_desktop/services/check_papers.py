"""What the papers of the safety checks show: the form to carry round, a check that was made, all checks of a season."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Check, CheckAnswer, DayOpening, Finding, Occasion, Proof, Result, Said
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import check_doubts, check_rules, check_schedule, checks, opening, roles
from ccfs_desktop.services.check_schedule import Due, Standing
from ccfs_desktop.services.checklists import Checklist, Item, Kind
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class ChecklistForm:
    """A list to carry round on a clipboard and fill in with a pen."""

    letterhead: Letterhead
    checklist: Checklist
    day: date | None = None
    """Printed where it is for a certain day; otherwise there is room to write it."""


@dataclass(frozen=True)
class CheckRow:
    """One item as it was answered. Marked messages are translated on paper."""

    item: Item
    text: str
    """As the edition has it: a message where the library words it."""
    wording: str
    """As it was shown."""
    said: Said | None = None
    values: str = ""
    """Numbers, texts and dates as they were typed."""
    fails: bool = False
    reason: str = ""
    note: str = ""
    corrected: bool = False
    no_photo: str = ""
    photos: tuple[int, ...] = ()
    """Numbers of the photos on the last pages."""


@dataclass(frozen=True)
class FindingRow:
    """One thing to be put right."""

    item: str
    severity: str
    """A message."""
    due: datetime
    times: int
    repeat: bool
    corrected: bool = False


@dataclass(frozen=True)
class Decision:
    """Who opened a day that was not safe, and why."""

    name: str
    role: str
    at: datetime
    reason: str
    proof: Proof


@dataclass(frozen=True)
class CheckPaper:
    """A check as it was made."""

    letterhead: Letterhead
    checklist: Checklist
    day: date
    language: str
    sections: tuple[tuple[str, tuple[CheckRow, ...]], ...]
    result: Result | None = None
    started: datetime | None = None
    done_at: time | None = None
    on_paper: bool = False
    entered_late: bool = False
    signed_name: str = ""
    signed_role: str = ""
    signed_at: datetime | None = None
    proof: Proof | None = None
    decision: Decision | None = None
    findings: tuple[FindingRow, ...] = ()
    reopened: tuple[tuple[str, datetime, str], ...] = ()
    """By whom, when, and why."""
    doubts: tuple[str, ...] = ()
    photos: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    """Item and picture, numbered from 1."""
    audit_head: str = ""


@dataclass(frozen=True)
class HistoryRow:
    """One check that was made, or was due and was not."""

    day: date
    title: str
    """A message."""
    state: str
    """A message: what it came to, or that it was missed."""
    findings: int = 0
    repeats: int = 0
    by: str = ""
    at: datetime | None = None
    late: bool = False
    remark: str = ""
    """Who opened all the same and why, why it was missed, what looks unlikely."""
    critical: bool = False


@dataclass(frozen=True)
class HistoryTotal:
    """One list in numbers."""

    title: str
    """A message."""
    due: int
    made: int
    late: int
    missed: int
    explained: int


@dataclass(frozen=True)
class CheckHistory:
    """The checks of a season until a day."""

    letterhead: Letterhead
    first: date
    until: date
    totals: tuple[HistoryTotal, ...]
    rows: tuple[HistoryRow, ...]
    audit_head: str = ""
    part: bool = False
    """Whether it begins after the season did."""


# --------------------------------------------------------------------------------------------------------- one check


def completed(session: Session, season: Season, check_id: int, head: Letterhead, *, audit_head: str = "") -> CheckPaper:
    """Return a check for printing.

    Raises:
        UserError: it is gone.
    """
    check = checks.get(session, check_id)
    checklist = checks.list_of(session, check)
    answers = checks.answers(session, check_id)
    pictures = checks.photos(session, check_id)
    numbered = [(item, photo.jpeg) for item, held in pictures.items() for photo in held]
    rows = {
        item.id: _row(item, answers[item.id], tuple(n for n, (of, _jpeg) in enumerate(numbered, 1) if of == item.id))
        for item in checklist.items
    }
    standing = opening.of(session, season, check.day)
    mine = standing.check is not None and standing.check.id == check.id
    return CheckPaper(
        letterhead=head,
        checklist=checklist,
        day=check.day,
        language=check.language,
        sections=tuple((title, tuple(rows[item.id] for item in items)) for title, items in checklist.asked()),
        result=check.result,
        started=check.started_at,
        done_at=check.done_at,
        on_paper=check.on_paper,
        entered_late=check.entered_late,
        signed_name=check.signed_name,
        signed_role=check.signed_role,
        signed_at=check.signed_at,
        proof=check.proof,
        decision=_decision(standing.decision) if mine and standing.decision else None,
        findings=tuple(_finding(one) for one in reversed(checks.findings(session, season, check_id))),
        reopened=tuple((one.by, one.at, one.reason) for one in checks.reopenings(session, check_id)),
        doubts=tuple(check_doubts.of(session, season, check)),
        photos=tuple(numbered),
        audit_head=audit_head,
    )


def _row(item: Item, answer: CheckAnswer, photos: tuple[int, ...]) -> CheckRow:
    typed = zip(item.of(Kind.NUMBER), check_rules.numbers(answer, item), strict=True)
    told = [f"{number} {part.unit}".strip() for part, number in typed if number]
    days = [day.isoformat() for day in (answer.first_date, answer.second_date) if day]
    return CheckRow(
        item=item,
        text=answer.text,
        wording=answer.wording,
        said=answer.said,
        values=" / ".join([*told, *([answer.words] if answer.words else []), *days]),
        fails=answer.fails,
        reason=answer.reason,
        note=answer.note,
        corrected=answer.corrected,
        no_photo=answer.no_photo,
        photos=photos,
    )


def _decision(decision: DayOpening) -> Decision:
    return Decision(decision.name, decision.role, decision.at, decision.reason, decision.proof)


def _finding(finding: Finding) -> FindingRow:
    return FindingRow(
        finding.item, finding.severity.word, finding.due_at, finding.times, checks.is_repeat(finding), finding.corrected
    )


# ----------------------------------------------------------------------------------------------------------- history


def history(
    session: Session, season: Season, until: date, head: Letterhead, *, first: date | None = None, audit_head: str = ""
) -> CheckHistory:
    """Return all checks of a season until a day, those that were missed among them, newest first.

    Args:
        session: an open session.
        season: the season.
        until: the last day.
        head: the paper's head.
        first: the first day; the season's unless said.
        audit_head: fingerprint of the audit trail.
    """
    every = checks.of_season(session, season, until=until)
    found = checks.findings(session, season)
    decisions = opening.of_days(session, season)
    doubts = check_doubts.of_season(session, season, every)
    today = clock.today()
    due = [
        one for one in check_schedule.read(session, season, today)
        if one.due <= until and (one.due < today or one.check)
    ]  # fmt: skip
    if first and first > season.first_day:  # the check before the season goes with a period that begins with it
        every, due = [one for one in every if one.day >= first], [one for one in due if one.due >= first]
    rows = [_made(check, found, decisions.get(check.id), doubts.get(check.id, ())) for check in every]
    rows += [_missed(one) for one in due if one.standing in (Standing.MISSED, Standing.EXPLAINED)]
    return CheckHistory(
        letterhead=head,
        first=first or season.first_day,
        until=until,
        totals=tuple(_totals(due)),
        rows=tuple(sorted(rows, key=lambda row: (row.day, str(row.at or "")), reverse=True)),
        audit_head=audit_head,
        part=first is not None and first > season.first_day,
    )


def _made(check: Check, found: Sequence[Finding], decision: DayOpening | None, doubts: Sequence[str]) -> HistoryRow:
    mine = [finding for finding in found if finding.check_id == check.id]
    words = check_rules.OPENING_WORDS if check.occasion is Occasion.OPENING else {}
    told = [f"{decision.name}: {decision.reason}"] if decision else []
    return HistoryRow(
        day=check.day,
        title=check.title,
        state=words.get(check.result, check.result.word) if check.result and check.frozen else N_("Not signed"),
        findings=len(mine),
        repeats=sum(1 for finding in mine if checks.is_repeat(finding)),
        by=check.signed_name,
        at=check.signed_at,
        late=check.entered_late,
        remark=" ".join([*told, *doubts]),
        critical=check.result is Result.FAIL,
    )


def _missed(due: Due) -> HistoryRow:
    word = due.missed
    return HistoryRow(
        day=due.due,
        title=due.checklist.title,
        state=N_("Missed"),
        by=word.by if word else "",
        at=word.at if word else None,
        remark=word.explanation if word else "",
        critical=True,
    )


def _totals(due: Sequence[Due]) -> list[HistoryTotal]:
    titles = dict.fromkeys((one.checklist.occasion, one.checklist.title) for one in due)
    order = list(Occasion)
    return [
        _total(title, [one for one in due if one.checklist.title == title])
        for _occasion, title in sorted(titles, key=lambda pair: (order.index(pair[0]), pair[1]))
    ]


def _total(title: str, due: Sequence[Due]) -> HistoryTotal:
    made = [one for one in due if one.standing is Standing.DONE]
    count: Mapping[Standing, int] = {s: sum(1 for one in due if one.standing is s) for s in Standing}
    return HistoryTotal(
        title=title,
        due=len(due),
        made=len(made),
        late=sum(1 for one in made if one.check and one.check.entered_late),
        missed=count[Standing.MISSED],
        explained=count[Standing.EXPLAINED],
    )


def form(checklist: Checklist, head: Letterhead, day: date | None = None) -> ChecklistForm:
    """Return the clipboard form of a list.

    Raises:
        UserError: the list asks nothing.
    """
    if not checklist.items:
        raise UserError(_("This list has no item that is asked. Switch one on or add one."))
    return ChecklistForm(head, checklist, day)


roles.guard(globals(), Right.SAFETY, {})
