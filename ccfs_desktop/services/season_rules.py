"""What a season's rules for adults, space and working time must satisfy, in words.

The bounds keep typing errors out; they are ours. How well the laws on working time are known: docs/sources.md.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.i18n import _
from ccfs_desktop.models.season import Season, SeasonRule
from ccfs_desktop.models.staff import PaperKind
from ccfs_desktop.services import ratio, roles, space
from ccfs_desktop.services.drafting.problem import Skill
from ccfs_desktop.services.roles import Right

_DAY = 24 * 60
_WEEK = 7 * _DAY
_LONGEST_BREAK = 240
_C1_WEEK = 48 * 60
_MOST = {"usable_m2": 100_000, "toilets": 500, "beds": 5_000, "fire_limit": 5_000}


def problems(season: Season) -> dict[str, str]:
    """Return field → finished sentence for what cannot be kept."""
    return {**dict(_space(season)), **dict(_adults(season)), **dict(_work(season)), **dict(_breaks(season))}


def notes(season: Season) -> list[str]:
    """Say what is allowed here and yet unusual: beyond what the ILO and the EU give as limits.

    Source: ILO C1 (8 hours a day, 48 a week); EU 2003/88 art. 3 and 4 (11 hours of rest, a break after 6); both [K].
    """
    told: list[str] = []
    if season.work_week_minutes > _C1_WEEK:
        told.append(_("More than 48 hours a week: the ILO's Convention 1 of 1919 allows 8 hours a day and 48 a week."))
    if season.rest_minutes < 11 * 60:
        told.append(_("Less than 11 hours of rest between two days: EU Directive 2003/88, article 3, asks for 11."))
    if season.break_after_minutes > 6 * 60:
        told.append(_("No break within 6 hours of work: EU Directive 2003/88, article 4, asks for one after 6."))
    return told


def _adults(season: Season) -> Iterator[tuple[str, str]]:
    if season.ratio_profile not in {p.code for p in ratio.profiles()}:
        yield "ratio_profile", _("Choose one of the ratio profiles.")
    if season.nap_from and season.nap_until and season.nap_until <= season.nap_from:
        yield "nap_until", _("The nap ends before it begins.")
    if not _known(season.required_papers, {kind.value for kind in PaperKind}):
        yield "required_papers", _("Choose from the papers in the list.")
    if not _known(season.required_skills, {skill.value for skill in Skill}):
        yield "required_skills", _("Choose from the list who must be on duty.")


def _known(codes: str, every: set[str]) -> bool:
    return set(filter(None, codes.split(","))) <= every


def _space(season: Season) -> Iterator[tuple[str, str]]:
    if season.space_profile not in {p.code for p in space.profiles()}:
        yield "space_profile", _("Choose one of the space profiles.")
    for name, most in _MOST.items():
        number = getattr(season, name)
        if number is not None and not 0 <= number <= most:
            yield name, _("Write a whole number from 0 to {most}, or leave it empty.").format(most=f"{most:,}")


def _work(season: Season) -> Iterator[tuple[str, str]]:
    day, week, rest = season.work_day_minutes, season.work_week_minutes, season.rest_minutes
    if not 60 <= day <= _DAY:
        yield "work_day_minutes", _("A working day has from 1:00 to 24:00 hours.")
    if not 60 <= week <= _WEEK:
        yield "work_week_minutes", _("A working week has from 1:00 to 168:00 hours.")
    elif week < day <= _DAY:
        yield "work_week_minutes", _("A week cannot have fewer hours than a day.")
    if not 1 <= season.work_week_days <= 7:
        yield "work_week_days", _("A working week has from 1 to 7 days.")
    if not 0 <= rest <= _DAY:
        yield "rest_minutes", _("The rest between two days is from 0:00 to 24:00 hours.")
    elif day + rest > _DAY >= day:
        yield "rest_minutes", _("The hours of work and the rest do not fit into one day: make one of them shorter.")


def _breaks(season: Season) -> Iterator[tuple[str, str]]:
    if not 0 <= season.break_minutes <= _LONGEST_BREAK or season.break_minutes % 5:
        yield "break_minutes", _("Write the minutes of a break in steps of 5, from 0 to 240.")
    if not 60 <= season.break_after_minutes <= _DAY:
        yield "break_after_minutes", _("A break is due after 1:00 to 24:00 hours of work.")


# ----------------------------------------------------------------------------------------- what held on a past day
DATED = ("ratio_profile", "ratio_mode", "nap_from", "nap_until", "required_papers", "required_skills")
"""What past days keep when it is changed: the proof of a day must not change behind its reader's back."""


def keep(session: Session, season: Season) -> None:
    """Keep what held until yesterday, before a running season changes its rule; call it before the flush."""
    state, yesterday = inspect(season), clock.today() - timedelta(days=1)
    before = {name: (*state.attrs[name].history.deleted, getattr(season, name))[0] for name in DATED}
    changed = any(before[name] != getattr(season, name) for name in DATED)
    if not changed or season.id is None or yesterday < season.first_day:  # pyright: ignore (not yet stored)
        return
    query = select(SeasonRule.id).where(SeasonRule.season_id == season.id, SeasonRule.until >= yesterday)
    with session.no_autoflush:
        known = session.scalars(query).first()
    if known is None:  # a second change on the same day: what held yesterday is kept already
        session.add(SeasonRule(season_id=season.id, until=yesterday, **before))


def dated(session: Session, season: Season) -> Callable[[date], Season]:
    """Return a function that gives the season with the rule that held on a day; read once for many days.

    What it returns for a past rule is not stored anywhere and must only be read.
    """
    query = select(SeasonRule).where(SeasonRule.season_id == season.id).order_by(SeasonRule.until)
    earlier = [(rule.until, _as_it_was(season, rule)) for rule in session.scalars(query)]

    def on(day: date) -> Season:
        return next((past for until, past in earlier if day <= until), season)

    return on


def _as_it_was(season: Season, rule: SeasonRule) -> Season:
    values = {c.name: getattr(season, c.name) for c in Season.__table__.columns if c.name not in {"id", "version"}}
    past = Season(**values | {name: getattr(rule, name) for name in DATED})
    past.id = season.id
    return past


roles.guard(globals(), Right.SETTINGS, {Right.OFFICE: (dated,)})
