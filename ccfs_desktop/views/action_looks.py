"""Signs and colours of the corrective actions; each stands beside the word that says the same."""

from datetime import date

from ccfs_desktop.models.action import Action, Repeat, Stage
from ccfs_desktop.services import actions

STAGE = {
    Stage.OPEN: ("circle", "text"),
    Stage.IN_PROGRESS: ("pencil", "text"),
    Stage.DONE: ("clock", "warning"),
    Stage.VERIFIED: ("check", "accent"),
    Stage.CLOSED: ("circle-check", "accent"),
    Stage.NO_ACTION: ("ban", "quiet"),
}
REPEAT = {Repeat.NEW: "quiet", Repeat.CARRIED_OVER: "warning", Repeat.REPEAT: "danger"}


def look(action: Action, day: date) -> tuple[str, str]:
    """Return icon and tone of how far an action is."""
    if actions.is_overdue(action, day):
        return "circle-alert", "danger"
    if actions.check_is_due(action, day) or (actions.waits_for_word(action) and action.stage is not Stage.DONE):
        return "clock", "warning"
    return STAGE[action.stage]
