"""The register of consents, and that a withdrawal takes effect at once wherever something depends on it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.child import ConsentPurpose
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import (
    attendance,
    child_papers,
    children,
    consent_register,
    data_papers,
    enrolments,
    photos,
    register,
    seasons,
    sheets,
)
from ccfs_desktop.services.consent_register import Coverage, Standing
from ccfs_desktop.services.offices import factory
from ccfs_desktop.services.papers import Alert
from tests import spaces
from tests.spaces import MONDAY

FRIDAY = MONDAY + timedelta(days=4)
PHOTO, DATA = ConsentPurpose.PHOTO_INTERNAL, ConsentPurpose.DATA


def test_the_register_shows_every_child_and_purpose_with_its_standing(db: Database):
    space = spaces.fill(db, 3)
    first, second, _third = space.children
    with db.begin("Answers") as session:
        children.set_consent(session, first.id, PHOTO, given=True, on=MONDAY, signed_by="Mother", wording="1")
        children.set_consent(session, second.id, PHOTO, given=False, on=MONDAY)
        children.withdraw_consent(session, second.id, DATA, on=FRIDAY)

    with db.read() as session:
        found = consent_register.lines(session, space.season, FRIDAY)
    standing = {(line.child_id, line.purpose): line for line in found}

    assert len(found) == 3 * len(ConsentPurpose)
    assert standing[first.id, PHOTO].standing is Standing.GIVEN
    assert standing[first.id, PHOTO].expires_on == space.season.last_day
    assert standing[second.id, PHOTO].standing is Standing.REFUSED
    assert standing[second.id, DATA].standing is Standing.WITHDRAWN
    assert standing[first.id, ConsentPurpose.OUTINGS].standing is Standing.MISSING
    by = {one.purpose: one for one in consent_register.coverage(found)}
    assert (by[DATA].given, by[DATA].children) == (2, 3)


def test_a_consent_runs_out_with_its_season_and_is_asked_for_anew(db: Database):
    space = spaces.fill(db, 1)
    child = space.children[0]
    with db.begin("A second season") as session:
        children.set_consent(session, child.id, PHOTO, given=True, on=MONDAY)
        seasons.start(
            session, Season(name="2018", first_day=date(2018, 7, 2), last_day=date(2018, 8, 24)), country="XX"
        )
    end = space.season.last_day

    with db.read() as session:
        for day, standing, soon in (
            (end - timedelta(days=15), Standing.GIVEN, False),
            (end - timedelta(days=14), Standing.GIVEN, True),
            (end, Standing.GIVEN, True),
            (end + timedelta(days=1), Standing.EXPIRED, False),
        ):
            line = consent_register.lines(session, space.season, day, purpose=PHOTO)[0]
            assert (line.standing, line.expires_soon(day)) == (standing, soon)
            alerts = register.alerts_of(session, [child], day)[child.id]
            assert (Alert.NO_PHOTO in alerts) == (standing is Standing.EXPIRED)


def test_taking_back_a_consent_to_photos_marks_every_paper_at_once(db: Database):
    space = spaces.fill(db, 1)
    child = space.children[0]
    with db.begin("Photo") as session:
        children.set_consent(session, child.id, PHOTO, given=True, on=MONDAY)
        photos.keep(session, child.id, b"jpeg")

    def shown(day: date) -> tuple[bool, bytes | None]:
        with db.read() as session:
            head = sheets.letterhead(factory(session), space.season, by="Li Na")
            badge = child_papers.badge_sheet(session, space.season, head, [child.id], day).badges[0]
            alerts = register.read(session, space.season, day)[0].alerts
            return Alert.NO_PHOTO in alerts, badge.photo

    assert shown(FRIDAY) == (False, b"jpeg")
    with db.begin("Take back") as session:
        children.withdraw_consent(session, child.id, PHOTO, on=FRIDAY)

    assert shown(FRIDAY) == (True, None)
    assert shown(FRIDAY - timedelta(days=1)) == (False, b"jpeg")


def test_without_consent_to_data_a_child_cannot_be_signed_in_from_that_day_on(db: Database):
    space = spaces.fill(db, 1, today=True)
    child, today = space.children[0], clock.today()
    with db.begin("Papers") as session:
        enrolments.papers_received(session, [child.id], on=today - timedelta(days=5), language="en")
        children.withdraw_consent(session, child.id, DATA, on=today)

    with pytest.raises(UserError, match="Data consent"), db.begin("In") as session:
        attendance.sign_in(session, space.season, child.id, today, at=None)


def test_the_register_is_the_officers_and_the_counts_are_everybodys(db: Database, as_role: Callable[..., Database]):
    space = spaces.fill(db, 2)

    with as_role("manager").read() as session:
        with pytest.raises(UserError, match="role may not"):
            consent_register.lines(session, space.season, MONDAY)
        by = {one.purpose: one for one in consent_register.coverage_of(session, space.season, MONDAY)}
    assert (by[DATA].given, by[DATA].children) == (2, 2)


def test_a_paper_for_outside_hides_who_could_be_recognised_and_the_offices_own_does_not():
    def counted(given: int, missing: int) -> Coverage:
        return Coverage(PHOTO, {Standing.GIVEN: given, Standing.MISSING: missing})

    counts = [counted(27, 3), counted(3, 27), counted(20, 10), counted(30, 0), counted(3, 0)]
    told = [row[1:] for row in data_papers.coverage(counts, outside=True).rows]

    assert told[0] == ("> 25", "30", "–", "–")
    assert told[1] == ("< 5", "30", "–", "–")
    assert told[2][:3] == ("20", "30", "66.7 %")
    assert told[3][:3] == ("30", "30", "100.0 %")
    assert told[4] == ("< 5", "< 5", "–", "–")
    assert data_papers.coverage(counts).rows[1][1:4] == ("3", "30", "10.0 %")
