"""Which column of the file is which: recognised, shown with an example, corrected by hand, remembered for next time."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.services import listing
from ccfs_desktop.services.imports import Plan
from ccfs_desktop.services.listing import FIELDS, Mapping, Sheet
from ccfs_desktop.services.listing.sheet import text_of
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.views.imports import ImportPage

_EXAMPLES = 3


class ImportColumns(QScrollArea):
    """One line per column of the file: its heading, examples, and what it is taken for."""

    def __init__(self, flow: "ImportPage") -> None:
        """Build it, empty.

        Args:
            flow: the import whose file it is about.
        """
        super().__init__()
        self._flow = flow
        self._mapping: Mapping | None = None
        self.combos: dict[int, QComboBox] = {}
        self.setWidgetResizable(True)

    def show_mapping(self, mapping: Mapping, plan: Plan) -> None:
        """Show how the columns of a list that was read are understood."""
        examples = [[text_of(cell) for cell in row.cells] for row in plan.read.rows[: 4 * _EXAMPLES]]
        self._show(mapping, examples)

    def show_sheet(self, mapping: Mapping, sheet: Sheet, header: int) -> None:
        """Show the columns of a list that could not be read yet."""
        below = range(header + 1, min(header + 1 + 4 * _EXAMPLES, len(sheet.rows)))
        self._show(mapping, [[text_of(cell) for cell in sheet.rows[row]] for row in below])

    def _show(self, mapping: Mapping, examples: list[list[str]]) -> None:
        self._mapping = mapping
        self.combos.clear()
        taken = {column: name for name, column in mapping.columns.items()}
        holder = QWidget()
        holder.setObjectName("sheet")
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(16, 12, 16, 16)
        outer.setSpacing(12)
        sentence = _("Say what a column is where it was not recognised. It is remembered for the next file like this.")
        outer.addWidget(words(sentence, "quiet", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, text in enumerate((_("Heading in the file"), _("Examples"), _("Is read as"))):
            grid.addWidget(words(text, "help"), 0, place)
        for line, (column, heading) in enumerate(_headed(mapping, examples), 1):
            some = list(dict.fromkeys(row[column] for row in examples if column < len(row) and row[column]))[:_EXAMPLES]
            grid.addWidget(words(heading or _("(no heading)"), wrap=True), line, 0)
            grid.addWidget(words(" · ".join(some), "quiet"), line, 1)
            grid.addWidget(self._combo(mapping.kind, column, taken.get(column, "")), line, 2)
        outer.addLayout(grid)
        outer.addWidget(button(_("Read with these columns"), self._apply, "check", "primary"))
        outer.addStretch(1)
        self.setWidget(holder)

    def _combo(self, kind: str, column: int, chosen: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(_("Column {n}").format(n=column + 1))
        combo.addItem(_("– not read –"), "")
        for name in FIELDS[kind]:
            combo.addItem(listing.label(kind, name), name)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.activated.connect(partial(self._only_once, column))
        self.combos[column] = combo
        return combo

    def _only_once(self, column: int, _index: int) -> None:
        """A field is read from one column: choosing it takes it from the column that had it."""
        name = self.combos[column].currentData()
        for other, combo in self.combos.items():
            if name and other != column and combo.currentData() == name:
                combo.setCurrentIndex(0)

    def _apply(self) -> None:
        chosen = {str(combo.currentData()): column for column, combo in self.combos.items() if combo.currentData()}
        self._flow.change(mapping=chosen)


def _headed(mapping: Mapping, examples: list[list[str]]) -> list[tuple[int, str]]:
    """Return the columns that have a heading or anything in them."""
    width = max([len(mapping.headings), *(len(row) for row in examples)])
    headings = [*mapping.headings, *[""] * (width - len(mapping.headings))]
    return [
        (column, heading)
        for column, heading in enumerate(headings)
        if heading or any(column < len(row) and row[column] for row in examples)
    ]
