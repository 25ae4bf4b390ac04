"""Every ratio profile against a table reckoned by hand from domain.md 2.5; the space profiles of 2.6."""

import pytest

from ccfs_desktop.models.season import RatioMode
from ccfs_desktop.services import ratio, space

Y, S, P = RatioMode.YOUNGEST, RatioMode.SUMMED, RatioMode.PROFILE


def _ages(*told: tuple[int, int]) -> list[int]:
    """Return ages in months: ``(3, 10)`` is ten children of three years."""
    return [12 * years for years, n in told for _ in range(n)]


# Profile, (years, children) …, by the youngest, summed. The comment is the sum that was reckoned by hand.
TABLE: tuple[tuple[str, tuple[tuple[int, int], ...], int, int], ...] = (
    ("cfs-standard", ((3, 1),), 2, 2),  # never fewer than two
    ("cfs-standard", ((5, 16),), 2, 2),  # 16/8
    ("cfs-standard", ((5, 17),), 3, 3),  # 17/8
    ("cfs-standard", ((3, 8), (6, 10), (9, 12)), 4, 3),  # 30/8 = 3.75; 1 + 1 + 1
    ("cfs-standard", ((6, 15), (9, 15)), 3, 3),  # 30/10; 1.5 + 1.25 = 2.75
    ("cfs-standard", ((2, 20), (14, 4)), 3, 3),  # under 3 like 3: 24/8; 2.5 + 0.33
    ("cfoc", ((0, 6),), 2, 2),  # 6/3
    ("cfoc", ((2, 9),), 3, 3),  # 9/4
    ("cfoc", ((3, 14),), 2, 2),  # 14/7
    ("cfoc", ((4, 16), (5, 8)), 3, 3),  # 24/8
    ("cfoc", ((3, 7), (8, 20)), 4, 3),  # 27/7 = 3.86; 1 + 2
    ("cfoc", ((9, 24), (14, 12)), 3, 3),  # 36/12, over 12 years like 12
    ("eyfs", ((1, 6),), 2, 2),  # 6/3
    ("eyfs", ((2, 11),), 3, 3),  # 11/5
    ("eyfs", ((2, 5), (3, 16)), 5, 3),  # 21/5 = 4.2; 1 + 2
    ("humanitarian", ((3, 15),), 2, 2),  # 15 per 2
    ("humanitarian", ((3, 16),), 3, 3),  # 16 × 2/15 = 2.13
    ("humanitarian", ((5, 20), (10, 25)), 5, 4),  # 45 × 2/20 = 4.5; 2 + 2
    ("humanitarian", ((13, 45),), 3, 3),  # 45 × 2/30
    ("india", ((2, 10),), 2, 2),  # a worker and a helper
    ("india", ((2, 10), (4, 20)), 6, 4),  # 30 × 2/10; 2 + 2
    ("india", ((4, 30),), 3, 3),  # 30 × 2/20
    ("china-nursery", ((0, 9),), 3, 3),  # 9/3
    ("china-nursery", ((1, 10), (2, 7)), 4, 3),  # 17/5 = 3.4; 2 + 1
    ("indonesia", ((1, 8),), 2, 2),  # 8/4
    ("indonesia", ((2, 8), (4, 30)), 5, 3),  # 38/8 = 4.75; 1 + 2
    ("muara-pulau", ((5, 14),), 2, 2),  # 14/7
    ("muara-pulau", ((3, 5), (11, 10)), 3, 3),  # 15/7 = 2.14
    ("china-kindergarten", ((3, 25),), 3, 3),  # one class
    ("china-kindergarten", ((3, 26),), 6, 6),  # two classes begun
    ("china-kindergarten", ((4, 31),), 6, 6),
    ("china-kindergarten", ((5, 35),), 3, 3),
    ("china-kindergarten", ((3, 14), (5, 14)), 6, 6),  # 28 by 25: two classes; one class of each age
    ("shenzhen", ((8, 1),), 2, 2),
    ("shenzhen", ((8, 25),), 2, 2),
    ("shenzhen", ((8, 26),), 3, 3),  # one more for the 20 that are begun
    ("shenzhen", ((7, 20), (12, 25)), 3, 3),  # 45 = 25 + 20
    ("shenzhen", ((7, 20), (12, 26)), 4, 4),
)


@pytest.mark.parametrize(("code", "told", "youngest", "summed"), TABLE)
def test_a_profile_asks_for_as_many_adults_as_reckoned_by_hand(
    code: str, told: tuple[tuple[int, int], ...], youngest: int, summed: int
) -> None:
    profile, months = ratio.profile(code), _ages(*told)
    assert (profile.required(months, Y), profile.required(months, S)) == (youngest, summed)


def test_the_table_knows_every_profile() -> None:
    assert {code for code, *_rest in TABLE} == {p.code for p in ratio.profiles()}


def test_no_children_need_no_adults_and_few_need_two() -> None:
    assert all(p.required([]) == 0 and p.required([60]) >= 2 for p in ratio.profiles())


def test_a_mixed_class_has_its_own_number_where_the_source_gives_one() -> None:
    kindergarten = ratio.profile("china-kindergarten")
    mixed = _ages((3, 14), (5, 14))
    assert (kindergarten.required(mixed, P), kindergarten.required(mixed, Y)) == (3, 6)  # one mixed class of up to 30
    assert kindergarten.required(_ages((3, 28)), P) == 6
    assert kindergarten.required(_ages((3, 15), (5, 16)), P) == 6
    assert (kindergarten.group_max(36, 47), kindergarten.group_max(36, 60)) == (25, 30)
    nursery = ratio.profile("china-nursery")
    assert [nursery.group_max(low, low) for low in (0, 12, 24)] == [10, 15, 20]
    assert nursery.group_max(0, 30) == 18


def test_group_sizes_are_those_of_the_source() -> None:
    cfoc = ratio.profile("cfoc")
    assert [cfoc.group_max(m, m) for m in (12, 13, 36, 48, 60, 72, 108)] == [6, 8, 14, 16, 16, 20, 24]
    assert ratio.profile("shenzhen").group_max(36, 168) is None


def test_a_nap_lets_adults_go_within_call_where_the_profile_has_a_nap_rule() -> None:
    cfoc = ratio.profile("cfoc")
    assert cfoc.in_room([31] * 12, cfoc.required([31] * 12)) == 1  # three within call are two
    assert cfoc.in_room([30, 40, 40], 2) == 2  # one of them is too young
    assert ratio.profile("cfs-standard").in_room([40] * 12, 2) == 2


@pytest.mark.parametrize(
    ("code", "percent", "months", "most"),
    [
        ("cfs-standard", 300, 36, 24),
        ("cfs-standard", 350, 36, 24),  # half an adult is none
        ("cfs-standard", 100, 36, 0),  # one alone looks after nobody
        ("cfs-standard", 0, 36, 0),
        ("china-kindergarten", 500, 36, 25),  # the second class needs six
        ("shenzhen", 300, 84, 45),
        ("humanitarian", 300, 60, 30),
    ],
)
def test_so_many_adults_look_after_so_many_children(code: str, percent: int, months: int, most: int) -> None:
    assert ratio.profile(code).most(percent, months) == most


def test_a_profile_says_for_which_ages_it_has_no_number() -> None:
    standard = ratio.profile("cfs-standard")
    assert standard.gaps(36, 179) == []
    assert standard.gaps(24, 180) == [
        "The ratio profile has no number for children under 3 years; they are reckoned like its youngest.",
        "The ratio profile has no number for children from 15 years on; they are reckoned like its oldest.",
    ]
    assert ratio.profile("shenzhen").gaps(0, 200) == []


def test_every_profile_says_where_it_comes_from_and_how_well_it_is_known() -> None:
    for profile in (*ratio.profiles(), *space.profiles()):
        assert all((profile.name, profile.text, profile.source)), profile.code
        assert profile.evidence in ratio.EVIDENCE, profile.code
    unchecked = {p.code for p in ratio.profiles() if p.evidence == "unchecked"}
    assert unchecked == {"eyfs", "humanitarian", "china-nursery", "indonesia"}  # [K] in domain.md 2.5


@pytest.mark.parametrize(
    ("code", "months", "cm2"),
    [
        ("cfoc", 40, 39_000), ("cfoc-preferred", 40, 46_000), ("school-age", 90, 32_500), ("shenzhen", 90, 40_000),
        ("dongguan", 90, 40_000), ("india-states", 40, 19_000), ("india-national", 40, 11_000),
        ("bangladesh", 40, 23_000), ("eyfs", 23, 35_000), ("eyfs", 24, 25_000), ("eyfs", 36, 23_000),
    ],
)  # fmt: skip
def test_a_child_needs_as_much_floor_as_the_source_says(code: str, months: int, cm2: int) -> None:
    assert space.profile(code).cm2(months) == cm2
