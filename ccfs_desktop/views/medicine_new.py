"""Taking a written request for medicine: every field of the log, and what speaks against it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.log import MedicineCourse
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import medicine, medicine_rules
from ccfs_desktop.services.register import Row
from ccfs_desktop.views.child_choice import ChildChoice
from ccfs_desktop.views.kit.describe import Field, describe, one_of
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, hairline, words

if TYPE_CHECKING:
    from ccfs_desktop.views.medicine import MedicinePlace

_WHOLE_DAY = time(23, 59)
"""When the first dose at home has no time: what is not known counts against us."""


class NewCourse(QWidget):
    """One request; ``Ctrl+Enter`` keeps it."""

    def __init__(self, place: "MedicinePlace", season: Season, rows: Sequence[Row]) -> None:
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
            MedicineCourse,
            Section(
                N_("The medicine"), "medicine", "form", "strength", "dose", "route", "reason", "prescribed_by",
                "original_packaging", "care_plan",
            ),
            Section(
                N_("When, where, and who signed"), "times", "first_day", "last_day", "home_day", "home_time", "storage",
                "brought", "unit", "authorised_by", "authorised_on",
            ),
            fields=_fields(),
        )  # fmt: skip
        self.problem = words("", "problem", wrap=True)
        self._build()
        self._begin()
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)

    def save(self) -> None:
        """Keep the request, and open it."""
        self.problem.clear()
        try:
            child_id = self.child.child()
            values = self.form.values()
            course = MedicineCourse(season_id=self.season.id, child_id=child_id, **_recorded(values))
            with self.place.db.begin(N_("Take a request for medicine")) as session:
                medicine.begin(session, self.season, course)
                warnings = medicine.warnings(session, course)
        except Invalid as error:
            self.form.show_problems({**_on_fields(error.problems), **_on_fields(self._refused())})
            self.problem.setText(_("Nothing may be given yet: see what stands under the fields."))
        except UserError as error:
            self.problem.setText(str(error))
        else:
            self._leave()
            self.place.context.shell.saved()
            self.place.show_course(course.id)
            if warnings:
                self.place.page.warn("\n".join(warnings))

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed: it is there again next time, unless it was kept or given up."""
        super().hideEvent(event)
        self.place.draft = {"child": self.child.currentData(), **self._typed()} if self._kept else {}

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        for name, row in self.form.rows.items():
            with suppress(UserError):
                typed[name] = row.editor.value()
        return typed

    def _refused(self) -> dict[str, str]:
        """Return what the rules refuse in what is typed so far, so that everything missing is said at once."""
        typed = self._typed()
        if not all(typed.get(name) for name in ("first_day", "last_day", "authorised_on")):
            return {}
        texts = dict.fromkeys(("dose", "authorised_by"), "")
        course = MedicineCourse(season_id=self.season.id, child_id=0, **_recorded({**texts, **typed}))
        return {one.field: one.sentence for one in reversed(medicine_rules.check(course)) if one.refused}

    def _leave(self) -> None:
        self._kept = False
        self.place.page.pop()

    def _begin(self) -> None:
        draft = dict(self.place.draft)
        self.child.setCurrentIndex(self.child.findData(draft.pop("child", 0) or 0))
        today = clock.today()
        fresh = {
            "authorised_on": today, "first_day": today, "last_day": today, "original_packaging": False,
            "care_plan": False, "storage": None,
        }  # fmt: skip
        self.form.show_values(fresh | draft)
        self.setFocusProxy(self.child if self.child.currentIndex() < 0 else self.form.rows["medicine"].editor)

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
        keep = button(_("Keep the request"), self.save, "check", "primary")
        keep.setToolTip("Ctrl+Enter")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(12)
        foot.addWidget(self.problem, 1)
        foot.addWidget(button(_("Cancel"), self._leave))
        foot.addWidget(keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def _fields() -> list[Field]:
    storages = [(code, _(word)) for code, word in medicine_rules.STORAGES.items()]
    at = describe(MedicineCourse, "times")
    told = _("Such as 09:00, 15:00. It may stay empty only with a care plan.")
    return [
        *(replace(describe(MedicineCourse, name), required=True) for name in ("medicine", "reason")),
        replace(at, label=f"{at.label} *", help=told),
        replace(one_of(MedicineCourse, "storage", storages), required=True),
        Field("home_day", _("First dose at home, day"), kind="date"),
        Field("home_time", _("First dose at home, time"), _("Without a time it counts from midnight on."), kind="time"),
    ]


def _on_fields(problems: dict[str, str]) -> dict[str, str]:
    """Say what is wrong with the first dose at home under its day."""
    return {("home_day" if name == "home_dose_at" else name): told for name, told in problems.items()}


def _recorded(values: dict[str, Any]) -> dict[str, Any]:
    """Return the record's own fields: day and time of the first dose at home are one moment."""
    own = {name: value for name, value in values.items() if name not in ("home_day", "home_time")}
    day, at = values.get("home_day"), values.get("home_time")
    own["home_dose_at"] = datetime.combine(day, at or _WHOLE_DAY) if day else None
    own["storage"] = own.get("storage") or ""
    return own
