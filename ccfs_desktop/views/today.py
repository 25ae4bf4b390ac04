"""The day at a glance: one screen for the morning. Every line leads to the place that puts it right."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from babel.dates import format_date
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ccfs_desktop import clock, i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.services import opening, seasons, today
from ccfs_desktop.services.tasks import Task
from ccfs_desktop.services.today import Today
from ccfs_desktop.views import safety_looks, today_staff
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import Button, button, mark, words


class TodayPage(Page):
    """Who is expected, here, gone and absent; what needs somebody; and the day's papers."""

    title = N_("Today")
    primary = N_("Print today's pack")
    primary_icon = "printer"
    primary_right = "attendance"
    help = "today.md"

    def __init__(self, context: Context) -> None:
        """Build an empty page; ``refresh`` fills it."""
        super().__init__(context)
        self.day = clock.today()
        self.print_day: date | None = None
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.body.addWidget(self.area)

    def refresh(self) -> None:
        """Read the day again."""
        self.day = clock.today()
        try:
            with self.db.read() as session:
                found = today.read(session, seasons.current(session, self.day), self.day, folder=self.db.folder)
        except UserError as error:
            self.show_empty("calendar", str(error), _("Open Settings"), partial(self.context.shell.go, "settings"))
            return
        self.show_content()
        self.header.name(_(self.title), _subtitle(found))
        self.area.setWidget(self._content_of(found))
        self._offer(found)

    def act(self) -> None:
        """Print all the space needs on paper for the day."""
        from ccfs_desktop.reports import issue  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.reports.order import Order  # noqa: PLC0415

        day = self.print_day
        if day is None:
            return
        self.work(_("Printing the day's pack …"), lambda _job: issue.day_pack(self.db, Order(day)), self._preview)

    printed = act

    def _offer(self, found: Today) -> None:
        """Offer today's pack; when the space is closed today, the next open day's."""
        if not found.closed and not found.day_closed and found.expected:
            self.print_day = found.day
            self.primary_button.setText(_(self.primary))
        else:
            self.print_day = found.next_day if found.next_expected else None
            day = found.next_day or found.day
            weekday = format_date(day, "EEEE", locale=i18n.language())
            self.primary_button.setText(_("Print the pack for {weekday}").format(weekday=weekday))
        self.primary_button.setEnabled(self.print_day is not None)

    def _preview(self, pdf: bytes) -> None:
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        self.push(_("The day's pack"), Paper(pdf, f"day-pack-{self.print_day}", say=self.say))

    # ------------------------------------------------------------------------------------------------- the content

    def _content_of(self, found: Today) -> QWidget:
        sheet = QWidget()
        sheet.setObjectName("sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(24)
        standing = QVBoxLayout()
        standing.setSpacing(8)
        standing.addWidget(self._standing(found))
        column.addLayout(standing)
        if not found.closed:
            standing.addWidget(self._opening(found))
            column.addLayout(self._figures(found))
        halves = QHBoxLayout()
        halves.setSpacing(24)
        halves.addWidget(self._tasks(found), 3, Qt.AlignmentFlag.AlignTop)
        halves.addWidget(self._side(found), 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(halves)
        column.addStretch(1)
        return sheet

    def _standing(self, found: Today) -> QWidget:
        """Whether children may come today, in words."""
        with self.db.read() as session:
            hours = seasons.hours(session, found.season)
        if found.closed:
            return _line("calendar-x", "quiet", f"{found.closed} {_coming(found)}".strip())
        if found.day_closed:
            sentence = _("The day is closed: {by}, {at:%H:%M}.").format(
                by=found.day_closed.closed_by, at=found.day_closed.closed_at
            )
            return _line("circle-check", "accent", sentence)
        shut = found.opening.state is opening.State.UNSAFE
        sentence = (
            _("Opening hours: {opens:%H:%M} to {closes:%H:%M}.")
            if shut
            else _("Open today from {opens:%H:%M} to {closes:%H:%M}.")
        )
        return _line(
            "clock" if shut else "door-open",
            "quiet" if shut else "accent",
            sentence.format(opens=hours.opens, closes=hours.closes),
        )

    def _opening(self, found: Today) -> QWidget:
        """Say whether the space is safe to open, and lead to the check that says so."""
        now = found.opening
        icon, tone = safety_looks.OPENING[now.state]
        line = _line(icon, tone, now.sentence)
        theme.mark(
            line.findChildren(QLabel)[-1], part="section" if now.state is opening.State.UNSAFE else "", tone=tone
        )
        target: dict[str, Any] = {"check": now.check.id} if now.check else {"begin": "OPN"}
        text = _("Show the opening check") if now.check else _("Start the opening check")
        if row := line.layout():
            row.addWidget(button(text, partial(self._go, "safety", **target), kind="link"))
        return line

    def _figures(self, found: Today) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        figures = (
            (_("Expected"), found.expected, "", "expected"),
            (_("Here"), found.here, "accent", "here"),
            (_("Left"), found.left, "", "left"),
            (_("Absent"), found.absent, "", "absent"),
            (_("Not yet here"), found.not_accounted, "warning" if found.not_accounted else "", "expected"),
        )
        for title, number, tone, state in figures:
            row.addWidget(_Figure(title, number, tone, partial(self._go, "attendance", day=found.day, state=state)), 1)
        return row

    def _tasks(self, found: Today) -> QWidget:
        mine = [task for task in found.tasks if self.context.shell.leads_to(task.page)]
        card, column = _card(_("Needs somebody"), str(len(mine)) if mine else "")
        if not mine:
            column.addWidget(_line("circle-check", "accent", _("Nothing is open.")))
        for task in sorted(mine, key=lambda t: not t.urgent):
            column.addWidget(_TaskLine(task, partial(self._go, task.page, **task.target)))
        return card

    def _side(self, found: Today) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._groups(found))
        if found.adults:
            card, inside = _card(_("Adults on duty"), "")
            today_staff.fill(inside, found.adults, partial(self._go, "staff", place="duty", day=found.day))
            column.addWidget(card)
        column.addWidget(self._papers(found))
        if found.birthdays:
            column.addWidget(self._birthdays(found))
        return side

    def _groups(self, found: Today) -> QWidget:
        card, column = _card(_("Groups"), _places(found))
        if not found.groups and found.places.enrolled:
            column.addWidget(words(_("Nobody is expected today."), "quiet", wrap=True))
        elif not found.groups:
            column.addWidget(words(_("No child is enrolled yet."), "quiet", wrap=True))
            go = partial(self._go, "children")
            column.addWidget(button(_("Import the children's registration"), go, kind="link"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        if found.groups:
            for column_number, title in enumerate((_("Expected"), _("Here"), _("Left")), 1):
                grid.addWidget(words(title, "help"), 0, column_number, right)
        for row, (name, *numbers) in enumerate(found.groups, 1):
            grid.addWidget(words(name or _("No group")), row, 0)
            for column_number, number in enumerate(numbers, 1):
                grid.addWidget(words(str(number)), row, column_number, right)
        column.addLayout(grid)
        return card

    def _papers(self, found: Today) -> QWidget:
        card, column = _card(_("Today's sheets"), "")
        a = found.sheets
        if not a.printed:
            column.addWidget(words(_("Not printed yet."), "quiet"))
            return card
        sum_of = _("{printed} printed = {returned} returned + {voided} voided + {missing} missing + {out} out")
        sentence = sum_of.format(printed=a.printed, returned=a.returned, voided=a.voided, missing=a.missing, out=a.out)
        column.addWidget(words(sentence, wrap=True))
        column.addWidget(
            button(_("Take sheets back"), partial(self._go, "attendance", day=found.day, sheets=True), kind="link")
        )
        return card

    def _birthdays(self, found: Today) -> QWidget:
        card, column = _card(_("Birthdays"), "")
        for b in found.birthdays:
            text = ngettext("{name} turns {n}", "{name} turns {n}", b.age).format(name=b.name, n=b.age)
            column.addWidget(_line("cake", "accent", text))
        return card

    def _go(self, page: str, **target: Any) -> None:
        self.context.shell.go(page, **target)


class _Figure(Button):
    """A number with its word; opens the register at those children."""

    def __init__(self, title: str, number: int, tone: str, slot: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "figure")
        self.setAccessibleName(f"{title}: {number}")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(2)
        figure = words(str(number), "number")
        theme.mark(figure, tone=tone)
        column.addWidget(figure)
        column.addWidget(words(title, "quiet"))
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(slot)


class _TaskLine(Button):
    """One thing to do; pressing it opens the place."""

    def __init__(self, task: Task, slot: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setAccessibleName(task.sentence)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.line = row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(12)
        picture = QLabel()
        icons.put(picture, "circle-alert" if task.urgent else "circle", "danger" if task.urgent else "quiet", size=16)
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        sentence = words(task.sentence, wrap=True)
        row.addWidget(sentence, 1)
        if task.urgent:
            row.addWidget(mark(_("Urgent"), "danger"), alignment=Qt.AlignmentFlag.AlignTop)
        arrow = QLabel()
        icons.put(arrow, "chevron-right", "quiet", size=16)
        row.addWidget(arrow)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(slot)

    def heightForWidth(self, width: int) -> int:
        """As tall as its sentence needs at this width."""
        return self.line.heightForWidth(width)


def _subtitle(found: Today) -> str:
    day = format_date(found.day, "full", locale=i18n.language())
    counted = (
        _("day {n} of {all}").format(n=found.day_number, all=found.days) if 0 < found.day_number <= found.days else ""
    )
    return " · ".join(part for part in (day, found.phase, counted) if part)


def _coming(found: Today) -> str:
    if found.next_day is None:
        return ""
    day = format_date(found.next_day, "full", locale=i18n.language())
    return ngettext(
        "Next open day: {day}, {n} child is expected.", "Next open day: {day}, {n} children are expected.",
        found.next_expected,
    ).format(day=day, n=found.next_expected)  # fmt: skip


def _places(found: Today) -> str:
    p = found.places
    return _("{n} of {all} places taken").format(n=p.enrolled, all=p.capacity) if p.capacity else ""


def _card(title: str, aside: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 14, 16, 14)
    column.setSpacing(8)
    head = QHBoxLayout()
    head.addWidget(words(title, "section"))
    head.addStretch(1)
    if aside:
        head.addWidget(words(aside, "quiet"))
    column.addLayout(head)
    return card, column


def _line(icon: str, tone: str, sentence: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    picture = QLabel()
    icons.put(picture, icon, tone, size=18)
    row.addWidget(picture)
    row.addWidget(words(sentence, wrap=True), 1)
    return line
