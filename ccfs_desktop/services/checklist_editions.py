"""Editions of the lists made in this office: copied, changed item by item, published, and then never changed."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.check import ChecklistEdition, Occasion
from ccfs_desktop.services import checklists, roles
from ccfs_desktop.services.checklists import Checklist, Item, Kind, Part, Section
from ccfs_desktop.services.roles import Right

Change = Callable[[Checklist], Checklist]
"""What is done to a draft."""

MOST_ITEMS, MOST_TEXT, MOST_TITLE = 200, 300, 120

ASKS: dict[str, tuple[Kind, ...]] = {
    "yes": (Kind.YES,),
    "number": (Kind.NUMBER,),
    "yes+number": (Kind.YES, Kind.NUMBER),
    "text": (Kind.TEXT,),
    "yes+text": (Kind.YES, Kind.TEXT),
    "date": (Kind.DATE,),
    "yes+date": (Kind.YES, Kind.DATE),
    "number+text": (Kind.NUMBER, Kind.TEXT),
    "signature": (Kind.SIGNATURE,),
}
"""What an item of the office's own can ask for."""


def draft(session: Session, code: str, *, by: str) -> ChecklistEdition:
    """Begin the next edition of a list as a copy of the one in use, or go on with the draft there is."""
    query = select(ChecklistEdition).where(ChecklistEdition.code == code, ChecklistEdition.published_at.is_(None))
    if open_one := session.scalars(query).first():
        return open_one
    known = checklists.current(session, code)
    return _keep(session, replace(known, edition=_next(session, code)), f"{code} {known.edition}", by)


def copy(session: Session, code: str, *, title: str, by: str) -> ChecklistEdition:
    """Make a list of the office's own out of another one; it is gone through when needed until that is changed.

    Raises:
        Invalid: no title.
    """
    known = checklists.current(session, code)
    return start(session, replace(known, title=_titled(title), occasion=Occasion.NEEDED), by=by, based_on=code)


def start(session: Session, checklist: Checklist, *, by: str, based_on: str = "") -> ChecklistEdition:
    """Begin a list of the office's own under a code that is free."""
    code = _free_code(session, based_on or checklist.code)
    own = replace(checklist, code=code, edition=_next(session, code))
    return _keep(session, own, based_on, by)


def take(session: Session, code: str, checklist: Checklist, *, by: str) -> ChecklistEdition:
    """Put another content into the draft of a list's next edition, such as one read from a spreadsheet."""
    held = draft(session, code, by=by)
    content = replace(checklist, code=code, edition=held.edition)
    return change(session, held.id, lambda _old: content)


def change(session: Session, edition_id: int, how: Change) -> ChecklistEdition:
    """Change a draft.

    Raises:
        UserError: it is published.
    """
    held = get(session, edition_id)
    if held.published_at:
        raise UserError(_("This edition is published and does not change any more. Begin a new one."))
    held.content = checklists.written(how(content(held)))
    session.flush()
    return held


def publish(session: Session, edition_id: int, *, by: str) -> ChecklistEdition:
    """Put a draft into use. Checks made before keep the wording they had.

    Raises:
        UserError: it is published already, or cannot be gone through as it stands.
    """
    held = get(session, edition_id)
    if held.published_at:
        raise UserError(_("This edition is published already."))
    check(content(held))
    held.published_by, held.published_at = by, clock.now()
    session.flush()
    return held


def discard(session: Session, edition_id: int) -> None:
    """Throw a draft away.

    Raises:
        UserError: it is published.
    """
    held = get(session, edition_id)
    if held.published_at:
        raise UserError(_("This edition is published and does not change any more. Begin a new one."))
    session.delete(held)
    session.flush()


def get(session: Session, edition_id: int) -> ChecklistEdition:
    """Return an edition.

    Raises:
        UserError: it is gone.
    """
    held = session.get(ChecklistEdition, edition_id)
    if held is None:
        raise UserError(_("This draft is no longer there."))
    return held


def content(held: ChecklistEdition) -> Checklist:
    """Return an edition as a list."""
    return checklists.parsed(held.content)


def history(session: Session, code: str) -> list[ChecklistEdition]:
    """Return the editions of a list that this office made or used, newest first."""
    query = select(ChecklistEdition).where(ChecklistEdition.code == code).order_by(ChecklistEdition.id.desc())
    return list(session.scalars(query))


# ------------------------------------------------------------------------------------------- what can be changed


def switched(item_id: str, *, off: bool) -> Change:
    """Ask an item no longer, or again."""
    return lambda c: checklists.with_items(c, {item_id: replace(c.item(item_id), off=off)})


def reworded(item: Item) -> Change:
    """Put an item in the place of the one with its id.

    Raises:
        Invalid: no wording, or one that is too long.
    """
    _check_item(item)
    return lambda c: checklists.with_items(c, {item.id: item})


def added(section: int, item: Item) -> Change:
    """Add an item at the end of a section; it gets an id of its own.

    Raises:
        Invalid: no wording, or one that is too long.
    """
    _check_item(item)

    def add(c: Checklist) -> Checklist:
        if len(c.every) >= MOST_ITEMS:
            raise UserError(_("A list has at most {n} items.").format(n=MOST_ITEMS))
        named = replace(item, id=_free_id(c))
        sections = tuple(
            replace(one, items=(*one.items, named)) if n == section else one for n, one in enumerate(c.sections)
        )
        return replace(c, sections=sections)

    return add


def moved(item_id: str, step: int) -> Change:
    """Move an item up (-1) or down (1), also into the section before or after."""

    def move(c: Checklist) -> Checklist:
        rows = [[*section.items] for section in c.sections]
        at, place = next((n, r.index(i)) for n, r in enumerate(rows) for i in r if i.id == item_id)
        item = rows[at].pop(place)
        if 0 <= place + step <= len(rows[at]):
            rows[at].insert(place + step, item)
        elif 0 <= at + step < len(rows):
            rows[at + step].insert(len(rows[at + step]) if step < 0 else 0, item)
        else:
            rows[at].insert(place, item)
        return replace(c, sections=tuple(Section(s.title, tuple(r)) for s, r in zip(c.sections, rows, strict=True)))

    return move


def described(title: str, occasion: Occasion) -> Change:
    """Give a list another title, and say when it is due.

    Raises:
        Invalid: no title.
    """
    named = _titled(title)
    return lambda c: replace(c, title=named, occasion=occasion)


def asks(item: Item) -> str | None:
    """Return what an item asks for, as a key of ``ASKS``; None for a combination that is only kept as it is."""
    kinds = tuple(part.kind for part in item.parts)
    return next((code for code, known in ASKS.items() if known == kinds), None)


def asking(item: Item, code: str) -> Item:
    """Let an item ask for something else; names and limits of what it still asks for are kept."""
    kept = {part.kind: part for part in reversed(item.parts)}
    return replace(item, parts=tuple(kept.get(kind, Part(kind)) for kind in ASKS[code]))


def limited(item: Item, **limits: Decimal | str | None) -> Item:
    """Give the first number of an item another unit or other limits (``unit``, ``least``, ``most``).

    Raises:
        Invalid: the item asks for no number, or the limits are the wrong way round.
    """
    number = next((part for part in item.parts if part.kind is Kind.NUMBER), None)
    if number is None:
        raise Invalid(dict.fromkeys(limits, _("This item asks for no number.")))
    changed = replace(number, **limits)  # pyright: ignore[reportArgumentType] (named by the caller)
    if changed.least is not None and changed.most is not None and changed.least > changed.most:
        raise Invalid(dict.fromkeys(limits, _("The least is more than the most.")))
    return replace(item, parts=tuple(changed if part is number else part for part in item.parts))


# --------------------------------------------------------------------------------------------------------- checks


def check(checklist: Checklist) -> None:
    """Make sure that a list can be gone through.

    Raises:
        UserError: it asks nothing, or an item speaks of a number that is not asked.
    """
    if not checklist.items:
        raise UserError(_("This list has no item that is asked. Switch one on or add one."))
    numbers = {f"{item.id}:{n}" for item in checklist.items for n, _p in enumerate(item.of(Kind.NUMBER), 1)}
    for item in checklist.items:
        for part in item.parts:
            wanted = part.same_as or part.most_of
            if wanted and wanted not in numbers:
                raise UserError(
                    _(
                        "{item} is compared with {other}, which is not asked. Switch that on, or switch {item} off."
                    ).format(item=item.id, other=wanted.partition(":")[0])
                )


def _check_item(item: Item) -> None:
    if not item.text.strip():
        raise Invalid({"text": _("Please fill this in.")})
    if len(item.text) > MOST_TEXT:
        raise Invalid({"text": _("At most {n} characters fit here.").format(n=MOST_TEXT)})


def _titled(title: str) -> str:
    named = " ".join(title.split())
    if not named or len(named) > MOST_TITLE:
        raise Invalid({"title": _("Write a title of at most {n} characters.").format(n=MOST_TITLE)})
    return named


def _keep(session: Session, checklist: Checklist, based_on: str, by: str) -> ChecklistEdition:
    held = ChecklistEdition(
        code=checklist.code, edition=checklist.edition, content=checklists.written(checklist), based_on=based_on[:40],
        made_by=by, made_at=clock.now(),
    )  # fmt: skip
    session.add(held)
    session.flush()
    return held


def _next(session: Session, code: str) -> str:
    """Name an edition after the day it is begun on."""
    taken = set(session.scalars(select(ChecklistEdition.edition).where(ChecklistEdition.code == code)))
    day = clock.today().isoformat()
    return next(name for n in range(1, 1_000) if (name := day if n == 1 else f"{day}-{n}") not in taken)


def _free_code(session: Session, code: str) -> str:
    taken = set(checklists.shipped()) | set(session.scalars(select(ChecklistEdition.code)))
    return next(name for n in range(2, 1_000) if (name := f"{code[:8]}-{n}") not in taken)


def _free_id(checklist: Checklist) -> str:
    taken = {item.id for item in checklist.every}
    stem = checklist.code.partition("-")[0]
    return next(name for n in range(len(taken) + 1, 2_000) if (name := f"{stem}{n:02}") not in taken)


roles.guard(globals(), Right.SETTINGS, {Right.SAFETY: (get, history)})
