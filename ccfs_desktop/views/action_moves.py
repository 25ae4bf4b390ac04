"""The foot of an action: what may come next at its stage, asked for with a word or a signature."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.action import Action, ActionStep, Stage, Verification
from ccfs_desktop.services import action_stages, actions
from ccfs_desktop.services.action_file import ActionFile
from ccfs_desktop.services.signatures import Signature
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.views.action_record import ActionRecord

_VERIFY, _NONE, _CHECK = (
    N_("Verify a corrective action"),
    N_("Decide that no action is needed"),
    N_("Check that it works"),
)

Signed = Callable[[Any, Signature, str], object]


class Moves(QFrame):
    """The button that leads on is the outermost; what is seldom wanted is under “More”."""

    def __init__(self, record: "ActionRecord") -> None:
        """Build it, empty."""
        super().__init__()
        self._record = record
        self._file: ActionFile
        self.told = words("", "quiet", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self.told, 1)
        self.buttons: list[QPushButton] = []

    def show_file(self, file: ActionFile) -> None:
        """Offer what the stage and the role allow."""
        self._file = file
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        self.buttons = []
        told, seldom, offered = self._offers(file)
        self.told.setText(told)
        if seldom:
            self._more(seldom)
        self._offer(_("Print"), self._record.print, "printer")
        for number, (text, slot) in enumerate(offered):
            self._offer(text, slot, kind="primary" if number == len(offered) - 1 else "")

    def onward(self) -> None:
        """Do what leads on."""
        _told, _seldom, offered = self._offers(self._file)
        if offered:
            offered[-1][1]()
        else:
            self._record.page.say(self.told.text() or _("The next step is not due yet."))

    def back(self) -> None:
        """Say that it is not done yet after all."""
        if self._file.action.stage is Stage.DONE and self._file.may_work:
            self._take_back()
        else:
            self._record.page.say(_("It cannot be moved there."))

    # ------------------------------------------------------------------------------------------------- what there is

    def _offers(self, file: ActionFile) -> tuple[str, list[tuple[str, Callable[[], None]]], list[tuple[str, Any]]]:
        """Return a sentence, what is seldom wanted, and the buttons: the one that leads on last."""
        action = file.action
        if action.stage in actions.UNSOLVED:
            return self._unsolved(file) if not action.grounds else self._proposed(file)
        if action.stage is Stage.DONE:
            return self._done(file)
        if action.stage is Stage.VERIFIED:
            return self._verified(file)
        return actions.frozen_sentence(action), [], []

    def _unsolved(self, file: ActionFile) -> Any:
        if not file.may_work:
            return "", [], []
        begun = file.action.stage is Stage.IN_PROGRESS
        seldom = [
            (_("Set another day …"), self._set_day), (_("No action is needed …"), self._propose),
            *([(_("Nobody works on it yet"), self._set_aside)] if begun else []),
        ]  # fmt: skip
        start = [] if begun else [(_("Start work"), self._start)]
        return "", seldom, [*start, (_("It is done …"), self._finish)]

    def _proposed(self, file: ActionFile) -> Any:
        told = _("{name} proposes to do nothing: {grounds} Somebody else must agree.").format(
            name=file.action.done_by, grounds=_sentence(file.action.grounds)
        )
        if not file.may_verify:
            return told, [], []
        return told, [], [(_("Something must be done"), self._refuse_none), (_("Agree: no action"), self._agree)]

    def _done(self, file: ActionFile) -> Any:
        told = _("Somebody else than {name} verifies it.").format(name=file.action.done_by)
        seldom = [(_("It is not done yet …"), self._take_back)] if file.may_work else []
        if not file.may_verify:
            return told, seldom, []
        offered = [
            (_("Not as it should be"), self._refuse), (_("Verify by papers"), self._verify_desk),
            (_("Verify on the spot"), self._verify_site),
        ]  # fmt: skip
        return told, seldom, offered

    def _verified(self, file: ActionFile) -> Any:
        action = file.action
        if action.check_due and action.check_due > clock.today():
            return "", [], []
        told = _("Does it still work, 30 days later? Go and look.")
        if not file.may_verify:
            return told, [], []
        return told, [], [(_("It does not work"), self._fails), (_("It works"), self._works)]

    # ----------------------------------------------------------------------------------------------- without signature

    def _start(self) -> None:
        self._store(N_("Move a corrective action"), action_stages.start)

    def _set_aside(self) -> None:
        self._store(N_("Move a corrective action"), action_stages.set_aside)

    def _store(self, action: str, move: Callable[[Any, int], object]) -> None:
        with self._record.page.saving(action) as session:
            move(session, self._record.action_id)
        self._record.reload()

    def _finish(self) -> None:
        """Ask who did it and when; what is missing is said first, and the cursor goes there."""
        self._record.facts.form.commit()
        if missing := action_stages.lacking(self._record.file.action):
            self._record.page.tell(UserError(" ".join(missing)))
            action = self._record.file.action
            name = "root_cause" if action.correction or action.immediate else "correction"
            self._record.tabs.setCurrentIndex(0)
            self._record.facts.form.rows[name].editor.setFocus()
            return
        form = Form(Action, Section("", "done_by", "done_on"))
        form.show_values({"done_by": self._record.page.context.user, "done_on": clock.today()})
        self._ask(
            _("From now on its evidence stays. Somebody else verifies that it was done."), _("It is done"), form,
            N_("Say that a corrective action is done"),
            lambda s, v: action_stages.done(s, self._key, by=v["done_by"], on=v["done_on"] or clock.today()),
        )  # fmt: skip

    def _take_back(self) -> None:
        self._ask(
            _("Why is it not done yet?"), _("It is not done yet"), self._word(),
            N_("Say that a corrective action is not done"),
            lambda s, v: action_stages.take_back(s, self._key, by=self._user, word=v["reason"]),
        )  # fmt: skip

    def _set_day(self) -> None:
        form = Form(
            Action, Section("", "due", "reason"),
            fields=[Field("reason", _("Reason"), required=True, length=400)],
        )  # fmt: skip
        form.show_values({"due": self._record.file.action.due, "reason": ""})
        self._ask(
            _("The day before, the new one and the reason stay on record."), _("Set the day"), form,
            N_("Set another day for a corrective action"),
            lambda s, v: action_stages.set_day(s, self._key, v["due"], by=self._user, word=v["reason"]),
        )  # fmt: skip

    def _propose(self) -> None:
        form = Form(Action, Section("", "done_by", "grounds"))
        form.show_values({"done_by": self._user, "grounds": ""})
        form.rows["done_by"].label.setText(_("Your name"))
        self._ask(
            _("Why need nothing be done? Somebody else must agree and sign."), _("Propose no action"), form,
            N_("Propose that no action is needed"),
            lambda s, v: action_stages.propose_none(s, self._key, by=v["done_by"], grounds=v["grounds"]),
        )  # fmt: skip

    def _word(self) -> Form:
        field = Field("reason", _("Reason"), required=True, length=400)
        return Form(ActionStep, Section("", "reason"), fields=[field])

    def _ask(self, sentence: str, confirm: str, form: Form, action: str, write: Callable[[Any, Any], object]) -> None:
        self._record.sign.leave()
        form.setMaximumWidth(theme.px(620))
        do = lambda values: self._record.store(action, lambda s: write(s, values))  # noqa: E731 (one line, used once)
        self._record.question.ask(sentence, confirm, do, form)

    # -------------------------------------------------------------------------------------------------- with signature

    def _verify_site(self) -> None:
        self._verify(Verification.ON_SITE, _("Verify on the spot"))

    def _verify_desk(self) -> None:
        self._verify(Verification.DESK, _("Verify by papers"))

    def _verify(self, how: Verification, confirm: str) -> None:
        told = _("Write what you saw. Once verified, the action does not change any more.")
        self._sign(
            told, confirm, _VERIFY,
            lambda s, signature, word: action_stages.verify(s, self._key, signature, how=how, word=word),
        )  # fmt: skip

    def _refuse(self) -> None:
        self._sign(
            _("Write what is not as it should be. Work on it goes on."), _("Not as it should be"), _VERIFY,
            lambda s, signature, word: action_stages.refuse(s, self._key, signature, word=word),
        )  # fmt: skip

    def _works(self) -> None:
        self._sign(
            _("Write what you saw. The action is closed then."), _("It works"), _CHECK,
            lambda s, signature, word: action_stages.check(s, self._key, signature, works=True, word=word),
        )  # fmt: skip

    def _fails(self) -> None:
        self._sign(
            _("Write what you saw. The action is opened again as a repeat, with a new day."), _("It does not work"),
            _CHECK, lambda s, signature, word: action_stages.check(s, self._key, signature, works=False, word=word),
        )  # fmt: skip

    def _agree(self) -> None:
        self._sign(
            _("You agree that nothing need be done. The action is ended then."), _("Agree: no action"), _NONE,
            lambda s, signature, word: action_stages.agree_none(s, self._key, signature, word=word),
        )  # fmt: skip

    def _refuse_none(self) -> None:
        self._sign(
            _("Write why something must be done. Work on it goes on."), _("Something must be done"), _NONE,
            lambda s, signature, word: action_stages.refuse_none(s, self._key, signature, word=word),
        )  # fmt: skip

    def _sign(self, sentence: str, confirm: str, action: str, write: Signed) -> None:
        self._record.question.leave()
        self._record.facts.form.commit()
        self._record.sign.ask(
            sentence, confirm,
            lambda signature, word: self._record.store(action, lambda s: write(s, signature, word)),
            reason="", title=_("What was seen"), length=500,
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------------------- shape

    @property
    def _key(self) -> int:
        return self._record.action_id

    @property
    def _user(self) -> str:
        return self._record.page.context.user

    def _offer(self, text: str, slot: Callable[[], object], icon: str = "", kind: str = "") -> None:
        made = button(text, slot, icon, kind)
        self.buttons.append(made)
        self._row.addWidget(made)

    def _more(self, seldom: list[tuple[str, Callable[[], None]]]) -> None:
        made = button(_("More"), lambda: None, "ellipsis")
        menu = QMenu(made)
        for text, slot in seldom:
            menu.addAction(text, slot)
        made.setMenu(menu)
        self.buttons.append(made)
        self._row.addWidget(made)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "。", "!", "?")) else f"{text}."
