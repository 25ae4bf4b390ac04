"""One incident over the list: the event, a report for each child, causes, files; at the foot what is missing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QTabWidget, QVBoxLayout, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.incident import Incident
from ccfs_desktop.services import histories, incident_signing, incidents, roles
from ccfs_desktop.services.incident_kinds import severity_word
from ccfs_desktop.services.incident_list import STATE_WORDS, State
from ccfs_desktop.services.incident_signing import Lack
from ccfs_desktop.services.incidents import File
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.signatures import Signature
from ccfs_desktop.views import incident_looks
from ccfs_desktop.views.incident_causes import CausesPart
from ccfs_desktop.views.incident_child import ChildPart
from ccfs_desktop.views.incident_event import EventPart
from ccfs_desktop.views.incident_facts import FactsPart
from ccfs_desktop.views.incident_files import FilesPart
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, hairline, words
from ccfs_desktop.views.record_tab import RecordTab
from ccfs_desktop.views.signing import SignStrip


class IncidentPanel(QWidget):
    """Each field is stored when it is left; a signed incident can only be looked at and added to."""

    def __init__(self, page: Page, incident_id: int) -> None:
        """Read the incident; that it was read goes into the trail once.

        Args:
            page: tells what is refused.
            incident_id: the incident.

        Raises:
            UserError: it is gone, or this role may not see it.
        """
        super().__init__()
        self.page, self.db, self.incident_id = page, page.db, incident_id
        self.file: File
        self.lacks: list[Lack] = []
        self.unknown: list[str] = []
        self.detailed = self.countersigns = False
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.parts: list[RecordTab] = []
        self.sign_strip, self.question = SignStrip(page), Ask()
        self._foot()
        self._read()
        if self.detailed:
            with self.db.begin(N_("Read an incident"), final=True) as session:
                self.db.note(session, histories.INCIDENT_READ, str(incident_id))
        self._build()
        self._connect()
        self._lay_tabs()
        self._show()
        self.setFocusProxy(self.parts[0])

    @property
    def incident(self) -> Incident:
        """The event."""
        return self.file.incident

    @property
    def title(self) -> str:
        """What the page is called while it is open; nobody is named."""
        return _("Incident {number} · {kind}").format(number=self.incident.number, kind=_(self.incident.kind.word))

    def reload(self) -> None:
        """Read it again, as after an undo.

        Raises:
            UserError: it is gone.
        """
        self._read()
        self._lay_tabs()
        self._show()

    def changed(self) -> None:
        """Read it again after something was stored."""
        self.page.context.shell.saved()
        self.reload()

    def store(self, action: str, write: Callable[[Any], object], *, final: bool = False) -> bool:
        """Do one user action; what is refused is told above the page. False then."""
        try:
            with self.db.begin(action, final=final) as session:
                write(session)
        except UserError as error:
            self.page.tell(error)
            return False
        self.page.banner.hide()
        self.changed()
        return True

    # ---------------------------------------------------------------------------------------------------- signing

    def sign(self) -> None:
        """Ask for the signature; what is still missing is named first, and the cursor goes there."""
        if not self.detailed or not self.file.open or not self._stored():
            return
        if self.lacks:
            self._tell_lacks()
            return
        frozen = _("Once signed, the report does not change any more; what is learnt later is added.")
        self.sign_strip.ask(" ".join((frozen, *self.unknown)), _("Sign"), self._signed)

    def _stored(self) -> bool:
        """Store the field with the focus; False when it is refused."""
        return all(form.commit() for part in self.parts for form in part.findChildren(Form))

    def _tell_lacks(self) -> None:
        told = [lack.sentence for lack in self.lacks[:4]]
        if len(self.lacks) > 4:
            told.append(_("And {n} more.").format(n=len(self.lacks) - 4))
        self.page.tell(UserError(" ".join(told)))
        first = self.lacks[0]
        for number, part in enumerate(self.parts):
            if getattr(part, "report_id", None) == first.report_id and hasattr(part, "go"):
                self.tabs.setCurrentIndex(number)
                part.go(first.field)  # pyright: ignore[reportAttributeAccessIssue]
                return

    def _signed(self, signature: Signature, _reason: str) -> None:
        with self.db.begin(N_("Sign an incident"), final=True) as session:
            incident_signing.sign(session, self.incident_id, signature)
        self.changed()
        self.page.say(_("The report is signed."))
        self.print_button.setFocus()

    def countersign(self) -> None:
        """Ask the manager for name and comment."""
        sentence = _("You say that you have read what the report says. Your comment stays with it.")
        self.sign_strip.ask(sentence, _("Counter-sign"), self._countersigned, reason="", title=_("Comment"))

    def _countersigned(self, signature: Signature, word: str) -> None:
        with self.db.begin(N_("Counter-sign an incident"), final=True) as session:
            incident_signing.countersign(session, self.incident_id, signature, word)
        self.changed()

    def discard(self) -> None:
        """Ask why the report is thrown away."""
        sentence = _("The report stays in the list under its number, as discarded, with the reason and your name.")
        self.question.ask(sentence, _("Discard"), self._discarded, Form(Incident, Section("", "discarded")))

    def _discarded(self, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Discard a report of an incident"), final=True) as session:
            incidents.discard(session, self.incident_id, values["discarded"], by=self.page.context.user)
        self.changed()

    # --------------------------------------------------------------------------------------------------- printing

    def print(self, report_id: int | None = None, *, parent: bool = False) -> None:
        """Print the report; with ``report_id`` that of one child, or the copy for its parents.

        Args:
            report_id: a child's report; None for the event with all its children.
            parent: whether the parents' copy.
        """
        from ccfs_desktop.reports import issue_incidents  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        if not self.detailed or not self._stored():
            return
        title = _("Copy for the parents") if parent else _("Incident report")
        name = f"incident-{self.incident.number}"

        def task(_job: object) -> bytes:
            if parent and report_id is not None:
                return issue_incidents.parent_copy(self.db, report_id)
            return issue_incidents.report(self.db, self.incident_id, report_id)

        self.page.work(
            _("Printing …"), task, lambda pdf: self.page.push(title, Paper(pdf, name, say=self.page.say))
        )  # fmt: skip

    def _print_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Whole report"), self.print)
        for one in self.file.children:
            menu.addAction(_("Report on {name} alone").format(name=one.name), partial(self.print, one.record.id))
            menu.addAction(
                _("Copy for the parents of {name}").format(name=one.name),
                partial(self.print, one.record.id, parent=True),
            )
        menu.popup(self.print_button.mapToGlobal(self.print_button.rect().topLeft()))

    # ----------------------------------------------------------------------------------------------------- inside

    def _read(self) -> None:
        with self.db.read() as session:
            self.file = incidents.file(session, self.incident_id)
            self.detailed = roles.may(session, Right.DETAILS)
            self.countersigns = incident_signing.may_countersign(session, self.incident)
            if self.detailed:
                self.lacks = incident_signing.lacking(session, self.incident_id)
                self.unknown = incident_signing.unknown(session, self.incident_id)

    def _lay_tabs(self) -> None:
        """Keep a tab for each child; the others stay as they are."""
        wanted = [one.record.id for one in self.file.children]
        if self.parts and wanted == [p.report_id for p in self.parts if isinstance(p, ChildPart)]:
            return
        here = max(0, self.tabs.currentIndex())
        for part in self.parts:
            part.deleteLater()
        self.tabs.clear()
        if self.detailed:
            kids = [ChildPart(self, one.record.id) for one in self.file.children]
            self.parts = [EventPart(self), *kids, CausesPart(self), FilesPart(self)]
        else:
            self.parts = [FactsPart(self)]
        names = {one.record.id: one.name for one in self.file.children}
        for part in self.parts:
            self.tabs.addTab(part, names[part.report_id or 0] if isinstance(part, ChildPart) else _(part.title))
        self.tabs.setCurrentIndex(min(here, len(self.parts) - 1))

    def _show(self) -> None:
        for part in self.parts:
            part.show_file(self.file)
        self.page.header.name(self.title)
        state = self._state()
        icon, tone = incident_looks.STATE[state]
        icons.put(self.picture, icon, tone)
        self.state.setText(f"{_(STATE_WORDS[state])} · {severity_word(self.incident.severity)}")
        theme.mark(self.state, tone=tone)
        self.missing.setText(
            ngettext("{n} thing is missing.", "{n} things are missing.", len(self.lacks)).format(n=len(self.lacks))
            if self.lacks and self.file.open
            else ""
        )
        self.told.setText(self._told())
        self.told.setVisible(bool(self.told.text()))
        editable = self.detailed and self.file.open
        self.sign_button.setVisible(editable)
        self.discard_button.setVisible(editable)
        self.print_button.setVisible(self.detailed)
        self.countersign_button.setVisible(self.countersigns)

    def _state(self) -> State:
        if self.incident.discarded:
            return State.DISCARDED
        if not self.incident.frozen:
            return State.DRAFT if self.lacks else State.UNSIGNED
        waiting = incident_signing.parents_waiting(self.incident, [one.record for one in self.file.children])
        return State.PARENTS if waiting else State.COMPLETE

    def _told(self) -> str:
        """Say who reported, signed and counter-signed, or why it was discarded."""
        one = self.incident
        parts = [_("Reported by {name}, {at:%Y-%m-%d %H:%M}.").format(name=one.reported_by, at=one.reported_at)]
        if one.discarded:
            parts.append(_("Discarded: {reason}.").format(reason=one.discarded))
        if one.signed_at and one.proof:
            parts.append(
                _("Signed by {name}, {role}, {at:%Y-%m-%d %H:%M}. {proof}.").format(
                    name=one.signed_name, role=one.signed_role, at=one.signed_at, proof=_(one.proof.word)
                )
            )
        if one.approved_at:
            parts.append(
                _("Counter-signed by {name}, {at:%Y-%m-%d %H:%M}: {word}").format(
                    name=one.approved_name, at=one.approved_at, word=one.approved_word
                )
            )
        return " ".join(parts)

    def _foot(self) -> None:
        self.picture = QLabel()
        self.state, self.missing = words("", "section"), words("", "quiet")
        self.told = words("", "quiet", wrap=True)
        self.told.setContentsMargins(16, 8, 16, 0)
        self.print_button = button(_("Print"), self._print_menu, "printer")
        self.discard_button = button(_("Discard"), self.discard, "trash-2")
        self.countersign_button = button(_("Counter-sign"), self.countersign, "pencil")
        self.sign_button = button(_("Sign"), self.sign, "pencil", "primary")
        self.sign_button.setToolTip("Ctrl+Enter")

    def _build(self) -> None:
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(10)
        for part in (self.picture, self.state, self.missing):
            foot.addWidget(part)
        foot.addStretch(1)
        for part in (self.discard_button, self.print_button, self.countersign_button, self.sign_button):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.question)
        column.addWidget(self.sign_strip)
        column.addWidget(hairline())
        column.addWidget(self.told)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.sign_strip.asking.connect(
            lambda on: self.sign_button.setVisible(not on and self.detailed and self.file.open)
        )
        self.tabs.currentChanged.connect(lambda n: self.parts[n].entered() if 0 <= n < len(self.parts) else None)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, self._sign_pressed)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _sign_pressed(self) -> None:
        if self.sign_strip.isVisible():
            self.sign_strip.confirm.click()
        else:
            self.sign()
