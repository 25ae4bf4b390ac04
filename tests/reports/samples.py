"""Made-up papers of three factories, the same in every test."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from PIL import Image

from ccfs_desktop.models.duty import RatioNote
from ccfs_desktop.services import ratio, ratio_proof
from ccfs_desktop.services.cover import AdultStay, ChildStay, Terms, Where, reckon
from ccfs_desktop.services.drafting.problem import Skill, Span
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
from ccfs_desktop.services.ratio_papers import RatioDay, RatioPeriod
from ccfs_desktop.services.ratio_proof import DayProof, PeriodProof

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
        letterhead(),
        DAY,
        expected=40,
        present=36,
        absent_excused=3,
        absent_unexcused=1,
        not_signed_out=0,
        late_entries=2,
        sheets=(SheetState("7K2M9QXA", "大班", 1, "已收回"),),
        exceptions=(Closing("李翀没有签出。", critical=True, answer="17:40 由母亲接走，次日补签。"),),
        headcounts=((time(10), 36), (time(13), None)),
        staff=("王秀英", "陈静"),
        closed_by="李会计",
        closed_at=datetime(2017, 7, 10, 18, 5),
        audit_head="9f2c" * 16,
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
    return RatioDay(letterhead(), "CFS standard: 3 to 5 years 8 children to an adult.", a_day(), "9f2c" * 16)


def ratio_period() -> RatioPeriod:
    days = (a_day(), a_day(date(2017, 7, 11)), a_day(date(2017, 7, 12), recorded=False))
    proof = PeriodProof(DAY, date(2017, 7, 14), days)
    return RatioPeriod(letterhead(), "CFS standard: 3 to 5 years 8 children to an adult.", proof)


def recovery_sheet() -> RecoverySheet:
    return RecoverySheet(letterhead(), "东莞启明", "K7QD-9XMP-2RTA-HV4C-8WZN-3BFE", ("李会计", "王秀英"))


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
    "emergency-list": emergency_list,
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
    "recovery-sheet": recovery_sheet,
}
"""One sample for each document of the catalogue."""
