"""The daily sign-in sheet of a group, in the layout the factory chose."""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import full_sheet, scan_ready_sheet
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.papers import DaySheet
from ccfs_desktop.services.sheet_codes import written

_TITLE = N_("Sign-in sheet")


def render(sheet: DaySheet) -> bytes:
    """Return the sheet as a PDF."""
    words = Words(sheet.letterhead.languages)
    title = f"{words.first(_TITLE)} {sheet.day.isoformat()} {sheet.group} {written(sheet.code)}"
    paper = Paper(title, language=words.languages[0], made=sheet.letterhead.printed_at)
    draw(paper, sheet)
    return paper.finish()


def draw(paper: Paper, sheet: DaySheet) -> None:
    """Draw the sheet's pages into a document, for packs."""
    if sheet.layout == "full":
        full_sheet.draw(paper, sheet)
    else:
        scan_ready_sheet.draw(paper, sheet)
