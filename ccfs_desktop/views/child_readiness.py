"""The strip on top of a child's file: which papers are there, which are missing, and who admitted the child anyway."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.services import enrolments, offices
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.services.enrolments import BLOCKERS
from ccfs_desktop.views.child_columns import SHORT
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.views.child_record import ChildRecord

_ON_PAPER = {"agreement", "health", "data"}
"""What arrives as a signed paper."""


class Readiness(QFrame):
    """Says whether the child may be signed in; a child that lacks a paper may be admitted by name and reason."""

    def __init__(self, record: "ChildRecord") -> None:
        """Build it.

        Args:
            record: the child's file.
        """
        super().__init__()
        self.setObjectName("banner")
        self._record = record
        self.marks: dict[str, tuple[QLabel, QLabel]] = {code: (QLabel(), words(_(SHORT[code]))) for code in BLOCKERS}
        self.sentence = words("", wrap=True)
        self.receive = button(_("Papers received"), self._receive, "check")
        self.admit = button(_("Admit although incomplete …"), self._ask, "key-round")
        self.withdraw = button(_("Take the admission back"), self._withdraw, kind="link")
        self.ask = Ask()
        self.papers, self.below, self._row = QWidget(), QWidget(), QHBoxLayout()
        self._build()

    def show_file(self, file: ChildFile) -> None:
        """Show what is there and what is not."""
        enrolment = file.enrolment
        wanted = enrolment is None or enrolment.status not in {Status.LEFT, Status.DECLINED}
        self.papers.setVisible(wanted)
        overridden = bool(enrolment and enrolment.override_by)
        for code, (picture, word) in self.marks.items():
            missing = code in file.missing
            icons.put(
                picture, "circle-alert" if missing else "circle-check", "warning" if missing else "accent", size=16
            )
            word.setToolTip(_("{paper} missing").format(paper=_(BLOCKERS[code])) if missing else _(BLOCKERS[code]))
        theme.mark(self, tone="warning" if file.missing and wanted else "plain")
        self.sentence.setText(_told(enrolment, file.missing) if wanted else "")
        self.below.setVisible(bool(self.sentence.text()))
        self.receive.setVisible(bool(wanted and _ON_PAPER & set(file.missing)))
        self.admit.setVisible(bool(wanted and file.missing and enrolment and not overridden))
        self.withdraw.setVisible(bool(wanted and file.missing and overridden))

    def frame(self, face: QWidget, state: QWidget, *behind: QWidget) -> None:
        """Put the child's face and state before the papers, and buttons behind everything."""
        self._row.insertWidget(0, state)
        self._row.insertWidget(0, face)
        for widget in behind:
            self._row.addWidget(widget)

    def _receive(self) -> None:
        page = self._record.page
        with page.saving(N_("Papers received")) as session:
            language = offices.factory(session).languages[0]
            enrolments.papers_received(session, [self._record.child_id], on=clock.today(), language=language)
        self._record.changed()

    def _ask(self) -> None:
        form = Form(Enrolment, Section("", "override_by", "override_reason"))
        form.show_values({"override_by": self._record.page.context.user, "override_reason": ""})
        sentence = _("The child may be signed in although papers are missing. Who answers for it, and why?")
        self.ask.ask(sentence, _("Admit"), self._admit, form)

    def _admit(self, values: dict[str, Any]) -> None:
        with self._record.page.db.begin(N_("Admit a child although papers are missing")) as session:
            enrolment = enrolments.of(session, self._record.season, self._record.child_id)
            if enrolment:
                enrolments.override(session, enrolment, by=values["override_by"], reason=values["override_reason"])
        self._record.changed()

    def _withdraw(self) -> None:
        with self._record.page.saving(N_("Take an admission back")) as session:
            enrolment = enrolments.of(session, self._record.season, self._record.child_id)
            if enrolment:
                enrolments.end_override(session, enrolment)
        self._record.changed()

    def _build(self) -> None:
        papers = QHBoxLayout(self.papers)
        papers.setContentsMargins(0, 0, 0, 0)
        papers.setSpacing(16)
        for picture, word in self.marks.values():
            pair = QHBoxLayout()
            pair.setSpacing(5)
            pair.addWidget(picture)
            pair.addWidget(word)
            papers.addLayout(pair)
        self._row.setSpacing(12)
        self._row.addWidget(self.papers)
        self._row.addStretch(1)
        lower = QHBoxLayout(self.below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(8)
        lower.addWidget(self.sentence, 1)
        for made in (self.withdraw, self.receive, self.admit):
            lower.addWidget(made)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 16, 8)
        inner.setSpacing(8)
        inner.addLayout(self._row)
        inner.addWidget(self.below)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inner)
        whole.addWidget(self.ask)


def _told(enrolment: Enrolment | None, missing: tuple[str, ...]) -> str:
    """Say whether the child may be signed in, and who answers for it when papers are missing."""
    if not missing:
        return ""
    papers = listed(_(BLOCKERS[code]) for code in missing)
    if enrolment and enrolment.override_by:
        sentence = _("Admitted although incomplete by {name}: {reason} Still missing: {papers}.")
        return sentence.format(name=enrolment.override_by, reason=enrolment.override_reason, papers=papers)
    return _("Cannot be signed in yet. Missing: {papers}.").format(papers=papers)
