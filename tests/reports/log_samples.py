"""Made-up papers of the logs."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from ccfs_desktop.models.log import DrillKind
from ccfs_desktop.services.log_papers import DrillPaper, Entry, Heads, LogPaper, Word
from ccfs_desktop.services.papers import Letterhead, OtherHere

FIRST, LAST = date(2017, 7, 3), date(2017, 7, 14)
YES, NO, LATE = Word("Yes"), Word("No"), Word("Entered late")
_LISTS: dict[str, tuple[tuple[Entry, ...], ...]] = {
    "visitor-register": (
        ("2017-07-04", "Ms. Reed", "品牌合规部", "审核前来看场地", YES, "李会计", "09:40", "11:25", YES, NO, ""),
        ("2017-07-06", "Nguyễn Thị Ánh", "空调公司", "保养", NO, "王秀英", Word("not known"),
         Word("not signed out"), YES, NO, ("补录", LATE)),
    ),
    "drill-register": (
        ("2017-07-04", "10:05", Word("At an ordinary time"), Word("Evacuation"), NO, "128", "62 / 62", "10 / 10",
         "0 / 0", Word("Safe"), ""),
        ("2017-07-11", "13:10", Word("During nap"), Word("Evacuation"), YES, "205", "60 / 61", "9 / 9", "– / 1",
         Word("not signed yet"), LATE),
    ),
    "food-log": (
        ("2017-07-04", Word("Lunch"), "米饭、清蒸鱼、胡萝卜", "工厂食堂", "62.5", YES, "2017-07-06",
         "李小明: 花生过敏; 王欣怡: 鸡蛋过敏", "王秀英"),
        ("2017-07-05", Word("Afternoon snack"), "苹果", "", "", NO, "", "", ("李会计", LATE)),
    ),
    "first-aid-kit": (
        ("急救箱", Word("Assorted adhesive plasters"), "20", "18", "2018-08-05", Word("Too few"), "2",
         "2017-07-13 王秀英"),
        ("急救箱", Word("Antiseptic wipes or solution, in date"), "10", "13", "2017-07-09", Word("Expired"), "10", ""),
        ("户外包", Word("Cold packs"), "2", "", "", Word("Not counted yet"), "", ""),
    ),
    "first-aid-log": (
        ("2017-07-07", "15:20", "李.", "在院子里擦伤膝盖", "1 × 创可贴, 1 × 无菌纱布", "王秀英", "2017-003", ""),
        ("2017-07-10", Word("not known"), "L. M.", "", "ice", "李会计", "", LATE),
    ),
}  # fmt: skip
_TOLD = {
    "visitor-register": Word("{n} visitors; not signed out: {still}.", {"n": 2, "still": 1}),
    "drill-register": Word(
        "{n} drills; slower than {target} seconds: {slow}. Counted / by the records of that moment.",
        {"n": 2, "target": 180, "slow": 1},
    ),
    "food-log": Word(
        "Hot food arrives at {limit} °C or more; a sample of each dish is kept cool for 48 hours.", {"limit": "60"}
    ),
    "first-aid-kit": Word("To buy: {n} of these contents.", {"n": 2}),
    "first-aid-log": Word("{n} entries.", {"n": 2}),
}
OTHERS = (
    OtherHere("王秀英", "Head teacher", visitor=False, since=time(7, 5)),
    OtherHere("Ms. Reed", "品牌合规部", visitor=True, since=time(9, 40), host="李会计"),
)
"""Who else is in the space."""


def log_samples(letterhead: Callable[[], Letterhead]) -> dict[str, Callable[[], Any]]:
    """Return a sample for each paper of the logs."""

    def log(kind: str) -> LogPaper:
        return LogPaper(letterhead(), kind, FIRST, LAST, _LISTS[kind], (_TOLD[kind],))

    def drill() -> DrillPaper:
        heads = (
            Heads("Children, by the register", 61, 60), Heads("Adults, by the duty list", 9, 9),
            Heads("Visitors, by the log", 1, None),
        )  # fmt: skip
        return DrillPaper(
            letterhead(), LAST, 180, heads, time(13, 10), DrillKind.EVACUATION, "During nap", announced=True,
            seconds=205, missing="李小明：在厕所，清查时找到", leader="王秀英", problems="两名孩子躲在厕所",
            entered_late=True, checklist="Fire and evacuation drill", result="Not safe",
            signed="王秀英, 2017-07-14 15:02",
            audit_head="#812 7K2M-9QXA-RT4C",
        )  # fmt: skip

    return {kind: lambda kind=kind: log(kind) for kind in _LISTS} | {"drill-record": drill}
