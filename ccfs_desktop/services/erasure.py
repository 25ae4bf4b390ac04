"""Erasing what is known about one child: looked at before, approved by a second person, done in one transaction.

The chain of the trail stays whole, since it holds only commitments to what is erased; what remains of each record is
stated anew, so that it can be verified again. Source: security.md 3.1, 5 and 5.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock, i18n, vault
from ccfs_desktop.db import Database
from ccfs_desktop.db.trail import forget
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.document import Document
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.incident import IncidentChild
from ccfs_desktop.models.protection import WHOLE, Disposal, Grounds
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import disposals, erasure_plan, erasure_traces, offices, retention, roles, statistics
from ccfs_desktop.services.erasure_plan import ALL, MARK, Part, Plan, Stay
from ccfs_desktop.services.erasure_traces import Mention
from ccfs_desktop.services.roles import Right
from ccfs_desktop.vault.keys import fold

APPROVERS = frozenset({"officer", "coordinator", "manager", "administrator"})
"""Roles of which somebody may approve an erasure. Source: security.md 2.3 (a second person); which ones is ours."""
_ERASED = N_("Erased no. {n}")


@dataclass(frozen=True)
class Preview:
    """What erasing would do, shown before it is done."""

    child_id: int
    name: str
    subject: str
    """Number and season."""
    goes: dict[str, int]
    """What, marked with ``N_`` → how many."""
    stays: tuple[Stay, ...]
    documents: tuple[str, ...]
    """Numbers of issued documents that name the child: their files are erased too."""
    mentions: int
    """Other records in whose free text the full name stands: a dash takes its place."""
    blocked: str
    """Why it cannot be done now, translated; empty when it can."""
    by_hand: tuple[str, ...]
    """What no program can do, as sentences, translated."""


@dataclass(frozen=True)
class Done:
    """An erasure that was done."""

    disposal: Disposal
    settled: bool
    """Whether the log beside the file is empty already; else it will be when the office is next closed or opened."""


@dataclass(frozen=True)
class Known:
    """What was found out before the transaction."""

    named: tuple[Document, ...]
    """Issued documents that name the child …"""
    last: int
    """… among those up to this serial number."""


@dataclass(frozen=True)
class Because:
    """Why something is erased, and who approved it."""

    grounds: Grounds
    reason: str
    """In words; needed unless its time is over. Names nobody."""
    approved_by: str
    """As :func:`approve` returned it."""


def preview(session: Session, child_id: int, parts: frozenset[Part] = ALL, *, on: date | None = None) -> Preview:
    """Return what erasing would do to the records of one child.

    Args:
        session: an open session.
        child_id: the child.
        parts: what is to be erased.
        on: today.

    Raises:
        UserError: the child is gone, or the role may not.
    """
    day = on or clock.today()
    plan = erasure_plan.find(session, child_id, day, parts)
    named = erasure_traces.documents(session, plan.child) if Part.FILE in parts else []
    return Preview(
        child_id, plan.child.name, plan.subject, plan.counts(), tuple(plan.stays),
        tuple(one.number for one in named), len(_mentions(session, plan)),
        blocked(session, plan.child, day, parts),
        tuple(_by_hand(session, plan)),
    )  # fmt: skip


def blocked(session: Session, child: Child, on: date, parts: frozenset[Part] = ALL) -> str:
    """Say why a child's data cannot be erased now; nothing when it can."""
    if child.erased_on and Part.FILE in parts:
        return _("This child's data was erased on {day}.").format(day=child.erased_on)
    if reason := retention.held(session, [child.id]).get(child.id):
        return _("It must be kept for the time being: {reason} Release the legal hold first.").format(reason=reason)
    here = select(Visit.id).where(Visit.child_id == child.id, Visit.day == on, Visit.signed_out.is_(False))
    if session.scalars(here).first():
        return _("The child is in the space now. Sign it out first.")
    return ""


def approve(db: Database, user: str, password: str, *, argon: vault.Argon = vault.STANDARD) -> str:
    """Check that a second person is here and approves. Takes a second: call it on the worker thread.

    Returns:
        The name as it goes on record.

    Raises:
        Invalid: it is the same person, or one whose role may not approve.
        UserError: user or password is wrong, or the office has no key file.
    """
    check_other(db, user)
    if db.folder is not None and not offices.is_demo(db.folder):
        known = {fold(one.name): one.role for one in vault.Vault.load(db.folder / offices.VAULT, argon=argon).users}
        if known.get(fold(user), "officer") not in APPROVERS:
            raise Invalid({"approver": _("This role may not approve an erasure. Ask a coordinator or a manager.")})
    return offices.vouch(db, user, password, argon=argon)


def check_other(db: Database, user: str) -> None:
    """Refuse that somebody approves the own erasure.

    Raises:
        Invalid: no name, or the own one.
    """
    if not user.strip():
        raise Invalid({"approver": _("Write who approves it: somebody else than you.")})
    if fold(user) == fold(db.actor.user):
        raise Invalid({"approver": _("You cannot approve what you erase yourself. Ask somebody else.")})


def erase(
    db: Database, child_id: int, because: Because, parts: frozenset[Part] = ALL, *, second: Path | None = None,
    on: date | None = None,
) -> Done:  # fmt: skip
    """Erase what is known about one child: all of it is done, or nothing.

    Args:
        db: the office.
        child_id: the child.
        because: why, and who approved it.
        parts: what is erased.
        second: the folder with copies on a second medium, to name those that still hold the data.
        on: today.

    Raises:
        Invalid: no reason, a name in it, or the same person approved it.
        UserError: it must be kept, the child is here now, the role may not.
    """
    check_other(db, because.approved_by)
    day = on or clock.today()
    copies = disposals.copies_of(db, second)
    known = _read_before(db, child_id, parts)
    with db.begin(N_("Erase a child's data"), final=True) as session:
        roles.require(session, Right.DATA)
        plan = erasure_plan.find(session, child_id, day, parts)
        if why := blocked(session, plan.child, day, parts):
            raise UserError(why)
        disposals.check_reason(because.grounds, because.reason, erasure_traces.names_of(plan.child))
        disposal = _carry_out(db, session, plan, because, day, copies, known)
    return Done(disposal, db.settle())


# --------------------------------------------------------------------------------------------------------------- inside
def _read_before(db: Database, child_id: int, parts: frozenset[Part]) -> Known:
    """Read the documents that were issued before anything is locked: there may be hundreds of pages."""
    if Part.FILE not in parts:
        return Known((), 0)
    with db.read() as session:
        child = erasure_plan.find(session, child_id, clock.today(), frozenset()).child
        last = session.scalars(select(func.max(Document.serial))).one() or 0
        return Known(tuple(erasure_traces.documents(session, child)), last)


def _carry_out(
    db: Database, session: Session, plan: Plan, because: Because, day: date, copies: disposals.Copies, known: Known
) -> Disposal:
    child, whole = plan.child, Part.FILE in plan.parts
    named = [*known.named, *erasure_traces.documents(session, child, known.last)] if whole else []
    mentions = _mentions(session, plan)
    touched = [record for record, _fate in (*plan.deletes, *plan.blanks)]
    own = [child] if plan.parts & {Part.FILE, Part.HEALTH} else []  # of a photo the child's own record tells nothing
    keys = [erasure_traces.key_of(record) for record in (*own, *touched, *(one.record for one in mentions))]
    doomed = erasure_traces.entries_naming(session, child) if whole else set[int]()
    kept_name = child.name if plan.kept_until else None
    _tally(session, child, whole=whole)
    _leave(session, child, day, whole=whole)
    _write(session, plan, mentions, named, day)
    about = _about(session, plan, keys, whole=whole) | _drop_sealed_name(session, plan)
    forget_and_restate(db, session, doomed | about)
    counts = plan.counts() | ({N_("Free text with the name"): len(mentions)} if mentions else {})
    return disposals.enter(
        session, WHOLE if plan.parts == ALL else "+".join(sorted(plan.parts)), plan.subject, because.grounds,
        because.reason, because.approved_by, counts, copies,
        child_id=child.id, stays=plan.stays, documents=[one.number for one in named],
        kept=(kept_name, plan.kept_until) if whole else (None, None), day=day,
    )  # fmt: skip


def _about(session: Session, plan: Plan, keys: Sequence[erasure_traces.Key], *, whole: bool) -> set[int]:
    """Return the entries about what was erased, those that this erasure has just written too."""
    if whole:
        kept = _kept_reports(session, plan)
        about = erasure_traces.entries_about(session, plan.child.id, keys)
        return about - set(erasure_traces.numbers(session, kept))
    tables = {kind.__tablename__ for kind, fate in erasure_plan.FATES.items() if fate.part in plan.parts}
    once = {key for key in erasure_traces.once(session, "child_id", plan.child.id) if key[0] in tables}
    return set(erasure_traces.numbers(session, {*keys, *once}))


def _drop_sealed_name(session: Session, plan: Plan) -> set[int]:
    """The name that was sealed for the reports goes with the last of them; return the entries that said it."""
    if Part.INCIDENT not in plan.parts or plan.kept_until:
        return set()
    held = [one for one in disposals.of_child(session, plan.child.id) if one.kept_name is not None]
    for one in held:
        one.kept_name = None
    session.flush()
    return set(erasure_traces.numbers(session, [erasure_traces.key_of(one) for one in held]))


def _kept_reports(session: Session, plan: Plan) -> list[erasure_traces.Key]:
    """Reports that must be kept stay as they are, with what the trail says about them: their text is sealed."""
    gone = {erasure_traces.key_of(record) for record, _fate in (*plan.deletes, *plan.blanks)}
    mine = session.scalars(select(IncidentChild.id).where(IncidentChild.child_id == plan.child.id))
    return [("incident_child", number) for number in mine if ("incident_child", number) not in gone]


def forget_and_restate(db: Database, session: Session, entries: set[int]) -> None:
    """Erase what some entries say, and state anew what remains of the records they are about.

    Args:
        db: the office.
        session: the open transaction; everything of it is flushed before.
        entries: numbers of entries.
    """
    session.flush()
    numbers = sorted(entries)
    for start in range(0, len(numbers), 500):
        forget(session, numbers[start : start + 500])
    db.restate(session, erasure_traces.records_of(session, numbers))


def _write(session: Session, plan: Plan, mentions: Sequence[Mention], named: Sequence[Document], day: date) -> None:
    """Delete and empty the records, those that depend on others first."""
    kinds = list(dict.fromkeys(type(record) for record, _noun in plan.deletes))
    for kind in kinds:
        for record, _noun in plan.deletes:
            if type(record) is kind:
                session.delete(record)
        session.flush()
    for kept in erasure_traces.files_of(session, named):
        session.delete(kept)
    for record, fate in plan.blanks:
        erasure_plan.blanked(record, fate)
    for one in mentions:
        text = erasure_traces.without_name(getattr(one.record, one.column), plan.child, MARK)
        setattr(one.record, one.column, text)
    _blank_child(session, plan, day)
    session.flush()


def _blank_child(session: Session, plan: Plan, day: date) -> None:
    child = plan.child
    if Part.FILE in plan.parts:
        with i18n.use(offices.factory(session).languages[0]):
            erasure_plan.blank_child(session, child, _(_ERASED).format(n=child.id), day)
        return
    if Part.HEALTH in plan.parts:
        erasure_plan.blank_health(child)
    if Part.PHOTO in plan.parts:
        child.has_photo = False


def _leave(session: Session, child: Child, day: date, *, whole: bool) -> None:
    """A child that is erased has no place any more: it is expected no longer, what was expected stays counted."""
    query = select(Enrolment).where(Enrolment.child_id == child.id)
    for place in session.scalars(query) if whole else ():
        season = session.get_one(Season, place.season_id)
        if place.status is Status.ENROLLED and season.last_day >= day:
            place.status, place.last_day = Status.LEFT, min(day, place.last_day or day)
        elif place.status in (Status.APPLIED, Status.WAITING):
            place.status = Status.DECLINED


def _tally(session: Session, child: Child, *, whole: bool) -> None:
    """Note what can no longer be counted once the links to the parents are gone."""
    if whole:
        statistics.keep_parents(session, child.id)


def _mentions(session: Session, plan: Plan) -> list[Mention]:
    if Part.FILE not in plan.parts:
        return []
    return erasure_traces.mentions(
        session, plan.child, [record for record, _fate in (*plan.deletes, *plan.blanks)]
    )  # fmt: skip


def _by_hand(session: Session, plan: Plan) -> list[str]:
    """Say what no program can do."""
    if Part.FILE not in plan.parts:
        return []
    said = [
        _("Paper: enrolment form, consents, signed day sheets and badges in the folders still name the child."),
        _("Free text that calls the child otherwise than by its full name cannot be found by the program."),
    ]
    if carried := erasure_traces.carried(session, plan.child):
        said.append(
            _("People whose own entry holds the child's name, such as a sister's contact: {n}. Change these by hand.")
            .format(n=carried)
        )  # fmt: skip
    if erasure_traces.shared_names(session, plan.child):
        said.append(
            _("Somebody else has the same name: free text that says it is left as it is. Look through it yourself.")
        )
    return said


roles.guard(globals(), Right.DATA, {})
