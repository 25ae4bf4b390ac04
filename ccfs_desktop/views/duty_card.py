"""The adult beside the grid: what is planned, whether the person counts and why not, and the day to put right."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop.i18n import _
from ccfs_desktop.models.duty import Duty, DutyPart
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.models.visit import Correction
from ccfs_desktop.services import times
from ccfs_desktop.services.duty_day import Row, Stay
from ccfs_desktop.services.sheet_codes import written
from ccfs_desktop.views.duty_model import counts_of, state_of
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.states import button, tool, words
from ccfs_desktop.views.register_card import section, with_icon
from ccfs_desktop.views.side_card import SideCard

_TIMES = ("arrived", "departed", "starts", "ends")


class DutyCard(SideCard):
    """One adult. ``F6`` leads here from the grid, ``Esc`` back."""

    changed = Signal(object, int, object)
    """Row, stay, and field → what was typed."""
    part_changed = Signal(object, int, object)
    """Row, break, and field → what was typed; nothing at all takes it back."""
    asked = Signal(int)
    """The id of somebody whose file is wanted."""

    def show_adult(self, row: Row, groups: dict[int, str], corrections: Sequence[Correction]) -> None:
        """Show an adult.

        Args:
            row: the person's line.
            groups: id → name.
            corrections: what was changed on this person's day after it was closed.
        """
        focused = QApplication.focusWidget()
        kept = focused.objectName() if focused and self.isAncestorOf(focused) else ""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(6)
        column.addWidget(words(row.name, "section", wrap=True))
        if row.name_latin and row.name_latin != row.name:
            column.addWidget(words(row.name_latin, "quiet", wrap=True))
        group = groups.get(row.group_id or 0, "")
        column.addWidget(words(" · ".join(p for p in (_(row.role.word), group) if p), "quiet", wrap=True))
        column.addWidget(with_icon(*state_of(row)))
        for part in (_planned(row, groups), _counts(row), self._day(row, groups), _corrected(corrections)):
            if part:
                column.addSpacing(8)
                column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(button(_("Open the staff file"), partial(self.asked.emit, row.staff_id), kind="link"))
        column.addStretch(1)
        self.fill(holder)
        if kept and (field := holder.findChild(QWidget, kept)):
            field.setFocus()

    def _day(self, row: Row, groups: dict[int, str]) -> QWidget | None:
        if not row.stays:
            return None
        holder, column = section(_("This day"))
        for stay in row.stays:
            column.addWidget(_StayFields(stay, partial(self.changed.emit, row, stay.duty.id)))
            for part in stay.parts:
                column.addLayout(self._part(row, part, groups))
        return holder

    def _part(self, row: Row, part: DutyPart, groups: dict[int, str]) -> QHBoxLayout:
        change = partial(self.part_changed.emit, row, part.id)
        line = QHBoxLayout()
        line.setSpacing(6)
        for name in ("starts", "ends"):
            line.addWidget(_field(name, part.id, times.show(getattr(part, name)), change))
        where = groups.get(part.group_id or 0, _("No group")) if part.kind is PartKind.COVER else ""
        told = " · ".join(p for p in (_(part.kind.word), where, part.note) if p)
        line.addWidget(words(told, "quiet", wrap=True), 1)
        line.addWidget(tool("x", _("Take back"), partial(change, {})))
        return line


class _StayFields(QFrame):
    """One stay: its times and missing signatures, each stored when its field is left."""

    def __init__(self, stay: Stay, change: Callable[[dict[str, Any]], object]) -> None:
        super().__init__()
        duty = stay.duty
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        rows = [(_("In"), "arrived", "unsigned_in")]
        rows += [(_("Out"), "departed", "unsigned_out")] if duty.signed_out else []
        for line, (word, at, unsigned) in enumerate(rows):
            missing = bool(getattr(duty, unsigned))
            text = _("Not signed. Take that back") if missing else _("Note that nobody signed")
            grid.addWidget(words(word, "quiet"), line, 0)
            grid.addWidget(_field(at, duty.id, times.show(getattr(duty, at)), change), line, 1)
            grid.addWidget(_signature(text, missing, partial(change, {unsigned: not missing})), line, 2)
        for line, text in enumerate(_remarks(duty), start=2):
            grid.addWidget(words(text, "help", wrap=True), line, 0, 1, 3)


def _signature(text: str, missing: bool, slot: Callable[[], object]) -> QWidget:
    return button(text, slot, "triangle-alert" if missing else "", "link")


def _field(name: str, number: int, text: str, change: Callable[[dict[str, Any]], object]) -> QLineEdit:
    field = QLineEdit(text)
    field.setObjectName(f"{name}{number}")
    field.setFixedWidth(theme.px(62))
    field.setPlaceholderText(_("not known") if name in ("arrived", "departed") else "")
    field.setAccessibleName(_("Time"))

    def done() -> None:
        if field.text().strip() != text and not field.property("sent"):
            field.setProperty("sent", True)  # Enter and leaving the field both end it
            change({name: field.text().strip()})

    field.editingFinished.connect(done)
    return field


def _planned(row: Row, groups: dict[int, str]) -> QWidget | None:
    if not row.planned:
        return None
    holder, column = section(_("Planned"))
    for shift in row.planned:
        told = f"{times.clock(shift.span.start)}–{times.clock(shift.span.end)}"
        column.addWidget(words("  ".join(p for p in (told, groups.get(shift.group_id or 0, "")) if p)))
        for part in shift.parts:
            span = f"{times.clock(part.span.start)}–{times.clock(part.span.end)}"
            where = groups.get(part.group_id or 0, "") if part.kind is PartKind.COVER else ""
            column.addWidget(words(" ".join(p for p in (span, _(part.kind.word), where) if p), "quiet"))
    return holder


def _counts(row: Row) -> QWidget:
    holder, column = section(_("Counts in the ratio"))
    if row.counting.percent:
        column.addWidget(with_icon(counts_of(row)[0], "circle-check", "accent"))
    else:
        column.addWidget(with_icon(row.counting.why_not, "ban", "warning"))
    if row.away:
        column.addWidget(with_icon(row.away, "calendar-x", "warning"))
    return holder


def _corrected(corrections: Sequence[Correction]) -> QWidget | None:
    if not corrections:
        return None
    holder, column = section(_("Corrected after closing"))
    for c in corrections:
        told = f"{c.old or '–'} → {c.new or '–'}: {c.reason} ({c.by}, {c.at:%Y-%m-%d %H:%M})"
        column.addWidget(words(told, "quiet", wrap=True))
    return holder


def _remarks(duty: Duty) -> list[str]:
    told: list[str] = []
    if duty.entered_late:
        code = written(duty.sheet_code) if duty.sheet_code else ""
        told.append(_("Entered late, from sheet {code}.").format(code=code) if code else _("Entered late."))
    if duty.replaces:
        told.append(_("Replaces {name}.").format(name=duty.replaces))
    if duty.note:
        told.append(duty.note)
    return told
