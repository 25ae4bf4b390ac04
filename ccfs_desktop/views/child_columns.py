"""The columns of the children's list."""

from typing import Any

from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.child import Child, Guardianship
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services.children_list import COMPLETE, OVERRIDDEN
from ccfs_desktop.services.enrolments import BLOCKERS
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.table import Column


def columns() -> tuple[Column, ...]:
    """Return the columns in the order of ``ChildrenList.COLUMNS``; some are hidden until they are chosen."""

    def of(record: type, name: str, width: int, **more: Any) -> Column:
        return Column(more.pop("key", name), describe(record, name).label, width, **more)

    return (
        of(Enrolment, "number", 68),
        of(Child, "name", 144),
        of(Child, "name_latin", 150, shown=False),
        Column("age", _("Age"), 56, number=True),
        of(Child, "birth_date", 100, shown=False),
        of(Child, "sex", 72, shown=False),
        Column("group", _("Group"), 104),
        of(Enrolment, "status", 92, tone=_status_tone),
        Column("papers", _("Papers"), 190, word=papers_word, tone=_papers_tone, icon=_papers_icon, sortable=False),
        Column("guardian", _("Guardian"), 128, sortable=False),
        of(Guardianship, "relation", 90, shown=False, sortable=False),
        of(Worker, "number", 100, key="worker_number", sortable=False),
        of(Worker, "department", 110, shown=False, sortable=False),
        Column("phone", _("Phone"), 112, sortable=False),
        of(Enrolment, "first_day", 96, shown=False),
        of(Enrolment, "last_day", 96, shown=False),
        of(Enrolment, "applied_on", 96, shown=False),
        of(Child, "alert", 140, tone=_alert_tone, icon=_alert_icon),
    )


SHORT = {
    "agreement": N_("Agreement"),
    "contact": N_("Contact"),
    "pickup": N_("Pick-up"),
    "health": N_("Health"),
    "data": N_("Data consent"),
}
"""The blockers of ``services.enrolments`` in a word, for a narrow column."""


def papers_word(codes: tuple[str, ...]) -> str:
    """Say what is missing, in a few words."""
    if not codes:
        return ""
    if codes == COMPLETE:
        return _("Complete")
    if codes == OVERRIDDEN:
        return _("Admitted by name")
    if len(codes) == len(BLOCKERS):
        return _("All missing")
    return _("{n} missing: {papers}").format(n=len(codes), papers=listed(_(SHORT[code]) for code in codes))


def _papers_tone(codes: tuple[str, ...]) -> str:
    return "quiet" if codes in {(), COMPLETE} else "warning"


def _papers_icon(codes: tuple[str, ...]) -> str:
    if not codes:
        return ""
    return "check" if codes == COMPLETE else "key-round" if codes == OVERRIDDEN else "triangle-alert"


def _status_tone(status: Status) -> str:
    return "" if status is Status.ENROLLED else "quiet"


def _alert_tone(alert: str) -> str:
    return "danger" if alert else ""


def _alert_icon(alert: str) -> str:
    return "circle-alert" if alert else ""
