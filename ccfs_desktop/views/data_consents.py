"""The register of consents: every child and purpose, with what is missing, refused, taken back or running out."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox

from ccfs_desktop import clock
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import ConsentPurpose
from ccfs_desktop.services import consent_register, seasons
from ccfs_desktop.services.consent_register import Line, Standing
from ccfs_desktop.views.data_part import DataPart, fill
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.table import Column

_TONES = {Standing.GIVEN: "accent", Standing.REFUSED: "warning", Standing.EXPIRED: "danger",
          Standing.WITHDRAWN: "danger", Standing.MISSING: ""}  # fmt: skip
_SOON = "soon"


class ConsentsPart(DataPart):
    """Its lines open the child's file, where an answer is recorded or taken back."""

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.lines: list[Line] = []
        self.section(
            _("Consent register"),
            _("Each consent ends with the season it was signed for; then it is asked for anew. Taking one back takes "
              "effect at once: no photo, no medicine, no sign-in without it."),
        )  # fmt: skip
        self.purpose = QComboBox()
        self.purpose.setAccessibleName(_("Purpose"))
        self.purpose.addItem(_("All purposes"), None)
        for one in ConsentPurpose:
            self.purpose.addItem(_(one.word), one.value)
        self.purpose.activated.connect(lambda _n: self._show())  # pyright: ignore
        self.coverage = words("", "quiet", wrap=True)
        self.print_button = button(_("Print the register"), self.print, "printer")
        self.print_button.setVisible(self.writes)
        self.buttons(self.purpose, self.print_button)
        self.filters = FilterBar(search=False)
        if layout := self.filters.layout():
            layout.setContentsMargins(0, 4, 0, 4)
        self.filters.filtered.connect(lambda _key: self._show())  # pyright: ignore
        self.column.addWidget(self.coverage)
        self.column.addWidget(self.filters)
        self.table = self.list("data-consents", _("Consent register"), (
            Column("number", _("No."), 60),
            Column("child", _("Child"), 140),
            Column("group", _("Group"), 110, shown=False),
            Column("purpose", _("Purpose"), 215),
            Column("standing", _("State"), 90, tone=lambda one: _TONES[one]),
            Column("wording", _("Wording"), 70),
            Column("language", _("Language"), 80, shown=False),
            Column("signed_on", _("Signed on"), 95),
            Column("signed_by", _("Signed by"), 120),
            Column("expires_on", _("Expires on"), 95),
            Column("withdrawn_on", _("Withdrawn on"), 110),
        ), rows=9)  # fmt: skip
        self.table.activated_key.connect(self._open)

    def refresh(self) -> None:
        """Read the register of the season of today."""
        today = clock.today()
        with self.db.read() as session:
            self.lines = consent_register.lines(session, seasons.current(session, today), today)
        self._show()

    def begin(self) -> None:
        """Put the cursor where one begins."""
        self.table.setFocus()

    def print(self) -> None:
        """Print the register, of the purpose that is chosen."""
        from ccfs_desktop.reports import issue_data  # noqa: PLC0415 (paper is loaded when it is needed)

        task = partial(issue_data.consents, self.db, self._purpose())
        self.printing(_("Consent register"), f"consent-register-{clock.today()}", task)

    def _show(self) -> None:
        today, purpose = clock.today(), self._purpose()
        chosen = [line for line in self.lines if purpose in (None, line.purpose)]
        soon = [line for line in chosen if line.expires_soon(today)]
        chips = [Chip("", _("All"), len(chosen))]
        chips += [Chip(s.value, _(s.word), sum(line.standing is s for line in chosen)) for s in Standing]
        self.filters.show_chips([*chips, Chip(_SOON, _("Runs out soon"), len(soon))])
        key = self.filters.chosen
        shown = soon if key == _SOON else [line for line in chosen if key in ("", line.standing.value)]
        fill(self.table, [_row(line) for line in shown])
        self.coverage.setText(_coverage(chosen))

    def _purpose(self) -> ConsentPurpose | None:
        """Return the purpose that is chosen; Qt keeps only its code."""
        code = self.purpose.currentData()
        return ConsentPurpose(code) if code else None

    def _open(self, key: Any) -> None:
        self.page.context.shell.go("children", child=key[0], tab="consents")


def _row(line: Line) -> tuple[Any, ...]:
    said = line.consent if line.standing is not Standing.MISSING else None
    facts = (said.wording, said.language, said.signed_on, said.signed_by) if said else ("", "", None, "")
    return (
        (line.child_id, line.purpose.value), line.number, line.child, line.group, _(line.purpose.word), line.standing,
        *facts, line.expires_on, said.withdrawn_on if said else None,
    )  # fmt: skip


def _coverage(lines: list[Line]) -> str:
    found = consent_register.coverage(lines)
    given, asked = sum(one.given for one in found), sum(one.children for one in found)
    if not asked:
        return _("No child has or had a place in this season.")
    return _("{given} of {all} consents hold.").format(given=f"{given:,}", all=f"{asked:,}")
