"""What left the office: the log of disclosures, and the copy for a guardian, which enters itself."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from ccfs_desktop import clock, i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.protection import Disclosure
from ccfs_desktop.services import disclosures, offices
from ccfs_desktop.views.data_part import DataPart, fill, quiet
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button
from ccfs_desktop.views.kit.table import Column

_BY_HAND = ("recipient", "purpose", "basis", "subjects", "fields")


class GivenPart(DataPart):
    """The log, and the two ways into it."""

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.section(
            _("Copy for a guardian"),
            _("Everything that is kept about one child: a PDF to read, in the guardian's language, and a JSON file for "
              "other programs. Handing it over is entered below."),
            writing=True,
        )  # fmt: skip
        self.picker = self.child(_("Make the copy …"), self.copy, "file-text")
        self.column.addWidget(self.ask)
        self.section(
            _("Disclosure log"),
            _("Personal data that was given to others: by the program itself, or written down by hand."),
        )
        self.print_button = button(_("Print this year's log"), self.print, "printer")
        self.buttons(button(_("Write one down …"), self.write, "plus"), self.print_button, writing=True)
        self.table = self.list("data-disclosures", _("Disclosure log"), (
            Column("at", _("When"), 130, sortable=False),
            Column("recipient", _("To whom"), 150, sortable=False),
            Column("purpose", _("What for"), 180, sortable=False),
            Column("basis", _("Legal basis"), 180, sortable=False),
            Column("subjects", _("About whom"), 130, sortable=False),
            Column("fields", _("Which data"), 220, sortable=False),
            Column("by", _("Given by"), 110, sortable=False),
            Column("how", _("Entered"), 100, sortable=False),
            Column("sha256", _("SHA-256"), 160, shown=False, sortable=False),
        ), rows=7)  # fmt: skip
        self.empty = quiet(_("Nothing was given to anybody yet."))
        self.column.addWidget(self.empty)

    def refresh(self) -> None:
        """Read the log."""
        with self.db.read() as session:
            log = disclosures.listed(session)
        fill(self.table, [_row(one) for one in log], self.empty)
        self.print_button.setEnabled(bool(log))

    def begin(self) -> None:
        """Put the cursor where one begins."""
        (self.picker if self.writes else self.table).setFocus()

    def copy(self, child: Child) -> None:
        """Ask to whom the copy of a child's data is handed over, and in which language."""
        with self.db.read() as session:
            language = offices.factory(session).languages[0]
        fields = (
            Field("recipient", _("To whom"), required=True, length=120),
            Field("language", _("Language"), kind="choice", choices=tuple(i18n.LANGUAGES.items())),
        )
        form = Form(object, Section("", "recipient", "language"), fields=fields)
        form.show_values({"recipient": "", "language": language})
        question = _("The copy of everything about {name}. Look at the guardian's ID first.").format(name=child.name)
        self.ask.ask(question, _("Choose a folder …"), partial(self._copy, child), form)

    def write(self) -> None:
        """Ask for a disclosure that was made otherwise."""
        form = Form(Disclosure, Section("", *_BY_HAND))
        self.ask.ask(_("What was told, shown or sent to whom?"), _("Enter it"), self._write, form)

    def print(self) -> None:
        """Print the log of this year."""
        from ccfs_desktop.reports import issue_data  # noqa: PLC0415 (paper is loaded when it is needed)

        year = clock.today().year
        self.printing(_("Disclosure log"), f"disclosures-{year}", partial(issue_data.disclosures, self.db, year))

    def save_copy(self, child: Child, recipient: str, language: str, folder: Path) -> None:
        """Make the copy and put both files into a folder."""
        from ccfs_desktop.reports import issue_data  # noqa: PLC0415

        def task(_job: object) -> tuple[bytes, str]:
            made = issue_data.copy(self.db, child.id, recipient, language=language)
            name = f"copy-{child.id}-{clock.today()}"
            try:
                (folder / f"{name}.pdf").write_bytes(made.pdf)
                (folder / f"{name}.json").write_bytes(made.json)
            except OSError as error:
                sentence = _("{path} cannot be written: {why}.")
                raise UserError(sentence.format(path=folder, why=error.strerror or error)) from None
            return made.pdf, name

        def show(made: tuple[bytes, str]) -> None:
            from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

            self.picker.show_chosen(None)
            self.stored()
            self.page.push(_("Copy of the child's data"), Paper(made[0], made[1], say=self.page.say))

        self.page.work(_("Making the copy …"), task, show)

    def _copy(self, child: Child, values: dict[str, Any]) -> None:
        recipient = str(values.get("recipient") or "").strip()
        if not recipient:
            raise UserError(_("Write to whom the copy is handed over."))
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for the copy"))
        if chosen:
            self.save_copy(child, recipient, values.get("language") or "", Path(chosen))

    def _write(self, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Enter a disclosure"), final=True) as session:
            disclosures.add(session, **values)
        self.stored()


def _row(one: Disclosure) -> tuple[Any, ...]:
    how = _("by itself") if one.automatic else _("by hand")
    return (
        one.id, one.at, one.recipient, one.purpose, _(one.basis.word), one.subjects, one.fields, one.by, how,
        one.sha256,
    )  # fmt: skip
