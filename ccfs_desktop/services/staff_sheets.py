"""The numbered sheet on which the adults of a day sign in and out, and their badges."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetKind, SheetStatus
from ccfs_desktop.models.staff import StaffPhoto
from ccfs_desktop.services import badges, duty_day, roles, searching, seasons, sheet_codes, staff, times
from ccfs_desktop.services.duty_day import Row, State
from ccfs_desktop.services.papers import Badge, BadgeSheet, Letterhead, StaffRow, StaffSignIn
from ccfs_desktop.services.roles import Right


def sign_in_sheet(
    session: Session, season: Season, day: date, head: Letterhead, *, site_key: bytes
) -> tuple[Sheet, StaffSignIn]:
    """Number a new staff sheet of a day, or find the one printed before when nothing has changed since.

    A sheet whose people, languages or published roster changed gets a new number; the earlier one stays out until it
    is back or voided.

    Args:
        session: the open transaction.
        season: the season.
        day: the day.
        head: the paper's head.
        site_key: this office's own key, for the code on the page.

    Returns:
        The numbered sheet (``SheetFile`` exists when it was printed before), and what it shows.

    Raises:
        UserError: the space is closed that day.
    """
    if closed := seasons.why_closed(session, season, day):
        raise UserError(closed)
    rows = on_paper(session, season, day)
    printed = ",".join(str(row.staff_id) for row in rows)
    languages = ",".join(head.languages)
    earlier = _earlier(session, season, day)
    roster = duty_day.published(session, season, day)
    sheet = next(
        (
            s
            for s in earlier
            if (s.rows, s.languages) == (printed, languages) and s.status is not SheetStatus.VOIDED
            and not (roster and roster.published_at.replace(second=0) > s.printed_at)
        ),
        None,
    )  # fmt: skip
    if sheet:
        sheet.copies += 1
    else:
        sheet = Sheet(
            code=sheet_codes.new_sheet_code(), day=day, season_id=season.id, kind=SheetKind.STAFF,
            layout=SheetLayout.FULL, languages=languages, revision=len(earlier), rows=printed,
            printed_at=head.printed_at, printed_by=head.printed_by,
        )  # fmt: skip
        session.add(sheet)
    session.flush()
    with i18n.use(head.languages[0]):
        lines = tuple(_line(row) for row in rows)
    return sheet, StaffSignIn(
        head, day, lines, code=sheet.code, revision=sheet.revision, copy=sheet.copies, site_key=site_key
    )


def on_paper(session: Session, season: Season, day: date) -> list[Row]:
    """Return who stands on the sheet of a day: whoever is expected or was there."""
    return [row for row in duty_day.read(session, season, day) if row.state not in (State.AWAY, State.NOT_PLANNED)]


def staff_badges(session: Session, season: Season, head: Letterhead, day: date, *, name: str = "") -> BadgeSheet:
    """Return the badges of the staff, or of one person.

    Raises:
        UserError: nobody is called so, or nobody is on the staff list.
    """
    wanted = searching.fold(name)
    people = [p for p in staff.everybody(session, day=day) if not wanted or searching.fold(p.name) == wanted]
    if not people:
        raise UserError(
            _("Nobody called “{name}” works here.").format(name=name) if name
            else _("Nobody is on the staff list yet. Add people in Staff, Staff files.")
        )  # fmt: skip
    groups = {g.id: g.name for g in seasons.groups(session, season)}
    query = select(StaffPhoto).where(StaffPhoto.staff_id.in_([p.id for p in people]))
    photos = {photo.staff_id: photo.jpeg for photo in session.scalars(query)}
    with i18n.use(head.languages[0]):
        return BadgeSheet(
            head,
            tuple(
                Badge(
                    name=p.name,
                    name_latin=p.name_latin,
                    group=" · ".join(part for part in (_(p.role.word), groups.get(p.group_id or 0, "")) if part),
                    code=badges.staff_code(p.id),
                    photo=photos.get(p.id),
                )
                for p in people
            ),
        )


def _earlier(session: Session, season: Season, day: date) -> list[Sheet]:
    query = select(Sheet).where(Sheet.season_id == season.id, Sheet.day == day, Sheet.kind == SheetKind.STAFF)
    return list(session.scalars(query.order_by(Sheet.id)))


def _line(row: Row) -> StaffRow:
    return StaffRow(
        name=row.name,
        role=_(row.role.word),
        group=row.group,
        planned_in=times.moment(row.planned[0].span.start) if row.planned else None,
        planned_out=times.moment(row.planned[-1].span.end) if row.planned else None,
        counted=row.counting.percent > 0,
    )


roles.guard(globals(), Right.PLAN, {Right.ROSTER: (on_paper,), Right.STAFF: (staff_badges,)})
