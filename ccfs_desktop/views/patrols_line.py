"""One patrol on a line: typed from the paper with digits and ``Enter`` alone, or shown as it stands in the log."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QCompleter, QGridLayout, QLineEdit, QWidget

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.patrol import Patrol
from ccfs_desktop.services.patrols import Walk
from ccfs_desktop.views.kit import theme, typed
from ccfs_desktop.views.kit.states import words
from ccfs_desktop.views.kit.table import written

_WIDTHS = {"started": 62, "ended": 62, "seen": 52, "walked_by": 118, "left": 128}
COLUMNS = ("name", "started", "ended", "seen", "walked_by", "left", "signed", "tools")
"""From left to right; ``left`` is what was left out, or of a patrol without a plan what was walked."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Cell(QLineEdit):
    """A field of a line."""

    entered = Signal()
    stepped = Signal(int)
    """An arrow: to the line above (-1) or below (1)."""
    repeated = Signal()
    """``Ctrl+D``: as in the line above."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, up and down with the arrows."""
        if event.key() in _ENTER:
            self.entered.emit()
        elif event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.repeated.emit()
        else:
            super().keyPressEvent(event)


class Tick(QCheckBox):
    """A box at the end of a line: the space bar ticks it, Enter is through with the line."""

    entered = Signal()
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, up and down with the arrows."""
        if event.key() in _ENTER:
            self.entered.emit()
        elif event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class TypedLine(QObject):
    """The fields of a patrol that is not in the log yet."""

    done = Signal()
    """Enter was pressed at its end."""
    stepped = Signal(str, int)
    """From a field to the same one of another line."""
    repeated = Signal(str)

    def __init__(self, title: str, round_id: int | None, walkers: Sequence[str]) -> None:
        """Build it.

        Args:
            title: what a screen reader calls the patrol.
            round_id: the planned patrol; None for one nobody planned.
            walkers: who walked before, proposed while a name is typed.
        """
        super().__init__()
        self.round_id = round_id
        labels = {
            "started": _("Begun at"), "ended": _("Ended at"), "seen": _("Children seen"), "walked_by": _("Walked by"),
            "left": _("Areas left out, and why") if round_id else _("Areas walked"),
        }  # fmt: skip
        self.cells = {name: Cell() for name in labels}
        for name, cell in self.cells.items():
            cell.setAccessibleName(f"{title}: {labels[name]}")
            cell.setToolTip(labels[name])
            cell.setFixedWidth(theme.px(_WIDTHS[name])) if name in ("started", "ended", "seen") else None
            cell.setMinimumWidth(theme.px(_WIDTHS[name]))
            cell.stepped.connect(lambda step, name=name: self.stepped.emit(name, step))
            cell.repeated.connect(lambda name=name: self.repeated.emit(name))
        if not round_id:
            self.cells["left"].setPlaceholderText(_("Areas walked"))
        completer = QCompleter(list(walkers), self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.cells["walked_by"].setCompleter(completer)
        self.signed = Tick()
        self.signed.setAccessibleName(f"{title}: {_('Signed on paper')}")
        self.signed.setToolTip(_("Signed on paper"))
        self.signed.stepped.connect(lambda step: self.stepped.emit("signed", step))  # pyright: ignore
        order: list[Cell | Tick] = [*self.cells.values(), self.signed]
        for field, following in pairwise(order):
            field.entered.connect(following.setFocus)
        self.signed.entered.connect(self.done)
        self.problem = words("", "problem", wrap=True)
        self.problem.hide()

    def place(self, grid: QGridLayout, row: int) -> None:
        """Put its fields into a row of a grid."""
        for name, cell in self.cells.items():
            grid.addWidget(cell, row, COLUMNS.index(name))
        grid.addWidget(self.signed, row, COLUMNS.index("signed"), Qt.AlignmentFlag.AlignHCenter)

    def lock(self) -> None:
        """Let people read only."""
        for cell in self.cells.values():
            cell.setReadOnly(True)
        self.signed.setEnabled(False)

    def begin(self, name: str = "started") -> None:
        """Put the cursor into a field."""
        (self.signed if name == "signed" else self.cells[name]).setFocus()

    def walk(self, day: date) -> Walk:
        """Return what was typed.

        Raises:
            Invalid: by field, what cannot be read.
        """
        problems: dict[str, str] = {}
        values: dict[str, object] = {}
        for name, read in (("started", typed.read_time), ("ended", typed.read_time), ("seen", typed.read_integer)):
            try:
                values[name] = read(self.cells[name].text())
            except UserError as error:
                problems[name] = str(error)
        if problems:
            raise Invalid(problems)
        left, seen = self.cells["left"].text(), values.pop("seen")
        areas = {"not_walked": left} if self.round_id else {"areas": left.replace(",", "\n").replace("，", "\n")}
        return Walk(
            day=day, seen=seen if isinstance(seen, int) else -1, walked_by=self.cells["walked_by"].text(),
            round_id=self.round_id, signed=self.signed.isChecked(), **values, **areas,  # pyright: ignore
        )  # fmt: skip

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say below the line what is wrong, and go to the first such field."""
        fields = {"areas": "left", "not_walked": "left"}
        wrong = {fields.get(name, name): sentence for name, sentence in problems.items()}
        for name, cell in self.cells.items():
            theme.mark(cell, problem=name in wrong)
        self.problem.setText(" ".join(wrong.values()))
        self.problem.setVisible(bool(wrong))
        if first := next((name for name in self.cells if name in wrong), ""):
            self.begin(first)

    @property
    def draft(self) -> dict[str, str]:
        """What was typed and is not in the log yet; empty where nothing was."""
        typed_in = {name: cell.text() for name, cell in self.cells.items()}
        if not any(typed_in.values()) and not self.signed.isChecked():
            return {}
        return typed_in | {"signed": "1" if self.signed.isChecked() else ""}

    def show_draft(self, draft: Mapping[str, str]) -> None:
        """Show what was typed before."""
        for name, cell in self.cells.items():
            cell.setText(draft.get(name, ""))
        self.signed.setChecked(bool(draft.get("signed")))


def place_walked(grid: QGridLayout, row: int, patrol: Patrol, left: str) -> list[QWidget]:
    """Put a patrol of the log into a row of a grid, and return what was put there.

    Args:
        grid: the grid.
        row: which row.
        patrol: the patrol.
        left: what was left out and why, or what was walked.
    """
    signed = _("signed") if patrol.signed else _("not signed")
    texts = {
        "started": written(patrol.started), "ended": written(patrol.ended), "seen": str(patrol.seen),
        "walked_by": patrol.walked_by, "left": left, "signed": signed,
    }  # fmt: skip
    made: list[QWidget] = []
    for name, text in texts.items():
        label = words(text, "" if name != "signed" else "quiet", wrap=name in ("left", "walked_by"))
        label.setContentsMargins(6, 0, 0, 0)
        if name == "seen" and patrol.seen:
            theme.mark(label, tone="danger", part="section")
        grid.addWidget(label, row, COLUMNS.index(name))
        made.append(label)
    return made
