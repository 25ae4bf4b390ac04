"""The register of the patrols and of the children found in production, of a period.

Source: domain.md 8.9; 5.4: the names of children are initials unless they are asked for in full.
"""

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock, iso
from ccfs_desktop.services.patrols_papers import MissedRow, PatrolRegister, PlannedRow, SeenRow, WalkRow

TITLE = N_("Patrols and children in production")

_PLAN = (
    Column(N_("Patrol"), 50, size=9, bold=True),
    Column(N_("At about"), 24, "centre", size=9),
    Column(N_("Days"), 45, size=8.5),
    Column(N_("Areas"), 104, size=8.5),
    Column(N_("From"), 25, "centre", size=8.5),
    Column(N_("To"), 25, "centre", size=8.5),
)
_SEEN = (
    Column(N_("Day"), 21, size=8),
    Column(N_("Time"), 13, "centre", size=8),
    Column(N_("Area or line"), 33, size=8),
    Column(N_("Child"), 29, size=8, bold=True),
    Column(N_("Parent"), 25, size=8),
    Column(N_("Doing what"), 25, size=7.5),
    Column(N_("Minutes"), 14, "centre", size=8),
    Column(N_("Found by"), 31, size=7.5),
    Column(N_("Hazard, and what was done"), 44, size=7.5),
    Column(N_("Talk, remark"), 38, size=7.5),
)
_WALKED = (
    Column(N_("Day"), 21, size=8),
    Column(N_("Patrol"), 32, size=8),
    Column(N_("From – to"), 25, "centre", size=8),
    Column(N_("Areas walked"), 62, size=7.5),
    Column(N_("Areas left out, and why"), 47, size=7.5),
    Column(N_("Children seen"), 17, "centre", size=9, bold=True, head_size=6.5),
    Column(N_("Walked by"), 36, size=8),
    Column(N_("Signed"), 14, "centre", size=7, head_size=6.5),
    Column(N_("Remark"), 19, size=7),
)
_MISSED = (
    Column(N_("Day"), 24, size=8),
    Column(N_("Patrol"), 50, size=8),
    Column(N_("Why it was not walked"), 149, size=8),
    Column(N_("Explained by"), 50, size=8),
)


def render(data: PatrolRegister) -> bytes:
    """Return the register as a PDF."""
    words = Words(data.letterhead.languages)
    with i18n.use(words.languages[0]):
        return _render(words, data)


def _render(words: Words, data: PatrolRegister) -> bytes:
    title = f"{words.first(TITLE)} {data.first.isoformat()} – {data.last.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at, landscape=True)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages), landscape=True)

    def top() -> float:
        period = f"{data.first.isoformat()} – {data.last.isoformat()}"
        return head(paper, words, data.letterhead, TITLE, under=(period,))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    _summary(form, data)
    _list(form, N_("Children found in production"), _SEEN, [_seen(row) for row in data.seen], _none_seen(data))
    _list(form, N_("Planned and not walked"), _MISSED, [_missed(row) for row in data.missed], N_("None."))
    _list(form, N_("Plan of the patrols"), _PLAN, [_plan(row) for row in data.plan], N_("No patrol was planned."))
    walked = [_walked(row) for row in data.walked]
    _list(form, N_("Patrols walked"), _WALKED, walked, N_("No patrol was walked, so nothing can be said."))
    if not data.named:
        form.told(N_("Names of children, parents and finders are shown as initials."), 7)
    return paper.finish()


def _summary(form: Form, data: PatrolRegister) -> None:
    """What was walked stands before what was seen: zero only counts where somebody looked."""
    counted = sum(1 for row in data.seen if row.counted) + data.not_described
    form.told(
        N_("Patrols walked: {patrols}. Planned and not walked: {missed} of {planned}."), 10, patrols=len(data.walked),
        missed=data.not_walked, planned=data.planned,
    )  # fmt: skip
    form.told(
        N_("Patrols on which a child was seen: {positive}. Children found, each counted once a day: {found}."), 10,
        positive=data.positive, found=counted,
    )  # fmt: skip
    if data.not_described:
        form.told(N_("Seen on a patrol and described nowhere: {n}."), 9, n=data.not_described)
    form.gap(2)


def _none_seen(data: PatrolRegister) -> str:
    if not data.walked:
        return N_("No child was written down, and no patrol was walked: nothing can be said.")
    return N_("No child was written down.")


def _list(
    form: Form, title: str, columns: tuple[Column, ...], rows: list[list[Cell]], empty: str
) -> None:  # fmt: skip
    form.section(title, keep=16)
    if rows:
        form.table(Table(form.paper, form.words, columns, MARGIN, head_height=9, row_height=6.4), rows)
    else:
        form.told(empty, 8.5)
        form.gap(3)


def _plan(row: PlannedRow) -> list[Cell]:
    days = row.days or _("every working day")
    return [row.name, clock(row.at), days, " · ".join(row.areas), iso(row.first), iso(row.last)]


def _walked(row: WalkRow) -> list[Cell]:
    span = f"{clock(row.started) or '–'} – {clock(row.ended) or '–'}" if row.started or row.ended else ""
    late = _("entered later") if row.late else ""
    return [
        row.day.isoformat(), row.name or _("not planned"), span, row.areas or _("all of the plan"), row.not_walked,
        str(row.seen), row.walked_by, _("Yes") if row.signed else "–",
        tuple((one, 7, False) for one in (row.note, late) if one),
    ]  # fmt: skip


def _missed(row: MissedRow) -> list[Cell]:
    return [row.day.isoformat(), row.name, row.explanation or ((_("not explained"), 8, True),), row.by]


def _seen(row: SeenRow) -> list[Cell]:
    told = [row.child]
    if row.age is not None and str(row.age) not in row.child:
        told.append(_("about {n} years").format(n=row.age))
    if not row.counted:
        told.append(_("again on this day, not counted"))
    if row.before:
        told.append(_("found before on {day}").format(day=row.before))
    return [
        row.day.isoformat(), clock(row.at), row.area,
        tuple((one, 8 if not n else 6.6, not n) for n, one in enumerate(told)), row.parent, row.doing,
        str(row.minutes) if row.minutes is not None else "", row.found_by,
        tuple((one, 7.5, False) for one in (row.hazard, row.action, row.actions) if one),
        tuple((one, 7.5, False) for one in (row.talk, _("entered later") if row.late else "") if one),
    ]  # fmt: skip
