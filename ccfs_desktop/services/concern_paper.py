"""What the paper of a safeguarding concern shows."""

from dataclasses import dataclass

from ccfs_desktop.services.concerns import Case
from ccfs_desktop.services.papers import Letterhead


@dataclass(frozen=True)
class ConcernPaper:
    """One concern, for the locked file."""

    letterhead: Letterhead
    case: Case
    audit_head: str = ""
