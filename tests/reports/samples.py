"""Made-up papers of three factories, the same in every test."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from ccfs_desktop.models.action import Action, ActionStep, Repeat, Source, Stage, Verification
from ccfs_desktop.models.action import Step as ActionStage
from ccfs_desktop.models.check import Proof, Result, Said, Severity
from ccfs_desktop.models.duty import RatioNote
from ccfs_desktop.models.incident import Kind, Place
from ccfs_desktop.services import body_map, checklists, intervals, ratio, ratio_proof
from ccfs_desktop.services.action_papers import ActionPlan, ActionSheet, Picture
from ccfs_desktop.services.action_papers import PlanRow as ActionRow
from ccfs_desktop.services.check_papers import (
    CheckHistory,
    ChecklistForm,
    CheckPaper,
    CheckRow,
    Decision,
    FindingRow,
    HistoryRow,
    HistoryTotal,
)
from ccfs_desktop.services.compliance import Compliance
from ccfs_desktop.services.concern_paper import ConcernPaper
from ccfs_desktop.services.concerns import Case, Entry, Report, Step
from ccfs_desktop.services.cover import AdultStay, ChildStay, Terms, Where, reckon
from ccfs_desktop.services.drafting.problem import Skill, Span
from ccfs_desktop.services.flaws import Family
from ccfs_desktop.services.flaws_paper import FlawList, FlawRow
from ccfs_desktop.services.incident_papers import ChildPaper, IncidentPaper
from ccfs_desktop.services.incident_register import IncidentRegister, Rate, RegisterRow
from ccfs_desktop.services.incident_then import Then
from ccfs_desktop.services.papers import (
    Adult,
    Alert,
    Badge,
    BadgeSheet,
    ChildFacts,
    Closing,
    ConsentItem,
    ConsentSet,
    DayClosing,
    DayPack,
    DaySheet,
    EmergencyList,
    EmergencyRow,
    EnrolmentPaper,
    HealthFacts,
    Imprint,
    Letterhead,
    OfficeFacts,
    ParentFacts,
    PickupCard,
    PickupCardSheet,
    RecoverySheet,
    SheetRow,
    SheetState,
    StaffRow,
    StaffSignIn,
    VisitorLog,
)
from ccfs_desktop.services.patrols_papers import (
    FormRow,
    MissedRow,
    PatrolForm,
    PatrolRegister,
    PlannedRow,
    SeenRow,
    TrendPaper,
    WalkRow,
)
from ccfs_desktop.services.patrols_trend import Count, Pair, Phase, Trend
from ccfs_desktop.services.ratio_papers import RatioDay, RatioPeriod
from ccfs_desktop.services.ratio_proof import DayProof, PeriodProof
from ccfs_desktop.services.roster_paper import Mark, WallCell, WallDay, WallPart, WallRoster, WallRow, WallShift
from ccfs_desktop.services.staff_papers import Standing
from ccfs_desktop.services.staff_prints import (
    CodeOfConduct,
    PaperLine,
    Signatory,
    StaffFilePaper,
    VettingList,
    VettingRow,
    conduct,
)
from ccfs_desktop.services.statistics import share
from tests.reports import samples_compliance, samples_data, samples_health, samples_pack
from tests.reports.log_samples import OTHERS, log_samples

DAY = date(2017, 7, 10)
KEY = bytes(range(32))

NAMES: dict[str, tuple[str, ...]] = {
    "zh_CN": ("王𬭎", "李翀", "应芳", "丁䶮香", "欧阳娜娜", "买买提·吐尔逊"),
    "vi": ("Nguyễn Thị Ánh Tuyết", "Đặng Ngọc Hường", "Thảo Mai", "Nhật Trí Phạm", "Bùi Thế Hoàng", "Mai Vũ"),
    "bn": ("শ্রাবন্তী আক্তার", "মোছাঃ জান্নাতুল ফেরদৌস", "র‍্যাব হাসান", "কৃষ্ণা চট্টোপাধ্যায়", "অর্ঘ্য চৌধুরী", "ইকবাল"),
}
"""Names as three factories sent them: rare characters, stacked marks, conjuncts."""

_PLACES = {
    "zh_CN": ("东莞启明玩具厂", "Dongguan Qiming Toys", "儿童之家", "2017年暑期", "大班", "李会计"),
    "vi": (
        "Công ty Giày Bình Minh",
        "Binh Minh Footwear",
        "Không gian thân thiện",
        "Hè 2017",
        "Lớp lớn",
        "Trần Thị Hoa",
    ),
    "bn": ("গাজীপুর গার্মেন্টস লিমিটেড", "Gazipur Garments Ltd", "শিশুবান্ধব স্থান", "গ্রীষ্ম ২০১৭", "বড় দল", "রহিমা বেগম"),
}


IMPRINT = Imprint(
    "2017-0012", 2, date(2017, 7, 3), DAY, "大班", "#812 7K2M-9QXA-RT4C",
    "3f2a91bc0d47e6588c1e27f4a05b9d631e74c2a8905fd3b6187ac49e02d5f361",
)  # fmt: skip


def issued(language: str = "zh_CN") -> Letterhead:
    """The head of a document with a number and a seal."""
    return replace(letterhead(language), imprint=IMPRINT)


def letterhead(language: str = "zh_CN", *others: str) -> Letterhead:
    factory, latin, space, season, _group, clerk = _PLACES[language]
    return Letterhead(
        factory=factory,
        factory_latin=latin,
        space=space,
        season=season,
        printed_at=datetime(2017, 7, 10, 6, 50),
        printed_by=clerk,
        program_version="0.1.0",
        languages=(language, *(others or ("en",))),
    )


def rows(names: tuple[str, ...], count: int | None = None) -> tuple[SheetRow, ...]:
    alerts = tuple(Alert)
    return tuple(
        SheetRow(
            ref=100 + index,
            position=index + 1,
            name=names[index % len(names)],
            age=3 + index % 11,
            number=f"{index + 1:03}",
            alerts=alerts[: index % 6],
            expected=index % 7 != 5,
        )
        for index in range(count or len(names))
    )


def day_sheet(language: str = "zh_CN", **changes: Any) -> DaySheet:
    facts: dict[str, Any] = {
        "letterhead": letterhead(language),
        "day": DAY,
        "group": _PLACES[language][4],
        "opens": time(7, 30),
        "closes": time(17, 30),
        "capacity": 80,
        "code": "7K2M9QXA",
        "layout": "scan-ready",
        "revision": 0,
        "copy": 1,
        "site_key": KEY,
        "rows": rows(NAMES[language]),
        "staff": ("王老师", "陈老师"),
    }
    return DaySheet(**(facts | changes))


def photo() -> bytes:
    data = BytesIO()
    Image.new("RGB", (60, 80), (90, 120, 150)).save(data, "JPEG")
    return data.getvalue()


def emergency_list() -> EmergencyList:
    mother = Adult("王芳", "母亲", "注塑车间 3线", ("138 0013 8000", "0769-8888 1234"))
    aunt = Adult("刘桂兰", "外婆", "", ("137 5555 6666",))
    people = tuple(
        EmergencyRow(
            name=row.name,
            age=row.age,
            number=row.number,
            group="大班",
            photo=photo() if row.position == 1 else None,
            parents=(mother,),
            contacts=(aunt,),
            alerts=row.alerts,
            health="花生过敏：先打120，再通知家长。" if row.alerts else "",
            blood="O+",
            restriction="王大伟（父亲）" if row.position == 2 else "",
        )
        for row in rows(NAMES["zh_CN"], 14)
    )
    return EmergencyList(letterhead(), DAY, people)


def staff_sign_in() -> StaffSignIn:
    staff = (
        StaffRow("王秀英", "主管老师", "大班", time(7), time(16)),
        StaffRow("赵敏", "志愿者", "大班", time(9), time(12), counted=False),
    )
    return StaffSignIn(letterhead(), DAY, staff, code="9P4NTWXC", site_key=KEY)


def day_pack() -> DayPack:
    sheets = (day_sheet(), day_sheet(layout="full", group="小班", code="8M3NARZB"))
    return DayPack(letterhead(), DAY, sheets, emergency_list(), staff_sign_in(), VisitorLog(letterhead(), DAY))


def enrolment(filled: bool = True) -> EnrolmentPaper:
    if not filled:
        return EnrolmentPaper(letterhead())
    return EnrolmentPaper(
        letterhead(),
        child=ChildFacts(name="王𬭎", sex="男", birth_date=date(2010, 3, 4), age=7, photo=photo()),
        parents=(ParentFacts("王芳", "母亲", "A001234", "注塑车间 3线", "白班", "138 0013 8000"),),
        collectors=(Adult("张伟", "叔叔", "", ("136 7777 8888",)),),
        must_not_collect="王大伟（前夫）",
        health=HealthFacts(allergies="花生"),
        office=OfficeFacts(received=date(2017, 6, 20), group="大班", number="014"),
    )


def consents() -> ConsentSet:
    text = "孩子由工厂儿童之家在开放时间内照看。家长按时接送；晚接不收费，但请事先打电话。" * 6
    items = tuple(ConsentItem(letter, f"第{letter}部分", text, "2017-1") for letter in "ABCDEFGHIJ")
    return ConsentSet(letterhead(), "王𬭎", "014", "王芳", items)


def day_closing() -> DayClosing:
    return DayClosing(
        issued(),
        DAY,
        expected=40,
        present=36,
        absent_excused=3,
        absent_unexcused=1,
        not_signed_out=0,
        late_entries=2,
        sheets=(SheetState("7K2M-9QXA", "大班", 1, "已收回"),),
        exceptions=(Closing("李翀没有签出。", critical=True, answer="17:40 由母亲接走，次日补签。"),),
        headcounts=((time(10), 36), (time(13), None)),
        staff=("王秀英", "陈静"),
        closed_by="李会计",
        closed_at=datetime(2017, 7, 10, 18, 5),
        audit_head=IMPRINT.seal,
    )


def badges() -> BadgeSheet:
    people = rows(NAMES["zh_CN"], 11)
    return BadgeSheet(
        letterhead(), tuple(Badge(row.name, "", row.number, "大班", f"C{row.ref:07}", row.alerts) for row in people)
    )


def pickup_cards() -> PickupCardSheet:
    card = PickupCard("王𬭎", "014", "王芳", "母亲", "P0000114", date(2017, 8, 25), photo())
    return PickupCardSheet(letterhead(), (card,))


def a_day(day: date = DAY, *, recorded: bool = True) -> DayProof:
    """A day of one group: lunch was short of an adult, explained and counter-signed; the last half hour was not."""
    terms = Terms(ratio.profile("cfs-standard"), {1: "大班"}, skills=frozenset({Skill.FIRST_AIDER}))
    children = [ChildStay(n, 1, 50 + n, Span(450 + 3 * n, 1020)) for n in range(18)]
    children.append(ChildStay(99, 1, 60, Span(480, 1050)))
    adults = [
        AdultStay(1, "王秀英", 1, Span(440, 1020), skills=frozenset({Skill.FIRST_AIDER})),
        AdultStay(2, "陈静", 1, Span(440, 732)),
        AdultStay(2, "陈静", 1, Span(732, 744), Where.BREAK),
        AdultStay(2, "陈静", 1, Span(744, 1050)),
        AdultStay(3, "刘芳", 1, Span(450, 1020)),
        AdultStay(4, "赵敏", 1, Span(540, 720), percent=0, why_not="志愿者：不计入"),
    ]
    note = RatioNote(
        season_id=1, day=day, group_id=1, starts=time(12), ends=time(12, 30), explanation="晚班班车堵车。",
        explained_by="李会计", explained_at=datetime(2017, 7, 10, 18), countersigned_by="王秀英",
        countersigned_at=datetime(2017, 7, 10, 18, 5),
    )  # fmt: skip
    cover = reckon(terms, children, adults if recorded else [])
    breaches = ratio_proof.breaches(day, cover.quarters, [note]) if recorded else ()
    return DayProof(day, terms, cover, breaches, ("李翀: 没有离开时间。",), recorded)


def ratio_day() -> RatioDay:
    return RatioDay(issued(), "CFS standard: 3 to 5 years 8 children to an adult.", a_day(), IMPRINT.seal)


def ratio_period() -> RatioPeriod:
    days = (a_day(), a_day(date(2017, 7, 11)), a_day(date(2017, 7, 12), recorded=False))
    proof = PeriodProof(DAY, date(2017, 7, 14), days)
    return RatioPeriod(issued(), "CFS standard: 3 to 5 years 8 children to an adult.", proof)


def concern() -> ConcernPaper:
    """A concern reported by a teacher, talked about, passed on."""
    told = Report(
        about="陈小雨", what="她说怕回家，胳膊上有旧伤。", day=date(2017, 7, 10), at=time(10, 5), place="活动室",
        child_said="“不要告诉叔叔。”", person="一名亲戚", done="陪在身边，通知协调员", safe_now=True,
    )  # fmt: skip
    entries = (
        Entry(Step.TALK, "和母亲谈过，孩子今晚住在外婆家。", "李娜", datetime(2017, 7, 10, 11, 30)),
        Entry(Step.REFERRAL, "已报告，案件由派出所处理。", "李娜", datetime(2017, 7, 10, 14, 0), to="派出所"),
    )
    return ConcernPaper(
        letterhead(), Case(3, told, "王芳", "caregiver", datetime(2017, 7, 10, 10, 20), entries), "#412 7KQ2"
    )


def recovery_sheet() -> RecoverySheet:
    return RecoverySheet(letterhead(), "东莞启明", "K7QD-9XMP-2RTA-HV4C-8WZN-3BFE", ("李会计", "王秀英"))


_CHECK = PaperLine(
    ("背景核查", "Background check"),
    date(2017, 3, 1),
    date(2018, 3, 1),
    "粤核2017-0301",
    "东莞市公安局",
    "无记录",
    Standing.VALID,
)
_HEALTH = PaperLine(
    ("健康证", "Health certificate"), date(2016, 7, 20), date(2017, 7, 19), "440012345", "", "合格", Standing.EXPIRES
)
_CODE = PaperLine(("行为守则", "Code of conduct"), date(2017, 6, 1), standing=Standing.VALID)
_TRAINED = PaperLine(("儿童保护培训", "Safeguarding training"), date(2017, 6, 2), standing=Standing.VALID)
_AID = PaperLine(("急救", "First aid"), date(2015, 6, 1), date(2017, 6, 1), "", "红十字会", "", Standing.EXPIRED)


def staff_file() -> StaffFilePaper:
    facts = (
        ("Sex", ("女", "Female")),
        ("Date of birth", ("1985-03-04",)),
        ("Phone", ("138 0013 8000",)),
        ("Language spoken", ("普通话、粤语",)),
        ("Employment", ("工厂聘用", "Employed by the factory")),
        ("Started on", ("2017-06-05",)),
        ("Identity card seen", ("是", "Yes")),
        ("Working days", ("周一–周五", "Mon–Fri")),
        ("References", ("大岭山小学 陈校长",)),
    )
    old = PaperLine(("背景核查", "Background check"), date(2016, 3, 1), date(2017, 3, 1), "粤核2016-0301")
    return StaffFilePaper(
        issued(),
        DAY,
        name="王秀英",
        name_latin="Wang Xiuying",
        role=("主班老师", "Head teacher"),
        counts=("否：急救过期", "no: First aid: expired on 2017-06-01"),
        counted=False,
        skills=("持钥匙、可带班", "Keyholder, May lead"),
        facts=facts,
        papers=(_CHECK, old, _HEALTH, _AID, _CODE, _TRAINED),
        absences=(("2017-07-20 至 2017-07-21 · 休假", "2017-07-20 to 2017-07-21 · On leave"),),
        wishes=(("不想上班 · 周五 · 15:00–…", "Would rather not work · Fri · 15:00–…"),),
        note="会手语。",
        photo=photo(),
    )


def vetting_list() -> VettingList:
    papers = (_CHECK, _HEALTH, _CODE, _TRAINED, _AID)
    missing = PaperLine((), standing=Standing.MISSING)
    bare = (missing, PaperLine(()), PaperLine((), standing=Standing.VALID), missing, PaperLine(()))
    rows = [
        VettingRow("王秀英", ("主班老师", "Head teacher"), papers, ("作为一名成人", "as one adult"), counted=True),
        VettingRow("赵敏", ("志愿者", "Volunteer"), bare, ("否", "no: Background check: missing"), counted=False),
    ]
    return VettingList(issued(), DAY, tuple(rows))


def code_of_conduct(*, together: bool = False, language: str = "zh_CN") -> CodeOfConduct:
    people = tuple(Signatory(name, ("老师", "Teacher")) for name in NAMES[language])
    return CodeOfConduct(letterhead(language), conduct(), people if together else people[:1], together)


_SHIFTS = ((time(7, 15), time(15, 15)), (time(8), time(16, 30)), (time(9, 30), time(17, 45)))
_ROLES = {
    "zh_CN": ("主管老师", "老师", "志愿者"),
    "vi": ("Giáo viên chính", "Giáo viên", "Tình nguyện viên"),
    "bn": ("প্রধান শিক্ষক", "শিক্ষক", "স্বেচ্ছাসেবক"),
}
_ROOMS = {
    "zh_CN": ("小班", "中班", "大班"),
    "vi": ("Lớp nhỏ", "Lớp nhỡ", "Lớp lớn"),
    "bn": ("ছোট দল", "মাঝারি দল", "বড় দল"),
}


def wall_roster(people: int = 12, language: str = "zh_CN", *, days: int = 5, **changes: Any) -> WallRoster:
    """A week in three groups: early and late shifts, breaks, cover for another group, two who are away."""
    names = NAMES[language]
    dates = [date(2017, 7, 10) + timedelta(days=n) for n in range(days)]
    rows = tuple(_wall_row(n, names, _ROLES[language], dates) for n in range(people))
    feet = tuple(
        WallDay(
            day, time(7, 30), time(17, 30), 6, 7 if n != 3 else 5,
            short=((time(12, 15), time(13)),) if n == 3 else (),
        )
        for n, day in enumerate(dates)
    )  # fmt: skip
    facts: dict[str, Any] = {
        "letterhead": letterhead(language), "monday": dates[0], "days": feet, "groups": _ROOMS[language], "rows": rows,
        "published_by": "李会计", "published_at": datetime(2017, 7, 7, 16, 20), "approved_by": "王秀英",
        "reason": "两位老师参加培训，午间由办公室人员在场。", "breach_minutes": 45,
    }  # fmt: skip
    return WallRoster(**(facts | changes))


def _wall_row(n: int, names: tuple[str, ...], roles: tuple[str, ...], dates: list[date]) -> WallRow:
    starts, ends = _SHIFTS[n % 3]
    marks = frozenset(m for m, has in zip(Mark, (n % 4 == 0, n < 2, n % 6 == 5), strict=True) if has)
    lunch = WallPart(time(11 + n % 3, 30), time(12 + n % 3))
    cells: list[WallCell] = []
    for place in range(len(dates)):
        if n % 5 == 3 and place == 1:
            cells.append(WallCell(away=True, marks=marks))
        elif (n + place) % 7 == 6:
            cells.append(WallCell(marks=marks))
        else:
            parts = (lunch, WallPart(time(16), time(16, 30), group=(n + 1) % 3)) if (n + place) % 9 == 4 else (lunch,)
            cells.append(WallCell((WallShift(starts, ends, n % 3, parts),), marks=marks))
    worked = sum(bool(cell.shifts) for cell in cells)
    name = names[n % len(names)] + (str(n // len(names) + 1) if n >= len(names) else "")
    return WallRow(name, (roles[0 if not n else 2 if n % 6 == 5 else 1],), tuple(cells), worked * 450)


def checklist_form() -> ChecklistForm:
    return ChecklistForm(letterhead(), checklists.shipped()["OPN"], DAY)


def check_record() -> CheckPaper:
    """An opening check in which the door to production was open."""
    checklist = checklists.shipped()["OPN"]
    typed = {"OPN01": "9", "OPN02": "74 / 9", "OPN08": "31.5 °C", "OPN18": "无雨，最高33℃"}
    rows = {
        item.id: CheckRow(item, item.text, item.text, Said.YES if item.id not in typed else None)
        for item in checklist.items
    }
    rows |= {code: replace(rows[code], said=None, values=text) for code, text in typed.items()}
    rows["OPN04"] = replace(rows["OPN04"], said=Said.NO, fails=True, note="门闩未插", corrected=True, photos=(1,))
    rows["OPN08"] = replace(rows["OPN08"], fails=True, note="风扇坏了")
    rows["OPN16"] = replace(rows["OPN16"], said=Said.NOT_APPLICABLE, reason="今天没有药品")
    at = datetime(2017, 7, 10, 7, 24)
    return CheckPaper(
        issued(),
        checklist,
        DAY,
        "en",
        tuple((title, tuple(rows[item.id] for item in items)) for title, items in checklist.asked()),
        result=Result.FAIL,
        started=datetime(2017, 7, 10, 7, 15),
        done_at=time(7, 12),
        on_paper=True,
        entered_late=True,
        signed_name="王秀英",
        signed_role="主管老师",
        signed_at=at,
        proof=Proof.PASSWORD,
        decision=Decision("李会计", "协调员", datetime(2017, 7, 10, 7, 31), "已上锁，保安值守", Proof.PASSWORD),
        findings=(
            FindingRow("OPN04", "Critical", at, 1, repeat=False, corrected=True),
            FindingRow("OPN08", "Major", datetime(2017, 7, 11, 7, 24), 3, repeat=True),
        ),
        reopened=(("李会计", datetime(2017, 7, 10, 7, 20), "填错行"),),
        photos=(("OPN04", photo()),),
    )


def check_history() -> CheckHistory:
    at = datetime(2017, 7, 10, 7, 24)
    door = HistoryRow(DAY, "Daily opening check", "Not safe to open", 2, 1, "王秀英", at, late=True, critical=True)
    week = HistoryRow(date(2017, 7, 7), "Weekly check", "Missed", by="李会计", at=at, critical=True)
    closed = HistoryRow(date(2017, 7, 7), "Daily closing check", "Safe", by="王秀英", at=datetime(2017, 7, 7, 17, 40))
    rows = (replace(door, remark="李会计: 已上锁"), replace(week, remark="协调员外出培训"), closed)
    totals = (HistoryTotal("Daily opening check", 6, 6, 1, 0, 0), HistoryTotal("Weekly check", 1, 0, 0, 0, 1))
    return CheckHistory(issued(), DAY - timedelta(days=7), DAY, totals, rows)


def patrol_form() -> PatrolForm:
    areas = ("车缝部", "装配部", "包装部")
    rows = (FormRow(DAY, "上午", time(9, 30), areas), FormRow(DAY, "下午", None, (*areas, "一楼仓库和卸货平台")))
    return PatrolForm(letterhead(), DAY, DAY + timedelta(days=6), rows)


def patrol_register() -> PatrolRegister:
    plan = PlannedRow("上午", time(9, 30), "", ("车缝部", "装配部"), date(2017, 4, 3), None)
    whole = WalkRow(DAY, "上午", time(9, 31), time(9, 50), "", "", 1, "保安陈强", signed=True, late=False)
    partly = replace(whole, day=date(2017, 7, 11), areas="车缝部", not_walked="装配部：盘点", seen=0, late=True)
    other = replace(whole, name="", started=None, ended=None, areas="仓库", seen=0, signed=False, note="夜班")
    seen = SeenRow(
        DAY, time(9, 40), "车缝部", "李**", 7, "李**", "Waiting", 20, "Patrol · 陈*", "伸手可及针",
        "Taken to the space", "母亲已领取报名表", counted=True, before=date(2017, 7, 3), actions="CA-2017-004",
        late=False,
    )  # fmt: skip
    again = replace(seen, at=None, counted=False, before=None, minutes=None, actions="", late=True)
    missed = (MissedRow(date(2017, 7, 12), "上午", "大门卸货", "王秀英"), MissedRow(date(2017, 7, 13), "上午", "", ""))
    return PatrolRegister(
        issued(), DAY, date(2017, 7, 14), (plan,), (whole, partly, other), missed, (seen, again), planned=5,
        not_walked=2, positive=1, not_described=1, named=False,
    )  # fmt: skip


def patrol_trend() -> TrendPaper:
    def count(first: date, last: date, patrols: int, positive: int, events: int, months: float = 1) -> Count:
        return Count(first, last, patrols, positive, events, patrols + 2 if patrols else 0, 2 if patrols else 0, months)

    def pair(phase: Phase, first: date, last: date, *counts: tuple[int, int, int, float]) -> Pair:
        ago = [day.replace(year=2016) for day in (first, last)]
        now, before = counts
        return Pair(phase, count(first, last, *now), count(ago[0], ago[1], *before))

    july = (Phase.DURING, date(2017, 7, 1), date(2017, 7, 31))
    phases = (
        pair(Phase.BEFORE, date(2017, 4, 1), date(2017, 6, 30), (156, 3, 4, 3), (0, 0, 1, 3)),
        pair(Phase.DURING, date(2017, 7, 1), date(2017, 8, 31), (18, 0, 0, 0.4), (52, 9, 11, 2)),
        pair(Phase.AFTER, date(2017, 9, 1), date(2017, 10, 31), (0, 0, 0, 0), (0, 0, 0, 2)),
    )
    months = (
        pair(Phase.BEFORE, date(2017, 6, 1), date(2017, 6, 30), (52, 1, 1, 1), (0, 0, 1, 1)),
        pair(*july, (18, 0, 0, 0.4), (26, 5, 6, 1)),
        pair(Phase.AFTER, date(2017, 9, 1), date(2017, 9, 30), (0, 0, 0, 0), (0, 0, 0, 1)),
    )
    return TrendPaper(issued(), Trend("Summer 2017", DAY, months, phases))


def incident(*, children: int = 2) -> IncidentPaper:
    """Two heads together: one child to the clinic, the other's parents not informed yet; signed, with an addendum."""
    at = datetime(2017, 7, 10, 16, 5)
    marks = (body_map.Mark("front", 452, 88, body_map.Wound.CUT), body_map.Mark("back", 380, 650, body_map.Wound.BITE))
    hurt = ChildPaper(
        "李小明", "Li Xiaoming", 6, 2, "从门口跑来", "右眉上方割伤1厘米", marks, "36.8", "用纱布压迫止血", "王老师",
        clinic="长安医院", told_day=DAY, told_at=time(10, 35), told_who="李秀英", told_how="电话", told_by="王老师",
        comment="谢谢", signed_on=DAY, addenda=((at, "李会计", "伤口已拆线"),),
    )  # fmt: skip
    other = ChildPaper("王美丽", "", 7, 1, "从阅读角跑来", "额头肿包", first_aid="冷敷十分钟", first_aid_by="王老师")
    return IncidentPaper(
        letterhead(), "2017-002", Kind.INJURY, Place.ROOM, DAY, time(10, 20), 2, datetime(2017, 7, 10, 11, 30),
        "王老师", Then(23, 2, 3), (hurt, other)[:children], 2, place_detail="书架旁", group="中班",
        described="两个孩子从书架两边同时跑过来，头撞在一起。", staff_in_charge="王老师, 张老师", witnesses="陈老师",
        whys=("书架挡住视线", "没有人看护"), root_cause="活动室布置没有考虑视线", told_insurer="平安保险，电话",
        signed_name="李会计", signed_role="协调员", signed_at=at, proof=Proof.PASSWORD, approved_name="周经理",
        approved_role="经理", approved_at=at, approved_word="书架已移开", addenda=((at, "李会计", "书架已移开。"),),
        files=("brow.jpg",), audit_head="#812 7K2M-9QXA-RT4C",
    )  # fmt: skip


def parents_copy() -> IncidentPaper:
    return replace(incident(children=1), hidden=frozenset({"witnesses", "informed", "ratio"}))


def incident_register() -> IncidentRegister:
    rows = (
        RegisterRow("2017-001", DAY, time(10, 20), "Injury", "Room of the space", 2, 2, 1, "Not signed"),
        RegisterRow("2017-002", DAY, None, "Near miss", "Elsewhere", -1, 0, 0, "Discarded", discarded=True),
        RegisterRow(
            "2017-003", DAY, time(15), "Child in production", "Production area", 0, 1, 0, "Complete", "李会计", "周经理"
        ),
    )
    kinds = (("Injury", 1), ("Child in production", 1))
    rates = (Rate(2, 3500.5, intervals.poisson(2)), Rate(1, 3500.5, intervals.poisson(1)))
    first = DAY - timedelta(days=7)
    return IncidentRegister(issued(), first, DAY, rows, kinds, *rates, "Departures missing: 3.", "#812 7K2M-9QXA-RT4C")


def actions() -> tuple[ActionRow, ActionRow, ActionRow]:
    """A critical one that is verified, a repeat that is late, one with grounds for no action."""
    at = datetime(2017, 7, 10, 7, 24)
    door = Action(
        season_id=1, number="CA-2017-001", source=Source.CHECK, item="OPN04", reference="OPN · 2017-07-10",
        finding="送货后门闩未插", severity=Severity.CRITICAL, found_on=DAY, due=DAY, immediate="当场插好",
        why1="送货后没有人负责", why2="清单上没有这一项", root_cause="送货后没有指定由谁插好门闩",
        correction="门闩加锁", prevention="保安负责关门并签字", owner="王秀英", made_by="王秀英", made_at=at,
        stage=Stage.VERIFIED, done_on=DAY, done_by="王秀英", verified_how=Verification.ON_SITE, verified_name="李会计",
        verified_role="协调员", verified_at=datetime(2017, 7, 11, 10, 15), verified_word="已看到门锁",
        verified_proof=Proof.PASSWORD, check_due=date(2017, 8, 10), frozen=True,
    )  # fmt: skip
    cover = Action(
        season_id=1, number="CA-2017-002", source=Source.CHECK, item="OPN06", finding="二号房缺一个插座保护盖",
        severity=Severity.MAJOR, found_on=DAY, due=date(2017, 7, 11), repeat=Repeat.REPEAT, made_by="王秀英",
        made_at=at,
    )  # fmt: skip
    walk = Action(
        season_id=1, number="CA-2017-003", source=Source.AUDIT, reference="A-17/88", finding="走廊地面不平",
        severity=Severity.MINOR, found_on=DAY, due=date(2017, 7, 17), grounds="走廊八月拆除", stage=Stage.NO_ACTION,
        made_by="李会计", made_at=at, verified_name="厂长", verified_at=at, frozen=True,
    )  # fmt: skip
    item, other = "The door to the production side is locked", "Sockets are covered, cables tidy, fans guarded"
    return (
        ActionRow(door, "Verified", wording=item, photos_before=1, photos_after=2),
        ActionRow(cover, "Overdue", late=True, before="CA-2017-000", wording=other),
        ActionRow(walk, "No action, with grounds"),
    )


def data_quality() -> FlawList:
    families = (
        (
            Family.TIMES.word,
            (FlawRow(DAY, None, "The time of departure is missing", "李小明: 没有离开时间。", "", ""),),
        ),
        (
            Family.UNLIKELY.word,
            (
                FlawRow(
                    DAY, date(2017, 7, 14), "One child at the very same times day after day",
                    "王美丽: 07:30-17:00 on 5 days in a row.", "接送都由工厂班车，按班次时间到", "李会计",
                ),
            ),
        ),
    )  # fmt: skip
    what = "Written down, of all there were."
    shares = (share("D", "Visits with both times", what, 1919, 1921), share("D", "Patrols walked", what, 0, 0))
    return FlawList(letterhead(), date(2017, 7, 3), date(2017, 7, 14), families, shares)


def action_plan() -> ActionPlan:
    return ActionPlan(letterhead(), date(2017, 7, 3), date(2017, 7, 31), actions())


def action_sheet() -> ActionSheet:
    row = actions()[0]
    done = ActionStep(action_id=1, step=ActionStage.DONE, name="王秀英", user="wang", at=datetime(2017, 7, 10, 16, 45))
    seen = ActionStep(
        action_id=1, step=ActionStage.VERIFIED, name="李会计", role="协调员", user="li", word="已看到门锁",
        at=datetime(2017, 7, 11, 10, 15), proof=Proof.PASSWORD,
    )  # fmt: skip
    shown = (Picture(after=False, told="门闩未插", jpeg=photo()), Picture(after=True, told="已加锁", jpeg=photo()))
    return ActionSheet(letterhead(), row, (done, seen), shown, ("invoice.pdf",))


def compliance() -> Compliance:
    return samples_compliance.report(issued(), ratio_period().proof, patrol_trend().trend, actions())


def in_english(paper: Any) -> Any:
    """Return a paper with its headings in English only: translations may improve without changing what is accepted."""
    changes: dict[str, Any] = {}
    for item in fields(paper):
        value = getattr(paper, item.name)
        if isinstance(value, Letterhead):
            changes[item.name] = replace(value, languages=("en",))
        elif isinstance(value, DaySheet | EmergencyList | StaffSignIn | VisitorLog):
            changes[item.name] = in_english(value)
        elif item.name == "sheets" and isinstance(paper, DayPack):
            changes[item.name] = tuple(in_english(sheet) for sheet in paper.sheets)
    return replace(paper, **changes)


SAMPLES: dict[str, Callable[[], Any]] = {
    "sign-in-sheet": day_sheet,
    "emergency-list": lambda: replace(emergency_list(), others=OTHERS),
    "staff-sign-in": staff_sign_in,
    "ratio-proof": ratio_day,
    "ratio-period": ratio_period,
    "visitor-log": lambda: VisitorLog(letterhead()),
    "day-pack": day_pack,
    "day-closing": day_closing,
    "enrolment-form": enrolment,
    "consents": consents,
    "badges": badges,
    "pick-up-cards": pickup_cards,
    "staff-file": staff_file,
    "vetting-list": vetting_list,
    "code-of-conduct": code_of_conduct,
    "concern": concern,
    "consent-register": lambda: samples_data.consents(letterhead()),
    "disposal-record": lambda: samples_data.disposal(issued()),
    "disclosure-log": lambda: samples_data.disclosures(letterhead()),
    "breach-summary": lambda: samples_data.breach(issued()),
    "data-audit": lambda: samples_data.audit(issued()),
    "impact-assessment": lambda: samples_data.assessment(issued()),
    "guardian-copy": lambda: samples_data.copy(letterhead()),
    "recovery-sheet": recovery_sheet,
    "wall-roster": wall_roster,
    "checklist-form": checklist_form,
    "check-record": check_record,
    "check-history": check_history,
    "patrol-form": patrol_form,
    "patrol-register": patrol_register,
    "patrol-trend": patrol_trend,
    "medicine-log": lambda: samples_health.medicine_log(letterhead()),
    "health-log": lambda: samples_health.health_log(letterhead()),
    "incident-report": incident,
    "incident-parents": parents_copy,
    "incident-register": incident_register,
    "data-quality": data_quality,
    "action-plan": action_plan,
    "corrective-action": action_sheet,
    **log_samples(letterhead),
    "compliance-report": compliance,
    "audit-pack": lambda: samples_pack.pack(SAMPLES),
    "compliance-summary": compliance,
    "weekly-summary": lambda: samples_compliance.week(issued(), ratio_period().proof, actions()),
}
"""One sample for each document of the catalogue."""
