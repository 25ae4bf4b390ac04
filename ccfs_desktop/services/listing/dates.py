"""Read every way a factory writes a date; a date that could be two dates is asked about, never guessed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from ccfs_desktop.i18n import LANGUAGES, N_, _, language, ngettext
from ccfs_desktop.services.listing.fold import fold, lower, tidy
from ccfs_desktop.services.listing.sheet import Cell, text_of

ORDERS = {"dmy": N_("day/month/year"), "mdy": N_("month/day/year"), "ymd": N_("year/month/day")}

_EARLIEST, _LATEST = 1920, 2100
_SERIALS = range(7_306, 80_000)
"""Excel's day numbers from 1920 to 2119."""

_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CLOCK = re.compile(r"[t\s,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:z|[ap]\.?m\.?|sa|ch|上午|下午)?$|\s*[上下]午.*$")
_HAN = re.compile("[\u4e00-\u9fff]")
_PLACE = re.compile(r"[^\W\d][^\d,/;]*[,/;]\s*(\d.*)")
_PLACE_ASKED = re.compile(r"[^\W\d][^\d,/;]*?[,/;:\s-]\s*(\d.*)")
_YEAR_FIRST = re.compile(r"(\d{4})\s*(?:[-/.,年\s]|-)\s*(\d{1,2})\s*[-/.,月\s]\s*(\d{1,2})\s*[日号]?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.,\s]\s*(\d{1,2})\s*[-/.,\s]\s*(\d{4})")
_SHORT = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*'?(\d{2})")
_SHORT_CHINESE = re.compile(r"(\d{2})年\s*(\d{1,2})月\s*(\d{1,2})[日号]?")
_VIETNAMESE = re.compile(
    r"(?:ngày|ngay)?\s*(\d{1,2})\s*(?:tháng|thang|thg\.?|th\.?)\s*(\d{1,2})\s*,?\s*(?:năm|nam)?\s*(\d{4}|\d{2})"
)
_MONTHS_ONLY = (
    re.compile(r"(?P<y>\d{4})\s*[-/.年\s]\s*(?P<m>\d{1,2})\s*月?份?"),
    re.compile(r"(?:tháng|thang|thg\.?)?\s*(?P<m>\d{1,2})\s*(?:[-/.\s]|năm|nam)\s*(?P<y>\d{4})"),
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_AGE = re.compile(
    r"\d+\s*(?:个?半)?\s*(?:周?岁|个月|tuổi|tuoi|tahun|thn|th\b|bulan|yaş|yas|aylık|বছর|মাস|y/?o\b|years?|yrs?|months?)"
    r"|^(?:age|about|约|大约|khoảng|sekitar|yaklaşık|প্রায়)\D*\d{1,2}\D*$"
)
_LUNAR = re.compile(r"农历|阴历|旧历|âm lịch|lunar|腊月|正月|初[0-9一二三四五六七八九十]")
_DAY_FIRST = re.compile(
    r"gg[-/. ]?aa[-/. ]?yy|(?:tgl|hari)[-/. ](?:bln|bulan)[-/. ](?:thn|tahun)"
    r"|ngay[-/. ]thang[-/. ]nam(?! sinh)|gun[-/. ]ay[-/. ]yil"
)
_FILLER = (
    *("st", "nd", "rd", "th", "of", "the", "year", "ad", "ce", "tgl", "tanggal", "tahun", "thn"),
    *("ngày", "năm", "tarihi", "de", "ই", "লা", "রা", "ঠা", "শে", "ইং", "খ্রি", "খ্রিঃ", "সন", "তারিখ"),
)
_MORE_MONTHS = {
    "sept": 9, "agt": 8, "ags": 8, "agust": 8, "agustos": 8, "pebruari": 2, "peb": 2, "nop": 11, "nopember": 11,
    "জানুয়ারী": 1, "জানুয়ারি": 1, "ফেব্রুয়ারী": 2, "ফেব্রুয়ারি": 2, "অগাস্ট": 8, "অগস্ট": 8, "আগষ্ট": 8,
    "সেপ্টেম্বর": 9, "জানু": 1, "ফেব": 2,
    "januari": 1, "mrt": 3, "juni": 6, "juli": 7, "sub": 2, "haz": 6, "tem": 7, "eyl": 9, "eki": 10, "ara": 12,
}  # fmt: skip


@dataclass(frozen=True)
class ParsedDate:
    """A date as it was understood."""

    value: date | None = None
    """The day, when the cell leaves no doubt."""
    precision: str = "day"
    """``day``, or what the cell tells at best: ``month``, ``year``, ``age``, or ``""`` for nothing."""
    problem: str = ""
    """Why there is no value, as a finished sentence."""
    choices: tuple[date, ...] = ()
    """The days it may be; the first of a month when only the month is known."""


@dataclass(frozen=True)
class _Guess:
    """What one cell alone tells."""

    value: date | None = None
    options: dict[str, date] = field(default_factory=dict[str, date])
    """Order of day, month and year → the day it would be."""
    known: str = ""
    choices: tuple[date, ...] = ()


def parse_column(
    cells: Sequence[Cell], *, heading: str = "", today: date, years: tuple[int, int] = (-70, 0), elsewhere: str = ""
) -> tuple[list[ParsedDate | None], list[str]]:
    """Read the dates of one column, each in the light of the others.

    Args:
        cells: the column's cells; empty ones are allowed.
        heading: the text over the column; it may say the order, as in ``DD/MM/YYYY``.
        today: decides the century of years of two digits.
        years: the years such dates usually lie in, counted from this one; only doubtful dates are judged by them.
        elsewhere: the order of day and month to believe where the column itself shows none.

    Returns:
        A date for each cell that is not empty, and the decisions taken, in words.
    """
    guesses = _guesses(cells, heading, today, years)
    order, notes = _order([guess for guess in guesses if guess], heading, elsewhere)
    suspicious = _swapped(cells, guesses)
    if suspicious:
        notes.append(_swap_note(heading))
    decided: dict[Cell, ParsedDate] = {}
    for cell, guess in zip(cells, guesses, strict=True):
        if guess and cell not in decided:
            decided[cell] = _decided(cell, guess, order, swapped=suspicious)
    return [decided.get(cell) for cell in cells], notes


def shown_order(cells: Sequence[Cell], *, heading: str = "", today: date, years: tuple[int, int]) -> str:
    """Return the order of day and month a column shows by itself; nothing where it shows none or several."""
    guesses = [guess for guess in _guesses(cells, heading, today, years) if guess]
    evidence = _evidence(guesses)
    return next(iter(evidence)) if len(evidence) == 1 else _said(heading) if not evidence else ""


def after_place(cell: Cell, *, expected: bool = False) -> Cell:
    """Take the date out of ``Bekasi, 5 Maret 2010``: place and date of birth in one column.

    Args:
        cell: the cell.
        expected: whether the heading asks for the place, so that it may stand there without a comma.
    """
    pattern = _PLACE_ASKED if expected else _PLACE
    match = pattern.fullmatch(cell.strip()) if isinstance(cell, str) else None
    whole = match and (len(re.findall(r"\d+", match.group(1))) > 2 or re.search(r"[^\W\d]", match.group(1)))
    return match.group(1) if match and whole else cell


def later(cell: Cell, days: int) -> Cell:
    """Add days to one of Excel's bare day numbers; another cell stays as it is."""
    counted = isinstance(cell, int | float) and int(cell) + days in _SERIALS
    return cell + days if counted and isinstance(cell, int | float) else cell


def is_date_like(cell: Cell) -> bool:
    """Tell whether a cell alone looks like a date."""
    if isinstance(cell, date):
        return True
    guess = _guess(after_place(cell), _LATEST)
    return bool(guess.value or guess.options) and not (isinstance(cell, int | float) and cell < 15_000)


def spoken(day: date) -> str:
    """Write a day so that nobody can mistake the month."""
    from babel.dates import format_date  # noqa: PLC0415 (slow to load, rarely needed)

    return format_date(day, "long", locale=language())


# ------------------------------------------------------------------------------------------------------------- one cell
def _guess(cell: Cell, latest: int) -> _Guess:
    if isinstance(cell, date):
        return _Guess(cell) if _EARLIEST <= cell.year <= _LATEST else _Guess()
    if isinstance(cell, bool) or cell is None:
        return _Guess()
    if isinstance(cell, int | float):
        return _number(cell)
    text = lower(tidy(cell)).strip(" .,;'’")
    if re.fullmatch(r"\d+(?:\.0+)?", text):
        return _number(float(text), latest)
    text = _CLOCK.sub("", text)
    if _LUNAR.search(text):
        return _Guess(known="lunar")
    return _numeric(text, latest) or _worded(text, latest) or _partial(text)


def _plausible(guess: _Guess, usual: range, orders: tuple[str, ...]) -> _Guess:
    """Leave out the orders that give an unusual year or are not in use, if another order is left."""
    options = {order: day for order, day in guess.options.items() if day.year in usual and order in orders}
    if not options or len(options) == len(guess.options):
        return guess
    return _options(**options)


def _number(number: float, latest: int = _LATEST) -> _Guess:
    """Read a bare number: Excel's day number, 20110106, 201101, 2011, or an age."""
    whole = int(number)
    if whole in _SERIALS:
        return _Guess(date(1899, 12, 30) + timedelta(days=whole))
    text = str(whole)
    if whole == number and len(text) in (7, 8):
        return _compact(text.zfill(8))
    if whole == number and len(text) == 6 and _EARLIEST <= whole // 100 <= _LATEST and 1 <= whole % 100 <= 12:
        return _Guess(known="month", choices=(date(whole // 100, whole % 100, 1),))
    if whole == number and len(text) in (5, 6):
        return _options(*_short(text.zfill(6), latest))
    if _EARLIEST <= whole <= _LATEST:
        return _Guess(known="year")
    return _Guess(known="age" if 0 < whole <= 99 else "")


def _compact(text: str) -> _Guess:
    first = _day(text[:4], text[4:6], text[6:])
    if first:
        return _Guess(first)
    return _options(dmy=_day(text[4:], text[2:4], text[:2]), mdy=_day(text[4:], text[:2], text[2:4]))


def _short(text: str, latest: int) -> tuple[date | None, date | None, date | None]:
    a, b, c = text[:2], text[2:4], text[4:]
    return _day(_century(c, latest), b, a), _day(_century(c, latest), a, b), _day(_century(a, latest), b, c)


def _numeric(text: str, latest: int) -> _Guess | None:
    """Read a date of numbers and signs."""
    text = text.translate(_CHINESE) if re.search(r"[年月]", text) and not re.search("十", text) else text
    if match := _YEAR_FIRST.fullmatch(text):
        return _whole(_day(*match.groups()))
    if match := _YEAR_LAST.fullmatch(text):
        a, b, year = match.groups()
        return _options(dmy=_day(year, b, a), mdy=_day(year, a, b))
    if match := _SHORT.fullmatch(text):
        a, _sign, b, c = match.groups()
        year_first = _day(_century(a, latest), b, c) if len(a) == 2 else None
        return _options(_day(_century(c, latest), b, a), _day(_century(c, latest), a, b), year_first)
    if match := _SHORT_CHINESE.fullmatch(text):
        year, month, number = match.groups()
        return _whole(_day(_century(year, latest), month, number))
    if match := _VIETNAMESE.fullmatch(text):
        number, month, year = match.groups()
        return _whole(_day(_century(year, latest), month, number))
    return None


def _worded(text: str, latest: int) -> _Guess | None:
    """Read a date whose month is a word, in any of the six languages."""
    tokens = re.findall(r"\d+|[^\W\d_][^\s\d,./-]*", fold(text))
    if not 2 <= len(tokens) <= 8 or tokens == [token for token in tokens if token.isdecimal()]:
        return None
    names = _months()
    months = [names[token] for token in tokens if token in names]
    numbers = [token for token in tokens if token.isdecimal()]
    rest = [
        token for token in tokens if token not in names and token not in numbers and token not in _weekdays_filler()
    ]
    if len(months) != 1 or rest or len(numbers) not in (1, 2):
        return None
    if len(numbers) == 1:
        year = int(numbers[0])
        known = len(numbers[0]) == 4 and _EARLIEST <= year <= _LATEST
        return _Guess(known="month", choices=(date(year, months[0], 1),)) if known else None
    number, year = numbers if len(numbers[0]) < 3 else reversed(numbers)
    return _whole(_day(_century(year, latest), str(months[0]), number))


def _partial(text: str) -> _Guess:
    """Say what a text tells that is not a whole date: the month, the year, an age."""
    for pattern in _MONTHS_ONLY:
        match = pattern.match(text) if len(re.findall(r"\d+", text)) == 2 else None
        if match and 1 <= int(match["m"]) <= 12 and _EARLIEST <= int(match["y"]) <= _LATEST:
            return _Guess(known="month", choices=(date(int(match["y"]), int(match["m"]), 1),))
    if _YEAR.search(text) and len(re.findall(r"\d+", text)) == 1:
        return _Guess(known="year")
    return _Guess(known="age" if _AGE.search(text) else "")


def _options(dmy: date | None = None, mdy: date | None = None, ymd: date | None = None) -> _Guess:
    """Keep the orders that give a day at all; one day only is no question."""
    options = {order: day for order, day in (("dmy", dmy), ("mdy", mdy), ("ymd", ymd)) if day}
    if not options:
        return _whole(None)
    return _Guess(next(iter(options.values())) if len(set(options.values())) == 1 else None, options)


def _whole(day: date | None) -> _Guess:
    """Keep a day, or remember that day, month and year were all given but are no day."""
    return _Guess(day, known="" if day else "none")


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None


def _century(year: str, latest: int) -> str:
    """Write a year of two digits in full: the last such year that is not in the future."""
    if len(year) > 2:
        return year
    recent = latest // 100 * 100 + int(year)
    return str(recent if recent <= latest else recent - 100)


@cache
def _months() -> dict[str, int]:
    """Return the names of the months in the six languages, folded."""
    from babel.dates import get_month_names  # noqa: PLC0415 (slow to load, rarely needed)

    names: dict[str, int] = {}
    for code in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, word in get_month_names(width, context, locale=code).items():
                    names.setdefault(fold(word).strip("."), number)
    return {fold(word): number for word, number in _MORE_MONTHS.items()} | names


@cache
def _weekdays_filler() -> frozenset[str]:
    """Return the words that may stand in a date and say nothing."""
    from babel.dates import get_day_names  # noqa: PLC0415 (slow to load, rarely needed)

    days = {
        fold(word).strip(".")
        for code in LANGUAGES
        for width in ("wide", "abbreviated")
        for word in get_day_names(width, locale=code).values()
    }
    return frozenset(days | {fold(word) for word in _FILLER})


# ----------------------------------------------------------------------------------------------------------- the column
def _guesses(cells: Sequence[Cell], heading: str, today: date, years: tuple[int, int]) -> list[_Guess | None]:
    """Judge each cell alone; 10/3/5 begins with the year only where people write so, in Chinese."""
    orders = ("dmy", "mdy", "ymd") if _HAN.search(heading) else ("dmy", "mdy")
    usual = range(today.year + years[0], today.year + years[1] + 1)
    known = {cell: _plausible(_guess(cell, usual[-1]), usual, orders) for cell in set(cells) if text_of(cell).strip()}
    return [known.get(cell) for cell in cells]


def _evidence(guesses: list[_Guess]) -> Counter[str]:
    """Count the cells that can only be read in one order."""
    return Counter(next(iter(guess.options)) for guess in guesses if len(guess.options) == 1)


def _order(guesses: list[_Guess], heading: str, elsewhere: str) -> tuple[str, list[str]]:
    """Decide the order of day and month from what the column itself shows; nothing where it contradicts itself."""
    evidence, said = _evidence(guesses), _said(heading)
    doubtful = any(guess.value is None and guess.options for guess in guesses)
    if not doubtful or len(evidence) > 1 or (said and evidence and said not in evidence):
        return "", []
    order = said or next(iter(evidence), "") or elsewhere
    if not order:
        return "", []
    if not said and not evidence:
        reason = _("Dates in column “{column}” are read as {order}, as in this list's other columns.")
    elif said:
        reason = _("Dates in column “{column}” are read as {order}, as its heading says.")
    else:
        reason = ngettext(
            "Dates in column “{column}” are read as {order} because {n} cell can only be that.",
            "Dates in column “{column}” are read as {order} because {n} cells can only be that.",
            evidence[order],
        )
    return order, [reason.format(column=tidy(heading), order=_(ORDERS[order]), n=evidence[order])]


def _said(heading: str) -> str:
    """Return the order a heading asks for, as in ``(DD/MM/YYYY)``, ``(tgl/bln/thn)``, ``(ngày/tháng/năm)``."""
    text = fold(heading)
    for letters, order in ((("d", "m", "y"), "dmy"), (("m", "d", "y"), "mdy"), (("y", "m", "d"), "ymd")):
        if re.search(r"\b" + r"\s?[-/.\s]?\s?".join(f"{letter}{{1,4}}" for letter in letters) + r"\b", text):
            return order
    return "dmy" if _DAY_FIRST.search(text) else ""


def _swapped(cells: Sequence[Cell], guesses: Sequence[_Guess | None]) -> bool:
    """Tell whether Excel itself seems to have exchanged day and month.

    A PC that expects the month first turns 3/11/2010 into 11 March and leaves 13/10/2008 as text: then every real date
    has a day of 12 or less, and no text has.
    """
    real = [cell for cell in cells if isinstance(cell, date)]
    texts = [guess.options for cell, guess in zip(cells, guesses, strict=True) if guess and isinstance(cell, str)]
    asked = [options for options in texts if options]
    return (
        len(real) >= 4
        and len(asked) >= 3
        and all(cell.day <= 12 for cell in real)
        and all(len(options) == 1 and "ymd" not in options for options in asked)
    )


def _swap_note(heading: str) -> str:
    return _(
        "In column “{column}” Excel seems to have exchanged day and month: "
        "every real date has a day up to 12, every date left as text a later one. Compare with the paper forms."
    ).format(column=tidy(heading))


def _decided(cell: Cell, guess: _Guess, order: str, *, swapped: bool) -> ParsedDate:
    value = guess.value or guess.options.get(order)
    if value and swapped and isinstance(cell, date) and value.day != value.month:
        other = date(value.year, value.day, value.month)
        sentence = _("Excel may have exchanged day and month: {first} or {last}?")
        return ParsedDate(None, "day", sentence.format(first=spoken(value), last=spoken(other)), (value, other))
    if value:
        return ParsedDate(value)
    text = tidy(text_of(cell))
    if guess.options:
        first, *_others, last = days = tuple(dict.fromkeys(guess.options.values()))
        sentence = _("“{text}” could be {first} or {last}.")
        return ParsedDate(None, "day", sentence.format(text=text, first=spoken(first), last=spoken(last)), days)
    sentence = {
        "month": N_("“{text}” gives the month, not the day."),
        "year": N_("“{text}” gives the year only."),
        "age": N_("“{text}” is an age, not a date."),
        "none": N_("“{text}” is not a day of the calendar."),
        "lunar": N_("“{text}” is a date of the lunar calendar. Please ask for the calendar date."),
    }.get(guess.known, N_("“{text}” cannot be read as a date."))
    precision = guess.known if guess.known in ("month", "year", "age") else ""
    return ParsedDate(None, precision, _(sentence).format(text=text), guess.choices)
