"""The papers in a staff file: what the role still lacks first, then every paper with how it stands."""

from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.staff import PaperKind, StaffPaper
from ccfs_desktop.services import staff_papers
from ccfs_desktop.services.staff import StaffFile
from ccfs_desktop.services.staff_papers import Paper, Standing
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.lines import Action, Line, Lines
from ccfs_desktop.views.kit.states import EmptyState, button, words
from ccfs_desktop.views.staff_facts import StaffFacts
from ccfs_desktop.views.staff_tab import StaffTab

_KIND, _DESK = 184, 620
_LISTED = ("kind", "issued_on", "valid_until", "number")
_FIELDS = (*_LISTED, "authority", "result", "note")


class StaffPapers(StaffTab):
    """Each line is stored as soon as one of its fields is left; a renewal is a line of its own."""

    title = N_("Papers")

    def __init__(self, record: Any) -> None:
        """Build the list."""
        super().__init__(record)
        self.desk = PaperDesk(self)
        self.missing = QVBoxLayout()
        self.missing.setSpacing(4)
        self.lacks = QWidget()
        self.lines = Lines([describe(StaffPaper, name) for name in _LISTED], self._save)
        self.lines.grid.setColumnMinimumWidth(0, theme.px(_KIND))
        self.add = button(_("Add a paper"), self.desk.begin, "plus")
        self.none = EmptyState("file-text", _("No paper is in this file yet."))
        self._build()

    def show_file(self, file: StaffFile) -> None:
        """Show what is missing, and the papers: by kind, what decides before what is older."""
        self._show_missing(file)
        self.lines.show_lines([line for stand in file.stand for line in self._lines(file, stand)])
        self.none.setVisible(not file.papers)

    def _lines(self, file: StaffFile, stand: Paper) -> list[Line]:
        held = [paper for paper in file.papers if paper.kind is stand.kind]
        decisive = staff_papers.decisive(held, file.day)
        held.sort(key=lambda paper: paper is not decisive)
        return [self._line(paper, stand if paper is decisive else None) for paper in held]

    def _line(self, paper: StaffPaper, stand: Paper | None) -> Line:
        values = {name: getattr(paper, name) for name in _LISTED}
        edit = Action("pencil", _("Issued by, result, remark"), partial(self.desk.correct, paper))
        renew = Action("copy", _("Renew: the older one stays"), partial(self._renew, paper))
        erase = Action("trash-2", _("Remove: written by mistake"), self._remove)
        told = _told(stand) if stand else _("Older. It stays, because it was valid in its time.")
        note = " · ".join(part for part in (told, paper.authority, paper.result, paper.note) if part)
        bad = stand is not None and stand.standing is not Standing.VALID
        return Line(paper.id, values, note, "problem" if bad else "help", actions=(edit, renew, erase))

    def _show_missing(self, file: StaffFile) -> None:
        while item := self.missing.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        lacking = file.lacking
        for paper in lacking:
            add = button(
                _("Add: {paper}").format(paper=_(paper.kind.word)), partial(self.desk.begin, paper.kind), "plus"
            )
            self.missing.addWidget(_lack(paper.sentence, add))
        go = partial(self.record.show_part, StaffFacts)
        for gap in file.gaps:
            self.missing.addWidget(_lack(gap, button(_("Write it down"), go, "arrow-right", "link")))
        self.lacks.setVisible(bool(lacking or file.gaps))

    # ------------------------------------------------------------------------------------------------------- storing

    def keep(self, values: dict[str, Any]) -> None:
        """Put a paper into the file.

        Raises:
            Invalid: see ``staff_papers.save``.
        """
        with self.storing(N_("Add a paper to a staff file")) as session:
            staff_papers.save(session, StaffPaper(staff_id=self.record.staff_id, **values))

    def correct(self, key: int, values: dict[str, Any]) -> None:
        """Correct what was written about a paper.

        Raises:
            Invalid: see ``staff_papers.save``.
        """
        with self.storing(N_("Correct a paper of a staff file")) as session:
            staff_papers.change(session, key, **values)

    def _save(self, key: int, name: str, value: Any) -> None:
        self.correct(key, {name: value})

    def _remove(self, key: int) -> None:
        with self.storing(N_("Remove a paper from a staff file")) as session:
            staff_papers.remove(session, key)

    def _renew(self, paper: StaffPaper, _key: int) -> None:
        self.desk.begin(paper.kind, authority=paper.authority)

    def _build(self) -> None:
        self.column.addWidget(self.desk)
        self.column.addSpacing(8)
        inner = QVBoxLayout(self.lacks)
        inner.setContentsMargins(0, 0, 0, 16)
        inner.setSpacing(8)
        inner.addWidget(words(_("Still missing for this role"), "section"))
        inner.addLayout(self.missing)
        self.column.addWidget(self.lacks)
        head = QHBoxLayout()
        head.addWidget(words(_("Papers"), "section"))
        head.addStretch(1)
        head.addWidget(self.add)
        self.column.addLayout(head)
        self.column.addWidget(self.lines)
        self.column.addWidget(self.none)
        self.column.addStretch(1)
        self.setFocusProxy(self.add)


class PaperDesk(QFrame):
    """Where a paper is written before it goes into the file. What was typed waits when one goes away."""

    def __init__(self, tab: StaffPapers) -> None:
        """Build it, hidden.

        Args:
            tab: the papers it adds to.
        """
        super().__init__()
        self.setObjectName("strip")
        self._tab = tab
        self._corrected: int | None = None
        self.form = Form(StaffPaper, Section(N_("A paper for this file"), *_FIELDS))
        self.problem = words("", "problem", wrap=True)
        self.confirm = button(_("Add the paper"), self.save, "check", "primary")
        if layout := self.form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        self.form.setMaximumWidth(theme.px(_DESK))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.confirm)
        row.addWidget(button(_("Cancel"), self.leave))
        row.addWidget(self.problem, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.form)
        column.addLayout(row)
        self.setVisible(False)
        if draft := self._drafts.get(tab.record.staff_id):
            self._show(draft)

    @property
    def _drafts(self) -> dict[int, dict[str, Any]]:
        return self._tab.record.place.paper_drafts

    def correct(self, paper: StaffPaper, _key: int) -> None:
        """Open it for a paper that is in the file."""
        self._show({name: getattr(paper, name) for name in _FIELDS}, paper.id)
        self.form.rows["authority"].editor.setFocus()
        self._tab.ensureVisible(0, 0)

    def begin(self, kind: PaperKind | None = None, authority: str = "") -> None:
        """Open it for a paper of a kind; what was begun for the same kind is still there."""
        other = kind and self.form.rows["kind"].editor.value() is not kind
        if self.isHidden() or self._corrected or other:
            self._show({"kind": kind, "authority": authority})
        self.form.rows["issued_on" if kind else "kind"].editor.setFocus()
        self._tab.ensureVisible(0, 0)

    def save(self) -> None:
        """Put the paper into the file, or correct it there."""
        try:
            values = self.form.values()
            if self._corrected:
                self._tab.correct(self._corrected, values)
            else:
                self._tab.keep(values)
        except Invalid as error:
            self.form.show_problems(error.problems)
        except UserError as error:
            self.problem.setText(str(error))
        else:
            self.leave()

    def leave(self) -> None:
        """Close it; what was typed is given up."""
        self.form.show_values(dict.fromkeys(_FIELDS, ""))
        self._drafts.pop(self._tab.record.staff_id, None)
        self.hide()
        self._tab.add.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed when the file is left."""
        super().hideEvent(event)
        if not self.isHidden() and not self._corrected:
            self._drafts[self._tab.record.staff_id] = self._typed()

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        for name, row in self.form.rows.items():
            with suppress(UserError):
                typed[name] = row.editor.value()
        return typed

    def _show(self, values: dict[str, Any], corrected: int | None = None) -> None:
        self._corrected = corrected
        self.confirm.setText(_("Keep the correction") if corrected else _("Add the paper"))
        self.problem.clear()
        self.form.show_values(dict.fromkeys(_FIELDS, "") | values)
        self.show()


def _lack(sentence: str, act: QWidget) -> QWidget:
    holder, sign = QWidget(), QLabel()
    icons.put(sign, "circle-alert", "danger", size=16)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    told = words(sentence)
    told.setMinimumWidth(280)
    row.addWidget(sign)
    row.addWidget(told)
    row.addWidget(act)
    row.addStretch(1)
    row.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return holder


def _told(stand: Paper) -> str:
    """Say how the paper that decides stands."""
    match stand.standing:
        case Standing.EXPIRED:
            return _("Expired on {day}.").format(day=stand.until)
        case Standing.EXPIRES:
            return _("Runs out soon, on {day}.").format(day=stand.until)
        case _ if stand.until:
            return _("Holds until {day}.").format(day=stand.until)
        case _:
            return _("Holds; it does not run out.")
