"""The line at the foot of the window: where one is, who one is, and that everything is saved."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.states import Fitting, mark, words

_SECONDS = 8


class StatusLine(QFrame):
    """Factory · season · user at the left, what just happened in the middle, what is saved at the right."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.setObjectName("status")
        self.place = words("")
        self.place.setMinimumWidth(1)
        self.message = Fitting()
        self.state = words("")
        self.message.setAccessibleName(_("Message"))
        self._demonstration = mark(_("Demonstration, no password"), "warning")
        self._tick = QLabel()
        icons.put(self._tick, "circle-check", "accent", size=14)
        self._tick.hide()
        self._demonstration.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._hush)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.place)
        row.addWidget(self._demonstration)
        row.addSpacing(16)
        row.addWidget(self.message, 1)
        row.addWidget(self._tick)
        row.addWidget(self.state)
        self.setFixedHeight(28)

    def describe(self, context: Context) -> None:
        """Show where one is and who one is."""
        self.place.setText(" · ".join(part for part in (context.factory, context.season, context.user) if part))
        self._demonstration.setVisible(context.demonstration)

    def say(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.message.say(sentence)
        self._timer.start(_SECONDS * 1000)

    def _hush(self) -> None:
        self.message.say("")

    def saved(self) -> None:
        """Note that everything is on disk, and since when."""
        now = datetime.now()  # noqa: DTZ005 (the clock on the wall)
        self.state.setText(_("All changes saved {time}").format(time=f"{now:%H:%M}"))
        self._tick.show()
