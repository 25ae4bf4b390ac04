"""How the program looks: plain text everywhere, light and dark with the system, the shipped faces."""

import re
import sys
from typing import Literal, cast

from PySide6.QtCore import QEvent, QLoggingCategory, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLabel, QProxyStyle, QWidget

from ccfs_desktop import paths
from ccfs_desktop.views.kit import icons
from ccfs_desktop.views.kit.tones import DARK, LIGHT, Tones

Scheme = Literal["system", "light", "dark"]

FAMILIES = ("Noto Sans", "Noto Sans SC", "Noto Sans Bengali")
BODY = 13
ROW = 32
GRID = 8


class _Wheel(QObject):
    """Leaves the mouse wheel over a closed field to the page: it must not change a value somebody scrolls past."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass the wheel on to what lies around the field; the list of an open field is a widget of its own."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class PlainStyle(QProxyStyle):
    """Fusion, with a net under it: a label never takes a person's text for markup, a field never heeds the wheel.

    A child named ``<img src="…">`` would otherwise make Qt open that file. Our own rich texts opt in with
    ``setProperty("richOk", True)``.
    """

    def __init__(self, base: str) -> None:
        """Build it over a style of Qt."""
        super().__init__(base)
        self._wheel = _Wheel(self)

    def polish(self, widget):  # type: ignore[override]
        """Make every label that would guess (also those inside message boxes and tooltips) show plain text."""
        if (
            isinstance(widget, QLabel)
            and widget.textFormat() == Qt.TextFormat.AutoText
            and not widget.property("richOk")
        ):
            widget.setTextFormat(Qt.TextFormat.PlainText)
        if isinstance(widget, QComboBox | QAbstractSpinBox):
            widget.installEventFilter(self._wheel)
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else the wheel takes the cursor out of another field
        return super().polish(widget)


_state: dict[str, object] = {"scheme": "system", "tones": LIGHT, "scale": 1.0}


def apply(app: QApplication, scheme: Scheme = "system") -> None:
    """Dress the program, now and whenever the system changes between light and dark.

    Args:
        app: the application.
        scheme: follow the system, or force one (for pictures and for those who choose).
    """
    first = not app.property("dressed")
    _state["scheme"] = scheme
    if first:
        app.setProperty("dressed", True)
        app.setStyle(PlainStyle("Fusion"))
        _load_fonts()
        _state["scale"] = _text_scale(app)
        app.styleHints().colorSchemeChanged.connect(_follow)
    _dress(app)


def tones() -> Tones:
    """Return the colours in use."""
    return cast(Tones, _state["tones"])


def px(size: int) -> int:
    """Scale a text size by what the user chose in the system's settings."""
    return round(size * cast(float, _state["scale"]))


def font(size: int = BODY, *, bold: bool = False) -> QFont:
    """Return the program's face at a size in pixels at 100 %."""
    face = QFont()
    face.setFamilies(list(FAMILIES))
    face.setPixelSize(px(size))
    face.setBold(bold)
    return face


def mark(widget: QWidget, **properties: object) -> None:
    """Set properties the style sheet looks at, and let it look again."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # a label counts its padding only when told


def _follow() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        _dress(app)


def _dress(app: QApplication) -> None:
    dark = _state["scheme"] == "dark" or (
        _state["scheme"] == "system" and app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    )
    colours = DARK if dark else LIGHT
    _state["tones"] = colours
    app.setFont(font())
    app.setPalette(_palette(colours))
    app.setStyleSheet(_sheet(colours, "dark" if dark else "light"))
    icons.recolour(colours)


def _palette(colours: Tones) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(colours.surface), QColor(colours.window))
    for name, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.window),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.quiet),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.ToolTipBase, colours.text),
        (role.ToolTipText, colours.surface),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.text),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.BrightText, colours.danger),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.faint))
    return palette


def _sheet(colours: Tones, scheme: str) -> str:
    """Fill the colours, sizes and icon places into ``resources/style.qss``."""
    words = colours.words() | {"icons": paths.resource("icons").as_posix(), "scheme": scheme}

    def word(found: re.Match[str]) -> str:
        name = found[1]
        return f"{px(int(name[2:]))}px" if name[:2] == "px" else words[name]

    return re.sub(r"@(\w+)", word, paths.resource("style.qss").read_text(encoding="utf-8"))


def _load_fonts() -> None:
    """Register the shipped faces. Qt maps the files, so even the 10 MB Chinese face costs a millisecond."""
    QLoggingCategory.setFilterRules("qt.text.font.db=false")  # complains of scripts a face need not have
    for path in sorted(paths.resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def _text_scale(app: QApplication) -> float:
    """Return the system's text size against the usual one. Only Windows tells it through the default font."""
    if sys.platform != "win32":
        return 1.0
    return min(max(app.font().pointSizeF() / 9, 1.0), 1.6)
