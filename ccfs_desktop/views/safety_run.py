"""Going through a check, by keyboard or mouse; and looking at one that is signed. What is said is on disk at once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Check, CheckAnswer, CheckPhoto, CheckReopening, Said
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import (
    action_findings,
    check_doubts,
    check_facts,
    check_rules,
    checks,
    opening,
    photos,
    signatures,
)
from ccfs_desktop.services.check_rules import Lack
from ccfs_desktop.services.checklists import Checklist, Item
from ccfs_desktop.services.opening import Opening, State
from ccfs_desktop.services.signatures import Signature
from ccfs_desktop.views import safety_looks
from ccfs_desktop.views.kit import files, icons, theme, typed
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.safety_actions import action_link
from ccfs_desktop.views.safety_card import ItemCard, problems_of
from ccfs_desktop.views.safety_items import ItemsView
from ccfs_desktop.views.signing import SignStrip

_PICTURES = "*.jpg *.jpeg *.png *.webp"
_SAID = {"yes": Said.YES, "no": Said.NO, "na": Said.NOT_APPLICABLE}


class CheckPanel(QWidget):
    """The list at the left, the item in hand at the right, below what the check comes to."""

    def __init__(self, page: Page, season: Season, check_id: int) -> None:
        """Read the check.

        Args:
            page: tells what is refused.
            season: the season.
            check_id: the check; a signed one can only be looked at.
        """
        super().__init__()
        self.page, self.season, self.check_id = page, season, check_id
        self.check: Check
        self.checklist: Checklist
        self.answers: dict[str, CheckAnswer] = {}
        self.photos: dict[str, list[CheckPhoto]] = {}
        self.facts: dict[str, str] = {}
        self.lacks: list[Lack] = []
        self.items, self.card = ItemsView(), ItemCard()
        self.sign_strip, self.question = SignStrip(page), Ask()
        self._foot()
        self._build()
        self._connect()
        self.reload()
        first = next((i for i in self.checklist.items if not check_rules.is_touched(self.answers[i.id])), None)
        self.items.go((first or self.checklist.items[0]).id)

    # ------------------------------------------------------------------------------------------------ reading

    def reload(self) -> None:
        """Read the check again, as after an undo.

        Raises:
            UserError: it is gone.
        """
        with self.page.db.read() as session:
            self.check = checks.get(session, self.check_id)
            self.checklist = checks.list_of(session, self.check)
            self.answers = checks.answers(session, self.check_id)
            self.photos = checks.photos(session, self.check_id)
            self.followed = action_findings.of_check(session, self.check_id)
            self.facts = check_facts.known(session, self.season, self.check)
            self.lacks = checks.lacking(session, self.check_id)
            standing = opening.of(session, self.season, self.check.day)
            self.reopened = checks.reopenings(session, self.check_id)
        item = self.items.item
        self.items.lines.show(self.checklist, self.answers)
        if item:
            self.items.go(item.id)
        self._describe(standing)

    @property
    def locked(self) -> bool:
        """Whether the check is signed."""
        return self.check.frozen

    # ------------------------------------------------------------------------------------------------ answering

    def say(self, said: Said | None) -> None:
        """Answer the item in hand with one word, and go where something more is needed."""
        item = self.items.item
        if item is None or self.locked or (said is Said.YES and Said.YES not in self.card.buttons):
            return
        if said in (Said.NO, Said.NOT_APPLICABLE) and said not in self.card.buttons:
            return
        self.card.store()
        if self._store(item, {"said": said}):
            self.card.go_on()

    def enter(self, values: dict[str, Any]) -> None:
        """Store what stands in fields of the item in hand."""
        if self.card.item and not self.locked:
            self._store(self.card.item, values)

    def next(self) -> None:
        """Go to the next item; after the last one to the signature."""
        if self.items.step(1):
            return
        self.items.setFocus()
        if not self.locked:
            self.sign()

    def _store(self, item: Item, values: dict[str, Any]) -> bool:
        """Store values of one item at once; False when they are refused."""

        def write(session: Any) -> None:
            checks.answer(session, self.check_id, item.id, **values)

        return self._write(N_("Answer a check"), write)

    def _write(self, action: str, write: Callable[[Any], object]) -> bool:
        try:
            with self.page.db.begin(action) as session:
                write(session)
                self.check = checks.get(session, self.check_id)
                self.answers = checks.answers(session, self.check_id)
                self.photos = checks.photos(session, self.check_id)
                self.lacks = checks.lacking(session, self.check_id)
        except UserError as error:
            problems = problems_of(error)
            self.card.show_problems(problems)
            if not problems:
                self.page.tell(error)
            return False
        self.page.context.shell.saved()
        self.items.lines.update(self.answers)
        if self.card.item:
            self.card.update_answer(self.answers[self.card.item.id], self.photos.get(self.card.item.id, ()))
        self._tell_result()
        return True

    def _keyed(self, name: str) -> None:
        """A key was pressed on the list."""
        if name in _SAID:
            self.say(_SAID[name])
        elif name == "next":
            if self.locked or not self.card.begin():
                self.next()
        elif name == "clear" and self.items.item and not self.locked:
            item = self.items.item
            self._write(N_("Take an answer back"), lambda s: checks.clear(s, self.check_id, item.id))
            self._show(item)
        elif name == "corrected" and self.card.answer and self.card.answer.fails and not self.locked:
            self.card.corrected.click()
        elif name == "photo" and not self.locked:
            self.add_photo()
        else:
            self.card.number(name)

    def _show(self, item: Item) -> None:
        """Show the item the cursor came to."""
        if self.card.item and self.card.item.id in self.answers:
            self.card.store()
        self.card.show_item(
            item,
            self.answers[item.id],
            fact=self.facts.get(item.id, ""),
            others=partial(checks.number_of, self.checklist, self.answers),
            photos=self.photos.get(item.id, ()),
            locked=self.locked,
            link=action_link(self.page, self.followed.get(item.id)),
        )
        if not self.card.begin():
            self.items.setFocus()

    # ------------------------------------------------------------------------------------------------ photos

    def add_photo(self) -> None:
        """Choose a picture and keep it, drawn anew."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a photo"), "", f"{_('Photos')} ({_PICTURES})")
        if chosen:
            self.take_photo(Path(chosen))

    def take_photo(self, path: Path) -> None:
        """Keep a picture with the item in hand."""
        item = self.items.item
        if item is None or self.locked:
            return

        def done(jpeg: bytes) -> None:
            self._write(N_("Add a photo"), lambda s: checks.add_photo(s, self.check_id, item.id, jpeg))
            if self.items.item and self.items.item.id == item.id:
                self._show(item)

        self.page.work(_("The photo is being read …"), lambda _job: photos.clean(files.read(path)), done)

    def _remove_photo(self, photo_id: int) -> None:
        self._write(N_("Remove a photo"), lambda s: checks.remove_photo(s, self.check_id, photo_id))
        if self.items.item:
            self._show(self.items.item)

    # ------------------------------------------------------------------------------------------------ signing

    def sign(self) -> None:
        """Ask for the signature; what is still missing is named first, and the cursor goes there."""
        if self.locked or not self.card.store():
            return
        if self.lacks:
            self.page.tell(UserError(" ".join(lack.sentence for lack in self.lacks[:4]) + _more(len(self.lacks) - 4)))
            self.items.go(self.lacks[0].item)
            return
        self.page.banner.hide()
        sentence = _("{result}. Once signed, the check does not change any more.").format(
            result=checks.word(self.check)
        )
        told = [sentence.format(result=checks.word(self.check))]
        if fast := check_doubts.too_fast(self.check, len(self.answers)):
            told += [fast, _("If it was typed from the clipboard form, tick that first.")]
        self.sign_strip.ask(" ".join(told), _("Sign"), self._signed)

    def _signed(self, signature: Signature, _reason: str) -> None:
        with self.page.db.begin(N_("Sign a check"), final=True) as session:
            checks.sign(session, self.check_id, signature)
        self.page.context.shell.saved()
        self.page.say(_("The check is signed."))
        self.reload()
        if self.decide_button.isVisibleTo(self):
            self.decide()
        else:
            self.print_button.setFocus()

    def decide(self) -> None:
        """Ask who opens the day although a critical item failed, and why."""
        try:
            signatures.check_may_decide(self.page.db)
        except UserError as error:
            self.page.tell(error)
            return
        notes = [a.note for a in self.answers.values() if a.fails and a.corrected and a.note]
        sentence = _("Children may then be signed in. Your name and reason stay on record and are printed.")
        self.sign_strip.ask(sentence, _("Open the day all the same"), self._decided, reason=" ".join(notes)[:300])

    def _decided(self, signature: Signature, reason: str) -> None:
        with self.page.db.begin(N_("Open a day that is not safe"), final=True) as session:
            opening.open_anyway(session, self.season, self.check.day, signature, reason)
        self.page.context.shell.saved()
        self.reload()
        self.print_button.setFocus()

    def reopen(self) -> None:
        """Ask why a signed check is opened again."""
        form = Form(CheckReopening, Section("", "reason"))
        sentence = _("That the check was opened again, by whom and why stays on record.")
        self.question.ask(sentence, _("Open it again"), self._reopened, form)

    def _reopened(self, values: dict[str, Any]) -> None:
        with self.page.db.begin(N_("Open a signed check again"), final=True) as session:
            checks.reopen(session, self.check_id, by=self.page.context.user, reason=values["reason"])
        self.page.context.shell.saved()
        self.reload()
        self.items.setFocus()

    def print(self) -> None:
        """Print the check as it stands."""
        from ccfs_desktop.reports import issue_checks  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        name = f"{self.check.code.lower()}-{self.check.day}"
        self.page.work(
            _("Printing …"),
            lambda _job: issue_checks.completed(self.page.db, self.check_id),
            lambda pdf: self.page.push(_(self.check.title), Paper(pdf, name, say=self.page.say)),
        )

    # ------------------------------------------------------------------------------------------------ what it says

    def _describe(self, standing: Opening) -> None:
        check, locked = self.check, self.check.frozen
        self.paper_box.setChecked(check.on_paper)
        self.time_field.setText(f"{check.done_at:%H:%M}" if check.done_at else "")
        for part in (self.paper_box, self.time_field, self.time_title):
            part.setEnabled(not locked)
        self.keys.setVisible(not locked)
        self.sign_button.setVisible(not locked)
        self.print_button.setVisible(locked)
        self.reopen_button.setVisible(locked)
        mine = standing.check is not None and standing.check.id == check.id
        self.decide_button.setVisible(mine and locked and standing.state is State.UNSAFE)
        self.told.setText(self._signature(standing if mine else Opening(State.NOT_CHECKED)))
        self.told.setVisible(bool(self.told.text()))
        self._tell_result()
        if self.items.item:
            self._show(self.items.item)

    def _signature(self, standing: Opening) -> str:
        """Say who signed, and what was decided since."""
        check = self.check
        parts: list[str] = []
        if check.signed_at and check.proof:
            sentence = _("Signed by {name}, {role}, {at:%Y-%m-%d %H:%M}. {proof}.")
            parts.append(
                sentence.format(
                    name=check.signed_name, role=check.signed_role, at=check.signed_at, proof=_(check.proof.word)
                )
            )
        if standing.state is State.OPENED:
            parts.append(standing.sentence)
        for one in self.reopened:
            sentence = _("Opened again by {name}, {at:%Y-%m-%d %H:%M}: {reason}.")
            parts.append(sentence.format(name=one.by, at=one.at, reason=one.reason.rstrip(".")))
        return " ".join(parts)

    def _tell_result(self) -> None:
        icon, tone = safety_looks.RESULT[self.check.result]
        icons.put(self.picture, icon, tone)
        self.result.setText(checks.word(self.check))
        theme.mark(self.result, tone=tone)
        done, asked = check_rules.progress(self.checklist.items, self.answers, self.lacks)
        told = _("{done} of {all} complete").format(done=done, all=asked)
        self.progress.setText("" if self.locked else told)

    # ------------------------------------------------------------------------------------------------ shape

    def _foot(self) -> None:
        self.picture = QLabel()
        self.result = words("", "section")
        self.progress = words("", "quiet")
        self.told = words("", "quiet", wrap=True)
        self.told.setContentsMargins(16, 8, 16, 0)
        self.sign_button = button(_("Sign"), self.sign_pressed, "pencil", "primary")
        self.sign_button.setToolTip("Ctrl+Enter")
        self.decide_button = button(_("Open the day all the same"), self.decide, kind="danger")
        self.reopen_button = button(_("Open it again"), self.reopen, "undo-2")
        self.print_button = button(_("Print"), self.print, "printer")
        self.paper_box = QCheckBox(_("Typed from the clipboard form"))
        self.paper_box.clicked.connect(self._paper)
        self.time_title = words(_("Time of the walk"), "quiet")
        self.time_field = QLineEdit()
        self.time_field.setFixedWidth(theme.px(72))
        self.time_field.setAccessibleName(_("Time of the walk"))
        self.time_field.editingFinished.connect(self._time)

    def _build(self) -> None:
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.setSpacing(12)
        bar.addWidget(self.paper_box)
        bar.addSpacing(8)
        bar.addWidget(self.time_title)
        bar.addWidget(self.time_field)
        bar.addStretch(1)
        self.keys = words(_("Y yes · N no · A not applicable · Enter next"), "help")
        bar.addWidget(self.keys)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.items)
        split.addWidget(self.card)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(10)
        for part in (self.picture, self.result, self.progress):
            foot.addWidget(part)
        foot.addStretch(1)
        for part in (self.decide_button, self.reopen_button, self.print_button, self.sign_button):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(hairline())
        column.addWidget(split, 1)
        column.addWidget(self.question)
        column.addWidget(self.sign_strip)
        column.addWidget(hairline())
        column.addWidget(self.told)
        column.addLayout(foot)
        self.setFocusProxy(self.items)

    def _connect(self) -> None:
        self.items.chosen.connect(self._show)
        self.items.keyed.connect(self._keyed)
        self.card.said.connect(self.say)
        self.card.entered.connect(self.enter)
        self.card.through.connect(self.next)
        self.card.left.connect(self.items.setFocus)
        self.card.stepped.connect(self.items.step)
        self.card.photo_asked.connect(self.add_photo)
        self.card.photo_removed.connect(self._remove_photo)
        self.sign_strip.asking.connect(lambda on: self.sign_button.setVisible(not on and not self.locked))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, self.sign_pressed)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def sign_pressed(self) -> None:
        """Sign, or confirm the signature that is being asked for."""
        if self.sign_strip.isVisible():
            self.sign_strip.confirm.click()
        else:
            self.sign()

    def _paper(self, on: bool) -> None:
        self._write(N_("Describe a check"), lambda s: checks.describe(s, self.check_id, on_paper=on))

    def _time(self) -> None:
        if self.locked:
            return
        try:
            at = typed.read_time(self.time_field.text())
        except UserError as error:
            self.page.tell(error)
            return
        if at != self.check.done_at:
            self._write(N_("Describe a check"), lambda s: checks.describe(s, self.check_id, done_at=at))


def _more(n: int) -> str:
    return " " + _("And {n} more.").format(n=n) if n > 0 else ""
