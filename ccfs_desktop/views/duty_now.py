"""One line that says how each group stands: of today this minute, of a day that is over all day."""

from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import ratio_proof
from ccfs_desktop.services.cover import Quarter
from ccfs_desktop.services.ratio_proof import STANDING_WORDS, DayProof, Standing
from ccfs_desktop.views.kit import icons
from ccfs_desktop.views.kit.states import Fitting

LOOKS = {
    Standing.KEPT: ("circle-check", "accent"),
    Standing.SHORT: ("circle-alert", "danger"),
    Standing.NO_RECORDS: ("triangle-alert", "warning"),
    Standing.EMPTY: ("circle", "quiet"),
}


class NowStrip(QFrame):
    """The ratio in words, above the grid."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.picture, self.told = QLabel(), Fitting()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.picture)
        row.addWidget(self.told, 1)

    def read(self, db: Database, season: Season, day: date) -> None:
        """Read a day and say how it stands; nothing of a day to come."""
        self.setVisible(day <= clock.today())
        with db.read() as session:
            if day == clock.today():
                self._now(ratio_proof.of_moment(session, season, clock.now()))
            elif day < clock.today():
                self._over(ratio_proof.of_day(session, season, day))

    def _now(self, groups: tuple[Quarter, ...]) -> None:
        short = any(group.short for group in groups)
        self._say("circle-alert" if short else "circle-check", "danger" if short else "accent", now_text(groups))

    def _over(self, proof: DayProof) -> None:
        told = _(STANDING_WORDS[proof.standing])
        if proof.standing is Standing.SHORT:
            minutes = ngettext("{n} minute short", "{n} minutes short", proof.short_minutes)
            told = f"{told}: {minutes.format(n=proof.short_minutes)}"
        self._say(*LOOKS[proof.standing], told)

    def _say(self, icon: str, tone: str, sentence: str) -> None:
        icons.put(self.picture, icon, tone, size=16)
        self.told.say(sentence)


def now_text(groups: tuple[Quarter, ...]) -> str:
    """Say how each group stands this minute."""
    if not groups:
        return _("Now: no children are here.")
    parts = [
        _("{group}: {children} children, {there} of {required} adults").format(
            group=g.group, children=g.children, there=f"{g.percent / 100:g}", required=g.required
        )
        for g in groups
    ]
    return _("Now: {groups}").format(groups="  ·  ".join(parts))
