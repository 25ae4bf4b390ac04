"""The line above the register: which day, which group, which sheet, whose badge."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date, format_skeleton
from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton

from ccfs_desktop.i18n import _, language
from ccfs_desktop.services.sheet_codes import written
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.calendar import CalendarPopup
from ccfs_desktop.views.kit.states import button, mark, words

_PLAIN = Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText

_ROOMY = 1050
"""From this width on there is room to say who closed the day, and when."""


class DayBar(QFrame):
    """Chooses what the register shows."""

    stepped = Signal(int)
    """One open day back (-1) or on (1)."""
    picked = Signal(object)
    """A day."""
    today = Signal()
    grouped = Signal()
    sheet_typed = Signal(str)
    sheet_left = Signal()
    left = Signal()
    found = Signal(str)
    """A badge that was scanned, or a name to look for."""

    def __init__(self, *, typed: bool = True) -> None:
        """Build it.

        Args:
            typed: whether one types from sheets and scans badges here.
        """
        super().__init__()
        self._closed, self._typed = "", typed
        self._day = date.today()  # noqa: DTZ011 (until the page says otherwise)
        self.day = button(day_text(self._day), self._calendar, "calendar", "quiet")
        self.day.setToolTip(_("Choose a day (Alt+Down)"))
        QShortcut(QKeySequence("Alt+Down"), self, self._calendar)
        self.now = button(_("Today"), self.today.emit, kind="quiet")
        self.groups = QComboBox()
        self.groups.setAccessibleName(_("Group"))
        self.groups.activated.connect(self._grouped)
        self.sheet = _field(_("Sheet no."), _("Number of the sheet you type from (Ctrl+S)"), 118)
        self.sheet.returnPressed.connect(lambda: self.sheet_typed.emit(self.sheet.text()))
        self.stamp = mark("", "accent")
        self.leave = QToolButton()
        self.leave.setAccessibleName(_("Put the sheet away"))
        self.leave.setToolTip(_("Put the sheet away"))
        icons.put(self.leave, "x", size=14)
        self.leave.clicked.connect(self.sheet_left)
        self.badge = _field(_("Badge or name"), _("Scan a badge, or type a name (Ctrl+F)"), 150)
        self.badge.addAction(icons.icon("qr-code", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        self.badge.returnPressed.connect(self._found)
        self.closed = mark("", "accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 16, 0)
        row.setSpacing(4)
        row.addWidget(self._step("chevron-left", -1, _("Earlier open day (Alt+Left)"), "Alt+Left"))
        row.addWidget(self.day)
        row.addWidget(self._step("chevron-right", 1, _("Later open day (Alt+Right)"), "Alt+Right"))
        row.addWidget(self.now)
        row.addSpacing(8)
        row.addWidget(self.groups)
        row.addSpacing(8)
        row.addWidget(self.closed)
        row.addStretch(1)
        row.addWidget(self.stamp)
        row.addWidget(self.leave)
        row.addWidget(self.sheet)
        row.addSpacing(4)
        row.addWidget(self.badge)
        self.closed.hide()
        self.show_sheet("")
        for part in (self.sheet, self.badge, self.groups):
            part.setVisible(typed)

    def show_day(self, day: date, *, today: bool, closed: str) -> None:
        """Show which day it is.

        Args:
            day: the day.
            today: whether it is today.
            closed: by whom and when it was closed; empty while it is open.
        """
        self._day, self._closed = day, closed
        self.now.setEnabled(not today)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` from the page."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.isAccepted() or event.key() == Qt.Key.Key_Escape)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the register with ``Esc``."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        short = self.width() < theme.px(_ROOMY)
        self.day.setText(day_text(self._day, short=short))
        _show(self.closed, _("Closed") if short and self._closed else self._closed)
        self.closed.setToolTip(self._closed)

    def show_groups(self, groups: Sequence[tuple[str, int]], chosen: int | None) -> None:
        """Offer the groups; the first choice is all of them."""
        self.groups.clear()
        self.groups.addItem(_("All groups"), None)
        for name, key in groups:
            self.groups.addItem(name, key)
        self.groups.setCurrentIndex(max(0, self.groups.findData(chosen)))
        self.groups.setVisible(len(groups) > 1)

    def show_sheet(self, code: str) -> None:
        """Show from which sheet is typed; an empty code puts it away."""
        _show(self.stamp, _("From sheet {code}").format(code=written(code)) if code else "")
        self.leave.setVisible(bool(code))
        self.sheet.setVisible(self._typed and not code)
        self.sheet.clear()

    def _grouped(self) -> None:
        self.grouped.emit()

    def _found(self) -> None:
        text = self.badge.text().strip()
        self.badge.clear()
        if text:
            self.found.emit(text)

    def _step(self, icon: str, step: int, hint: str, keys: str) -> QToolButton:
        made = QToolButton()
        made.setAccessibleName(hint)
        made.setToolTip(hint)
        icons.put(made, icon)
        made.clicked.connect(lambda: self.stepped.emit(step))
        QShortcut(QKeySequence(keys), self, lambda: self.stepped.emit(step))
        return made

    def _calendar(self) -> None:
        popup = CalendarPopup(self, self._day)
        popup.picked.connect(self.picked)
        popup.move(self.day.mapToGlobal(QPoint(0, self.day.height() + 4)))
        popup.show()


class ScanStrip(QFrame):
    """Says large whose badge was scanned and whether the child is now in or out."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__()
        self.setObjectName("banner")
        self.picture, self.sentence, self.detail = QLabel(), words("", "title"), words("", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(self.picture)
        row.addWidget(self.sentence)
        row.addWidget(self.detail, 1)
        self.hide()

    def tell(self, sentence: str, detail: str, *, came: bool) -> None:
        """Show it until the next thing happens."""
        theme.mark(self, tone="" if came else "warning")
        icons.put(self.picture, "log-in" if came else "log-out", "accent" if came else "warning", size=28)
        self.sentence.setText(sentence)
        self.detail.setText(detail)
        self.show()


def day_text(day: date, *, short: bool = False) -> str:
    """Return a day as people read it: weekday and date, in the language in use."""
    if language() == "en":
        return format_date(day, "EEE d MMM y" if short else "EEEE, d MMMM y", locale="en")
    return format_skeleton("yMMMEd", day, locale=language()) if short else format_date(day, "full", locale=language())


def _show(label: QLabel, text: str) -> None:
    """Show a mark, or hide it when it says nothing."""
    label.setText(text)
    label.setVisible(bool(text))


def _field(name: str, hint: str, width: int) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(name)
    field.setAccessibleName(hint)
    field.setToolTip(hint)
    field.setFixedWidth(theme.px(width))
    field.setInputMethodHints(_PLAIN)
    return field
