"""Codes that a scanner types the same way under every keyboard layout and input method."""

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.services import badges, handovers
from tests.spaces import fill

CODE = badges.badge_code(1, 77)


def test_a_badge_says_whose_it_is_in_digits_only():
    assert len(CODE) == badges.LENGTH
    assert CODE.isdecimal()
    assert badges.from_badge(CODE) == badges.Badge(badges.Kind.CHILD, 1, 77)
    assert badges.from_badge(CODE.translate({ord(d): ord(d) - 48 + ord("０") for d in "0123456789"})).record_id == 77


def test_one_wrong_digit_is_never_another_child():
    for place in range(len(CODE)):
        for digit in "0123456789".replace(CODE[place], ""):
            with pytest.raises(UserError, match="Scan it again"):
                badges.from_badge(CODE[:place] + digit + CODE[place + 1 :])


def test_a_pick_up_card_names_the_adult_and_last_years_badge_nobody(db: Database):
    space = fill(db, 1)
    child = space.children[0]
    with db.read() as session:
        badge = handovers.scanned(session, space.season, badges.badge_code(space.season.id, child.id))
        card = handovers.scanned(
            session, space.season, badges.code(badges.Badge(badges.Kind.GUARDIAN, space.season.id, 1))
        )
        assert badge == handovers.Scanned(child.id)
        assert card == handovers.Scanned(child.id, "刘秀英")
        with pytest.raises(UserError, match="another season"):
            handovers.scanned(session, space.season, badges.badge_code(space.season.id + 1, child.id))
        with pytest.raises(UserError, match="Nobody with this badge"):
            handovers.scanned(session, space.season, badges.badge_code(space.season.id, 999))
