"""Making the audit pack: for which time, which standard, with what names, how large a sample, and where it goes."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from babel.dates import format_date
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.services import audit_pack, periods, seasons, standards
from ccfs_desktop.services.audit_pack import Wish
from ccfs_desktop.services.redaction import Redaction
from ccfs_desktop.views.kit import icons, memory, theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.work import Job

if TYPE_CHECKING:
    from ccfs_desktop.reports.audit_pack import Made

_WIDE, _NARROW = 360, 110
_MOST_SEED = 999_999_999
_TOLD = {
    Redaction.NAMES: N_(
        "Everybody is named, and the sheets are bound in as they were printed. Families agreed that auditors receive"
        " no names: take this only where the law asks for it."
    ),
    Redaction.INITIALS: N_("Children, families and visitors appear as initials; the adults on duty are named."),
    Redaction.CODES: N_(
        "Children, families and visitors appear as codes that only this office can resolve; the adults on duty are"
        " named."
    ),
}


@dataclass(frozen=True)
class _Done:
    """What was made and where it lies."""

    made: "Made"
    paths: list[Path]


class PackPlace(Place):
    """The few questions, progress, and what came of it."""

    name = "pack"
    title = N_("Audit pack")
    primary = N_("Make the audit pack")
    primary_icon = "shield-check"
    right = primary_right = "details"

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.done: _Done | None = None
        self.period, self.first, self.last = QComboBox(), QComboBox(), QComboBox()
        self.standard, self.redaction = QComboBox(), QComboBox()
        self.told = words("", "help", wrap=True)
        self.sample, self.seed = QLineEdit(str(audit_pack.USUAL_SAMPLE)), QLineEdit("1")
        self.recipient = QLineEdit()
        self.folder = QLineEdit(memory.recall("pack/folder", str(Path.home())))
        self.choose = button(_("Choose …"), self._choose_folder, "folder-open")
        self.form = QFormLayout()
        self.card = QFrame()
        self.sign, self.word = QLabel(), words("", "title", wrap=True)
        self.files = words("", wrap=True)
        self.show_button = button(_("Show the pack"), self._show, "eye")
        self.folder_button = button(_("Open the folder"), self._open_folder, "folder-open")
        self._build()

    def refresh(self) -> None:
        """Read for which times a pack can be made; what was chosen stays."""
        with self.db.read() as session:
            offered = periods.offered(session)
            days = sorted({d for one in offered for d in seasons.open_days(session, one.season, one.until)})
        if not offered or not days:
            self.page.show_empty("calendar", _("No day of the season is over yet."))
            return
        self.page.show_content()
        spans = [(one.title, (one.first, one.until)) for one in offered]
        _fill(self.period, [*spans, (_("Other days"), None)], spans[0][1])
        named = [(format_date(day, "full", locale=i18n.language()), day) for day in days]
        _fill(self.first, named)
        _fill(self.last, named, days[-1])
        _fill(self.standard, [(_(one.title), one.code) for one in standards.every()], standards.DEFAULT)
        _fill(self.redaction, [(_(one.word), one) for one in Redaction], Redaction.INITIALS)
        self._explain()

    @property
    def wish(self) -> Wish:
        """What is chosen."""
        span: tuple[date, date] = self.period.currentData() or (self.first.currentData(), self.last.currentData())
        return Wish(
            *span, self.standard.currentData(), Redaction(self.redaction.currentData()),
            int(self.sample.text() or 0), int(self.seed.text() or 0),
            self.recipient.text(),
        )  # fmt: skip

    def act(self) -> None:
        """Make the pack beside the window."""
        if self.period.count() == 0:
            return
        wish, folder = self.wish, Path(self.folder.text())
        memory.keep("pack/folder", str(folder))
        self.card.hide()

        def task(job: Job) -> _Done:
            from ccfs_desktop.reports import audit_pack as packs  # noqa: PLC0415 (paper is loaded when it is needed)

            packs.check_folder(folder)
            made = packs.make(self.db, wish, progress=job)
            return _Done(made, packs.write(made, folder))

        self.page.work(_("The audit pack is being made …"), task, self._made)

    # ---------------------------------------------------------------------------------------------------- inside

    def _made(self, done: _Done) -> None:
        self.done = done
        self.context.shell.saved()
        document = done.made.document
        told = ngettext("Audit pack {number}: {n} page", "Audit pack {number}: {n} pages", document.pages)
        self.word.setText(told.format(number=document.number, n=f"{document.pages:,}"))
        self.files.setText("\n".join([str(done.paths[0].parent), *(f"• {path.name}" for path in done.paths)]))
        self.card.show()
        self.show_button.setFocus()

    def _show(self) -> None:
        if self.done:
            self.context.shell.go("reports", document=self.done.made.document.id)

    def _open_folder(self) -> None:
        if self.done:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.done.paths[0].parent)))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose the folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _explain(self) -> None:
        """Show the days where they are to be chosen, and say what the names will look like."""
        own = self.period.currentData() is None
        self.form.setRowVisible(self.first, own)
        self.form.setRowVisible(self.last, own)
        chosen = Redaction(self.redaction.currentData() or Redaction.INITIALS)
        self.told.setText(_(_TOLD[chosen]))
        self.told.setMinimumHeight(self.told.heightForWidth(self.told.width()))  # a form counts too few lines
        theme.mark(self.told, part="warning" if chosen is Redaction.NAMES else "help")

    def _build(self) -> None:
        for field in (self.period, self.redaction):
            field.currentIndexChanged.connect(lambda _n: self._explain())  # pyright: ignore
        self.sample.setValidator(QIntValidator(0, audit_pack.MOST_SAMPLED, self))
        self.seed.setValidator(QIntValidator(0, _MOST_SEED, self))
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(12)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for title, field, wide in (
            (_("Period"), self.period, _WIDE), (_("From"), self.first, _WIDE), (_("Until"), self.last, _WIDE),
            (_("Standard"), self.standard, _WIDE), (_("Names"), self.redaction, _WIDE),
        ):  # fmt: skip
            self._add(title, field, wide)
        self.told.setFixedWidth(theme.px(_WIDE + 160))
        self.form.addRow(words(""), self.told)
        self._add(_("Child-days in the sample"), self.sample, _NARROW, _("Each is traced to its sheet; 0 for none."))
        self._add(_("Seed"), self.seed, _NARROW, _("Let the auditor name it: the same seed gives the same sample."))
        self.recipient.setMaxLength(120)
        self._add(_("Handed to"), self.recipient, _WIDE, _("For the log of what was given to others."))
        self._add(_("Folder"), self.folder, _WIDE, self.choose)
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        intro = _(
            "One signed PDF with everything an auditor asks for, numbered as exhibits, with an Excel file and a list"
            " of hashes beside it. It gets a number and is kept in the register; that it was made is noted."
        )
        column.addWidget(words(intro, "quiet", wrap=True))
        column.addSpacing(8)
        column.addWidget(self._result())
        column.addLayout(self.form)
        column.addStretch(1)
        inside = QWidget()
        inside.setLayout(column)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.body.addWidget(area)
        self.setFocusProxy(self.period)

    def _add(self, title: str, field: QWidget, wide: int, beside: "QWidget | str" = "") -> None:
        """Add a row; what stands beside the field is a hint or a button."""
        field.setFixedWidth(theme.px(wide))
        field.setAccessibleName(title)
        label = words(title, "label")
        label.setBuddy(field)
        if not beside:
            self.form.addRow(label, field)
            return
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(field)
        if isinstance(beside, str):
            row.addWidget(words(beside, "help", wrap=True), 1)
        else:
            row.addWidget(beside)
            row.addStretch(1)
        self.form.addRow(label, row)

    def _result(self) -> QFrame:
        self.card.setObjectName("card")
        column = QVBoxLayout(self.card)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        icons.put(self.sign, "circle-check", "accent", size=24)
        head.addWidget(self.sign)
        head.addWidget(self.word, 1)
        column.addLayout(head)
        self.files.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.files)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.card.hide()
        return self.card


def _fill(field: QComboBox, choices: list[tuple[str, object]] | list[tuple[str, date]], usual: object = None) -> None:
    """Offer choices; what was chosen before stays, else the usual one is."""
    wanted = field.currentData() if field.count() else usual
    wanted = tuple(wanted) if isinstance(wanted, list) else wanted
    field.blockSignals(True)
    field.clear()
    for text, value in choices:
        field.addItem(text, value)
    values = [value for _text, value in choices]
    field.setCurrentIndex(values.index(wanted) if wanted in values else 0)
    field.blockSignals(False)
