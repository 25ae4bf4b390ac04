"""The columns of the staff list and of the list of what runs out when."""

from collections.abc import Sequence
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.models.staff import PaperKind, Staff
from ccfs_desktop.services import staff_papers
from ccfs_desktop.services.staff import Due, StaffFile
from ccfs_desktop.services.staff_papers import Paper, Standing
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.table import Column

_SHOWN = (
    PaperKind.BACKGROUND_CHECK, PaperKind.HEALTH_CERTIFICATE, PaperKind.FIRST_AID, PaperKind.CODE_OF_CONDUCT,
    PaperKind.SAFEGUARDING,
)  # fmt: skip
_TONES = {Standing.VALID: "", Standing.EXPIRES: "warning", Standing.MISSING: "danger", Standing.EXPIRED: "danger"}
_ICONS = {
    Standing.VALID: "check",
    Standing.EXPIRES: "clock",
    Standing.MISSING: "circle-alert",
    Standing.EXPIRED: "circle-alert",
}


def columns() -> list[Column]:
    """Return the columns of the staff list."""
    paper: dict[str, Any] = {
        "width": 150, "sortable": False, "shown": False, "word": _stands, "tone": _paper_tone, "icon": _paper_icon,
    }  # fmt: skip
    return [
        Column("name", describe(Staff, "name").label, width=150),
        Column("role", describe(Staff, "role").label, width=130),
        Column("group", _("Usual group"), width=100),
        Column("counts", _("Counts today"), 250, sortable=False, word=_counts, tone=_count_tone, icon=_count_icon),
        Column("papers", _("Papers"), 270, sortable=False, word=_papers, tone=_file_tone, icon=_file_icon),
        Column("due", _("Next due"), width=200),
        Column("phone", describe(Staff, "phone").label, width=120, shown=False),
        *(Column(kind.value, _(kind.word), **paper) for kind in _SHOWN),
    ]


def row(file: StaffFile) -> tuple[Any, ...]:
    """Return a person's row."""
    person, due = file.person, file.next_due
    stand = {paper.kind: paper for paper in file.stand}
    until = f"{due.until}  {_(due.kind.word)}" if due else None
    return (
        person.id, person.name, person.role, file.group, file, file, until, person.phone,
        *(stand.get(kind) for kind in _SHOWN),
    )  # fmt: skip


def due_columns() -> list[Column]:
    """Return the columns of the list of what runs out when."""
    stand: dict[str, Any] = {"tone": _paper_tone, "icon": _paper_icon}
    return [
        Column("until", _("Runs out"), 120, sortable=False, word=_until, **stand),
        Column("left", _("When"), 150, sortable=False, word=_left, tone=_paper_tone),
        Column("paper", _("Paper"), 190, sortable=False),
        Column("name", describe(Staff, "name").label, 160, sortable=False),
        Column("role", describe(Staff, "role").label, 140, sortable=False),
        Column("then", _("What it means"), 220, sortable=False),
    ]


def due_rows(dues: Sequence[Due]) -> list[tuple[Any, ...]]:
    """Return a row for each paper that is missing, has run out or will."""
    return [
        (
            due.file.person.id, due.paper, due.paper, _(due.paper.kind.word), due.file.person.name,
            due.file.person.role, staff_papers.consequence(due.file.person, due.paper),
        )
        for due in dues
    ]  # fmt: skip


def _counts(file: StaffFile) -> str:
    return f"{file.counts} · {file.away}" if file.away else file.counts


def _count_tone(file: StaffFile) -> str:
    if file.counting.percent:
        return ""
    return "danger" if staff_papers.percent(file.person) else "quiet"


def _count_icon(file: StaffFile) -> str:
    if file.counting.percent:
        return "check"
    return "circle-alert" if staff_papers.percent(file.person) else "circle"


def _papers(file: StaffFile) -> str:
    return listed(paper.sentence for paper in file.urgent) or _("all there")


def _worst(file: StaffFile) -> Standing:
    return max((paper.standing for paper in file.urgent), default=Standing.VALID)


def _file_tone(file: StaffFile) -> str:
    return _TONES[_worst(file)]


def _file_icon(file: StaffFile) -> str:
    return _ICONS[_worst(file)]


def _paper_tone(paper: Paper | None) -> str:
    return _TONES[paper.standing] if paper else "quiet"


def _paper_icon(paper: Paper | None) -> str:
    return _ICONS[paper.standing] if paper else ""


def _stands(paper: Paper | None) -> str:
    """Write how a paper stands, in words as well as in colour."""
    if paper is None:
        return "\N{EN DASH}"
    match paper.standing:
        case Standing.MISSING:
            return _("missing")
        case Standing.EXPIRED:
            return _("expired {day}").format(day=paper.until)
        case Standing.EXPIRES:
            return _("until {day}, soon").format(day=paper.until)
        case _:
            return _("until {day}").format(day=paper.until) if paper.until else _("there")


def _until(paper: Paper) -> str:
    return paper.until.isoformat() if paper.until else _("missing")


def _left(paper: Paper) -> str:
    if paper.until is None:
        return ""
    days = (paper.until - clock.today()).days
    if days < 0:
        return ngettext("{n} day ago", "{n} days ago", -days).format(n=-days)
    return _("today") if days == 0 else ngettext("in {n} day", "in {n} days", days).format(n=days)
