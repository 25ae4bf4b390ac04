"""Everybody in the space and whom to call: the list that leaves the building with the children.

Source: `domain.md` 8.2
"""

from collections.abc import Callable

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.marks import alert, legend
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import RULE
from ccfs_desktop.reports.kit.table import Cell, Column, Part, Table
from ccfs_desktop.reports.kit.words import Words, age_text, clock
from ccfs_desktop.services.papers import Adult, EmergencyList, EmergencyRow, OtherHere
from ccfs_desktop.services.sheet_geometry import Box

_TITLE = N_("Emergency list")

_PHOTO = 15.0
_ROLL_CALLS = ("1", "2", "3")
_OTHERS = (
    Column(N_("No."), 7, "centre"),
    Column(N_("Adults in the space"), 66),
    Column(N_("Role"), 60, size=8.5),
    Column(N_("Organisation"), 60, size=8.5),
    Column(N_("Host"), 40, size=8.5),
    Column(N_("Time in"), 20, "centre", 9),
    *(Column(number, 20 / 3, "centre", head_size=9) for number in _ROLL_CALLS),
)


def render(data: EmergencyList) -> bytes:
    """Return the emergency list as a PDF."""
    words = Words(data.letterhead.languages)
    title = f"{words.first(_TITLE)} {data.day.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    draw(paper, data)
    return paper.finish()


def draw(paper: Paper, data: EmergencyList) -> None:
    """Draw the list's pages into a document."""
    words = Words(data.letterhead.languages)

    def furniture(page: int, pages: int) -> None:
        legend(paper, words, MARGIN, paper.height - 15.2, paper.width - MARGIN)
        if page == 1:
            _roll_calls(paper, words)
        foot(paper, words, data.letterhead, page, pages, note=words.both(N_("Confidential")))

    def top() -> float:
        return head(paper, words, data.letterhead, _TITLE, under=_under(words, data), right=114)

    def turn() -> float:
        paper.page()
        return top()

    paper.section(furniture, landscape=True)
    pictured = any(row.photo for row in data.rows)
    table = Table(paper, words, _columns(pictured), MARGIN, row_height=_PHOTO + 2 if pictured else 12)
    rows = [_row(paper, words, index, row, pictured) for index, row in enumerate(data.rows, start=1)]
    bottom = paper.height - BOTTOM - 3
    y = table.draw(rows, top(), bottom, turn)
    if data.others:
        _others(paper, words, data.others, (y + 5, bottom, turn))


def _others(
    paper: Paper, words: Words, others: tuple[OtherHere, ...], room: tuple[float, float, Callable[[], float]]
) -> None:
    """The adults to be counted as well: who is on duty, then the visitors."""
    y, bottom, turn = room
    table = Table(paper, words, _OTHERS, MARGIN, row_height=8)
    tick, visitor = _tick(paper), words.both(N_("Visitor"))
    rows: list[list[Cell]] = [
        [str(index), ((other.name, 10, True),), visitor if other.visitor else words.both(other.what),
         other.what if other.visitor else "", other.host, clock(other.since), *[tick] * len(_ROLL_CALLS)]
        for index, other in enumerate(others, start=1)
    ]  # fmt: skip
    table.draw(rows, y if y + 20 <= bottom else turn(), bottom, turn)


def _under(words: Words, data: EmergencyList) -> tuple[str, ...]:
    day, *others = words.days(data.day)
    counts = [" / ".join(words.each(N_("{count} children"), count=len(data.rows)))]
    if data.others is not None:
        guests = sum(other.visitor for other in data.others)
        heads = {"adults": len(data.others) - guests, "visitors": guests, "all": len(data.rows) + len(data.others)}
        counts += [" / ".join(words.each(N_("Adults: {adults} · visitors: {visitors} · heads in all: {all}"), **heads))]
    return (day, "   ·   ".join([*others, *counts]))


def _columns(pictured: bool) -> list[Column]:
    photo = [Column(N_("Photo"), _PHOTO - 1)] if pictured else []
    more = 0.0 if pictured else (_PHOTO - 1) / 2
    return [
        Column(N_("No."), 7, "centre"),
        *photo,
        Column(N_("Child"), 38 + more),
        Column(N_("Take care"), 10),
        Column(N_("Parents"), 54 + more, size=7.5),
        Column(N_("Emergency contacts"), 48, size=7.5),
        Column(N_("Allergies, medication, what to do"), 43, size=7.5),
        Column(N_("Doctor, hospital, blood group"), 21, size=7, head_size=6.5),
        Column(N_("Must not collect"), 18, size=7, head_size=6.5),
        *(Column(number, 20 / 3, "centre", head_size=9) for number in _ROLL_CALLS),
    ]


def _row(paper: Paper, words: Words, index: int, row: EmergencyRow, pictured: bool) -> list[Cell]:
    facts = "  ·  ".join(fact for fact in (age_text(words, row.age), row.number, row.group) if fact)
    child: tuple[Part, ...] = ((row.name, 10.5, True), (row.name_latin, 7, False), (facts, 7, False))
    blood = f"{row.doctor}\n{row.blood}".strip()
    photo: list[Cell] = [_photo(paper, row.photo)] if pictured else []
    tick = _tick(paper)
    return [
        str(index),
        *photo,
        child,
        _signs(paper, row),
        _people(row.parents),
        _people(row.contacts),
        row.health,
        blood,
        row.restriction,
        *[tick] * len(_ROLL_CALLS),
    ]


def _people(adults: tuple[Adult, ...]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for adult in adults:
        who = f"{adult.name} ({adult.relation})" if adult.relation else adult.name
        parts.append((f"{who}  {adult.workplace}".strip(), 7.5, False))
        parts.append(("   ".join(adult.phones), 9, True))
    return tuple(parts)


def _photo(paper: Paper, image: bytes | None) -> Cell:
    return (lambda box: paper.picture(box.inside(0.6), image)) if image else ""


def _signs(paper: Paper, row: EmergencyRow) -> Cell:
    def draw_signs(box: Box) -> None:
        for index, kind in enumerate(row.alerts):
            x, y = box.left + 0.9 + index % 2 * 4.3, box.top + 0.7 + index // 2 * 3.8
            alert(paper, Box(x, y, 3.5, 3.5), kind)

    return draw_signs if row.alerts else ""


def _tick(paper: Paper) -> Cell:
    size = 4.4

    def draw_tick(box: Box) -> None:
        x, y = box.middle
        paper.box(Box(x - size / 2, y - size / 2, size, size), RULE)

    return draw_tick


def _roll_calls(paper: Paper, words: Words) -> None:
    """Room to write when each roll call was made, what it counted and who made it, at the right of the head."""
    columns = (
        Column(N_("Roll call"), 20, "centre", size=9, bold=True, head_size=6.5),
        Column(N_("Time"), 22, head_size=6.5),
        Column(N_("Counted"), 22, head_size=6.5),
        Column(N_("Signature"), 46, head_size=6.5),
    )
    left = paper.width - MARGIN - sum(column.width for column in columns)
    table = Table(paper, words, columns, left, head_height=6.4, row_height=5)
    table.draw([[number, "", "", ""] for number in _ROLL_CALLS], 8.6, paper.height, lambda: 0.0)
