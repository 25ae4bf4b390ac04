"""A question asked inside the page: fields; ``Ctrl+Enter``, ``Enter`` in a line or a button does it, ``Esc`` leaves."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit.editors import LineEditor
from ccfs_desktop.views.kit.form import Form
from ccfs_desktop.views.kit.states import Asking, button, words


class Ask(Asking):
    """Lies in the page until it is answered; answering may fail, and then it says why and stays."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__()
        self._form: Form | None = None
        self._do: Callable[[dict[str, Any]], object] | None = None
        self._sentence = words("", wrap=True)
        self._problem = words("", "problem", wrap=True)
        self.confirm = button("", self._answer, kind="primary")
        self.cancel = button(_("Cancel"), self.leave)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._problem, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.confirm)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 16, 10)
        self._column.setSpacing(4)
        self._column.addWidget(self._sentence)
        self._column.addLayout(row)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            answer = QShortcut(QKeySequence(keys), self, self.confirm.click)
            answer.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def ask(
        self, sentence: str, confirm: str, do: Callable[[dict[str, Any]], object], form: Form | None = None
    ) -> None:
        """Ask.

        Args:
            sentence: the question, translated.
            confirm: words of the button that does it.
            do: gets the form's values; may raise ``Invalid`` or ``UserError``. Without an error the question goes away.
            form: what must be said with it.
        """
        self.leave()
        self._form, self._do = form, do
        self._sentence.setText(sentence)
        self._problem.clear()
        self.confirm.setText(confirm)
        if form:
            if form_layout := form.layout():
                form_layout.setContentsMargins(0, 4, 0, 0)
            self._column.insertWidget(1, form)
            fields = [row.editor.focusProxy() or row.editor for row in form.rows.values()]
            for one, following in pairwise([*fields, self.cancel, self.confirm]):
                self.setTabOrder(one, following)  # a form that came later would be the last of the whole window
            for row in form.rows.values():
                if isinstance(row.editor, LineEditor):
                    row.editor.line.returnPressed.connect(self.confirm.click)
        self.show()
        (form or self.confirm).setFocus()
        if form:
            next(iter(form.rows.values())).editor.setFocus()

    def leave(self) -> None:
        """Take the question away; nothing was done."""
        if self._form:
            self._column.removeWidget(self._form)
            self._form.deleteLater()
        self._form = self._do = None
        self.hide()

    def _answer(self) -> None:
        if self._do is None:
            return
        try:
            self._do(self._form.values() if self._form else {})
        except Invalid as error:
            if self._form:
                self._form.show_problems(error.problems)
        except UserError as error:
            self._problem.setText(str(error))
        else:
            self.leave()
