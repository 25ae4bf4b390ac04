"""The proof of the ratio on paper: a day in full, or a period with one line a day.

Source: domain.md 2.5, 6.7 K10; product.md 4.4
"""

from collections.abc import Sequence
from dataclasses import replace

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _, listed, ngettext
from ccfs_desktop.reports.kit import figure
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, TRAIL_SEAL, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, moment
from ccfs_desktop.reports.ratio_chart import chart
from ccfs_desktop.services import ratio_papers, ratio_proof, times
from ccfs_desktop.services.cover import Quarter
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.ratio_papers import RatioDay, RatioPeriod
from ccfs_desktop.services.ratio_proof import STANDING_WORDS, Breach, DayProof, Standing
from ccfs_desktop.services.sheet_geometry import Box

_TITLE = N_("Proof of the ratio")
_DEFINITION = N_(
    "A quarter hour is kept when in every group and every minute of it the adults who count were at least as many as"
    " the ratio asks for. Share = quarter hours kept ÷ quarter hours with children. What is not written down counts"
    " against the space; a day without staff records is never counted as kept."
)

_QUARTERS = (
    Column(N_("From – to"), 21, "centre", size=8, bold=True),
    Column(N_("Group"), 22, size=7.5),
    Column(N_("Children"), 14, "centre", size=8),
    Column(N_("Needed"), 14, "centre", size=8),
    Column(N_("Count"), 12, "centre", size=8),
    Column(N_("Short, min."), 13, "centre", size=8, bold=True),
    Column(N_("Who counts"), 50, size=7),
    Column(N_("Who does not, and why"), 40, size=6.5),
)
_BREACHES = (
    Column(N_("From – to"), 24, "centre", size=8.5, bold=True),
    Column(N_("Too few adults"), 66, size=7.5),
    Column(N_("Explanation"), 56, size=8),
    Column(N_("Counter-signed"), 40, size=7),
)
_DAYS = (
    Column(N_("Day"), 34, size=8.5, bold=True),
    Column(N_("State"), 56, size=8.5),
    Column(N_("Kept"), 20, "centre", size=8.5),
    Column(N_("Of"), 20, "centre", size=8.5),
    Column(N_("Short, min."), 20, "centre", size=8.5),
    Column(N_("Breaches"), 18, "centre", size=8.5),
    Column(N_("Not explained"), 18, "centre", size=8.5),
)


def render(data: RatioDay | RatioPeriod) -> bytes:
    """Return the proof as a PDF."""
    words = Words(data.letterhead.languages)
    with i18n.use(words.languages[0]):
        return _day(words, data) if isinstance(data, RatioDay) else _period(words, data)


def _day(words: Words, data: RatioDay) -> bytes:
    proof = data.proof
    form = _form(words, data.letterhead, f"{words.first(_TITLE)} {proof.day.isoformat()}", words.days(proof.day))
    form.say(_standing(proof), 11, bold=True)
    form.gap(1)
    form.say(data.profile, 8)
    form.gap(3)
    if proof.cover.quarters:
        drawn = chart(proof.cover)
        form.need(form.across * drawn.height / drawn.width)
        form.y = figure.place(form.paper, Box(form.left, form.y, form.across, 0), drawn) + 3
    form.section(N_("Too few adults"), keep=22)
    if proof.breaches:
        rows = [_breach(breach) for breach in proof.breaches]
        form.table(Table(form.paper, words, _BREACHES, MARGIN, head_height=8, row_height=9), rows)
    else:
        form.told(STANDING_WORDS[proof.standing], 9.5)
    _to_know(form, proof)
    if proof.cover.quarters:
        form.section(N_("Quarter hour by quarter hour"), keep=26)
        lines = [_quarter(run) for run in _runs(proof.cover.quarters)]
        form.table(Table(form.paper, words, _QUARTERS, MARGIN, head_height=8, row_height=5.2), lines)
    _end(form, data.audit_head)
    return form.paper.finish()


def _period(words: Words, data: RatioPeriod) -> bytes:
    proof = data.proof
    span = f"{proof.first.isoformat()} – {proof.last.isoformat()}"
    form = _form(words, data.letterhead, f"{words.first(_TITLE)} {span}", (span,))
    share = f"{100 * proof.kept / proof.slots:.1f} %" if proof.slots else "–"
    form.say(
        _("Enough adults in {kept} of {slots} quarter hours with children: {share}").format(
            kept=proof.kept, slots=proof.slots, share=share
        ), 12, bold=True,
    )  # fmt: skip
    form.gap(1)
    for told in _sums(data):
        form.say(told, 9)
    form.gap(1)
    form.say(data.profile, 8)
    form.gap(3)
    lines = [_line(day) for day in proof.days]
    lines.append([
        _("All days"), "", str(proof.kept), str(proof.slots), str(proof.short_minutes), str(len(proof.breaches)),
        str(sum(1 for b in proof.breaches if b.note is None)),
    ])  # fmt: skip
    form.table(Table(form.paper, words, _DAYS, MARGIN, head_height=9, row_height=6.4), lines)
    if proof.breaches:
        form.section(N_("Too few adults"), keep=22)
        rows = [_breach(breach, with_day=True) for breach in proof.breaches]
        form.table(Table(form.paper, words, _BREACHES, MARGIN, head_height=8, row_height=9), rows)
    _end(form, data.audit_head)
    return form.paper.finish()


def _form(words: Words, letterhead: Letterhead, title: str, under: tuple[str, ...]) -> Form:
    paper = Paper(title, language=words.languages[0], made=letterhead.printed_at)
    paper.section(lambda page, pages: foot(paper, words, letterhead, page, pages), landscape=False)

    def top() -> float:
        return head(paper, words, letterhead, _TITLE, under=under)

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    return form


def _standing(proof: DayProof) -> str:
    word = _(STANDING_WORDS[proof.standing])
    if proof.standing in (Standing.EMPTY, Standing.NO_RECORDS):
        return word
    kept, slots = proof.kept
    told = _("{kept} of {slots} quarter hours kept").format(kept=kept, slots=slots)
    return f"{word} · {told}"


def _breach(breach: Breach, *, with_day: bool = False) -> list[Cell]:
    span = f"{times.clock(breach.span.start)}–{times.clock(breach.span.end)}"
    note = breach.note
    by = f"{note.explained_by}, {moment(note.explained_at)}" if note else ""
    signed = f"{note.countersigned_by}, {moment(note.countersigned_at)}" if note and note.countersigned_by else ""
    when: Cell = ((breach.day.isoformat(), 7.5, False), (span, 8.5, True)) if with_day else span
    minutes = ngettext("{n} minute short", "{n} minutes short", breach.minutes).format(n=breach.minutes)
    why = ((f"{breach.group}: {minutes}", 8.0, True), (breach.worst.reason, 7.0, False))
    said: Cell = ((note.explanation, 8.0, False), (by, 6.5, False)) if note else _("Not explained")
    return [when, why, said, signed]


def _runs(quarters: Sequence[Quarter]) -> list[list[Quarter]]:
    """Return neighbouring quarter hours of a group in which nothing changed, group by group."""
    order = list(dict.fromkeys(q.group_id for q in quarters))
    runs: list[list[Quarter]] = []
    for quarter in sorted(quarters, key=lambda q: (order.index(q.group_id), q.slot)):
        last = runs[-1][-1] if runs else None
        if last and last == replace(quarter, slot=quarter.slot - 1) and not quarter.short:
            runs[-1].append(quarter)
        else:
            runs.append([quarter])
    return runs


def _quarter(run: Sequence[Quarter]) -> list[Cell]:
    q = run[0]
    span = f"{times.clock(q.slot * SLOT)}–{times.clock((run[-1].slot + 1) * SLOT)}"
    others = "; ".join(f"{o.name}: {o.reason}" for o in q.others)
    return [
        span, q.group, str(q.children), str(q.required), f"{q.percent / 100:g}",
        str(q.short_minutes) if q.short else "", listed(q.adults), others,
    ]  # fmt: skip


def _line(day: DayProof) -> list[Cell]:
    kept, slots = day.kept
    recorded = day.standing is not Standing.NO_RECORDS
    return [
        day.day.isoformat(), _(STANDING_WORDS[day.standing]), str(kept), str(slots),
        str(day.short_minutes) if recorded else "?", str(len(day.breaches)) if recorded else "?",
        str(len(day.unexplained)) if recorded else "?",
    ]  # fmt: skip


def _sums(data: RatioPeriod) -> list[str]:
    proof = data.proof
    told = [_("Minutes with too few adults, each group counted for itself: {n}").format(n=proof.short_minutes)]
    if worst := proof.worst:
        told.append(
            _("Longest breach: {day}, {group}, {minutes} minutes").format(
                day=worst.day, group=worst.group, minutes=worst.minutes
            )
        )
    if proof.slots:
        told.append(_(ratio_papers.TWO_ADULTS).format(**ratio_papers.two_adults(proof)))
    if proof.without_records:
        days = listed(day.isoformat() for day in proof.without_records)
        told.append(_("No staff records, no proof: {days}").format(days=days))
    return told


def _to_know(form: Form, proof: DayProof) -> None:
    """What was not written down and counted against the space; skills that were missing."""
    lacks = [ratio_proof.lack_text(lack) for lack in proof.lacks] if proof.recorded else []
    if proof.notes or lacks:
        form.section(N_("To know"), keep=14)
    for told in (*proof.notes, *lacks):
        form.say(told, 8)


def _end(form: Form, audit_head: str) -> None:
    form.gap(3)
    form.need(34 + 12 * (len(form.words.languages) - 1))
    form.told(_DEFINITION, 7.5)
    form.gap(4)
    form.sign(N_("Signature"), N_("Coordinator"), height=13)
    if audit_head:
        form.gap(2)
        form.told(TRAIL_SEAL, 7)
        form.say(audit_head, 8)
