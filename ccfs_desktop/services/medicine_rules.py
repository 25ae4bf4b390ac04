"""What a written request for medicine must satisfy before anything is given. Nothing here knows the database.

Source: domain.md 2.9: medicine only with a written request per course (name, dose, time, reason, storage, last dose,
signature), original packaging, locked, given by a named person with a witness, logged at once; first dose at home at
least 24 hours before [V]; no medicine "just in case" except by a care plan (asthma, allergy).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.log import MedicineCourse
from ccfs_desktop.services import times

HOME_DOSE = timedelta(hours=24)
"""Between the first dose at home and the first one here. Source: domain.md 2.9 [V]."""

UNLOCKED = "not-locked"
STORAGES: dict[str, str] = {
    "cupboard": N_("Locked cupboard"),
    "refrigerator": N_("Locked refrigerator"),
    UNLOCKED: N_("With the named person, not locked"),
}
"""Where it is kept. Source: domain.md 2.9, locked; what a care plan may need at once is ours."""


@dataclass(frozen=True)
class Complaint:
    """A rule that a request does not satisfy."""

    rule: str
    """Code of the rule, for tables and tests."""
    field: str
    sentence: str
    refused: bool = True
    """Whether nothing may be given; otherwise it is a warning."""


def check(course: MedicineCourse) -> list[Complaint]:
    """Return what speaks against a request: refusals first, then warnings. Source: domain.md 2.9."""
    found = [*_written(course), *_kept(course), *_times(course), *_home(course)]
    return sorted(found, key=lambda one: not one.refused)


def _written(course: MedicineCourse) -> Iterator[Complaint]:
    """Look for what the written request must say. Source: domain.md 2.9, written request per course; 8.11."""
    needed = {
        "medicine": _("Write the name of the medicine as it stands on the package."),
        "dose": _("Write the dose."),
        "reason": _("Write what the medicine is given for."),
        "authorised_by": _("Nothing is given without a written request: write which parent signed it."),
    }
    for name, sentence in needed.items():
        if not (getattr(course, name) or "").strip():
            yield Complaint("written", name, sentence)
    if course.last_day < course.first_day:
        yield Complaint("written", "last_day", _("The last day is before the first."))
    if course.authorised_on > course.first_day:
        yield Complaint("written", "authorised_on", _("The request must be signed before the first day."))


def _kept(course: MedicineCourse) -> Iterator[Complaint]:
    """Look how it is packed and kept. Source: domain.md 2.9, original packaging, locked."""
    if not course.original_packaging:
        yield Complaint("packaging", "original_packaging", _("Take it only in its original packaging."))
    if not course.storage:
        yield Complaint("locked", "storage", _("Say where it is locked away."))
    elif course.storage == UNLOCKED:
        sentence = _("Medicine is locked away.")
        if course.care_plan:
            sentence = _("Not locked: the named person keeps it out of the children's reach.")
        yield Complaint("locked", "storage", sentence, refused=not course.care_plan)


def _times(course: MedicineCourse) -> Iterator[Complaint]:
    """Look for the times. Source: domain.md 2.9, no medicine "just in case" except by a care plan."""
    if course.times.strip():
        if not planned(course):
            yield Complaint("written", "times", _("Write the times like this: 09:00, 15:00."))
    elif not course.care_plan:
        yield Complaint(
            "just-in-case", "times",
            _("No medicine “just in case”: write the times, unless it is part of a care plan (asthma, allergy)."),
        )  # fmt: skip


def _home(course: MedicineCourse) -> Iterator[Complaint]:
    """Look for the first dose at home. Source: domain.md 2.9, 24 hours before [V]; that a care plan warns is ours."""
    if course.home_dose_at is None:
        sentence = _("Write when the first dose was given at home.")
        yield Complaint("home-dose", "home_dose_at", sentence, refused=not course.care_plan)
        return
    first = datetime.combine(course.first_day, (planned(course) or [time.max])[0])
    if first < course.home_dose_at + HOME_DOSE:
        yield Complaint(
            "home-dose", "home_dose_at",
            _("The first dose here may be given 24 hours after the first one at home: from {moment} on.").format(
                moment=f"{course.home_dose_at + HOME_DOSE:%Y-%m-%d %H:%M}"
            ),
        )  # fmt: skip


def planned(course: MedicineCourse) -> list[time]:
    """Return the planned times of a day, earliest first; empty when they cannot be read or it is given when needed."""
    found: set[time] = set()
    for part in re.split(r"[,;，、；]", course.times):
        if text := part.strip():
            try:
                found.add(times.parse(text, opens=time(8), closes=time(18)))
            except UserError:
                return []
    return sorted(found)


def amount(course: MedicineCourse) -> int | None:
    """Return how much a dose takes from what was brought: the number the dose begins with; None when there is none."""
    digits = "".join(takewhile(str.isdecimal, course.dose.strip()))
    rest = course.dose.strip()[len(digits) :].lstrip()
    return int(digits) if digits and not rest.startswith((".", ",", "/", "½", "-")) else None


def covers(course: MedicineCourse, day: date) -> bool:
    """Tell whether a course runs on a day: inside its days, and the rest not yet given back."""
    return course.first_day <= day <= course.last_day and (course.ended_on is None or day <= course.ended_on)


def storage_word(code: str) -> str:
    """Return the message for where it is kept; what is no code of ours stands as it was written."""
    return STORAGES.get(code, code)
