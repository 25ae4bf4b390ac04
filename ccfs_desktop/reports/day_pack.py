"""Everything the space needs on paper for one day, as one document to print."""

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import emergency_list, sign_in_sheet, staff_sign_in, visitor_log
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.papers import DayPack

_TITLE = N_("Papers of the day")


def render(pack: DayPack) -> bytes:
    """Return the day's papers: sign-in sheets, emergency list, staff sign-in, visitor log."""
    words = Words(pack.letterhead.languages)
    title = f"{words.first(_TITLE)} {pack.day.isoformat()}"
    paper = Paper(title, language=words.languages[0], made=pack.letterhead.printed_at)
    for sheet in pack.sheets:
        sign_in_sheet.draw(paper, sheet)
    if pack.emergency:
        emergency_list.draw(paper, pack.emergency)
    if pack.staff:
        staff_sign_in.draw(paper, pack.staff)
    if pack.visitors:
        visitor_log.draw(paper, pack.visitors)
    return paper.finish()
