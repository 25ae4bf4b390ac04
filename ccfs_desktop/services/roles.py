"""What each role may do: one table, asked by the services. What is not in it is refused. Source: security.md 2.3.

Each module of services says at its foot which right its functions need (``guard``). Asked is whoever calls from
outside: what a service looks up for itself, such as the consent that a sign-in depends on, needs no right of its own.
"""

import enum
import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from types import FunctionType
from typing import Any

from sqlalchemy.orm import Session

from ccfs_desktop.db import Actor
from ccfs_desktop.errors import Refused
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
    "coordinator": N_("The daily work, with health and incidents. No users; erasing is only proposed."),
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

    OFFICE = "office"
    """Know the factory, its seasons, groups and calendar; one's own password."""
    SETTINGS = "settings"
    """Change them, and ratio, shifts and checklists."""
    USERS = "users"
    """Look after users; which roles one may give depends on the keys one holds."""
    TRAIL = "trail"
    """Read the audit trail and verify it."""
    BACKUP = "backup"
    """Run a backup, and restore one."""
    UNDO = "undo"
    """Take back what others did; what one did oneself, everybody takes back who may do it."""
    FILES = "files"
    """Read the files of children and families."""
    ENROL = "enrol"
    """Write them: children, families, places, lists that go in."""
    CONSENT = "consent"
    """Record and withdraw consent."""
    REGISTER = "register"
    """Read the register: of each child name, age, group, allergy flag and who may collect."""
    NAMES = "names"
    """See children and families by name; whoever may not sees names masked until a family is revealed."""
    ATTENDANCE = "attendance"
    """Write it; caregivers that of today and yesterday."""
    CLOSE = "close"
    """Answer for a day: open it against a critical No, close it, reopen what was signed."""
    ROSTER = "roster"
    """Read the roster and who is on duty."""
    PLAN = "plan"
    """Write the roster, and who was on duty."""
    STAFF = "staff"
    """Read the files of the staff."""
    PERSONNEL = "personnel"
    """Write them."""
    SAFETY = "safety"
    """Read the safety checks and what they found."""
    CHECKS = "checks"
    """Go through a safety check and sign it."""
    FIGURES = "figures"
    """Read figures, proofs and reports of the programme."""
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
    PROTECTION = "protection"
    """Read the consent register, the retention schedule, and the logs of what was given out and erased."""
    PROPOSE = "propose"
    """Propose that a child's data be erased."""
    DATA = "data"
    """Look after data protection: retention, erasure, copies for guardians, disclosures. What is erased is approved by
    a second person."""


_COLUMNS = {"o": "officer", "c": "coordinator", "g": "caregiver", "m": "manager", "a": "auditor", "i": "administrator"}
TABLE: dict[Right, str] = {
    Right.OFFICE: "ocgmai",
    Right.SETTINGS: "oc",
    Right.USERS: "oi",
    Right.TRAIL: "ocai",
    Right.BACKUP: "oci",
    Right.UNDO: "oc",
    Right.FILES: "oca",
    Right.ENROL: "oc",
    Right.CONSENT: "o",
    Right.REGISTER: "ocgma",
    Right.NAMES: "ocgm",
    Right.ATTENDANCE: "ocg",
    Right.CLOSE: "oc",
    Right.ROSTER: "ocgma",
    Right.PLAN: "oc",
    Right.STAFF: "ocma",
    Right.PERSONNEL: "oc",
    Right.SAFETY: "ocgma",
    Right.CHECKS: "ocg",
    Right.FIGURES: "ocma",
    Right.REPORT: "ocgm",
    Right.INCIDENTS: "ocma",
    Right.DETAILS: "oc",
    Right.CONCERNS: "oc",
    Right.ACTIONS: "ocm",
    Right.VERIFY: "ocm",
    Right.LOGS: "ocg",
    Right.PROTECTION: "oca",
    Right.PROPOSE: "oc",
    Right.DATA: "o",
}
"""Right → the roles that have it, a letter each as in ``_COLUMNS``; whoever opens with the recovery sheet has all.

Source: security.md 2.3 for officer, coordinator, caregiver, auditor and administrator; the manager's column, and what
that table does not name (staff, roster, safety, figures, actions, logs), are ours, after product.md 1 and 4.10.
"""
MAY: dict[str, frozenset[Right]] = {
    role: frozenset(right for right, letters in TABLE.items() if letter in letters) for letter, role in _COLUMNS.items()
} | {"recovery": frozenset(Right)}
"""The same, turned: role → what it may."""


def allows(role: str, right: Right) -> bool:
    """Tell whether a role has a right; a role nobody knows has none."""
    return right in MAY.get(role, frozenset())


def may(session: Session, right: Right) -> bool:
    """Tell whether who is working may do something."""
    return allows(session.info["actor"].role, right)


def require(session: Session, right: Right) -> None:
    """Refuse what the role of who is working does not cover.

    Raises:
        Refused: it may not.
    """
    if not may(session, right):
        raise refusal()


def refusal() -> Refused:
    """Return the sentence for who may not."""
    return Refused(_("Your role may not do this. Ask the HR officer."))


# ------------------------------------------------------------------------------------------------ at the services' door

_inside = threading.local()


def guard(module: dict[str, Any], otherwise: Right, also: Mapping[Right, Sequence[Callable[..., Any]]]) -> None:
    """Let the public functions of a module ask for a right before they do anything; called at the module's foot.

    Asked are the functions whose first parameter is the session or the database, and the methods of its classes that
    get the session first.

    Args:
        module: its ``globals()``.
        otherwise: the right that all need that are not named; so a new function is never open by mistake.
        also: right → the functions that need this one instead.
    """
    named = {function.__name__: right for right, functions in also.items() for function in functions}
    for owner, name, value in doors(module):
        asked = _asking(value, named.pop(name, otherwise), 0 if owner is None else 1)
        if owner is None:
            module[name] = asked
        else:
            setattr(owner, name, asked)
    if named:
        raise LookupError(f"{module['__name__']} has no public function {', '.join(named)} to be guarded")


def doors(module: Mapping[str, Any]) -> list[tuple[type | None, str, Any]]:
    """Return what of a module of services is called from outside with the session or the database.

    Args:
        module: its ``globals()``.

    Returns:
        The class whose method it is, or None; the name; the function.
    """
    found: list[tuple[type | None, str, Any]] = []
    own = {
        n: v for n, v in module.items() if not n.startswith("_") and getattr(v, "__module__", "") == module["__name__"]
    }
    for name, value in own.items():
        if isinstance(value, type):
            found += [(value, n, m) for n, m in vars(value).items() if not n.startswith("_") and _takes(m, 1)]
        elif _takes(value, 0):
            found.append((None, name, value))
    return found


def _takes(value: object, place: int) -> bool:
    """Tell whether a function gets the session or the database at a place of its parameters."""
    function = getattr(value, "__wrapped__", value)
    if not isinstance(function, FunctionType):
        return False
    code = function.__code__
    return code.co_varnames[: code.co_argcount][place : place + 1] in (("session",), ("db",))


def _asking(function: Callable[..., Any], right: Right, place: int) -> Callable[..., Any]:
    @functools.wraps(function)
    def asked(*given: Any, **named: Any) -> Any:
        if getattr(_inside, "on", False):
            return function(*given, **named)
        office = given[place]
        actor: Actor = office.info["actor"] if isinstance(office, Session) else office.actor
        if not allows(actor.role, right):
            raise refusal()
        _inside.on = True
        try:
            return function(*given, **named)
        finally:
            _inside.on = False

    asked.right = right  # pyright: ignore
    return asked
