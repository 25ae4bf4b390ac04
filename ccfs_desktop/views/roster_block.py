"""How a shift is drawn: a block on the day's line, its breaks hatched, what it spends in other groups lettered."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.roster_week import PartView, ShiftView
from ccfs_desktop.views import roster_words
from ccfs_desktop.views.kit import icons, theme, tones
from ccfs_desktop.views.roster_axis import Axis
from ccfs_desktop.views.roster_words import Marks

PAD = 4
"""Pixels between a cell's edge and its line of hours."""
_EDGE = 3
_ROUND = 3.0
_SMALL = 11
_NEARLY = 10
"""Pixels by which the times may be too long and still go into the block, in a shorter form."""
_ONE_LINE = Qt.TextFlag.TextSingleLine
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_HATCH = {PartKind.BREAK: Qt.BrushStyle.BDiagPattern, PartKind.ERRAND: Qt.BrushStyle.DiagCrossPattern}


@dataclass(frozen=True)
class Look:
    """How a block is shown besides its times."""

    against: str = ""
    """Why the person does not count with the children, or is away: said in the block instead of the group."""
    away: bool = False
    new: bool = False
    """Comes with the draft that is looked at."""
    chosen: bool = False
    """The one the keys work on."""
    room: int = 0
    """Pixels its words may take from its left edge, beyond the block itself where nothing else is drawn."""
    before: int = 0
    """Pixels free at its left, for words that do not fit otherwise."""


def line_of(place: QRect) -> tuple[int, int]:
    """Return left edge and width of a cell's line of hours."""
    return place.left() + PAD, max(8, place.width() - 2 * PAD)


def rect(place: QRect, span: Span, axis: Axis) -> QRect:
    """Return where a stretch of time lies in a cell."""
    left, width = line_of(place)
    start, end = axis.x(span.start, left, width), axis.x(span.end, left, width)
    return QRect(start, place.top() + 3, max(4, end - start), place.height() - 8)


def draw(painter: QPainter, place: QRect, view: ShiftView, axis: Axis, marks: Marks, look: Look) -> None:
    """Draw a shift in a cell.

    Args:
        painter: where.
        place: the cell.
        view: the shift.
        axis: the day's line.
        marks: the groups.
        look: what else is to be seen.
    """
    colours, hue = theme.tones(), tones.hue(theme.tones(), marks.number(view.group_id))
    block = rect(place, view.span, axis)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(block), _ROUND, _ROUND)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plain = view.group_id is None
    painter.fillPath(shape, QColor(colours.window if plain or look.away else hue.fill))
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    for part in () if look.against else view.parts:
        beside = rect(place, part.span, axis)
        _part(painter, beside.adjusted(0, beside.height() // 2, 0, 0), part, marks, hue)
    painter.fillRect(QRect(block.left(), block.top(), _EDGE, block.height()), QColor(_line(plain, hue)))
    painter.restore()
    _frame(painter, shape, look, QColor(_line(plain, hue)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _words(painter, block, view, marks, look, _line(plain, hue))


def _line(plain: bool, hue: tones.Hue) -> str:
    return theme.tones().quiet if plain else hue.line


def _frame(painter: QPainter, shape: QPainterPath, look: Look, colour: QColor) -> None:
    """Frame what is chosen, and dash what the draft brings."""
    colours = theme.tones()
    pen = QPen(QColor(colours.danger), 1, Qt.PenStyle.DashLine) if look.away else QPen(colour, 1)
    if look.new:
        pen = QPen(QColor(colours.accent), 2, Qt.PenStyle.DashLine)
    if look.chosen:
        pen = QPen(QColor(colours.accent), 2)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)


def _part(painter: QPainter, place: QRect, part: PartView, marks: Marks, hue: tones.Hue) -> None:
    """Below the times: hatch a break or an errand; give a stretch elsewhere the other group's colour and letter."""
    colours = theme.tones()
    if part.kind is PartKind.COVER:
        other = tones.hue(colours, marks.number(part.group_id))
        painter.fillRect(place, QColor(other.fill))
        painter.setPen(QColor(other.line))
        painter.drawLine(place.topLeft(), place.bottomLeft())
        painter.drawLine(place.topRight(), place.bottomRight())
        painter.setFont(theme.font(_SMALL, bold=True))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, marks.letter(part.group_id))
        return
    painter.fillRect(place, QColor(colours.surface))
    painter.fillRect(place, QBrush(QColor(hue.line), _HATCH[part.kind]))


def _words(painter: QPainter, block: QRect, view: ShiftView, marks: Marks, look: Look, line: str) -> None:
    """Write the times, and below them the group: the name where it fits, else its letter."""
    colours = theme.tones()
    half = block.height() // 2
    lower = QRect(block.left() + _EDGE + 3, block.top() + half, block.width() - _EDGE - 5, half - 1)
    painter.setFont(theme.font(_SMALL, bold=True))
    painter.setPen(QColor(colours.text))
    upper = QRect(lower.left(), block.top() + 1, lower.width(), half)
    if view.pinned:
        painter.drawPixmap(upper.left(), upper.center().y() - 5, _icon(painter, "pin", "text", 11))
        upper.adjust(13, 0, 0, 0)
    upper = _beside(upper, block, look, painter.fontMetrics().horizontalAdvance(roster_words.between(view.span)))
    painter.drawText(upper, _MIDDLE | _ONE_LINE, _fitting(painter, view.span, upper.width()))
    painter.setFont(theme.font(_SMALL))
    if look.against:
        tone = "danger" if look.away else "warning"
        painter.drawPixmap(lower.left(), lower.center().y() - 5, _icon(painter, "ban", tone, 11))
        lower.adjust(14, 0, 0, 0)
        painter.setPen(QColor(getattr(colours, tone)))
        painter.drawText(lower, _MIDDLE | _ONE_LINE, short(painter, look.against, lower.width()))
        return
    painter.setPen(QColor(line))
    lower = _free(view, block, lower)
    name = marks.name(view.group_id)
    if painter.fontMetrics().horizontalAdvance(name) > lower.width():
        name = marks.letter(view.group_id)
    painter.drawText(lower, _MIDDLE | _ONE_LINE, name)


def _beside(upper: QRect, block: QRect, look: Look, whole: int) -> QRect:
    """Return where the times go: into the block, else where there is room at its right or left."""
    if whole <= upper.width():
        return upper
    if whole + 4 <= look.room - block.width():
        return QRect(block.right() + 4, upper.top(), whole, upper.height())
    if whole + 4 <= look.before:
        return QRect(block.left() - whole - 3, upper.top(), whole, upper.height())
    if whole - upper.width() <= _NEARLY:
        return upper
    return QRect(
        upper.left(), upper.top(), max(upper.width(), look.room - (upper.left() - block.left())), upper.height()
    )


def _free(view: ShiftView, block: QRect, lower: QRect) -> QRect:
    """Return the longest stretch of a block's lower half that nothing is drawn in."""
    if not view.parts or view.span.minutes <= 0:
        return lower
    cuts = [view.span.start, *(at for p in view.parts for at in (p.span.start, p.span.end)), view.span.end]
    start, end = max(zip(cuts[::2], cuts[1::2], strict=True), key=lambda gap: gap[1] - gap[0])
    scale = block.width() / view.span.minutes
    left = lower.left() + int((start - view.span.start) * scale)
    return QRect(left, lower.top(), max(10, int((end - start) * scale) - _EDGE - 5), lower.height())


def _fitting(painter: QPainter, span: Span, room: int) -> str:
    """Return the times in the longest form that fits."""
    whole = roster_words.between(span)
    shorter = f"{span.start // 60}{_minutes(span.start)}–{span.end // 60}{_minutes(span.end)}"
    metrics = painter.fontMetrics()
    forms = (whole, shorter, f"{span.start // 60}{_minutes(span.start)}")
    return next((form for form in forms if metrics.horizontalAdvance(form) <= room), "")


def _minutes(minute: int) -> str:
    return f":{minute % 60:02}" if minute % 60 else ""


def _icon(painter: QPainter, name: str, tone: str, size: int):
    return icons.pixmap(name, tone, size, painter.device().devicePixelRatioF())


def short(painter: QPainter, text: str, room: int) -> str:
    """Return as much of a text as fits, with … at its end."""
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)


def edges(blocks: Sequence[QRect], place: QRect) -> list[tuple[int, int]]:
    """Return how many pixels are free at the left of each block, and how many from its left edge to the next thing.

    Args:
        blocks: of one cell, from left to right.
        place: the cell.
    """
    starts = [place.left() + 1, *(b.right() + 2 for b in blocks)]
    ends = [*(b.left() - 2 for b in blocks[1:]), place.right() - 1]
    return [(b.left() - start, end - b.left()) for b, start, end in zip(blocks, starts, ends, strict=False)]
