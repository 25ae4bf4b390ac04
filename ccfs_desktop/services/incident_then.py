"""Who was there when it happened: children by the register, adults by the duty list; what is not known is said."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.duty import DutyPart
from ccfs_desktop.models.incident import Incident
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import duty_day, ratio_proof, roles, seasons
from ccfs_desktop.services.duty_day import Stay
from ccfs_desktop.services.roles import Right

NO_TIME = N_("The time is not known, so nobody can say how many adults were there.")
NO_CHILDREN = N_("By the register no child was there at this time.")
NO_STAFF = N_("No adult's time is written down for this day: how many were there is not known.")


@dataclass(frozen=True)
class Then:
    """Children and adults at a moment; None is not known."""

    children: int | None = None
    adults: int | None = None
    """Whole adults who counted."""
    needed: int | None = None
    team: tuple[str, ...] = ()
    """Names of the adults who counted."""
    unknown: str = ""
    """A marked sentence that says what is not known, and why."""

    @property
    def short(self) -> bool:
        """Whether there were too few adults."""
        return self.adults is not None and self.needed is not None and self.adults < self.needed

    @property
    def sentence(self) -> str:
        """Say it, translated."""
        if self.unknown and self.children is None:
            return _(self.unknown)
        if self.adults is None or self.needed is None:
            parts = _("Children there: {children}. Adults needed: {needed}.").format(
                children=self.children, needed="–" if self.needed is None else self.needed
            )
            return f"{parts} {_(self.unknown)}".strip()
        sentence = (
            N_("Children there: {children}. Adults needed: {needed}. Adults who counted: {adults}: too few.")
            if self.short
            else N_("Children there: {children}. Adults needed: {needed}. Adults who counted: {adults}.")
        )
        return _(sentence).format(children=self.children, needed=self.needed, adults=self.adults)


def at(session: Session, season: Season, day: date, moment: time | None, group_id: int | None = None) -> Then:
    """Return who was there at a moment, in one group or in all.

    Args:
        session: an open session.
        season: the season.
        day: the day.
        moment: the time; None when nobody knows it.
        group_id: only this group; None for the whole space.
    """
    if moment is None:
        return Then(unknown=NO_TIME)
    quarters = ratio_proof.of_moment(session, season, datetime.combine(day, moment))
    mine = [q for q in quarters if group_id is None or q.group_id == group_id]
    if not mine:
        return Then(unknown=NO_CHILDREN)
    children, needed = sum(q.children for q in mine), sum(q.required for q in mine)
    team = tuple(name for q in mine for name in q.adults)
    if not any(row.stays for row in duty_day.read(session, season, day)):
        return Then(children, None, needed, unknown=NO_STAFF)
    return Then(children, sum(q.planned for q in mine), needed, team)


def of(session: Session, incident: Incident) -> Then:
    """Return who was there: as frozen when it was signed, else as register and duty list say now."""
    if incident.frozen:
        if incident.children_then is None:
            return Then(unknown=NO_TIME if incident.at is None else NO_CHILDREN)
        unknown = NO_STAFF if incident.adults_then is None else ""
        return Then(incident.children_then, incident.adults_then, incident.needed_then, unknown=unknown)
    season = next((s for s in seasons.every(session) if s.id == incident.season_id), None)
    if season is None:
        raise UserError(_("The season of this incident is no longer there."))
    return at(session, season, incident.day, incident.at, incident.group_id)


def in_charge(session: Session, season: Season, day: date, moment: time | None, group_id: int | None = None) -> str:
    """Return who was with the children by the duty list; empty when it does not say.

    Args:
        session: an open session.
        season: the season.
        day: the day.
        moment: the time; None when nobody knows it.
        group_id: only this group; None for the whole space.
    """
    if moment is None:
        return ""
    names = [
        row.name
        for row in duty_day.read(session, season, day)
        for stay in row.stays
        if _there(stay, moment) and group_id in (None, _group(stay, moment))
    ]
    return ", ".join(dict.fromkeys(names))[:200]


def _there(stay: Stay, moment: time) -> bool:
    """Tell whether somebody was with children; a time out that nobody wrote down proves nothing."""
    duty, part = stay.duty, _part(stay, moment)
    if duty.arrived is None or duty.arrived > moment or (part and part.kind is not PartKind.COVER):
        return False
    return duty.departed > moment if duty.departed else not duty.signed_out


def _group(stay: Stay, moment: time) -> int | None:
    part = _part(stay, moment)
    return part.group_id if part else stay.duty.group_id


def _part(stay: Stay, moment: time) -> DutyPart | None:
    return next((p for p in stay.parts if p.starts <= moment and (p.ends is None or moment < p.ends)), None)


roles.guard(globals(), Right.REPORT, {})
