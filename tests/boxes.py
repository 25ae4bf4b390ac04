"""The only stub of the suite: what would wait for a click is recorded, answered, or refused."""

from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox


class Boxes:
    """The message boxes a test met. Set ``answer`` before the question comes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: list[str] = []
        """What the boxes said, oldest first."""
        self.answer: Any = QMessageBox.StandardButton.Yes
        """The button pressed on every box."""
        for kind in ("information", "warning", "critical", "question", "about"):
            monkeypatch.setattr(QMessageBox, kind, self._static)
        monkeypatch.setattr(QMessageBox, "exec", _exec(self))
        monkeypatch.setattr(QDialog, "exec", _refuse)
        for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
            monkeypatch.setattr(QFileDialog, name, _refuse)
        for name in ("getText", "getItem", "getInt", "getDouble", "getMultiLineText"):
            monkeypatch.setattr(QInputDialog, name, _refuse)

    def _static(self, _parent: object, _title: str, text: str, *_rest: object, **_named: object) -> Any:
        return self.record(text)

    def record(self, text: str) -> Any:
        self.texts.append(text)
        return self.answer


def _exec(boxes: Boxes) -> Callable[[QMessageBox], Any]:
    return lambda box: boxes.record(box.text())


def _refuse(*arguments: object, **_named: object) -> NoReturn:
    raise AssertionError(f"a dialog would wait for ever here: stub the question in the test ({arguments[:1]})")
