"""Lucide's outline icons, drawn in the colour of the words beside them."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from ccfs_desktop import paths
from ccfs_desktop.views.kit.tones import LIGHT, Tones

SIZE = 18
_GAP = 4
_tones: list[Tones] = [LIGHT]


def icon(name: str, tone: str = "text", *, checked: str = "", size: int = SIZE, gap: int = 0) -> QIcon:
    """Return an icon in one of the theme's colours.

    Args:
        name: file name in ``resources/icons`` without ending, Lucide's own name.
        tone: the colour's name in :class:`Tones`.
        checked: the colour while its button is held down, if another.
        size: width and height in device-independent pixels.
        gap: empty room at the right, before the words.
    """
    made = QIcon()
    for scale in _scales():
        made.addPixmap(pixmap(name, tone, size, scale, gap))
        made.addPixmap(pixmap(name, tone, size, scale, gap), QIcon.Mode.Selected)
        if checked:
            made.addPixmap(pixmap(name, checked, size, scale, gap), QIcon.Mode.Normal, QIcon.State.On)
    return made


Wearer = QAbstractButton | QLabel


def put(widget: Wearer, name: str, tone: str = "text", *, checked: str = "", size: int = SIZE) -> None:
    """Put an icon on a button or label; it is redrawn when the theme changes."""
    widget.setProperty("lucide", (name, tone, checked, size))
    _draw(widget, name, tone, checked, size)


def recolour(tones: Tones) -> None:
    """Redraw what :func:`put` has put, in another theme's colours."""
    if tones is _tones[0]:
        return
    _tones[0] = tones
    for widget in QApplication.allWidgets():
        if isinstance(widget, (QAbstractButton, QLabel)) and (held := widget.property("lucide")):
            _draw(widget, *held)


def pixmap(name: str, tone: str, size: int = SIZE, scale: float = 1.0, gap: int = 0) -> QPixmap:
    """Draw an icon.

    Args:
        name: Lucide's name.
        tone: the colour's name in :class:`Tones`.
        size: width and height in device-independent pixels.
        scale: device pixels per pixel.
        gap: empty room at the right.
    """
    return _drawn(name, getattr(_tones[0], tone), size, scale, gap)


def _draw(widget: Wearer, name: str, tone: str, checked: str, size: int) -> None:
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, tone, size, _scales()[-1]))
        return
    gap = _GAP if widget.text() else 0
    widget.setIcon(icon(name, tone, checked=checked, size=size, gap=gap))
    widget.setIconSize(QSize(size + gap, size))


def _scales() -> tuple[float, ...]:
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return (1.0,) if ratio <= 1 else (1.0, ratio)


@cache
def _drawn(name: str, colour: str, size: int, scale: float, gap: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 (not before the first icon)

    source = _source(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    picture = QPixmap(round((size + gap) * scale), round(size * scale))
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(scale)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@cache
def _source(name: str) -> str:
    return paths.resource(f"icons/{name}.svg").read_text(encoding="utf-8")
