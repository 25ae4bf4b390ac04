"""The Excel twin of an audit pack: the same records as the PDF, from the same objects, to count and sort.

Texts are texts: nothing that somebody wrote is ever taken for a formula, a number or a link.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.reports.kit.words import clock, iso, moment
from ccfs_desktop.services import times
from ccfs_desktop.services.audit_pack import Pack
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.sheet_codes import written
from ccfs_desktop.services.staff_prints import VETTED

_SAFE = {
    "constant_memory": True, "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
    "strings_to_urls": False,
}  # fmt: skip
_LONGEST = 32_000
"""Excel takes 32,767 letters in a cell."""

Value = str | int | bool | date | None
Rows = Iterable[Sequence[Value]]


def render(pack: Pack) -> bytes:
    """Return the workbook, its words in the language in use; the same pack gives the same bytes."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (slow to load, rarely needed)

    stream = io.BytesIO()
    with Workbook(stream, _SAFE) as book:
        book.set_properties({"title": _("Audit pack"), "author": "CCFS Desktop", "created": pack.letterhead.printed_at})
        styles = {
            "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for title, heads, rows in _SHEETS:
            _write(book.add_worksheet(_(title)[:31]), styles, [_(one) for one in heads], rows(pack), pack.redactor)
    return stream.getvalue()


def _write(sheet: Any, styles: dict[str, Any], heads: Sequence[str], rows: Rows, veil: Callable[[str], str]) -> None:
    """Write a sheet row by row: in this mode nothing above can be written any more."""
    for column, text in enumerate(heads):
        sheet.set_column(column, column, max(11, min(len(text) * 1.6, 24)))
    sheet.freeze_panes(1, 0)
    for column, text in enumerate(heads):
        sheet.write_string(0, column, text, styles["head"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _cell(sheet, last, column, value, styles["day"], veil)
    if last:
        sheet.autofilter(0, 0, last, len(heads) - 1)


def _cell(sheet: Any, row: int, column: int, value: Value, day: Any, veil: Callable[[str], str]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, _("Yes") if value else _("No"))
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    else:
        sheet.write_string(row, column, veil(value)[:_LONGEST])


# ----------------------------------------------------------------------------------------------------------- the sheets
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
    yield _("Incidents"), len(pack.incident_rows)
    yield _("Actions"), len(pack.actions.rows)
    yield _("Patrols"), len(pack.patrols.walked)
    yield _("Adults"), len(pack.vetting.rows)
    yield _("Seed"), sample.seed
    yield _("Sampled"), len(sample.traces)
    yield _("How the sample is drawn"), _("SHA-256 of “seed|day|code” of every child-day; the smallest values are it.")


def _child_days(pack: Pack) -> Rows:
    sampled = {(one.day.day, one.day.child_id) for one in pack.sample.traces}
    for day in pack.days:
        for row in day.rows:
            visits = zip(row.visits, row.brought, row.collected, row.entered, row.numbers, strict=True)
            begin = (day.day, row.code, row.number, row.name, row.group, row.age, row.expected)
            chosen = (row.day, row.child_id) in sampled
            if not row.visits:
                yield (*begin, False, *[None] * 10, _(row.absence.word) if row.absence else "", False)
            for visit, brought, collected, entered, numbers in visits:
                yield (
                    *begin, True, clock(visit.arrived), brought, not visit.unsigned_in, clock(visit.departed),
                    collected, visit.signed_out and not visit.unsigned_out,
                    " ".join(map(written, numbers)), entered.by if entered else "",
                    moment(entered.at) if entered else "", visit.entered_late,
                    " · ".join(one for one in (visit.override_reason, visit.note) if one), chosen,
                )  # fmt: skip


def _checks(pack: Pack) -> Rows:
    for row in reversed(pack.checks.rows):
        yield (
            row.day, row.title, _(row.state), row.findings, row.repeats, row.critical, row.late, row.by,
            moment(row.at), row.remark,
        )  # fmt: skip


def _incidents(pack: Pack) -> Rows:
    for row in pack.incident_rows:
        yield (
            row.number, row.day, clock(row.at), _(row.kind), _(row.place), row.severity, row.children, row.waiting,
            _(row.state), row.signed_by, row.approved_by, row.discarded,
        )  # fmt: skip


def _actions(pack: Pack) -> Rows:
    for row in pack.actions.rows:
        one = row.action
        yield (
            one.number, one.found_on, _(one.source.word), one.finding, _(one.severity.word), one.root_cause,
            one.correction, one.prevention, one.owner, one.due, one.done_on, one.verified_name,
            one.effective_name, row.before, row.photos_before, row.photos_after, row.late,
        )  # fmt: skip


def _patrols(pack: Pack) -> Rows:
    for row in pack.patrols.walked:
        yield (
            row.day, row.name, clock(row.started), clock(row.ended), row.areas, row.not_walked, row.seen, row.walked_by,
            row.signed, row.late, row.note,
        )  # fmt: skip


def _staff(pack: Pack) -> Rows:
    for row in pack.vetting.rows:
        told: list[Value] = [row.name, row.role[0], row.counts[0], row.counted]
        for line in row.papers:
            told += [line.issued_on, line.until, line.standing.value if line.standing else ""]
        yield told


def _sample(pack: Pack) -> Rows:
    for one in pack.sample.traces:
        day, worst = one.day, one.worst
        yield (
            day.day, day.code, day.name, day.group, " ".join(clock(v.arrived) or "?" for v in day.visits),
            " ".join(clock(v.departed) or "?" for v in day.visits), " ".join(written(s.code) for s in day.sheets),
            listed(f"{e.by} {moment(e.at)}" for e in day.entered if e),
            listed(f"{_(s.purpose.word)}: {_(s.word)}" for s in one.agreed),
            times.clock(worst.slot * SLOT) if worst else "", worst.children if worst else None,
            worst.required if worst else None, f"{worst.percent / 100:g}" if worst else "",
            listed(worst.adults) if worst else "",
        )  # fmt: skip


_PAPERS = tuple(head for kind in VETTED for head in (kind.word, N_("Until"), N_("State")))
_SHEETS: tuple[tuple[str, tuple[str, ...], Callable[[Pack], Rows]], ...] = (
    (N_("About"), (N_("Fact"), N_("Value")), _about),
    (N_("Child-days"), (
        N_("Day"), N_("Code"), N_("Number"), N_("Child"), N_("Group"), N_("Age"), N_("Expected"), N_("Came"),
        N_("Time in"), N_("Brought by"), N_("Signed in"), N_("Time out"), N_("Collected by"), N_("Signed out"),
        N_("Sheet no."), N_("Entered by"), N_("Entered at"), N_("Entered late"), N_("Remark"), N_("In the sample"),
    ), _child_days),
    (N_("Safety checks"), (
        N_("Day"), N_("Check"), N_("Result"), N_("Findings"), N_("Repeated"), N_("Critical"), N_("Entered late"),
        N_("Signed by"), N_("Signed at"), N_("Remark"),
    ), _checks),
    (N_("Incidents"), (
        N_("No."), N_("Day"), N_("Time"), N_("Kind"), N_("Place"), N_("Severity"), N_("Children"),
        N_("Parents not informed"), N_("State"), N_("Signed by"), N_("Countersigned by"), N_("Discarded"),
    ), _incidents),
    (N_("Actions"), (
        N_("No."), N_("Found on"), N_("Source"), N_("Finding"), N_("Severity"), N_("Root cause"), N_("Correction"),
        N_("Prevention"), N_("Responsible"), N_("Due"), N_("Done"), N_("Verified by"), N_("Checked by"),
        N_("Repeats"), N_("Photos before"), N_("Photos after"), N_("Overdue"),
    ), _actions),
    (N_("Patrols"), (
        N_("Day"), N_("Patrol"), N_("From"), N_("To"), N_("Areas"), N_("Not walked"), N_("Children seen"),
        N_("Walked by"), N_("Signed"), N_("Entered late"), N_("Remark"),
    ), _patrols),
    (N_("Staff"), (N_("Name"), N_("Role"), N_("Counts in the ratio"), N_("Counted"), *_PAPERS), _staff),
    (N_("Random sample"), (
        N_("Day"), N_("Code"), N_("Child"), N_("Group"), N_("Time in"), N_("Time out"), N_("Sheet no."),
        N_("Entered by, at"), N_("Consent on that day"), N_("Narrowest time"), N_("Children"), N_("Needed"),
        N_("Count"), N_("Adults"),
    ), _sample),
)  # fmt: skip
