"""One request for medicine: the dose that is entered now, every dose before it, what is left, and the end."""

from datetime import date, time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.log import DoseOutcome, MedicineCourse, MedicineDose, MedicineEnd
from ccfs_desktop.services import medicine, medicine_rules, staff
from ccfs_desktop.services.medicine import Course, Line
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.editors import LineEditor
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.kit.table import Column, Rows, Table

if TYPE_CHECKING:
    from ccfs_desktop.views.medicine import MedicinePlace

_DOSE = ("planned", "outcome", "at", "amount", "given_by", "witness", "counted", "note", "day")
_FORM_WIDTH = 330


class CoursePanel(QWidget):
    """Left the dose one enters (``Ctrl+Enter`` keeps it), right those that were entered."""

    def __init__(self, place: "MedicinePlace", course_id: int, day: date, planned: time | None = None) -> None:
        """Read the request.

        Args:
            place: over which it lies.
            course_id: the request.
            day: of the dose that is entered first.
            planned: its planned time; None when it is given when needed, or any.
        """
        super().__init__()
        self.place, self.course_id, self._day = place, course_id, day
        with place.db.read() as session:
            self.found = medicine.get(session, course_id)
            names = [person.name for person in staff.everybody(session, day=day)]
        self.facts, self.left = words("", wrap=True), words("", "section", wrap=True)
        self.form = Form(MedicineDose, Section(N_("Enter a dose"), *_DOSE), fields=[_planned(self.found)])
        for name in ("given_by", "witness"):
            _suggest(self.form, name, names)
        self.columns = [
            Column("day", _("Day"), 96),
            Column("planned", _("Planned time"), 104),
            Column("at", _("Time"), 60),
            Column("outcome", _("Outcome"), 120, tone=_tone, icon=_icon),
            Column("amount", _("Amount"), 76, number=True),
            Column("left", _("Left over"), 100, number=True),
            Column(
                "counted",
                _("Count of the rest"),
                150,
                sortable=False,
                word=_counted,
                tone=_counted_tone,
                icon=_counted_icon,
            ),
            Column("given", _("Given by"), 110),
            Column("witness", _("Witness"), 110),
            Column("note", _("Remark"), 140),
        ]
        self.table = Table("medicine-doses", self.columns)
        self.ask = Ask()
        self.side = QScrollArea()
        self.keep = button(_("Keep the dose"), self.save, "check", "primary")
        self.back = button(_("Take back the chosen dose"), self.take_back, "undo-2", "quiet")
        self.ending = button(_("End the course …"), self.ask_end, "check")
        self._build()
        self.refresh()
        self._fresh(planned)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table, self.take_back)
        self.setFocusProxy(self.form.rows["outcome"].editor if self.found.course.ended is None else self.table)

    def refresh(self) -> None:
        """Read it again."""
        with self.place.db.read() as session:
            self.found = medicine.get(session, self.course_id)
        course = self.found.course
        self.facts.setText("\n".join(_facts(self.found)))
        self.left.setText(_left(self.found))
        rows = [_row(line) for line in reversed(self.found.lines)]
        self.table.show_rows(Rows(rows, self.columns))
        for part in (self.side, self.back, self.ending, self.keep):
            part.setVisible(course.ended is None)

    def save(self) -> None:
        """Keep the dose."""
        if self.found.course.ended is not None:
            return
        try:
            values = self.form.values()
            with self.place.db.begin(N_("Enter a dose of medicine")) as session:
                medicine.give(session, MedicineDose(course_id=self.course_id, **values))
        except Invalid as error:
            self.form.show_problems(error.problems)
        except UserError as error:
            self.place.page.tell(error)
        else:
            self._done()
            self._fresh(None)
            self._warn_of_count()

    def take_back(self) -> None:
        """Take back the chosen dose."""
        if self.table.key() is None or self.found.course.ended is not None:
            return
        try:
            with self.place.db.begin(N_("Take back a dose of medicine")) as session:
                medicine.take_back(session, self.table.key())
        except UserError as error:
            self.place.page.tell(error)
        else:
            self._done()

    def ask_end(self) -> None:
        """Ask what became of the rest."""
        form = Form(MedicineCourse, Section("", "ended", "ended_on", "ended_count", "ended_signed"))
        left = self.found.remaining
        form.show_values({"ended": MedicineEnd.RETURNED, "ended_on": clock.today(), "ended_count": left})
        self.ask.ask(
            _("The course ends. What became of the rest, and which parent signed?"), _("End it"), self._end, form
        )

    def _end(self, values: dict[str, Any]) -> None:
        ended, on = values["ended"], values["ended_on"]
        if ended is None or on is None:
            raise UserError(_("Choose what became of the rest, and the day."))
        count = None if ended is MedicineEnd.USED_UP and not values["ended_count"] else values["ended_count"]
        with self.place.db.begin(N_("End a course of medicine")) as session:
            medicine.end(session, self.course_id, ended, on=on, signed=values["ended_signed"], count=count)
        self._done()

    def _done(self) -> None:
        self.place.page.banner.hide()
        self.place.context.shell.saved()
        self.refresh()

    def _warn_of_count(self) -> None:
        """Say at once when the count does not agree with what was reckoned."""
        wrong = [line for line in self.found.lines if line.difference]
        if wrong and wrong[-1] is self.found.lines[-1]:
            line = wrong[-1]
            self.place.page.warn(
                _("Counted {counted}, reckoned {reckoned}: look for the difference, and write what you found.").format(
                    counted=line.dose.counted, reckoned=line.remaining
                )
            )

    def _fresh(self, planned: time | None) -> None:
        """Show an empty dose: the next one that is planned, the amount as the request says."""
        course = self.found.course
        entered = {line.dose.planned for line in self.found.lines_of(self._day)}
        times = [at for at in medicine_rules.planned(course) if at not in entered]
        self.form.show_values(
            {
                "planned": planned or next(iter(times), None), "outcome": DoseOutcome.GIVEN, "day": self._day,
                "at": None, "amount": medicine_rules.amount(course), "given_by": "", "witness": "", "counted": None,
                "note": "",
            }
        )  # fmt: skip

    def _build(self) -> None:
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self.side)
        both.addLayout(self._entered(), 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 8, 16, 8)
        buttons.setSpacing(8)
        buttons.addWidget(self.back)
        buttons.addWidget(self.ending)
        buttons.addStretch(1)
        buttons.addWidget(button(_("Print"), lambda: self.place.print_log(self.course_id), "printer"))
        buttons.addWidget(self.keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(both, 1)
        whole.addWidget(self.ask)
        whole.addWidget(hairline())
        whole.addLayout(buttons)
        self._dress_side()
        self.keep.setToolTip("Ctrl+Enter")
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _dress_side(self) -> None:
        """Let the form scroll where the window is low."""
        sheet = QWidget()
        sheet.setObjectName("sheet")
        sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self.form)
        column.addStretch(1)
        self.side.setWidgetResizable(True)
        self.side.setFrameShape(QFrame.Shape.NoFrame)
        self.side.setFixedWidth(theme.px(_FORM_WIDTH))
        self.side.setWidget(sheet)

    def _entered(self) -> QVBoxLayout:
        """Return the right side: what is left, and every dose."""
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 4)
        head.setSpacing(4)
        head.addWidget(self.left)
        head.addWidget(self.facts)
        right = QVBoxLayout()
        right.setContentsMargins(0, 12, 0, 0)
        right.setSpacing(6)
        right.addLayout(head)
        right.addWidget(self.table, 1)
        return right


def _planned(found: Course) -> Field:
    times = [(at, f"{at:%H:%M}") for at in medicine_rules.planned(found.course)]
    return Field("planned", _("Planned for"), kind="choice", choices=(*times, (None, _("When needed"))), folded=True)


def _suggest(form: Form, name: str, names: list[str]) -> None:
    """Propose names while one types; anybody else may be written all the same."""
    editor = form.rows[name].editor
    if isinstance(editor, LineEditor):
        completer = QCompleter(names, editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        editor.line.setCompleter(completer)


def _facts(found: Course) -> list[str]:
    course = found.course
    what = [course.medicine, course.strength, course.form, course.dose, course.route]
    when = course.times or _("when needed, by the care plan")
    told = [
        " · ".join(part for part in what if part),
        _("{when}, {first} to {last}; {storage}").format(
            when=when,
            first=course.first_day,
            last=course.last_day,
            storage=_(medicine_rules.storage_word(course.storage)),
        ),
        _("For: {reason}. Authorised by {parent} on {day}.").format(
            reason=course.reason or "–", parent=course.authorised_by, day=course.authorised_on
        ),
    ]
    if not found.consent:
        told.append(_("The consent to give medicine is not signed: print it and let a parent sign it."))
    return told


def _left(found: Course) -> str:
    course = found.course
    if course.ended:
        told = _("{what} on {day}: {n} {unit}, signed by {parent}")
        return told.format(
            what=_(course.ended.word), day=course.ended_on, n="–" if course.ended_count is None else course.ended_count,
            unit=course.unit, parent=course.ended_signed,
        )  # fmt: skip
    if found.remaining is None:
        return _("It is not known how many are left: count them.")
    return _("Should be left: {n} {unit}").format(n=found.remaining, unit=course.unit)


def _row(line: Line) -> tuple[Any, ...]:
    dose = line.dose
    late = _("entered late") if dose.entered_late else ""
    note = " · ".join(part for part in (dose.note, late) if part)
    return (
        dose.id, dose.day, dose.planned, dose.at, dose.outcome, dose.amount, line.remaining, line, dose.given_by,
        dose.witness, note,
    )  # fmt: skip


def _tone(outcome: DoseOutcome) -> str:
    return {DoseOutcome.GIVEN: "accent", DoseOutcome.MISSED: "danger"}.get(outcome, "warning")


def _icon(outcome: DoseOutcome) -> str:
    return {DoseOutcome.GIVEN: "circle-check", DoseOutcome.REFUSED: "ban"}.get(outcome, "triangle-alert")


def _counted(line: Line) -> str:
    if line.dose.counted is None:
        return ""
    if line.difference:
        return _("{n}, difference {d}").format(n=line.dose.counted, d=f"{line.difference:+}")
    return _("{n}, agrees").format(n=line.dose.counted) if line.difference == 0 else str(line.dose.counted)


def _counted_tone(line: Line) -> str:
    return "danger" if line.difference else ""


def _counted_icon(line: Line) -> str:
    return "triangle-alert" if line.difference else ""
