"""The adults on Today: group by group, those who count against those needed, now and in the next hours."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.services.today_staff import Ahead, Cell
from ccfs_desktop.views.kit.states import button, mark, words

_RIGHT = Qt.AlignmentFlag.AlignRight


def fill(column: QVBoxLayout, ahead: Ahead, open_duty: Callable[[], object]) -> None:
    """Fill a card.

    Args:
        column: the card's.
        ahead: what is known.
        open_duty: shows who is on duty.
    """
    if not ahead.groups:
        column.addWidget(words(_("No child is here, and none is expected any more today."), "quiet", wrap=True))
    else:
        column.addLayout(_grid(ahead))
        told = _("Adults who count / adults needed; from the next hour on as planned.")
        if not ahead.published:
            told += " " + _("This week's roster is not published.")
        column.addWidget(words(told, "help", wrap=True))
    column.addWidget(button(_("Who is on duty"), open_duty, kind="link"), alignment=Qt.AlignmentFlag.AlignLeft)


def _grid(ahead: Ahead) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    for number, at in enumerate(ahead.times, 1):
        grid.addWidget(words(f"{at:%H:%M}" if at else _("Now"), "help"), 0, number, _RIGHT)
    for row, (name, cells) in enumerate(ahead.groups, 1):
        grid.addWidget(words(name), row, 0)
        for number, cell in enumerate(cells, 1):
            grid.addWidget(_cell(name, cell), row, number, _RIGHT)
    return grid


def _cell(group: str, cell: Cell | None) -> QWidget:
    if cell is None:
        return words("–", "quiet")
    told = f"{cell.there:g} / {cell.required}"
    made = mark(f"! {told}", "danger") if cell.short else words(told)
    made.setToolTip(cell.reason)
    made.setAccessibleName(
        _("{group}: {there} adults of {required}").format(group=group, there=f"{cell.there:g}", required=cell.required)
    )
    return made
