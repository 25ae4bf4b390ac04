"""The made-up days: sheets out and back, arrivals, absences, what went wrong, and the evening's closing."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.models.season import Group
from ccfs_desktop.models.sheet import Sheet, SheetKind, SheetStatus
from ccfs_desktop.models.visit import Absence, AbsenceReason, Correction, DayClose, DayNote, Visit
from ccfs_desktop.services import closing, present, seasons, sheet_codes
from ccfs_desktop.services.demo import duties
from ccfs_desktop.services.demo.scene import NOT_READY, PLACED, Kid, Scene
from ccfs_desktop.services.demo.visits import Doors, absences

# What goes wrong, and on which day counted back from today's morning.
_STILL_OPEN, _CORRECTED, _LATE_PICK_UP, _UNSIGNED, _NO_TIME = -1, -3, -4, -6, -8
_MISSING, _VOIDED, _TYPED_LATER = -9, -12, -14
_ROWS_ON_A_PAGE, _STAFF_ON_A_PAGE, _SPARE_ROWS = 20, 14, 4
_PRINTED, _CLOSED = time(7, 5), time(17, 48)
_ALIKE = 5
"""On the first days the day was closed at the very same minute: an auditor would ask."""
_NOW = 42
"""Minutes after opening at which today stands still."""


class Diary:
    """Keeps the season day by day."""

    def __init__(self, scene: Scene, kids: list[Kid]) -> None:
        """Draw who stays away when; the children whose papers are missing have not come yet."""
        self._scene = scene
        self._placed = kids[:PLACED]
        self._coming = kids[: PLACED - NOT_READY]
        with scene.db.read() as session:
            self._hours = seasons.hours(session, scene.season)
        dice = scene.random("absences")
        self._absences = [a for kid in self._coming for a in absences(scene, dice, kid)]
        self._codes = scene.random("sheets")
        self._crews = duties.Crews(scene, kids)

    # -- a day that is over -------------------------------------------------------------------------------------------

    def keep(self, n: int) -> None:
        """Write one past day: its sheets, its visits, its closing."""
        past = self._scene.past
        day, back = past[n], n - len(past)
        printed = self._print(day)
        if back == _VOIDED:
            printed += self._print(day, revision=1)[:1]
        visits = self._visits(day)
        notes = self._go_wrong(back, day, visits)
        stays = self._crews.past(day, back, visits)
        self._type(visits, stays, printed, late=back == _TYPED_LATER)
        with self._scene.db.begin(N_("Enter arrivals and departures")) as session:
            self._scene.db.insert_many(session, [a for a in self._absences if a.first_day == day])
            self._scene.db.insert_many(session, visits)
            self._enter(session, stays)
            if note := self._crews.note(session, day, back):
                self._scene.db.insert_many(session, [note])
        with self._scene.db.begin(
            N_("Take the sheets back") if back == _STILL_OPEN else N_("Close the day")
        ) as session:
            self._settle(session, day, back)
            if back != _STILL_OPEN:
                self._close(session, day, visits, notes)
        if back == _CORRECTED:
            self._correct(day, visits)

    def _enter(self, session: Session, stays: list[duties.Stay]) -> None:
        """Enter the adults' stays, then their breaks and errands."""
        self._scene.db.insert_many(session, [stay.duty for stay in stays])
        self._scene.db.insert_many(session, list(duties.parts(stays)))

    def _print(self, day: date, revision: int = 0) -> list[Sheet]:
        """Number the sheets of all groups and put them out."""
        scene = self._scene
        printed = [
            Sheet(
                code=sheet_codes.new_sheet_code(self._codes.getrandbits),
                day=day,
                season_id=scene.season.id,
                group_id=group.id,
                group_name=group.name,
                layout=scene.factory.sheet_layout,
                languages=",".join(scene.factory.languages),
                pages=-(-len(rows) // _ROWS_ON_A_PAGE),
                revision=revision,
                rows=",".join(str(kid.enrolment.id) for kid in rows),
                printed_at=datetime.combine(day, _PRINTED) + timedelta(minutes=revision * 25),
                printed_by=scene.db.actor.user,
            )
            for group in (scene.groups[:1] if revision else scene.groups)
            if (rows := self._rows(day, group))
        ]
        if not revision and (people := self._crews.on_paper(day)):
            printed.append(self._staff_sheet(day, people))
        with scene.db.begin(N_("Print the day's sheets"), final=True) as session:
            scene.db.insert_many(session, printed)
        return printed

    def _staff_sheet(self, day: date, people: list[int]) -> Sheet:
        """Number the sheet on which the adults sign."""
        return Sheet(
            code=sheet_codes.new_sheet_code(self._codes.getrandbits),
            day=day,
            season_id=self._scene.season.id,
            kind=SheetKind.STAFF,
            layout=SheetLayout.FULL,
            languages=",".join(self._scene.factory.languages),
            pages=-(-(len(people) + _SPARE_ROWS) // _STAFF_ON_A_PAGE),
            rows=",".join(str(key) for key in people),
            printed_at=datetime.combine(day, _PRINTED),
            printed_by=self._scene.db.actor.user,
        )

    def _rows(self, day: date, group: Group) -> list[Kid]:
        rows = [k for k in self._placed if k.enrolment.group_id == group.id and k.expected(day)]
        return sorted(rows, key=lambda kid: kid.enrolment.number)

    def _visits(self, day: date) -> list[Visit]:
        """Return the visits of all who come, in the order of their arrival."""
        doors = Doors(self._scene, self._hours, day, self._scene.random(f"doors {day}"))
        away = self._away(day)
        coming = [kid for kid in self._coming if kid.expected(day) and kid.child.id not in away]
        return sorted((v for kid in coming for v in doors.visits(kid)), key=lambda v: v.arrived or time.min)

    def _away(self, day: date) -> dict[int, Absence]:
        return {a.child_id: a for a in self._absences if a.first_day <= day <= a.last_day}

    # -- what goes wrong ----------------------------------------------------------------------------------------------

    def _go_wrong(self, back: int, day: date, visits: list[Visit]) -> list[DayNote]:
        """Change one visit as the day wants it; return the word given for it."""
        mishaps: dict[int, Callable[[list[Visit]], tuple[str, str] | None]] = {
            _STILL_OPEN: self._forget,
            _LATE_PICK_UP: self._stay_late,
            _UNSIGNED: self._leave_unsigned,
            _NO_TIME: self._lose_the_time,
        }
        said = mishaps[back](visits) if back in mishaps else None
        if said is None:
            return []
        code, word = said
        return [self._note(day, code, word, visits[-1].child_id)]

    def _note(self, day: date, code: str, word: str, child_id: int) -> DayNote:
        return DayNote(
            season_id=self._scene.season.id,
            day=day,
            code=code,
            child_id=child_id,
            word=self._scene.names.word(word),
            by=self._scene.db.actor.user,
        )

    def _forget(self, visits: list[Visit]) -> None:
        """One child is not accounted for, another was never signed out."""
        first = visits[3].child_id
        visits[:] = [v for v in visits if v.child_id != first]
        visits[-1].signed_out, visits[-1].departed, visits[-1].collected_by = False, None, ""

    def _stay_late(self, visits: list[Visit]) -> tuple[str, str]:
        visits[-1].departed = time(17, 52)
        return "late-pick-up", "late_pick_up"

    def _leave_unsigned(self, visits: list[Visit]) -> tuple[str, str]:
        visits[-1].unsigned_out = True
        return "unsigned-out", "no_signature"

    def _lose_the_time(self, visits: list[Visit]) -> tuple[str, str]:
        visits[-1].departed = None
        return "no-time-out", "no_time"

    def _type(self, visits: list[Visit], stays: list[duties.Stay], printed: list[Sheet], *, late: bool) -> None:
        """Everything is typed from the signed sheets; where the PC was off, the next morning."""
        group_of = {kid.child.id: kid.enrolment.group_id for kid in self._placed}
        code_of = {sheet.group_id: sheet.code for sheet in printed if sheet.kind is SheetKind.CHILDREN}
        for visit in visits:
            visit.entered_late, visit.sheet_code = late, code_of[group_of[visit.child_id]]
        code = next(sheet.code for sheet in printed if sheet.kind is SheetKind.STAFF)
        for stay in stays:
            stay.duty.entered_late, stay.duty.sheet_code = late, code

    # -- the evening --------------------------------------------------------------------------------------------------

    def _settle(self, session: Session, day: date, back: int) -> None:
        """Note which sheets came back; the newest day's last sheet is still out."""
        became = {
            (_MISSING, 2): (SheetStatus.MISSING, "missing"),
            (_VOIDED, 0): (SheetStatus.VOIDED, "voided"),
            (_STILL_OPEN, 2): (SheetStatus.PRINTED, ""),
        }
        for n, sheet in enumerate(session.scalars(select(Sheet).where(Sheet.day == day).order_by(Sheet.id))):
            sheet.status, word = became.get((back, n), (SheetStatus.RETURNED, ""))
            sheet.note = self._scene.names.word(word) if word else ""
            sheet.settled_on = None if sheet.status is SheetStatus.PRINTED else day

    def _close(self, session: Session, day: date, visits: list[Visit], notes: list[DayNote]) -> None:
        expected = [kid for kid in self._placed if kid.expected(day)]
        there = {kid.child.id for kid in expected}
        away = [absence for child_id, absence in self._away(day).items() if child_id in there]
        excused = sum(1 for absence in away if absence.reason.excused)
        heads = closing.heads_text({at: _there(visits, at) for at in closing.HEAD_COUNTS})
        notes.append(
            DayNote(
                season_id=self._scene.season.id, day=day, code=closing.HEADS, word=heads, by=self._scene.db.actor.user
            )
        )
        closed = DayClose(
            season_id=self._scene.season.id,
            day=day,
            closed_by=self._scene.db.actor.user,
            closed_at=max(self._closed_at(day), _after_the_last(day, visits)),
            expected=len(expected),
            present=len({visit.child_id for visit in visits}),
            absent_excused=excused,
            absent_unexcused=len(away) - excused,
            head_counts=heads,
        )
        self._scene.db.insert_many(session, notes)
        self._scene.db.insert_many(session, [closed])

    def _closed_at(self, day: date) -> datetime:
        """Return when a day was closed: some minutes earlier or later from day to day."""
        n = self._scene.past.index(day)
        return datetime.combine(day, _CLOSED) + timedelta(minutes=0 if n < _ALIKE else n * 7 % 12)

    def _correct(self, day: date, visits: list[Visit]) -> None:
        """After closing, a father's signature shows another time than was typed."""
        typed, signed = visits[8], time(16, 58)
        correction = Correction(
            season_id=self._scene.season.id,
            day=day,
            child_id=typed.child_id,
            field="departed",
            old=f"{typed.departed:%H:%M}",
            new=f"{signed:%H:%M}",
            reason=self._scene.names.word("correction"),
            by=self._scene.db.actor.user,
            at=datetime.combine(day, _CLOSED) + timedelta(hours=15),
        )
        with self._scene.db.begin(N_("Correct a closed day")) as session:
            session.get_one(Visit, typed.id).departed = signed
            self._scene.db.insert_many(session, [correction])

    # -- today --------------------------------------------------------------------------------------------------------

    def begin_today(self) -> None:
        """Leave today half-way through the morning, when it is an open day; announce who will not come soon."""
        day = self._scene.today
        self._announce()
        if day not in self._scene.open_days:
            return
        self._print(day)
        doors = Doors(self._scene, self._hours, day, self._scene.random("now"))
        now, soon = doors.after_opening(_NOW), doors.after_opening(15)
        sofar = [v for v in self._visits(day) if v.arrived and v.arrived <= now]
        for visit in sofar:
            visit.signed_out, visit.departed, visit.collected_by = False, None, ""
        early = next(v for v in sofar if v.arrived and v.arrived <= soon)
        early.signed_out, early.departed = True, doors.after_opening(_NOW - 4)
        early.collected_by, early.note = early.brought_by, self._scene.names.word("clinic")
        with self._scene.db.begin(N_("Sign in the children")) as session:
            self._scene.db.insert_many(session, sofar)
            self._enter(session, self._crews.today(day, now))

    def _announce(self) -> None:
        """A child is sick today, a family is away from today on, another will be from the next open day on."""
        scene = self._scene
        coming = [day for day in scene.open_days if day >= scene.today]
        whole = [kid for kid in self._coming if not kid.enrolment.weekdays and kid.expected(scene.today)]
        told = [
            (whole[5], coming[0], coming[0], AbsenceReason.SICK, "fever"),
            (whole[25], coming[0], coming[3], AbsenceReason.HOLIDAY, "journey"),
            (whole[45], coming[1], coming[2], AbsenceReason.FAMILY, "family_party"),
        ]
        announced = [
            Absence(
                child_id=kid.child.id,
                season_id=scene.season.id,
                first_day=first,
                last_day=last,
                reason=reason,
                planned=reason is not AbsenceReason.SICK,
                note=scene.names.word(word),
            )
            for kid, first, last, reason, word in told
        ]
        self._absences += announced
        with scene.db.begin(N_("Announce an absence")) as session:
            scene.db.insert_many(session, announced)


def _after_the_last(day: date, visits: list[Visit]) -> datetime:
    return datetime.combine(day, max(v.departed for v in visits if v.departed)) + timedelta(minutes=14)


def _there(visits: list[Visit], at: time) -> int:
    return sum(1 for visit in visits if present.there(visit.arrived, visit.signed_out, visit.departed, at))
