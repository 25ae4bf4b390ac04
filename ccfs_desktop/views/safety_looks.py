"""Signs and colours of the safety checks; each stands beside the word that says the same."""

from ccfs_desktop.models.check import Result, Said, Severity
from ccfs_desktop.services.check_schedule import Standing
from ccfs_desktop.services.opening import State

OPENING = {
    State.NOT_CHECKED: ("circle-help", "quiet"),
    State.SAFE: ("circle-check", "accent"),
    State.ACTIONS: ("triangle-alert", "warning"),
    State.UNSAFE: ("ban", "danger"),
    State.OPENED: ("triangle-alert", "warning"),
}
RESULT = {
    Result.PASS: ("circle-check", "accent"),
    Result.ACTION: ("triangle-alert", "warning"),
    Result.FAIL: ("ban", "danger"),
    None: ("circle", "quiet"),
}
STANDING = {
    Standing.DUE: ("circle", "text"),
    Standing.LATE: ("clock", "danger"),
    Standing.BEGUN: ("pencil", "warning"),
    Standing.DONE: ("circle-check", "accent"),
    Standing.MISSED: ("circle-alert", "danger"),
    Standing.EXPLAINED: ("info", "quiet"),
}
SAID = {Said.YES: ("check", "accent"), Said.NO: ("x", "danger"), Said.NOT_APPLICABLE: ("circle", "quiet")}
SEVERITY = {
    Severity.CRITICAL: "danger",
    Severity.MAJOR: "warning",
    Severity.MINOR: "quiet",
    Severity.NONE: "quiet",
}
