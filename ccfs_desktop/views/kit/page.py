"""A screen: its title, its one primary action, its content, and what it shows when there is none."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ccfs_desktop.errors import Refused, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons, theme, work
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.states import Asking, Banner, EmptyState, Strip, button, words

T = TypeVar("T")
_NARROW = 820
"""Below this width of the page its lesser actions show only their icons."""


class Page(QWidget):
    """A screen. Subclasses fill ``self.body`` in ``__init__`` and read the office in ``refresh``."""

    title: ClassVar[str] = ""
    """Only for a page that is not in ``PAGES``; the others are called as the list says."""
    primary: ClassVar[str] = ""
    """The words of the button at top right, marked with ``N_``; empty where there is none."""
    primary_icon: ClassVar[str] = ""
    help: ClassVar[str] = ""
    """The page's chapter in the user guide: a file name in ``docs/user-guide``, opened by ``F1``."""
    primary_right: ClassVar[str] = ""
    """The right that the primary action needs; without it there is no button."""

    def __init__(self, context: Context) -> None:
        """Build the header and an empty content."""
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self.db = context.db
        self.header = Header()
        self.header.back.clicked.connect(self.pop)
        self.header.name(_(self.title))
        self.banner, self.strip = Banner(), Strip()
        self._job: work.Job | None = None
        self.strip.stopped.connect(self._stop)

        content = QWidget()
        content.setObjectName("content")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = QVBoxLayout(content)
        """Where the page puts its widgets."""
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._content = content
        self._state: QWidget | None = None
        self._above: list[tuple[QWidget, str]] = []
        self.stack = QStackedWidget()
        self.stack.addWidget(content)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        if self.primary:
            self.primary_button = self.header.add(_(self.primary), self.act, self.primary_icon, "primary")
            self.primary_button.setVisible(self.may_act)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape), self, self._escape, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    @classmethod
    def parts_of(cls, context: Context) -> list[tuple[str, dict[str, Any]]]:  # noqa: ARG003 (most have none)
        """Return what of the page ``Ctrl+K`` finds by its own name: translated, and how ``open`` is asked for it.

        Args:
            context: who is working; what the role may not see is left out.
        """
        return []

    # ---------------------------------------------------------------------------- what a page may be asked

    def refresh(self) -> None:
        """Read the office again. Called when the page comes into view and after its own save."""

    def begin(self) -> None:
        """Put the cursor where one begins: where it was last time, else in the first field or list."""
        places = [self.focusProxy(), self._content.focusWidget(), *self._content.findChildren(QWidget)]
        tab = Qt.FocusPolicy.TabFocus
        for place in places:
            if place and place.isVisible() and place.isEnabled() and place.focusPolicy() & tab == tab:
                place.setFocus()
                return

    @property
    def may_act(self) -> bool:
        """Whether the primary action is one of this user's."""
        return not self.primary_right or self.context.may(self.primary_right)

    @property
    def offer(self) -> str:
        """What the primary button says now; empty where there is none."""
        button = self.primary_button if self.primary else None
        return "" if button is None or button.isHidden() else button.text()

    def act(self) -> None:
        """Do the page's primary action."""

    def open(self, **target: Any) -> None:
        """Show a certain record, asked for by another page or by ``Ctrl+K``."""

    def printed(self) -> None:
        """Print what the page is about (``Ctrl+P``). A page that prints nothing says so."""
        self.context.shell.say(_("There is nothing to print on this page."))

    # ---------------------------------------------------------------------------------------- what it says

    def tell(self, error: UserError) -> None:
        """Show above the content what the user can put right."""
        self.banner.tell(str(error))

    def warn(self, sentence: str, action: str = "", slot: Callable[[], object] | None = None) -> None:
        """Show above the content what the user should know before going on."""
        self.banner.tell(sentence, "warning", action, slot)

    def say(self, sentence: str) -> None:
        """Confirm in the status line, where it bothers nobody."""
        self.context.shell.say(sentence)

    @contextmanager
    def saving(self, action: str, *, final: bool = False) -> Generator[Any]:
        """Do one user action in one transaction: ``with self.saving(N_("Sign in a child")) as session: …``.

        A :class:`UserError` is told above the content and nothing is stored; otherwise the page is refreshed.
        """
        try:
            with self.db.begin(action, final=final) as session:
                yield session
        except UserError as error:
            self.tell(error)
        else:
            self.banner.hide()
            self.context.shell.saved()
            self.refresh()

    # ------------------------------------------------------------------------------------------- long work

    def work(
        self,
        sentence: str,
        task: Callable[[work.Job], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
    ) -> work.Job:
        """Do something long beside the window, with progress above the content and a button to stop it.

        Args:
            sentence: what is being done, translated.
            task: see :func:`ccfs_desktop.views.kit.work.start`.
            done: gets the result.
            failed: gets a :class:`UserError`; without it the page tells it.
        """
        self.banner.hide()
        self.strip.begin(sentence)

        def ended(then: Callable[..., object] | None) -> Callable[..., None]:
            def answer(*values: object) -> None:
                self.strip.hide()
                if then:
                    then(*values)

            return answer

        self._job = work.start(
            task, ended(done), ended(failed or self.tell), self.strip.step, stopped=ended(self._stopped), owner=self
        )
        return self._job

    def _stop(self) -> None:
        if self._job:
            self._job.cancel()

    def _stopped(self) -> None:
        self.say(_("Stopped. Nothing was changed."))

    # --------------------------------------------------------------------------------------- what it shows

    def show_content(self) -> None:
        """Show the content again after an empty, loading or error state."""
        if self._state:
            self.stack.removeWidget(self._state)
            self._state.deleteLater()
            self._state = None
        self.stack.setCurrentWidget(self._above[-1][0] if self._above else self._content)

    def show_empty(
        self, icon: str, sentence: str, action: str = "", slot: Callable[[], object] | None = None, detail: str = ""
    ) -> None:
        """Say instead of the content why there is nothing and what to do next."""
        self.show_content()
        self._state = EmptyState(icon, sentence, action, slot, detail)
        self.stack.addWidget(self._state)
        self.stack.setCurrentWidget(self._state)

    def show_loading(self, sentence: str = "") -> None:
        """Say instead of the content that it is on its way."""
        self.show_empty("hourglass", sentence or _("One moment …"))

    def show_error(self, error: UserError) -> None:
        """Say instead of the content why it cannot be shown, and offer to try again."""
        if isinstance(error, Refused):
            self.show_refused()
            return
        self.show_empty("circle-alert", str(error), _("Try again"), self._retry)

    def show_unready(self, error: UserError) -> None:
        """Say instead of the content what the office lacks, as a season; who may put it right is led to Settings."""
        if isinstance(error, Refused):
            self.show_error(error)
            return
        may = self.context.may("settings")
        action, go = (_("Open Settings"), lambda: self.context.shell.go("settings")) if may else ("", None)
        self.show_empty("calendar", str(error), action, go)

    def show_refused(self) -> None:
        """Say instead of the content that this user's role may not see it."""
        sentence = _("Your role does not include this page. Ask an administrator of this office if you need it.")
        self.show_empty("lock", sentence)
        self.header.side.hide()

    def _retry(self) -> None:
        self.show_content()
        self.refresh()

    # ----------------------------------------------------------------------------- a record above the list

    def push(self, title: str, widget: QWidget) -> None:
        """Lay a widget over the content: a record over its list, a preview over its page. ``Esc`` takes it off."""
        self.banner.hide()
        self._above.append((widget, self.header.title.text()))
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        self.header.name(title)
        self.header.back.show()
        self.header.side.hide()
        widget.setFocus()

    def _escape(self) -> None:
        """Close the innermost: a question that lies open wherever the cursor is, else the topmost widget."""
        shown = self._above[-1][0] if self._above else self._content
        open_ones = [asking for asking in shown.findChildren(Asking) if asking.isVisible()]
        if open_ones:
            open_ones[-1].leave()
        else:
            self.pop()

    def pop(self) -> None:
        """Take the topmost widget off again and refresh what lies under it."""
        if not self._above:
            return
        if focused := self.focusWidget():
            focused.clearFocus()  # leaving a field saves it
        widget, title = self._above.pop()
        self.stack.removeWidget(widget)
        widget.deleteLater()
        self.header.name(title)
        self.header.back.setVisible(bool(self._above))
        self.header.side.setVisible(not self._above)
        self.banner.hide()
        self.show_content()
        self.refresh()
        if self.isVisible() and not self._above:
            self.begin()  # the cursor was in what went away


class Header(QFrame):
    """The line with the page's title on the left and what one can do at the right."""

    def __init__(self) -> None:
        """Build it."""
        super().__init__()
        self.setObjectName("header")
        self.back = QToolButton()
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        icons.put(self.back, "arrow-left")
        self.back.hide()
        self.title = words("", "title")
        self.subtitle = words("", "quiet")
        self.side = QWidget()
        self._others, self._primary = QHBoxLayout(), QHBoxLayout()
        both = QHBoxLayout(self.side)
        both.setContentsMargins(0, 0, 0, 0)
        both.addLayout(self._others)
        both.addLayout(self._primary)
        for part in (both, self._others, self._primary):
            part.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.back)
        row.addWidget(self.title)
        row.addWidget(self.subtitle)
        row.addStretch(1)
        row.addWidget(self.side)
        self.setMinimumHeight(52)
        self._wordy: dict[QPushButton, str] = {}

    def name(self, title: str, subtitle: str = "") -> None:
        """Say what is shown."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)

    def add(self, text: str, slot: Callable[[], object], icon: str = "", kind: str = "") -> QPushButton:
        """Add an action. The primary one stays outermost."""
        made = button(text, slot, icon, kind)
        if kind == "primary":
            self._primary.addWidget(made)
        else:
            self._others.addWidget(made)
            self._wordy[made] = text
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the other actions only their icons where there is no room for their words."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_NARROW)
        for made, text in self._wordy.items():
            if not made.icon().isNull():
                made.setText("" if narrow else text)
                made.setAccessibleName(text)
                if text not in made.toolTip():
                    made.setToolTip(f"{text} ({made.toolTip()})" if made.toolTip() else text)
