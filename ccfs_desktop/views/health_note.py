"""Noting signs of illness: what is seen, what the rules propose and why, what the officer decides."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.log import HealthDecision, HealthNote
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import health, health_rules
from ccfs_desktop.services.health_rules import SIGNS, Sign
from ccfs_desktop.services.register import Row
from ccfs_desktop.views.child_choice import ChildChoice
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, hairline, words

if TYPE_CHECKING:
    from ccfs_desktop.views.health import HealthPlace

_SIGNS = ("seen", "grave", "known")


class NotePanel(QWidget):
    """One note about one child; ``Ctrl+Enter`` keeps it."""

    def __init__(self, place: "HealthPlace", season: Season, rows: Sequence[Row]) -> None:
        """Build the form.

        Args:
            place: over which it lies; keeps the draft.
            season: the season.
            rows: the register of today, to choose the child from.
        """
        super().__init__()
        self.place, self.season, self._kept = place, season, True
        self.child = ChildChoice(rows)
        self.form = Form(
            HealthNote,
            Section(N_("What is seen"), *_SIGNS),
            Section(
                N_("How warm, since when, and what you decide"), "temperature", "noticed", "words", "decision",
                "note_needed", "decided_by", "isolated", "parent_called", "parent_came", "advice", "day",
            ),
            fields=_sign_fields(),
        )  # fmt: skip
        self.proposed = words("", "section", wrap=True)
        self.proposed.setAccessibleName(_("Proposed by the rules"))
        self.reasons = words("", "help", wrap=True)
        self._build()
        self._begin()
        self.form.changed.connect(lambda _name: self.propose())  # pyright: ignore
        self.child.currentIndexChanged.connect(lambda _n: self.propose())  # pyright: ignore
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)

    def propose(self) -> None:
        """Say what the rules propose; what the officer has not decided yet follows it."""
        try:
            with self.place.db.read() as session:
                values = self._typed()
                child, day = self.child.currentData() or 0, values.get("day") or clock.today()
                advice = health.advise(session, child, _ticked(values), values.get("temperature"), day)
        except UserError:
            return  # the field itself says what is wrong
        self.proposed.setText(_("Proposed: {decision}").format(decision=_(advice.decision.word)))
        told = [f"{reason.sentence}  ({reason.source})" for reason in advice.reasons]
        if advice.keeps_out:
            hours = int(health_rules.FREE_FOR.total_seconds()) // 3600
            told.append(
                ngettext(
                    "Back after {n} hour without signs and without fever medicine.",
                    "Back after {n} hours without signs and without fever medicine.",
                    hours,
                ).format(n=hours)
            )
        self.reasons.setText("\n".join(told) or _("Tick what is seen; the rules answer here."))
        for name, value in {"decision": advice.decision, "note_needed": advice.note_needed}.items():
            if not self.form.rows[name].editor.property("changed"):
                self.form.rows[name].editor.show_value(value)

    def save(self) -> None:
        """Keep the note."""
        try:
            child_id = self.child.child()
            values = self.form.values()
            signs = ",".join(_ticked(values))
            kept = {name: value for name, value in values.items() if name not in _SIGNS}
            with self.place.db.begin(N_("Note signs of illness")) as session:
                advice = health.advise(session, child_id, signs.split(","), values["temperature"], values["day"])
                note = HealthNote(season_id=self.season.id, child_id=child_id, signs=signs, **kept)
                health.save(session, self.season, note, keeps_out=advice.keeps_out)
        except Invalid as error:
            self.form.show_problems(_on_fields(error.problems))
        except UserError as error:
            self.place.page.tell(error)
        else:
            self._leave()
            self.place.context.shell.saved()
            away = note.away and note.back_from
            told = _("Noted. Away until {moment} at least.").format(moment=f"{note.back_from:%Y-%m-%d %H:%M}")
            self.place.page.say(told if away else _("Noted."))

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed: it is there again next time, unless it was kept or given up."""
        super().hideEvent(event)
        self.place.draft = {"child": self.child.currentData(), **self._typed()} if self._kept else {}

    def _leave(self) -> None:
        self._kept = False
        self.place.page.pop()

    def _begin(self) -> None:
        draft = dict(self.place.draft)
        self.child.setCurrentIndex(self.child.findData(draft.pop("child", 0) or 0))
        fresh = {
            "day": clock.today(), "decision": HealthDecision.STAYS, "isolated": False, "note_needed": False,
            "decided_by": self.place.context.user,
        }  # fmt: skip
        self.form.show_values(fresh | draft)
        self.propose()
        self.setFocusProxy(self.child if self.child.currentIndex() < 0 else self.form.rows["seen"].editor)

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        for name, row in self.form.rows.items():
            with suppress(UserError):
                typed[name] = row.editor.value()
        return typed

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.child.labelled())
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
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.proposed)
        told.addWidget(self.reasons)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(12)
        foot.addLayout(told, 1)
        foot.addWidget(button(_("Cancel"), self._leave))
        keep = button(_("Keep the note"), self.save, "check", "primary")
        keep.setToolTip("Ctrl+Enter")
        foot.addWidget(keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def _sign_fields() -> list[Field]:
    titles = {"seen": _("Watch"), "grave": _("Keeps a child out"), "known": _("Known illness")}

    def kind(sign: Sign) -> str:
        return "known" if sign.note else "grave" if sign.keeps_out else "seen"

    return [
        Field(
            name, titles[name], kind="ticks",
            choices=tuple((sign.code, _(sign.word)) for sign in SIGNS.values() if kind(sign) == name),
        )
        for name in _SIGNS
    ]  # fmt: skip


def _ticked(values: dict[str, Any]) -> list[str]:
    return [code for name in _SIGNS for code in (values.get(name) or "").split(",") if code]


def _on_fields(problems: dict[str, str]) -> dict[str, str]:
    """Say what is wrong with the signs under the first list of them."""
    return {("seen" if name == "signs" else name): sentence for name, sentence in problems.items()}
