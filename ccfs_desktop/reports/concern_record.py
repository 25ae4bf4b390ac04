"""A safeguarding concern on paper, for the file that is kept under lock. No other paper tells of concerns."""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.words import Words, clock, moment
from ccfs_desktop.services.concern_paper import ConcernPaper

_ASKED = (
    ("about", N_("Which child")),
    ("what", N_("What was seen or heard")),
    ("place", N_("Place")),
    ("child_said", N_("The child's own words")),
    ("person", N_("Worried about whose behaviour")),
    ("done", N_("What was done at once")),
    ("reporter", N_("Who noticed it")),
)
_SAFE = {True: N_("Yes"), False: N_("No"), None: N_("Not known")}


def render(data: ConcernPaper) -> bytes:
    """Return the concern as a PDF; its title names nobody."""
    words = Words(data.letterhead.languages)
    case = data.case
    title = f"{words.first(N_('Confidential'))} {case.id}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, title), landscape=False)

    def top() -> float:
        under = [f"{words.both(N_('Confidential'))}  ·  {case.id}"]
        return head(paper, words, data.letterhead, N_("Safeguarding concern"), under=under)

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    form.told(N_("To be kept under lock. Only those who must act on it may read it."), 9)
    form.gap(2)
    form.section(N_("As it was reported"))
    form.say(f"{moment(case.at)}  ·  {case.by}", 10, bold=True)
    told = case.report
    if told.day or told.at:
        seen = "  ".join(filter(None, (words.days(told.day)[0] if told.day else "", clock(told.at))))
        _line(form, N_("When it was noticed"), seen)
    for name, message in _ASKED:
        _line(form, message, getattr(told, name))
    _line(form, N_("Is the child safe now"), words.both(_SAFE[told.safe_now]))
    if case.entries:
        form.gap(2)
        form.section(N_("What followed"))
    for entry in case.entries:
        to = f"  →  {entry.to}" if entry.to else ""
        form.need(12)
        form.say(f"{words.both(entry.step.word)}  ·  {moment(entry.at)}  ·  {entry.by}{to}", 9.5, bold=True)
        form.say(entry.words, 9.5, indent=4)
        form.gap(1.5)
    form.gap(4)
    form.say(f"{words.both(N_('Audit trail'))}: {data.audit_head}", 7)
    return paper.finish()


def _line(form: Form, message: str, value: str) -> None:
    if not value:
        return
    form.need(12)
    form.say(form.words.both(message), 8)
    form.say(value, 10, indent=4)
    form.gap(1.5)
