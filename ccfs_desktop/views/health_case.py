"""One note of illness: what was seen and decided, what followed, and the child's return."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.log import HealthNote
from ccfs_desktop.services import health, health_rules
from ccfs_desktop.services.health import Case
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.register_card import with_icon

if TYPE_CHECKING:
    from ccfs_desktop.views.health import HealthPlace

_LATER = ("noticed", "parent_called", "parent_came", "isolated", "words", "advice", "note_seen")


class CasePanel(QWidget):
    """What is typed later is stored when its field is left; the return is asked for below."""

    def __init__(self, place: "HealthPlace", note_id: int) -> None:
        """Read the note.

        Args:
            place: over which it lies.
            note_id: the note.
        """
        super().__init__()
        self.place, self.note_id = place, note_id
        self.told = QVBoxLayout()
        self.told.setSpacing(4)
        self.form = Form(HealthNote, Section(N_("What followed"), *_LATER), save=self._save)
        self.ask = Ask()
        self.back = button(_("Let the child back in …"), self.ask_back, "log-in", "primary")
        self.again = button(_("Signs seen again …"), self.ask_again, "clock")
        self._build()
        self.refresh()
        self.setFocusProxy(self.back)

    def refresh(self) -> None:
        """Read it again."""
        with self.place.db.read() as session:
            case = health.case(session, self.note_id)
        self._tell(case)
        self.form.show_record(case.note)
        self.back.setVisible(case.away)
        self.again.setVisible(case.away)

    def ask_back(self) -> None:
        """Ask who says that the child is well."""
        form = Form(
            HealthNote, Section("", "on", "by", "free", "note_seen", "word"),
            fields=(
                Field("on", _("Comes back on"), kind="date", required=True),
                Field("by", _("Decided by"), required=True, length=80),
                _yes_no("free", _("Free of signs for 24 hours, without fever medicine")),
                _yes_no("note_seen", _("Doctor's note seen")),
                Field("word", _("Why, if a rule stands against it"), length=100),
            ),
        )  # fmt: skip
        form.show_values({"on": clock.today(), "by": self.place.context.user, "free": False, "note_seen": False})
        self.ask.ask(_("The child comes back. What do the parents say?"), _("Let it back in"), self._admit, form)

    def ask_again(self) -> None:
        """Ask when the signs were last seen."""
        form = Form(
            HealthNote, Section("", "seen_on", "seen_at"),
            fields=(
                Field("seen_on", _("Day"), kind="date", required=True),
                Field("seen_at", _("Time"), _("Without a time the whole day counts as ill."), kind="time"),
            ),
        )  # fmt: skip
        form.show_values({"seen_on": clock.today()})
        self.ask.ask(_("When were the signs last seen? The 24 hours begin then."), _("Keep"), self._again, form)

    def _admit(self, values: dict[str, Any]) -> None:
        with self.place.db.begin(N_("Let an ill child back in")) as session:
            health.admit(session, self.note_id, **values)
        self._done()

    def _again(self, values: dict[str, Any]) -> None:
        with self.place.db.begin(N_("Note that signs were seen again")) as session:
            health.seen_again(session, self.note_id, values["seen_on"], values["seen_at"])
        self._done()

    def _save(self, name: str, value: Any) -> None:
        with self.place.db.begin(N_("Change a health note")) as session:
            health.change(session, self.note_id, **{name: value})
        self.place.context.shell.saved()

    def _remove(self) -> None:
        with self.place.db.begin(N_("Take a health note back")) as session:
            health.remove(session, self.note_id)
        self.place.context.shell.saved()
        self.place.page.pop()

    def _done(self) -> None:
        self.place.context.shell.saved()
        self.refresh()

    def _tell(self, case: Case) -> None:
        """Say in a few lines what was seen and decided."""
        while item := self.told.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        note = case.note
        head = " · ".join(p for p in (case.child.name, case.room, f"{note.day}") if p)
        self.told.addWidget(words(head, "section", wrap=True))
        for code in health_rules.codes(note.signs):
            sign = health_rules.SIGNS[code]
            self.told.addWidget(with_icon(_(sign.word), "circle-alert" if sign.keeps_out else "eye", "text"))
        if note.temperature:
            self.told.addWidget(with_icon(_("{n} °C").format(n=note.temperature), "info", "text"))
        by = _("{decision}, decided by {name}").format(decision=_(note.decision.word), name=note.decided_by)
        self.told.addWidget(with_icon(by, "check", "text"))
        if note.entered_late:
            self.told.addWidget(words(_("Entered late."), "quiet"))
        self.told.addWidget(_away(case))

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        told = QWidget()
        told.setLayout(self.told)
        self.told.setContentsMargins(16, 0, 16, 0)
        column.addWidget(told)
        column.addWidget(self.form)
        column.addStretch(1)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        sheet.setLayout(column)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(sheet)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(button(_("Take the note back"), self._remove, "undo-2", "quiet"))
        foot.addStretch(1)
        foot.addWidget(self.again)
        foot.addWidget(self.back)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.ask)
        whole.addWidget(hairline())
        whole.addLayout(foot)
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def _away(case: Case) -> QWidget:
    note = case.note
    if not note.away:
        return with_icon(_("Not kept away"), "circle", "quiet")
    if note.back_on:
        told = _("Back on {day}. {word}").format(day=note.back_on, word=note.back_word)
        return with_icon(told, "circle-check", "accent")
    told = _("Kept away")
    if note.back_from:
        told = _("Away until {moment} at least: 24 hours free of signs, without fever medicine").format(
            moment=f"{note.back_from:%Y-%m-%d %H:%M}"
        )
    if note.note_needed and not note.note_seen:
        told += " · " + _("doctor's note needed")
    return with_icon(told, "heart-pulse", "danger", part="problem")


def _yes_no(name: str, label: str) -> Field:
    return Field(name, label, kind="choice", choices=((True, _("Yes")), (False, _("No"))))
