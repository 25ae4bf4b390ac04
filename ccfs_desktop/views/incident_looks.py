"""Signs and colours of the incidents; each stands beside the word that says the same."""

from ccfs_desktop.services.incident_list import State

STATE = {
    State.DRAFT: ("pencil", "warning"),
    State.UNSIGNED: ("circle", "warning"),
    State.PARENTS: ("phone", "danger"),
    State.COMPLETE: ("circle-check", "accent"),
    State.DISCARDED: ("ban", "quiet"),
}


def severity_tone(severity: int) -> str:
    """Return the colour of a severity."""
    return "danger" if severity >= 2 else "warning" if severity == 1 else "quiet"


def severity_icon(severity: int) -> str:
    """Return the sign of a severity."""
    return "triangle-alert" if severity >= 2 else "circle-help" if severity < 0 else ""
