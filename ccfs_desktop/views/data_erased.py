"""The records of what was erased, the yearly audit of minors' data, and what was in a file that got lost."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from ccfs_desktop import clock
from ccfs_desktop.i18n import _
from ccfs_desktop.models.protection import Disposal
from ccfs_desktop.services import assessment, data_audit, disposals
from ccfs_desktop.services.assessment import Made
from ccfs_desktop.views.data_part import DataPart, fill, quiet
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.summary import Column as Head
from ccfs_desktop.views.kit.summary import Summary
from ccfs_desktop.views.kit.table import Column


class ErasedPart(DataPart):
    """Every disposal with its number; it can be printed again at any time."""

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.section(_("Records of disposal"), _("What was erased, why, by whom, and which backups held it then."))
        self.print_button = button(_("Print the record"), self.print, "printer", "primary")
        self.buttons(self.print_button, writing=True)
        self.table = self.list("data-disposals", _("Records of disposal"), (
            Column("number", _("Number"), 110, sortable=False),
            Column("day", _("Day"), 100, sortable=False),
            Column("subject", _("About"), 200, sortable=False),
            Column("grounds", _("Why"), 190, sortable=False),
            Column("count", _("Records"), 80, number=True, sortable=False),
            Column("by", _("Erased by"), 120, sortable=False),
            Column("approved", _("Approved by"), 180, sortable=False),
            Column("backups", _("In backups until"), 130, sortable=False),
        ), rows=9)  # fmt: skip
        self.empty = quiet(_("Nothing was erased yet."))
        self.column.addWidget(self.empty)
        self.table.activated_key.connect(lambda _key: self.print())  # pyright: ignore

    def refresh(self) -> None:
        """Read the records."""
        with self.db.read() as session:
            found = disposals.listed(session)
        fill(self.table, [_row(one) for one in found], self.empty)
        self.print_button.setEnabled(bool(found))

    def begin(self) -> None:
        """Put the cursor where one begins."""
        self.table.setFocus()

    def print(self) -> None:
        """Print the record the cursor is on."""
        from ccfs_desktop.reports import issue_data  # noqa: PLC0415 (paper is loaded when it is needed)

        if self.writes and (number := self.table.key()) is not None:
            self.printing(_("Record of disposal"), "disposal", partial(issue_data.disposal, self.db, number))


class AuditPart(DataPart):
    """Two papers, and what is in this office now."""

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.section(
            _("Yearly audit of minors' data"),
            _("Counts under 14 and under 18, consents, access, retention and the state of the audit trail, with room "
              "for findings and remedies. China asks for it every year by 31 January."),
        )  # fmt: skip
        self.buttons(
            button(_("Print for this year"), partial(self.audit, 0), "printer", "primary"),
            button(_("Print for last year"), partial(self.audit, 1), "printer"),
        )
        self.section(
            _("Impact assessment"),
            _("Filled in from this office's settings, to be judged and signed by the responsible person: before the "
              "first child's data is kept, and anew when something changes. Keep the paper until the day below."),
        )  # fmt: skip
        self.buttons(button(_("Print the assessment"), self.assess, "printer"))
        self.made = Summary(
            _("Impact assessments"), Head(_("Document no.")), Head(_("Issued at")), Head(_("Issued by"), wide=True),
            Head(_("Kept until")),
        )  # fmt: skip
        self.column.addWidget(self.made)
        self.unmade = quiet(_("None was made yet."))
        self.column.addWidget(self.unmade)
        self.section(
            _("If a file got lost or was seen by others"),
            _("What was in it, how many it concerns and whom to tell: for this office, or for a backup."),
        )
        self.buttons(
            button(_("Summary of this office"), self.breach, "file-text"),
            button(_("Summary of a backup …"), self._choose, "folder-open"),
        )
        self.section(_("What is in this office now"))
        self.held = Summary(
            _("What is in this office now"), Head(_("What"), wide=True), Head(_("How many"), number=True),
            Head(_("Sensitive")),
        )  # fmt: skip
        self.column.addWidget(self.held)
        self.told = words("", "help", wrap=True)
        self.column.addWidget(self.told)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Count what is there."""
        with self.db.read() as session:
            found = data_audit.breach_here(session, self.db)
            people = data_audit.persons(session, clock.today())
            made = assessment.made(session)
        self.made.show_rows([_kept(one) for one in made])
        self.made.setVisible(bool(made))
        self.unmade.setVisible(not made)
        self.held.show_rows(
            [(_(noun), f"{n:,}", _("Yes") if sensitive else "") for noun, n, sensitive in found.lines if n]
        )  # fmt: skip
        sentence = _(
            "Children under 14: {young}; under 18: {minors}. Only counted, as their data was erased: {erased}."
        )
        self.told.setText(
            sentence.format(young=people.under_14, minors=people.under_18, erased=people.erased)
        )  # fmt: skip

    def begin(self) -> None:
        """Leave the cursor where it is."""

    def audit(self, back: int) -> None:
        """Issue the audit of a year.

        Args:
            back: how many years ago; of the running one it goes up to today.
        """
        from ccfs_desktop.reports import issue_data  # noqa: PLC0415

        today = clock.today()
        first = today.replace(year=today.year - back, month=1, day=1)
        last = today if not back else first.replace(month=12, day=31)
        task = partial(issue_data.audit, self.db, first, last)
        self.printing(_("Audit of minors' data"), f"data-audit-{first.year}", task)

    def assess(self) -> None:
        """Issue the impact assessment as of today."""
        from ccfs_desktop.reports import issue_data  # noqa: PLC0415

        name = f"impact-assessment-{clock.today()}"
        self.printing(_("Impact assessment"), name, partial(issue_data.assess, self.db))

    def breach(self, copy: Path | None = None) -> None:
        """Issue what is in the office, or in a copy."""
        from ccfs_desktop.reports import issue_data  # noqa: PLC0415

        task = partial(issue_data.breach, self.db, copy)
        self.printing(_("Summary for a data breach"), "breach", task)

    def _choose(self) -> None:
        folder = str(self.db.folder / "backups") if self.db.folder else ""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a backup"), folder, "office-*.db")
        if chosen:
            self.breach(Path(chosen))


def _kept(one: Made) -> tuple[str, ...]:
    until = one.kept_until.isoformat() if one.kept_until else _("without limit")
    paper = one.document
    return (paper.number, f"{paper.issued_at:%Y-%m-%d %H:%M}", paper.issued_by, until if one.there else _("erased"))


def _row(one: Disposal) -> tuple[object, ...]:
    held = disposals.copies(one)
    until = held.until.isoformat() if held.until else ""
    kept = _("for good") if held.for_good else ""
    return (
        one.id, one.number, one.day, one.subject, _(one.grounds.word), sum(disposals.erased(one).values()), one.by,
        one.approved_by, kept or until,
    )  # fmt: skip
