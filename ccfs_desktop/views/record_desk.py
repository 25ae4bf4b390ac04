"""Where a new line of a file is written before it is kept. What was typed waits when one goes away."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.form import Form, into_view
from ccfs_desktop.views.kit.states import button, words

_WIDTH = 620

Do = Callable[[dict[str, Any]], object]


class Desk(QFrame):
    """Lies in the file until it is kept (``Ctrl+Enter``) or given up; what is refused is said under its field."""

    def __init__(
        self, form: Form, keep: Do, drafts: dict[Any, dict[str, Any]], key: Any, done: Callable[[], object]
    ) -> None:
        """Build it, hidden unless something was typed before.

        Args:
            form: what is asked.
            keep: stores a new line; gets the form's values, may raise ``Invalid`` or ``UserError``.
            drafts: where what was typed waits while the file is closed.
            key: whose draft it is.
            done: called when it is closed, to put the cursor where one goes on.
        """
        super().__init__()
        self.setObjectName("strip")
        self.form = form
        self._keep, self._drafts, self._key, self._done = keep, drafts, key, done
        self._correct: Do | None = None
        self.problem = words("", "problem", wrap=True)
        self.confirm: QPushButton = button(_("Add"), self.save, "check", "primary")
        if layout := self.form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        self.form.setMaximumWidth(theme.px(_WIDTH))
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
        send = QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        send.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if draft := drafts.get(key):
            self._fill(draft)  # seen once it has a parent; shown here it would open a window of its own
        else:
            self.hide()

    @property
    def is_free(self) -> bool:
        """Whether nothing new is being written here."""
        return self.isHidden() or self._correct is not None

    def begin(self, values: Mapping[str, Any], focus: str) -> None:
        """Open it for a new line.

        Args:
            values: what it begins with.
            focus: the field the cursor goes to.
        """
        self._show(values)
        self.form.rows[focus].editor.setFocus()

    def correct(self, values: Mapping[str, Any], keep: Do, focus: str) -> None:
        """Open it for a line that is kept already."""
        self._show(values, keep)
        self.form.rows[focus].editor.setFocus()

    def save(self) -> None:
        """Keep what is written."""
        try:
            (self._correct or self._keep)(self.form.values())
        except Invalid as error:
            self.form.show_problems(error.problems)
        except UserError as error:
            self.problem.setText(str(error))
            into_view(self.problem)
        else:
            self.leave()

    def leave(self) -> None:
        """Close it; what was typed is given up."""
        self._drafts.pop(self._key, None)
        self.hide()
        self._done()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed when the file is left."""
        super().hideEvent(event)
        if not self.is_free:
            self._drafts[self._key] = self._typed()

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        for name, row in self.form.rows.items():
            with suppress(UserError):
                typed[name] = row.editor.value()
        return typed

    def _show(self, values: Mapping[str, Any], correct: Do | None = None) -> None:
        self._fill(values, correct)
        self.show()

    def _fill(self, values: Mapping[str, Any], correct: Do | None = None) -> None:
        self._correct = correct
        self.confirm.setText(_("Keep the correction") if correct else _("Add"))
        self.problem.clear()
        self.form.show_values(dict.fromkeys(self.form.rows, "") | dict(values))
