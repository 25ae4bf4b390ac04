"""Absences that are announced: who does not come, from when to when, and why."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Absence
from ccfs_desktop.services import attendance, register
from ccfs_desktop.services.attendance import Entry
from ccfs_desktop.views.child_choice import ChildChoice
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import EmptyState, button
from ccfs_desktop.views.kit.table import Column, Rows, Table


class AbsencesPanel(QWidget):
    """The absences of a day and those to come, and the form for another one."""

    def __init__(self, page: Page, season: Season, day: date, child_id: int = 0) -> None:
        """Read them.

        Args:
            page: tells what is refused.
            season: the season.
            day: absences that are over before it are left out.
            child_id: whose absence is to be planned; 0 when not known yet.
        """
        super().__init__()
        self.page, self.season, self.day = page, season, day
        with page.db.read() as session:
            rows = register.read(session, season, day)
        self.child = ChildChoice(rows, child_id)
        self.form = Form(Absence, Section("", "first_day", "last_day", "reason", "note"))
        self.columns = [
            Column("child", _("Child"), 130),
            Column("first", _("From"), 96),
            Column("last", _("To"), 96),
            Column("reason", _("Reason"), 110),
            Column("planned", _("Announced before"), 130),
            Column("note", _("Remark"), 100),
        ]
        self.table = Table("absences", self.columns)
        self.empty = EmptyState("calendar-x", _("No absence is announced from this day on."))
        self._build()
        self.refresh()
        self.form.show_values({"first_day": day, "last_day": day, "note": ""})

    def refresh(self) -> None:
        """Read the absences again."""
        with self.page.db.read() as session:
            found = attendance.absences(session, self.season, self.day)
        self.table.show_rows(
            Rows([(a.id, c.name, a.first_day, a.last_day, a.reason, a.planned, a.note) for a, c in found], self.columns)
        )
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)

    def plan(self) -> None:
        """Keep the absence that stands in the form."""
        try:
            child_id = self.child.child()
            values = self.form.values()
            with self.page.db.begin(N_("Plan an absence")) as session:
                attendance.mark_absent(
                    session, self.season, child_id, values["first_day"], values["last_day"], reason=values["reason"],
                    note=values["note"], planned=True, entry=Entry(by=self.page.context.user),
                )  # fmt: skip
        except Invalid:
            return
        except UserError as error:
            self.page.tell(error)
            return
        self._kept()
        self.child.setCurrentIndex(-1)
        self.child.setFocus()

    def take_back(self) -> None:
        """Take the chosen absence back."""
        key: Any = self.table.key()
        if key is None or not self.table.isVisibleTo(self):
            return
        try:
            with self.page.db.begin(N_("Take back an absence")) as session:
                attendance.remove_absence(session, key, entry=Entry(by=self.page.context.user))
        except UserError as error:
            self.page.tell(error)
        else:
            self._kept()

    def _kept(self) -> None:
        self.page.banner.hide()
        self.page.context.shell.saved()
        self.refresh()

    def _build(self) -> None:
        asked = QVBoxLayout()
        asked.setContentsMargins(0, 16, 0, 16)
        asked.setSpacing(8)
        asked.addLayout(self.child.labelled())
        asked.addWidget(self.form)
        done = QHBoxLayout()
        done.setContentsMargins(16, 0, 16, 0)
        done.addStretch(1)
        done.addWidget(button(_("Plan the absence"), self.plan, "plus", "primary"))
        asked.addLayout(done)
        asked.addStretch(1)
        left = QWidget()
        left.setLayout(asked)
        left.setFixedWidth(theme.px(460))
        right = QVBoxLayout()
        right.setContentsMargins(0, 8, 0, 8)
        right.addWidget(self.table, 1)
        right.addWidget(self.empty, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.addWidget(button(_("Take back the chosen absence"), self.take_back, "undo-2", "quiet"))
        foot.addStretch(1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addLayout(right, 1)
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.child)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.plan)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table, self.take_back)
