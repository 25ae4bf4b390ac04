"""What can be drawn on a page: words, lines, shapes and pictures.

Positions are millimetres from the top left corner, as one measures paper; font sizes are points.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from reportlab.lib.utils import ImageReader

from ccfs_desktop.reports.kit.lines import Fitted, fit
from ccfs_desktop.reports.kit.text import SMALLEST, Typesetter, clean, number, width
from ccfs_desktop.services.sheet_geometry import Box

MM = 72 / 25.4
"""Points in a millimetre."""

FINE, RULE, FRAME = 0.18, 0.25, 0.4
"""Line widths in millimetres: lines to write on, the grid, the outer frame."""

Align = Literal["left", "centre", "right"]


class Surface:
    """Draws on the page of a ReportLab canvas."""

    def __init__(self, canvas: Any, height: float) -> None:
        """Draw on a canvas.

        Args:
            canvas: ReportLab's.
            height: of the page, in millimetres.
        """
        self.canvas = canvas
        self.height = height
        self._type = Typesetter(canvas)
        self._stamps: dict[object, str] = {}

    # ------------------------------------------------------------------------------------------------- words
    @property
    def missing(self) -> list[str]:
        """The letters printed as □ because no shipped font has them."""
        return sorted(self._type.missing)

    def text(
        self, x: float, y: float, words: object, size: float = 9, *, bold: bool = False, align: Align = "left"
    ) -> float:
        """Write one line.

        Args:
            x: left end, middle or right end, in millimetres.
            y: base line in millimetres from the top.
            words: what to write.
            size: font size in points.
            bold: heavy strokes.
            align: what ``x`` is.

        Returns:
            the width written, in millimetres.
        """
        line = clean(words).replace("\n", " ")
        if not line:
            return 0.0
        wide = width(line, size, bold=bold) / MM
        left = x - {"left": 0.0, "centre": wide / 2, "right": wide}[align]
        self._type.write(left * MM, (self.height - y) * MM, line, size, bold=bold)
        return wide

    def measure(self, words: object, size: float, *, bold: bool = False) -> float:
        """Return how wide a line would be, in millimetres."""
        return width(clean(words), size, bold=bold) / MM

    def fill(
        self,
        box: Box,
        words: object,
        size: float = 9,
        *,
        bold: bool = False,
        align: Align = "left",
        at: Literal["top", "middle", "bottom"] = "middle",
        most: int = 2,
        floor: float = SMALLEST,
        alone: float = 0.75,
    ) -> Fitted:
        """Write a text that never leaves its box: it gets smaller, then wraps.

        Args:
            box: where it must stay.
            words: what to write.
            size: wished font size in points.
            bold: heavy strokes.
            align: where lines begin.
            at: where the lines stand in a box that is too high for them.
            most: lines allowed at most.
            floor: smallest size in points.
            alone: down to which part of the size one line is better than several.

        Returns:
            the lines as written.
        """
        fitted = fit(
            clean(words), size, (box.width * MM, box.height * MM), bold=bold, most=most, floor=floor, alone=alone
        )
        spare = box.height - fitted.height / MM
        top = box.top + {"top": 0.0, "middle": spare / 2, "bottom": spare}[at]
        x = {"left": box.left, "centre": box.left + box.width / 2, "right": box.right}[align]
        self.lines(x, top, fitted, bold=bold, align=align)
        return fitted

    def lines(self, x: float, top: float, fitted: Fitted, *, bold: bool = False, align: Align = "left") -> float:
        """Write lines below each other.

        Returns:
            where the last one ends, in millimetres from the top.
        """
        leading = fitted.leading / MM
        base = leading / 2 + 0.36 * fitted.size / MM
        for index, line in enumerate(fitted.lines):
            self.text(x, top + index * leading + base, line, fitted.size, bold=bold, align=align)
        return top + leading * len(fitted.lines)

    # ----------------------------------------------------------------------------------------- lines and shapes
    def line(self, x1: float, y1: float, x2: float, y2: float, weight: float = RULE) -> None:
        """Draw a straight line; the weight is in millimetres."""
        self._weight(weight)
        self.canvas.line(x1 * MM, (self.height - y1) * MM, x2 * MM, (self.height - y2) * MM)

    def dots(self, x1: float, x2: float, y: float) -> None:
        """Draw a dotted line to write on."""
        self.canvas.saveState()
        self.canvas.setDash(0.4, 1.6)
        self.line(x1, y, x2, y, 0.2)
        self.canvas.restoreState()

    def box(self, box: Box, weight: float = RULE, *, filled: bool = False) -> None:
        """Draw a rectangle; a filled one has no outline."""
        self._weight(weight)
        left, bottom = box.left * MM, (self.height - box.bottom) * MM
        self.canvas.rect(left, bottom, box.width * MM, box.height * MM, stroke=not filled, fill=filled)

    def shade(self, box: Box, grey: float = 0.93) -> None:
        """Lay a light grey under what is written next; 1 is white."""
        self.canvas.setFillGray(grey)
        self.box(box, filled=True)
        self.canvas.setFillGray(0)

    def shape(self, points: Sequence[tuple[float, float]], weight: float = RULE, *, filled: bool = False) -> None:
        """Draw a closed polygon."""
        self._weight(weight)
        path = self.canvas.beginPath()
        for index, (x, y) in enumerate(points):
            (path.lineTo if index else path.moveTo)(x * MM, (self.height - y) * MM)
        path.close()
        self.canvas.drawPath(path, stroke=not filled, fill=filled)

    def circle(self, x: float, y: float, radius: float, weight: float = RULE, *, filled: bool = False) -> None:
        """Draw a circle round a point."""
        self._weight(weight)
        self.canvas.circle(x * MM, (self.height - y) * MM, radius * MM, stroke=not filled, fill=filled)

    @contextmanager
    def white(self) -> Iterator[None]:
        """Fill with white for a while: a letter in a black mark."""
        self.canvas.setFillGray(1)
        try:
            yield
        finally:
            self.canvas.setFillGray(0)

    def _weight(self, weight: float) -> None:
        self.canvas.addLiteral(f"{number(weight * MM)} w")

    # ------------------------------------------------------------------------------------------- larger things
    def raster(self, box: Box, path: str, count: int) -> None:
        """Fill squares of a raster as one shape: QR codes and markers.

        Args:
            box: where the raster lies.
            path: PDF operators, in squares of the raster from the bottom left.
            count: columns and rows of the raster.
        """
        scale = f"{box.width * MM / count:.4f}"
        corner = f"{number(box.left * MM)} {number((self.height - box.bottom) * MM)}"
        self.canvas.addLiteral(f"q {scale} 0 0 {scale} {corner} cm {path} f Q")

    def stamp(self, key: object, draw: Callable[[], None]) -> None:
        """Draw what many pages share: kept once in the file, shown on each page.

        Args:
            key: the same key means the same picture.
            draw: draws it, the first time.
        """
        if key not in self._stamps:
            self._stamps[key] = f"stamp{len(self._stamps) + 1}"
            self.canvas.beginForm(self._stamps[key])
            draw()
            self.canvas.endForm()
        self.canvas.doForm(self._stamps[key])

    def picture(self, box: Box, image: bytes) -> None:
        """Show a photo in its own proportions in the middle of a box."""
        reader = ImageReader(io.BytesIO(image))
        across, down = reader.getSize()
        scale = min(box.width / across, box.height / down)
        left = box.left + (box.width - across * scale) / 2
        bottom = box.bottom - (box.height - down * scale) / 2
        size = (across * scale * MM, down * scale * MM)
        self.canvas.drawImage(reader, left * MM, (self.height - bottom) * MM, *size)
