"""The child beside the register: who may collect, whom to call, what to mind, and the day's visits to put right."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.visit import Absence, Visit
from ccfs_desktop.services import times
from ccfs_desktop.services.handovers import Card, Collector
from ccfs_desktop.services.papers import ALERT_WORDS
from ccfs_desktop.services.register import Row
from ccfs_desktop.services.sheet_codes import written
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.register_model import ALERT_ICONS, state_of
from ccfs_desktop.views.side_card import SideCard

_PHOTO = 64


class RegisterCard(SideCard):
    """One child. ``F6`` leads here from the register, ``Esc`` back."""

    changed = Signal(int, object, object)
    """Child, visit, and field → what was typed."""
    asked = Signal(str, int)
    """``file`` or ``absence``, and the child's id."""
    removed = Signal(int, int)
    """Child and absence that is to be taken back."""

    first = -2
    """The latest visit's."""

    def show_child(self, row: Row, card: Card) -> None:
        """Show a child.

        Args:
            row: the child's line of the register.
            card: what is known beside it.
        """
        focused = QApplication.focusWidget()
        kept = focused.objectName() if focused and self.isAncestorOf(focused) else ""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(6)
        column.addLayout(self._head(row, card))
        for part in (_alerts(row), _adults(card), self._day(row), self._absences(row, card), _corrections(card)):
            if part:
                column.addSpacing(8)
                column.addWidget(part)
        column.addSpacing(8)
        for text, what in ((_("Open the child's file"), "file"), (_("Plan an absence"), "absence")):
            column.addWidget(button(text, partial(self.asked.emit, what, row.child_id), kind="link"))
        column.addStretch(1)
        self.fill(holder)
        if kept and (field := holder.findChild(QWidget, kept)):
            field.setFocus()

    def _head(self, row: Row, card: Card) -> QHBoxLayout:
        picture = QLabel()
        picture.setFixedSize(theme.px(_PHOTO), theme.px(_PHOTO))
        picture.setAccessibleName(_("Photo of {name}").format(name=row.name))
        if card.photo:
            picture.setPixmap(_rounded(card.photo, theme.px(_PHOTO), self.devicePixelRatioF()))
        else:
            icons.put(picture, "baby", "faint", size=theme.px(_PHOTO) - 20)
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(words(row.name, "section", wrap=True))
        for other in dict.fromkeys(n for n in (row.name_latin, row.nickname) if n and n != row.name):
            names.addWidget(words(other, "quiet", wrap=True))
        age = ngettext("{n} year", "{n} years", row.age).format(n=row.age)
        names.addWidget(words(" · ".join(p for p in (age, row.group, row.number) if p), "quiet", wrap=True))
        names.addWidget(with_icon(*state_of(row)))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        return head

    def _day(self, row: Row) -> QWidget | None:
        if not row.visits:
            return None
        holder, column = section(_("This day"))
        for number, visit in enumerate(row.visits):
            column.addWidget(_VisitFields(visit, number, partial(self.changed.emit, row.child_id, visit)))
        return holder

    def _absences(self, row: Row, card: Card) -> QWidget | None:
        if not card.absences:
            return None
        holder, column = section(_("Absences"))
        for absence in card.absences:
            line = QHBoxLayout()
            line.addWidget(words(absence_text(absence), wrap=True), 1)
            back = button(_("Take back"), partial(self.removed.emit, row.child_id, absence.id), kind="link")
            line.addWidget(back, alignment=Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
        return holder


class _VisitFields(QFrame):
    """One visit: times, names and missing signatures, each stored when its field is left."""

    def __init__(self, visit: Visit, number: int, change: Callable[[dict[str, Any]], object]) -> None:
        super().__init__()
        self._visit, self._change, self._number = visit, change, number
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        self._event(grid, 0, _("In"), "arrived", "brought_by", "unsigned_in")
        if visit.signed_out:
            self._event(grid, 2, _("Out"), "departed", "collected_by", "unsigned_out")
        for line, text in enumerate(_remarks(visit), start=4):
            grid.addWidget(words(text, "help", wrap=True), line, 0, 1, 3)

    def _event(self, grid: QGridLayout, line: int, word: str, at: str, by: str, unsigned: str) -> None:
        moment = self._field(at, times.show(getattr(self._visit, at)), _("Time"))
        moment.setFixedWidth(theme.px(62))
        grid.addWidget(words(word, "quiet"), line, 0)
        grid.addWidget(moment, line, 1)
        grid.addWidget(self._field(by, getattr(self._visit, by), _("Name")), line, 2)
        missing = bool(getattr(self._visit, unsigned))
        text = _("Not signed. Take that back") if missing else _("Note that nobody signed")
        box = button(text, lambda: self._change({unsigned: not missing}), "triangle-alert" if missing else "", "link")
        box.setObjectName(f"{unsigned}{self._number}")
        grid.addWidget(box, line + 1, 1, 1, 2)

    def _field(self, name: str, text: str, title: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setObjectName(f"{name}{self._number}")
        field.setPlaceholderText(_("not known") if name in ("arrived", "departed") else title)
        field.setAccessibleName(title)
        field.editingFinished.connect(lambda: self._done(name, field, text))
        return field

    def _done(self, name: str, field: QLineEdit, before: str) -> None:
        if field.text().strip() != before and not field.property("sent"):
            field.setProperty("sent", True)  # Enter and leaving the field both end it
            self._change({name: field.text().strip()})


def absence_text(absence: Absence) -> str:
    """Return an absence in one line."""
    days = (
        f"{absence.first_day}" if absence.first_day == absence.last_day else f"{absence.first_day} – {absence.last_day}"
    )
    told = _("announced") if absence.planned else ""
    return " · ".join(part for part in (days, _(absence.reason.word), told, absence.note) if part)


def _alerts(row: Row) -> QWidget | None:
    if not row.alerts and not row.alert and not row.missing and not row.away:
        return None
    holder, column = section(_("Mind"))
    if row.away:
        column.addWidget(with_icon(row.away.until, "heart-pulse", "danger", part="problem"))
    for alert in row.alerts:
        name, tone = ALERT_ICONS[alert]
        column.addWidget(with_icon(_(ALERT_WORDS[alert]), name, tone))
    if row.alert:
        column.addWidget(words(row.alert, "problem", wrap=True))
    return holder


def _adults(card: Card) -> QWidget:
    holder, column = section(_("May collect"))
    allowed = [adult for adult in card.adults if not adult.forbidden]
    for number, adult in enumerate(allowed, start=1):
        column.addWidget(_adult(adult, str(number)))
    if not allowed:
        column.addWidget(words(_("Nobody is on the pick-up list."), "problem", wrap=True))
    for adult in (a for a in card.adults if a.forbidden):
        told = _("{name} must not collect").format(name=adult.name)
        column.addWidget(with_icon(told, "ban", "danger", part="problem"))
    return holder


def _adult(adult: Collector, number: str) -> QWidget:
    line = QWidget()
    row = QGridLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setHorizontalSpacing(8)
    row.setVerticalSpacing(0)
    row.setColumnStretch(1, 1)
    row.addWidget(words(number, "quiet"), 0, 0, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(words(f"{adult.name} · {adult.relation}" if adult.relation else adult.name, wrap=True), 0, 1)
    if told := "  ".join(p for p in (adult.phone, adult.workplace) if p):
        phone = words(told, "quiet", wrap=True)
        phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(phone, 1, 1)
    return line


def _corrections(card: Card) -> QWidget | None:
    if not card.corrections:
        return None
    holder, column = section(_("Corrected after closing"))
    for c in card.corrections:
        told = f"{c.old or '–'} → {c.new or '–'}: {c.reason} ({c.by}, {c.at:%Y-%m-%d %H:%M})"
        column.addWidget(words(told, "quiet", wrap=True))
    return holder


def _remarks(visit: Visit) -> list[str]:
    told = []
    if visit.entered_late:
        code = written(visit.sheet_code) if visit.sheet_code else ""
        told.append(_("Entered late, from sheet {code}.").format(code=code) if code else _("Entered late."))
    if visit.note:
        told.append(visit.note)
    if visit.override_reason:
        told.append(_("By exception: {reason}").format(reason=visit.override_reason))
    return told


def section(title: str) -> tuple[QWidget, QVBoxLayout]:
    """Return a part of the card under a heading, and the column its widgets go into."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(words(title, "label"))
    return holder, column


def with_icon(text: str, icon: str, tone: str, *, part: str = "") -> QWidget:
    """Return words with an icon before them."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    picture = QLabel()
    icons.put(picture, icon, tone, size=16)
    row.addWidget(picture)
    row.addWidget(words(text, part, wrap=True), 1)
    return line


def _rounded(jpeg: bytes, size: int, ratio: float) -> QPixmap:
    """Return a photo cut to a square with round corners."""
    source = QPixmap()
    source.loadFromData(jpeg)
    whole = round(size * ratio)
    scaled = source.scaled(
        QSize(whole, whole), Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    cut = QPixmap(whole, whole)
    cut.fill(Qt.GlobalColor.transparent)
    painter = QPainter(cut)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, whole, whole), 6 * ratio, 6 * ratio)
    painter.setClipPath(path)
    painter.drawPixmap((whole - scaled.width()) // 2, (whole - scaled.height()) // 2, scaled)
    painter.end()
    cut.setDevicePixelRatio(ratio)
    return cut
