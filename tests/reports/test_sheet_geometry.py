"""The millimetres of the scan-ready sheet leave room for a pen and for a scanner. Source: `scanback.md` 6."""

from datetime import time
from itertools import combinations, pairwise

import pytest

from ccfs_desktop.services.sheet_geometry import (
    ROWS_PER_PAGE,
    Box,
    arrival_hours,
    departure_hours,
    page_count,
    page_geometry,
)

PAGE = page_geometry(ROWS_PER_PAGE, time(7, 30), time(17, 30))
CELLS = [cell for row in PAGE.rows for cell in row.cells]


def apart(one: Box, other: Box) -> bool:
    """Say whether two boxes have no point in common; touching edges may."""
    across = one.right <= other.left + 0.01 or other.right <= one.left + 0.01
    return across or one.bottom <= other.top + 0.01 or other.bottom <= one.top + 0.01


def test_twenty_rows_of_a_hand_fit_between_head_and_foot():
    assert [row.box.height for row in PAGE.rows] == [11.2] * 20
    assert PAGE.table.bottom <= PAGE.foot_code.top - 4 * 15 / 25  # four squares of the code stay white


def test_no_two_things_share_a_place():
    boxes = [cell.box for cell in CELLS] + [mark.box for mark in PAGE.markers]
    boxes += [PAGE.head_code, PAGE.foot_code, PAGE.stamp, *(row.child for row in PAGE.rows)]
    assert all(apart(one, other) for one, other in combinations(boxes, 2))
    assert all(apart(PAGE.table, other.box) for other in PAGE.markers)
    assert apart(PAGE.stamp, PAGE.table)


def test_a_row_has_room_to_tick_and_to_sign():
    for row in PAGE.rows:
        ticks = [cell.box for cell in row.cells if cell.kind == "tick"]
        for cell in row.cells:
            assert row.box.left <= cell.box.left
            assert cell.box.right <= row.box.right
            assert row.box.top <= cell.box.top
            assert cell.box.bottom <= row.box.bottom + 0.01
            if cell.kind == "signature":
                assert cell.box.width >= 30
                assert cell.box.height >= 9
        assert all(box.width >= 3.6 for box in ticks)
        hours = sorted(cell.box.left for cell in row.cells if cell.name.startswith("out-hour"))
        assert min(b - a for a, b in pairwise(hours)) >= 6.9 - 0.01


def test_every_cell_of_a_row_has_a_name_of_its_own():
    names = [cell.name for cell in PAGE.rows[0].cells]
    assert len(names) == len(set(names)) == 21
    assert {"in-hour-7", "in-quarter-45", "in-signature", "out-hour-17", "out-signature", "absent"} <= set(names)


def test_markers_are_square_white_around_and_nine_or_six_millimetres():
    assert [(mark.number, mark.box.width) for mark in PAGE.markers] == [(0, 9), (1, 9), (2, 9), (3, 9), (4, 6), (5, 6)]
    for mark in PAGE.markers:
        white = mark.box.inside(-2)
        others = [cell.box for cell in CELLS] + [PAGE.head_code, PAGE.foot_code, PAGE.stamp, PAGE.table]
        assert all(apart(white, other) for other in others), mark.number


@pytest.mark.parametrize(
    ("opens", "closes", "arrival", "departure"),
    [
        (time(7, 30), time(17, 30), (6, 7, 8, 9), (15, 16, 17, 18, 19, 20)),
        (time(6), time(14), (5, 6, 7, 8), (11, 12, 13, 14, 15, 16)),
        (time(0, 30), time(23, 30), (0, 1, 2, 3), (18, 19, 20, 21, 22, 23)),
    ],
)
def test_the_hours_offered_follow_the_opening_hours(
    opens: time, closes: time, arrival: tuple[int, ...], departure: tuple[int, ...]
):
    assert arrival_hours(opens) == arrival
    assert departure_hours(closes) == departure


@pytest.mark.parametrize(("children", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (120, 6)])
def test_pages_follow_the_children(children: int, pages: int):
    assert page_count(children) == pages
