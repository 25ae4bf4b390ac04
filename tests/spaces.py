"""A space with a season, families and complete papers, made through the services, for the tests of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.models.child import Child, Guardian, PickupAdult, Relation
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import children, duty, enrolments, letters, seasons, staff

MONDAY = date(2017, 7, 10)
_ISSUED = date(2017, 6, 1)
_FAMILY = ("李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴")
_GIVEN = ("小明", "美丽", "子涵", "欣怡", "浩然", "梓萱", "宇轩", "思雨")


@dataclass(frozen=True)
class Space:
    """What a test needs to know about the space it works in."""

    season: Season
    children: list[Child]
    """In the order of the sheet."""


def fill(db: Database, children: int = 3, *, groups: int = 1, today: bool = False) -> Space:
    """Open a season with children who may all be signed in; each has a mother on the pick-up list.

    Args:
        db: an empty office.
        children: how many.
        groups: how many groups of the three they are spread over, the youngest first.
        today: whether the season is running now, every day of the week, instead of in July 2017.
    """
    first = clock.today() - timedelta(days=10) if today else date(2017, 7, 3)
    with db.begin("Fill the space") as session:
        session.add(Factory(name="东莞制衣", name_latin="Dongguan Garments", country="CN", paper_languages="zh_CN,en"))
        season = Season(
            name="Summer 2017", first_day=first, last_day=first + timedelta(days=53), capacity=max(20, children)
        )
        seasons.start(session, season, country="XX" if today else "CN")
        season.weekdays = "1234567" if today else "12345"
        made = [a_child(session, season, n, 4 + 3 * (n * groups // children)) for n in range(children)]
        enrolments.papers_received(session, [c.id for c in made], on=date(2017, 7, 1), language="zh_CN")
    letters.put_up(db)
    return Space(season, made)


def an_adult(
    session: Session, name: str, role: StaffRole = StaffRole.TEACHER, group_id: int | None = None, *,
    papers: Sequence[PaperKind] = (PaperKind.BACKGROUND_CHECK, PaperKind.CODE_OF_CONDUCT, PaperKind.FIRST_AID),
    until: date | None = None,
) -> Staff:  # fmt: skip
    """Enter the file of one adult whose papers hold, at least until a day."""
    person = staff.save(session, Staff(name=name, role=role, group_id=group_id, leads=True, keyholder=True))
    for kind in papers:
        session.add(StaffPaper(staff_id=person.id, kind=kind, issued_on=_ISSUED, valid_until=until or date(2999, 1, 1)))
    session.flush()
    return person


def on_duty(db: Database, space: Space, day: date = MONDAY, *, adults: int = 2) -> list[Staff]:
    """Sign in adults who count, each the whole day with the youngest group, and sign them out."""
    with db.begin("Sign in the staff") as session:
        group = seasons.groups(session, space.season)[0]
        team = [an_adult(session, f"{_FAMILY[n]}老师", group_id=group.id) for n in range(adults)]
        for person in team:
            duty.sign_in(session, space.season, person.id, day, at=time(7))
            duty.sign_out(session, space.season, person.id, day, at=time(21))
    return team


def a_child(session: Session, season: Season, n: int, age: int = 4) -> Child:
    """Enrol one child with a mother and a grandmother who may collect; papers are still missing."""
    name = f"{_FAMILY[n % 10]}{_GIVEN[n // 10 % 8]}" + (str(n // 80 + 1) if n >= 80 else "")
    child = children.save(session, Child(name=name, birth_date=date(2017 - age, 3, 1 + n % 28)))
    mother = Guardian(name=f"{_FAMILY[(n + 3) % 10]}秀英", phone=f"138{n:08}")
    children.add_guardian(session, child, mother, Relation.MOTHER)
    session.add(PickupAdult(child_id=child.id, name="外婆", relation="grandmother", phone=f"139{n:08}"))
    enrolment = enrolments.apply(session, season, child, on=date(2017, 6, 20))
    enrolments.enrol(session, season, enrolment, child, force=True)
    return child
