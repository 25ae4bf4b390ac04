"""The made-up safeguarding concern: reported by a teacher a week ago, talked about with the mother."""

from datetime import datetime, time

from ccfs_desktop.services import concerns
from ccfs_desktop.services.concerns import Report, Step
from ccfs_desktop.services.demo.scene import Kid, Scene

_WHOSE = 41
_DAYS_AGO = 5


def report(scene: Scene, kids: list[Kid]) -> None:
    """Put the concern in, and what followed the day after."""
    seen, next_day = scene.past[-_DAYS_AGO], scene.past[1 - _DAYS_AGO]
    word = scene.names.word
    told = Report(
        about=kids[_WHOSE].child.name, what=word("concern_seen"), day=seen, done=word("concern_done"), safe_now=True
    )
    with scene.db.begin(concerns.REPORTED, final=True) as session:
        number = concerns.report(session, told, at=datetime.combine(seen, time(16, 40)))
        concerns.add(session, number, Step.TALK, word("concern_talk"), at=datetime.combine(next_day, time(17, 15)))
