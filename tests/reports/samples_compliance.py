"""A made-up month for the compliance report and the summary of a week."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from ccfs_desktop.models.check import Occasion
from ccfs_desktop.models.child import Child, ConsentPurpose
from ccfs_desktop.models.document import Document
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.models.incident import Kind, Place
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.models.staff import PaperKind
from ccfs_desktop.models.visit import AbsenceReason
from ccfs_desktop.services import retention, standards
from ccfs_desktop.services.check_rates import ListRate
from ccfs_desktop.services.compliance import Compliance, Point, Programme
from ccfs_desktop.services.compliance_people import Breakdown, DayCount, Part, Staffing, Vetted
from ccfs_desktop.services.compliance_records import Annex, Kept, Lack, agreed_of
from ccfs_desktop.services.consent_register import Coverage, Standing
from ccfs_desktop.services.incident_list import Row, State
from ccfs_desktop.services.kpis import KpiFacts
from ccfs_desktop.services.log_papers import Word
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.patrols_trend import Count, Trend
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.ratio_proof import PeriodProof
from ccfs_desktop.services.seasons import Hours
from ccfs_desktop.services.statistics import Days, Facts, share
from ccfs_desktop.services.weekly_facts import Ahead, Week

FIRST, LAST = date(2017, 7, 1), date(2017, 7, 31)
_DAYS = tuple(date(2017, 7, 3) + timedelta(days=n) for n in range(12) if n % 7 < 5)
_SEASON = Season(name="2017暑期班", first_day=date(2017, 7, 3), last_day=date(2017, 8, 25), capacity=60)
_SEASON.id = 1


def facts(proof: PeriodProof, actions: tuple[Any, ...]) -> KpiFacts:
    """Forty children in ten days: each is absent one day, two never come, of six nobody said where they live."""
    kids: list[Days] = []
    for n in range(40):
        child = Child(
            name=f"李小明{n}", birth_date=date(2011, 3, 1), left_behind=None if n < 6 else n % 3 > 0
        )  # fmt: skip
        enrolment = Enrolment(season_id=1, child_id=n, status=Status.ENROLLED, number=str(n))
        came = set(_DAYS) - {_DAYS[n % 10]} if n > 1 else set[date]()
        missed = dict.fromkeys(set(_DAYS) - came, AbsenceReason.SICK)
        kids.append(Days(child, enrolment, set(_DAYS), came, missed))
    rows = tuple(
        Row(
            n, f"2017-00{n}", kind, Place.YARD, day, at, severity, 1, (), waiting, state, "王", signed, ""
        )
        for n, kind, day, at, severity, waiting, state, signed in (
            (1, Kind.INJURY, _DAYS[3], time(10, 20), 1, 0, State.COMPLETE, "王"),
            (2, Kind.ILLNESS, _DAYS[7], None, 2, 1, State.UNSIGNED, ""),
        )
    )  # fmt: skip
    lists = (
        ListRate("OPN", "Daily opening check", Occasion.OPENING, 10, 9, 1, 0, 1, 9, 180, 178, 1, 2, 1),
        ListRate("WKL", "Weekly check", Occasion.WEEKLY, 2, 1, 0, 0, 1, 1, 15, 15),
    )
    attendance = Facts(_SEASON, _DAYS, time(17, 30), tuple(kids), (), frozenset(range(38)), 3)
    held = tuple(row.action for row in actions)
    return KpiFacts(
        Period(_SEASON, FIRST, LAST, LAST), attendance, proof, lists, rows, held[:1], held[1:2],
        Count(FIRST, LAST, 43, 1, 1, 44, 1, 1),
    )  # fmt: skip


def report(head: Letterhead, proof: PeriodProof, trend: Trend, actions: tuple[Any, ...]) -> Compliance:
    """Return a report of July 2017 for SMETA."""
    known = facts(proof, actions)
    issued = Document(
        serial=4, number="2017-0004", name="vetting-list", title="Vetting list", first_day=LAST, last_day=LAST,
        filters="", languages="zh_CN,en", edition=1, issued_at=head.printed_at, issued_by="李会计", program="0.1.0",
        head_seq=812, head_hash="00" * 32, fingerprint="00" * 32, sha256="", size=1, pages=1,
    )  # fmt: skip
    groups = (
        Group(season_id=1, name="小班", age_from=3, age_to=5, size=20, room="一楼"),
        Group(season_id=1, name="中班", age_from=6, age_to=8, size=20),
    )
    return Compliance(
        letterhead=head, factory=Factory(name="东莞制衣", name_latin="Dongguan Garments", country="CN", address="东莞"),
        period=known.period, title=("July 2017",), standard=standards.get("smeta"), facts=known,
        programme=Programme(
            _SEASON, groups, Hours(time(7, 30), time(17, 30)), len(_DAYS), ("Mon–Fri",),
            (date(2017, 7, 5),), (date(2017, 7, 8),), ("CFS standard: 3 to 5 years 8 children to an adult.",), 4,
        ),
        days=tuple(
            DayCount(day, 40, 34 + n % 4, None if n == 4 else n != 2) for n, day in enumerate(_DAYS)
        ),
        breakdowns=(
            Breakdown("Age", 40, tuple(
                Part("{first} to {last} years", count, {"first": first, "last": first + 2})
                for first, count in ((3, "21"), (6, "19"))
            )),
            Breakdown("Sex", 40, (Part("Female", "22", {}), Part("Male", "18", {}))),
            Breakdown(
                "Left-behind children", 40, (Part("Yes", "24", {}), Part("No", "", {}), Part("not known", "< 5", {}))
            ),
            Breakdown(
                "Parents by department", 38,
                (Part("车缝部", "30"), Part("Other departments, taken together: {n}", "8", {"n": 3})),
            ),
        ),
        staffing=Staffing(
            LAST, ((("Head teacher",), 1), (("Teacher / caregiver",), 6)),
            (Vetted(PaperKind.BACKGROUND_CHECK, 7, 6, 0, 1, 0), Vetted(PaperKind.FIRST_AID, 3, 1, 1, 0, 1)), 7, 6,
        ),
        drills=(
            (
                "2017-07-04", "10:05", Word("At an ordinary time"), Word("Evacuation"), Word("No"), "128", "34 / 34",
                "6 / 6", "– / 0", Word("Safe"), "",
            ),
        ),
        drill_before=Word("No drill of this season is on record before {day}.", {"day": "2017-07-01"}),
        drill_next=date(2017, 8, 31),
        incidents=(*known.incidents, replace(known.incidents[0], number="2017-003", state=State.DISCARDED)),
        trend=trend, actions=actions,
        agreed=(
            agreed_of(Coverage(ConsentPurpose.AGREEMENT, {Standing.GIVEN: 38, Standing.MISSING: 2})),
            agreed_of(Coverage(
                ConsentPurpose.PHOTO_EXTERNAL, {Standing.GIVEN: 22, Standing.REFUSED: 12, Standing.WITHDRAWN: 6}
            )),
        ),
        kept=(
            Kept("Registers and visits", ("36 months after the season ended",), retention.KNOWN["D"]),
            Kept("Day sheets as printed", ("12 months from its day",), retention.KNOWN["V"], "New Mexico 8.9.5.24"),
        ),
        lacks=(
            Lack("Departures without a time", 2, 340, "visits"), Lack("Days not closed", 1, 10, "days with children"),
        ),
        shares=((
            share("D1", "Visits with both times", "Children's visits whose arrival and departure are written down.",
                  338, 340),
            share("D4", "Days closed", "Days with children whose record was gone through and closed.", 9, 10),
        ),) * len(head.languages),
        annexes=(
            Annex("vetting-list", "Vetting list", "vetting", "R6", issued),
            Annex("check-history", "Safety checks of the season", "checks", "R2"),
        ),
        points=(Point("Children found in production", "sightings", 1), Point("Days not closed", "completeness", 1, 10)),
        entries=812, encrypted=True,
    )  # fmt: skip


def week(head: Letterhead, proof: PeriodProof, actions: tuple[Any, ...]) -> Week:
    """Return the week of 3 July."""
    known = facts(proof, actions)
    period = Period(_SEASON, _DAYS[0], date(2017, 7, 9), date(2017, 7, 9))
    days = tuple(DayCount(day, 40, 34, True) for day in _DAYS[:5])
    ahead = (
        Ahead("Open days: {n}; children expected on the fullest of them: {most}.", {"n": 5, "most": 38}),
        Ahead("Closed on {day}: {reason}.", {"day": "2017-07-12", "reason": "盘点"}),
    )
    return Week(
        head, replace(known.period, first=period.first, last=period.last), known, days, 2, date(2017, 7, 10), ahead
    )
