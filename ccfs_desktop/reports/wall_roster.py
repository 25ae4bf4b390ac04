"""The week's roster for the wall: one page to be read at arm's length, in two languages, without colours.

Type and rows are as large as the number of people allows: a name has 16 points where there are few, never less than 7.

Source: `domain.md` 8.7
"""

from dataclasses import dataclass
from math import ceil

from babel.dates import format_date

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import wall_cells as cells
from ccfs_desktop.reports.kit.letter import MARGIN, foot, foot_height, sender, title_line
from ccfs_desktop.reports.kit.lines import fit
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FRAME, MM, RULE
from ccfs_desktop.reports.kit.words import Words, clock, moment
from ccfs_desktop.services.roster_paper import Mark, WallDay, WallRoster, WallRow
from ccfs_desktop.services.sheet_geometry import Box

_TITLE = N_("Roster")
_MOST = 30
"""People on a page."""

_TOP, _HEAD, _ABOVE_FOOT = 26.5, 10.2, 1.3
_LEGEND, _LINE = 6.0, 5.2
_TALLEST = 21.0
_HOURS = 15.0
_NEED = 9.0

_WEEKDAY = {"en": "en_GB"}


@dataclass(frozen=True)
class _Plan:
    """Where everything lies on one page, in millimetres, and how large it is written, in points."""

    name: float
    """Width of the column of names."""
    day: float
    row: float
    need: float
    type: cells.Type
    body: float
    """Where the rows begin."""

    def column(self, number: int) -> float:
        """Return the left edge of a day."""
        return MARGIN + self.name + number * self.day


def render(data: WallRoster) -> bytes:
    """Return the wall roster as a PDF, one page for up to thirty people."""
    words = Words(data.letterhead.languages)
    paper = Paper(
        f"{words.first(_TITLE)} {data.monday.isoformat()}", language=words.languages[0], made=data.letterhead.printed_at
    )
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages), landscape=True)
    pages = max(1, ceil(len(data.rows) / _MOST))
    each = ceil(len(data.rows) / pages)
    for number in range(pages):
        if number:
            paper.page()
        _page(paper, words, data, data.rows[number * each : (number + 1) * each], each)
    return paper.finish()


def _page(paper: Paper, words: Words, data: WallRoster, rows: tuple[WallRow, ...], count: int) -> None:
    notes = _notes(words, data)
    plan = _planned(paper, data, count, len(notes))
    _letterhead(paper, words, data)
    _heads(paper, words, data, plan)
    for number, row in enumerate(rows):
        _row(paper, words, row, plan, number)
    bottom = plan.body + len(rows) * plan.row
    _need(paper, words, data, plan, bottom)
    _grid(paper, plan, len(rows), len(data.days))
    foot_top = _foot_top(paper, data)
    y = foot_top - _LEGEND - len(notes) * _LINE
    for note, bold in notes:
        paper.fill(Box(MARGIN, y, paper.width - 2 * MARGIN, _LINE), note, 9, bold=bold, most=1)
        y += _LINE
    cells.legend(paper, words, data.groups, Box(MARGIN, foot_top - _LEGEND + 1.2, paper.width - 2 * MARGIN, 4))


def _foot_top(paper: Paper, data: WallRoster) -> float:
    return paper.height - foot_height(data.letterhead) - _ABOVE_FOOT


def _planned(paper: Paper, data: WallRoster, count: int, notes: int) -> _Plan:
    need = _NEED + (3.4 if any(d.short for d in data.days) else 0) + (3.4 if any(d.lacks for d in data.days) else 0)
    body = _TOP + _HEAD
    row = min(_TALLEST, (_foot_top(paper, data) - _LEGEND - notes * _LINE - 1 - need - body) / max(count, 1))
    across = paper.width - 2 * MARGIN - _HOURS
    size = cells.name_size(row)
    widest = max(
        (paper.measure(r.name, size, bold=True) + len(r.marks) * size * 1.25 / MM for r in data.rows), default=30
    )
    name = min(max(34.0, widest + 5), across * (0.22 if len(data.days) > 5 else 0.25))
    day = (across - name) / max(len(data.days), 1)
    return _Plan(name, day, row, need, cells.sized(paper, day, row, data), body)


# ------------------------------------------------------------------------------------------------ above the table
def _letterhead(paper: Paper, words: Words, data: WallRoster) -> None:
    right = 84.0
    across = paper.width - 2 * MARGIN - right - 4
    paper.fill(Box(MARGIN, 7.2, across, 4.2), sender(data.letterhead), 8, most=1)
    title_line(paper, words, _TITLE, Box(MARGIN, 11.2, across, 7.8), 19)
    weeks = [_week(data, language) for language in words.languages]
    paper.fill(Box(MARGIN, 19, across, 6), "   ".join(dict.fromkeys(weeks)), 12, bold=True, most=1)
    _state(paper, words, data, Box(paper.width - MARGIN - right, 7, right, 17.6))


def _week(data: WallRoster, language: str) -> str:
    locale = _WEEKDAY.get(language, language)
    first, last = data.monday, data.days[-1].day if data.days else data.monday
    return f"{format_date(first, 'long', locale=locale)} – {format_date(last, 'long', locale=locale)}"


def _state(paper: Paper, words: Words, data: WallRoster, box: Box) -> None:
    """Say large whether this is what was published."""
    if not data.published_by:
        _shout(paper, words, box, N_("DRAFT"), N_("Not published: may still change."))
    elif data.changed:
        _shout(paper, words, box, N_("CHANGED"), N_("Changed since it was published: publish it again."))
    else:
        paper.box(box, FRAME)
        said = words.each(N_("Published by {name}"), name=data.published_by)
        inner = box.inside(2.5, 1.5)
        paper.fill(Box(inner.left, inner.top - 0.4, inner.width, 5.8), said[0], 13, bold=True, most=1)
        for place, other in enumerate(said[1:2]):
            paper.fill(Box(inner.left, inner.top + 5.6 + place * 4, inner.width, 3.8), other, 8.5, most=1)
        paper.fill(Box(inner.left, inner.bottom - 4.2, inner.width, 4.6), moment(data.published_at), 10, most=1)


def _shout(paper: Paper, words: Words, box: Box, message: str, why: str) -> None:
    paper.box(box, filled=True)
    said, whys = words.each(message), words.each(why)
    with paper.white():
        paper.fill(Box(box.left + 3, box.top, box.width - 6, 9.8), " / ".join(said), 26, bold=True, most=1)
        for place, sentence in enumerate(whys[:2]):
            line = Box(box.left + 3, box.top + 9.3 + place * 3.4, box.width - 6, 3.8)
            paper.fill(line, sentence, 8.5 if not place else 7.5, most=1)


def _notes(words: Words, data: WallRoster) -> list[tuple[str, bool]]:
    """Return what stands below the table: why a roster that is short was published, and what changed since."""
    notes: list[tuple[str, bool]] = []
    if data.approved_by:
        said = words.each(N_("Published with {minutes} minutes short, by {name}"), minutes=data.breach_minutes,
                          name=data.approved_by)  # fmt: skip
        notes.append((f"{' / '.join(said)}: {data.reason}", True))
    if data.changed:
        said = words.each(N_("Changed since it was published"))
        notes.append((f"{' / '.join(said)}: {' '.join(data.changed)}", False))
    return notes


# ------------------------------------------------------------------------------------------------------ the table
def _heads(paper: Paper, words: Words, data: WallRoster, plan: _Plan) -> None:
    top = _TOP
    words.heading(paper, Box(MARGIN, top, plan.name, _HEAD).inside(1.2, 0.6), N_("Name"), 10, align="left")
    for number, day in enumerate(data.days):
        box = Box(plan.column(number), top, plan.day, _HEAD).inside(1.4, 0.5)
        first, *others = dict.fromkeys(_day(day, language) for language in words.languages)
        hours = f"{clock(day.opens)}–{clock(day.closes)}" if day.opens else ""
        told = "  ".join(filter(None, (*others, hours)))
        high = 5.8 if told else box.height
        paper.fill(Box(box.left, box.top, box.width, high), first, 13, bold=True, align="centre", most=1)
        below = Box(box.left, box.top + high, box.width, box.height - high)
        paper.fill(below, told, 7.5, align="centre", most=1)
    hours = Box(paper.width - MARGIN - _HOURS, top, _HOURS, _HEAD).inside(0.6, 0.6)
    words.heading(paper, hours, N_("Hours of work"), 8)


def _day(day: WallDay, language: str) -> str:
    locale = _WEEKDAY.get(language, language)
    return (
        f"{format_date(day.day, 'EEE', locale=locale)} {format_date(day.day, cells.short_date(locale), locale=locale)}"
    )


def _row(paper: Paper, words: Words, row: WallRow, plan: _Plan, number: int) -> None:
    top = plan.body + number * plan.row
    if number % 2:
        paper.shade(Box(MARGIN, top, paper.width - 2 * MARGIN, plan.row))
    _name(paper, row, Box(MARGIN, top, plan.name, plan.row), plan)
    for place, cell in enumerate(row.cells):
        box = Box(plan.column(place), top, plan.day, plan.row)
        cells.draw(paper, words, box, cell, cell.marks - row.marks, plan.type)
    hours = Box(paper.width - MARGIN - _HOURS, top, _HOURS, plan.row).inside(1, 0.2)
    if row.minutes:
        paper.fill(hours, f"{row.minutes // 60}:{row.minutes % 60:02}", plan.type.time * 0.9, align="right", most=1)


def _name(paper: Paper, row: WallRow, box: Box, plan: _Plan) -> None:
    """Write a name with its signs, and the role below where there is room, as one block in the middle."""
    size, role = plan.type.name, plan.type.role
    bold = plan.type.bold
    mark = size * 0.95 / MM
    room = Box(box.left + 1.4, box.top, box.width - 2.4 - _beside(row, mark), box.height)
    below = role * 1.3 / MM if role else 0.0
    limit = (room.width * MM, (box.height - below - 0.3) * MM)
    fitted = fit(row.name, size, limit, bold=bold, most=2)
    top = box.top + (box.height - below - fitted.height / MM) / 2
    end = paper.lines(room.left, top, fitted, bold=bold)
    x = room.left + max(paper.measure(line, fitted.size, bold=bold) for line in fitted.lines) + 1.2
    for kind in Mark:
        if kind in row.marks:
            cells.sign(paper, Box(x, (top + end - mark) / 2, mark, mark), kind)
            x += mark + 0.8
    if role:
        paper.fill(Box(room.left, end - 0.3, box.width - 2.2, below), " / ".join(row.role), role, at="top", most=1)


def _beside(row: WallRow, mark: float) -> float:
    """Return how much room the signs beside a name need, in millimetres."""
    return 1.2 + len(row.marks) * (mark + 0.8) if row.marks else 0.0


def _need(paper: Paper, words: Words, data: WallRoster, plan: _Plan, top: float) -> None:
    """Draw the row that holds the adults needed against the adults planned."""
    label = Box(MARGIN, top, plan.name, plan.need).inside(1.2, 0.6)
    words.heading(paper, label, N_("Needed / planned, at the tightest time"), 8.5, align="left")
    for number, day in enumerate(data.days):
        cells.need(paper, words, Box(plan.column(number), top, plan.day, plan.need), day)


def _grid(paper: Paper, plan: _Plan, rows: int, days: int) -> None:
    left, right = MARGIN, paper.width - MARGIN
    bottom = plan.body + rows * plan.row
    for number in range(1, rows):
        y = plan.body + number * plan.row
        paper.line(left, y, right, y, RULE)
    for number in range(days + 1):
        paper.line(plan.column(number), _TOP, plan.column(number), bottom + plan.need, RULE)
    paper.line(left, plan.body, right, plan.body, FRAME)
    paper.line(left, bottom, right, bottom, FRAME)
    paper.box(Box(left, _TOP, right - left, bottom + plan.need - _TOP), FRAME)
