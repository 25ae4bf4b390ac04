"""People are found however their name is typed."""

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import searching, workers

PEOPLE = {
    "李小明": "DG00123",
    "李乐乐": "DG00124",
    "Nguyễn Thị Ánh": "V-0031",
    "Đặng Đức": "V-0032",
    "মোছাঃ রহিমা খাতুন": "GZ 77",
    "İbrahim Yıldız": "T-9",
    "ＡＢＣ Lee": "X1",
}


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("lxm", "李小明"),
        ("li xiaoming", "李小明"),
        ("lixiaoming", "李小明"),
        ("小明", "李小明"),
        ("ming", "李小明"),
        ("李乐乐", "李乐乐"),
        ("nguyen thi anh", "Nguyễn Thị Ánh"),
        ("ANH", "Nguyễn Thị Ánh"),
        ("dang duc", "Đặng Đức"),
        ("রহিমা", "মোছাঃ রহিমা খাতুন"),
        ("ibrahim yildiz", "İbrahim Yıldız"),
        ("YILDIZ", "İbrahim Yıldız"),
        ("abc", "ＡＢＣ Lee"),
        ("00123", "李小明"),
        ("123", "李小明"),
        ("v0031", "Nguyễn Thị Ánh"),
        ("13800000006", "ＡＢＣ Lee"),
        ("0006", "ＡＢＣ Lee"),
    ],
)
def test_a_person_is_found(db: Database, typed: str, who: str) -> None:
    with db.begin("Add workers") as session:
        for n, (name, number) in enumerate(PEOPLE.items()):
            workers.save(session, Worker(number=number, name=name, phone=f"138 0000 {n:04}"))
    with db.read() as session:
        assert who in [w.name for w in workers.find(session, typed)]
        assert searching.fits(next(w.search for w in workers.find(session, typed) if w.name == who), typed)


def test_what_cannot_be_a_name_finds_nobody_and_breaks_nothing(db: Database) -> None:
    with db.begin("Add a worker") as session:
        workers.save(session, Worker(number="1", name="Aye"))
    with db.read() as session:
        for typed in ("a* OR b", "NEAR(a b)", "'; DROP TABLE child --", "zzz", "ayee"):
            assert not workers.find(session, typed), typed


def test_chinese_names_sort_by_sound_beside_latin_ones() -> None:
    names = ["王芳", "Lena", "李娜", "Aye", "Zoe"]
    assert sorted(names, key=searching.sort_key) == ["Aye", "Lena", "李娜", "王芳", "Zoe"]
