"""The code that opens the office when every password is lost: printed once, kept by two people in two places.

Source: `security.md` 2.3
"""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.form import Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.marks import qr_code
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FRAME
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.papers import RecoverySheet
from ccfs_desktop.services.sheet_geometry import Box

_TITLE = N_("Recovery sheet")

_MARGIN = 20.0


def render(data: RecoverySheet) -> bytes:
    """Return the recovery sheet as a PDF."""
    words = Words(data.letterhead.languages)
    paper = Paper(words.first(_TITLE), language=words.languages[0], made=data.letterhead.printed_at)
    note = words.both(N_("Confidential"))
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, note), landscape=False)

    def top() -> float:
        return head(paper, words, data.letterhead, _TITLE, under=(data.office,))

    def turn() -> float:
        paper.page()
        return top()

    form = Form(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top() + 2
    form.told(
        N_(
            "This code opens the office when every password is lost. Whoever has this sheet can read every child's "
            "record: keep it in a sealed envelope in a safe, never on the computer and never in a photo."
        ),
        10,
    )
    form.gap(4)
    _code(form, data.code)
    _people(form, data)
    return paper.finish()


def _code(form: Form, code: str) -> None:
    """Print the code large, for the eye and for a scanner."""
    paper = form.paper
    box = Box(form.left, form.y, form.across, 46)
    paper.box(box, FRAME)
    qr_code(paper, Box(box.right - 41, box.top + 5, 36, 36), code)
    form.words.label(paper, box.left + 5, box.top + 8, N_("Recovery code"), 8.5)
    paper.fill(Box(box.left + 5, box.top + 11, box.width - 54, 30), code, 22, bold=True, most=4)
    form.y = box.bottom + 5


def _people(form: Form, data: RecoverySheet) -> None:
    form.section(N_("How to use it"))
    for step in (
        N_("1. Start the program and choose “Password lost?” in the login window."),
        N_("2. Type the code, or scan it. O and 0, I and 1 are taken as the same."),
        N_("3. Choose a new password. Print a new recovery sheet and destroy this one."),
    ):
        form.told(step, 9)
        form.gap(1.2)
    form.gap(3)
    if data.users:
        form.section(N_("Users when this sheet was printed"))
        form.say("  ·  ".join(data.users), 10)
        form.gap(4)
    form.section(N_("Kept by two people in two places"))
    for _person in range(2):
        form.sign(N_("Name"), N_("Where"), height=13)
        form.sign(N_("Signature"), N_("Date"), height=13)
        form.gap(3)
