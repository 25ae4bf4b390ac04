"""The trail can be read: who did what when, narrowed by person, day and kind; each action shows what it changed."""

from collections.abc import Callable

from ccfs_desktop.db import Database, undo
from ccfs_desktop.models.child import Child
from ccfs_desktop.services import audit_trail, concerns
from ccfs_desktop.services.audit_trail import Look, What
from ccfs_desktop.services.concerns import Report
from tests import spaces


def test_a_change_is_found_by_who_by_words_and_by_kind_and_says_before_and_after(db: Database):
    space = spaces.fill(db)
    with db.begin("Change a child") as session:
        session.get_one(Child, space.children[0].id).nickname = "豆豆"
    with db.begin("Print", final=True) as session:
        db.note(session, "print", "emergency-list", {"children": 3})
    with db.read() as session:
        (deed,) = audit_trail.deeds(session, Look(actor="Li Na", action="change child", what=What.CHANGES))
        (line,) = audit_trail.lines(session, deed.transaction)
        assert (line.noun, line.event.field, line.event.before, line.event.after) == ("Child", "Called", "", "豆豆")
        assert [d.action for d in audit_trail.deeds(session, Look(what=What.READ))] == ["Print"]
        assert audit_trail.deeds(session, Look(actor="nobody")) == []
        assert audit_trail.count(session, Look()) == len(audit_trail.deeds(session, Look(), limit=1000))


def test_the_newest_comes_first_and_pages_join_without_a_gap(db: Database):
    spaces.fill(db)
    with db.read() as session:
        every = audit_trail.deeds(session, Look(), limit=1000)
        paged = [d for n in range(0, len(every), 2) for d in audit_trail.deeds(session, Look(), offset=n, limit=2)]
    assert paged == every
    assert [d.seq for d in every] == sorted((d.seq for d in every), reverse=True)


def test_letters_are_left_out_for_those_who_may_not_know_of_them(db: Database, as_role: Callable[..., Database]):
    spaces.fill(db)
    with db.begin(concerns.REPORTED, final=True) as session:
        concerns.report(session, Report(about="…", what="…"))
    with db.read() as session:
        assert concerns.REPORTED in [d.action for d in audit_trail.deeds(session, Look())]
        told = audit_trail.count(session, Look())
    assert concerns.REPORTED in [a.action for a in undo.history(db)]
    with as_role("auditor").read() as session:
        assert concerns.REPORTED not in [d.action for d in audit_trail.deeds(session, Look())]
        assert audit_trail.count(session, Look()) == told - 1
