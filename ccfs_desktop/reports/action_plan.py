"""The corrective action plan, in the table auditors know as CAP: one row for each finding, from source to status."""

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.action import Repeat, Stage
from ccfs_desktop.models.check import Severity
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Part, Table
from ccfs_desktop.reports.kit.words import Words, iso
from ccfs_desktop.services.action_papers import ActionPlan, PlanRow

TITLE = N_("Corrective action plan")

_SIZE = 6.8
_COLUMNS = (
    Column(N_("No."), 19, size=7, bold=True, head_size=7),
    Column(N_("Source, item"), 22, size=_SIZE, head_size=7),
    Column(N_("Finding"), 32, size=_SIZE, head_size=7),
    Column(N_("Severity"), 16, size=_SIZE, head_size=7),
    Column(N_("Done at once"), 17, size=_SIZE, head_size=7),
    Column(N_("Root cause"), 24, size=_SIZE, head_size=7),
    Column(N_("Correction"), 23, size=_SIZE, head_size=7),
    Column(N_("Prevention"), 23, size=_SIZE, head_size=7),
    Column(N_("Responsible"), 17, size=_SIZE, head_size=6.6),
    Column(N_("Due"), 16, size=_SIZE, head_size=7),
    Column(N_("Done"), 16, size=_SIZE, head_size=7),
    Column(N_("Evidence"), 13, "centre", size=_SIZE, head_size=6.4),
    Column(N_("Verified by"), 18, size=_SIZE, head_size=7),
    Column(N_("Does it work?"), 17, size=_SIZE, head_size=6.8),
)


def render(data: ActionPlan) -> bytes:
    """Return the plan as a PDF."""
    words = Words(data.letterhead.languages)
    title = f"{words.first(TITLE)} {data.last.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at, landscape=True)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages), landscape=True)

    def top() -> float:
        return head(paper, words, data.letterhead, TITLE, under=_under(words, data))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    _counts(form, data)
    if data.rows:
        table = Table(paper, words, _COLUMNS, MARGIN, head_height=8.5, row_height=13, tallest=90, alone=0.95)
        form.table(table, [_row(words, row) for row in data.rows])
    else:
        form.told(N_("Nothing was found in this time."), 10)
    form.told(
        N_("Who verifies is somebody else than who did it. Whether it works is looked at 30 days later."),
        7,
    )
    return paper.finish()


def _under(words: Words, data: ActionPlan) -> tuple[str, ...]:
    if data.first:
        period = {"first": data.first.isoformat(), "last": data.last.isoformat()}
        return words.each(N_("Found from {first} to {last}, and what was open before"), **period)
    return words.each(N_("Found in the season until {day}, and what was open before"), day=data.last.isoformat())


def _counts(form: Form, data: ActionPlan) -> None:
    late = sum(1 for row in data.rows if row.late)
    repeat = sum(1 for row in data.rows if row.action.repeat is Repeat.REPEAT)
    form.row(
        Field(N_("Actions"), str(len(data.rows))),
        Field(N_("Not done"), str(data.count(Stage.OPEN, Stage.IN_PROGRESS))),
        Field(N_("Overdue"), str(late)),
        Field(N_("To verify"), str(data.count(Stage.DONE))),
        Field(N_("Verified"), str(data.count(Stage.VERIFIED))),
        Field(N_("Closed"), str(data.count(Stage.CLOSED))),
        Field(N_("No action, with grounds"), str(data.count(Stage.NO_ACTION)), 1.8),
        Field(N_("Repeat"), str(repeat)),
        height=9.5,
    )
    form.gap(3)


def _row(words: Words, row: PlanRow) -> list[Cell]:
    action = row.action
    return [
        ((action.number, 7, True), *_told(words, row.status, bold=row.late)),
        (*_told(words, action.source.word), (action.item or action.reference, _SIZE, True)),
        ((action.finding, _SIZE, False), *((one, 5.4, False) for one in words.each(row.wording) if row.wording)),
        (*_told(words, action.severity.word, bold=action.severity is Severity.CRITICAL), *_known(words, row)),
        action.immediate,
        action.root_cause,
        action.correction or _none(words, row),
        action.prevention,
        action.owner,
        ((iso(action.due), _SIZE, row.late), (f"({iso(action.found_on)})", 5.6, False)),
        ((iso(action.done_on), _SIZE, False), (action.done_by, 6.2, False)) if action.done_on else "",
        _evidence(words, row),
        _verified(words, row),
        _works(words, row),
    ]


def _told(words: Words, message: str, *, bold: bool = False) -> tuple[Part, ...]:
    first, *others = words.each(message)
    return ((first, _SIZE, bold), *((one, 5.6, False) for one in others))


def _known(words: Words, row: PlanRow) -> tuple[Part, ...]:
    if row.action.repeat is Repeat.NEW:
        return _told(words, Repeat.NEW.word)
    return (*_told(words, row.action.repeat.word, bold=True), (row.before, 5.8, False))


def _none(words: Words, row: PlanRow) -> str:
    """Return the grounds where nothing is done."""
    action = row.action
    return f"{words.both(N_('No action'))}: {action.grounds}" if action.grounds else ""


def _evidence(words: Words, row: PlanRow) -> Cell:
    told = [
        (f"{words.both(message)} {count}", 6.2, False)
        for message, count in ((N_("before"), row.photos_before), (N_("after"), row.photos_after))
        if count
    ]
    return tuple(told)


def _verified(words: Words, row: PlanRow) -> Cell:
    action = row.action
    if not action.verified_at:
        return ""
    how = words.each(action.verified_how.word) if action.verified_how else ()
    return (
        (action.verified_name, _SIZE, False), (iso(action.verified_at.date()), 6.2, False),
        *((one, 5.6, False) for one in how),
    )  # fmt: skip


def _works(words: Words, row: PlanRow) -> Cell:
    action = row.action
    if action.effective is not None and action.effective_at:
        answer = N_("Yes") if action.effective else N_("No")
        when = iso(action.effective_at.date())
        return (
            (words.both(answer), _SIZE, not action.effective), (action.effective_name, 6.2, False), (when, 6.2, False)
        )  # fmt: skip
    if action.check_due and action.stage is Stage.VERIFIED:
        return tuple((one, 6.2, False) for one in words.each(N_("from {day}"), day=iso(action.check_due)))
    return ""
