"""The line above the roster: which week, by person or by group, published or not, and what is wrong with it."""

from datetime import date, timedelta
from functools import partial

from babel.dates import format_interval, format_skeleton
from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services.roster_week import Severity, Week
from ccfs_desktop.views.kit import icons
from ccfs_desktop.views.kit.calendar import CalendarPopup
from ccfs_desktop.views.kit.states import Fitting, button, tool
from ccfs_desktop.views.roster_words import SIGNS, region

_SHORTEST = 4
"""How many times something can be said in fewer words before nothing is left to leave out."""
_LISTED = 15
"""Changes named in the tooltip of “Publish again”."""
PERSON, GROUP = "person", "group"


class WeekBar(QFrame):
    """Chooses what the roster shows."""

    stepped = Signal(int)
    """A week back (-1) or on (1)."""
    picked = Signal(object)
    """A day."""
    now = Signal()
    viewed = Signal(str)
    """``person`` or ``group``."""
    counted = Signal(object)
    """A severity to show alone, or None for all."""
    published = Signal()

    def __init__(self, menu: QMenu) -> None:
        """Build it.

        Args:
            menu: the lesser actions.
        """
        super().__init__()
        self._monday = self._last = date(2017, 7, 10)
        self._publish, self._changed = _("Publish"), ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.week = button("", self._calendar, "calendar", "quiet")
        self.week.setToolTip(_("Choose a week (Alt+Down)"))
        QShortcut(QKeySequence("Alt+Down"), self, self._calendar)
        self.today = button(_("This week"), self.now.emit, "clock", "quiet")
        self.switch, self._views = self._segments()
        self.state = Fitting("quiet")
        self.counters = {s: self._counter(s) for s in (Severity.BREACH, Severity.RULE, Severity.NOTE)}
        self.publish = button(_("Publish"), self.published.emit, "upload")
        self.more = tool("ellipsis", _("More that can be done with this week"), self._open_menu)
        self._menu = menu
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 12, 6)
        row.setSpacing(4)
        row.addWidget(self._step("chevron-left", -1, _("Week before (Alt+Left)"), "Alt+Left"))
        row.addWidget(self.week)
        row.addWidget(self._step("chevron-right", 1, _("Week after (Alt+Right)"), "Alt+Right"))
        row.addWidget(self.today)
        row.addSpacing(6)
        row.addWidget(self.switch)
        row.addSpacing(6)
        row.addWidget(self.state, 1)
        for counter in self.counters.values():
            row.addWidget(counter)
        row.addSpacing(4)
        row.addWidget(self.publish)
        row.addWidget(self.more)

    def show_week(self, week: Week, *, current: bool) -> None:
        """Show which week it is, whether it is published, and how many warnings there are.

        Args:
            week: the week.
            current: whether it is the week of today.
        """
        self._monday, self._last = week.monday, (week.days or (week.monday,))[-1]
        self.today.setVisible(not current)
        self.state.say(_published(week))
        for severity, counter in self.counters.items():
            count = sum(1 for w in week.warnings if w.severity is severity)
            counter.setProperty("count", count)
            counter.setVisible(count > 0)
        self._changed = "\n".join(week.changed[:_LISTED])
        self._publish = _("Publish again") if week.published and week.changed else _("Publish")
        self.publish.setVisible(not week.published or bool(week.changed))
        self._fit()

    def show_view(self, view: str) -> None:
        """Press the button of a view."""
        self._views[view].setChecked(True)

    def show_counter(self, chosen: Severity | None) -> None:
        """Press the counter of a severity, or none."""
        for severity, counter in self.counters.items():
            counter.setChecked(severity is chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Say things in ever fewer words until they fit; icons and numbers stay."""
        layout = self.layout()
        for level in range(_SHORTEST + 1):
            self._say(level)
            if layout is None or layout.minimumSize().width() <= self.width():
                return

    def _say(self, level: int) -> None:
        self.week.setText(week_text(self._monday, self._last, short=level > 0))
        for severity, counter in self.counters.items():
            count = int(counter.property("count") or 0)
            words = counted(severity, count)
            counter.setText(words if level < 2 else str(count))
            counter.setToolTip(words)
            counter.setAccessibleName(words)
        for made, words, shortest in ((self.publish, self._publish, 3), (self.today, _("This week"), 4)):
            made.setText(words if level < shortest else "")
            made.setToolTip(f"{words}\n{self._changed}".strip() if made is self.publish else words)
            made.setAccessibleName(words)

    def _segments(self) -> tuple[QWidget, dict[str, QPushButton]]:
        holder = QWidget()
        holder.setObjectName("segments")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(holder)
        made: dict[str, QPushButton] = {}
        for key, word, place, keys in (
            (PERSON, _("By person"), "first", "Ctrl+Shift+1"), (GROUP, _("By group"), "last", "Ctrl+Shift+2"),
        ):  # fmt: skip
            made[key] = QPushButton(word)
            made[key].setCheckable(True)
            made[key].setAutoDefault(False)
            made[key].setProperty("place", place)
            made[key].setToolTip(keys)
            made[key].clicked.connect(partial(self._view, key))
            QShortcut(QKeySequence(keys), self, partial(self._view, key))
            group.addButton(made[key])
            row.addWidget(made[key])
        made[PERSON].setChecked(True)
        return holder, made

    def _view(self, key: str) -> None:
        self._views[key].setChecked(True)
        self.viewed.emit(key)

    def _counter(self, severity: Severity) -> QPushButton:
        made = QPushButton()
        made.setProperty("kind", "chip")
        made.setCheckable(True)
        made.setAutoDefault(False)
        icon, tone = SIGNS[severity]
        icons.put(made, icon, tone, size=15)
        made.clicked.connect(lambda down, s=severity: self.counted.emit(s if down else None))
        made.hide()
        return made

    def _step(self, icon: str, step: int, hint: str, keys: str) -> QToolButton:
        QShortcut(QKeySequence(keys), self, lambda: self.stepped.emit(step))
        return tool(icon, hint, lambda: self.stepped.emit(step))

    def _calendar(self) -> None:
        popup = CalendarPopup(self, self._monday)
        popup.picked.connect(self.picked)
        popup.move(self.week.mapToGlobal(QPoint(0, self.week.height() + 4)))
        popup.show()

    def _open_menu(self) -> None:
        self._menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))


def counted(severity: Severity, n: int) -> str:
    """Say how many warnings of a kind there are."""
    told = {
        Severity.BREACH: ngettext("{n} breach", "{n} breaches", n),
        Severity.RULE: ngettext("{n} rule broken", "{n} rules broken", n),
        Severity.NOTE: ngettext("{n} note", "{n} notes", n),
    }
    return told[severity].format(n=n)


def week_text(monday: date, last: date, *, short: bool = False) -> str:
    """Write a week by its number and its days."""
    last = max(last, monday + timedelta(days=1))
    days = format_interval(monday, last, "MMMd" if short else "yMMMd", locale=region())
    return days if short else _("Week {n} · {days}").format(n=monday.isocalendar().week, days=days)


def _published(week: Week) -> str:
    if not week.published:
        return _("Not published yet")
    facts = {"day": format_skeleton("MMMMd", week.published.published_at, locale=region()),
             "by": week.published.published_by}  # fmt: skip
    if not week.changed:
        return _("Published {day} by {by}").format(**facts)
    changed = ngettext("{n} change since", "{n} changes since", len(week.changed)).format(n=len(week.changed))
    return f"{_('Published {day} by {by}').format(**facts)} · {changed}"
