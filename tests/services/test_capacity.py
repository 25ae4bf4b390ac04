"""How many children the space can take: the limit that binds is named, whichever it is."""

from datetime import date, time
from typing import Any

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import capacity, seasons, staff
from ccfs_desktop.services.capacity import Capacity, Limit
from tests import spaces

TODAY = date(2017, 7, 10)
ROOMY: dict[str, Any] = {"usable_m2": 1_000, "toilets": 10, "beds": 200, "fire_limit": 200}


def _reckoned(db: Database, *, adults: int = 0, **changes: Any) -> Capacity:
    """Three groups of 7 places, some adults with complete papers, and what else is known."""
    season = spaces.fill(db).season
    with db.begin("Change the season") as session:
        changed = seasons.change(session, season.id, **changes)
        for n in range(adults):
            person = staff.save(session, Staff(name=f"王{n}", role=StaffRole.TEACHER))
            for kind in (PaperKind.BACKGROUND_CHECK, PaperKind.CODE_OF_CONDUCT):
                session.add(StaffPaper(staff_id=person.id, kind=kind, issued_on=date(2017, 6, 1)))
        session.flush()
        return capacity.of(session, changed, TODAY)


@pytest.mark.parametrize(
    ("changes", "adults", "limit", "places"),
    [
        ({"usable_m2": 50}, 10, Limit.FLOOR, 12),  # 50 / 3.9
        ({}, 10, Limit.GROUPS, 21),  # three groups of 7
        ({}, 2, Limit.STAFF, 16),  # two adults, the youngest is 4: 8 to an adult
        ({"nap_from": time(13), "nap_until": time(14), "beds": 15}, 10, Limit.BEDS, 15),
        ({"toilets": 1}, 10, Limit.TOILETS, 20),
        ({"fire_limit": 9}, 10, Limit.FIRE, 9),
    ],
)
def test_the_limit_that_binds_is_named(
    db: Database, changes: dict[str, Any], adults: int, limit: Limit, places: int
) -> None:
    found = _reckoned(db, adults=adults, **(ROOMY | changes))
    assert [term.limit for term in found.binding] == [limit]
    assert found.places == places
    assert found.sentence.startswith(f"At most {places} children; the limit is: {found.binding[0].word} (")


def test_a_limit_says_how_it_is_reckoned_and_by_which_source(db: Database) -> None:
    found = _reckoned(db, adults=2, **(ROOMY | {"usable_m2": 60}))
    told = {term.limit: term.how for term in found.terms}
    assert told[Limit.FLOOR] == "60 m² with 3.9 m² for each child: CFOC, least, Caring for Our Children 5.1.2.1"
    assert told[Limit.STAFF] == "2 who count, children from 4 years: CFS standard, CCFS"
    assert Limit.BEDS not in told  # nobody naps


def test_what_is_not_known_limits_nothing_and_is_named(db: Database) -> None:
    found = _reckoned(db)
    assert found.sentence == (
        "At most 21 children; the limit is: Groups (the places of 3 groups together). "
        "Not known and not reckoned: Floor, Adults, Toilets, Fire safety."
    )


def test_two_limits_that_meet_are_both_named(db: Database) -> None:
    found = _reckoned(db, adults=10, **(ROOMY | {"fire_limit": 20, "toilets": 1}))
    assert {term.limit for term in found.binding} == {Limit.TOILETS, Limit.FIRE}


def test_adults_whose_papers_are_missing_do_not_count(db: Database) -> None:
    season = spaces.fill(db).season
    with db.begin("Add staff") as session:
        staff.save(session, Staff(name="王秀英", role=StaffRole.HEAD_TEACHER))
        found = capacity.of(session, session.get_one(Season, season.id), TODAY)
    assert [(t.limit, t.places) for t in found.binding] == [(Limit.STAFF, 0)]


def test_more_places_than_the_space_can_take_are_warned_about(db: Database) -> None:
    found = _reckoned(db, adults=10, **(ROOMY | {"fire_limit": 9}))
    with db.read() as session:
        season = seasons.current(session, TODAY)
    assert season.capacity == 20
    assert found.warning(season).startswith("20 places are more than the space can take. At most 9 children")
    season.capacity = 9
    assert not found.warning(season)


def test_a_group_larger_than_its_profile_allows_is_named(db: Database) -> None:
    season = spaces.fill(db).season
    with db.begin("Change the season") as session:
        changed = seasons.change(session, season.id, ratio_profile="cfoc")
        first, *_rest = groups = seasons.groups(session, changed)
        first.size = 15
        needs = capacity.needs(session, changed)
        assert [n.group for n in needs] == [g.name for g in groups]
    assert (needs[0].children, needs[0].required, needs[0].most) == (15, 3, 14)  # 15/7
    assert needs[0].over_size == ("“Little ones” has 15 places; the ratio profile allows a group of at most 14.")
    assert not needs[1].over_size


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ratio_profile", "none"), ("space_profile", "none"), ("required_papers", "passport"),
        ("required_skills", "cook"), ("usable_m2", -1), ("toilets", 501), ("beds", 9_999), ("fire_limit", -1),
        ("work_day_minutes", 0), ("work_week_minutes", 300), ("work_week_days", 8), ("rest_minutes", 1_000),
        ("break_after_minutes", 10), ("break_minutes", 7),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused_in_words(db: Database, field: str, value: Any) -> None:
    season = spaces.fill(db).season
    with pytest.raises(Invalid) as refused, db.begin("Change") as session:
        seasons.change(session, season.id, **{field: value})
    assert set(refused.value.problems) == {field}
    assert str(refused.value).endswith(".")


def test_a_nap_ends_after_it_begins_and_may_be_half_known(db: Database) -> None:
    season = spaces.fill(db).season
    with db.begin("Change") as session:
        seasons.change(session, season.id, nap_from=time(13))
        with pytest.raises(Invalid, match="ends before it begins"):
            seasons.change(session, season.id, nap_until=time(12))
