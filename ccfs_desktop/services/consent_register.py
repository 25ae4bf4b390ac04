"""The register of consents: each child and purpose with wording, language, signer, day, expiry and withdrawal.

Source: domain.md 8.4; that consents are asked for anew with every season: product.md 4.1.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice
from ccfs_desktop.models.child import Child, Consent, ConsentPurpose
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.services import consents, retention, roles
from ccfs_desktop.services.roles import Right

SOON = timedelta(days=14)
"""So long before it runs out a consent is shown as expiring. Ours."""


class Standing(Choice):
    """Where one purpose stands for one child on a day."""

    GIVEN = "given", N_("Given")
    MISSING = "missing", N_("Not asked")
    REFUSED = "refused", N_("Refused")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    EXPIRED = "expired", N_("Expired")


@dataclass(frozen=True)
class Line:
    """One child and one purpose."""

    child_id: int
    child: str
    number: str
    group: str
    purpose: ConsentPurpose
    standing: Standing
    expires_on: date | None = None
    """The last day on which it holds; empty for one that does not run out, or was not given."""
    consent: Consent | None = None
    """The answer given last."""

    def expires_soon(self, on: date) -> bool:
        """Tell whether it holds, but not for long."""
        return self.standing is Standing.GIVEN and self.expires_on is not None and self.expires_on <= on + SOON


@dataclass(frozen=True)
class Coverage:
    """How many children have agreed to one purpose."""

    purpose: ConsentPurpose
    counts: Mapping[Standing, int]

    @property
    def given(self) -> int:
        """Consents that hold."""
        return self.counts.get(Standing.GIVEN, 0)

    @property
    def children(self) -> int:
        """All children of the register."""
        return sum(self.counts.values())


def lines(session: Session, season: Season, on: date, *, purpose: ConsentPurpose | None = None) -> list[Line]:
    """Return the register of a season: every child that has or had a place, and every purpose.

    Args:
        session: an open session.
        season: whose children.
        on: the day it is asked for.
        purpose: only this one.

    Raises:
        UserError: this role may not see it.
    """
    return _read(session, season, on, purpose)


def coverage_of(
    session: Session, season: Season, on: date, among: Collection[int] | None = None
) -> list[Coverage]:  # fmt: skip
    """Count the register of a season by purpose; nobody is named, so that every role may see it.

    Args:
        session: an open session.
        season: whose children: all that have or had a place.
        on: the day it is asked for.
        among: only these children.
    """
    return coverage([one for one in _read(session, season, on, None) if among is None or one.child_id in among])


def _read(session: Session, season: Season, on: date, purpose: ConsentPurpose | None) -> list[Line]:
    query = (
        select(Child.id, Child.name, Enrolment.number, Group.name)
        .join(Enrolment, Enrolment.child_id == Child.id)
        .outerjoin(Group, Group.id == Enrolment.group_id)
        .where(
            Enrolment.season_id == season.id, Enrolment.status.in_((Status.ENROLLED, Status.LEFT)),
            Child.erased_on.is_(None),
        )
        .order_by(Child.sort_key, Child.id)
    )  # fmt: skip
    children = session.execute(query).all()
    said = _said(session, [row[0] for row in children])
    ends = season_ends(session)
    wanted = [purpose] if purpose else list(ConsentPurpose)
    return [_line(row, one, said.get((row[0], one)), ends, on) for row in children for one in wanted]


def coverage(found: Sequence[Line]) -> list[Coverage]:
    """Count a register by purpose."""
    counts: dict[ConsentPurpose, dict[Standing, int]] = {}
    for line in found:
        by = counts.setdefault(line.purpose, {})
        by[line.standing] = by.get(line.standing, 0) + 1
    return [Coverage(purpose, by) for purpose, by in counts.items()]


def season_ends(session: Session) -> list[date]:
    """Return the last day of every season, the earliest first."""
    return list(session.scalars(select(Season.last_day).order_by(Season.last_day)))


def expires(consent: Consent, ends: Sequence[date]) -> date | None:
    """Return the last day on which a consent holds by its rule: the end of the season it was signed for.

    Args:
        consent: the answer.
        ends: from :func:`season_ends`.

    Source: product.md 4.1, roll-over; the rule for each purpose: ``resources/retention``.
    """
    if consent.signed_on is None or retention.expiry(consent.purpose).until != "season-end":
        return None
    return next((end for end in ends if end >= consent.signed_on), None)


def ended(consent: Consent, ends: Sequence[date]) -> date | None:
    """Return the day on which a consent, or a refusal, ended: withdrawn or run out; None while neither is known."""
    known = [day for day in (consent.withdrawn_on, expires(consent, ends)) if day]
    return min(known) if known else None


def _said(session: Session, child_ids: Sequence[int]) -> dict[tuple[int, ConsentPurpose], Consent]:
    """Return the answer given last, by child and purpose."""
    query = select(Consent).where(Consent.child_id.in_(child_ids)).order_by(Consent.id)
    return {(one.child_id, one.purpose): one for one in session.scalars(query)}


def _line(row: Sequence[object], purpose: ConsentPurpose, said: Consent | None, ends: list[date], on: date) -> Line:
    child_id, name, number, group = row
    last = expires(said, ends) if said and said.given else None
    return Line(
        int(str(child_id)), str(name), str(number), str(group or ""), purpose, _standing(said, last, on), last, said
    )


def _standing(said: Consent | None, last: date | None, on: date) -> Standing:
    word = consents.State(ConsentPurpose.DATA, said).word
    if word == "Given" and last is not None and last < on:
        return Standing.EXPIRED
    return {"Not asked": Standing.MISSING, "Given": Standing.GIVEN, "Refused": Standing.REFUSED}.get(
        word, Standing.WITHDRAWN
    )


roles.guard(globals(), Right.PROTECTION, {Right.FIGURES: (coverage_of, season_ends)})
