"""The compliance report for auditors: cover, contents, summary, chapters, annexes. Source: domain.md 8.22."""

from collections.abc import Mapping

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import compliance_people, compliance_records, compliance_safety, compliance_summary
from ccfs_desktop.reports.compliance_kit import SUMMARY, Book
from ccfs_desktop.reports.kit.form import Field
from ccfs_desktop.reports.kit.letter import MARGIN, foot, head, title_line
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FINE
from ccfs_desktop.reports.kit.words import Words, iso, moment
from ccfs_desktop.services.compliance import Compliance
from ccfs_desktop.services.sheet_geometry import Box

TITLE = N_("Compliance report")
SUMMARY_TITLE = N_("Compliance summary")
_VERIFY = N_("“ccfs-desktop verify FILE” on any PC with CCFS Desktop, without the office: was this file changed since?")
_CONTENTS = 150.0
"""Where the contents begin on the cover, in millimetres."""


def render(data: Compliance, exhibits: Mapping[str, str] | None = None) -> bytes:
    """Return the report as a PDF.

    Args:
        data: what it says.
        exhibits: annex → the exhibit that it is, where the report is bound into an audit pack.
    """
    words = Words(data.letterhead.languages)
    with i18n.use(words.languages[0]):
        return _render(words, data, exhibits)


def render_summary(data: Compliance) -> bytes:
    """Return its summary alone, on one page."""
    words = Words(data.letterhead.languages)
    with i18n.use(words.languages[0]):
        paper = _paper(words, data, SUMMARY_TITLE)
        paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages))
        book = _book(paper, words, data, SUMMARY_TITLE)
        compliance_summary.draw(book)
        return paper.finish()


def _render(words: Words, data: Compliance, exhibits: Mapping[str, str] | None) -> bytes:
    paper = _paper(words, data, TITLE)
    begun: list[Book] = []

    def furniture(page: int, pages: int) -> None:
        if page == 1:
            _contents(begun[0])
        foot(paper, words, data.letterhead, page, pages)

    paper.section(furniture)
    _cover(paper, words, data)
    paper.page()
    book = _book(paper, words, data, TITLE, exhibits)
    begun.append(book)
    book.chapter(SUMMARY)
    compliance_summary.draw(book)
    book.y = paper.height  # the summary is a page of its own
    for write in (
        compliance_people.programme, compliance_people.enrolment, compliance_people.staffing, compliance_safety.checks,
        compliance_safety.incidents, compliance_safety.production, compliance_safety.actions, compliance_records.data,
        compliance_records.records, compliance_records.clauses, compliance_records.annexes,
    ):  # fmt: skip
        write(book)
    return paper.finish()


def _paper(words: Words, data: Compliance, title: str) -> Paper:
    name = f"{words.first(title)} {data.title[0]}"
    return Paper(name, language=words.languages[0], made=data.letterhead.printed_at)


def _book(paper: Paper, words: Words, data: Compliance, title: str, exhibits: Mapping[str, str] | None = None) -> Book:
    def top() -> float:
        return head(paper, words, data.letterhead, title, under=_under(data))

    def turn() -> float:
        paper.page()
        return top()

    book = Book(paper, words, data, turn, exhibits)
    book.y = top()
    return book


def _under(data: Compliance) -> tuple[str, ...]:
    period = data.period
    days = f"{iso(period.first)} – {iso(period.until)}"
    return (days if days in data.title else f"{' / '.join(data.title)}   {days}",)


def _cover(paper: Paper, words: Words, data: Compliance) -> None:
    """Whose report it is, of which time, for whom, from which data."""
    across = paper.width - 2 * MARGIN
    title_line(paper, words, TITLE, Box(MARGIN, 24, across, 12), 26)
    paper.fill(Box(MARGIN, 38, across, 8), " / ".join(data.title), 15, most=1)
    paper.line(MARGIN, 49, paper.width - MARGIN, 49, FINE)
    book = Book(paper, words, data, lambda: 54.0)
    book.y = 54
    factory, period, letter = data.factory, data.period, data.letterhead
    latin = factory.name_latin if factory.name_latin != factory.name else ""
    named = (Field(N_("Name in Latin letters"), latin),) if latin else ()
    book.row(Field(N_("Factory"), factory.name), *named, height=12)
    book.row(Field(N_("Address"), factory.address, 3), Field(N_("Country"), factory.country), height=11)
    book.row(Field(N_("Space"), factory.space), Field(N_("Season"), letter.season), height=11)
    book.row(
        Field(N_("Period"), f"{iso(period.first)} – {iso(period.last)}"),
        Field(N_("Reckoned up to"), iso(period.until)), height=11,
    )  # fmt: skip
    book.row(Field(N_("Standard"), words.both(data.standard.title)), height=11)
    imprint = letter.imprint
    book.row(
        Field(N_("Document no."), imprint.number if imprint else ""),
        Field(N_("Seal of the data"), imprint.seal if imprint else "", 1.6),
        Field(N_("Printed"), f"{moment(letter.printed_at)}  {letter.printed_by}", 1.6), height=11,
    )  # fmt: skip
    book.gap(3)
    if period.runs:
        book.told(N_("The period is not over yet: nothing after {day} is in it."), 9, day=iso(period.until))
    book.told(
        N_("A space for the children of the factory's workers: what its own records say about safety, supervision and"
           " children in production. Numbers come with what was counted and how sure they are."), 8.5,
    )  # fmt: skip


def _contents(book: Book) -> None:
    """Draw the list of chapters on the cover, once their pages are known."""
    paper, words, y = book.paper, book.words, _CONTENTS
    title_line(paper, words, N_("Contents"), Box(MARGIN, y, paper.width - 2 * MARGIN, 7), 13)
    y += 10
    for chapter, page in book.begun:
        base = y + 4.6
        end = paper.text(MARGIN + 8, base, words.first(chapter.title), 10) + MARGIN + 8
        paper.text(MARGIN, base, str(chapter.number), 10, bold=True)
        others = " / ".join(words.each(chapter.title)[1:])
        end += 2 + paper.text(end + 2, base, others, 8)
        paper.dots(end + 2, paper.width - MARGIN - 10, base)
        paper.text(paper.width - MARGIN, base, str(page), 10, align="right")
        y += 7.6
    y += 4
    paper.fill(
        Box(MARGIN, y, paper.width - 2 * MARGIN, 5), words.first(_VERIFY), 8, most=1,
    )  # fmt: skip
    others = " / ".join(words.each(_VERIFY)[1:])
    paper.fill(Box(MARGIN, y + 5, paper.width - 2 * MARGIN, 4), others, 7, most=1)
