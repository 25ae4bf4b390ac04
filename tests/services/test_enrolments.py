"""Places: who gets one, who waits and why, and what must be there before a child is signed in."""

from datetime import date

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.child import CarePlan, Child, Consent, ConsentPurpose, PickupAdult, Relation
from ccfs_desktop.models.enrolment import Criterion, Enrolment, Status
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import children, enrolments, seasons, waiting_list, workers
from tests import spaces

JULY = date(2017, 7, 10)


@pytest.fixture(autouse=True)
def _in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", JULY.isoformat())


def _apply(db: Database, season: Season, name: str, **about: object) -> tuple[Enrolment, Child]:
    with db.begin("Apply") as session:
        child = children.save(session, Child(name=name, birth_date=date(2010, 1, 1), **about))  # type: ignore[arg-type]
        return enrolments.apply(session, season, child, on=JULY), child


def test_a_full_season_lets_the_next_child_wait(db: Database) -> None:
    season = spaces.fill(db, 3).season
    with db.begin("Fewer places") as session:
        seasons.change(session, season.id, capacity=4)
    with db.begin("Enrol") as session:
        season = seasons.current(session, JULY)
        pairs = [_unplaced(session, season, name) for name in ("Aye", "Bo", "Chit")]
        enrolments.enrol_many(session, season, pairs)
    assert [e.status for e, _child in pairs] == [Status.ENROLLED, Status.WAITING, Status.WAITING]
    assert (pairs[0][0].number, pairs[1][0].number) == ("004", "")
    with db.read() as session:
        assert enrolments.places(session, season) == enrolments.Places(4, 4, 2)

    with db.begin("One over the limit") as session:
        forced = enrolments.enrol(session, season, pairs[1][0], pairs[1][1], force=True)
    assert (forced.status, forced.number) == (Status.ENROLLED, "005")


def _unplaced(session: object, season: Season, name: str) -> tuple[Enrolment, Child]:
    child = children.save(session, Child(name=name, birth_date=date(2010, 1, 1)))  # type: ignore[arg-type]
    return enrolments.apply(session, season, child, on=JULY), child  # type: ignore[arg-type]


def test_a_place_that_becomes_free_keeps_its_number(db: Database) -> None:
    space = spaces.fill(db, 3)
    with db.begin("Leave") as session:
        enrolment = enrolments.of(session, space.season, space.children[2].id)
        assert enrolment is not None
        with pytest.raises(Invalid, match="why the child leaves"):
            enrolments.leave(session, enrolment, on=JULY, reason=" ")
        enrolments.leave(session, enrolment, on=JULY, reason="Back to the village")
    application, child = _apply(db, space.season, "Aye")
    with db.begin("Enrol") as session:
        enrolments.enrol(session, space.season, session.merge(application), child)
    with db.read() as session:
        numbers = {
            e.number for e in enrolments.of_many(session, space.season, [c.id for c in (*space.children, child)])
        }
    assert numbers == {"001", "002", "003", "004"}


def test_a_child_applies_once(db: Database) -> None:
    space = spaces.fill(db)
    with pytest.raises(UserError, match="already applied"), db.begin("Apply") as session:
        enrolments.apply(session, space.season, space.children[0], on=JULY)


def test_groups_fill_evenly_by_age(db: Database) -> None:
    season = spaces.fill(db, 0).season
    with db.begin("Enrol") as session:
        young = seasons.groups(session, season)[0]
        seasons.save_group(
            session, type(young)(season_id=season.id, name="Little ones B", age_from=3, age_to=5, size=young.size)
        )
        pairs: list[tuple[Enrolment, Child]] = []
        for n in range(4):
            child = children.save(session, Child(name=f"Child {n}", birth_date=date(2013, 1, 1 + n)))
            pairs.append((enrolments.apply(session, season, child, on=JULY), child))
        enrolments.enrol_many(session, season, pairs)
        sizes = enrolments.group_sizes(session, season)
    assert sorted(sizes.values()) == [2, 2]


def test_points_decide_the_waiting_list_then_the_day_of_application(db: Database) -> None:
    season = spaces.fill(db, 0).season
    with db.begin("Add workers") as session:
        pair = [
            workers.save(session, Worker(number=f"A{n}", name=f"Parent {n}", phone="1380000000", migrant=True))
            for n in range(2)
        ]
    with db.begin("Apply") as session:
        child = children.save(session, Child(name="Two parents", birth_date=date(2010, 1, 1), left_behind=True))
        for parent in pair:
            children.add_guardian(session, child, children.guardian_of_worker(session, parent), Relation.GUARDIAN)
        seen = enrolments.apply(session, season, child, on=JULY)
    assert waiting_list.criteria(seen) == (Criterion.LEFT_BEHIND, Criterion.DUAL_WORKERS, Criterion.MIGRANT)
    late, _ = _apply(db, season, "Later")
    with db.begin("Earlier") as session:
        child = children.save(session, Child(name="Earlier", birth_date=date(2010, 1, 1)))
        enrolments.apply(session, season, child, on=date(2017, 6, 1))
        waiting_list.set_criteria(session.get_one(Enrolment, late.id), [])
    with db.read() as session:
        order = [(child.name, score) for _e, child, score in waiting_list.waiting(session, season)]
    assert order == [("Two parents", 7), ("Earlier", 0), ("Later", 0)]

    with db.begin("Decline") as session, pytest.raises(Invalid, match="no place"):
        enrolments.decline(session, session.get_one(Enrolment, late.id), reason="")


@pytest.mark.parametrize("lost", list(enrolments.BLOCKERS))
def test_each_paper_that_is_missing_is_named(db: Database, lost: str) -> None:
    space = spaces.fill(db)
    child = space.children[1]
    with db.begin("Lose a paper") as session:
        file = children.file(session, space.season, child.id)
        if lost == "health":
            plan = children.care_plan(session, child.id)
            assert isinstance(plan, CarePlan)
            plan.declared_on = None
        elif lost in {"agreement", "data"}:
            children.withdraw_consent(session, child.id, ConsentPurpose(lost), on=JULY)
        else:
            for link in file.guardianships:
                session.delete(link)
            for adult in file.pickups:
                adult.ended_on = JULY if lost == "pickup" else None
    with db.read() as session:
        missing = enrolments.missing(session, [c.id for c in space.children], JULY)
    wanted = {"pickup": ("contact", "pickup")}.get(lost, (lost,))
    assert missing == {child.id: wanted}


def test_papers_are_noted_for_many_children_at_once_and_taken_back_at_once(db: Database) -> None:
    season = spaces.fill(db, 0).season
    with db.begin("Enrol") as session:
        ids = [spaces.a_child(session, season, n).id for n in range(5)]
    with db.begin("Papers received") as session:
        assert enrolments.papers_received(session, ids, on=JULY, language="zh_CN") == 5
    with db.read() as session:
        assert not enrolments.missing(session, ids, JULY)
        consent = children.file(session, season, ids[0]).consents[0]
        assert (consent.wording, consent.language, consent.signed_on) == ("1", "zh_CN", JULY)
    from ccfs_desktop.db import undo

    undo.undo_last(db)
    with db.read() as session:
        assert len(enrolments.missing(session, ids, JULY)) == 5


def test_an_admission_without_papers_names_who_answers_for_it(db: Database) -> None:
    season = spaces.fill(db, 0).season
    application, _child = _apply(db, season, "Aye")
    with db.begin("Admit") as session:
        enrolment = session.get_one(Enrolment, application.id)
        with pytest.raises(Invalid) as refused:
            enrolments.override(session, enrolment, by="Li Na", reason="")
        assert set(refused.value.problems) == {"override_reason"}
        enrolments.override(session, enrolment, by="Li Na", reason="The grandmother is on her way")
        assert enrolment.override_by == "Li Na"
        enrolments.end_override(session, enrolment)
        assert not enrolment.override_by


def test_next_years_families_are_asked_anew(db: Database) -> None:
    space = spaces.fill(db)
    with db.begin("Roll over") as session:
        last = session.get_one(Season, space.season.id)
        following = seasons.roll_over(session, last, name="Summer 2018", first_day=date(2018, 7, 2), country="CN")
    child = space.children[0]
    in_season, next_year = date(2017, 8, 25), date(2018, 7, 2)
    with db.read() as session:
        assert not enrolments.missing(session, [child.id], in_season)
        assert enrolments.missing(session, [child.id], next_year) == {child.id: ("agreement", "health", "data")}
        adults = session.query(PickupAdult).filter_by(child_id=child.id).all()
        assert [a.ended_on for a in adults] == [next_year]
        assert enrolments.of(session, following, child.id) is None
    with db.begin("Papers received") as session:
        enrolments.papers_received(session, [child.id], on=date(2018, 6, 20), language="zh_CN")
    with db.read() as session:
        assert not enrolments.missing(session, [child.id], next_year)
        assert session.query(Consent).filter_by(child_id=child.id).count() == 4
