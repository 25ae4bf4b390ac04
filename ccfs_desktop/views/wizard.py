"""A new office in under five minutes: factory, season, first user, recovery sheet, lists."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.views.card import Card, say
from ccfs_desktop.views.kit import icons, theme, work
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.recovery import SheetStep, TypedBackStep
from ccfs_desktop.views.steps import FactoryStep, ListsStep, SeasonStep, Step, UserStep

if TYPE_CHECKING:
    from ccfs_desktop.services.offices import Created

_STEPS = (N_("Factory"), N_("Season"), N_("First user"), N_("Recovery sheet"), N_("Lists"))


class Wizard(Card):
    """Leads through the steps; the office is made after the third, everything else can be done later."""

    done = Signal(object, bool)
    """The open database, and whether the lists are to be imported now."""
    left = Signal()
    """The user went back before the first step."""

    def __init__(self) -> None:
        """Build it at its first step."""
        super().__init__(780)
        self.factory, self.season = FactoryStep(), SeasonStep()
        self.user = UserStep(lambda: self.factory.name)
        self.sheet, self.typed, self.lists = SheetStep(), TypedBackStep(), ListsStep()
        self.steps: tuple[Step, ...] = (self.factory, self.season, self.user, self.sheet, self.typed, self.lists)
        self._made: Created | None = None
        self._stack = QStackedWidget()
        for step in self.steps:
            self._stack.addWidget(step)
        self._title, self._sentence = words("", "title", wrap=True), words("", "quiet", wrap=True)
        self._rail = [_Mark(number, _(name)) for number, name in enumerate(_STEPS, start=1)]
        self._problem = QLabel()
        self.back = button(_("Back"), self.previous)
        self.next = button("", self.forward, kind="primary")
        self.later = button(_("Later"), lambda: self._finish(lists=False))
        self._build()
        self._show(0)

    @property
    def step(self) -> Step:
        """The step in view."""
        return self.steps[self._stack.currentIndex()]

    def forward(self) -> None:
        """Go on, when the step is complete."""
        if not self.next.isEnabled() or not self.step.complete():
            return
        if self.step is self.user and not self._made:
            self._make()
        elif self.step is self.lists:
            self._finish(lists=True)
        else:
            self._show(self._stack.currentIndex() + 1)

    def previous(self) -> None:
        """Go back; what was typed stays."""
        if self._stack.currentIndex() == 0:
            self.left.emit()
        else:
            self._show(self._stack.currentIndex() - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter from any field."""
        on_button = isinstance(QApplication.focusWidget(), QAbstractButton)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not on_button:
            self.forward()
        else:
            super().keyPressEvent(event)

    # ---------------------------------------------------------------------------------------------- the office itself

    def _make(self) -> None:
        answers = self.factory.answers() | self.season.answers() | self.user.answers()
        folder = self.user.folder

        def task(_job: work.Job) -> "Created":
            from ccfs_desktop.services import offices  # noqa: PLC0415 (the first steps are shown before the ORM is loaded)

            return offices.create(folder, **answers)

        self.next.setEnabled(False)
        self.back.setEnabled(False)
        say(self._problem, _("The office is being made …"), "help")
        work.start(task, self._created, self._refused, owner=self)

    def _created(self, made: "Created") -> None:
        self._made = made
        self.sheet.begin(made.recovery_code, self.factory.name, made.db.actor.user)
        self.typed.begin(made.recovery_code)
        self._show(self.steps.index(self.sheet))

    def _refused(self, error: UserError) -> None:
        """Go to the step that asks for what is wrong."""
        problems = error.problems if isinstance(error, Invalid) else {}
        number = next((i for i, step in enumerate(self.steps[:3]) if step.show_problems(problems)), 2)
        self._show(number)
        if not problems:
            say(self._problem, str(error))

    def _finish(self, *, lists: bool) -> None:
        if self._made:
            self.done.emit(self._made.db, lists)

    # ---------------------------------------------------------------------------------------------- shape

    def _show(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        step, at = self.step, min(number, 3) if number < 5 else 4
        self._title.setText(_(step.title))
        self._sentence.setText(_(step.sentence))
        for i, mark in enumerate(self._rail):
            mark.show_state(done=i < at, now=i == at)
        say(self._problem, "")
        self.next.setText(_(step.onward))
        self.next.setEnabled(True)
        # Once the office is made there is no way back into its making.
        self.back.setEnabled(True)
        self.back.setVisible(step not in (self.sheet, self.lists))
        self.later.setVisible(step is self.lists)
        self.setFocusProxy(step.first)
        step.arrive()

    def _build(self) -> None:
        rail = QVBoxLayout()
        rail.setSpacing(14)
        rail.addWidget(words("CCFS Desktop", "brand"))
        rail.addWidget(words(_("New office"), "quiet"))
        rail.addSpacing(8)
        for mark in self._rail:
            rail.addWidget(mark)
        rail.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.later)
        buttons.addWidget(self.next)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._title)
        right.addWidget(self._sentence)
        right.addSpacing(8)
        right.addWidget(self._stack, 1)
        self._problem = words("", "problem", wrap=True)
        right.addWidget(self._problem)
        right.addSpacing(8)
        right.addLayout(buttons)
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addLayout(rail)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        self.card.setMinimumHeight(theme.px(440))


class _Mark(QWidget):
    """One line of the list of steps: done, now, or still to come."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self._number, self._name = number, name
        self._sign, self._word = QLabel(), words(name)
        self._sign.setFixedWidth(theme.px(20))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._sign)
        row.addWidget(self._word)
        row.addStretch(1)
        self.setMinimumWidth(theme.px(148))

    def show_state(self, *, done: bool, now: bool) -> None:
        """Show a tick, or the number; the step in view is bold."""
        if done:
            icons.put(self._sign, "circle-check", "accent", size=16)
        else:
            self._sign.setProperty("icon", None)
            self._sign.setText(f"{self._number}")
        for label in (self._sign, self._word):
            theme.mark(label, part="now" if now else "quiet")
        state = _("done") if done else _("now") if now else _("to come")
        self._word.setAccessibleName(f"{self._name}: {state}")
