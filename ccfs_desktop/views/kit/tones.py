"""The colours of the two themes. Every colour that means something also has a word or a shape beside it."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Tones:
    """The colours of one theme, named by what they are for."""

    window: str
    """Behind everything: the header, the rail."""
    surface: str
    """Where one reads and writes: tables, fields, cards."""
    hover: str
    text: str
    quiet: str
    """Secondary words. Still at least 4.5:1 on ``window`` and ``surface``."""
    faint: str
    """What cannot be used just now."""
    hairline: str
    edge: str
    """The border of a field or button, at least 3:1 on ``surface``."""
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    selection: str

    def words(self) -> dict[str, str]:
        """Return the colours by name, as the style sheet asks for them."""
        return asdict(self)


LIGHT = Tones(
    window="#f4f6f6",
    surface="#ffffff",
    hover="#e9eeed",
    text="#182322",
    quiet="#55635f",
    faint="#9aa6a3",
    hairline="#dde4e2",
    edge="#7f8e8a",
    accent="#0f766e",
    accent_strong="#0b5d57",
    accent_soft="#ddf1ee",
    on_accent="#ffffff",
    warning="#8a5300",
    warning_soft="#fdf1d8",
    danger="#b3261e",
    danger_soft="#fdebe9",
    selection="#d3ebe7",
)

DARK = Tones(
    window="#161c1b",
    surface="#1d2524",
    hover="#2a3432",
    text="#e7eeec",
    quiet="#a9b8b4",
    faint="#63716e",
    hairline="#323d3b",
    edge="#71807c",
    accent="#4cc7b8",
    accent_strong="#76dacd",
    accent_soft="#173f3b",
    on_accent="#052422",
    warning="#f2bd5c",
    warning_soft="#3b2f14",
    danger="#ff9a90",
    danger_soft="#452320",
    selection="#1f4d48",
)


@dataclass(frozen=True)
class Hue:
    """One of a few things to be told apart, such as groups; its letter or name always stands beside the colour."""

    fill: str
    """Behind words in ``Tones.text``."""
    line: str
    """Its edge, and words in it: at least 4.5:1 on ``fill``."""


# Far from the colours that mean something: no teal, amber or red among them.
_LIGHT_HUES = (
    Hue("#dce8fb", "#2b5aa8"), Hue("#ece2fa", "#6a3fae"), Hue("#e4efd3", "#476f14"),
    Hue("#fae0ee", "#9c2768"), Hue("#e3e8ee", "#475569"), Hue("#efe6d8", "#6b5630"),
)  # fmt: skip
_DARK_HUES = (
    Hue("#1f3557", "#9cc0f7"), Hue("#3a2a58", "#c9aef5"), Hue("#2b3d17", "#b5d67f"),
    Hue("#4d2139", "#f0a6cd"), Hue("#323d4a", "#b8c6d6"), Hue("#40372a", "#d6c29c"),
)  # fmt: skip


def hue(colours: Tones, number: int) -> Hue:
    """Return the colour of the first, second … thing to be told apart; after the last it begins again."""
    hues = _DARK_HUES if colours is DARK else _LIGHT_HUES
    return hues[number % len(hues)]


def contrast(one: str, other: str) -> float:
    """Return how well one colour can be read on another, from 1 to 21.

    Source: WCAG 2.1, relative luminance and contrast ratio.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
