"""Printing the children's papers from the list and from a child's file."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.views.kit.page import Page

_WORDS = {
    "enrolment-form": N_("Enrolment form"),
    "consents": N_("Agreements and consents"),
    "badges": N_("Badges"),
    "pick-up-cards": N_("Pick-up cards"),
}
_BLANK = {"enrolment-form": N_("Blank enrolment form"), "consents": N_("Blank agreements and consents")}


def menu(owner: QWidget, choose: Callable[[str], object]) -> QMenu:
    """Return the menu of papers; ``choose`` gets the document's name, with a leading ``blank:`` for a blank one."""
    made = QMenu(owner)
    for name, word in _WORDS.items():
        made.addAction(_(word), partial(choose, name))
    made.addSeparator()
    for name, word in _BLANK.items():
        made.addAction(_(word), partial(choose, f"blank:{name}"))
    return made


def show(page: Page, name: str, child_ids: Sequence[int]) -> None:
    """Make a paper beside the window and lay its preview over the page."""
    blank, _colon, document = name.rpartition(":")
    ids = [] if blank else list(child_ids)

    def task(_job: object) -> bytes:
        from ccfs_desktop.reports import issue_children  # noqa: PLC0415 (paper is loaded when it is needed)

        return issue_children.papers(page.db, document, ids)

    def preview(pdf: bytes) -> None:
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        page.push(_(_WORDS[document]), Paper(pdf, document, say=page.say))

    page.work(_("Printing …"), task, preview)
