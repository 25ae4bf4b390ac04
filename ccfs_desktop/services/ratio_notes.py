"""What is said about a stretch with too few adults: explained by one person, counter-signed by another.

Source: product.md 4.4; that two people sign is ours, so that nobody vouches for himself.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.duty import RatioNote
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import roles
from ccfs_desktop.services.ratio_proof import Breach
from ccfs_desktop.services.roles import Right


def explain(session: Session, season: Season, breach: Breach, explanation: str, *, by: str) -> RatioNote:
    """Say why there were too few adults. Until it is counter-signed the explanation can be written anew.

    Args:
        session: the open transaction.
        season: the season.
        breach: the stretch.
        explanation: in words.
        by: who explains it.

    Raises:
        UserError: nothing is said, or it is counter-signed already.
    """
    said = " ".join(explanation.split())
    if not said:
        raise UserError(_("Write why there were too few adults."))
    note = breach.note and session.get(RatioNote, breach.note.id)
    if note is None:
        note = RatioNote(
            season_id=season.id, day=breach.day, group_id=breach.group_id, starts=breach.starts, ends=breach.ends,
            explanation=said, explained_by=by, explained_at=clock.now(),
        )  # fmt: skip
        session.add(note)
    elif note.countersigned_by:
        raise UserError(_("This explanation is counter-signed by {name}; it stays as it is.").format(
            name=note.countersigned_by
        ))  # fmt: skip
    else:
        note.explanation, note.explained_by, note.explained_at = said, by, clock.now()
    session.flush()
    return note


def countersign(session: Session, note_id: int, *, by: str) -> RatioNote:
    """Sign that an explanation is true.

    Args:
        session: the open transaction.
        note_id: the explanation.
        by: who signs; ``offices.vouch`` has checked that it is really this person.

    Raises:
        UserError: the explanation is gone or signed already, or is one's own.
    """
    note = session.get(RatioNote, note_id)
    if note is None:
        raise UserError(_("This explanation is no longer there."))
    if note.countersigned_by:
        raise UserError(_("{name} has counter-signed this already.").format(name=note.countersigned_by))
    check_other(note, by)
    note.countersigned_by, note.countersigned_at = by, clock.now()
    session.flush()
    return note


def check_other(note: RatioNote, name: str) -> None:
    """Check that somebody else signs than the one who explained.

    Raises:
        UserError: it is the same person, or nobody.
    """
    if not name.strip():
        raise UserError(_("Write the name of the person who counter-signs."))
    if " ".join(name.split()).casefold() == " ".join(note.explained_by.split()).casefold():
        raise UserError(_("{name} gave the explanation. Somebody else has to counter-sign it.").format(name=name))


def of_day(session: Session, season: Season, day: date) -> list[RatioNote]:
    """Return the explanations of a day."""
    query = select(RatioNote).where(RatioNote.season_id == season.id, RatioNote.day == day)
    return list(session.scalars(query.order_by(RatioNote.starts)))


roles.guard(globals(), Right.CLOSE, {Right.FIGURES: (of_day,)})
