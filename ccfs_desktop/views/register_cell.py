"""How a cell of the register is drawn, and how names and remarks are edited in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyleOptionViewItem, QWidget

from ccfs_desktop.services.register import Row, State
from ccfs_desktop.views.kit.keyed import Index, KeyedView
from ccfs_desktop.views.kit.keyed_cell import ICON, KeyedCell
from ccfs_desktop.views.register_model import ALERT_ICONS, NAMES, TIMES, Part, RegisterModel, state_of


class RegisterCell(KeyedCell):
    """Draws the register's cells."""

    def __init__(
        self,
        table: KeyedView,
        model: RegisterModel,
        adults: Callable[[Row], Sequence[str]],
        name: Callable[[Row, Part, str], object],
    ) -> None:
        """Keep what is drawn and edited.

        Args:
            table: the register.
            model: its lines.
            adults: who may be proposed as bringing or collecting a child.
            name: keeps a name or a remark.
        """
        super().__init__(table)
        self._model, self._adults, self._name = model, adults, name

    # --------------------------------------------------------------------------------------------- drawing

    def cell(self, painter: QPainter, place: QRect, row: Row, column: int) -> None:
        """Draw one cell of a child."""
        part = Part(column)
        if part is Part.ALERTS:
            for number, alert in enumerate(row.alerts):
                name, tone = ALERT_ICONS[alert]
                self.icon(painter, place.translated(number * (ICON + 4), 0), name, tone)
            return
        text, tone = self._model.text(row, part), _tone(row, part)
        if part is Part.STATE:
            _word, name, tone = state_of(row)
            place = self.icon(painter, place, name, tone)
        if part is Part.NAME and "  " in text:
            first, other = text.split("  ", 1)
            self.two(painter, place, first, other, tone)
        else:
            self.words(painter, place, text, tone, bold=part in TIMES)

    # --------------------------------------------------------------------------------------------- editing

    def written(self, row: Row, column: int, text: str) -> None:
        """Keep a name or a remark."""
        self._name(row, Part(column), text)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Edit a name, with the pick-up list proposed, or a remark."""
        editor = super().createEditor(parent, option, index)
        row = self._model.child(index.row())
        if row and isinstance(editor, QLineEdit) and Part(index.column()) in NAMES:
            completer = QCompleter(list(self._adults(row)), editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            editor.setCompleter(completer)
        return editor


def _tone(row: Row, part: Part) -> str:
    """Return the colour of a cell's words."""
    if part in (Part.NUMBER, Part.AGE, Part.EARLIER, Part.BROUGHT, Part.COLLECTED, Part.NOTE):
        return "quiet"
    if part is Part.STATE and row.away:
        return "danger"
    visit = row.visit
    unsure = visit and (
        (part is Part.IN and visit.arrived is None)
        or (part is Part.OUT and visit.signed_out and visit.departed is None)
    )
    if unsure:
        return "warning"
    return "quiet" if row.state in (State.ABSENT, State.NOT_EXPECTED) else "text"
