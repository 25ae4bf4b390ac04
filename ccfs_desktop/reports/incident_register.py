"""The register of incidents: every number of the season, nobody's name, and the rate in child-hours."""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock
from ccfs_desktop.services.incident_kinds import SEVERITIES
from ccfs_desktop.services.incident_register import IncidentRegister, Rate, RegisterRow

TITLE = N_("Incident register")

_ROWS = (
    Column(N_("No."), 22, size=9, bold=True),
    Column(N_("Day"), 22, size=8.5),
    Column(N_("Time"), 14, "centre", size=8.5),
    Column(N_("Kind"), 42, size=8.5),
    Column(N_("Place"), 38, size=8.5),
    Column(N_("Severity"), 40, size=8.5),
    Column(N_("Children"), 17, "centre", size=9),
    Column(N_("Parents not informed"), 18, "centre", size=9, head_size=6.5),
    Column(N_("Status"), 30, size=8),
    Column(N_("Signed by"), 30, size=8),
)
_RATES = (
    Column("", 88, size=9),
    Column(N_("Incidents"), 28, "centre", size=10),
    Column(N_("Child-hours"), 34, "centre", size=10),
    Column(N_("For 1,000 child-hours"), 48, "centre", size=10),
    Column(N_("95-per-cent interval"), 48, "centre", size=10),
)


def render(data: IncidentRegister) -> bytes:
    """Return the register as a PDF."""
    words = Words(data.letterhead.languages)
    title = f"{words.first(TITLE)} {data.until.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at, landscape=True)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, data.audit_head), landscape=True)

    def top() -> float:
        return head(paper, words, data.letterhead, TITLE, under=words.span(data.first, data.until))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    table = Table(paper, words, _RATES, MARGIN, head_height=8, row_height=6.5)
    form.table(
        table,
        [
            _rate(words, N_("All incidents"), data.every),
            _rate(words, N_("Of these, a clinic or more was needed"), data.grave),
        ],
    )
    if data.kinds:
        form.say("   ".join(f"{words.both(kind)}: {count}" for kind, count in data.kinds), 8.5)
        form.gap(2)
    form.table(
        Table(paper, words, _ROWS, MARGIN, head_height=9, row_height=6.5), [_row(words, row) for row in data.rows]
    )
    if not data.rows:
        form.told(N_("No incident was reported in this season."), 9)
    form.told(N_("Every number given stands here; a report made by mistake is shown as discarded. Nobody is named."), 7)
    form.told(N_("Discarded reports are not counted. The interval is the exact one of Poisson."), 7)
    if data.note:
        form.say(data.note, 7)
    return paper.finish()


def _rate(words: Words, title: str, rate: Rate) -> list[Cell]:
    if not rate.hours:
        return [words.both(title), str(rate.count), "0", "–", "–"]
    low, high = rate.per(rate.interval.low), rate.per(rate.interval.high)
    return [
        words.both(title),
        str(rate.count),
        f"{rate.hours:.0f}",
        f"{rate.per(rate.count):.2f}",
        f"{low:.2f} – {high:.2f}",
    ]


def _row(words: Words, row: RegisterRow) -> list[Cell]:
    severity = words.first(SEVERITIES[row.severity])
    signed = ", ".join(filter(None, (row.signed_by, row.approved_by)))
    state: Cell = ((words.first(row.state), 8, row.discarded or bool(row.waiting)),)
    return [
        row.number, row.day.isoformat(), clock(row.at), _both(words, row.kind), _both(words, row.place),
        severity if row.severity < 0 else f"{row.severity}  {severity}", str(row.children or ""),
        str(row.waiting or ""), state, signed,
    ]  # fmt: skip


def _both(words: Words, message: str) -> Cell:
    first, *others = words.each(message)
    return ((first, 8.5, False), *((one, 6.4, False) for one in others))
