"""No group under five in a breakdown, and none that can be worked out."""

import random

from ccfs_desktop.models.child import ConsentPurpose
from ccfs_desktop.services import small_groups
from ccfs_desktop.services.compliance_records import Agreed, agreed_of
from ccfs_desktop.services.consent_register import Coverage, Standing
from ccfs_desktop.services.statistics import Figure, share


def test_a_small_group_takes_the_next_larger_one_with_it():
    assert small_groups.shown([40, 30, 3]) == ["40", "", "< 5"]
    assert small_groups.shown([40, 30, 7]) == ["40", "30", "7"]
    assert small_groups.shown([40, 3, 3]) == ["40", "< 5", "< 5"], "together they are six"
    assert small_groups.shown([40, 1, 2]) == ["> 38", "< 5", "< 5"], "together they would be three"
    assert small_groups.shown([74, 0, 0, 3]) == ["> 72", "0", "0", "< 5"]
    assert small_groups.shown([3, 0]) == ["< 5", "0"]
    assert small_groups.shown([]) == []


def test_whatever_the_numbers_nothing_under_five_can_be_worked_out():
    dice = random.Random(5)  # noqa: S311 (a play, not a secret)
    for _time in range(3_000):
        counts = [dice.choice((0, 1, 2, 4, 5, 6, 9, 30)) for _n in range(dice.randint(1, 6))]
        gone = [count for count, hidden in zip(counts, small_groups.hidden(counts), strict=True) if hidden]
        small = [count for count in counts if small_groups.is_small(count)]
        assert sorted(small) == sorted(count for count in gone if small_groups.is_small(count))
        if gone and sum(counts) >= small_groups.LEAST and any(count >= small_groups.LEAST for count in counts):
            assert len(gone) > 1
            assert sum(gone) >= small_groups.LEAST


def test_a_table_of_consents_does_not_tell_the_few_by_their_share_either():
    def row(given: int, refused: int, missing: int) -> Agreed:
        counts = {Standing.GIVEN: given, Standing.REFUSED: refused, Standing.MISSING: missing}
        return agreed_of(Coverage(ConsentPurpose.PHOTO_INTERNAL, counts))

    all_told = row(71, 0, 6)
    assert (all_told.given, all_told.share, all_told.interval) == ("71", "92.2 %", "84.0 % – 96.4 %")
    assert (row(74, 0, 3).given, row(74, 0, 3).share, row(74, 0, 3).interval) == ("> 72", "> 93.5 %", "")
    assert (row(3, 40, 0).given, row(3, 40, 0).share) == ("< 5", "< 11.6 %")
    assert (row(10, 30, 3).given, row(10, 30, 3).share) == ("", ""), "the three could be worked out from the ten"
    assert (row(3, 0, 0).given, row(3, 0, 0).share, row(0, 0, 0).share) == ("< 5", "", "")


def test_small_departments_are_merged_until_they_are_five():
    alone, merged, inside = small_groups.merged({"Sewing": 20, "Packing": 6, "Office": 2, "Kitchen": 1})
    assert (alone, merged, inside) == ([("Sewing", 20)], 3, 9)
    assert small_groups.merged({"Sewing": 20, "Packing": 6}) == ([("Sewing", 20), ("Packing", 6)], 0, 0)


def test_a_share_of_children_does_not_tell_the_few_on_either_side():
    few = share("K08", "Regular", "", 74, 77, group=True)
    assert (few.text, few.parts, few.interval_text) == ("> 93.5 %", ("> 72", "77"), "")
    few = share("K09", "Left behind", "", 2, 40, group=True)
    assert (few.text, few.counted, few.interval_text) == ("< 12.5 %", "< 5 ÷ 40", "")
    whole = share("K09", "Left behind", "", 50, 69, group=True)
    assert (whole.text, whole.counted, whole.interval_text) == ("72.5 %", "50 ÷ 69", "61.0 % – 81.6 %")


def test_a_rate_says_of_how_many_and_nothing_is_claimed_of_nothing():
    assert Figure("K12", "Incidents", "", 2, 4_000.0, factor=1000).text == "0.50"
    assert Figure("K12", "Incidents", "", 2, 4_000.0, factor=1000).counted == "2 ÷ 4,000 × 1,000"
    assert (share("K04", "Rate", "", 0, 0).text, share("K04", "Rate", "", 0, 0).counted) == ("–", "")
    assert share("K06", "Occupancy", "", 120, 100).interval is None, "more than all is no share"
