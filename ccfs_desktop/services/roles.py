"""What each role may do: one table, asked by the services. What is not in it is refused. Source: security.md 2.3."""

import enum

from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _

ROLE_WORDS = {
    "officer": N_("HR officer"),
    "coordinator": N_("Coordinator"),
    "caregiver": N_("Caregiver"),
    "manager": N_("Manager"),
    "auditor": N_("Auditor"),
    "administrator": N_("Administrator"),
}
"""Role → what it is called, marked with ``N_``."""
GIVEN = tuple(ROLE_WORDS)
"""The roles that can be given to a user."""
ROLE_SENTENCES = {
    "officer": N_("Everything: children, staff, consent, papers, health and incidents, users, backups."),
    "coordinator": N_("The daily work, with health and incidents. No users; consent is only proposed."),
    "caregiver": N_(
        "Attendance of today and yesterday; of each child name, age, group, allergy and who may collect. Writes the "
        "daily logs and reports incidents, without reading what others reported."
    ),
    "manager": N_(
        "Reads figures, registers and rosters of the programme; works on corrective actions and verifies them."
    ),
    "auditor": N_("Reads one period only. Children's names are masked until revealed, and each reveal is recorded."),
    "administrator": N_(
        "Looks after users without health records, backups and updates. Sees neither children nor registers."
    ),
}
"""Role → what it may do, in a sentence for who gives it, marked with ``N_``. After security.md 2.3."""


class Right(enum.StrEnum):
    """Something a role may do."""

    REPORT = "report"
    """Report an incident or a concern."""
    INCIDENTS = "incidents"
    """See that there are incidents: number, kind, place, severity, whether they are signed."""
    DETAILS = "details"
    """Read and write what is sealed: health, incidents, medicine."""
    CONCERNS = "concerns"
    """Know of safeguarding concerns at all."""
    ACTIONS = "actions"
    """Work on corrective actions."""
    VERIFY = "verify"
    """Verify that an action was done, and that it works."""
    LOGS = "logs"
    """Write the open logs: visitors, drills, food, the first-aid kit, patrols and sightings."""
    BACKUP = "backup"
    """Back up, rehearse and restore. What the program does by itself asks nobody."""
    DATA = "data"
    """Look after data protection: consent register, retention, erasure, copies for guardians, disclosures. What is
    erased is approved by a second person."""


_ALL = frozenset(Right)
MAY: dict[str, frozenset[Right]] = {
    "officer": _ALL,
    "coordinator": _ALL - {Right.DATA},
    "recovery": _ALL,
    "manager": frozenset({Right.REPORT, Right.INCIDENTS, Right.ACTIONS, Right.VERIFY}),
    "caregiver": frozenset({Right.REPORT, Right.LOGS}),
    "auditor": frozenset({Right.INCIDENTS}),
    "administrator": frozenset({Right.BACKUP}),
}
"""Role → what it may. Source: security.md 2.3; the manager's column is ours, after product.md 1."""


def may(session: Session, right: Right) -> bool:
    """Tell whether who is working may do something."""
    return right in MAY.get(session.info["actor"].role, frozenset())


def require(session: Session, right: Right) -> None:
    """Refuse what the role of who is working does not cover.

    Raises:
        UserError: it may not.
    """
    if not may(session, right):
        raise UserError(_("Your role may not do this. Ask the HR officer."))
