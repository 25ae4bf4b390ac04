"""What the printed proof of the ratio shows, of a day and of a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.season import RatioMode, Season
from ccfs_desktop.services import ratio, ratio_proof, roles, season_rules
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.ratio_proof import DayProof, PeriodProof
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class RatioDay:
    """The proof of one day."""

    letterhead: Letterhead
    profile: str
    """Name and rule of the ratio profile, and how mixed ages are reckoned."""
    proof: DayProof
    audit_head: str = ""
    """Fingerprint of the audit trail."""


@dataclass(frozen=True)
class RatioPeriod:
    """The proof of some days: one line each, and their sums."""

    letterhead: Letterhead
    profile: str
    proof: PeriodProof
    audit_head: str = ""


def of_day(session: Session, season: Season, day: date, head: Letterhead, *, audit_head: str = "") -> RatioDay:
    """Return the proof of a day for printing, its words in the paper's first language."""
    with i18n.use(head.languages[0]):
        return RatioDay(
            head, rule(season_rules.dated(session, season)(day)), ratio_proof.of_day(session, season, day), audit_head
        )


def of_period(
    session: Session, season: Season, first: date, last: date, head: Letterhead, *, audit_head: str = ""
) -> RatioPeriod:
    """Return the proof of a period for printing, its words in the paper's first language."""
    with i18n.use(head.languages[0]):
        proof = ratio_proof.of_period(session, season, first, last)
        return RatioPeriod(head, _rules(session, season, [day.day for day in proof.days] or [last]), proof, audit_head)


def _rules(session: Session, season: Season, days: Sequence[date]) -> str:
    """Say every rule that held on some of the days, with its first day where there were several."""
    on = season_rules.dated(session, season)
    said: dict[str, date] = {}
    for day in days:
        said.setdefault(rule(on(day)), day)
    if len(said) == 1:
        return next(iter(said))
    return " ".join(_("From {day}: {rule}").format(day=day, rule=words) for words, day in said.items())


TWO_ADULTS = N_(
    "At least two adults who count were with the children, in the whole space, in {kept} of {slots} quarter hours with"
    " children; in {thin} there were fewer for at least a minute."
)
"""Marked; filled by :func:`two_adults`. Source: domain.md 2.5."""


def two_adults(proof: PeriodProof) -> dict[str, int]:
    """Return what :data:`TWO_ADULTS` is filled with."""
    return {"kept": proof.slots - proof.thin, "slots": proof.slots, "thin": proof.thin}


def rule(season: Season) -> str:
    """Say by which rule the season reckons, in the language in use."""
    profile = ratio.of(season)
    mode = profile.mode if season.ratio_mode is RatioMode.PROFILE else season.ratio_mode
    return f"{_(profile.name)}: {_(profile.text)} {_(mode.word)}. {_(ratio.EVIDENCE[profile.evidence])}"


roles.guard(globals(), Right.FIGURES, {})
