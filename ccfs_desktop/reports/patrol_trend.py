"""Children in production before, during and after the season, beside the same months a year earlier, on a page.

Source: domain.md 6.7 K14, 6.8
"""

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.reports.kit import figure
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.reports.patrol_chart import chart
from ccfs_desktop.services import patrols_trend
from ccfs_desktop.services.patrols_papers import TrendPaper
from ccfs_desktop.services.patrols_trend import PHASE_WORDS, Count, Pair, number, span
from ccfs_desktop.services.sheet_geometry import Box

TITLE = N_("Children in production: the trend")
DEFINITION = N_(
    "Children found: each child once a day; a child seen on a patrol and described nowhere counts too. Rate: patrols"
    " on which a child was seen, in 100 patrols, with its 95-per-cent interval (Wilson); children a month with the"
    " exact Poisson interval. Where nobody walked, nothing is claimed. Intervals that overlap do not show that nothing"
    " changed, and intervals apart do not show why."
)
_COLUMNS = (
    Column(N_("Months"), 34, size=8.5, bold=True),
    Column(N_("Patrols"), 17, "centre", size=8.5),
    Column(N_("With a child seen"), 21, "centre", size=8.5, head_size=7),
    Column(N_("In 100 patrols"), 20, "centre", size=8.5, bold=True, head_size=7),
    Column(N_("95-per-cent interval"), 25, "centre", size=8),
    Column(N_("Children found"), 20, "centre", size=8.5, head_size=7),
    Column(N_("A month, 95-per-cent interval"), 28, "centre", size=7.5, head_size=7),
    Column(N_("Planned, not walked"), 21, "centre", size=8, head_size=7),
)


def render(data: TrendPaper) -> bytes:
    """Return the trend as a PDF."""
    words = Words(data.letterhead.languages)
    with i18n.use(words.languages[0]):
        return _render(words, data)


def _render(words: Words, data: TrendPaper) -> bytes:
    title = f"{words.first(TITLE)} {data.trend.until.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages))

    def top() -> float:
        return head(paper, words, data.letterhead, TITLE, under=words.days(data.trend.until))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    for pair in data.trend.phases:
        form.section(PHASE_WORDS[pair.phase], keep=10)
        form.say(patrols_trend.sentence(pair.now), 9)
        form.say(patrols_trend.sentence(pair.year_ago), 8)
        form.gap(1.5)
    drawn = chart(data.trend)
    form.need(form.across * drawn.height / drawn.width)
    form.gap(2)
    form.y = figure.place(paper, Box(form.left, form.y, form.across, 0), drawn) + 3
    form.table(Table(paper, words, _COLUMNS, MARGIN, head_height=9, row_height=5.6), _rows(data.trend.phases))
    form.table(Table(paper, words, _COLUMNS, MARGIN, head_height=9, row_height=5.6), _rows(data.trend.months))
    form.told(DEFINITION, 7.5)
    return paper.finish()


def _rows(pairs: tuple[Pair, ...]) -> list[list[Cell]]:
    counts = [one for pair in pairs for one in (pair.year_ago, pair.now)]
    return [_row(one) for one in counts if one.begun]


def _row(count: Count) -> list[Cell]:
    rate, month = count.interval, count.interval_a_month
    missed = _("{n} of {all}").format(n=count.missed, all=count.planned) if count.planned else "–"
    return [
        span(count), str(count.patrols), str(count.positive), number(count.rate),
        f"{number(rate.low)} – {number(rate.high)}" if rate else _("no patrols"), str(count.events),
        f"{number(count.a_month)}  ({number(month.low)} – {number(month.high)})" if month else "–", missed,
    ]  # fmt: skip
