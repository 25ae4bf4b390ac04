"""The papers in a staff file: what the role still lacks first, then every paper with how it stands."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

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
from ccfs_desktop.views.record_desk import Desk
from ccfs_desktop.views.staff_facts import StaffFacts
from ccfs_desktop.views.staff_tab import StaffTab

_KIND, _LINES = 184, 860
_LISTED = ("kind", "issued_on", "valid_until", "number")
_FIELDS = (*_LISTED, "authority", "result", "note")


class StaffPapers(StaffTab):
    """Each line is stored as soon as one of its fields is left; a renewal is a line of its own."""

    title = N_("Papers")

    def __init__(self, record: Any) -> None:
        """Build the list."""
        super().__init__(record)
        form = Form(StaffPaper, Section(N_("A paper for this file"), *_FIELDS))
        self.desk = Desk(form, self.keep, record.place.paper_drafts, record.staff_id, self.setFocus)
        self.missing = QVBoxLayout()
        self.missing.setSpacing(4)
        self.lacks = QWidget()
        self.lines = Lines([describe(StaffPaper, name) for name in _LISTED], self._save)
        self.lines.grid.setColumnMinimumWidth(0, theme.px(_KIND))
        self.lines.setMaximumWidth(theme.px(_LINES))
        self.add = button(_("Add a paper"), self.begin, "plus")
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
        edit = Action("pencil", _("Issued by, result, remark"), partial(self._edit, paper))
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
        adders: list[QWidget] = []
        for paper in lacking:
            add = button(_("Add: {paper}").format(paper=_(paper.kind.word)), partial(self.begin, paper.kind), "plus")
            self.missing.addWidget(line := _lack(paper.sentence, add))
            line.setVisible(True)  # at once, so that the cursor can go there
            adders.append(add)
        self.setFocusProxy(adders[0] if adders else self.add)
        go = partial(self.record.show_part, StaffFacts)
        for gap in file.gaps:
            self.missing.addWidget(_lack(gap, button(_("Write it down"), go, "arrow-right", "link"), "warning"))
        self.lacks.setVisible(bool(lacking or file.gaps))

    def begin(self, kind: PaperKind | None = None, authority: str = "") -> None:
        """Begin a paper of a kind; what was begun for the same kind is still there."""
        focus, rows = "issued_on" if kind else "kind", self.desk.form.rows
        if self.desk.is_free or (kind and rows["kind"].editor.value() is not kind):
            self.desk.begin({"kind": kind, "authority": authority}, focus)
        rows[focus].editor.setFocus()
        self.ensureVisible(0, 0)

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
        self.begin(paper.kind, authority=paper.authority)

    def _edit(self, paper: StaffPaper, key: int) -> None:
        self.desk.correct({name: getattr(paper, name) for name in _FIELDS}, partial(self.correct, key), "authority")
        self.ensureVisible(0, 0)

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
        head.setSpacing(16)
        head.addWidget(words(_("Papers"), "section"))
        head.addWidget(self.add)
        head.addStretch(1)
        self.column.addLayout(head)
        self.column.addWidget(self.lines)
        self.column.addWidget(self.none)
        self.column.addStretch(1)


def _lack(sentence: str, act: QWidget, tone: str = "danger") -> QWidget:
    holder, sign = QWidget(), QLabel()
    icons.put(sign, "circle-alert", tone, size=16)
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
