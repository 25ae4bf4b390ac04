"""The record of one drill: when and what, the head-count against the records of that moment, who was missing.

Source: `domain.md` 3.6 and 8.13
"""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.table import Cell, Column, Table
from ccfs_desktop.reports.kit.words import Words, clock
from ccfs_desktop.services.log_papers import DrillPaper, Heads

_TITLE = N_("Drill record")
_HEADS = (
    Column(N_("Whose heads"), 86, size=10),
    Column(N_("By the records of that moment"), 34, "centre", 13, bold=True),
    Column(N_("Counted at the meeting point"), 34, "centre", 13, bold=True),
    Column(N_("Difference"), 32, "centre", 13, bold=True),
)


def render(data: DrillPaper) -> bytes:
    """Return the record of a drill as a PDF."""
    words = Words(data.letterhead.languages)
    paper = Paper(
        f"{words.first(_TITLE)} {data.day.isoformat()}", language=words.languages[0], made=data.letterhead.printed_at
    )
    note = data.audit_head or words.both(N_("Confidential"))
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, note))

    def top() -> float:
        return head(paper, words, data.letterhead, _TITLE, under=words.days(data.day))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    _drill(form, words, data)
    form.gap(5)
    form.section(N_("Head-count"))
    form.gap(1)
    form.table(Table(paper, words, _HEADS, MARGIN, head_height=11, row_height=11), [_row(words, h) for h in data.heads])
    missing = data.missing or (words.both(N_("Nobody")) if data.at else "")
    form.row(Field(N_("Who was missing, and where found"), missing), height=14)
    form.row(Field(N_("Problems"), data.problems), height=22)
    _check(form, words, data)
    if data.entered_late:
        form.gap(3)
        form.told(N_("This record was typed after the day of the drill."), 8.5)
    form.gap(8)
    form.sign(N_("Drill leader"), N_("Factory EHS"), N_("Date"), height=16)
    return paper.finish()


def _drill(form: Form, words: Words, data: DrillPaper) -> None:
    seconds = "" if data.seconds is None else str(data.seconds)
    announced = {None: "", True: words.both(N_("Yes")), False: words.both(N_("No"))}[data.announced]
    form.row(
        Field(N_("Began at"), clock(data.at)),
        Field(N_("Part of the day"), words.both(data.when) if data.when else "", 2),
        Field(N_("Kind"), words.both(data.kind.word) if data.kind else "", 1.6),
    )
    form.row(
        Field(N_("Announced"), announced),
        Field(N_("Seconds until all were there"), seconds, 1.6),
        Field(N_("At most"), str(data.target)),
        Field(N_("Led by"), data.leader, 2),
    )


def _row(words: Words, heads: Heads) -> list[Cell]:
    said, *others = words.each(heads.who)
    known, counted = ("" if n is None else str(n) for n in (heads.known, heads.counted))
    gap = "" if heads.counted is None or heads.known is None else f"{heads.counted - heads.known:+d}"
    return [((said, 10, False), *((one, 8, False) for one in others)), known, counted, "0" if gap == "+0" else gap]


def _check(form: Form, words: Words, data: DrillPaper) -> None:
    if data.checklist:
        form.gap(3)
        form.row(
            Field(N_("Checklist"), words.both(data.checklist), 2), Field(N_("Result"), words.both(data.result), 1.4),
            Field(N_("Signed by"), data.signed, 1.6), height=13,
        )  # fmt: skip
