"""What the chapters of the compliance report are made with: numbered headings, key figures, small tables, sentences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, title_line
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FINE
from ccfs_desktop.reports.kit.table import Cell, Column, Part, Table
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.compliance import Compliance
from ccfs_desktop.services.sheet_geometry import Box
from ccfs_desktop.services.statistics import Figure

SMALL = 0.78
"""Size of the second language beside the first."""


@dataclass(frozen=True)
class Chapter:
    """One chapter, and the parts of a standard it speaks to."""

    number: int
    title: str
    """Marked."""
    parts: tuple[str, ...]


SUMMARY = Chapter(1, N_("Summary"), ())
PROGRAMME = Chapter(2, N_("The programme"), ("policy",))
ENROLMENT = Chapter(3, N_("Enrolment and attendance"), ("enrolment",))
STAFFING = Chapter(4, N_("Adults and ratio"), ("staffing", "vetting"))
CHECKS = Chapter(5, N_("Safety checks"), ("checks",))
INCIDENTS = Chapter(6, N_("Drills and incidents"), ("drills", "incidents"))
PRODUCTION = Chapter(7, N_("Children in production"), ("sightings",))
ACTIONS = Chapter(8, N_("Corrective actions"), ("actions",))
DATA = Chapter(9, N_("Protection of data"), ("data",))
RECORDS = Chapter(10, N_("How complete the records are"), ("completeness",))
CLAUSES = Chapter(11, N_("Clauses of the standard"), ())
ANNEXES = Chapter(12, N_("Annexes"), ())
CHAPTERS = (
    SUMMARY, PROGRAMME, ENROLMENT, STAFFING, CHECKS, INCIDENTS, PRODUCTION, ACTIONS, DATA, RECORDS, CLAUSES, ANNEXES,
)  # fmt: skip

_FIGURES = (
    Column(N_("Key figure"), 76, size=8.5),
    Column(N_("Value"), 21, "centre", size=11, bold=True),
    Column(N_("Reckoned from"), 29, "centre", size=8),
    Column(N_("95-per-cent interval"), 25, "centre", size=8),
    Column(N_("To know"), 35, size=6.6),
)


def chapters_of(parts: Sequence[str]) -> str:
    """Return the numbers of the chapters that speak to some parts."""
    return ", ".join(str(one.number) for one in CHAPTERS if set(one.parts) & set(parts))


def spoken(texts: Sequence[str], size: float = 8.5, *, bold: bool = False) -> tuple[Part, ...]:
    """Return the parts of a cell: a text in each language, the second one smaller."""
    first, *others = dict.fromkeys(texts)
    return ((first, size, bold), *((one, size * SMALL, False) for one in others))


class Book(Form):
    """The report under way."""

    def __init__(
        self,
        paper: Paper,
        words: Words,
        data: Compliance,
        turn: Callable[[], float],
        exhibits: Mapping[str, str] | None = None,
    ) -> None:
        """Begin where the head of the page ended; see :class:`Form`."""
        super().__init__(paper, words, MARGIN, paper.height - BOTTOM, turn)
        self.data = data
        self.exhibits = exhibits or {}
        """Annex → the exhibit that it is, where the report is bound into an audit pack."""
        self.begun: list[tuple[Chapter, int]] = []
        """The chapters with the page each begins on."""

    def chapter(self, chapter: Chapter, *, keep: float = 60) -> None:
        """Begin a chapter; it never begins at the foot of a page."""
        if self.y > 60:
            self.gap(5)
        self.need(12 + keep)
        self.begun.append((chapter, self.paper.number))
        self.paper.mark(f"{chapter.number}  {self.words.both(chapter.title)}")
        wide = self.paper.text(self.left, self.y + 5.6, str(chapter.number), 14, bold=True)
        box = Box(self.left + max(wide + 3, 9), self.y, self.across - 12, 7.2)
        title_line(self.paper, self.words, chapter.title, box, 14)
        self.paper.line(self.left, self.y + 8.4, self.left + self.across, self.y + 8.4, FINE)
        self.y += 11

    def figures(self, *ids: str) -> None:
        """Write key figures with definition, what was counted, interval, and what limits them."""
        rows = [self._figure(self.data.spoken(one)) for one in ids]
        self.rows(_FIGURES, rows, row_height=9)

    def rows(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, row_height: float = 6.4) -> None:
        """Draw a table as wide as its columns."""
        table = Table(self.paper, self.words, columns, self.left, head_height=8, row_height=row_height, alone=0.95)
        self.need(8 + (table.height(rows[0]) if rows else 0))
        self.table(table, rows)

    def spoken(self, texts: Sequence[str], size: float = 8.5, *, bold: bool = False) -> tuple[Part, ...]:
        """Return the parts of a cell; see :func:`spoken`."""
        return spoken(texts, size, bold=bold)

    def both(self, message: str, size: float = 8.5, *, bold: bool = False) -> tuple[Part, ...]:
        """Return the parts of a cell: a marked message in each language, the second one smaller."""
        return self.spoken(self.words.each(message), size, bold=bold)

    def points(self, *messages: str, size: float = 9, **values: object) -> None:
        """Write sentences as a list."""
        for message in messages:
            self.need(2 * size * 1.4 / 2.8)
            self.paper.text(self.left + 1, self.y + size * 0.36 + 0.6, "•", size)
            for index, sentence in enumerate(self.words.each(message, **values)):
                self.say(sentence, size * (0.85 if index else 1), indent=5)
            self.gap(1)
        self.gap(1)

    def _figure(self, figures: Sequence[Figure]) -> list[Cell]:
        first = figures[0]
        titles = list(dict.fromkeys(one.title for one in figures))
        title = self.spoken([f"{first.id}  {titles[0]}", *titles[1:]], bold=True)
        definition = self.spoken([one.definition for one in figures], 6.8)
        notes = [one.note for one in figures if one.note]
        return [
            (*title, *definition), first.text, first.counted or "–", first.interval_text or "–",
            self.spoken(notes, 6.6) if notes else "",
        ]  # fmt: skip
