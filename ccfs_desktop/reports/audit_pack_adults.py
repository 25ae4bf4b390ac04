"""The adults of an audit pack: their papers on the days they worked, and when they came, rested and went."""

from collections.abc import Callable, Sequence

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.staff import PaperKind
from ccfs_desktop.reports.audit_pack_pages import NOTHING, begin, both, signed, spoken
from ccfs_desktop.reports.kit.letter import MARGIN
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock, iso
from ccfs_desktop.services.sheet_codes import written
from ccfs_desktop.services.staff_worked import Held, Stayed, Worked, WorkedList

_WORKED = (
    Column(N_("No."), 8, "centre", size=8),
    Column(N_("Name"), 42, size=9, bold=True),
    Column(N_("First day on duty"), 20, "centre", size=8),
    Column(N_("Last day on duty"), 20, "centre", size=8),
    Column(N_("Days on duty"), 14, "centre", size=8.5, bold=True, head_size=6.8),
)
_WHO = sum(column.width for column in _WORKED)
WORKED = N_("Papers on the days worked")
TIMES = N_("Times of the adults")
_TIMES = (
    Column(N_("Day"), 22, size=8.5, bold=True),
    Column(N_("Name"), 46, size=8.5, bold=True),
    Column(N_("Role"), 34, size=7.5),
    Column(N_("Group"), 26, size=8),
    Column(N_("Time in"), 15, "centre", size=9, bold=True),
    Column(N_("Signed"), 14, "centre", size=8),
    Column(N_("Time out"), 15, "centre", size=9, bold=True),
    Column(N_("Signed"), 14, "centre", size=8),
    Column(N_("Away from the group"), 44, size=7.2),
    Column(N_("Sheet no."), 19, "centre", size=7),
    Column(N_("Remark"), 24, size=6.8),
)


def worked(data: WorkedList) -> bytes:
    """Return who was on duty, and whether each paper held on every day worked, as a PDF."""
    form, words, finish = begin(data.letterhead, WORKED, data.letterhead.languages, None, landscape=True)
    lacking = sum(1 for row in data.rows if row.lacking)
    form.told(
        N_("{n} adults were on duty in this time. For {lacking} of them a paper that is needed was missing, or any"
           " paper had run out, on at least one of their days."), 9.5, n=len(data.rows), lacking=lacking,
    )  # fmt: skip
    form.gap(2)
    kinds = [kind for kind in PaperKind if any(one.kind is kind for row in data.rows for one in row.papers)]
    wide = (form.across - _WHO) / max(len(kinds), 1)
    columns = (*_WORKED, *(Column(kind.word, wide, "centre", size=8, head_size=6.8) for kind in kinds))
    rows = [_duty(words, number, row, kinds) for number, row in enumerate(data.rows, start=1)]
    form.table(Table(form.paper, words, columns, MARGIN, head_height=11, row_height=8.4), rows)
    form.told(
        N_("“valid”: on every day the person was on duty. Shown are the papers the role must have or the season asked"
           " for, and others in the file; “–” is neither. Who counted towards the ratio, hour by hour, stands in"
           " exhibit H."), 7.5,
    )  # fmt: skip
    return finish()


def _duty(words: Words, number: int, row: Worked, kinds: Sequence[PaperKind]) -> list[Cell]:
    held = {one.kind: one for one in row.papers}
    return [
        str(number), ((row.name, 9, True), *((said, 7, False) for said in words.each(row.role.word))),
        iso(row.first), iso(row.last), str(row.days), *(_stood(words, row.days, held.get(kind)) for kind in kinds),
    ]  # fmt: skip


def _stood(words: Words, days: int, held: Held | None) -> Cell:
    """Write whether a paper held on all days worked, else on how many not."""
    if held is None:
        return NOTHING
    told = [(N_("missing: {n} of {all} days"), held.missing), (N_("run out: {n} of {all} days"), held.expired)]
    parts = [part for message, n in told if n for part in spoken(words.each(message, n=n, all=days), 7.5, bold=True)]
    return tuple(parts) or both(words, N_("valid"), 8)


def stayed(data: WorkedList) -> bytes:
    """Return when each adult came, was away from the group, and went, as a PDF."""
    form, words, finish = begin(data.letterhead, TIMES, data.letterhead.languages, None, landscape=True)
    form.told(
        N_("As written on the staff sheets or at the desk. From these times the proof of the ratio is reckoned; who is"
           " away from the group does not count in it."), 8.5,
    )  # fmt: skip
    form.gap(2)
    rows = [_stay(words, one) for one in data.stays]
    form.table(Table(form.paper, words, _TIMES, MARGIN, head_height=8, row_height=6.4), rows)
    return finish()


def _stay(words: Words, one: Stayed) -> list[Cell]:
    duty = one.duty
    left = clock(duty.departed) or "?"
    late = words.first(N_("Entered late")) if duty.entered_late else ""
    instead = words.first(N_("for {name}"), name=duty.replaces) if duty.replaces else ""
    return [
        iso(duty.day), one.person.name, words.first(one.person.role.word), one.group, clock(duty.arrived) or "?",
        signed(words, missing=duty.unsigned_in), left if duty.signed_out else words.first(N_("still here")),
        signed(words, missing=duty.unsigned_out) if duty.signed_out else "", away(one, words.first),
        written(duty.sheet_code) if duty.sheet_code else NOTHING,
        " · ".join(part for part in (late, instead, duty.note) if part),
    ]  # fmt: skip


def away(one: Stayed, say: Callable[[str], str]) -> str:
    """Say when somebody was not with the group, and why: ``Break 12:05-12:33``; ``say`` translates."""
    parts = (f"{say(p.kind.word)} {clock(p.starts)}\N{EN DASH}{clock(p.ends) or '?'}" for p in one.parts)
    return "; ".join(parts)
