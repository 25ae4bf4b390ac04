"""What the officer types for a time, and what it means."""

from datetime import time

import pytest

from ccfs_desktop.errors import UserError
from ccfs_desktop.services import times

OPENS, CLOSES = time(7, 30), time(17, 30)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8", time(8)),
        ("73", time(7, 45)),  # hour 7, third quarter ticked
        ("81", time(8, 15)),
        ("162", time(16, 30)),
        ("745", time(7, 45)),
        ("0745", time(7, 45)),
        ("7:45", time(7, 45)),
        ("7点45分", time(7, 45)),
        ("１７：３０", time(17, 30)),
        ("৭৪৫", time(7, 45)),
        ("11", time(11)),  # eleven o'clock rather than a quarter past one
        ("113", time(11, 45)),
        ("5", time(17)),  # the space is never open at five in the morning
        ("52", time(17, 30)),
        ("530", time(17, 30)),
        ("0530", time(5, 30)),  # four digits are taken as they stand
        ("5:30", time(5, 30)),
    ],
)
def test_a_time_is_read_as_the_officer_means_it(typed: str, meant: time):
    assert times.parse(typed, opens=OPENS, closes=CLOSES) == meant


@pytest.mark.parametrize("typed", ["", "25:00", "7:75", "soon", "12345", "九"])
def test_what_is_no_time_is_refused_in_words(typed: str):
    with pytest.raises(UserError, match="no time of day"):
        times.parse(typed, opens=OPENS, closes=CLOSES)


@pytest.mark.parametrize(("typed", "done"), [("73", True), ("7", False), ("162", True), ("16", False), ("75", False)])
def test_hour_and_ticked_quarter_end_by_themselves(typed: str, done: bool):
    assert times.is_ticked(typed) is done
