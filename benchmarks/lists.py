"""A worker list of 5,000 rows from Excel: read, checked and kept, in the running program."""

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks import workload
from benchmarks.contest import Contest, Goal
from benchmarks.measure import call
from ccfs_desktop.db import Actor, Database
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.worker import Sex
from ccfs_desktop.services import imports, seasons
from ccfs_desktop.services.demo.names import Names

ROWS = 5_000
CALAMINE, OPENPYXL = "calamine, reading only", "openpyxl read_only, reading only"
PLANNED, KEPT = "ours: read and checked", "ours: read, checked, kept, sealed"
_HEADINGS = ("工号", "姓名", "部门", "产线", "性别", "入职日期", "出生日期", "手机", "籍贯", "子女数", "班次", "备注")


def contest(place: Path) -> Contest:
    """Return the contest, with a list and an office made for it."""
    file, office = place / "workers.xlsx", place / "import"
    _write(file)
    workload.make(office)
    return Contest(
        f"Import of a list of {ROWS:,} workers (12 columns, .xlsx)",
        {
            CALAMINE: call(lambda: _calamine(file)),
            OPENPYXL: call(lambda: _openpyxl(file)),
            PLANNED: call(_ours(file, office, keep=False)),
            KEPT: call(_ours(file, office, keep=True)),
        },
        (Goal(PLANNED, CALAMINE, 3.0), Goal(PLANNED, OPENPYXL, 0.4), Goal(KEPT, OPENPYXL, 1.0)),
        rounds=5,
    )


def _write(file: Path) -> None:
    dice, names = Random(2017), Names("zh_CN", 2017)  # noqa: S311 (a play, not a secret)
    with xlsxwriter.Workbook(file) as book:
        sheet, day = book.add_worksheet("员工"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, _HEADINGS)
        for n in range(1, ROWS + 1):
            sex = dice.choice(list(Sex))
            row = [f"E{n:06d}", names.adult(sex).native, dice.choice(names.texts("departments")), f"{n % 9 + 1}线"]
            sheet.write_row(n, 0, [*row, "女" if sex is Sex.FEMALE else "男"])
            hired = datetime(2005, 1, 1) + timedelta(days=dice.randrange(4_000))
            sheet.write_datetime(n, 5, hired, day)
            sheet.write_datetime(n, 6, hired - timedelta(days=dice.randrange(7_000, 14_000)), day)
            sheet.write_row(n, 7, [names.phone(), dice.choice(names.texts("towns")), dice.randrange(4), "白班", ""])


def _calamine(file: Path) -> None:
    assert len(CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()) == ROWS + 1


def _openpyxl(file: Path) -> None:
    sheet: Any = openpyxl.load_workbook(file, read_only=True, data_only=True).active
    assert sum(1 for _row in sheet.iter_rows(values_only=True)) == ROWS + 1


def _ours(file: Path, office: Path, *, keep: bool) -> Callable[[], None]:
    """Return the import into a fresh copy of the office, as the window and the command line do it."""
    numbers = count()

    def run() -> None:
        folder = shutil.copytree(office, office.with_name(f"import-{keep}-{next(numbers)}"))
        db = Database.open(folder, workload.KEYS, Actor("Li Na", "officer"))
        read = imports.read_file(db, ListKind.WORKERS, file)
        with db.read() as session:
            season = seasons.current(session, date(2016, 1, 1))
            plan = imports.plan(session, season, ListKind.WORKERS, read)
        assert plan.count(imports.Outcome.NEW) == ROWS
        if keep:
            imports.apply(db, season, plan)
        db.close()

    return run
