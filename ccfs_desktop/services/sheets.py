"""The day's papers: numbered sheets out and back, and what they show."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ccfs_desktop import __version__, clock, i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.child import CarePlan, Child, Contact, Guardian, Guardianship, Photo, PickupAdult
from ccfs_desktop.models.factory import Factory, SheetLayout
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.models.sheet import Sheet, SheetFile, SheetKind, SheetStatus
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import present, register, roles, seasons, sheet_codes
from ccfs_desktop.services.papers import (
    Adult,
    DaySheet,
    EmergencyList,
    EmergencyRow,
    Letterhead,
    OtherHere,
    SheetRow,
    VisitorLog,
)
from ccfs_desktop.services.present import Present
from ccfs_desktop.services.register import Row
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class Account:
    """Where the sheets of a day or a season are: printed = returned + voided + missing + still out."""

    printed: int
    returned: int
    voided: int
    missing: int
    out: int


def letterhead(factory: Factory, season: Season, *, by: str, languages: Sequence[str] = ()) -> Letterhead:
    """Return the head of a paper.

    Args:
        factory: whose paper it is.
        season: the season.
        by: who prints.
        languages: other than the factory's own choice.
    """
    return Letterhead(
        factory=factory.name,
        factory_latin=factory.name_latin,
        space=factory.space,
        season=season.name,
        printed_at=clock.now().replace(second=0, microsecond=0),
        printed_by=by,
        program_version=__version__,
        languages=tuple(languages) or factory.languages,
    )


def day_sheet(
    session: Session, season: Season, day: date, group: Group | None, head: Letterhead, *, layout: SheetLayout,
    site_key: bytes,
) -> tuple[Sheet, DaySheet]:  # fmt: skip
    """Number a new day sheet of one group, or find the one printed before when nothing has changed since.

    A sheet whose list, layout or languages changed gets a new number; the earlier one stays out until it is back or
    voided.

    Returns:
        The numbered sheet (``SheetFile`` exists when it was printed before), and what it shows.

    Raises:
        UserError: no child is expected.
    """
    rows = [r for r in register.read(session, season, day, group_id=group.id if group else None) if _on_sheet(r, group)]
    if not rows:
        raise UserError(
            _("No child is expected in {group} on {day}.").format(group=group.name if group else "", day=day)
        )
    printed = ",".join(str(r.enrolment_id) for r in rows)
    languages = ",".join(head.languages)
    earlier = _earlier(session, season, day, group)
    same = next(
        (
            s
            for s in earlier
            if (s.rows, s.languages, s.layout) == (printed, languages, layout) and s.status is not SheetStatus.VOIDED
        ),
        None,
    )
    if same:
        same.copies += 1
        sheet = same
    else:
        sheet = Sheet(
            code=sheet_codes.new_sheet_code(), day=day, season_id=season.id, group_id=group.id if group else None,
            group_name=group.name if group else "", layout=layout, languages=languages, revision=len(earlier),
            rows=printed, printed_at=head.printed_at, printed_by=head.printed_by,
        )  # fmt: skip
        session.add(sheet)
    session.flush()
    return sheet, _show(session, season, sheet, group, rows, head, site_key)


def _on_sheet(row: Row, group: Group | None) -> bool:
    """Who does not come today is left off; a planned absence stays on, as the family may come all the same."""
    return (row.expected or bool(row.visits)) and (group is not None or row.group_id is None)


def _earlier(session: Session, season: Season, day: date, group: Group | None) -> list[Sheet]:
    query = select(Sheet).where(
        Sheet.season_id == season.id, Sheet.day == day, Sheet.kind == SheetKind.CHILDREN,
        Sheet.group_id == (group.id if group else None),
    )  # fmt: skip
    return list(session.scalars(query.order_by(Sheet.id)))


def _show(
    session: Session, season: Season, sheet: Sheet, group: Group | None, rows: Sequence[Row], head: Letterhead,
    site_key: bytes,
) -> DaySheet:  # fmt: skip
    hours = seasons.hours(session, season)
    return DaySheet(
        letterhead=head,
        day=sheet.day,
        group=sheet.group_name,
        opens=hours.opens,
        closes=hours.closes,
        capacity=group.size if group else season.capacity,
        code=sheet.code,
        layout=sheet.layout.value,  # pyright: ignore[reportArgumentType]
        revision=sheet.revision,
        copy=sheet.copies,
        site_key=site_key,
        rows=tuple(
            SheetRow(r.enrolment_id, n, r.name, r.name_latin, r.age, r.number, r.alerts, r.expected)
            for n, r in enumerate(rows, 1)
        ),
        staff=tuple(s.name for s in on_duty(session, sheet.day)),
    )


def keep(session: Session, sheet: Sheet, pdf: bytes, pages: int) -> None:
    """Keep a sheet's PDF as it is printed; a reprint is the same bytes."""
    sheet.pages = pages
    session.add(SheetFile(sheet_id=sheet.id, pdf=pdf))
    session.flush()


def kept(session: Session, sheet: Sheet) -> bytes | None:
    """Return the PDF of a sheet as it was printed; None when it has not been."""
    return session.scalars(select(SheetFile.pdf).where(SheetFile.sheet_id == sheet.id)).first()


def groups_on_paper(session: Session, season: Season, day: date, *, name: str = "") -> list[Group | None]:
    """Return the groups with children on a day, in order; None stands for children without a group.

    Raises:
        UserError: the day is closed, nobody is expected, or the group named does not exist.
    """
    closed = seasons.why_closed(session, season, day)
    if closed:
        raise UserError(closed)
    every = seasons.groups(session, season)
    if name:
        found = [g for g in every if g.name.casefold() == name.casefold()]
        if not found:
            raise UserError(
                _("There is no group “{name}”. The groups are: {groups}.").format(
                    name=name, groups=listed(g.name for g in every)
                )
            )
        return list(found)
    rows = register.read(session, season, day)
    filled: list[Group | None] = [
        g for g in (*every, None) if any(_on_sheet(r, g) and r.group_id == (g.id if g else None) for r in rows)
    ]
    if not filled:
        raise UserError(_("No child is expected on {day}. Enrol children, or check their first days.").format(day=day))
    return filled


def find(session: Session, code: str) -> Sheet:
    """Return a numbered sheet.

    Args:
        session: an open session.
        code: its number, as typed or scanned.

    Raises:
        UserError: no such sheet.
    """
    sheet = session.scalars(select(Sheet).where(Sheet.code == sheet_codes.typed(code))).first()
    if sheet is None:
        raise UserError(_("No sheet {code} was printed here.").format(code=code))
    return sheet


def whose(sheet: Sheet) -> str:
    """Say in words who signs on a sheet: the group's children, or the staff."""
    return _(sheet.kind.word) if sheet.kind is SheetKind.STAFF else sheet.group_name


def take_in_hand(session: Session, code: str, *, on: date) -> tuple[Sheet, bool]:
    """Find a sheet that is to be typed from: whoever has it in hand has it back.

    Args:
        session: the open transaction.
        code: its number, as typed or scanned.
        on: today.

    Returns:
        The sheet, and whether it was out until now.

    Raises:
        UserError: no such sheet, or it was voided.
    """
    sheet = find(session, code)
    if sheet.status is SheetStatus.VOIDED:
        raise UserError(_("Sheet {code} was voided: {note}. Type from the one that replaced it.").format(
            code=sheet_codes.written(sheet.code), note=sheet.note
        ))  # fmt: skip
    out = sheet.status is not SheetStatus.RETURNED
    if out:
        settle(session, sheet.code, SheetStatus.RETURNED, on=on)
    return sheet, out


def settle(session: Session, code: str, status: SheetStatus, *, on: date, note: str = "") -> Sheet:
    """Note what became of a numbered sheet.

    Args:
        session: the open transaction.
        code: its number, as typed or scanned.
        status: returned, voided or missing; printed puts it out again.
        on: the day it came back.
        note: needed for voided and missing.

    Raises:
        UserError: no such sheet, or no word on why it is voided or missing.
    """
    sheet = find(session, code)
    if status in {SheetStatus.VOIDED, SheetStatus.MISSING} and not note.strip():
        raise UserError(_("Write what became of sheet {code}.").format(code=sheet.code))
    sheet.status, sheet.note = status, note.strip()
    sheet.settled_on = None if status is SheetStatus.PRINTED else on
    session.flush()
    return sheet


def reprinted(session: Session, sheet_id: int) -> Sheet:
    """Count one more copy of a sheet; its number and its bytes stay the same."""
    sheet = session.get_one(Sheet, sheet_id)
    sheet.copies += 1
    session.flush()
    return sheet


def account(session: Session, season: Season, day: date | None = None) -> Account:
    """Count sheets by where they are, on one day or in the whole season."""
    query = select(Sheet.status).where(Sheet.season_id == season.id)
    every = list(session.scalars(query.where(Sheet.day == day) if day else query))
    return Account(
        printed=len(every),
        returned=every.count(SheetStatus.RETURNED),
        voided=every.count(SheetStatus.VOIDED),
        missing=every.count(SheetStatus.MISSING),
        out=every.count(SheetStatus.PRINTED),
    )


def of_season(session: Session, season: Season, day: date | None = None) -> list[Sheet]:
    """Return the numbered sheets, newest first."""
    query = select(Sheet).where(Sheet.season_id == season.id).order_by(Sheet.day.desc(), Sheet.id.desc())
    return list(session.scalars(query.where(Sheet.day == day) if day else query))


def of_child(of_day: Iterable[Sheet], place_id: int, typed: Collection[str]) -> tuple[Sheet, ...]:
    """Return the sheets on which a child was signed in and out on a day.

    Args:
        of_day: the numbered sheets of the day.
        place_id: of the child's enrolment.
        typed: numbers of the sheets its visits were typed from; without one, those on which it was listed count.
    """
    if typed:
        return tuple(sheet for sheet in of_day if sheet.code in typed)
    return tuple(
        sheet for sheet in of_day
        if sheet.kind is SheetKind.CHILDREN and sheet.status is not SheetStatus.VOIDED
        and str(place_id) in sheet.rows.split(",")
    )  # fmt: skip


def are_lost(found: Sequence[Sheet]) -> bool:
    """Tell whether none of the sheets of a child has come back, so that no signature can be shown."""
    return bool(found) and not any(sheet.status is SheetStatus.RETURNED for sheet in found)


def on_duty(session: Session, day: date) -> list[Staff]:
    """Return the staff who usually work on a day."""
    query = select(Staff).where((Staff.ended_on.is_(None)) | (Staff.ended_on >= day)).order_by(Staff.sort_key)
    return [s for s in session.scalars(query) if not s.weekdays or str(day.isoweekday()) in s.weekdays]


def visitor_log(day: date, head: Letterhead) -> VisitorLog:
    """Return the day's empty visitor log."""
    return VisitorLog(head, day)


def emergency_list(
    session: Session, season: Season, day: date, head: Letterhead, *, here: bool = False
) -> EmergencyList:
    """Return the list for the clipboard by the door.

    Args:
        session: an open session.
        season: the season.
        day: the day.
        head: the paper's head.
        here: only who is in the space now, for an evacuation, with the adults on duty and the visitors.

    Source: domain.md 8.2 and 8.10.
    """
    there = present.read(session, season, day) if here else None
    rows = there.children if there else [r for r in register.read(session, season, day) if r.expected or r.visits]
    ids = [r.child_id for r in rows]
    with i18n.use(head.languages[0]):
        families = _families(session, ids)
    contacts = _contacts(session, ids)
    plans = {p.child_id: p for p in session.scalars(select(CarePlan).where(CarePlan.child_id.in_(ids)))}
    photos = {p.child_id: p.jpeg for p in session.scalars(select(Photo).where(Photo.child_id.in_(ids)))}
    alerts = {c.id: c.alert for c in session.scalars(select(Child).where(Child.id.in_(ids)))}
    banned = _banned(session, ids)
    return EmergencyList(
        head,
        day,
        tuple(
            EmergencyRow(
                name=r.name,
                name_latin=r.name_latin,
                age=r.age,
                number=r.number,
                group=r.group,
                photo=photos.get(r.child_id),
                parents=tuple(families.get(r.child_id, ())),
                contacts=tuple(contacts.get(r.child_id, ())),
                alerts=r.alerts,
                health=_health(alerts.get(r.child_id, ""), plans.get(r.child_id)),
                doctor=(plans[r.child_id].doctor or "") if r.child_id in plans else "",
                restriction=listed(banned.get(r.child_id, ())),
            )
            for r in rows
        ),
        _others(there) if there else None,
    )


def _others(there: Present) -> tuple[OtherHere, ...]:
    staff = [
        OtherHere(row.name, row.role.word, visitor=False, since=row.open_stay.duty.arrived if row.open_stay else None)
        for row in there.adults
    ]
    guests = [OtherHere(v.name, v.organisation, visitor=True, since=v.came, host=v.host) for v in there.visitors]
    return (*staff, *guests)


def _health(alert: str, plan: CarePlan | None) -> str:
    """The alert everyone may see, and the plan for those whose key opens it."""
    told = (alert, plan.conditions, plan.medicine, plan.plan) if plan else (alert,)
    return "; ".join(dict.fromkeys(t for t in told if t))


def _families(session: Session, ids: Sequence[int]) -> dict[int, list[Adult]]:
    query = (
        select(Guardianship)
        .options(joinedload(Guardianship.guardian).joinedload(Guardian.worker))
        .where(Guardianship.child_id.in_(ids))
        .order_by(Guardianship.id)
    )
    families: dict[int, list[Adult]] = {}
    for link in session.scalars(query):
        guardian, worker = link.guardian, link.guardian.worker
        place = " ".join(p for p in (worker.department, worker.line) if p) if worker else ""
        phones = tuple(p for p in (guardian.phone, guardian.phone2) if p)
        families.setdefault(link.child_id, []).append(Adult(guardian.name, _(link.relation.word), place, phones))
    return families


def _contacts(session: Session, ids: Sequence[int]) -> dict[int, list[Adult]]:
    found: dict[int, list[Adult]] = {}
    for c in session.scalars(select(Contact).where(Contact.child_id.in_(ids)).order_by(Contact.rank)):
        found.setdefault(c.child_id, []).append(Adult(c.name, c.relation, "", (c.phone,) if c.phone else ()))
    return found


def _banned(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    banned: dict[int, list[str]] = {}
    for p in session.scalars(select(PickupAdult).where(PickupAdult.child_id.in_(ids), PickupAdult.forbidden)):
        banned.setdefault(p.child_id, []).append(p.name)
    return banned


roles.guard(
    globals(),
    Right.ATTENDANCE,
    {
        Right.NAMES: (kept, reprinted),
        Right.REGISTER: (groups_on_paper, find, account, of_season, on_duty, emergency_list),
    },
)
