"""What is missing day by day: times, signatures, sheets, adults, agreements, and days that nobody closed."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.models.child import Child, Consent, ConsentPurpose
from ccfs_desktop.models.duty import Duty
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet
from ccfs_desktop.models.staff import Staff, StaffPaper
from ccfs_desktop.models.visit import DayClose, Visit
from ccfs_desktop.services import closing, season_rules, seasons, staff_papers
from ccfs_desktop.services.closing import Gap
from ccfs_desktop.services.flaws import Flaw, Ground, Way
from ccfs_desktop.services.staff_papers import Paper, Standing

_LEFT_OUT = frozenset({"override", "all-equal"})
"""An exception carries its reason with it; equal times are looked for among the patterns."""
_ADULTS = {"ratio": "ratio", "no-staff": "duty", "staff-still-here": "duty"}
"""Kind → the place of the page Staff where it is put right."""
_AGREED = (ConsentPurpose.AGREEMENT, ConsentPurpose.DATA)
"""What must be signed before a child may come. Source: domain.md 8.4; the rest is asked for at the door."""


def of_day(ground: Ground, day: date) -> Iterator[Flaw]:
    """Return what closing the day asks for, with the words given then; a day without any visit is told as one."""
    gaps = closing.gaps(ground.session, ground.season, day)
    left_out = _LEFT_OUT if _visited(ground, day) else _LEFT_OUT | {"not-accounted"}
    by = {(n.code, n.child_id): n.by for n in closing.notes(ground.session, ground.season, day)}
    for gap in gaps:
        if gap.kind not in left_out:
            yield _of_gap(day, gap, by.get((gap.code, gap.child_id), ""))


def _visited(ground: Ground, day: date) -> bool:
    query = select(Visit.id).where(Visit.season_id == ground.season.id, Visit.day == day).limit(1)
    return ground.session.scalars(query).first() is not None


def _of_gap(day: date, gap: Gap, by: str) -> Flaw:
    key = gap.code.partition(":")[2]
    note = gap.breach.note if gap.breach else None
    page, target = _place(day, gap, key)
    return Flaw(
        gap.kind, day, gap.sentence, page, target, key=key, who=gap.name, child_id=gap.child_id, word=gap.word,
        by=note.explained_by if note else by, way=Way.RATIO if gap.breach else Way.DAY, about=gap,
        stays=bool(note and note.countersigned_by),
    )  # fmt: skip


def _place(day: date, gap: Gap, key: str) -> tuple[str, dict[str, object]]:
    if place := _ADULTS.get(gap.kind):
        staff = {"staff": int(key)} if gap.kind == "staff-still-here" else {}
        return "staff", {"place": place, "day": day, **staff}
    if gap.kind == "visitor-still-here":
        return "safety", {"place": "logs", "log": "visitors", "entry": int(key)}
    if gap.kind in ("sheet-out", "sheet-missing"):
        return "attendance", {"day": day, "sheets": True}
    return "attendance", {"day": day, "child": gap.child_id} if gap.child_id else {"day": day}


def days(ground: Ground) -> list[date]:
    """Return the days on which the space was open or something was written down."""
    season = ground.season
    found = set(seasons.open_days(ground.session, season, ground.until))
    for kind in (Visit, Duty, Sheet):
        found |= set(ground.session.scalars(select(kind.day).where(kind.season_id == season.id).distinct()))
    return sorted(day for day in found if ground.within(day))


def not_closed(ground: Ground) -> Iterator[Flaw]:
    """Return days with children that nobody closed, and open days without any record."""
    season, ask = ground.season, ground.session.scalars
    visited = set(ask(select(Visit.day).where(Visit.season_id == season.id).distinct()))
    closed = set(ask(select(DayClose.day).where(DayClose.season_id == season.id)))
    blank = set(seasons.open_days(ground.session, season)) - visited if visited else set[date]()
    for day in sorted((visited | blank) - closed):
        if not ground.within(day):
            continue
        told = _("{day} is not closed: nobody has gone through its record.")
        if day in blank:
            told = _("The space was open on {day} by its calendar, and no child is written down.")
        kind = "day-blank" if day in blank else "day-open"
        yield Flaw(kind, day, told.format(day=day), "attendance", {"day": day})


def duties(ground: Ground) -> Iterator[Flaw]:
    """Return adults' stays without a time or a signature; who was not signed out at all is told with the day."""
    query = (
        select(Duty, Staff.name)
        .join(Staff, Staff.id == Duty.staff_id)
        .where(Duty.season_id == ground.season.id, Duty.day.between(ground.first, ground.until))
        .order_by(Duty.day, Staff.sort_key, Duty.id)
    )
    for duty, name in ground.session.execute(query):
        for kind, told in _of_duty(duty):
            place = {"place": "duty", "day": duty.day, "staff": duty.staff_id}
            yield Flaw(
                kind, duty.day, told.format(name=name), "staff", place, key=str(duty.id), who=name,
                staff_id=duty.staff_id,
            )  # fmt: skip


def _of_duty(duty: Duty) -> Iterator[tuple[str, str]]:
    if duty.arrived is None:
        yield "duty-no-time", _("{name}: the time of arrival is missing.")
    elif duty.signed_out and duty.departed is None:
        yield "duty-no-time", _("{name}: the time of departure is missing.")
    if duty.unsigned_in or duty.unsigned_out:
        yield "duty-unsigned", _("{name}: did not sign on the staff sheet.")


# -------------------------------------------------------------------------------------------- papers and agreements


def papers(ground: Ground) -> Iterator[Flaw]:
    """Return adults who were on duty while a paper was missing or had run out; each paper once, with its days.

    Source: product.md 4.4 (expired = not counted), domain.md 2.4 and 2.10. The papers are those the role's file must
    have, those the season required on that day, and any that had run out.
    """
    worked = _worked(ground.session, ground.season)
    people = {p.id: p for p in ground.session.scalars(select(Staff).where(Staff.id.in_(worked)))}
    files = staff_papers.of(ground.session, worked)
    rule = season_rules.dated(ground.session, ground.season)
    for staff_id, days in worked.items():
        lacking: dict[str, list[tuple[date, Paper]]] = defaultdict(list)
        for day in days:
            for paper in _lacking(people[staff_id], files.get(staff_id, []), rule(day), day):
                lacking[paper.kind].append((day, paper))
        for stretch in lacking.values():
            if ground.within(stretch[0][0], stretch[-1][0]):
                yield _of_paper(people[staff_id], stretch)


def _worked(session: Session, season: Season) -> dict[int, list[date]]:
    query = select(Duty.staff_id, Duty.day).where(Duty.season_id == season.id).distinct().order_by(Duty.day)
    found: dict[int, list[date]] = {}
    for staff_id, day in session.execute(query):
        found.setdefault(staff_id, []).append(day)
    return found


def _lacking(person: Staff, held: list[StaffPaper], season: Season, day: date) -> list[Paper]:
    wanted = {*staff_papers.wanted(person.role), *staff_papers.required(season)}
    stand = [staff_papers.standing(held, kind, day) for kind in {*wanted, *(paper.kind for paper in held)}]
    out = [p for p in stand if p.standing is Standing.EXPIRED or (p.kind in wanted and not p.standing.holds)]
    return sorted(out, key=lambda paper: paper.kind)


def _of_paper(person: Staff, stretch: list[tuple[date, Paper]]) -> Flaw:
    (first, paper), last = stretch[0], stretch[-1][0]
    told = ngettext(
        "{name} was on duty on {first}. {paper}.",
        "{name} was on duty on {n} days from {first} to {last}. {paper}.",
        len(stretch),
    ).format(name=person.name, n=len(stretch), first=first, last=last, paper=paper.sentence)
    return Flaw(
        "paper", first, told, "staff", {"staff": person.id, "papers": True}, key=f"{person.id}-{paper.kind}",
        until=last, who=person.name, staff_id=person.id,
    )  # fmt: skip


def agreements(ground: Ground) -> Iterator[Flaw]:
    """Return children who were here before the agreement was signed, or after it was withdrawn; each once.

    Whoever was admitted by exception carries the reason in the file and is left out; so is what has no date of signing.
    Source: domain.md 8.4, A and C.
    """
    agreed = _agreed(ground)
    for child_id, (name, days) in _came(ground).items():
        without = [day for day in days if any(not agreed(child_id, purpose, day) for purpose in _AGREED)]
        if without and ground.within(without[0], without[-1]):
            lacking = [p for p in _AGREED if any(not agreed(child_id, p, day) for day in without)]
            yield _of_agreement(child_id, name, without, lacking)


def _of_agreement(child_id: int, name: str, days: list[date], lacking: list[ConsentPurpose]) -> Flaw:
    told = ngettext(
        "{name} was here on {first} without: {papers}.",
        "{name} was here on {n} days from {first} to {last} without: {papers}.",
        len(days),
    ).format(name=name, n=len(days), first=days[0], last=days[-1], papers=listed(_(p.word) for p in lacking))
    return Flaw(
        "agreement", days[0], told, "children", {"child": child_id}, until=days[-1], who=name, child_id=child_id
    )  # fmt: skip


def _came(ground: Ground) -> dict[int, tuple[str, list[date]]]:
    """Return child → name and days it was here, of those who were not admitted by exception."""
    query = (
        select(Child.id, Child.name, Visit.day)
        .join(Visit, Visit.child_id == Child.id)
        .join(Enrolment, (Enrolment.child_id == Child.id) & (Enrolment.season_id == Visit.season_id))
        .where(Visit.season_id == ground.season.id, Visit.day <= ground.until, Enrolment.override_by == "")
        .distinct()
        .order_by(Visit.day, Child.id)
    )
    found: dict[int, tuple[str, list[date]]] = {}
    for child_id, name, day in ground.session.execute(query):
        found.setdefault(child_id, (name, []))[1].append(day)
    return found


def _agreed(ground: Ground) -> Callable[[int, ConsentPurpose, date], bool]:
    """Return the question whether something was agreed for a child on a day: given, signed by then, not withdrawn."""
    ended = select(func.max(Season.last_day)).where(Season.last_day < ground.season.first_day)
    before = ground.session.scalar(ended) or date.min
    held: dict[tuple[int, str], list[Consent]] = defaultdict(list)
    for consent in ground.session.scalars(select(Consent).where(Consent.purpose.in_(_AGREED), Consent.given)):
        held[consent.child_id, consent.purpose].append(consent)

    def holds(consent: Consent, day: date) -> bool:
        signed = consent.signed_on
        standing = consent.withdrawn_on is None or consent.withdrawn_on > day
        return standing and (signed is None or before < signed <= day)

    return lambda child_id, purpose, day: any(holds(c, day) for c in held[child_id, purpose])
