"""What went in, what stayed out, and where to go from here."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.services import workers
from ccfs_desktop.services.imports import Outcome, Plan
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.views.imports import ImportPage

_WIDTH = 560
_NAMES = 12


class ImportDone(QWidget):
    """The last step."""

    def __init__(self, flow: "ImportPage", plan: Plan) -> None:
        """Say what was done.

        Args:
            flow: the import it is the last step of.
            plan: what was written.
        """
        super().__init__()
        self._flow, self._plan = flow, plan
        self.setObjectName("states")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.gone = words("", wrap=True)
        self.note_gone: QPushButton | None = None
        holder = QWidget()
        holder.setFixedWidth(theme.px(_WIDTH))
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._head()
        self._stayed_out()
        self._no_longer_listed()
        self.next = self._onward()
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(holder, alignment=Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)
        self.setFocusProxy(self.next)

    def _head(self) -> None:
        picture = QLabel()
        icons.put(picture, "circle-check", "accent", size=40)
        self._column.addWidget(picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        plan = self._plan
        sentence = _("{name}: {new} new, {changed} changed, {same} unchanged.").format(
            name=plan.read.file_name,
            new=f"{plan.count(Outcome.NEW):,}",
            changed=f"{plan.count(Outcome.CHANGED):,}",
            same=f"{plan.count(Outcome.SAME):,}",
        )
        self._column.addWidget(words(sentence, "section", wrap=True))
        self._column.addWidget(words(_("This was one step: Ctrl+Z takes all of it back."), "quiet", wrap=True))

    def _stayed_out(self) -> None:
        n = self._plan.count(Outcome.ATTENTION) + self._plan.count(Outcome.DUPLICATE)
        if not n:
            return
        sentence = ngettext(
            "{n} row stayed out. Save it as an Excel file, correct it there and import that file.",
            "{n} rows stayed out. Save them as an Excel file, correct them there and import that file.",
            n,
        ).format(n=f"{n:,}")
        self._column.addWidget(words(sentence, wrap=True))
        save = button(_("Save rows to correct …"), self._flow.save_rejected, "download")
        self._column.addWidget(save, alignment=Qt.AlignmentFlag.AlignLeft)

    def _no_longer_listed(self) -> None:
        gone = self._plan.gone
        if not gone:
            return
        with self._flow.page.db.read() as session:
            people = workers.some(session, gone[:_NAMES])
        names = listed(f"{worker.number} {worker.name}" for worker in people)
        more = " …" if len(gone) > _NAMES else ""
        sentence = ngettext(
            "{n} worker of the earlier list is not in this one: {names}",
            "{n} workers of the earlier list are not in this one: {names}",
            len(gone),
        ).format(n=f"{len(gone):,}", names=names + more)
        self.gone.setText(sentence)
        self._column.addWidget(self.gone)
        self.note_gone = button(_("Note them as left today"), self._note_gone, "log-out")
        self._column.addWidget(self.note_gone, alignment=Qt.AlignmentFlag.AlignLeft)

    def _note_gone(self) -> None:
        self._flow.note_left(self._plan)
        self.gone.setText(_("Noted as left today. Their children come up on Today."))
        if self.note_gone:
            self.note_gone.hide()

    def _onward(self) -> QPushButton:
        flow, kind = self._flow, self._plan.kind
        row = QHBoxLayout()
        row.setSpacing(8)
        if kind is ListKind.WORKERS:
            first = button(
                _("Import the children's registration"), partial(flow.begin, ListKind.CHILDREN), "upload", "primary"
            )
        else:
            word, page = (
                (_("Show the children"), "children") if kind is ListKind.CHILDREN else (_("Show the staff"), "staff")
            )
            first = button(word, partial(flow.leave, page), "arrow-right", "primary")
        row.addWidget(first)
        row.addWidget(button(_("Another list"), partial(flow.begin, None)))
        if flow.page.context.undo:
            row.addWidget(button(_("Take it back"), flow.undo, "undo-2", "quiet"))
        row.addStretch(1)
        self._column.addSpacing(8)
        self._column.addLayout(row)
        return first
