"""The front of an audit pack, as the tests print it."""

from datetime import date
from typing import Any

from ccfs_desktop.models.log import Visitor
from ccfs_desktop.services import standards
from ccfs_desktop.services.audit_pack import Pack, Wish
from ccfs_desktop.services.redaction import Redaction, Redactor
from ccfs_desktop.services.sample import Sample
from ccfs_desktop.services.staff_worked import WorkedList

KEY = bytes(32)


def pack(samples: dict[str, Any]) -> Pack:
    """Return a pack of the papers that are samples themselves, without its single records.

    Args:
        samples: name of a document → what draws it.
    """
    report = samples["compliance-report"]()
    wish = Wish(date(2017, 7, 3), date(2017, 7, 31), redaction=Redaction.INITIALS, sample=20, seed=42)
    return Pack(
        letterhead=report.letterhead, season=report.period.season, period=report.period, wish=wish,
        standard=standards.get(wish.standard), redactor=Redactor(wish.redaction, KEY, ()), compliance=report, days=(),
        checks=samples["check-history"](), incidents=samples["incident-register"](), actions=samples["action-plan"](),
        patrols=samples["patrol-register"](), vetting=samples["vetting-list"](), proof=samples["ratio-period"](),
        sample=Sample(42, 20, 0, ()), sheets=(), check_ids=(), drill_ids=(), incident_ids=(), drills=(),
        guests=tuple(Visitor(season_id=1, day=date(2017, 7, n), name="Gast") for n in (4, 5, 6)), agreed=(),
        checked={}, worked=WorkedList(report.letterhead, wish.first_day, wish.last_day, ()),
    )  # fmt: skip
