"""The item the cursor is on: its question large, its fields, what was found, photos."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.check import CheckAnswer, CheckPhoto, Said, Severity
from ccfs_desktop.services import check_rules
from ccfs_desktop.services.check_rules import Others
from ccfs_desktop.services.checklists import Item, Kind, Wanted
from ccfs_desktop.views.kit import theme, typed
from ccfs_desktop.views.kit.states import button, mark, tool, words
from ccfs_desktop.views.safety_field import Labelled, NumberField, Typing, text_field
from ccfs_desktop.views.safety_looks import SEVERITY

_THUMB = 96
_SAID_KEYS = {"y": Said.YES, "n": Said.NO, "a": Said.NOT_APPLICABLE}


class ItemCard(QScrollArea):
    """Asks for one item. What is said is sent on at once; Enter goes from field to field and then to the next item."""

    said = Signal(object)
    """Yes, No, does not apply; None takes it back."""
    entered = Signal(object)
    """Field → value, to be stored."""
    through = Signal()
    left = Signal()
    stepped = Signal(int)
    photo_asked = Signal()
    photo_removed = Signal(int)

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(theme.px(290))
        self.item: Item | None = None
        self.answer: CheckAnswer | None = None
        self.numbers: list[NumberField] = []
        self.texts: list[Labelled] = []
        self.dates: list[Labelled] = []
        self.buttons: dict[Said, QPushButton] = {}
        self._locked = False

    # ------------------------------------------------------------------------------------------------ what it shows

    def show_item(
        self, item: Item, answer: CheckAnswer, *, fact: str, others: Others, photos: Sequence[CheckPhoto], locked: bool,
        link: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Show an item.

        Args:
            item: what is asked.
            answer: what was said so far.
            fact: what the office already knows; empty for nothing.
            others: finds numbers of other items.
            photos: of this answer.
            locked: whether the check is signed.
            link: leads to what followed from it.
        """
        self.item, self.answer, self._locked = item, answer, locked
        holder = QWidget()
        holder.setObjectName("sheet")
        column = QVBoxLayout(holder)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(_head(item))
        column.addWidget(words(_(answer.text), "section", wrap=True))
        for sentence in (_(item.help), fact):
            if sentence:
                column.addWidget(words(sentence, "quiet", wrap=True))
        column.addLayout(self._segments(item))
        self._fields(item, answer, others)
        for field in (*self.numbers, *self.texts, *self.dates):
            column.addWidget(field)
        if item.of(Kind.SIGNATURE):
            column.addWidget(words(_("Signed with the whole check, at its end."), "help", wrap=True))
        self._remarks(answer)
        for part in (self.reason, self.note, self.corrected):
            column.addWidget(part)
        self.pictures = self._pictures(photos)
        column.addWidget(self.pictures)
        column.addWidget(self.no_photo)
        if link:
            column.addWidget(link, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        if old := self.takeWidget():
            old.hide()
            old.deleteLater()  # Enter was pressed in one of its fields, which must live until that is over
        self.setWidget(holder)
        self.update_answer(answer, photos)
        self._lock()

    def update_answer(self, answer: CheckAnswer, photos: Sequence[CheckPhoto]) -> None:
        """Show what is asked for beside the answer as it stands now."""
        self.answer = answer
        for choice, made in self.buttons.items():
            made.setChecked(answer.said is choice)
        item = self.item
        if item is None:
            return
        away = answer.said is Said.NOT_APPLICABLE
        self.reason.setVisible(away)
        self.note.setVisible(answer.fails or bool(answer.note))
        self.corrected.setVisible(answer.fails)
        wanted = check_rules.wants_photo(item, answer)
        self.pictures.setVisible(bool(photos) or wanted or answer.fails or item.photo is not Wanted.NEVER)
        self.no_photo.setVisible(wanted and not photos)
        for field in (*self.numbers, *self.texts, *self.dates):
            field.setVisible(not away)

    # ------------------------------------------------------------------------------------------------ the keyboard

    def begin(self) -> bool:
        """Put the cursor into the first field that still needs something; False where one key answers."""
        field = next(self._needed(), None)
        if (
            field is None
            or self._locked
            or (self.item and self.item.of(Kind.YES) and self.answer and not self.answer.said)
        ):
            return False
        field.line.setFocus()
        field.line.selectAll()
        return True

    def number(self, digit: str) -> bool:
        """Begin to type a number; False where there is none."""
        if not self.numbers or self._locked:
            return False
        field = next((one for one in self.numbers if not one.line.text()), self.numbers[0])
        field.line.setFocus()
        field.line.setText(digit)
        field.line.textEdited.emit(digit)
        return True

    def go_on(self, after: Labelled | None = None) -> None:
        """Go to the next field that needs something, else to the next item.

        Args:
            after: the field that was just left; None from the top.
        """
        fields = [*self.numbers, *self.texts, *self.dates, self.reason, self.note, self.no_photo]
        start = fields.index(after) + 1 if after in fields else 0
        waiting = list(self._needed())
        following = next((field for field in fields[start:] if field in waiting), None)
        if following:
            following.line.setFocus()
        else:
            self.through.emit()

    def _needed(self) -> Iterator[Labelled]:
        """Return the fields that are empty and should not be."""
        item, answer = self.item, self.answer
        if item is None or answer is None:
            return
        if answer.said not in (Said.NO, Said.NOT_APPLICABLE):
            yield from (one for one in (*self.numbers, *self.texts, *self.dates) if not one.line.text())
        if answer.said is Said.NOT_APPLICABLE and item.severity is Severity.CRITICAL and not self.reason.line.text():
            yield self.reason
        if answer.fails and item.severity in (Severity.CRITICAL, Severity.MAJOR) and not self.note.line.text():
            yield self.note

    # ------------------------------------------------------------------------------------------------------ storing

    def store(self) -> bool:
        """Send on what stands in the fields, if it changed and can be read."""
        if self._locked or self.answer is None:
            return True
        try:
            values = self._read()
        except UserError:
            return False
        changed = {name: value for name, value in values.items() if value != self._kept(name)}
        if changed:
            self.entered.emit(changed)
        return True

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say under the fields what was refused."""
        named = {"words": self.texts, "reason": [self.reason], "note": [self.note], "no_photo": [self.no_photo]}
        for name, sentence in problems.items():
            if name.startswith("number"):
                self.numbers[int(name[6:])].say(sentence)
            for field in named.get(name, ()):
                field.say(sentence)

    def _read(self) -> dict[str, Any]:
        """Read all fields.

        Raises:
            UserError: a number or date cannot be read; said below it.
        """
        values: dict[str, Any] = {
            "reason": self.reason.line.text().strip(),
            "note": self.note.line.text().strip(),
            "no_photo": self.no_photo.line.text().strip(),
        }
        if self.numbers:
            values["numbers"] = [field.read() for field in self.numbers]
        if self.texts:
            values["words"] = self.texts[0].line.text().strip()
        for name, field in zip(("first_date", "second_date"), self.dates, strict=False):
            try:
                values[name] = typed.read_date(field.line.text(), clock.today())
            except UserError as error:
                field.say(str(error))
                raise
            field.say("")
        return values

    def _kept(self, name: str) -> Any:
        if name == "numbers" and self.item and self.answer:
            return check_rules.numbers(self.answer, self.item)
        return getattr(self.answer, name)

    def _entered(self, field: Labelled) -> None:
        """Enter: store, and go on if it can be read."""
        if self.store():
            self.go_on(field)

    # -------------------------------------------------------------------------------------------------------- shape

    def _segments(self, item: Item) -> QHBoxLayout:
        """Yes, No, does not apply; where no Yes is asked for, No says that it is not in order."""
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons = {}
        choices = [(Said.YES, _("Yes"), "Y")] if item.of(Kind.YES) else []
        if item.severity is not Severity.NONE:
            choices.append((Said.NO, _("No") if choices else _("Not in order"), "N"))
        choices += [(Said.NOT_APPLICABLE, _("Not applicable"), "A")] if choices else []
        for choice, word, key in choices:
            made = button(f"{word}   {key}", partial(self.said.emit, choice), kind="chip")
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setAccessibleName(word)
            self.buttons[choice] = made
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _fields(self, item: Item, answer: CheckAnswer, others: Others) -> None:
        self.numbers = [NumberField(part, others) for part in item.of(Kind.NUMBER)]
        self.texts = [text_field(part) for part in item.of(Kind.TEXT)]
        self.dates = [text_field(part) for part in item.of(Kind.DATE)]
        for field, text in zip(self.numbers, check_rules.numbers(answer, item), strict=True):
            field.line.setText(text)
        for field in self.texts:
            field.line.setText(answer.words)
        for field, day in zip(self.dates, (answer.first_date, answer.second_date), strict=False):
            field.line.setText(day.isoformat() if day else "")
        for field in (*self.numbers, *self.texts, *self.dates):
            self._watch(field)

    def _remarks(self, answer: CheckAnswer) -> None:
        self.reason = Labelled(_("Why does it not apply?"), Typing(length=300))
        self.note = Labelled(_("What was found?"), Typing(length=500))
        self.no_photo = Labelled(_("Why is there no photo?"), Typing(length=200))
        for field, text in ((self.reason, answer.reason), (self.note, answer.note), (self.no_photo, answer.no_photo)):
            field.line.setText(text)
            self._watch(field)
        self.corrected = QCheckBox(_("Corrected on the spot   C"))
        self.corrected.setChecked(answer.corrected)
        self.corrected.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.corrected.clicked.connect(lambda on: self.entered.emit({"corrected": bool(on)}))

    def _watch(self, field: Labelled) -> None:
        field.line.returnPressed.connect(partial(self._entered, field))
        field.line.rested.connect(self.store)
        field.line.escaped.connect(self.left)
        field.line.stepped.connect(self.stepped)
        field.line.lettered.connect(lambda letter: self.said.emit(_SAID_KEYS[letter]))

    def _pictures(self, photos: Sequence[CheckPhoto]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for photo in photos:
            row.addWidget(self._picture(photo))
        self.add_photo = button(_("Add a photo"), self.photo_asked.emit, "camera")
        self.add_photo.setToolTip("P")
        row.addWidget(self.add_photo)
        self.add_photo.setVisible(not self._locked)
        row.addStretch(1)
        return holder

    def _picture(self, photo: CheckPhoto) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        label = QLabel()
        pixels = QPixmap()
        pixels.loadFromData(photo.jpeg)
        mode = Qt.TransformationMode.SmoothTransformation
        label.setPixmap(pixels.scaled(_THUMB, _THUMB, Qt.AspectRatioMode.KeepAspectRatio, mode))
        label.setAccessibleName(_("Photo"))
        column.addWidget(label)
        if not self._locked:
            column.addWidget(tool("trash-2", _("Remove this photo"), partial(self.photo_removed.emit, photo.id)))
        return holder

    def _lock(self) -> None:
        """Let people read only."""
        if not self._locked:
            return
        for field in (*self.numbers, *self.texts, *self.dates, self.reason, self.note, self.no_photo):
            field.lock()
        for made in (*self.buttons.values(), self.corrected):
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setVisible(made.isChecked())


def _head(item: Item) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(words(item.id, "quiet"))
    tone = SEVERITY[item.severity]
    row.addWidget(mark(_(item.severity.word), tone if tone != "quiet" else ""))
    row.addStretch(1)
    return row


def problems_of(error: UserError) -> Mapping[str, str]:
    """Return what a refusal says about single fields."""
    return error.problems if isinstance(error, Invalid) else {}
