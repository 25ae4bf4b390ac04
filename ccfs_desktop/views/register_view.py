"""The register's keys: a day from paper with fewer than three strokes a child.

``I`` in, ``O`` out, ``A`` absent, ``U`` not signed, ``?`` time unknown; digits type a time, ``Enter`` saves and goes
down, ``+`` or ``Ctrl+D`` same as above, ``Delete`` takes back, ``Ctrl+V`` pastes a column of times. In the columns of
names a digit picks from the pick-up list, ``F2`` writes. Source: product.md 4.3.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ccfs_desktop.i18n import _
from ccfs_desktop.services.register import Row
from ccfs_desktop.views.kit.keyed import KeyedView, Then
from ccfs_desktop.views.register_cell import RegisterCell
from ccfs_desktop.views.register_model import ENTERED, NAMES, TIMES, WIDTHS, Part, RegisterModel


class Desk(Protocol):
    """What the register asks to be done. ``then`` is called when it is on disk."""

    def enter(self, row: Row, part: Part, typed: str, then: Then) -> None:
        """Enter a time in or out."""
        ...

    def arrive(self, row: Row, typed: str, then: Then) -> None:
        """Sign in, now or at the typed time; after a departure this is the way back."""
        ...

    def depart(self, row: Row, typed: str, then: Then) -> None:
        """Sign out, now or at the typed time."""
        ...

    def absent(self, row: Row, then: Then) -> None:
        """Ask for the reason and mark as absent."""
        ...

    def unsigned(self, row: Row) -> None:
        """Note that the signature is missing, or that it is there after all."""
        ...

    def take_back(self, row: Row) -> None:
        """Take back what was entered last."""
        ...

    def write(self, row: Row, part: Part, text: str, then: Then) -> None:
        """Enter who brought or collected the child, or a remark."""
        ...

    def adults(self, row: Row) -> Sequence[str]:
        """Return who may collect the child, in the order shown."""
        ...

    def scan(self, code: str) -> None:
        """Sign in or out whose badge was scanned."""
        ...

    def paste(self, cells: Sequence[tuple[Row, Part, str]], then: Then) -> None:
        """Enter many times as one action."""
        ...


class RegisterView(KeyedView):
    """The grid of a day's children."""

    times, typed_in, widths, name = TIMES, ENTERED, WIDTHS, Part.NAME
    spare = (Part.EARLIER, Part.AGE, Part.NOTE)

    def __init__(self, model: RegisterModel, desk: Desk) -> None:
        """Build it.

        Args:
            model: the lines.
            desk: does what the keys ask for.
        """
        super().__init__(model, _("Register"))
        self.lines, self.desk = model, desk
        self.setItemDelegate(RegisterCell(self, model, desk.adults, self._written))

    @property
    def row(self) -> Row | None:
        """The current child."""
        return self.lines.child(self.currentIndex().row())

    @property
    def part(self) -> Part:
        """The current column."""
        return Part(self.column)

    def seek(self, child_id: int) -> bool:
        """Put the cursor on a child; return whether it is on the list."""
        line = self.lines.line_of(child_id)
        if line >= 0:
            self.go(line)
        return line >= 0

    # ----------------------------------------------------------------------------------------------- keys

    def enter(self, row: Row, column: int, typed: str, then: Then) -> None:
        """Enter a time in or out."""
        self.desk.enter(row, Part(column), typed, then)

    def scan(self, code: str) -> None:
        """Sign in or out whose badge was scanned."""
        self.desk.scan(code)

    def first_time(self, row: Row) -> int:
        """A time belongs to the way out once the child has come."""
        return Part.OUT if row.visit else Part.IN

    def commands(self, row: Row, typed: str) -> Mapping[int, Then]:
        """Return what keys do."""
        return {
            Qt.Key.Key_I: lambda: self.desk.arrive(row, typed, self.stay),
            Qt.Key.Key_O: lambda: self.desk.depart(row, typed, self.stay),
            Qt.Key.Key_A: lambda: self.desk.absent(row, self.down),
            Qt.Key.Key_U: lambda: self.desk.unsigned(row),
            Qt.Key.Key_Plus: lambda: self.repeat(row),
            Qt.Key.Key_Delete: lambda: self.desk.take_back(row),
            Qt.Key.Key_F2: self._edit,
        }

    def wanted(self, column: int) -> bool:
        """Earlier visits are shown only where there are any."""
        return column != Part.EARLIER or any(len(row.visits) > 1 for row in self.lines.rows())

    # --------------------------------------------------------------------------------------------- actions

    def repeat(self, row: Row) -> None:
        """Enter what stands in the line above and go down."""
        line = self.currentIndex().row()
        above = self.lines.child(self.lines.next_line(line, -1))
        part = self.part if self.part in TIMES or self.part in NAMES else Part.OUT if row.visit else Part.IN
        text = self.lines.text(above, part) if above and above.child_id != row.child_id else ""
        if not text:
            self.refused.emit(_("There is nothing above to repeat."))
        elif part in TIMES:
            self.desk.enter(row, part, text, self.down)
        else:
            self.desk.write(row, part, text, self.down)

    def picks(self, row: Row, number: int) -> bool:
        """In the columns of names a digit picks from the pick-up list."""
        if self.part not in NAMES:
            return False
        adults = self.desk.adults(row)
        if 1 <= number <= len(adults):
            self.desk.write(row, self.part, adults[number - 1], self.down)
        else:
            self.refused.emit(_("There is no adult {n} on the pick-up list of {name}.").format(n=number, name=row.name))
        return True

    def _written(self, row: Row, part: Part, text: str) -> None:
        self.desk.write(row, part, text, self.stay)

    def _edit(self) -> None:
        if self.part in NAMES or self.part is Part.NOTE:
            self.edit(self.currentIndex())

    def pasted(self) -> None:
        """Enter a column of times copied from a spreadsheet, or two columns: in and out."""
        lines = QGuiApplication.clipboard().text().rstrip("\n").splitlines()
        line, cells = self.currentIndex().row(), list[tuple[Row, Part, str]]()
        columns = (
            [part for part in (Part.IN, Part.OUT) if part >= self.part] if self.part in TIMES else [Part.IN, Part.OUT]
        )
        for text in lines:
            row = self.lines.child(line)
            if row is None:
                self.refused.emit(_("{n} lines were copied, but fewer children follow here.").format(n=len(lines)))
                return
            cells += [(row, part, t.strip()) for part, t in zip(columns, text.split("\t"), strict=False) if t.strip()]
            following = self.lines.next_line(line, 1)
            line = following if following != line else -1
        self.desk.paste(cells, self.stay)
