"""PySide6 releases that lose references to None abort after some thousand calls (6.12.0 on Python 3.11 did)."""

import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


class Painted(QLabel):
    times = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.times += 1


def test_a_widget_is_painted_a_thousand_times_without_losing_none(qtbot: QtBot):
    label = Painted("Aye")
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()
    before = sys.getrefcount(None)

    for number in range(1_000):
        label.setText(str(number))
        label.repaint()

    assert label.times >= 1_000
    assert before - sys.getrefcount(None) < 100
