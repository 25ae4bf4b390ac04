"""The card beside the list of flaws: what is the matter, where it lies, and the field for the true explanation."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services.data_quality import LONGEST
from ccfs_desktop.services.flaws import Flaw, Way
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.side_card import SideCard

_WIDTH = 330
_KINDS = 3
"""So many kinds are named when several flaws are chosen."""


class QualityCard(SideCard):
    """``F6`` leads from the list into the field, ``Ctrl+Enter`` keeps what is written, ``Esc`` leads back."""

    kept = Signal(str)
    """What is written about the flaws that are shown."""
    opened = Signal()
    """The place of the flaw is to be shown."""
    alike = Signal()
    """All flaws like this one are to be chosen."""

    def __init__(self) -> None:
        """Build it, about nothing."""
        super().__init__()
        self.setFixedWidth(theme.px(_WIDTH))
        self.flaws: list[Flaw] = []
        self._drafts: dict[tuple[object, ...], str] = {}
        self.title, self.facts = words("", "section", wrap=True), words("", "quiet", wrap=True)
        self.sentence, self.word = words("", wrap=True), words("", wrap=True)
        self.by, self.way = words("", "help", wrap=True), words("", "help", wrap=True)
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(_("How it really was"))
        self.field.setPlaceholderText(_("How it really was, in a few words. If you do not know, say so."))
        self.field.setFixedHeight(theme.px(66))
        self.field.textChanged.connect(self._typed)
        self.left_over = words("", "help", wrap=True)
        self.keep = button(_("Keep the explanation"), self._keep, kind="primary")
        self.keep.setToolTip("Ctrl+Enter")
        self.go = button(_("Go to the place"), self.opened.emit, "arrow-right")
        self.go.setToolTip("Enter")
        self.all_alike = button("", self.alike.emit, "copy")
        self.all_alike.setToolTip("Shift+F6")
        self._build()

    def show_flaws(self, flaws: Sequence[Flaw], alike: int = 0) -> None:
        """Show one flaw, or what is common to several; what was typed about them before stands in the field again.

        Args:
            flaws: the chosen ones.
            alike: how many of the same kind, the first one included, are not explained.
        """
        self.flaws = list(flaws)
        one = flaws[0] if len(flaws) == 1 else None
        for part in (self.go, self.word, self.by, self.sentence):
            part.setVisible(one is not None)
        self._show_one(one) if one else self._show_several()
        open_ = self.open_flaws
        self.all_alike.setVisible(one is not None and alike > 1)
        told = ngettext("Choose the {n} like this", "Choose the {n} like this", alike)
        self.all_alike.setText(told.format(n=alike))
        for part in (self.field, self.left_over, self.keep, self.way):
            part.setVisible(bool(open_))
        self.way.setText(_way(open_))
        self.field.blockSignals(True)
        self.field.setPlainText(self._drafts.get(self._key(), one.word if one and not one.stays else ""))
        self.field.blockSignals(False)
        self._count()

    @property
    def open_flaws(self) -> list[Flaw]:
        """The shown ones that can be explained: of several, those that nobody has explained yet."""
        if len(self.flaws) == 1:
            return [flaw for flaw in self.flaws if not flaw.stays]
        return [flaw for flaw in self.flaws if not flaw.stays and not flaw.explained]

    def begin(self) -> None:
        """Put the cursor into the field."""
        if self.field.isVisible():
            self.field.setFocus()

    def forget(self) -> None:
        """Let go of what was typed about the flaws that are shown: it is kept now."""
        self._drafts.pop(self._key(), None)

    # ---------------------------------------------------------------------------------------------------- inside

    def _show_one(self, flaw: Flaw) -> None:
        self.title.setText(flaw.title)
        days = [flaw.day.isoformat(), *([flaw.until.isoformat()] if flaw.until and flaw.until != flaw.day else [])]
        self.facts.setText(" · ".join(part for part in (" – ".join(days), flaw.who) if part))
        self.sentence.setText(flaw.sentence)
        self.word.setText(_("Explained: {word}").format(word=flaw.word))
        self.word.setVisible(flaw.explained and flaw.stays)  # what can be changed stands in the field
        self.by.setText(_("Explained by {name}.").format(name=flaw.by))
        self.by.setVisible(flaw.explained and bool(flaw.by))

    def _show_several(self) -> None:
        n = len(self.flaws)
        if not n:
            self.title.setText(_("Choose a line to read it here."))
            self.facts.setText("")
            return
        self.title.setText(_("{n} are chosen").format(n=n))
        kinds = list(dict.fromkeys(flaw.title for flaw in self.flaws))
        kinds = [*kinds[:_KINDS], *(["…"] if len(kinds) > _KINDS else [])]
        told = ngettext(
            "One explanation for {n} of them, which nobody has explained yet.",
            "One explanation for the {n} of them that nobody has explained yet.",
            len(self.open_flaws),
        ).format(n=len(self.open_flaws))
        self.facts.setText("\n".join([*kinds, told]))

    def _key(self) -> tuple[object, ...]:
        return tuple(flaw.id for flaw in self.flaws)

    def _typed(self) -> None:
        self._drafts[self._key()] = self.field.toPlainText()
        self._count()

    def _count(self) -> None:
        left = LONGEST - len(" ".join(self.field.toPlainText().split()))
        told = ngettext("{n} character left", "{n} characters left", max(0, left))
        if left < 0:
            told = ngettext("{n} character too long", "{n} characters too long", -left)
        self.left_over.setText(told.format(n=abs(left)))
        theme.mark(self.left_over, tone="danger" if left < 0 else "")

    def _keep(self) -> None:
        self.kept.emit(self.field.toPlainText())

    def _build(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        for part in (self.title, self.facts, self.sentence, self.word, self.by, self.field):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.keep)
        row.addWidget(self.left_over, 1)
        column.addLayout(row)
        for part in (self.go, self.all_alike, self.way):
            column.addWidget(part)
        column.addStretch(1)
        self.fill(holder)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self.field, self._keep)


def _way(flaws: Sequence[Flaw]) -> str:
    """Say where the explanation will stand."""
    ways = {flaw.way for flaw in flaws}
    if Way.RATIO in ways:
        return _("It is kept with the proof of the ratio; somebody else counter-signs it there.")
    if ways & {Way.CHECK, Way.PATROL}:
        return _("It is kept with what was missed, and stays: it cannot be changed afterwards.")
    return _("It is kept beside the record, with your name and today's date; the record itself does not change.")
