"""A corrective action is begun, worked on, done, verified by somebody else, checked again, and then closed for good."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid
from ccfs_desktop.models.action import Action, Repeat, Source
from ccfs_desktop.models.check import Severity
from ccfs_desktop.services import actions
from tests.spaces import MONDAY, Space, fill


def _begun(session: Session, space: Space, day: date = MONDAY, **values: Any) -> Action:
    told: dict[str, Any] = {"source": Source.HAND, "finding": "The bolt was open", "severity": Severity.MAJOR}
    return actions.begin(session, space.season, found_on=day, by="Li Na", **told | values)


def test_actions_are_numbered_by_the_year_and_due_by_severity(db: Database) -> None:
    space = fill(db, 1)
    with db.begin("Actions", final=True) as session:
        made = [_begun(session, space, severity=severity) for severity in list(Severity)[:3]]
        later = _begun(session, space, date(2018, 1, 2))

    assert [a.number for a in (*made, later)] == ["CA-2017-001", "CA-2017-002", "CA-2017-003", "CA-2018-001"]
    assert [a.due - MONDAY for a in made] == [timedelta(), timedelta(1), timedelta(7)]
    with pytest.raises(Invalid), db.begin("Actions") as session:
        _begun(session, space, finding=" ", severity=Severity.NONE)


def test_an_earlier_action_on_the_same_item_is_linked(db: Database) -> None:
    space = fill(db, 1)
    with db.begin("Actions", final=True) as session:
        first = _begun(session, space, item="OPN04")
        again = _begun(session, space, item="OPN04")
        other = _begun(session, space, item="OPN06")

    assert (first.repeat, again.repeat, other.repeat) == (Repeat.NEW, Repeat.CARRIED_OVER, Repeat.NEW)
    assert (again.before_id, other.before_id) == (first.id, None)
