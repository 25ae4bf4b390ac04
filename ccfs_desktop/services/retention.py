"""How long each kind of record is kept, as data; what the office changed; what must not be erased yet.

Source: domain.md 5.3, security.md 5; each row of ``resources/retention`` names its own.
"""

import calendar
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock, paths
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _, listed, ngettext
from ccfs_desktop.models.child import Child, ConsentPurpose
from ccfs_desktop.models.incident import Incident
from ccfs_desktop.models.masked import veil
from ccfs_desktop.models.protection import LegalHold, RetentionChange
from ccfs_desktop.services import offices, roles
from ccfs_desktop.services.roles import Right

KNOWN = {
    "V": N_("seen in the source named"),
    "K": N_("general knowledge; ask a lawyer"),
    "D": N_("our proposal; ask a lawyer"),
    "": N_("decided by this office"),
}
"""How well a time is known, marked with ``N_``."""
BEGINS = {
    "season-end": N_("from the end of the child's last season"),
    "left": N_("from the child's last day"),
    "consent-end": N_("from the day the consent ended"),
    "incident": N_("from the day of the incident"),
    "day": N_("from its day"),
    "employment-end": N_("from the last working day"),
    "law": N_("as the law says"),
    "never": N_("without limit"),
}
"""When the time begins, marked with ``N_``."""
_OURS = re.compile(r"^(?:(?:domain|security)\.md [\d., ]*(?:: )?)+")
"""Where a source names a chapter of our own design, which nobody outside has."""
_MOST = 1_200
"""Months that can be written: a hundred years."""


@dataclass(frozen=True)
class Category:
    """One kind of record and how long it is kept."""

    code: str
    title: str
    """Marked, as in the file."""
    text: str
    begins: str
    """Key of ``BEGINS``."""
    months: int = 0
    days: int = 0
    """Added to the months."""
    until_age: int = 0
    """At least until the child is so old; 0 for no such rule."""
    source: str = ""
    known: str = "D"
    held: bool = True
    """Whether this program keeps such records and erases them."""
    change: RetentionChange | None = None
    """What the office decided instead, if it did."""

    @property
    def named(self) -> str:
        """What outside this program sets the time, such as a law; empty where it is our proposal or the office's own.

        What the office wrote as its reason is not told: it was written freely.
        """
        return "" if self.change or self.known == "D" else _OURS.sub("", self.source)

    @property
    def limited(self) -> bool:
        """Whether there is a time at all."""
        return self.begins not in {"law", "never"}

    def until(self, start: date, birth: date | None = None) -> date | None:
        """Return the last day on which something is kept; None for without limit.

        Args:
            start: when its time begins.
            birth: the child's date of birth, where the rule asks for an age.
        """
        if not self.limited:
            return None
        last = months_after(start, self.months) + timedelta(days=self.days)
        return max(last, months_after(birth, 12 * self.until_age)) if birth and self.until_age else last

    def told(self) -> str:
        """Say how long, in words."""
        if not self.limited:
            return _(BEGINS[self.begins])
        parts: list[str] = []
        if self.months or not self.days:
            parts.append(ngettext("{n} month", "{n} months", self.months).format(n=self.months))
        if self.days:
            parts.append(ngettext("{n} day", "{n} days", self.days).format(n=self.days))
        time = _("{time} {begins}").format(time=listed(parts), begins=_(BEGINS[self.begins]))
        return (
            _("{time}, at least until the age of {n}").format(time=time, n=self.until_age) if self.until_age else time
        )


@dataclass(frozen=True)
class Expiry:
    """When the consents to a purpose run out."""

    until: str
    """``season-end``, or ``withdrawn``: never by itself."""
    source: str
    known: str


@dataclass(frozen=True)
class Law:
    """What a country's law asks of who keeps children's data, for the impact assessment."""

    title: str
    """Marked, as in the file."""
    text: str
    known: str


def months_after(day: date, months: int) -> date:
    """Return the same day some months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# --------------------------------------------------------------------------------------------------------- the schedule
def schedule(session: Session) -> list[Category]:
    """Return every kind of record with the time that holds here: the office's, the country's, the proposed one."""
    country = offices.factory(session).country
    changes = {one.category: one for one in session.scalars(select(RetentionChange).order_by(RetentionChange.id))}
    return [_changed(one, changes.get(one.code)) for one in proposed(country)]


def category(session: Session, code: str) -> Category:
    """Return one kind of record with the time that holds in this office."""
    return next(one for one in schedule(session) if one.code == code)


def changes(session: Session, code: str) -> list[RetentionChange]:
    """Return what the office decided about a kind of record, newest first."""
    query = select(RetentionChange).where(RetentionChange.category == code)
    return list(session.scalars(query.order_by(RetentionChange.id.desc())))


def change(session: Session, code: str, *, months: int | None, days: int | None, reason: str) -> RetentionChange:
    """Keep a kind of record for another time from now on; who decided it, when and why stays.

    Raises:
        Invalid: the time or the reason is missing.
        UserError: the law sets this time, or the role may not.
    """
    if not category(session, code).limited:
        raise UserError(_("This is not kept for a number of months; there is nothing to change."))
    problems: dict[str, str] = {}
    if not 0 <= (months or 0) <= _MOST or not 0 <= (days or 0) <= 366 or not (months or days):
        problems["months"] = _("Write a number of months, or of days, or both.")
    if not reason.strip():
        problems["reason"] = _("Write why this office keeps it for another time, such as the law that says so.")
    if problems:
        raise Invalid(problems)
    made = RetentionChange(
        category=code, months=months or 0, days=days or 0, reason=" ".join(reason.split()),
        by=session.info["actor"].user, at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def expiry(purpose: ConsentPurpose) -> Expiry:
    """Return when the consents to a purpose run out. Source: product.md 4.1, roll-over."""
    return _consents()[purpose.value]


@cache
def proposed(country: str) -> tuple[Category, ...]:
    """Return every kind of record with the time proposed for a country, two letters."""
    found = {one.code: one for one in _read("default")}
    for name in sorted(path.stem for path in paths.resource("retention").glob("*.toml") if path.stem != "default"):
        if name == country.lower():
            found |= {one.code: one for one in _read(name)}
    return tuple(found.values())


@cache
def laws(country: str) -> tuple[Law, ...]:
    """Return what is noted here of a country's law on children's data; empty where nothing is. Source: security.md 5.

    Args:
        country: two letters.
    """
    files = {path.stem for path in paths.resource("retention").glob("*.toml")} - {"default"}
    found = _file(country.lower()).get("laws", []) if country.lower() in files else []
    return tuple(Law(one["title"], one["text"], one["known"]) for one in found)


@cache
def _consents() -> dict[str, Expiry]:
    facts = _file("default")["consents"]
    return {purpose: Expiry(one["until"], one["source"], one["known"]) for one in facts for purpose in one["purposes"]}


def _read(name: str) -> list[Category]:
    return [
        Category(
            one["code"], one["title"], one["text"], one["from"], one.get("months", 0), one.get("days", 0),
            one.get("until_age", 0), one["source"], one["known"], one.get("held", True),
        )
        for one in _file(name).get("categories", [])
    ]  # fmt: skip


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads(paths.resource(f"retention/{name}.toml").read_text("utf-8"))


def _changed(one: Category, by: RetentionChange | None) -> Category:
    if by is None:
        return one
    return replace(one, months=by.months, days=by.days, source=by.reason, known="", change=by)


# ----------------------------------------------------------------------------------------------------------- legal hold
def holds(session: Session, *, open_only: bool = True) -> list[LegalHold]:
    """Return what must not be erased for the time being, newest first; also what was released, if asked.

    Who sees names masked does not see the reasons, which are free text about a family.
    """
    query = select(LegalHold).order_by(LegalHold.id.desc())
    found = list(session.scalars(query.where(LegalHold.released_at.is_(None)) if open_only else query))
    if not roles.may(session, Right.NAMES):
        for one in found:
            veil(session, one, reason="\N{EM DASH}", release_reason="\N{EM DASH}")
    return found


def hold(session: Session, *, reason: str, child_id: int | None = None, incident_id: int | None = None) -> LegalHold:
    """Let something not be erased until somebody releases it.

    Raises:
        Invalid: no reason.
        UserError: it is erased already, gone, held already, or the role may not.
    """
    if not reason.strip():
        raise Invalid({"reason": _("Write why it must be kept, such as the dispute or the inquiry.")})
    child = session.get(Child, child_id) if child_id else None
    if child_id and (child is None or child.erased_on):
        raise UserError(_("This child's data is erased already; nothing can be held."))
    if not child_id and (incident_id is None or session.get(Incident, incident_id) is None):
        raise UserError(_("Choose the child, or the incident, that must be kept."))
    if any((one.child_id, one.incident_id) == (child_id, incident_id) for one in holds(session)):
        raise UserError(_("This is held already."))
    made = LegalHold(
        child_id=child_id, incident_id=incident_id, reason=" ".join(reason.split()),
        by=session.info["actor"].user, at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def release(session: Session, hold_id: int, *, reason: str) -> LegalHold:
    """Let something be erased again when its time is over.

    Raises:
        Invalid: no reason.
        UserError: it was released already, or the role may not.
    """
    if not reason.strip():
        raise Invalid({"release_reason": _("Write why it need not be kept any longer.")})
    held = session.get(LegalHold, hold_id)
    if held is None or held.released_at is not None:
        raise UserError(_("This hold was released already."))
    held.released_by, held.released_at = session.info["actor"].user, clock.now()
    held.release_reason = " ".join(reason.split())
    session.flush()
    return held


def held(session: Session, child_ids: Sequence[int]) -> dict[int, str]:
    """Return child → why its data must not be erased for the time being."""
    query = select(LegalHold).where(LegalHold.child_id.in_(child_ids), LegalHold.released_at.is_(None))
    return {one.child_id: one.reason for one in session.scalars(query) if one.child_id}


roles.guard(
    globals(), Right.PROTECTION, {Right.FIGURES: (schedule, category), Right.DATA: (change, hold, release, held)}
)
