"""The compliance report: checks, drills, incidents, production, corrective actions.

Source: domain.md 8.22, 5.4 (R2 to R4)
"""

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.action import Repeat, Stage
from ccfs_desktop.reports.compliance_kit import ACTIONS, CHECKS, INCIDENTS, PRODUCTION, SMALL, Book
from ccfs_desktop.reports.kit import figure
from ccfs_desktop.reports.kit.form import Field
from ccfs_desktop.reports.kit.table import Cell, Column, Part
from ccfs_desktop.reports.kit.words import clock, iso
from ccfs_desktop.reports.patrol_chart import chart
from ccfs_desktop.reports.patrol_trend import DEFINITION
from ccfs_desktop.services import drills, incident_list, intervals, patrols_trend
from ccfs_desktop.services.action_papers import PlanRow
from ccfs_desktop.services.check_rates import ListRate
from ccfs_desktop.services.check_rules import REPEAT_DAYS, REPEAT_TIMES
from ccfs_desktop.services.check_schedule import FIRST_DRILL_DAYS
from ccfs_desktop.services.incident_kinds import SEVERITIES
from ccfs_desktop.services.incident_list import Row
from ccfs_desktop.services.log_papers import Entry, Word
from ccfs_desktop.services.patrols_trend import PHASE_WORDS, Count
from ccfs_desktop.services.sheet_geometry import Box

_LISTS = (
    Column(N_("Checklist"), 52, size=8.5),
    Column(N_("Due"), 12, "centre", size=9),
    Column(N_("Made"), 14, "centre", size=9),
    Column(N_("Typed afterwards"), 17, "centre", size=9, head_size=6.4),
    Column(N_("Missed, explained"), 17, "centre", size=9, head_size=6.4),
    Column(N_("Missed, not explained"), 17, "centre", size=9, bold=True, head_size=6.4),
    Column(N_("Made in time"), 28, "centre", size=8.5),
    Column(N_("Items passed"), 29, "centre", size=8.5),
)
_DRILLS = (
    Column(N_("Date"), 20, size=8), Column(N_("Began at"), 15, "centre", size=8),
    Column(N_("Part of the day"), 33, size=8), Column(N_("Kind"), 24, size=8),
    Column(N_("Announced"), 18, "centre", size=8, head_size=6.8), Column(N_("Seconds"), 16, "centre", size=8.5),
    Column(N_("Children"), 20, "centre", size=8.5), Column(N_("Adults"), 18, "centre", size=8.5),
    Column(N_("Check"), 22, size=8),
)  # fmt: skip
_SHOWN = (0, 1, 2, 3, 4, 5, 6, 7, 9)
"""Columns of the drill register that the report takes over."""
_INCIDENTS = (
    Column(N_("No."), 20, size=8.5, bold=True), Column(N_("Day"), 20, size=8), Column(N_("Time"), 14, "centre", size=8),
    Column(N_("Kind"), 34, size=8), Column(N_("Place"), 34, size=8), Column(N_("Severity"), 34, size=8),
    Column(N_("Status"), 30, size=8),
)  # fmt: skip
_MONTHS = (
    Column(N_("Months"), 34, size=8.5, bold=True),
    Column(N_("Patrols"), 19, "centre", size=8.5),
    Column(N_("With a child seen"), 23, "centre", size=8.5, head_size=7),
    Column(N_("In 100 patrols"), 26, "centre", size=8.5, bold=True, head_size=7),
    Column(N_("95-per-cent interval"), 32, "centre", size=8),
    Column(N_("Children found"), 24, "centre", size=8.5, head_size=7),
    Column(N_("Planned, not walked"), 28, "centre", size=8, head_size=7),
)
_ACTIONS = (
    Column(N_("No."), 22, size=8, bold=True), Column(N_("Source"), 27, size=7.6),
    Column(N_("What is asked for"), 53, size=7.6), Column(N_("Severity"), 18, size=7.6),
    Column(N_("Found on"), 18, size=7.6), Column(N_("Due"), 18, size=7.6), Column(N_("Status"), 30, size=7.6),
)  # fmt: skip


def checks(book: Book) -> None:
    """Write which checks were due, made and passed, list by list."""
    book.chapter(CHECKS)
    book.figures("K11", "K11b")
    lists = book.data.facts.lists
    if lists:
        book.rows(_LISTS, [_list(book, one) for one in lists])
    else:
        book.told(N_("No check was due and none was made in this time."), 9)
    book.told(
        N_("Findings: {n}. Of these at least {times} times within {days} days, so that the cause must be found:"
           " {again}. Checks with a critical No: {critical}; where it is the opening check, the space opens only by a"
           " signed decision with its reason."), 8.5,
        n=sum(one.findings for one in lists), again=sum(one.repeats for one in lists), times=REPEAT_TIMES,
        days=REPEAT_DAYS, critical=sum(one.critical for one in lists),
    )  # fmt: skip


def _list(book: Book, one: ListRate) -> list[Cell]:
    return [
        book.both(one.title), str(one.due or "–"), str(one.made), str(one.late), str(one.explained), str(one.missed),
        _share(one.done, one.due), (*_share(one.passed, one.answered), (_over(one.passed, one.answered), 6.4, False)),
    ]  # fmt: skip


def _over(hits: int, tries: int) -> str:
    return f"{hits:,} ÷ {tries:,}" if tries else ""


def _share(hits: int, tries: int) -> tuple[Part, ...]:
    found = intervals.wilson(hits, tries)
    if found is None:
        return (("–", 8.5, False),)
    low, high = 100 * found.low, 100 * found.high
    return ((f"{100 * hits / tries:.1f} %", 8.5, True), (f"{low:.1f} – {high:.1f} %", 6.4, False))


def incidents(book: Book) -> None:
    """Write the drills and the incidents without names."""
    book.chapter(INCIDENTS)
    book.section(N_("Drills"), keep=20)
    if book.data.drills:
        book.rows(_DRILLS, [[_entry(book, row[n]) for n in _SHOWN] for row in book.data.drills])
        book.told(N_("Children and adults: counted / by the records of that moment."), 7.5)
    else:
        book.told(N_("No drill is on record in this time."), 9)
        book.told(book.data.drill_before.message, 9, **book.data.drill_before.values)
    _drills_due(book)
    book.section(N_("Incidents"), keep=30)
    book.figures("K12", "K12b")
    if book.data.incidents:
        book.rows(_INCIDENTS, [_incident(book, one) for one in book.data.incidents])
        book.told(N_("A report made by mistake is shown as discarded and is not counted."), 7.5)
    else:
        book.told(N_("No incident was reported in this time."), 9)


def _drills_due(book: Book) -> None:
    """Source: domain.md 3.6, how often."""
    if rate := book.data.facts.of_list(drills.CODE):
        book.told(
            N_("Drills whose time ended in this period: {due}; held and signed: {done}."), 9, due=rate.due,
            done=rate.done,
        )  # fmt: skip
    if book.data.drill_next:
        book.told(N_("The next drill is due by {day}."), 9, day=iso(book.data.drill_next))
    book.told(
        N_("The first drill is due within {days} open days, then one each month; in the season at least one during nap"
           " and one at pick-up time."), 7.5, days=FIRST_DRILL_DAYS,
    )  # fmt: skip


def _entry(book: Book, entry: Entry) -> Cell:
    one = entry[0] if isinstance(entry, tuple) else entry
    if isinstance(one, Word):
        return book.spoken(book.words.each(one.message, **one.values), 8) if one.message else ""
    return one


def _incident(book: Book, one: Row) -> list[Cell]:
    state = incident_list.State.UNSIGNED if one.state is incident_list.State.DRAFT else one.state
    return [
        one.number, iso(one.day), clock(one.at), book.both(one.kind.word, 8), book.both(one.place.word, 8),
        book.both(SEVERITIES[one.severity], 8), book.both(incident_list.STATE_WORDS[state], 8, bold=bool(one.waiting)),
    ]  # fmt: skip


def production(book: Book) -> None:
    """Write what the patrols saw, before, during and after, beside a year earlier; no patrols, no claim."""
    book.chapter(PRODUCTION)
    book.figures("K14", "K14b")
    book.told(
        N_("The key figures are of the days of this report. Below stand whole months: the three before the season, its"
           " own, the two after it, and the same a year earlier."), 8.5,
    )  # fmt: skip
    trend = book.data.trend
    for pair in trend.phases:
        book.section(PHASE_WORDS[pair.phase], keep=12)
        for count, size in ((pair.now, 9.0), (pair.year_ago, 8.0)):
            for index, sentence in enumerate(_sentences(book, count)):
                book.say(sentence, size * (SMALL if index else 1))
    drawn = chart(trend)
    book.gap(3)
    book.need(book.across * drawn.height / drawn.width)
    book.y = figure.place(book.paper, Box(book.left, book.y, book.across, 0), drawn) + 3
    counts = [one for pair in trend.months for one in (pair.year_ago, pair.now) if one.begun]
    book.rows(_MONTHS, [_month(book, one) for one in counts], row_height=5.8)
    book.told(DEFINITION, 7.5)


def _sentences(book: Book, count: Count) -> list[str]:
    said: list[str] = []
    for language in book.words.languages:
        with i18n.use(language):
            said.append(patrols_trend.sentence(count))
    return list(dict.fromkeys(said))


def _month(book: Book, one: Count) -> list[Cell]:
    rate = one.interval
    return [
        patrols_trend.span(one), str(one.patrols), str(one.positive) if one.patrols else "–",
        patrols_trend.number(one.rate),
        f"{rate.low:.1f} – {rate.high:.1f}" if rate else book.both(N_("no patrols"), 8), str(one.events),
        f"{one.missed} ÷ {one.planned}" if one.planned else "–",
    ]  # fmt: skip


def actions(book: Book) -> None:
    """Write how far the corrective actions are; who does what and why stands in the plan."""
    book.chapter(ACTIONS)
    book.figures("K13", "K13b")
    rows = book.data.actions
    stages = [row.action.stage for row in rows]
    book.row(
        Field(N_("Not done"), str(sum(1 for s in stages if s in (Stage.OPEN, Stage.IN_PROGRESS)))),
        Field(N_("Overdue"), str(sum(1 for row in rows if row.late))),
        Field(N_("To verify"), str(stages.count(Stage.DONE))),
        Field(N_("Verified"), str(stages.count(Stage.VERIFIED))), Field(N_("Closed"), str(stages.count(Stage.CLOSED))),
        Field(N_("No action, with grounds"), str(stages.count(Stage.NO_ACTION)), 1.8),
        Field(N_("Repeat"), str(sum(1 for row in rows if row.action.repeat is Repeat.REPEAT))), height=9.5,
    )  # fmt: skip
    book.gap(3)
    if rows:
        book.rows(_ACTIONS, [_action(book, row) for row in rows])
    else:
        book.told(N_("No corrective action was begun in this time, and none is open from before."), 9)
    book.told(
        N_("As the actions stand on the day of printing. Finding, root cause, correction, prevention and evidence of"
           " each stand in the corrective action plan (annex), in the columns auditors know."), 7.5,
    )  # fmt: skip


def _action(book: Book, row: PlanRow) -> list[Cell]:
    one = row.action
    asked: Cell = book.both(row.wording, 7.6) if row.wording else book.both(N_("see the plan"), 7.6)
    item = ((one.item, 6.4, False),) if one.item else ()
    return [
        one.number, (*book.both(one.source.word, 7.6), *item), asked, book.both(one.severity.word, 7.6),
        iso(one.found_on), iso(one.due), book.both(row.status, 7.6, bold=row.late),
    ]  # fmt: skip
