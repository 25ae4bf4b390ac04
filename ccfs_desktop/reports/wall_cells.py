"""The cells of the wall roster: a shift with its group's letter, breaks in small type, and the signs beside a name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import MM
from ccfs_desktop.reports.kit.text import SMALLEST
from ccfs_desktop.reports.kit.words import Words, clock
from ccfs_desktop.services.roster_paper import Mark, WallCell, WallDay, WallPart, WallRoster, WallShift
from ccfs_desktop.services.sheet_geometry import Box

_LARGEST = 17.0
_SMALL = 0.66
"""Size of breaks beside the times."""
_LEAST = 0.62
"""To which part of its size a break may shrink before the times do."""
_READABLE = 4.0
"""Points: a break beside the times may get so small before it goes under them, for then the times must shrink too."""
_LEADING, _DENSE = 1.22, 1.1
"""Distance of lines in font sizes; and where a row holds more than it is made for."""
_TWO_LINES = 7.4
"""Points: below this, a break stands beside the times, not under them."""

_MARK = 1.35
"""Width of a letter with the white beside it, in font sizes."""
_ROLES = 9.0
"""Millimetres: so high a row has room for the role below the name."""
_BOLD, _BOLD_HAN = 9.5, 12.0
"""Points: below this, heavy strokes close the signs; Chinese ones, whose face has no bold, earlier."""
_HAN = "\u2e80"
"""From here on Unicode has the signs of East Asia."""

SIGNS = {
    Mark.FIRST_AIDER: N_("first-aider"),
    Mark.KEYHOLDER: N_("has the keys"),
    Mark.NOT_COUNTED: N_("does not count towards the ratio"),
}


@dataclass(frozen=True)
class Type:
    """How large things are written, in points."""

    name: float
    role: float
    """0 where there is no room for it."""
    time: float
    bold: bool
    """Whether names are written in heavy strokes."""
    two_lines: bool
    """Whether breaks stand under the times."""


def name_size(row: float) -> float:
    """Return the size of names in a row of some height in millimetres; a high row has the role below."""
    high = (row - 0.8) * MM
    return min(16.0, high * 0.46 if row >= _ROLES else high / 1.2)


def sized(paper: Paper, across: float, row: float, data: WallRoster) -> Type:
    """Return the sizes for cells of a width and a height.

    Args:
        paper: measures.
        across: width of a day, in millimetres.
        row: height of a row, in millimetres.
        data: whose shifts must fit.
    """
    parts = any(shift.parts for r in data.rows for cell in r.cells for shift in cell.shifts)
    high = (row - 0.8) * MM
    below = high / (1.2 + _SMALL * 1.25) if parts else high / 1.25
    two = not parts or below >= _TWO_LINES
    # As wide as one usual shift needs; what is wider is made smaller cell by cell.
    usual = paper.measure("00:00–00:00", 10, bold=True) + 10 * _MARK / MM
    beside = 0.0 if two else paper.measure("  (00:00–00:00)", 10 * _SMALL)
    time = min(_LARGEST, below if two else high / 1.25, (across - 2.6) / (usual + beside) * 10)
    name = min(name_size(row), max(time * 1.3, 9.0))
    han = any(letter >= _HAN for r in data.rows for letter in r.name)
    role = min(8.5, name * 0.62) if row >= _ROLES else 0.0
    return Type(name, role, time, name >= (_BOLD_HAN if han else _BOLD), two)


def short_date(locale: str) -> str:
    """Return the pattern of a day and a month in numbers, in the order of the language."""
    return {"zh_CN": "M月d日", "vi": "d/M", "tr": "d MMM"}.get(locale, "d MMM")


# ----------------------------------------------------------------------------------------------------------- one cell
@dataclass(frozen=True)
class _Piece:
    """Some words of a line, or the letter of a group."""

    words: str
    size: float
    bold: bool = False
    group: int | None = None


_Line = list[_Piece]


def draw(paper: Paper, words: Words, box: Box, cell: WallCell, marks: frozenset[Mark], kind: Type) -> None:
    """Draw one person's day.

    Args:
        paper: the page.
        words: its languages.
        box: the cell.
        cell: what stands in it.
        marks: signs that hold on this day but not on all.
        kind: the sizes.
    """
    inner = box.inside(1.1, 0.3)
    if not cell.shifts:
        said = " / ".join(words.each(N_("away"))) if cell.away else "–"
        paper.fill(inner, said, kind.time * 0.7, align="centre", most=1)
        return
    side = len(marks) * (kind.time * 0.9 / MM + 0.6)
    lines = _arranged(paper, cell.shifts, kind, inner.width - side, inner.height)
    high = sum(_height(line) for line in lines)
    scale = min(1.0, inner.height / high)
    y = inner.top + (inner.height - high * scale) / 2
    for line in lines:
        _write(paper, Box(inner.left, y, inner.width - side, _height(line) * scale), line, scale)
        y += _height(line) * scale
    _signs(paper, inner, marks, kind.time * 0.9 / MM)


def _arranged(paper: Paper, shifts: Sequence[WallShift], kind: Type, across: float, down: float) -> list[_Line]:
    """Return a cell's lines; where the breaks beside the times became too small to read, they stand under them."""
    lines = [line for shift in shifts for line in _lines(shift, kind)]
    if kind.two_lines or all(_squeeze(paper, line, across) * kind.time * _SMALL >= _READABLE for line in lines):
        return lines
    time = min(kind.time, down / len(shifts) * MM / _DENSE - SMALLEST)
    stacked = Type(kind.name, kind.role, max(time, SMALLEST), kind.bold, two_lines=True)
    return [line for shift in shifts for line in _lines(shift, stacked, SMALLEST)]


def _lines(shift: WallShift, kind: Type, small: float = 0.0) -> Iterator[_Line]:
    times = _Piece(f"{clock(shift.starts)}–{clock(shift.ends)}", kind.time, bold=True)
    letter = _Piece("", kind.time, group=-1 if shift.group is None else shift.group)
    parts = [piece for part in shift.parts for piece in _part(part, small or kind.time * _SMALL)]
    if not kind.two_lines:
        yield [letter, times, *parts]
        return
    yield [letter, times]
    if parts:
        # One break stands under the times; more begin at the edge, where there is more room.
        yield [*([_Piece("", kind.time, group=-1)] if len(shift.parts) == 1 else []), *parts]


def _part(part: WallPart, size: float) -> Iterator[_Piece]:
    told = f"{clock(part.starts)}–{clock(part.ends)}"
    if part.group is not None:
        yield _Piece(" →", size)
        yield _Piece("", size, group=part.group)
        yield _Piece(told, size)
    else:
        yield _Piece(f" [{told}]" if part.errand else f" ({told})", size)


def _width(paper: Paper, piece: _Piece) -> float:
    if piece.group is not None:
        return piece.size * _MARK / MM
    return paper.measure(piece.words, piece.size, bold=piece.bold)


def _height(line: _Line) -> float:
    return max(piece.size for piece in line if piece.group != -1 or len(line) == 1) * _LEADING / MM


def _squeeze(paper: Paper, line: _Line, across: float) -> float:
    """Return to which part of its size what is small in a line must shrink."""
    main = max(piece.size for piece in line)
    large = sum(_width(paper, piece) for piece in line if piece.size == main)
    small = sum(_width(paper, piece) for piece in line if piece.size < main)
    return min(1.0, max((across - large) / small, _LEAST)) if small else 1.0


def _write(paper: Paper, box: Box, line: _Line, scale: float) -> None:
    """Write a line; where it is too wide, what is small gets smaller first, then all of it."""
    main = max(piece.size for piece in line)
    squeeze = _squeeze(paper, line, box.width / scale)
    wide = sum(_width(paper, piece) * (squeeze if piece.size < main else 1.0) for piece in line) * scale
    again = min(1.0, box.width / wide)
    x, middle = box.left, box.middle[1]
    for piece in line:
        size = piece.size * scale * again * (squeeze if piece.size < main else 1.0)
        if piece.group is None:
            x += paper.text(x, middle + 0.36 * size / MM, piece.words, size, bold=piece.bold)
        else:
            if piece.group >= 0:
                letter(paper, Box(x, middle - size * 0.52 / MM, size * 1.04 / MM, size * 1.04 / MM), piece.group)
            x += size * _MARK / MM


def _signs(paper: Paper, box: Box, marks: frozenset[Mark], size: float) -> None:
    x = box.right
    for kind in Mark:
        if kind in marks:
            x -= size + 0.4
            sign(paper, Box(x, box.top + (box.height - size) / 2, size, size), kind)


# ---------------------------------------------------------------------------------------------------- letters and signs
def letter(paper: Paper, box: Box, group: int) -> None:
    """Draw a group's letter: each of four neighbours has another outline, so that none needs a colour."""
    filled, round_ = group % 2 == 0, group // 2 % 2 == 1
    if round_:
        paper.circle(*box.middle, box.height / 2 - (0 if filled else 0.15), 0.3, filled=filled)
    else:
        paper.box(box if filled else box.inside(0.15), 0.3, filled=filled)
    size = box.height * 0.74 * MM
    x, y = box.middle
    told = name_of(group)
    if filled:
        with paper.white():
            paper.text(x, y + 0.36 * size / MM, told, size, bold=True, align="centre")
    else:
        paper.text(x, y + 0.36 * size / MM, told, size, bold=True, align="centre")


def name_of(group: int) -> str:
    """Return a group's letter."""
    return chr(ord("A") + group) if group < 26 else str(group + 1)


def sign(paper: Paper, box: Box, kind: Mark) -> None:
    """Draw the sign of a qualification: a cross, a key, or a dash in brackets."""
    _DRAWN[kind](paper, box)


def _cross(paper: Paper, box: Box) -> None:
    arm = box.width * 0.32
    x, y = box.middle
    paper.box(Box(x - arm / 2, box.top, arm, box.height), filled=True)
    paper.box(Box(box.left, y - arm / 2, box.width, arm), filled=True)


def _key(paper: Paper, box: Box) -> None:
    x, y = box.left + box.width * 0.27, box.middle[1]
    radius, thick = box.width * 0.23, box.width * 0.13
    paper.circle(x, y, radius, thick)
    paper.box(Box(x + radius, y - thick / 2, box.right - x - radius, thick), filled=True)
    for tooth in (0.72, 0.9):
        paper.box(Box(box.left + box.width * tooth - thick / 2, y, thick, box.height * 0.26), filled=True)


def _dash(paper: Paper, box: Box) -> None:
    size = box.height * 0.95 * MM
    paper.text(box.middle[0], box.middle[1] + 0.36 * size / MM, "(–)", size, align="centre")


_DRAWN: dict[Mark, Callable[[Paper, Box], None]] = {
    Mark.FIRST_AIDER: _cross,
    Mark.KEYHOLDER: _key,
    Mark.NOT_COUNTED: _dash,
}


def need(paper: Paper, words: Words, box: Box, day: WallDay) -> None:
    """Draw what a day needs against what is planned; white on black where adults are missing."""
    if not day.required:
        paper.fill(box, "–", 9, align="centre", most=1)
        return
    inner = box.inside(1.1, 0.6)
    told = f"{day.required} / {day.planned}"
    small = [*_short(words, day), *day.lacks]
    lines = 3.4 * min(2, len(small))
    large = Box(inner.left, inner.top, inner.width, inner.height - lines)
    if day.short:
        wide = paper.measure(told, 14, bold=True) + 5
        paper.box(Box(large.middle[0] - wide / 2, large.top, wide, large.height), filled=True)
        with paper.white():
            paper.fill(large, told, 14, bold=True, align="centre", most=1)
    else:
        paper.fill(large, told, 14, bold=True, align="centre", most=1)
    for place, line in enumerate(small[:2]):
        below = Box(inner.left, large.bottom + 3.4 * place, inner.width, 3.4)
        paper.fill(below, line, 7, bold=bool(day.short) and not place, align="centre", most=1)


def _short(words: Words, day: WallDay) -> list[str]:
    if not day.short:
        return []
    told = ", ".join(f"{clock(start)}–{clock(end)}" for start, end in day.short)
    return [f"{words.first(N_('short'))} {told}"]


def legend(paper: Paper, words: Words, groups: Sequence[str], box: Box) -> None:
    """Explain letters and signs on one line that is as long as the page is wide."""
    size = 8.0
    entries: list[tuple[Callable[[Box], None] | None, str]] = [
        (lambda at, n=number: letter(paper, at, n), name) for number, name in enumerate(groups)
    ]
    entries += [(lambda at, k=kind: sign(paper, at, k), " / ".join(words.each(said))) for kind, said in SIGNS.items()]
    entries += [
        (None, f"( ) {' / '.join(words.each(N_('break')))}"),
        (None, f"[ ] {' / '.join(words.each(N_('errand')))}"),
        (None, f"→ {' / '.join(words.each(N_('in another group')))}"),
    ]
    gap, mark = 4.0, 4.4
    wanted = sum(paper.measure(text, size) + gap + (mark if drawn else 0) for drawn, text in entries)
    shrink = min(1.0, box.width / wanted)
    x = box.left
    for drawn, text in entries:
        if drawn:
            high = 3.4 * max(shrink, 0.75)
            drawn(Box(x, box.middle[1] - high / 2, high, high))
            x += mark * shrink
        room = paper.measure(text, size) * shrink
        paper.fill(Box(x, box.top, room + 0.1, box.height), text, size, most=1)
        x += room + gap * shrink
