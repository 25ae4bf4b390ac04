"""The summary on one page: six numbers, the days, and what somebody must see to. Source: domain.md 5.4 (R1), 8.22."""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.attendance_chart import chart
from ccfs_desktop.reports.compliance_kit import Book, chapters_of
from ccfs_desktop.reports.kit import figure
from ccfs_desktop.reports.kit.surface import FRAME
from ccfs_desktop.reports.kit.table import Column
from ccfs_desktop.services.compliance import Point
from ccfs_desktop.services.sheet_geometry import Box

_TILES = ("K03", "K04", "K10", "K11", "K13", "K14b")
"""The six numbers of the page; ours."""
_ACROSS, _TALL, _GAP = 3, 27.0, 3.0
_POINTS = (
    Column(N_("What somebody must see to"), 128, size=8.5),
    Column(N_("How many"), 18, "centre", size=9.5, bold=True),
    Column(N_("Of"), 18, "centre", size=8.5),
    Column(N_("Chapter"), 22, "centre", size=8.5),
)
_READ = N_(
    "Every number is reckoned from the records of the space on the day this was printed, and is a count of these"
    " records, not an estimate. The interval says how far chance alone may move a number so small (95 per cent; Wilson"
    " for shares, exact Poisson for rates); days of the same child are not independent, so it is rather too narrow."
)


def draw(book: Book) -> None:
    """Write the page from where the book stands."""
    _tiles(book)
    drawn = chart(book.data.days)
    book.y = figure.place(book.paper, Box(book.left, book.y, book.across, 0), drawn) + 2
    if book.data.points:
        book.rows(_POINTS, [_point(book, one) for one in book.data.points], row_height=6)
    else:
        book.told(N_("By these records nothing is open."), 10)
        book.gap(2)
    book.told(_READ, 7.5)


def _tiles(book: Book) -> None:
    wide = (book.across - _GAP * (_ACROSS - 1)) / _ACROSS
    for place, id_ in enumerate(_TILES):
        column, row = place % _ACROSS, place // _ACROSS
        _tile(book, id_, Box(book.left + column * (wide + _GAP), book.y + row * (_TALL + _GAP), wide, _TALL))
    book.y += -(-len(_TILES) // _ACROSS) * (_TALL + _GAP)


def _tile(book: Book, id_: str, box: Box) -> None:
    figures = book.data.spoken(id_)
    first = figures[0]
    book.paper.box(box, FRAME)
    inside = box.inside(2, 1.2)
    titles = list(dict.fromkeys(one.title for one in figures))
    book.paper.fill(Box(inside.left, inside.top, inside.width, 4.4), titles[0], 9, bold=True, most=1)
    book.paper.fill(Box(inside.left, inside.top + 4.3, inside.width, 3.4), " / ".join(titles[1:]), 7, most=1)
    book.paper.fill(Box(inside.left, inside.top + 7.8, inside.width, 9.2), first.text, 20, bold=True, most=1)
    book.paper.fill(Box(inside.left, inside.top + 17, inside.width, 3.6), _under(book, id_), 8, most=1)
    if told := first.interval_text:
        line = f"{book.words.both(N_('95-per-cent interval'))}  {told}"
        book.paper.fill(Box(inside.left, inside.top + 20.6, inside.width, 3.4), line, 7, most=1)


def _under(book: Book, id_: str) -> str:
    """Say what a number rests on, without words where it can be."""
    if id_ == "K03":
        enrolled = book.data.spoken("K01")[0]
        return f"{book.words.both(N_('Enrolled children'))}: {enrolled.text}"
    return book.data.spoken(id_)[0].counted


def _point(book: Book, one: Point) -> list[str]:
    return [book.words.both(one.message), str(one.n), f"{one.all:,}" if one.all else "", chapters_of((one.part,))]
