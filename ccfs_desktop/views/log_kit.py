"""The first-aid kit with what must be bought, and the first aid that was given."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.log import FirstAidUse, KitItem
from ccfs_desktop.services import first_aid, kit, logbook, register, roles
from ccfs_desktop.services.kit import Standing
from ccfs_desktop.services.roles import Right
from ccfs_desktop.views.kit.describe import Field, describe
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.table import Column
from ccfs_desktop.views.log_shape import Act, Log, Now, Sheet, Told

LOOKS = {
    Standing.EXPIRED: ("ban", "danger"),
    Standing.BELOW: ("triangle-alert", "warning"),
    Standing.EXPIRING: ("clock", "warning"),
    Standing.NOT_COUNTED: ("circle", "quiet"),
    Standing.FINE: ("circle-check", "accent"),
}
_TAKEN = "taken:"
"""Before the id of a content of the kit, the name of the field that says how many were used."""


def _to_buy(now: Now) -> int:
    return len(kit.shopping(now.session, now.day))


class KitLog(Log):
    """What is in the kits."""

    name = "kit"
    title = N_("First-aid kit")
    new = N_("Add a content")
    action = N_("First-aid kit")
    empty = (
        "heart-pulse", N_("No first-aid kit is written down yet."),
        N_("Set one up with what the library's list asks for, then count it."),
    )  # fmt: skip
    record = KitItem
    first = "item"
    paper = "first-aid-kit"
    waiting = staticmethod(_to_buy)
    sections = (
        Section("", "kit", "item", "wanted"),
        Section(N_("Counted"), "count", "expires", "checked_on", "checked_by"),
    )

    def __init__(self, place: Any) -> None:
        """Keep where it is shown; write what it is in the reader's language."""
        super().__init__(place)
        self.writers = {"item": _}

    def columns(self) -> list[Column]:
        """Return what must be there, what is, and until when it keeps."""
        return [
            Column("kit", _("First-aid kit"), 110),
            Column("item", _("Content"), 220),
            Column("wanted", _("At least"), 76, number=True),
            Column("count", _("There are"), 84, number=True),
            Column("expires", _("Good until"), 100),
            Column(
                "standing", _("State"), 140, word=lambda s: _(kit.WORDS[s]), tone=lambda s: LOOKS[s][1],
                icon=lambda s: LOOKS[s][0],
            ),
            Column("checked", _("Checked on"), 100),
            Column("by", _("Checked by"), 110),
        ]  # fmt: skip

    def read(self, now: Now) -> Sheet:
        """Read the kits, and what must be bought."""
        items = kit.items(now.session)
        rows = [
            (i.id, i.kit, _(i.item), i.wanted, i.count, i.expires, kit.standing(i, now.day), i.checked_on, i.checked_by)
            for i in items
        ]
        needs = kit.shopping(now.session, now.day)
        told = [f"{n.number} × {_(n.item.item)} ({_(kit.WORDS[n.standing])})" for n in needs]
        buy = Told(_("To buy: {what}").format(what=listed(told)), "triangle-alert", "warning")
        fine = Told(_("Nothing needs to be bought."), "circle-check", "accent")
        fields = (replace(describe(KitItem, "checked_on"), help=_("Left as it is, a new count is today's.")),)
        fresh = {"kit": items[0].kit if items else _("First-aid kit"), "wanted": 1}
        return Sheet({i.id: i for i in items}, rows, [buy] if needs else [fine] if items else [], fields, fresh=fresh)

    def acts(self) -> Sequence[Act]:
        """Return: another kit."""
        return (Act(N_("Set up a kit"), "plus", lambda _entry: self._ask(), chosen=False),)

    def shown(self, entry: Any, names: Sequence[str]) -> dict[str, Any]:
        """Show what it is in the reader's language."""
        return super().shown(entry, names) | {"item": _(entry.item)}

    def keep(self, now: Now, values: dict[str, Any]) -> Any:
        """Add it."""
        if values["count"] is not None and not values["checked_on"]:
            values |= {"checked_on": now.day, "checked_by": values["checked_by"] or self.place.context.user}
        return kit.add(now.session, values.pop("kit"), values.pop("item"), **values)

    def change(self, session: Any, key: int, values: dict[str, Any]) -> Any:
        """Write down a count, or put it right; a name left as it was shown stays what it is stored as."""
        item = session.get(KitItem, key)
        if item and values["item"] == _(item.item):
            values.pop("item")
        return kit.change(session, key, by=self.place.context.user, **values)

    def remove(self, session: Any, key: int) -> None:
        """Take it off the list."""
        kit.remove(session, key)

    def _ask(self) -> None:
        form = Form(KitItem, Section("", "kit"))
        form.show_values({"kit": "" if self.place.sheet.entries else _("First-aid kit")})

        def answer(values: dict[str, Any]) -> None:
            with self.place.db.begin(N_("Set up a first-aid kit")) as session:
                kit.set_up(session, values["kit"])
            self.place.kept()

        sentence = _("What is this kit called? Its contents are those of the list FAK.")
        self.place.question.ask(sentence, _("Set up"), answer, form)


class FirstAidLog(Log):
    """First aid given."""

    name = "first-aid"
    title = N_("First aid given")
    new = N_("Enter first aid given")
    action = N_("Enter first aid given")
    empty = (
        "heart-pulse", N_("No first aid was given in this season."), N_("What is used is taken off the kit's count."),
    )  # fmt: skip
    record = FirstAidUse
    first = "child_id"
    paper = "first-aid-log"
    proposed = "at"
    sections = (Section("", "day", "at", "child_id", "injury", "items", "by"),)

    def columns(self) -> list[Column]:
        """Return when, to whom, what for, with what, by whom."""
        return [
            Column("day", _("Day"), 96),
            Column("at", _("Time"), 60),
            Column("child", _("Child"), 150),
            Column("injury", _("Injury"), 170),
            Column("items", _("What was used"), 260),
            Column("by", _("Given by"), 120),
            Column("incident", _("Incident"), 90),
            Column("late", _("Entered late"), 90, word=lambda late: _("late") if late else ""),
        ]

    def read(self, now: Now) -> Sheet:
        """Read what was given; names are for those who look after children, injuries for those who may read details."""
        session = now.session
        log = logbook.entries(session, FirstAidUse, now.season)
        open_, named = roles.may(session, Right.DETAILS), logbook.names(session)
        children = first_aid.children_of(session, log).values()
        names = {c.id: c.name if named else first_aid.initials(c.name) for c in children}
        numbers = first_aid.numbers_of(session, log)
        rows = [
            (e.id, e.day, e.at, names.get(e.child_id or 0, ""), (e.injury or "") if open_ else _("sealed"), e.items,
             e.by, numbers.get(e.incident_id or 0, ""), e.entered_late)
            for e in log
        ]  # fmt: skip
        items = kit.items(session)
        self.labels = {"child_id": _("Child")}
        self.writers = {"child_id": lambda child_id: names.get(child_id, "")}
        self.asked_once = frozenset(f"{_TAKEN}{item.id}" for item in items)
        fields, sections = tuple(_fields(now, items)), _layout(items, injury=open_)
        by = self.place.context.user
        return Sheet({e.id: e for e in log}, rows, (), fields, sections, fresh={"by": by})

    def keep(self, now: Now, values: dict[str, Any]) -> Any:
        """Enter it, and take what was used out of the kit."""
        taken = {name: values.pop(name) or 0 for name in [*values] if name.startswith(_TAKEN)}
        if negative := {name: _("This cannot be negative.") for name, number in taken.items() if number < 0}:
            raise Invalid(negative)
        used = {int(name.removeprefix(_TAKEN)): number for name, number in taken.items()}
        return first_aid.give(now.session, now.season, values.pop("day"), used=used, **values)

    def change(self, session: Any, key: int, values: dict[str, Any]) -> Any:
        """Put it right."""
        return first_aid.change(session, key, **values)

    def remove(self, session: Any, key: int) -> None:
        """Take it back."""
        first_aid.remove(session, key)


def _layout(items: Sequence[KitItem], *, injury: bool) -> tuple[Section, ...]:
    """Ask for the injury only where it may be written, and for everything that lies in a kit."""
    names = [name for name in FirstAidLog.sections[0].names if injury or name != "injury"]
    taken = Section(N_("Taken out of the kit"), *(f"{_TAKEN}{item.id}" for item in items))
    return (Section("", *names), taken) if items else (Section("", *names),)


def _fields(now: Now, items: Sequence[KitItem]) -> Iterator[Field]:
    """Yield the children to choose from, and how many of each content were used."""
    several = len({item.kit for item in items}) > 1
    for item in items:
        label = f"{_(item.item)} ({item.kit})" if several else _(item.item)
        yield Field(f"{_TAKEN}{item.id}", label, kind="integer")
    rows = register.read(now.session, now.season, now.day)
    children = tuple((row.child_id, f"{row.name}  {row.number}".strip()) for row in rows)
    yield Field("child_id", _("Child"), _("A part of the name; empty for an adult."), "find", choices=children)
    yield replace(describe(FirstAidUse, "items"), help=_("In words; what is taken out of the kit is added."))
