"""What the guardians agreed to, purpose by purpose: given, refused or withdrawn, with date, signer and wording."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from ccfs_desktop import clock, i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Consent, ConsentPurpose
from ccfs_desktop.services import children, consents, offices
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.services.consents import State
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field, describe
from ccfs_desktop.views.kit.lines import Line, Lines
from ccfs_desktop.views.kit.states import button, mark, words

_PAPER = 620
_TONES = {"Given": "accent", "Refused": "warning", "Withdrawn": "danger"}


class ConsentsTab(ChildTab):
    """Date, signer and language of the paper in hand stand on top; below, one click per answer."""

    title = N_("Consents")
    right = "consent"

    def __init__(self, record: Any) -> None:
        """Build a line for each purpose."""
        super().__init__(record)
        self.paper: dict[str, Any] = {}
        """Day, signer and language of the paper in hand."""
        languages = Field("language", _("Language"), kind="choice", choices=tuple(i18n.LANGUAGES.items()))
        self.hand = Lines([describe(Consent, "signed_on"), describe(Consent, "signed_by"), languages], self._note)
        self._known = False
        self.lines = {state.purpose: _Line(self, state.purpose) for state in consents.states([])}
        self.problem = words("", "problem", wrap=True)
        self._build()

    def show_file(self, file: ChildFile) -> None:
        """Show what was answered last."""
        if not self._known:
            self._propose(file)
        for state in consents.states(file.consents):
            self.lines[state.purpose].show(state)

    def answer(self, purpose: ConsentPurpose, *, given: bool) -> None:
        """Record an answer from the paper in hand."""
        self.problem.clear()
        try:
            if self.paper["signed_on"] is None:
                raise UserError(_("Type the day on which the paper was signed."))
            with self.storing(N_("Record a consent")) as session:
                children.set_consent(
                    session, self.record.child_id, purpose, given=given, on=self.paper["signed_on"],
                    signed_by=self.paper["signed_by"], language=self.paper["language"], wording=consents.EDITION,
                )  # fmt: skip
        except UserError as error:
            self.problem.setText(str(error))

    def withdraw(self, purpose: ConsentPurpose) -> None:
        """Record that an agreement was taken back today."""
        with self.record.page.saving(N_("Withdraw a consent")) as session:
            children.withdraw_consent(session, self.record.child_id, purpose, on=clock.today())
        self.record.changed()

    def _propose(self, file: ChildFile) -> None:
        """Propose today, the first guardian and the factory's language; the officer corrects what the paper says."""
        self._known = True
        with self.db.read() as session:
            language = offices.factory(session).languages[0]
        signer = file.guardianships[0].guardian.name if file.guardianships else ""
        self.paper = {"signed_on": clock.today(), "signed_by": signer, "language": language}
        self.hand.show_lines([Line("paper", self.paper)])

    def _note(self, _line: str, name: str, value: Any) -> None:
        self.paper[name] = value

    def _build(self) -> None:
        self.section(
            N_("The paper in hand"),
            N_("What you record below is noted with this day, this signature and this language."),
        )
        self.hand.setMaximumWidth(theme.px(_PAPER))
        self.column.addWidget(self.hand)
        self.column.addWidget(self.problem)
        self.section(N_("Answers"), N_("A new answer never overwrites an earlier one: the history keeps both."))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for number, line in enumerate(self.lines.values()):
            for column, widget in enumerate((line.purpose, line.state, line.detail, line.buttons)):
                grid.addWidget(widget, number, column, *([left] if widget is line.state else []))
        self.column.addLayout(grid)
        self.column.addStretch(1)


class _Line:
    """One purpose: its state in a word, when and by whom, and the answers that can be recorded."""

    def __init__(self, tab: ConsentsTab, purpose: ConsentPurpose) -> None:
        self.purpose = words(_(purpose.word), wrap=True)
        self.state: QLabel = mark("")
        self.detail = words("", "quiet", wrap=True)
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.given: QPushButton = button(_("Given"), partial(tab.answer, purpose, given=True))
        self.refused: QPushButton = button(_("Refused"), partial(tab.answer, purpose, given=False))
        self.back: QPushButton = button(_("Withdraw"), partial(tab.withdraw, purpose), kind="quiet")
        for made in (self.given, self.refused, self.back):
            made.setAccessibleName(f"{_(purpose.word)}: {made.text()}")
            row.addWidget(made)
        row.addStretch(1)

    def show(self, state: State) -> None:
        self.state.setText(_(state.word))
        theme.mark(self.state, tone=_TONES.get(state.word, ""))
        self.detail.setText(_told(state.latest))
        self.back.setVisible(state.word == "Given")


def _told(consent: Consent | None) -> str:
    if consent is None:
        return ""
    language = i18n.LANGUAGES.get(consent.language, consent.language)
    wording = _("wording {edition}").format(edition=consent.wording) if consent.wording else ""
    parts = [_day(consent.signed_on), consent.signed_by, language, wording]
    if consent.withdrawn_on and consent.given:
        parts.append(_("withdrawn {day}").format(day=consent.withdrawn_on))
    return " · ".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
