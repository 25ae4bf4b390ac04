"""What the QR codes on badges and pick-up cards say: digits only, so that every scanner types them the same way.

Kind (1) · season (3) · record (6) · check (2). A scanner is a keyboard: letters would come out differently under
another keyboard layout or an input method, digits do not; full-width digits are understood too. No name is in it.

Source: peers.md (d), after the table: barcode guns broken by Chinese input methods and keyboard layouts.
"""

import enum
import unicodedata
from dataclasses import dataclass

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

LENGTH = 12
"""Digits in a code. No time of day is that long, so a scan is known for one wherever it is typed."""


class Kind(enum.Enum):
    """Whose code it is."""

    CHILD = "1"
    """A child's badge; the record is the child."""
    GUARDIAN = "2"
    """A parent's pick-up card; the record is the guardianship."""
    PICKUP = "3"
    """Another adult's pick-up card; the record is the pick-up adult."""
    STAFF = "4"
    """A member of staff's badge, good in every season; the record is the person."""


@dataclass(frozen=True)
class Badge:
    """What a code says."""

    kind: Kind
    season_id: int
    record_id: int


def badge_code(season_id: int, child_id: int) -> str:
    """Return what a child's badge says in a season."""
    return code(Badge(Kind.CHILD, season_id, child_id))


def staff_code(staff_id: int) -> str:
    """Return what a member of staff's badge says, whatever the season."""
    return code(Badge(Kind.STAFF, 0, staff_id))


def code(badge: Badge) -> str:
    """Return the digits of a badge or card.

    The two check digits find every single wrong digit and nearly every swap. Source: ISO/IEC 7064, MOD 97-10.
    """
    body = f"{badge.kind.value}{badge.season_id:03}{badge.record_id:06}"
    return f"{body}{98 - int(body) * 100 % 97:02}"


def is_code(typed: str) -> bool:
    """Tell whether what was typed has the form of a code, right or wrong."""
    digits = plain(typed)
    return len(digits) == LENGTH and digits.isdecimal()


def from_badge(typed: str) -> Badge:
    """Read a code as a scanner types it.

    Raises:
        UserError: it is no code of ours, or was read wrongly.
    """
    digits = plain(typed)
    kinds = {kind.value: kind for kind in Kind}
    if not is_code(digits) or int(digits) % 97 != 1 or digits[0] not in kinds:
        raise UserError(_("This is not the code of a badge or pick-up card. Scan it again, or find the child by name."))
    return Badge(kinds[digits[0]], int(digits[1:4]), int(digits[4:10]))


def plain(typed: str) -> str:
    """Return the digits of any script and width as our own, without blanks."""
    narrow = unicodedata.normalize("NFKC", typed)
    return "".join(str(unicodedata.decimal(c, c)) for c in narrow if not c.isspace())
