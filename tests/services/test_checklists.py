"""The lists are the library's, item by item; an office makes its own editions of them."""

import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.models.check import CheckAnswer, Occasion, Said, Severity
from ccfs_desktop.services import check_rules, checklists, checks
from ccfs_desktop.services.checklists import Item, Kind, Wanted
from tests.spaces import MONDAY, fill

TABLE = tomllib.loads((Path(__file__).parents[1] / "fixtures" / "checklists.toml").read_text("utf-8"))
_LETTER = {Kind.YES: "Y", Kind.NUMBER: "N", Kind.TEXT: "T", Kind.DATE: "D", Kind.SIGNATURE: "S"}
_LIMITS = ("least", "most", "below", "advised_least", "advised_most", "lowest", "highest")


def test_every_item_of_the_library_is_there_with_its_type_and_severity():
    ours = checklists.shipped()

    assert sum(len(items) for items in TABLE.values()) == 226
    assert list(TABLE) == sorted(ours, key=list(TABLE).index)
    for code, items in TABLE.items():
        assert [item.id for item in ours[code].items] == list(items)
        for item in ours[code].items:
            kind, severity = items[item.id]
            assert item.letter == severity, item.id
            assert Counter(_letters(item)) == Counter(re.findall(r"\b[YNTDSP]\b", re.sub(r"\(.*?\)", "", kind))), (
                item.id
            )


def _letters(item: Item) -> list[str]:
    return [_LETTER[part.kind] for part in item.parts] + (["P"] if item.photo is Wanted.ON_NO else [])


def test_every_limit_of_the_library_is_kept():
    for code, items in TABLE.items():
        for item in checklists.shipped()[code].items:
            kept = {getattr(part, name) for part in item.parts for name in _LIMITS} - {None}
            told = re.findall(r"(?:[<>]?=|limit|target|/)\s*(\d[\d.]*)", items[item.id][0])
            told += [n for pair in re.findall(r"\((\d+)-(\d+)\)", items[item.id][0]) for n in pair]
            assert {Decimal(n) for n in told} <= kept, item.id


def test_every_item_can_be_answered_and_fails_by_its_own_rule():
    for checklist in checklists.shipped().values():
        records = {one.item: one for one in checks.blank(checklist, 0)}
        for item in checklist.items:
            good, bad = _answered(item, records[item.id]), records[item.id]
            assert good, item.id
            bad.said = Said.NO
            assert check_rules.fails(item, bad, lambda _other: None) == (item.severity is not Severity.NONE), item.id


def _answered(item: Item, answer: CheckAnswer) -> bool:
    """Answer an item as it should be, and tell whether it is then complete and does not fail."""
    answer.said = Said.YES if item.of(Kind.YES) else None
    answer.numbers = check_rules.joined([str(p.least or p.lowest or 0) for p in item.of(Kind.NUMBER)])
    answer.words = "x" if item.of(Kind.TEXT) else ""
    answer.first_date = answer.second_date = MONDAY
    return check_rules.is_answered(item, answer) and not check_rules.fails(item, answer, lambda _other: None)


@pytest.mark.parametrize(
    ("item", "typed", "fails", "told"),
    [
        ("OPN01", "1", True, "1 is less than 2."),
        ("OPN08", "37.5", True, "37.5 °C is more than 28 °C."),
        ("OPN08", "28", False, ""),
        ("CLS01", "1", True, "1 is more than 0."),
        ("PRE04", "19,5", False, "20 m or more are advised."),
        ("PRE34", "30", False, "25 or less are advised."),
        ("PRE34", "41", True, "41 is more than 40."),
        ("OUT01", "35", True, "35 °C is not below 35 °C."),
        ("DRL09", "181", True, "181 s is more than 180 s."),
    ],
)
def test_a_number_is_judged_by_its_limits(item: str, typed: str, fails: bool, told: str):
    part = checklists.shipped()[item[:3]].item(item).of(Kind.NUMBER)[0]

    number = check_rules.value(check_rules.read_number(typed, part))
    assert number is not None
    judged = check_rules.judge(part, number, lambda _other: None)

    assert (judged.fails, judged.sentence) == (fails, told)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("37.5", "37.5"), ("37,50", "37.50"), ("３７.５", "37.5"), ("৩৭", "37"), (" -3 ", "-3"), ("", "")],
)
def test_a_number_comes_back_as_it_was_typed(typed: str, kept: str):
    assert check_rules.read_number(typed, checklists.shipped()["OPN"].item("OPN08").parts[0]) == kept


def test_a_list_kept_as_data_is_the_same_list():
    for checklist in checklists.shipped().values():
        assert checklists.parsed(checklists.written(checklist)) == checklist


def test_the_office_copies_a_list_changes_it_and_publishes_it_as_a_new_edition(db: Database):
    from ccfs_desktop.services import checklist_editions as editions

    space = fill(db, 1)
    with db.begin("Draft") as session:
        draft = editions.draft(session, "OPN", by="Li Na")
        editions.change(session, draft.id, editions.switched("OPN19", off=True))
        editions.change(
            session, draft.id, editions.added(2, Item(id="", text="Fish tank covered", severity=Severity.MAJOR))
        )
        editions.change(session, draft.id, editions.moved("OPN06", -1))
    with db.read() as session:
        assert len(checklists.current(session, "OPN").items) == 22  # a draft is not in use
    with db.begin("Publish") as session:
        editions.publish(session, draft.id, by="Li Na")
        check = checks.begin(session, space.season, "OPN", MONDAY, by="Li Na")
        asked = [one.item for one in checks.answers(session, check.id).values()]

    assert check.edition == draft.edition != "2026-01"
    assert len(asked) == 22
    assert "OPN19" not in asked
    assert asked[4:6] == ["OPN06", "OPN05"]
    assert asked[17] == "OPN23"


def test_a_published_edition_does_not_change(db: Database):
    from ccfs_desktop.errors import UserError
    from ccfs_desktop.services import checklist_editions as editions

    fill(db, 1)
    with db.begin("Publish") as session:
        draft = editions.draft(session, "CLS", by="Li Na")
        editions.publish(session, draft.id, by="Li Na")
    with pytest.raises(UserError, match="published"), db.begin("Change") as session:
        editions.change(session, draft.id, editions.switched("CLS04", off=True))
    with db.begin("Own") as session:
        own = editions.copy(session, "CLS", title="Closing the yard", by="Li Na")
        editions.publish(session, own.id, by="Li Na")
        found = checklists.current(session, own.code)
    assert (found.title, found.occasion, len(found.items)) == ("Closing the yard", Occasion.NEEDED, 15)


def test_an_edition_that_cannot_be_used_is_not_published(db: Database):
    from ccfs_desktop.errors import UserError
    from ccfs_desktop.services import checklist_editions as editions

    fill(db, 1)
    with db.begin("Draft") as session:
        draft = editions.draft(session, "OPN", by="Li Na")
        for item in checklists.shipped()["OPN"].items:
            editions.change(session, draft.id, editions.switched(item.id, off=True))
    with pytest.raises(UserError, match="no item"), db.begin("Publish") as session:
        editions.publish(session, draft.id, by="Li Na")
    with db.begin("Draft") as session:
        editions.change(session, draft.id, editions.switched("OPN02", off=False))
    with pytest.raises(UserError, match="OPN01"), db.begin("Publish") as session:
        editions.publish(session, draft.id, by="Li Na")  # OPN02 speaks of a number that is no longer asked
