"""The way from an item that failed to its corrective action."""

from functools import partial

from PySide6.QtWidgets import QPushButton

from ccfs_desktop import clock
from ccfs_desktop.i18n import _
from ccfs_desktop.models.action import Action
from ccfs_desktop.services import actions
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button


def action_link(page: Page, action: Action | None) -> QPushButton | None:
    """Return a link that says how far the action is and opens it; None where there is none."""
    if action is None:
        return None
    told = _("Corrective action {number}: {stage}").format(
        number=action.number, stage=actions.word(action, clock.today())
    )
    return button(told, partial(page.context.shell.go, "incidents", action=action.id), "arrow-right", "link")
