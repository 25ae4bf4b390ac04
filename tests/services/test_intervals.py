"""The intervals beside shares and counts, against the vectors of domain.md 6.8 (cross-checked there with scipy)."""

import pytest

from ccfs_desktop.services.intervals import poisson, wilson


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    [(9, 10, 0.5958, 0.9821), (27, 30, 0.7438, 0.9654), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1)],
)
def test_a_share_has_the_interval_of_wilson(hits: int, tries: int, low: float, high: float):
    found = wilson(hits, tries)

    assert found
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_nothing_tried_says_nothing():
    assert wilson(0, 0) is None


@pytest.mark.parametrize(
    ("events", "low", "high"),
    # The last two: chi-square quantiles, from scipy.
    [(0, 0, 3.689), (1, 0.025, 5.572), (5, 1.623, 11.668), (50, 37.111, 65.919), (400, 361.756, 441.187)],
)
def test_a_count_has_the_exact_interval_of_poisson(events: int, low: float, high: float):
    found = poisson(events)

    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-4)
