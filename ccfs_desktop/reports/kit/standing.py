"""How a paper in a staff file stands, in words and with a sign that survives the copier."""

from datetime import date

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.table import Part
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.staff_papers import Standing

WORDS: dict[Standing, str] = {
    Standing.VALID: N_("valid"),
    Standing.EXPIRES: N_("expires soon"),
    Standing.MISSING: N_("missing"),
    Standing.EXPIRED: N_("expired"),
}


def standing(words: Words, stand: Standing | None, size: float = 8) -> tuple[Part, ...]:
    """Return the parts of a cell: the word in each language, bold when it does not hold; nothing for None."""
    return () if stand is None else spoken(words.each(WORDS[stand]), size, bold=not stand.holds)


def spoken(texts: tuple[str, ...], size: float = 8, *, bold: bool = False) -> tuple[Part, ...]:
    """Return the parts of a cell: the first language, the others smaller below."""
    return tuple((text, size * (0.8 if number else 1), bold and not number) for number, text in enumerate(texts))


def day(at: date | None, size: float = 8, *, bold: bool = False) -> tuple[Part, ...]:
    """Return a day as a part of a cell; nothing for None."""
    return ((at.isoformat(), size, bold),) if at else ()
