"""Anybody may put a letter in; only holders of the sensitive key take it out."""

from collections.abc import Callable

from ccfs_desktop.db import Database
from ccfs_desktop.db.undo import history
from ccfs_desktop.models.concern import Concern
from ccfs_desktop.services import letters
from tests import spaces

SAID = "她说怕回家".encode()


def test_a_caregiver_writes_a_letter_that_only_the_officer_reads(db: Database, as_role: Callable[..., Database]):
    spaces.fill(db)
    caregiver = as_role("caregiver")
    with caregiver.begin("Report", final=True) as session:
        concern = Concern(letter=letters.write(session, SAID))
        session.add(concern)
    with caregiver.read() as session:
        assert letters.read(session, concern.letter) is None
        assert not letters.may_read(session)
    with db.read() as session:
        held = session.get_one(Concern, concern.id)
        assert letters.read(session, held.letter) == SAID
        assert letters.read(session, held.letter[:-1] + b"\0") is None


def test_the_undo_list_of_a_caregiver_does_not_tell_that_there_was_a_letter(
    db: Database, as_role: Callable[..., Database]
):
    spaces.fill(db)
    with db.begin("Report a concern", final=True) as session:
        session.add(Concern(letter=letters.write(session, SAID)))
    assert "Report a concern" not in [action.action for action in history(as_role("caregiver"))]
    assert "Report a concern" in [action.action for action in history(db)]
