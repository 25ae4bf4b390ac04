"""Figures: drawn once with ``reportlab.graphics``, printed and shown on the screen from the same drawing.

A figure is measured in units from its top left corner; paper and screen scale the whole of it to the room there is. Its
colours are tones by name: the screen has its own in both themes, paper those below; what a tone says is also said by a
shape or a word, so that a copier's grey loses nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reportlab.graphics.shapes import Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.lib.colors import Color

from ccfs_desktop.reports.kit.surface import MM, Surface
from ccfs_desktop.services.sheet_geometry import Box

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

PAPER: dict[str, tuple[float, float, float]] = {
    "text": (0.0, 0.0, 0.0),
    "quiet": (0.33, 0.33, 0.33),
    "hairline": (0.82, 0.82, 0.82),
    "edge": (0.55, 0.55, 0.55),
    "accent": (0.06, 0.46, 0.43),
    "accent_soft": (0.84, 0.92, 0.91),
    "danger": (0.70, 0.15, 0.12),
    "danger_soft": (0.99, 0.92, 0.91),
    "warning": (0.54, 0.33, 0.0),
}
"""The tones on paper, as red, green and blue."""


class Ink(Color):
    """A colour that remembers which tone it is."""

    def __init__(self, tone: str) -> None:
        """Take a tone by its name."""
        super().__init__(*PAPER[tone])
        self.tone = tone


@dataclass(frozen=True)
class Area:
    """A filled shape."""

    points: tuple[Point, ...]
    tone: str


@dataclass(frozen=True)
class Stroke:
    """A line through points."""

    points: tuple[Point, ...]
    tone: str
    weight: float


@dataclass(frozen=True)
class Word:
    """A line of text; the point is on its base line."""

    at: Point
    text: str
    size: float
    tone: str
    bold: bool
    anchor: Anchor


Mark = Area | Stroke | Word


@dataclass(frozen=True)
class Hint:
    """What the screen says where the pointer rests; paper has no use for it."""

    left: float
    top: float
    width: float
    height: float
    text: str


class Figure:
    """A drawing under way, and what it says to those who cannot see it."""

    def __init__(self, width: float, height: float, title: str) -> None:
        """Begin a figure.

        Args:
            width: in units.
            height: in units.
            title: what it shows, for a screen reader.
        """
        self.width, self.height, self.title = width, height, title
        self.drawing = Drawing(width, height)
        self.hints: list[Hint] = []

    def area(self, left: float, top: float, width: float, height: float, tone: str) -> None:
        """Fill a rectangle."""
        made = Rect(left, self.height - top - height, width, height)
        made.fillColor, made.strokeColor, made.strokeWidth = Ink(tone), None, 0  # pyright: ignore
        self.drawing.add(made)

    def shape(self, points: Sequence[Point], tone: str) -> None:
        """Fill a closed outline."""
        flat = [value for x, y in points for value in (x, self.height - y)]
        self.drawing.add(Polygon(flat, fillColor=Ink(tone), strokeColor=None, strokeWidth=0))

    def line(self, points: Sequence[Point], tone: str = "text", weight: float = 1.0) -> None:
        """Draw a line through points."""
        flat = [value for x, y in points for value in (x, self.height - y)]
        self.drawing.add(PolyLine(flat, strokeColor=Ink(tone), strokeWidth=weight))

    def text(
        self, x: float, y: float, words: str, size: float = 9, tone: str = "text", *, bold: bool = False,
        anchor: Anchor = "start",
    ) -> None:  # fmt: skip
        """Write a line; ``y`` is its base line."""
        self.drawing.add(
            String(
                x, self.height - y, words, fontSize=size, fontName="Helvetica-Bold" if bold else "Helvetica",
                textAnchor=anchor, fillColor=Ink(tone),
            )
        )  # fmt: skip

    def hatch(self, left: float, top: float, width: float, height: float, tone: str, *, gap: float = 3.5) -> None:
        """Hatch a rectangle with rising lines."""
        steps = int((width + height) / gap) + 1
        for n in range(1, steps):
            offset = n * gap
            x1, y1 = left + max(0.0, offset - height), top + min(height, offset)
            x2, y2 = left + min(width, offset), top + max(0.0, offset - width)
            if x1 < x2:
                self.line(((x1, y1), (x2, y2)), tone, 0.7)

    def hint(self, left: float, top: float, width: float, height: float, text: str) -> None:
        """Let the screen say something where the pointer rests."""
        self.hints.append(Hint(left, top, width, height, text))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What there is to draw, in order, measured from the top left corner."""
        return tuple(_marks(self.drawing.contents, self.height))

    @property
    def words(self) -> list[str]:
        """The texts in it."""
        return [mark.text for mark in self.marks if isinstance(mark, Word)]


def place(surface: Surface, box: Box, figure: Figure) -> float:
    """Print a figure as wide as a box.

    Args:
        surface: the page.
        box: only its left, top and width count.
        figure: the figure.

    Returns:
        where the figure ends, in millimetres from the top.
    """
    scale = box.width / figure.width
    canvas = surface.canvas
    for mark in figure.marks:
        canvas.saveState()
        red, green, blue = PAPER[mark.tone]
        canvas.setFillColorRGB(red, green, blue)
        canvas.setStrokeColorRGB(red, green, blue)
        if isinstance(mark, Word):
            align = {"start": "left", "middle": "centre", "end": "right"}[mark.anchor]
            x, y = box.left + mark.at[0] * scale, box.top + mark.at[1] * scale
            surface.text(x, y, mark.text, mark.size * scale * MM, bold=mark.bold, align=align)  # pyright: ignore[reportArgumentType]
        else:
            _trace(surface, mark, box, scale)
        canvas.restoreState()
    return box.top + figure.height * scale


def _trace(surface: Surface, mark: Area | Stroke, box: Box, scale: float) -> None:
    canvas = surface.canvas
    path = canvas.beginPath()
    for index, (x, y) in enumerate(mark.points):
        step = path.lineTo if index else path.moveTo
        step((box.left + x * scale) * MM, (surface.height - box.top - y * scale) * MM)
    if isinstance(mark, Area):
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    else:
        canvas.setLineWidth(mark.weight * scale * MM)
        canvas.drawPath(path, stroke=1, fill=0)


def _marks(shapes: Iterable[Any], height: float) -> Iterator[Mark]:
    for shape in shapes:
        if isinstance(shape, Rect):
            left, right = float(shape.x), float(shape.x + shape.width)
            top, bottom = height - float(shape.y + shape.height), height - float(shape.y)
            yield Area(((left, top), (right, top), (right, bottom), (left, bottom)), _tone(shape.fillColor))
        elif isinstance(shape, Polygon):
            yield Area(_points(shape.points, height), _tone(shape.fillColor))
        elif isinstance(shape, PolyLine):
            yield Stroke(_points(shape.points, height), _tone(shape.strokeColor), float(shape.strokeWidth))
        elif isinstance(shape, Line):
            ends = ((float(shape.x1), height - float(shape.y1)), (float(shape.x2), height - float(shape.y2)))
            yield Stroke(ends, _tone(shape.strokeColor), float(shape.strokeWidth))
        elif isinstance(shape, String):
            at = (float(shape.x), height - float(shape.y))
            bold = str(shape.fontName).endswith("Bold")
            yield Word(
                at, str(shape.text), float(shape.fontSize), _tone(shape.fillColor), bold, _anchor(shape.textAnchor)
            )


def _points(flat: Sequence[float], height: float) -> tuple[Point, ...]:
    return tuple((float(x), height - float(y)) for x, y in zip(flat[::2], flat[1::2], strict=True))


def _anchor(text: str) -> Anchor:
    return "end" if text == "end" else "middle" if text == "middle" else "start"


def _tone(colour: Any) -> str:
    return colour.tone if isinstance(colour, Ink) else "text"
