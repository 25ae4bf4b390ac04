"""The audit trail: who did what when, what exactly was changed, and whether the chain is whole."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.services import audit_trail
from ccfs_desktop.services.audit_trail import Deed, Look, What
from ccfs_desktop.services.histories import KINDS
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.editors import editor_for
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.settings_people import ROLE_WORDS

_UNDONE = N_("Undone")


class _Deeds:
    """The user actions that were looked for, read as far as they are shown."""

    def __init__(self, db: Database, look: Look) -> None:
        self._db, self._look = db, look

    def count(self) -> int:
        with self._db.read() as session:
            return audit_trail.count(session, self._look)

    def rows(self, offset: int, limit: int, order_by: str, descending: bool) -> Sequence[Sequence[Any]]:  # noqa: ARG002
        with self._db.read() as session:
            return [_row(deed) for deed in audit_trail.deeds(session, self._look, offset=offset, limit=limit)]


def _row(deed: Deed) -> tuple[Any, ...]:
    role = ROLE_WORDS.get(deed.role, deed.role)
    action = f"{_(_UNDONE)}: {deed.action}" if deed.undoes and deed.action != _("Undo") else deed.action
    return (deed.transaction, deed.at, action, deed.actor, _(role) if role else "", deed.entries, deed.seq)


class TrailPanel(QWidget):
    """The list of all actions with its filters; below it what the chosen one changed."""

    def __init__(self, page: Page) -> None:
        """Build it."""
        super().__init__()
        self._page = page
        self.head = words("", "quiet")
        self.verdict = words("", wrap=True)
        self.problems = words("", "problem", wrap=True)
        self.filters = FilterBar(hint=_("What was done"))
        self.seals = QLineEdit()
        self.seals.setAccessibleName(_("Seals from papers"))
        self.seals.setPlaceholderText(_("Seal from a paper: #123 ABCD-EFGH-JKMN"))
        self.seals.setToolTip(_("From the foot of a report or a closing sheet; several with a comma between them."))
        self.seals.setFixedWidth(theme.px(290))
        self.seals.returnPressed.connect(self._check)
        self.who = QComboBox()
        self.who.setAccessibleName(_("Who"))
        self.first, self.last = (editor_for(Field(name, title, kind="date")) for name, title in self._days())
        self.columns = (
            Column("at", _("When"), 140, sortable=False),
            Column("action", _("What"), 280, sortable=False),
            Column("actor", _("Who"), 140, sortable=False),
            Column("role", _("Role"), 120, sortable=False),
            Column("entries", _("Entries"), 80, number=True, sortable=False),
            Column("seq", _("No."), 80, number=True, sortable=False),
        )
        self.table = Table("audit-trail", self.columns)
        self.detail_columns = (
            Column("noun", _("Record"), 150, sortable=False),
            Column("number", _("Whose, or No."), 130, sortable=False),
            Column("kind", _("What"), 80, word=lambda kind: _(KINDS[kind]), sortable=False),
            Column("field", _("Field"), 150, sortable=False),
            Column("before", _("Before"), 190, tone=lambda _text: "quiet", sortable=False),
            Column("after", _("After"), 240, sortable=False),
        )
        self.details = Table("audit-trail-entries", self.detail_columns)
        self._listen()
        self._build()

    def refresh(self) -> None:
        """Read the newest seal, who there is, and the actions looked for."""
        self.head.setText(_("Newest seal: {seal}").format(seal=self._page.db.head().code))
        with self._page.db.read() as session:
            known = audit_trail.actors(session)
        chosen = self.who.currentData()
        self.who.blockSignals(True)
        self.who.clear()
        self.who.addItem(_("Everybody"), "")
        for actor in known:
            self.who.addItem(actor, actor)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))
        self.who.blockSignals(False)
        self._look()

    def look(self) -> Look:
        """Return what the filters ask for.

        Raises:
            UserError: a day cannot be read.
        """
        first, last = self.first.value(), self.last.value()
        return Look(
            actor=self.who.currentData() or "",
            first=first if isinstance(first, date) else None,
            last=last if isinstance(last, date) else None,
            what=What(self.filters.chosen or What.ALL),
            action=self.filters.search.text(),
        )

    def _look(self) -> None:
        try:
            look = self.look()
        except UserError as error:
            self._page.tell(error)
            return
        self.table.show_rows(_Deeds(self._page.db, look))
        self._show(self.table.key())

    def _show(self, transaction: Any) -> None:
        """Show what one action changed."""
        rows: list[tuple[Any, ...]] = []
        if transaction:
            with self._page.db.read() as session:
                rows = [
                    (n, one.noun, one.number, one.event.kind, one.event.field, one.event.before, one.event.after)
                    for n, one in enumerate(audit_trail.lines(session, transaction))
                ]
        self.details.show_rows(Rows(rows, self.detail_columns))

    def _check(self) -> None:
        from ccfs_desktop.db import trail, verify  # noqa: PLC0415 (only when it is asked for)

        typed = [one for one in re.split(r"[,;，；、\n]", self.seals.text()) if one.strip()]
        try:
            heads = [trail.printed_head(one.strip()) for one in typed]
        except UserError as error:
            self._page.tell(error)
            self.seals.setFocus()
            return
        self._page.work(_("Checking the trail …"), lambda _job: verify.verify(self._page.db, heads), self._tell)

    def _tell(self, verdict: Any) -> None:
        if verdict.whole:
            text = ngettext(
                "Whole: {n} entry, and every record is as the trail says.",
                "Whole: {n} entries, and every record is as the trail says.",
                verdict.entries,
            )
            self.verdict.setText(text.format(n=f"{verdict.entries:,}"))
        else:
            self.verdict.setText(_("Something is wrong. Keep this office as it is and restore a backup beside it."))
        self.verdict.setVisible(True)
        self.problems.setText("\n".join(verdict.problems))
        self.problems.setVisible(bool(verdict.problems))

    # ------------------------------------------------------------------------------------------------------ shape

    def _days(self) -> tuple[tuple[str, str], ...]:
        return ("first_day", _("From")), ("last_day", _("To"))

    def _listen(self) -> None:
        self.filters.show_chips([Chip(what.value, _(what.word)) for what in What])
        self.filters.searched.connect(lambda _text: self._look())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self._look())  # pyright: ignore
        self.who.currentIndexChanged.connect(lambda _n: self._look())  # pyright: ignore
        for editor in (self.first, self.last):
            editor.left.connect(self._look)
        self.table.chosen.connect(self._show)
        self.table.typed.connect(self.filters.search.begin)

    def _build(self) -> None:
        self.verdict.hide()
        self.problems.hide()
        top = QHBoxLayout()
        top.addWidget(words(_("The sealed trail"), "section"))
        top.addSpacing(12)
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self.seals)
        top.addWidget(button(_("Check now"), self._check, "shield-check"))
        narrow = QHBoxLayout()
        narrow.setSpacing(8)
        for editor, (_name, title) in zip((self.first, self.last), self._days(), strict=True):
            label = words(title, "label")
            label.setBuddy(editor)
            narrow.addWidget(label)
            narrow.addWidget(editor)
        narrow.addStretch(1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.details)
        split.setSizes([300, 180])
        split.setChildrenCollapsible(False)
        self.table.setMinimumHeight(theme.px(160))
        self.details.setMinimumHeight(theme.px(110))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addLayout(top)
        sentence = _(
            "Every change is entered in a chain that cannot be rewritten unnoticed. Keep a printed closing sheet: it "
            "carries the seal of its day, and whoever cuts the chain later is found out by it."
        )
        column.addWidget(words(sentence, "quiet", wrap=True))
        column.addWidget(self.verdict)
        column.addWidget(self.problems)
        if layout := self.filters.layout():
            layout.setContentsMargins(0, 4, 0, 4)
        self.who.setMaximumWidth(theme.px(150))
        looked = QHBoxLayout()
        looked.setSpacing(8)
        looked.addWidget(self.filters, 1)
        looked.addWidget(self.who)
        column.addLayout(looked)
        column.addLayout(narrow)
        column.addWidget(split, 1)
        self.setFocusProxy(self.table)
