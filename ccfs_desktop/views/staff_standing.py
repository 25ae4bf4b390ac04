"""The strip on top of a staff file: whether the person counts today and why not, and what it is by papers that hold."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _, listed
from ccfs_desktop.services import staff_papers
from ccfs_desktop.services.cover import SKILL_NAMES
from ccfs_desktop.services.staff import StaffFile
from ccfs_desktop.services.staff_papers import Standing
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import button, mark, words

if TYPE_CHECKING:
    from ccfs_desktop.views.staff_record import StaffRecord


class StandingStrip(QFrame):
    """Follows every change at once; the link leads to the papers."""

    def __init__(self, record: "StaffRecord") -> None:
        """Build it.

        Args:
            record: the person's file.
        """
        super().__init__()
        self.setObjectName("banner")
        self.sign, self.sentence = QLabel(), words("", wrap=True)
        self.marks = {skill: mark("", "accent") for skill in SKILL_NAMES}
        self.away = mark("", "warning")
        self.due = words("", wrap=True)
        self.see = button(_("See the papers"), record.show_papers, "arrow-right", "link")
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self._row.addWidget(self.sign)
        self._row.addWidget(self.sentence, 1)
        for word in (self.away, *self.marks.values()):
            self._row.addWidget(word)
        self.below = QWidget()
        lower = QHBoxLayout(self.below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(8)
        lower.addWidget(self.due, 1)
        lower.addWidget(self.see)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(self._row)
        column.addWidget(self.below)

    def show_file(self, file: StaffFile) -> None:
        """Show how the person stands."""
        tone, icon = _look(file)
        theme.mark(self, tone="plain" if tone in {"accent", "quiet"} else "warning")
        icons.put(self.sign, icon, tone, size=16)
        self.sentence.setText(told(file))
        for skill, word in self.marks.items():
            word.setText(_(SKILL_NAMES[skill]) if file.has(skill) else "")
        self.away.setText(file.away)
        urgent = [paper for paper in file.urgent if paper.sentence not in file.counting.why_not]
        self.due.setText(_("To see to: {papers}.").format(papers=listed(p.sentence for p in urgent)) if urgent else "")
        self.below.setVisible(bool(urgent))

    def frame(self, face: QWidget, *behind: QWidget) -> None:
        """Put the person's face before the sentence, and buttons behind everything."""
        self._row.insertWidget(0, face)
        for widget in behind:
            self._row.addWidget(widget)


def told(file: StaffFile) -> str:
    """Say whether the person counts today, and why not."""
    if file.counting.why_not:
        return _("Does not count today: {reason}.").format(reason=file.counting.why_not)
    return _("Counts as one adult today.") if file.counting.percent == 100 else _("Counts as half an adult today.")


def _look(file: StaffFile) -> tuple[str, str]:
    """Return the tone and the icon: what is missing is a warning, what the role brings with it is none."""
    if file.counting.percent:
        soon = any(paper.standing is Standing.EXPIRES for paper in file.urgent)
        return ("warning", "clock") if soon else ("accent", "circle-check")
    return ("danger", "circle-alert") if staff_papers.percent(file.person) else ("quiet", "circle")
