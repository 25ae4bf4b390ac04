"""The register of what was issued: look at a document again, print it again, the same bytes."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.document import Document
from ccfs_desktop.services import documents
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import EmptyState, button, hairline, words
from ccfs_desktop.views.kit.table import Column, Rows, Table

if TYPE_CHECKING:
    from ccfs_desktop.reports.issuing import Issued


class RegisterPlace(Place):
    """Every document that was issued, newest first."""

    name = "register"
    right = "details"
    title = N_("Issued")
    primary = N_("Show the document")
    primary_icon = "eye"

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.every: list[Document] = []
        self.filters = FilterBar(hint=_("Number, document or name"))
        self.filters.searched.connect(lambda _text: self._fill())  # pyright: ignore
        self.filters.filtered.connect(lambda _key: self._fill())  # pyright: ignore
        self.columns = [
            Column("number", _("Document no."), 110),
            Column("title", _("Document"), 190),
            Column("period", _("Period"), 190),
            Column("filters", _("Choice"), 140),
            Column(
                "edition", _("Edition"), 130, tone=lambda text: "quiet" if " " in text else "",
                icon=lambda text: "history" if " " in text else "",
            ),
            Column("at", _("Issued at"), 130),
            Column("by", _("Issued by"), 120),
            Column("seal", _("Seal"), 200),
            Column("pages", _("Pages"), 70, number=True),
        ]  # fmt: skip
        self.table = Table("issued", self.columns)
        self.table.activated_key.connect(self.show_document)
        self.table.chosen.connect(self._tell)
        self.table.typed.connect(self.filters.search.begin)
        self.told = words("", "quiet", wrap=True)
        self.stack = QStackedWidget()
        self._build()

    def refresh(self) -> None:
        """Read the register."""
        with self.db.read() as session:
            self.every = documents.listed(session)
        self.page.show_content()
        self.stack.setCurrentIndex(0 if self.every else 1)
        self._fill()

    def act(self) -> None:
        """Show the chosen document."""
        if self.table.key():
            self.show_document(self.table.key())

    printed = act

    def open(self, **target: Any) -> None:
        """Show a document: ``open(document=7)``."""
        if target.get("document"):
            self.show_document(target["document"])

    def show_document(self, document_id: int) -> None:
        """Show a document exactly as it was issued, to be printed or saved again."""
        self.page.work(_("One moment …"), partial(self._again, document_id), self._preview)

    # ---------------------------------------------------------------------------------------------------- inside

    def _again(self, document_id: int, _job: object) -> "Issued":
        from ccfs_desktop.reports.issuing import again  # noqa: PLC0415 (paper is loaded when it is needed)

        return again(self.db, document_id)

    def _preview(self, issued: "Issued") -> None:
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        document = issued.document
        name = f"{document.name}-{document.number}"
        self.page.push(f"{_(document.title)} · {document.number}", Paper(issued.pdf, name, say=self.page.say))

    def _papers(self) -> None:
        self.context.shell.go("reports", place="papers")

    def _fill(self) -> None:
        newest = documents.newest(self.every)
        of = {"all": self.every, "newest": [d for d in self.every if d.id not in newest]}
        titles = {"all": _("All"), "newest": _("Newest editions")}
        self.filters.show_chips([Chip(key, titles[key], len(rows)) for key, rows in of.items()])
        typed = self.filters.search.text().casefold().split()
        rows: list[tuple[Any, ...]] = [
            (
                d.id, d.number, _(d.title), period(d), d.filters, _edition(d, newest.get(d.id)), d.issued_at,
                d.issued_by, documents.mark(d).seal, d.pages,
            )
            for d in of[self.filters.chosen or "all"]
            if _matches(d, typed)
        ]  # fmt: skip
        self.table.show_rows(Rows(rows, self.columns))
        self._tell(self.table.key())

    def _tell(self, key: Any) -> None:
        document = next((d for d in self.every if d.id == key), None)
        if document is None:
            self.told.setText("")
            return
        told = _("SHA-256 of the file: {hash}. Program version {version}.")
        self.told.setText(told.format(hash=document.sha256, version=document.program))

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(12)
        foot.addWidget(button(_("Show"), self.act, "eye"))
        foot.addWidget(self.told, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addLayout(foot)
        empty = EmptyState(
            "file-text", _("Nothing was issued yet."), _("Show the papers"), self._papers,
            _("Each report gets a number, a seal and a signature when it is made, and is kept here."),
        )  # fmt: skip
        self.stack.addWidget(content)
        self.stack.addWidget(empty)
        self.body.addWidget(self.stack)
        self.setFocusProxy(self.table)


def _matches(document: Document, typed: list[str]) -> bool:
    of = (document.number, _(document.title), document.filters, document.issued_by, period(document))
    return all(word in " ".join(of).casefold() for word in typed)


def period(document: Document) -> str:
    """Return the days a document speaks of."""
    days = dict.fromkeys((document.first_day, document.last_day))
    return " – ".join(day.isoformat() for day in days)


def _edition(document: Document, newer: Document | None) -> str:
    if newer is None:
        return str(document.edition)
    return _("{n}, newer: {number}").format(n=document.edition, number=newer.number)
