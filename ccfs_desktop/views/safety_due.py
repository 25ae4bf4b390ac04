"""What is due today, what was missed, and whether the space may open."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from babel.dates import format_date, format_skeleton
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, language
from ccfs_desktop.models.check import MissedCheck, Occasion
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import check_schedule, checks, opening, seasons
from ccfs_desktop.services.check_schedule import SLOTS, Due, Standing
from ccfs_desktop.services.opening import Opening
from ccfs_desktop.views import safety_looks
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.kit.table import Column, Rows, Table

if TYPE_CHECKING:
    from ccfs_desktop.views.safety import SafetyPage

_STANDING_WORDS = {
    Standing.DUE: N_("to be made"),
    Standing.LATE: N_("late"),
    Standing.BEGUN: N_("begun"),
    Standing.DONE: N_("made"),
    Standing.MISSED: N_("missed"),
    Standing.EXPLAINED: N_("missed, explained"),
}


class DuePlace(Place):
    """The day's state on top; below it every check that is due or was."""

    name = "due"
    right = "safety"
    primary_right = "checks"
    title = N_("Due")
    primary = N_("Start the opening check")
    primary_icon = "clipboard-check"

    def __init__(self, page: "SafetyPage") -> None:
        """Build it, empty."""
        super().__init__(page)
        self.safety = page
        self.season: Season | None = None
        self.due: dict[tuple[str, date, str], Due] = {}
        self.sign, self.sentence = QLabel(), words("", "section", wrap=True)
        self.show_button = button(_("Show the opening check"), self._show_opening, kind="link")
        self.filters = FilterBar(search=False)
        self.filters.filtered.connect(lambda _key: self.refresh())  # pyright: ignore
        self.columns = [
            Column("list", _("Checklist"), 220),
            Column("for", _("For"), 170),
            Column("due", _("Due"), 100),
            Column(
                "standing", _("State"), 150, word=lambda s: _(_STANDING_WORDS[s]),
                tone=lambda s: safety_looks.STANDING[s][1], icon=lambda s: safety_looks.STANDING[s][0],
            ),
            Column("told", _("Result, or why it was missed"), 260, sortable=False),
        ]  # fmt: skip
        self.table = Table("checks-due", self.columns)
        self.table.activated_key.connect(self._open)
        self.question = Ask()
        self._build()

    def refresh(self) -> None:
        """Read what is due."""
        day = clock.today()
        try:
            with self.db.read() as session:
                self.season = seasons.current(session, day)
                every = check_schedule.read(session, self.season, day)
                standing = opening.of(session, self.season, day)
                closed = seasons.why_closed(session, self.season, day)
        except UserError as error:
            self.season = None
            self.page.show_unready(error)
            return
        self.page.show_content()
        self.due = {one.key: one for one in every}
        open_now = [d for d in every if d.open and (d.due >= day or d.standing is Standing.MISSED)]
        of = {
            "open": open_now,
            "missed": [d for d in every if d.missed or d.standing is Standing.MISSED],
            "made": [d for d in every if d.standing is Standing.DONE],
        }
        self.filters.show_chips(
            (
                Chip("open", _("To be done"), len(of["open"])),
                Chip("missed", _("Missed"), len(of["missed"])),
                Chip("made", _("Made"), len(of["made"])),
            )
        )
        shown = of[self.filters.chosen or "open"]
        if self.filters.chosen == "open":
            shown = sorted(shown, key=lambda d: (d.standing is Standing.MISSED, d.due if d.due >= day else date.max))
        self.table.show_rows(Rows([_row(one) for one in shown], self.columns))
        self._tell_state(standing, closed)

    def act(self) -> None:
        """Begin the opening check, go on with it, or show it."""
        self.safety.begin_check("OPN", clock.today())

    def open(self, **target: Any) -> None:
        """Begin what is due, or go on: ``open(due=("OPN", day, ""))``; ``missed=…`` only shows what was missed."""
        self.refresh()
        if target.get("due") in self.due:
            self._open(target["due"])
        elif target.get("missed") in self.due:
            self.filters.choose("missed")
            keys = [self.table.rows.row(n)[0] for n in range(self.table.rows.rowCount())]
            if target["missed"] in keys:
                self.table.choose(keys.index(target["missed"]))

    def printed(self) -> None:
        """Print the clipboard form of the list the cursor is on."""
        if due := self._chosen():
            self.safety.print_form(due.checklist.code, due.due if due.first == due.due else None)

    # ------------------------------------------------------------------------------------------------ inside

    def _tell_state(self, standing: Opening, closed: str) -> None:
        icon, tone = ("calendar-x", "quiet") if closed else safety_looks.OPENING[standing.state]
        icons.put(self.sign, icon, tone, size=22)
        self.sentence.setText(closed or standing.sentence)
        theme.mark(self.sentence, tone="danger" if not closed and standing.state is opening.State.UNSAFE else "")
        self._opening = standing
        self.show_button.setVisible(standing.check is not None)
        begun = standing.check is not None and not standing.check.frozen
        made = standing.check is not None and standing.check.frozen
        text = (
            _("Make the opening check again")
            if made
            else _("Go on with the opening check")
            if begun
            else _(self.primary)
        )
        self.page.primary_button.setText(text)

    def _show_opening(self) -> None:
        if self._opening.check:
            self.safety.show_check(self._opening.check.id)

    def _chosen(self) -> Due | None:
        return self.due.get(self.table.key())

    def _open(self, key: Any) -> None:
        """Make what is due, go on with it, or show it once it is made."""
        due = self.due.get(key)
        if due is None:
            return
        if due.check:
            self.safety.show_check(due.check.id)
        else:
            self.safety.begin_check(due.checklist.code, min(due.due, clock.today()), due=due.due, slot=due.slot)

    def _explain(self) -> None:
        """Ask why the chosen checks were missed; one word may stand for several."""
        chosen = self.table.keys()
        keys = [key for key in chosen if self.due[key].standing is Standing.MISSED]
        if not keys:
            self.page.tell(UserError(_("Choose a check that was missed.")))
            return
        first = self.due[keys[0]]
        told = _("Why was it not made? {list}, {day}.").format(list=_(first.checklist.title), day=first.due)
        if len(keys) > 1:
            told = _("Why were these {n} checks not made?").format(n=len(keys))
        form = Form(MissedCheck, Section("", "explanation"))
        self.question.ask(f"{told} {_('The miss stays on record.')}", _("Keep"), partial(self._explained, keys), form)

    def _explained(self, keys: list[tuple[str, date, str]], values: dict[str, Any]) -> None:
        if self.season is None:
            return
        with self.db.begin(N_("Explain a missed check"), final=True) as session:
            for key in keys:
                check_schedule.explain(session, self.season, key, values["explanation"], by=self.context.user)
        self.context.shell.saved()
        self.refresh()

    def _build(self) -> None:
        state = QFrame()
        state.setObjectName("banner")
        state.setProperty("tone", "plain")
        row = QHBoxLayout(state)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self.sign)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.show_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(button(_("Go through it"), lambda: self._open(self.table.key()), "clipboard-check"))
        foot.addWidget(button(_("Say why it was missed"), self._explain, "pencil"))
        foot.addWidget(button(_("Clipboard form"), self.printed, "printer"))
        foot.addStretch(1)
        self.body.addWidget(state)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.question)
        self.body.addWidget(hairline())
        self.body.addLayout(foot)
        self.setFocusProxy(self.table)


def _row(due: Due) -> tuple[Any, ...]:
    told = due.missed.explanation if due.missed else ""
    if due.check and due.check.frozen:
        told = " · ".join(part for part in (checks.word(due.check), told) if part)
    return (due.key, _(due.checklist.title), period(due), due.due, due.standing, told)


def period(due: Due) -> str:
    """Return for which day, week, month or moment a check is due."""
    locale = language()
    match due.checklist.occasion:
        case Occasion.WEEKLY:
            days = [format_skeleton("MMMd", day, locale=locale) for day in (due.first, due.due)]
            return " – ".join(days)
        case Occasion.MONTHLY:
            return format_skeleton("yMMMM", due.due, locale=locale)
        case Occasion.DRILL:
            return _(SLOTS.get(due.slot, due.slot))
        case Occasion.BEFORE_SEASON:
            return _("before the season")
        case _:
            return format_date(due.due, "EEEE", locale=locale)
