"""A figure on the screen: the drawing that is printed, in the colours of the theme."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ccfs_desktop.views.kit import theme

if TYPE_CHECKING:
    from ccfs_desktop.reports.kit.figure import Area, Figure, Stroke, Word

_LARGEST = 2.0
"""A figure is not blown up beyond this."""
_BOX = 4
"""Corners of a box."""


class FigureView(QWidget):
    """Shows one figure as wide as there is room; where the pointer rests it says more."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self._figure: Figure | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_figure(self, figure: "Figure") -> None:
        """Show another figure."""
        self._figure = figure
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription("; ".join(hint.text for hint in figure.hints))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """It keeps its proportions."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As tall as its width wants."""
        return round(self._figure.height * self._scale(width)) if self._figure else 0

    def sizeHint(self) -> QSize:
        """As large as it was drawn."""
        if not self._figure:
            return QSize(0, 0)
        return QSize(theme.px(round(self._figure.width)), theme.px(round(self._figure.height)))

    def minimumSizeHint(self) -> QSize:
        """Half as large as it was drawn."""
        return self.sizeHint() / 2

    def event(self, event: QEvent) -> bool:
        """Say what the figure has to say where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._figure:
            scale = self._scale(self.width())
            x, y = event.pos().x() / scale, event.pos().y() / scale
            told = next(
                (
                    h.text
                    for h in self._figure.hints
                    if h.left <= x < h.left + h.width and h.top <= y < h.top + h.height
                ),
                "",
            )
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the marks."""
        from ccfs_desktop.reports.kit.figure import Area, Stroke  # noqa: PLC0415 (loaded with the figure itself)

        if not self._figure:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._scale(self.width())
        painter.scale(scale, scale)
        for mark in self._figure.marks:
            if isinstance(mark, Area):
                _area(painter, mark)
            elif isinstance(mark, Stroke):
                _stroke(painter, mark)
            else:
                _word(painter, mark)
        painter.end()

    def _scale(self, width: int) -> float:
        assert self._figure is not None  # noqa: S101 (asked only while there is one)
        return min(width / self._figure.width, theme.px(100) / 100 * _LARGEST)


def _area(painter: QPainter, mark: "Area") -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_colour(mark.tone))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=len(mark.points) > _BOX)  # boxes meet without a seam
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in mark.points]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _stroke(painter: QPainter, mark: "Stroke") -> None:
    painter.setPen(QPen(_colour(mark.tone), mark.weight, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in mark.points]))


def _word(painter: QPainter, mark: "Word") -> None:
    face = theme.font(bold=mark.bold)
    face.setPixelSize(max(1, round(mark.size * 8)))  # a scaled painter rounds sizes: measured large, drawn small
    wide = QFontMetricsF(face).horizontalAdvance(mark.text) / 8
    left = mark.at[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
    painter.save()
    painter.translate(left, mark.at[1])
    painter.scale(0.125, 0.125)
    painter.setFont(face)
    painter.setPen(_colour(mark.tone))
    painter.drawText(QPointF(0, 0), mark.text)
    painter.restore()


def _colour(tone: str) -> QColor:
    return QColor(getattr(theme.tones(), tone))
