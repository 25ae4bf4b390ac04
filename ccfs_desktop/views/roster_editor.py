"""One shift, opened over the grid: from, to, group, breaks, stretches in other groups, pinned, a remark."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.services import times
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.roster_week import ShiftView
from ccfs_desktop.views import roster_words
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.states import button, tool, words
from ccfs_desktop.views.roster_model import Cell

_WIDTH = 430
_BREAK = 30
"""Minutes a new break is proposed with."""


@dataclass(frozen=True)
class Wanted:
    """What was written: a shift as it shall be."""

    span: Span
    group_id: int | None
    pinned: bool
    note: str
    parts: tuple[tuple[PartKind, Span, int | None], ...]


class PartLine(QWidget):
    """One break, errand or stretch in another group."""

    def __init__(self, kind: PartKind, groups: Mapping[int, str], gone: Callable[["PartLine"], None]) -> None:
        """Build it.

        Args:
            kind: what it is at first.
            groups: id → name.
            gone: takes it away.
        """
        super().__init__()
        self.kind = QComboBox()
        for choice in PartKind:
            self.kind.addItem(_(choice.word), choice)
        self.kind.setCurrentIndex(list(PartKind).index(kind))
        self.kind.setAccessibleName(_("What"))
        self.begins, self.ends = _time(_("From")), _time(_("To"))
        self.group = _groups(groups, none=False)
        self.kind.activated.connect(lambda _n: self._dress())  # pyright: ignore
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.kind)
        row.addWidget(self.begins)
        row.addWidget(words("–"))
        row.addWidget(self.ends)
        row.addWidget(self.group, 1)
        row.addStretch(0)
        row.addWidget(tool("x", _("Take this away"), partial(gone, self)))
        self._dress()

    def _dress(self) -> None:
        self.group.setVisible(self.kind.currentData() is PartKind.COVER)

    def fill(self, span: Span, group_id: int | None) -> None:
        """Write from when to when, and in which group."""
        self.begins.setText(times.clock(span.start))
        self.ends.setText(times.clock(span.end))
        self.group.setCurrentIndex(max(0, self.group.findData(group_id)))

    def wanted(self, hours: Span) -> tuple[PartKind, Span, int | None]:
        """Return what was written.

        Args:
            hours: when children may be there, to read times by.

        Raises:
            UserError: a time cannot be read, or the end is not after the beginning.
        """
        kind = PartKind(self.kind.currentData())
        return kind, read_span(self.begins.text(), self.ends.text(), hours), (
            self.group.currentData() if kind is PartKind.COVER else None
        )  # fmt: skip


class ShiftEditor(QFrame):
    """Lies over the grid beside its cell. ``Enter`` saves, ``Esc`` leaves everything as it was."""

    def __init__(self, parent: QWidget) -> None:
        """Build it, hidden.

        Args:
            parent: what it lies over.
        """
        super().__init__(parent)
        self._over = parent
        self.setObjectName("popup")
        self.cell: Cell | None = None
        self.view: ShiftView | None = None
        self._groups: Mapping[int, str] = {}
        self._hours = Span(450, 1_050)
        self._save: Callable[[Wanted], bool] | None = None
        self._left: Callable[[], object] | None = None
        self._lines: list[PartLine] = []
        self.heading = words("", "section", wrap=True)
        self.begins, self.ends = _time(_("From")), _time(_("To"))
        self.group = QComboBox()
        self.group.setAccessibleName(_("Group"))
        self.pinned = QCheckBox(_("Pinned: a draft leaves it as it is"))
        self.note = QLineEdit()
        self.note.setAccessibleName(_("Remark"))
        self.note.setMaxLength(200)
        self.problem = words("", "problem", wrap=True)
        self.remove = button(_("Take off"), self._take_off, "trash-2", "quiet")
        self._off: Callable[[], object] | None = None
        self._build()
        self.hide()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.begins)
        row.addWidget(words("–"))
        row.addWidget(self.ends)
        row.addWidget(self.group, 1)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(4)
        more = QHBoxLayout()
        for word, kind in (
            (_("Break"), PartKind.BREAK), (_("Errand"), PartKind.ERRAND), (_("In another group"), PartKind.COVER),
        ):  # fmt: skip
            more.addWidget(button(word, partial(self.add_part, kind), "plus", "link"))
        more.addStretch(1)
        for number, (name, what) in enumerate(
            ((_("Hours"), row), (_("Meanwhile"), self._parts), ("", more), (_("Remark"), self.note), ("", self.pinned))
        ):
            if name:
                label = words(name, "label")
                label.setMinimumHeight(theme.px(32))
                grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(what, QWidget):
                grid.addWidget(what, number, 1)
            else:
                grid.addLayout(what, number, 1)
        grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), self.leave))
        foot.addWidget(button(_("Save"), self.save, kind="primary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(grid)
        column.addWidget(self.problem)
        column.addLayout(foot)

    def show_shift(
        self, cell: Cell, view: ShiftView | None, begun: Wanted, groups: Mapping[int, str], hours: Span,
        *, save: Callable[[Wanted], bool], off: Callable[[], object], left: Callable[[], object], at: QRect,
    ) -> None:  # fmt: skip
        """Open a shift, or a new one.

        Args:
            cell: whose shift, and on which day.
            view: the shift; None for a new one.
            begun: what stands in the fields at first.
            groups: id → name.
            hours: when children may be there, to read times by.
            save: keeps it; False when it was refused, with the reason told to ``refuse``.
            off: takes the shift off the roster.
            left: called when it is over.
            at: the cell's place in the parent.
        """
        self.cell, self.view, self._groups, self._hours = cell, view, groups, hours
        self._save, self._off, self._left = save, off, left
        self.heading.setText(f"{cell.line.name} · {roster_words.day_name(cell.day, long=True)}")
        self.begins.setText(times.clock(begun.span.start))
        self.ends.setText(times.clock(begun.span.end))
        _fill_groups(self.group, groups, begun.group_id)
        self.pinned.setChecked(begun.pinned)
        self.note.setText(begun.note)
        self.remove.setVisible(view is not None)
        self.problem.hide()
        for line in list(self._lines):
            self._drop(line)
        for kind, span, group_id in begun.parts:
            self.add_part(kind, span, group_id)
        self.show()
        self._place(at)
        self.raise_()
        self.begins.setFocus()
        self.begins.selectAll()

    def add_part(self, kind: PartKind, span: Span | None = None, group_id: int | None = None) -> None:
        """Add a break, an errand or a stretch in another group."""
        line = PartLine(kind, self._groups, self._drop)
        if span:
            line.fill(span, group_id)
        else:
            line.fill(self._proposed(), next((g for g in self._groups if g != self.group.currentData()), None))
        self._lines.append(line)
        self._parts.addWidget(line)
        line.show()
        self._grow()
        if not span:
            line.begins.setFocus()
            line.begins.selectAll()

    def _proposed(self) -> Span:
        """Return a place for a new break: in the middle of what is written above."""
        try:
            span = read_span(self.begins.text(), self.ends.text(), self._hours)
        except UserError:
            span = self._hours
        middle = (span.start + span.end) // 2 // _BREAK * _BREAK
        return Span(middle, middle + _BREAK)

    def save(self) -> None:
        """Keep what was written."""
        try:
            wanted = self.wanted()
        except UserError as error:
            self.refuse(str(error))
            return
        if self._save and self._save(wanted):
            self.leave()

    @property
    def lines(self) -> list[PartLine]:
        """The breaks, errands and stretches in other groups as they are written now."""
        return self._lines

    def wanted(self) -> Wanted:
        """Return what was written.

        Raises:
            UserError: a time cannot be read, or the end is not after the beginning.
        """
        return Wanted(
            read_span(self.begins.text(), self.ends.text(), self._hours),
            self.group.currentData(),
            self.pinned.isChecked(),
            self.note.text().strip(),
            tuple(line.wanted(self._hours) for line in self._lines),
        )

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be kept; nothing written is lost."""
        self.problem.setText(sentence)
        self.problem.show()
        self._grow()

    def leave(self) -> None:
        """Close it."""
        left, self._left = self._left, None
        self._save = None
        self.hide()
        if left:
            left()

    def _take_off(self) -> None:
        off = self._off
        self.leave()
        if off:
            off()

    # ------------------------------------------------------------------------------------------------- shape

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` from the page."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Escape or event.isAccepted())
            if event.key() == Qt.Key.Key_Escape:
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with ``Enter``, leave with ``Esc``."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    def _place(self, at: QRect) -> None:
        """Lie below the cell, or above it where there is no room; never outside the grid."""
        self._grow()
        room = self._over.rect()
        below = at.bottom() + 2 + self.height() <= room.height()
        y = at.bottom() + 2 if below else at.top() - self.height() - 2
        x = min(max(at.left(), 4), max(4, room.width() - self.width() - 4))
        self.move(QPoint(x, min(max(4, y), max(4, room.height() - self.height() - 4))))

    def _grow(self) -> None:
        self.setFixedWidth(min(theme.px(_WIDTH), self._over.width() - 8))
        layout = self.layout()
        if layout:
            layout.activate()
            self.setFixedHeight(max(layout.heightForWidth(self.width()), layout.minimumSize().height()))
        room = self._over.height()
        if self.geometry().bottom() > room - 4:
            self.move(self.x(), max(0, room - self.height() - 4))

    def reach(self) -> None:
        """Stay inside the grid when its size changes."""
        self._grow()
        room = self._over.width()
        self.move(min(self.x(), max(4, room - self.width() - 4)), self.y())

    def _drop(self, line: PartLine) -> None:
        self._lines.remove(line)
        self._parts.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._grow()


def read_span(begins: str, ends: str, hours: Span) -> Span:
    """Read from when to when.

    Raises:
        UserError: no times of day, or the end is not after the beginning.
    """
    start, end = (_minute(text, hours) for text in (begins, ends))
    if end <= start:
        raise UserError(_("The end is not after the beginning."))
    return Span(start, end)


def read_typed(text: str, now: Span | None, hours: Span) -> Span:
    """Read what was typed into the grid: ``730-15`` both times, ``730`` the beginning, ``-15`` the end.

    Args:
        text: what was typed.
        now: the shift as it stands; None for a new one.
        hours: when children may be there: what is not typed of a new shift comes from them.

    Raises:
        UserError: no times of day, or the end is not after the beginning.
    """
    plain = times.plain(text).replace("–", "-").replace("－", "-").strip()
    begins, dash, ends = plain.partition("-") if "-" in plain else plain.partition(" ")
    usual = now or hours
    start = _minute(begins, hours) if begins.strip() else usual.start
    end = _minute(ends, hours) if dash and ends.strip() else usual.end
    if end <= start and now is None:
        end = min(24 * 60, start + 8 * 60)
    if end <= start:
        raise UserError(_("The end is not after the beginning."))
    return Span(start, end)


def _minute(text: str, hours: Span) -> int:
    opens, closes = (time(min(m, 1_439) // 60, min(m, 1_439) % 60) for m in (hours.start, hours.end))
    at = times.parse(text, opens=opens, closes=closes)
    return at.hour * 60 + at.minute


def _time(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(name)
    field.setFixedWidth(theme.px(66))
    field.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText)
    return field


def _groups(groups: Mapping[int, str], *, none: bool) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(_("Group"))
    _fill_groups(made, groups, None, none=none)
    return made


def _fill_groups(combo: QComboBox, groups: Mapping[int, str], chosen: int | None, *, none: bool = True) -> None:
    combo.clear()
    for group_id, name in groups.items():
        combo.addItem(name, group_id)
    if none:
        combo.addItem(_("No group"), None)
    number = next((n for n in range(combo.count()) if combo.itemData(n) == chosen), 0)
    combo.setCurrentIndex(number)
