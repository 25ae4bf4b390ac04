"""Printing about staff from the list and from a file."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.views.kit.page import Page

_WORDS = {
    "vetting-list": N_("Vetting list"),
    "staff-file": N_("Staff file"),
    "code-of-conduct": N_("Code of conduct to sign"),
    "code-of-conduct-list": N_("Code of conduct, one list for all to sign"),
    "blank:code-of-conduct": N_("Blank code of conduct"),
}


def menu(owner: QWidget, choose: Callable[[str], object], names: Sequence[str] = tuple(_WORDS)) -> QMenu:
    """Return a menu of papers; ``choose`` gets the document's name, with a leading ``blank:`` for a blank one."""
    made = QMenu(owner)
    for name in names:
        made.addAction(_(_WORDS[name]), partial(choose, name))
    return made


def show(page: Page, name: str, staff_ids: Sequence[int] = ()) -> None:
    """Make a paper beside the window and lay its preview over the page."""
    blank, _colon, document = name.rpartition(":")
    ids = [] if blank or document in {"vetting-list", "code-of-conduct-list"} else list(staff_ids)

    def task(_job: object) -> bytes:
        from ccfs_desktop.reports import issue_staff  # noqa: PLC0415 (paper is loaded when it is needed)

        return issue_staff.papers(page.db, document, ids)

    def preview(pdf: bytes) -> None:
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        page.push(_(_WORDS[name]), Paper(pdf, document, say=page.say))

    page.work(_("Printing …"), task, preview)
