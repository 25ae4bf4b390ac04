"""Signing an incident: what is missing, the signature that freezes it, what is added later, the manager's word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.check import Proof
from ccfs_desktop.models.incident import Incident, IncidentAddendum, IncidentChild, Place
from ccfs_desktop.services import incident_then, incidents, roles
from ccfs_desktop.services.incident_kinds import ASKED, NOT_JUDGED, parents_must_know
from ccfs_desktop.services.incidents import ChildReport
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.signatures import Signature

GRAVE = 2
"""From this severity on a child needed more than the first-aid box; causes are asked for then. That limit is ours."""


@dataclass(frozen=True)
class Lack:
    """Something that is missing."""

    field: str
    sentence: str
    """Translated."""
    report_id: int | None = None
    """The child's report it is missing in; None for the event."""


def lacking(session: Session, incident_id: int) -> list[Lack]:
    """Return what must still be said before the incident can be signed. What must be said is our choice."""
    incident = incidents.get(session, incident_id)
    children = incidents.reports(session, incident)
    return [*_of_event(incident, children), *(lack for one in children for lack in _of_child(incident, one, children))]


def _of_event(incident: Incident, children: list[ChildReport]) -> Iterator[Lack]:
    if not incident.described:
        yield Lack("described", _("What happened is not written down."))
    if incident.place is Place.OTHER and not incident.place_detail:
        yield Lack("place_detail", _("Where exactly it happened is not written down."))
    if not incident.staff_in_charge:
        yield Lack("staff_in_charge", _("Who was in charge is not written down."))
    if ASKED[incident.kind].child and not children:
        yield Lack("children", _("No child is named."))
    if not children and incident.severity == NOT_JUDGED:
        yield Lack("severity", _("How serious it was is not said."))


def _of_child(incident: Incident, one: ChildReport, children: list[ChildReport]) -> Iterator[Lack]:
    record = one.record

    def lack(field: str, sentence: str) -> Lack:
        return Lack(field, sentence.format(name=one.name), record.id)

    if record.severity == NOT_JUDGED:
        yield lack("severity", _("{name}: how serious it was is not said."))
    if len(children) > 1 and not record.part:
        yield lack("part", _("{name}: the child's part in it is not written down."))
    if ASKED[incident.kind].body and record.severity >= 1 and not record.injury:
        yield lack("injury", _("{name}: injury or signs are not written down."))
    if record.severity >= 1 and not record.first_aid:
        yield lack("first_aid", _("{name}: what first aid was given is not written down."))
    if record.severity >= GRAVE and not record.clinic:
        yield lack("clinic", _("{name}: the clinic or hospital is not named."))
    begun = [name for name in sorted(incidents.PARENT - {"parent_signed_on"}) if getattr(record, name)]
    if begun and not told(record):
        yield lack("parent_told_day", _("{name}: say on which day, whom, by whom and how the parent was informed."))


def told(record: IncidentChild) -> bool:
    """Tell whether it is written down that a parent was informed: on which day, who, by whom, how."""
    return bool(
        record.parent_told_day and record.parent_told_who and record.parent_told_by and record.parent_told_how
    )  # fmt: skip


def parents_waiting(incident: Incident, children: Iterable[IncidentChild]) -> list[IncidentChild]:
    """Return the reports on children whose parents must be informed and are not."""
    if incident.discarded:
        return []
    return [one for one in children if parents_must_know(incident.kind, one.severity) and not told(one)]


def unknown(session: Session, incident_id: int) -> list[str]:
    """Return what is not known and is no hindrance to sign, in sentences; it is printed as not known."""
    incident = incidents.get(session, incident_id)
    children = incidents.reports(session, incident)
    then = incident_then.of(session, incident)
    found = [_(then.unknown)] if then.unknown else []
    waiting = {record.id for record in parents_waiting(incident, [one.record for one in children])}
    if waiting:
        names = listed(one.name for one in children if one.record.id in waiting)
        found.append(_("Not informed yet: the parents of {names}.").format(names=names))
    if incident.severity >= GRAVE and not incident.root_cause:
        found.append(_("The root cause is not written down."))
    return found


def sign(session: Session, incident_id: int, signature: Signature) -> Incident:
    """Sign an incident: event, children's reports, files, and the numbers of that moment are frozen.

    Raises:
        UserError: it is signed or discarded already, something is missing, or this role may not.
    """
    incident = incidents.opened(session, incident_id)
    if missing := lacking(session, incident_id):
        raise UserError(
            _("The report cannot be signed yet. {what}").format(what=" ".join(lack.sentence for lack in missing[:4]))
        )
    then = incident_then.of(session, incident)
    freeze(session, incident, then, signature)
    return incident


def freeze(session: Session, incident: Incident, then: incident_then.Then, signature: Signature) -> None:
    """Write the signature and the numbers of that moment, and freeze all parts."""
    incident.children_then, incident.adults_then, incident.needed_then = then.children, then.adults, then.needed
    incident.frozen, incident.signed_name, incident.signed_role = True, signature.name, signature.role
    incident.signed_user, incident.signed_at, incident.proof = signature.user, signature.at, signature.proof
    incidents.freeze_parts(session, incident.id)
    session.flush()


def add(session: Session, incident_id: int, words: str, *, by: str, report_id: int | None = None) -> IncidentAddendum:
    """Write down what was learnt after signing.

    Args:
        session: the open transaction.
        incident_id: the incident.
        words: what was learnt.
        by: who writes it.
        report_id: the report on the child it speaks of; None when it is about the event.

    Raises:
        UserError: the incident is not signed, nothing is written, or this role may not.
    """
    roles.require(session, Right.DETAILS)
    incident = incidents.get(session, incident_id)
    if incident.signed_at is None:
        raise UserError(_("This report is not signed: change it instead."))
    if not words.strip():
        raise Invalid({"words": _("Please fill this in.")})
    addendum = IncidentAddendum(
        incident_id=incident_id, incident_child_id=report_id, words=words.strip(), by=by, at=clock.now()
    )
    session.add(addendum)
    session.flush()
    return addendum


def may_countersign(session: Session, incident: Incident) -> bool:
    """Tell whether who is working may countersign a signed incident that nobody has countersigned."""
    return roles.may(session, Right.VERIFY) and incident.signed_at is not None and incident.approved_at is None


def countersign(session: Session, incident_id: int, signature: Signature, word: str) -> Incident:
    """Let a manager say that the report was read, with a comment. Somebody else than who signed.

    Raises:
        UserError: it is not signed, countersigned already, one's own, or this role may not.
    """
    roles.require(session, Right.VERIFY)
    incident = incidents.get(session, incident_id)
    if incident.signed_at is None:
        raise UserError(_("This report is not signed yet."))
    if incident.approved_at is not None:
        raise UserError(_("{name} has counter-signed this already.").format(name=incident.approved_name))
    same_name = signature.name.casefold() == incident.signed_name.casefold()
    same_user = signature.proof is Proof.PASSWORD and signature.user == incident.signed_user
    if same_name or same_user:
        raise UserError(
            _("{name} signed the report. Somebody else has to counter-sign it.").format(name=incident.signed_name)
        )
    incident.approved_name, incident.approved_role, incident.approved_user = (
        signature.name, signature.role, signature.user,
    )  # fmt: skip
    incident.approved_at, incident.approved_word = signature.at, " ".join(word.split())[:300]
    session.flush()
    return incident


roles.guard(globals(), Right.DETAILS, {Right.VERIFY: (countersign,), Right.OFFICE: (may_countersign,)})
