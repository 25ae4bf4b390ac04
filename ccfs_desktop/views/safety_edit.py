"""One edition of a list: looked at, or changed item by item while it is a draft."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Occasion, Severity
from ccfs_desktop.services import check_rules, checklist_editions
from ccfs_desktop.services.checklist_editions import ASKS, Change
from ccfs_desktop.services.checklists import Checklist, Item, Kind, Wanted
from ccfs_desktop.views.kit import theme, typed
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.lines import Line, Lines
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.kit.table import Column, Rows, Table

_ASKS_WORDS = {
    "yes": N_("Yes or No"),
    "number": N_("A number"),
    "yes+number": N_("Yes or No, and a number"),
    "text": N_("A text"),
    "yes+text": N_("Yes or No, and a text"),
    "date": N_("A date"),
    "yes+date": N_("Yes or No, and a date"),
    "number+text": N_("A number and a text"),
    "signature": N_("A signature"),
}
_PHOTO_WORDS = {Wanted.NEVER: N_("No photo"), Wanted.ON_NO: N_("When it fails"), Wanted.ALWAYS: N_("Always")}
_KIND_WORDS = {
    Kind.YES: N_("Yes or No"), Kind.NUMBER: N_("number"), Kind.TEXT: N_("text"), Kind.DATE: N_("date"),
    Kind.SIGNATURE: N_("signature"),
}  # fmt: skip


class EditionPanel(QWidget):
    """The items of a list below each other; of a draft, the one in hand can be changed below them."""

    wanted = Signal(str)
    """A new edition of the list with this code is asked for."""
    over = Signal()
    """The draft was published or thrown away."""

    def __init__(self, page: Page, checklist: Checklist, draft_id: int | None) -> None:
        """Show an edition.

        Args:
            page: tells what is refused.
            checklist: the edition.
            draft_id: its record while it is a draft.
        """
        super().__init__()
        self.page, self.checklist, self.draft_id = page, checklist, draft_id
        self.columns = [
            Column("id", _("Item"), 76, sortable=False),
            Column("section", _("Section"), 150, sortable=False),
            Column("text", _("Wording"), 430, sortable=False),
            Column("severity", _("Severity"), 110, sortable=False),
            Column("asks", _("Asks for"), 240, sortable=False),
            Column("photo", _("Photo"), 110, sortable=False),
            Column(
                "off", _("Asked"), 110, sortable=False, word=lambda off: _("switched off") if off else _("yes"),
                tone=lambda off: "quiet" if off else "", icon=lambda off: "eye-off" if off else "check",
            ),
        ]  # fmt: skip
        self.table = Table("checklist-items", self.columns)
        self.table.chosen.connect(self._show)
        text, photo, *others = _fields()
        self.line, self.more = Lines([text, photo], self._save), Lines(others, self._save)
        self.title, self.occasion = QLineEdit(_(checklist.title)), QComboBox()
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the draft again; the cursor stays on its item."""
        key = self.table.key()
        if self.draft_id is not None:
            with self.page.db.read() as session:
                self.checklist = checklist_editions.content(checklist_editions.get(session, self.draft_id))
        rows = [_row(section.title, item) for section in self.checklist.sections for item in section.items]
        self.table.show_rows(Rows(rows, self.columns))
        ids = [row[0] for row in rows]
        if key in ids:
            self.table.choose(ids.index(key))

    # ------------------------------------------------------------------------------------------------ changing

    def change(self, how: Change) -> None:
        """Change the draft.

        Raises:
            UserError: it cannot be changed so.
        """
        if self.draft_id is None:
            return
        with self.page.db.begin(N_("Change a list")) as session:
            checklist_editions.change(session, self.draft_id, how)
        self.page.context.shell.saved()
        self.refresh()

    def _act(self, make: Callable[[], Change]) -> None:
        try:
            self.change(make())
        except UserError as error:
            self.page.tell(error)
        else:
            self.page.banner.hide()

    def _save(self, key: str, name: str, value: Any) -> None:
        """Store one field of the item in hand."""
        item = self.checklist.item(key)
        if name in ("unit", "least", "most"):
            read = value if name == "unit" else _decimal(value)
            changed = checklist_editions.limited(item, **{name: read or ("" if name == "unit" else None)})
        elif name == "asks":
            changed = checklist_editions.asking(item, value) if value else item
        else:
            changed = replace(item, **{name: value})
        self.change(checklist_editions.reworded(changed))

    def _switch(self) -> None:
        if self.table.key():
            item = self.checklist.item(self.table.key())
            self._act(lambda: checklist_editions.switched(item.id, off=not item.off))

    def _move(self, step: int) -> None:
        if self.table.key():
            self._act(lambda: checklist_editions.moved(self.table.key(), step))

    def _add(self) -> None:
        """Add an item at the end of the section the cursor is in, and put the cursor into its wording."""
        key = self.table.key()
        section = next(
            (n for n, s in enumerate(self.checklist.sections) if any(item.id == key for item in s.items)),
            len(self.checklist.sections) - 1,
        )
        before = {item.id for item in self.checklist.every}
        blank = Item(id="", text=_("New item"), severity=Severity.MAJOR)
        self._act(lambda: checklist_editions.added(section, blank))
        every = [item.id for item in self.checklist.every]
        new = next((n for n, item_id in enumerate(every) if item_id not in before), None)
        if new is not None:
            self.table.choose(new)
            self.table.scrollTo(self.table.currentIndex())
            self.line.rows[0].cells[0].editor.setFocus()

    def _rename(self) -> None:
        title, occasion = self.title.text(), self.occasion.currentData()
        kept = self.checklist.title if title == _(self.checklist.title) else title
        if (kept, occasion) != (self.checklist.title, self.checklist.occasion):
            self._act(lambda: checklist_editions.described(kept, occasion))

    def publish(self) -> None:
        """Put the draft into use."""
        self._end(N_("Publish an edition of a list"), checklist_editions.publish, _("The new edition is in use."))

    def _discard(self) -> None:
        self._end(N_("Throw a draft away"), lambda s, i, **_by: checklist_editions.discard(s, i), _("Thrown away."))

    def _end(self, action: str, do: Callable[..., object], told: str) -> None:
        try:
            with self.page.db.begin(action) as session:
                do(session, self.draft_id, by=self.page.context.user)
        except UserError as error:
            self.page.tell(error)
            return
        self.page.context.shell.saved()
        self.draft_id = None
        self.over.emit()
        self.page.say(told)

    # ------------------------------------------------------------------------------------------------ shape

    def _show(self, key: Any) -> None:
        """Put the item in hand into the fields below."""
        if key is None or self.draft_id is None:
            return
        item = self.checklist.item(key)
        number = next((part for part in item.parts if part.kind is Kind.NUMBER), None)
        values: dict[str, Any] = {
            "text": _(item.text), "severity": item.severity, "asks": checklist_editions.asks(item), "photo": item.photo,
            "unit": number.unit if number else "", "least": _plain(number.least) if number else "",
            "most": _plain(number.most) if number else "",
        }  # fmt: skip
        locked = frozenset() if number else frozenset({"unit", "least", "most"})
        for lines in (self.line, self.more):
            lines.show_lines([Line(key, values, locked=locked)])

    def _build(self) -> None:
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.table, 1)
        if self.draft_id is not None:
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(16, 10, 16, 6)
            inner.setSpacing(2)
            inner.addWidget(self.line)
            inner.addWidget(self.more)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setWidget(holder)
            area.setFixedHeight(theme.px(158))
            column.addWidget(hairline())
            column.addWidget(area)
        column.addWidget(hairline())
        column.addLayout(self._foot())
        self.setFocusProxy(self.table)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        c = self.checklist
        if self.draft_id is None:
            about = [_("Edition {edition}").format(edition=c.edition), _(c.by), _(c.occasion.word), _(c.help)]
            row.addWidget(words(" · ".join(part for part in about if part), "quiet", wrap=True), 1)
            return row
        self.title.setMaxLength(checklist_editions.MOST_TITLE)
        self.title.setAccessibleName(_("Title"))
        self.title.editingFinished.connect(self._rename)
        self.occasion.setAccessibleName(_("When"))
        for occasion in Occasion:
            self.occasion.addItem(_(occasion.word), occasion)
        self.occasion.setCurrentIndex(self.occasion.findData(c.occasion))
        self.occasion.activated.connect(lambda _n: self._rename())  # pyright: ignore
        row.addWidget(words(_("Draft {edition}").format(edition=c.edition), "section"))
        row.addWidget(self.title, 2)
        row.addWidget(self.occasion, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        if self.draft_id is None:
            row.addWidget(button(_("Change"), partial(self.wanted.emit, self.checklist.code), "pencil"))
            row.addStretch(1)
            return row
        for text, slot, icon in (
            (_("Add an item"), self._add, "plus"),
            (_("Switch off or on"), self._switch, "eye-off"),
            (_("Up"), partial(self._move, -1), ""),
            (_("Down"), partial(self._move, 1), ""),
        ):
            row.addWidget(button(text, slot, icon))
        row.addStretch(1)
        row.addWidget(button(_("Throw away"), self._discard, kind="quiet"))
        row.addWidget(button(_("Publish"), self.publish, "check", "primary"))
        return row


def _row(section: str, item: Item) -> tuple[Any, ...]:
    severity = _(item.severity.word)
    return (item.id, item.id, _(section), _(item.text), severity, _asks(item), _(_PHOTO_WORDS[item.photo]), item.off)


def _asks(item: Item) -> str:
    """Say in a few words what an item asks for."""
    told: list[str] = []
    for part in item.parts:
        limits = check_rules.limits(part)
        about = ", ".join(one for one in (_(part.name), part.unit, limits) if one)
        told.append(_(_KIND_WORDS[part.kind]) + (f" ({about})" if about else ""))
    return ", ".join(told)


def _fields() -> list[Field]:
    return [
        Field("text", _("Wording"), required=True, length=checklist_editions.MOST_TEXT),
        Field("photo", _("Photo"), kind="choice", choices=tuple((w, _(word)) for w, word in _PHOTO_WORDS.items())),
        Field("severity", _("Severity"), kind="choice", choices=tuple((s, _(s.word)) for s in Severity)),
        Field(
            "asks", _("Asks for"), kind="choice",
            choices=(*((code, _(_ASKS_WORDS[code])) for code in ASKS), (None, _("Several fields"))),
        ),
        Field("unit", _("Unit"), length=12),
        Field("least", _("At least"), length=12),
        Field("most", _("At most"), length=12),
    ]  # fmt: skip


def _decimal(text: str) -> Decimal | None:
    if not text:
        return None
    typed.read_number(text)
    try:
        return Decimal(text.replace(",", "."))
    except ArithmeticError:
        raise Invalid({"least": _("Type a number, in digits.")}) from None


def _plain(number: Decimal | None) -> str:
    return "" if number is None else str(number)
