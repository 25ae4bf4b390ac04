"""The child's days: how many of those expected it came, and each day with its times."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import child_days
from ccfs_desktop.services.child_days import ChildDay, ChildDays
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.states import EmptyState, words
from ccfs_desktop.views.kit.table import Column, Rows, Table


class AttendanceTab(ChildTab):
    """Read when it comes into view; a day opens on the attendance page."""

    title = N_("Attendance")

    def __init__(self, record: Any) -> None:
        """Build the figures and the list of days."""
        super().__init__(record)
        self.columns = (
            Column("day", _("Day"), 110),
            Column("state", _("Came"), 170, tone=_tone, word=_state),
            Column("arrived", _("Time in"), 100, sortable=False),
            Column("brought_by", _("Brought by"), 150, sortable=False),
            Column("departed", _("Time out"), 100, sortable=False),
            Column("collected_by", _("Collected by"), 150, sortable=False),
            Column("note", _("Remark"), 160, sortable=False),
        )
        self.figures = QHBoxLayout()
        self.figures.setSpacing(32)
        self.table = Table("child-days", self.columns)
        self.table.activated_key.connect(lambda day: record.page.context.shell.go("attendance", day=day))
        self.empty = EmptyState(
            "calendar",
            _("No day to show yet."),
            detail=_("Days appear here once the child has a place and the season runs."),
        )
        self.column.setContentsMargins(0, 16, 0, 0)
        self.figures.setContentsMargins(16, 0, 16, 8)
        self.column.addLayout(self.figures)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.empty, 1)

    def show_file(self, file: ChildFile) -> None:
        """Show the days anew if they are in view."""
        if self.isVisible() or not file.enrolment:
            self.entered()

    def entered(self) -> None:
        """Read the days."""
        enrolment = self.record.file.enrolment
        days = ChildDays(())
        if enrolment:
            with self.db.read() as session:
                days = child_days.read(session, self.record.season, enrolment, clock.today())
        self.table.show_rows(Rows([_row(day) for day in days.days], self.columns))
        self.table.setVisible(bool(days.days))
        self.empty.setVisible(not days.days)
        self._show_figures(days)

    def _show_figures(self, days: ChildDays) -> None:
        while item := self.figures.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        if not days.days:
            return
        rate = f"{round(100 * days.attended / days.expected)} %" if days.expected else "–"
        for number, label in (
            (str(days.attended), _("days here")),
            (str(days.expected), _("days expected")),
            (rate, _("attendance")),
            (str(days.excused), _("missed with a reason")),
            (str(days.unexplained), _("missed without a word")),
        ):
            self.figures.addWidget(_figure(number, label))
        self.figures.addStretch(1)


def _figure(number: str, label: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    big = words(number)
    big.setFont(theme.font(20, bold=True))
    column.addWidget(big)
    column.addWidget(words(label, "quiet"))
    return holder


def _row(day: ChildDay) -> tuple[Any, ...]:
    first: Visit | None = day.visits[0] if day.visits else None
    last: Visit | None = day.visits[-1] if day.visits else None
    return (
        day.day, day.day, day, first.arrived if first else None, first.brought_by if first else "",
        last.departed if last else None, last.collected_by if last else "",
        "; ".join(dict.fromkeys(v.note for v in day.visits if v.note)),
    )  # fmt: skip


def _state(day: ChildDay) -> str:
    if len(day.visits) > 1:
        return _("Yes, {n} times").format(n=len(day.visits))
    if day.visits:
        return _("Yes")
    if day.absence:
        return _("No: {reason}").format(reason=_(day.absence.word))
    return _("No record")


def _tone(day: ChildDay) -> str:
    return "" if day.visits else "quiet" if day.absence and day.absence.excused else "warning"
