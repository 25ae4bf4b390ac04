"""The agreements a guardian ticks and signs one by one.

Source: `domain.md` 8.4
"""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import RULE
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.papers import ConsentItem, ConsentSet
from ccfs_desktop.services.sheet_geometry import Box

_TITLE = N_("Agreements and consents")

_INDENT = 9.0
_TEXT = 8.5


def render(data: ConsentSet) -> bytes:
    """Return the consent set as a PDF."""
    words = Words(data.letterhead.languages)
    title = " ".join(filter(None, (words.first(_TITLE), data.child)))
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages), landscape=False)

    def top() -> float:
        return head(paper, words, data.letterhead, _TITLE)

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    form.row(
        Field(N_("Child"), data.child, 1.4),
        Field(N_("Number"), data.number, 0.6),
        Field(N_("Parent or guardian"), data.guardian, 1.4),
    )
    form.gap(2)
    form.told(N_("Tick your answer to each part and sign beside it. You may change your mind at any time."), 9)
    form.gap(3)
    for item in data.items:
        _item(form, item)
    return paper.finish()


def _item(form: Form, item: ConsentItem) -> None:
    """One consent: kept on one page where it fits."""
    choices = item.choices or (form.words.both(N_("Yes")), form.words.both(N_("No")))
    text = form.height_of(item.text, _TEXT, indent=_INDENT)
    form.need(min(text, 120.0) + 30)
    box = Box(form.left, form.y + 0.6, 6, 6)
    form.paper.box(box, RULE)
    form.paper.fill(box, item.letter, 11, bold=True, align="centre")
    version = form.words.both(N_("Version"))
    form.paper.fill(
        Box(form.left + form.across - 42, form.y + 1.4, 42, 4), f"{version} {item.version}", 6.5, align="right"
    )
    form.paper.fill(Box(form.left + _INDENT, form.y + 0.4, form.across - _INDENT - 44, 6), item.title, 11, bold=True)
    form.y += 7.2
    form.say(item.text, _TEXT, indent=_INDENT)
    form.need(20)
    _choices(form, choices)
    form.sign(N_("Signature"), N_("Date"), height=11)
    form.paper.line(form.left, form.y + 0.5, form.left + form.across, form.y + 0.5, 0.18)
    form.gap(4)


def _choices(form: Form, choices: tuple[str, ...]) -> None:
    part = (form.across - _INDENT) / len(choices)
    for index, choice in enumerate(choices):
        left = form.left + _INDENT + index * part
        form.paper.box(Box(left, form.y + 1.8, 4.4, 4.4), RULE)
        form.paper.fill(Box(left + 6, form.y + 1.2, part - 8, 5.6), choice, 9)
    form.y += 7.6
