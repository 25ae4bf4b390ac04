"""What a list of backups shows."""

from ccfs_desktop.i18n import _, listed
from ccfs_desktop.services import backups
from ccfs_desktop.services.backups import Entry
from ccfs_desktop.views.kit.table import Column, Rows

_MB = 1_000_000


def columns() -> tuple[Column, ...]:
    """Return the columns of a list of backups."""
    return (
        Column("made", _("When"), width=130, sortable=False),
        Column("size", _("Size"), width=76, number=True, sortable=False, word=_size),
        Column("state", _("Verified"), width=120, sortable=False, tone=_tone, icon=_icon, word=_state),
        Column("kept", _("Kept as"), width=210, sortable=False),
        Column("second", _("Second medium"), width=116, sortable=False),
        Column("why", _("Made"), width=130, sortable=False),
    )


def rows(entries: list[Entry]) -> Rows:
    """Return what a list of backups shows; the key is the file's name."""
    return Rows([_line(entry) for entry in entries], columns())


def _line(entry: Entry) -> tuple[object, ...]:
    manifest = entry.manifest
    state = "damaged" if not entry.sound else "unknown" if not manifest else "good" if manifest.facts.whole else "trail"
    kept = listed(_(one.word) for one in entry.kept) if entry.here else _("second medium only")
    why = _(backups.Why(manifest.why).word) if manifest and manifest.why in set(backups.Why) else ""
    made = entry.made.replace(tzinfo=None)
    return (entry.path.name, made, entry.size, state, kept, _("Yes") if entry.second else "", why)


def _size(value: int) -> str:
    return f"{value / _MB:,.1f} MB"


def _state(value: str) -> str:
    return {
        "good": _("Verified"),
        "trail": _("Trail not whole"),
        "damaged": _("Damaged"),
        "unknown": _("No record"),
    }[value]


def _tone(value: str) -> str:
    return {"good": "accent", "unknown": "warning"}.get(value, "danger")


def _icon(value: str) -> str:
    return {"good": "circle-check", "unknown": "circle-help"}.get(value, "circle-alert")
