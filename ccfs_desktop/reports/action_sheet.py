"""One corrective action: finding, causes, what was done, who said and signed what; its photos before and after."""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import RULE
from ccfs_desktop.reports.kit.words import Words, iso, moment
from ccfs_desktop.services.action_papers import ActionSheet, Picture
from ccfs_desktop.services.sheet_geometry import Box

TITLE = N_("Corrective action")
_PHOTO = Box(0, 0, 90, 66)
_SIZE = 9.5


def render(data: ActionSheet) -> bytes:
    """Return the sheet as a PDF."""
    words, action = Words(data.letterhead.languages), data.row.action
    title = f"{words.first(TITLE)} {action.number}"
    paper = Paper(title, language=words.languages[0], made=data.letterhead.printed_at)
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages), landscape=False)

    def top() -> float:
        return head(paper, words, data.letterhead, TITLE, under=(action.number,))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    _facts(form, data)
    _texts(form, data)
    _steps(form, data)
    _evidence(form, data)
    return paper.finish()


def _facts(form: Form, data: ActionSheet) -> None:
    row, action, words = data.row, data.row.action, form.words
    known = words.both(action.repeat.word) + (f"  {row.before}" if row.before else "")
    form.row(
        Field(N_("Status"), words.both(row.status), 1.5),
        Field(N_("Severity"), words.both(action.severity.word)),
        Field(N_("Known before"), known, 1.3),
    )
    source = "  ".join(part for part in (words.both(action.source.word), action.reference) if part)
    form.row(
        Field(N_("Source"), source, 1.6), Field(N_("Item"), action.item, 0.6), Field(N_("Responsible"), action.owner)
    )
    form.row(
        Field(N_("Found on"), iso(action.found_on)),
        Field(N_("Due"), iso(action.due)),
        Field(N_("Done on"), iso(action.done_on)),
        Field(N_("Done by"), action.done_by, 1.3),
        Field(N_("Effectiveness check due"), iso(action.check_due)),
    )
    form.gap(3)


def _texts(form: Form, data: ActionSheet) -> None:
    """What people wrote; what is empty is left out."""
    action, words = data.row.action, form.words
    whys = [text for text in (action.why1, action.why2, action.why3, action.why4, action.why5) if text]
    asked = "  ".join(words.each(data.row.wording)) if data.row.wording else ""
    for message, texts in (
        (N_("Finding"), (action.finding, asked)),
        (N_("Done at once"), (action.immediate,)),
        (N_("Why it happened"), tuple(f"{n}. {text}" for n, text in enumerate(whys, start=1))),
        (N_("Root cause"), (action.root_cause,)),
        (N_("Correction"), (action.correction,)),
        (N_("Prevention"), (action.prevention,)),
        (N_("Grounds for no action"), (action.grounds,)),
    ):
        told = [text for text in texts if text]
        if told:
            form.section(message, keep=6)
            for number, text in enumerate(told):
                form.say(text, _SIZE if message != N_("Finding") or not number else 7.5)
            form.gap(1.5)


def _steps(form: Form, data: ActionSheet) -> None:
    form.section(N_("Said and signed"), keep=8)
    if not data.steps:
        form.told(N_("Nothing yet."), 9)
    for step in data.steps:
        who = ", ".join(part for part in (step.name, step.role, moment(step.at)) if part)
        form.need(10)
        form.say(f"{form.words.both(step.step.word)}: {who}", _SIZE, bold=True)
        if step.word:
            form.say(step.word, _SIZE)
        if step.proof:
            form.told(step.proof.word, 7)
        form.gap(1.5)


def _evidence(form: Form, data: ActionSheet) -> None:
    """Photos of before at the left, of after at the right; PDFs by name."""
    if not data.pictures and not data.files:
        return
    form.gap(2)
    before = [one for one in data.pictures if not one.after]
    after = [one for one in data.pictures if one.after]
    form.section(N_("Evidence"), keep=_PHOTO.height + 14 if data.pictures else 6)
    right = form.left + form.across - _PHOTO.width
    if data.pictures:
        for x, message in ((form.left, N_("How it was before")), (right, N_("How it is after"))):
            form.paper.text(x, form.y + 3.2, form.words.both(message), 8, bold=True)
        form.gap(5)
    for number in range(max(len(before), len(after))):
        form.need(_PHOTO.height + 9)
        for x, pictures in ((form.left, before), (right, after)):
            if number < len(pictures):
                _picture(form, x, pictures[number])
        form.y += _PHOTO.height + 8
    for name in data.files:
        form.say(f"{form.words.first(N_('PDF, kept in the program'))}: {name}", 8.5)


def _picture(form: Form, x: float, picture: Picture) -> None:
    box = Box(x, form.y, _PHOTO.width, _PHOTO.height)
    form.paper.box(box, RULE)
    form.paper.picture(box.inside(0.6, 0.6), picture.jpeg)
    form.paper.fill(Box(x, box.bottom + 0.6, _PHOTO.width, 5), picture.told, 7.5, most=2)
