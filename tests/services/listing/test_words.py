"""What the words in the cells mean, in six languages."""

import pytest

from ccfs_desktop.models.child import Relation
from ccfs_desktop.models.staff import StaffRole
from ccfs_desktop.models.worker import Sex
from ccfs_desktop.services.listing import words


def test_the_words_stand_for_the_codes_that_are_stored() -> None:
    tables = words.vocabulary()
    assert set(tables["sex"].values()) == {sex.value for sex in Sex}
    assert set(tables["relation"].values()) == {relation.value for relation in Relation}
    assert set(tables["role"].values()) == {role.value for role in StaffRole}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("周一至周五", "12345"),
        ("星期一、三、五", "135"),
        ("周一到五", "12345"),
        ("T2-T7", "123456"),
        ("Thứ 2 đến thứ 6", "12345"),
        ("Thứ 2-6", "12345"),
        ("Thứ Hai, Chủ nhật", "17"),
        ("Sat-Thu", "123467"),
        ("Sunday–Thursday", "12347"),
        ("Mon, Wed & Fri", "135"),
        ("daily except Friday", "123467"),
        ("Senin–Jumat", "12345"),
        ("Senin s/d Kamis", "1234"),
        ("শনি-বৃহস্পতি", "123467"),
        ("রবিবার থেকে বৃহস্পতিবার", "12347"),
        ("Pzt-Cum", "12345"),
        ("Salı, Perşembe", "24"),
        ("每天", "1234567"),
        ("Hafta içi", "12345"),
    ],
)
def test_days_of_the_week_are_understood(text: str, days: str) -> None:
    assert words.weekdays(text) == tuple(map(int, days))


def test_what_is_no_day_is_not_guessed() -> None:
    assert words.weekdays("afternoons") is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("主班老师", "head_teacher"),
        ("大学生志愿者", "volunteer"),
        ("厂医", "nurse"),
        ("保洁阿姨", "cleaner"),
        ("驻厂社工", "social_worker"),
        ("Giáo viên trưởng", "head_teacher"),
        ("Tình nguyện viên", "volunteer"),
        ("Caregiver", "teacher"),
        ("Senior caregiver", "head_teacher"),
        ("Kepala pengasuh", "head_teacher"),
        ("Relawan", "volunteer"),
        ("সহকারী শিক্ষিকা", "assistant"),
        ("Stajyer", "intern"),
        ("Güvenlik görevlisi", "guard"),
    ],
)
def test_roles_are_understood(text: str, role: str) -> None:
    assert words.role(text) == role


def test_tones_tell_a_grandmother_from_a_father() -> None:
    assert [words.code("relation", text) for text in ("Bà", "Ba", "BÀ NGOẠI", "me", "母女")] == [
        "grandmother",
        "father",
        "grandmother",
        "mother",
        "mother",
    ]


def test_a_consent_with_a_condition_is_no_yes() -> None:
    assert words.yes("是（已签）", marks=True) is True
    assert words.yes("同意（不拍脸）", marks=True) is None
    assert [words.yes(text, marks=True) for text in ("Có", "không", "হ্যাঁ", "Tidak", "Evet", "√", "×")] == [
        True,
        False,
        True,
        False,
        True,
        True,
        False,
    ]
