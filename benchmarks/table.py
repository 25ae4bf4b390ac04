"""The plain sign-in table that the peers draw: 120 children, 20 to a page, on so many days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ccfs_desktop import paths

CHILDREN, ROWS = 120, 20
FIRST = date(2017, 7, 3)
FONT = paths.resource("fonts/NotoSansSC-Regular.ttf")
WIDTH, HEIGHT, LEFT = 595.28, 841.89, 28
TOP, ROW = HEIGHT - 90, 35
X = (28, 52, 104, 184, 208, 288, 358, 388, 448, 478, 567)
HEAD = ("No", "编号 Code", "姓名 Name", "组", "监护人 Guardian", "电话 Phone", "到", "签名 In", "离", "签名 Out")
TITLE = "每日签到表 Daily sign-in sheet"


@dataclass(frozen=True)
class Page:
    """One page of one day."""

    day: date
    title: str
    line: str
    rows: list[tuple[str, ...]]


def people() -> list[tuple[str, ...]]:
    """Return the children: number, code, name, group, guardian, phone."""
    dice = Random(2017)  # noqa: S311 (a play, not a secret)
    return [
        (str(n), f"C{n:04d}", _name(dice), "A", _name(dice), f"199 {n:04d} {dice.randrange(10_000):04d}")
        for n in range(1, CHILDREN + 1)
    ]


def _name(dice: Random) -> str:
    return dice.choice("王李张刘陈杨黄赵吴周徐孙马朱胡") + "".join(
        dice.choices("梓涵欣怡雨桐诗可佳思琪梦洁语嫣一诺若曦", k=2)
    )


def days(count: int) -> list[date]:
    """Return so many days in a row."""
    return [FIRST + timedelta(days=n) for n in range(count)]


def pages(count: int) -> Iterator[Page]:
    """Yield the pages of so many days."""
    listed = people()
    for day in days(count):
        for start in range(0, CHILDREN, ROWS):
            line = f"{day}  {start // ROWS + 1}/{-(-CHILDREN // ROWS)}  Factory 工厂 A"
            yield Page(day, TITLE, line, listed[start : start + ROWS])
