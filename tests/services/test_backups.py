"""Backups: made when something changed, rotated, rehearsed; a bad copy is refused; what a restore replaces is kept."""

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from ccfs_desktop import vault
from ccfs_desktop.db import Actor, Database, backup
from ccfs_desktop.db import restore as restoring
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.child import Child, Consent, ConsentPurpose
from ccfs_desktop.models.protection import Grounds
from ccfs_desktop.services import (
    backup_rotation,
    backup_second,
    backup_state,
    backups,
    children,
    disposals,
    erasure,
    erasure_due,
    retention,
    today,
)
from ccfs_desktop.services.backup_rotation import Kept
from ccfs_desktop.services.backups import Office, Why
from ccfs_desktop.services.erasure import Because
from ccfs_desktop.services.erasure_plan import Part
from tests.spaces import MONDAY, fill

LI = Actor("Li Na", "officer")
CHEAP = vault.Argon(iterations=2, lanes=1, memory_kib=19 * 1024)
"""As cheap as a stored vault may be."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """An office with three children, and one copy of it; copy the folder, never open it."""
    folder = tmp_path_factory.mktemp("backups") / "Bright Toys"
    folder.mkdir()
    _vault, unlocked, _code = vault.Vault.create(folder / "vault.json", "Li Na", "correct horse 7", argon=CHEAP)
    db = Database.open(folder, dict(unlocked.keys), LI)
    fill(db)
    db.close()
    backups.make(Office(folder, dict(unlocked.keys), LI))
    return folder, dict(unlocked.keys)


@pytest.fixture
def office(made: tuple[Path, dict[str, bytes]], tmp_path: Path) -> Office:
    return Office(shutil.copytree(made[0], tmp_path / "Bright Toys"), made[1], LI)


@contextmanager
def opened(office: Office) -> Iterator[Database]:
    db = Database.open(office.folder, dict(office.keys), LI)
    yield db
    db.close()


def enter_a_child(office: Office, name: str = "小红") -> None:
    with opened(office) as db, db.begin("Enter a child") as session:
        session.add(Child(name=name, birth_date=MONDAY - timedelta(days=2000)))


def names(office: Office) -> set[str]:
    with opened(office) as db, db.read() as session:
        return {child.name for child in session.query(Child)}


def actions(office: Office) -> list[str]:
    with opened(office) as db, db.read() as session:
        return [entry.action for entry in session.query(AuditEntry).order_by(AuditEntry.seq)]


# ----------------------------------------------------------------------------------------------------------- being made


def test_a_copy_is_made_only_when_something_changed(office: Office):
    first = backups.newest(office)
    backups.automatic(office, rehearsal=False)
    assert backups.newest(office) == first

    enter_a_child(office)
    backups.automatic(office, rehearsal=False)
    newest = backups.list_of(office.folder)[0]
    assert newest.manifest
    assert (newest.path != first, newest.manifest.why, newest.manifest.facts.counts["child"]) == (True, "automatic", 4)
    assert newest.manifest.facts.whole
    assert {first.name, newest.path.name} == {e.path.name for e in backups.list_of(office.folder)}


def test_a_risky_thing_is_preceded_by_a_copy_of_what_is_not_copied_yet(office: Office):
    with opened(office) as db:
        backups.before(db, Why.IMPORT)
        assert len(backups.list_of(office.folder)) == 1
    enter_a_child(office)
    with opened(office) as db:
        backups.before(db, Why.IMPORT)
    found = backups.list_of(office.folder)[0].manifest
    assert found
    assert found.why == "import"


def test_an_office_on_a_server_is_left_to_its_administrator(db: Database):
    if db.folder is not None:
        pytest.skip("lives in a folder")
    backups.before(db, Why.IMPORT)
    with pytest.raises(UserError, match="administrator backs it up"):
        backups.of(db)


@pytest.mark.parametrize("role", ["caregiver", "auditor", "manager"])
def test_who_may_not_back_up_is_still_backed_up_by_the_program(office: Office, role: str):
    theirs = replace(office, actor=Actor("Wang", role), keys={"general": office.keys["general"]})
    for refused in (backups.make, backups.rehearse):
        with pytest.raises(UserError, match="Your role"):
            refused(theirs)
    with pytest.raises(UserError, match="Your role"):
        backups.restore(theirs, backups.newest(office))
    enter_a_child(office)
    backups.automatic(theirs)
    assert len(backups.list_of(office.folder)) == 2
    assert backup_state.load(office.copies).rehearsed_well


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of a file")
def test_a_full_disk_is_one_sentence_and_keeps_the_old_copies(office: Office, tmp_path: Path):
    enter_a_child(office)
    before = {path: path.read_bytes() for path in office.copies.glob("office-*")}
    with _no_room(100_000), pytest.raises(UserError, match=r"could not be written.*full.*Earlier copies are kept"):
        backups.automatic(office)
    assert {path: path.read_bytes() for path in office.copies.glob("office-*")} == before
    assert not list(office.copies.glob(".office-*"))
    with opened(office) as db, db.read() as session:
        told = [t.sentence for t in today.read(session, fill_season(db), MONDAY, folder=office.folder).tasks]
    assert any("The last backup was not made" in sentence for sentence in told)

    stick = tmp_path / "stick"
    stick.mkdir()
    copy = backups.make(office).copy
    with _no_room(100_000), pytest.raises(UserError, match="could not be written"):
        backup_second.copy_to(copy, office.folder, stick)
    assert not list(stick.rglob("*.db"))
    assert not backup_state.load(office.copies).failed_at, "a good backup ends the warning"


def fill_season(db: Database):
    from ccfs_desktop.services import seasons

    with db.read() as session:
        return seasons.current(session, MONDAY)


@contextmanager
def _no_room(most: int) -> Iterator[None]:
    """No file may grow beyond a size, as on a full disk; the program still asks the disk and is told of room."""
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_folder_that_vanished_is_not_made_anew(office: Office):
    office.folder.rename(office.folder.with_name("gone"))
    with pytest.raises(UserError, match="out of reach"):
        backups.automatic(office)
    assert not office.folder.exists()


# --------------------------------------------------------------------------------------------------------- being kept

D, W, M = Kept.DAILY, Kept.WEEKLY, Kept.MONTHLY


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        (["07-10 17:00"], [(Kept.NEWEST, D, W, M)]),
        (["07-10 17:00", "07-10 12:00"], [(Kept.NEWEST, D, W, M), (Kept.NEWEST,)]),
        (["07-10 17:00", "07-10 16:30", "07-10 16:00", "07-10 15:30"], [..., ..., (Kept.NEWEST,), ()]),
        (["07-11 08:00", "07-10 17:00", "07-10 16:00", "07-09 17:00"], [..., (Kept.NEWEST, D), ..., (D, W)]),
        ([f"07-{n:02} 17:00" for n in range(14, 4, -1)], [..., ..., ..., (D,), (D,), (D, W), (D,), *[()] * 3]),
        (["07-31 17:00", "06-30 17:00", "06-29 17:00", "06-28 17:00"], [..., ..., ..., (D,)]),
    ],
)  # fmt: skip
def test_which_copies_are_kept(made: list[str], kept: list[object]):
    found = backup_rotation.kept_as([datetime.fromisoformat(f"2017-{at}") for at in made])
    assert [f for f, k in zip(found, kept, strict=True) if k is not ...] == [k for k in kept if k is not ...]


def test_four_hundred_days_leave_a_shelf_one_can_survey():
    """Source: security.md 4.3 (400 days → 20 files, every kind of them there)."""
    shelf: list[datetime] = []
    for hour in range(0, 400 * 24, 6):
        shelf.insert(0, datetime(2016, 8, 1, tzinfo=UTC) + timedelta(hours=hour))
        shelf = [at for at, names in zip(shelf, backup_rotation.kept_as(shelf), strict=True) if names]
    ages = [(shelf[0] - at).days for at in shelf]
    assert 20 <= len(shelf) <= 24
    assert [n for n in range(7) if n in ages] == list(range(7))
    assert 300 < max(ages) < 400


def test_what_a_restore_replaced_and_doubtful_copies_have_shelves_of_their_own(office: Office):
    good = backup.copies(office.copies)[0]

    def another(day: int, why: Why, *, whole: bool = True) -> None:
        at = datetime(2016, 1, 1, tzinfo=UTC) + timedelta(hours=day)
        facts = replace(good.manifest.facts, whole=whole)
        manifest = replace(good.manifest, why=why, made_at=at.isoformat(), facts=facts)
        backup.write_beside(backup.Copy(office.copies / f"office-2016{day:04}.db", manifest), b"")
        (office.copies / f"office-2016{day:04}.db").touch()

    for n in range(10):
        another(n, Why.RESTORE)
        another(n + 100, Why.AUTOMATIC, whole=False)
    assert backup_rotation.rotate(office.copies) == 7
    left = backup.copies(office.copies)
    assert good in left
    assert sum(copy.manifest.why == Why.RESTORE for copy in left) == 10
    assert not [
        path for path in office.copies.glob("office-*.json") if not path.with_suffix("").with_suffix(".db").exists()
    ]


def test_the_second_medium_gets_the_newest_copy_and_is_asked_for_after_a_week(office: Office, tmp_path: Path):
    def asked() -> list[str]:
        return [task.sentence for task in backup_state.tasks(office.copies) if "second medium" in task.sentence]

    assert "no backup outside this PC" in asked()[0]
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.automatic(office, second=stick)
    entry = backups.list_of(office.folder, stick)[0]
    assert (entry.here, entry.second, asked()) == (True, True, [])

    old = (datetime.now(UTC) - timedelta(days=8)).isoformat()
    backup_state.change(office.copies, second_at=old)
    assert "8 days old" in asked()[0]
    enter_a_child(office)
    made = backups.make(office, second=tmp_path / "pulled out")
    assert "not plugged in" in made.second
    backups.automatic(office, second=stick)
    assert backups.list_of(office.folder, stick)[0].second, "it catches up when it is plugged in"
    assert not asked()
    with pytest.raises(UserError, match="in the office itself"):
        backup_second.check(office.folder, office.copies)


# ---------------------------------------------------------------------------------------------------- being rehearsed


def test_a_rehearsal_is_remembered_and_noted_and_changes_nothing(office: Office):
    enter_a_child(office)
    found = backups.rehearse(office)
    assert (found.well, found.told) == (True, "Rehearsed with 3 children, 0 visits: matches.")
    assert names(office) == {"小红", *(n for n in names(office) if n != "小红")}
    assert actions(office)[-1] == "Rehearse a restore"
    assert not list(office.folder.glob(".restore-*"))
    assert not backup_state.rehearsal_due(backup_state.load(office.copies))


def test_a_failed_or_overdue_rehearsal_stands_on_today(office: Office):
    _flip(backups.newest(office), 50_000)
    found = backups.rehearse(office)
    assert not found.well
    assert [t.urgent for t in backup_state.tasks(office.copies) if "rehearsal of a restore failed" in t.sentence] == [
        True
    ]

    old = (datetime.now(UTC) - timedelta(days=20)).isoformat()
    backup_state.change(office.copies, rehearsed_at=old, rehearsed_well=True)
    assert [t.sentence for t in backup_state.tasks(office.copies)][-1] == "No restore has been rehearsed for 20 days."


# ------------------------------------------------------------------------------------------------------ being restored


def test_a_restore_brings_the_day_back_and_keeps_what_it_replaced(office: Office):
    copy = backups.newest(office)
    enter_a_child(office)
    steps: list[int] = []
    done = backups.restore(office, copy, step=lambda n, _all: steps.append(n))

    assert (done.matches, done.told, steps) == (True, "Restored 3 children, 0 visits: matches.", [1, 2, 3, 4])
    assert "小红" not in names(office)
    assert actions(office)[-1] == "Restore a backup"
    with opened(office) as db:
        assert verify(db).whole
    replaced = next(e for e in backups.list_of(office.folder) if e.manifest and e.manifest.why == "restore")
    assert replaced.kept == (Kept.ALWAYS,)
    backups.restore(office, replaced.path)
    assert "小红" in names(office)


def test_what_was_erased_since_is_said_before_a_restore_and_due_again_after(office: Office):
    copy = backups.newest(office)
    with opened(office) as db:
        with db.read() as session:
            child, other = session.scalars(select(Child).order_by(Child.id).limit(2))
        erasure.erase(db, child.id, Because(Grounds.REQUEST, "Letter of 2017-08-30", "Wang Fang"))
    assert child.name not in names(office)
    assert backups.check(office, copy).erased == 1

    done = backups.restore(office, copy)
    assert done.matches
    assert "The data of 1 child was erased since." in done.told
    with opened(office) as db:
        with db.read() as session:
            (kept,) = disposals.listed(session)
            again = [one for one in erasure_due.due(session, date(2017, 7, 20)) if one.again]
        assert (kept.number[:2], kept.by) == ("D-", db.actor.user)
        assert [(one.child_id, one.name, one.grounds) for one in again] == [(child.id, child.name, Grounds.REQUEST)]
        erasure_due.erase(db, again[0], "Wang Fang")
        with db.read() as session:
            assert not [one for one in erasure_due.due(session, date(2017, 7, 20)) if one.again]
        assert verify(db).whole
    assert child.name not in names(office)
    assert other.name in names(office)


def test_a_child_whom_the_backup_never_held_is_not_counted(office: Office):
    copy = backups.newest(office)
    enter_a_child(office)
    with opened(office) as db:
        with db.read() as session:
            child = session.scalars(select(Child).where(Child.name == "小红")).one()
        erasure.erase(db, child.id, Because(Grounds.REQUEST, "Letter of 2017-08-30", "Wang Fang"))
    checked = backups.check(office, copy)
    assert (checked.erased, checked.warning) == (0, "")
    assert backups.restore(office, copy).told == "Restored 3 children, 0 visits: matches."
    with opened(office) as db, db.read() as session:
        assert [one.child_id for one in disposals.listed(session)] == [None], "its record is carried over all the same"


def test_a_part_that_was_erased_is_said_and_due_again_until_it_is_erased_again(office: Office):
    with opened(office) as db:
        with db.begin("Note an allergy") as session:
            child = session.scalars(select(Child).order_by(Child.id).limit(1)).one()
            child.alert = "Peanuts"
        copy = backups.make(office).copy.path
        because = Because(Grounds.REQUEST, "Letter of 2017-08-30", "Wang Fang")
        erasure.erase(db, child.id, because, frozenset({Part.HEALTH}))
        with db.read() as session:
            (record,) = disposals.listed(session)
    told: list[str] = []
    backups.restore(office, copy, warn=told.append)
    assert [f"(disposal records {record.number})" in one for one in told] == [True], "said before"

    def again() -> list[erasure_due.Due]:
        with db.read() as session:
            return [one for one in erasure_due.due(session, date(2017, 7, 20)) if one.again]

    with opened(office) as db:
        assert [(one.child_id, one.category, one.again) for one in again()] == [(child.id, "health", Grounds.REQUEST)]
        erasure_due.erase(db, again()[0], "Wang Fang")
        assert again() == []


def test_a_restore_does_not_give_a_consent_back_nor_lift_a_hold(office: Office):
    with opened(office) as db:
        with db.begin("Agree") as session:
            child, other = session.scalars(select(Child).order_by(Child.id).limit(2))
            for one in (child, other):
                children.set_consent(session, one.id, ConsentPurpose.PHOTO_INTERNAL, given=True, on=MONDAY)
                children.set_consent(session, one.id, ConsentPurpose.OUTINGS, given=True, on=MONDAY)
        copy = backups.make(office).copy.path
        with db.begin("Take it back") as session:
            children.withdraw_consent(session, child.id, ConsentPurpose.PHOTO_INTERNAL, on=date(2017, 7, 12))
            children.set_consent(session, child.id, ConsentPurpose.OUTINGS, given=True, on=date(2017, 7, 12))
            retention.hold(session, child_id=other.id, reason="A dispute about fees")
    told: list[str] = []
    done = backups.restore(office, copy, warn=told.append)
    assert done.matches
    (words,) = told
    assert words.startswith("1 consent was taken back since: the restored office will know. 1 legal hold was set")
    with opened(office) as db:
        with db.read() as session:
            taken = session.scalars(select(Consent).where(Consent.withdrawn_on.is_not(None))).all()
            assert [(c.child_id, c.purpose, c.withdrawn_on) for c in taken] == [
                (child.id, ConsentPurpose.PHOTO_INTERNAL, date(2017, 7, 12))
            ]
            assert [(h.child_id, h.reason) for h in retention.holds(session)] == [(other.id, "A dispute about fees")]
        assert verify(db).whole
    assert backups.check(office, backups.newest(office)).warning == "", "nothing is carried over twice"


def test_of_an_office_that_is_lost_its_newest_copy_says_what_was_erased(office: Office):
    first = backups.newest(office)
    with opened(office) as db:
        with db.read() as session:
            child = session.scalars(select(Child).order_by(Child.id).limit(1)).one()
        erasure.erase(db, child.id, Because(Grounds.REQUEST, "Letter of 2017-08-30", "Wang Fang"))
    later = backups.make(office).copy
    office.live.write_bytes(b"\x00" * 8192)

    checked = backups.check(office, first)
    assert checked.erased == 1
    assert f"not know what was erased or taken back after {later.manifest.made:%Y-%m-%d %H:%M}" in checked.warning
    backups.restore(office, first)
    with opened(office) as db, db.read() as session:
        assert [one.child_id for one in erasure_due.due(session, date(2017, 7, 20)) if one.again] == [child.id]


def test_a_number_that_was_given_again_keeps_both_records(office: Office):
    """Erased, restored without knowing of it, and erased again under the same number: neither erasure is forgotten."""
    first = backups.newest(office)
    with opened(office) as db, db.read() as session:
        one, other = session.scalars(select(Child).order_by(Child.id).limit(2))
    with opened(office) as db:
        erasure.erase(db, one.id, Because(Grounds.REQUEST, "Letter A", "Wang Fang"))
    later = backups.make(office).copy
    before = {path: path.read_bytes() for path in office.copies.glob(later.path.stem + "*")}
    for path in before:
        path.unlink()
    office.live.unlink()
    backups.restore(office, first)
    with opened(office) as db:
        erasure.erase(db, other.id, Because(Grounds.REQUEST, "Letter B", "Wang Fang"))
    for path, content in before.items():
        path.write_bytes(content)

    assert backups.restore(office, later.path).matches
    with opened(office) as db, db.read() as session:
        kept = {record.number: record for record in disposals.listed(session)}
        assert [record.child_id for record in kept.values()] == [other.id, one.id]
        assert len(kept) == 2
        assert max(kept) > (old := min(kept))
        assert kept[max(kept)].reason == f"Letter B ({old})"
        assert [due.child_id for due in erasure_due.due(session, date(2017, 7, 20)) if due.again] == [other.id]


def test_an_open_office_is_not_restored(office: Office):
    copy = backups.newest(office)
    with opened(office) as db, db.read() as session:
        session.query(Child).all()
        before = {path: path.read_bytes() for path in office.folder.glob("office.db*")}
        with pytest.raises(UserError, match="has this office open"):
            backups.restore(office, copy)
        assert {path: path.read_bytes() for path in office.folder.glob("office.db*")} == before


def test_a_destroyed_office_is_put_aside_and_restored(office: Office):
    copy = backups.newest(office)
    office.live.write_bytes(b"\x00" * 8192)
    office.live.with_name("office.db-wal").write_bytes(b"stale")
    assert backups.check(office, copy).present is None
    assert backups.restore(office, copy).matches
    aside = next(office.copies.glob("put-aside-*"))
    assert {p.name for p in aside.iterdir()} >= {"office.db", "office.db-wal", "vault.json"}
    assert len(names(office)) == 3


def test_an_altered_office_is_backed_up_as_it_is_and_its_copy_refused(office: Office):
    good = backups.newest(office)
    raw = restoring.connect(office.live, office.keys["general"])
    raw.execute("UPDATE child SET name = 'X' WHERE id = 1")
    raw.close()
    bad = backups.make(office).copy
    assert not bad.manifest.facts.whole
    with pytest.raises(UserError, match="trail of this copy is not whole"):
        backups.restore(office, bad.path)
    assert backups.restore(office, good).matches
    assert "X" not in names(office)


def test_a_copy_without_a_record_is_proved_by_opening_it(office: Office):
    copy = backups.newest(office)
    backup.manifest_of(copy).unlink()
    assert backups.list_of(office.folder)[0].manifest is None
    assert backups.restore(office, copy).told == "Restored 3 children, 0 visits: matches."


# ------------------------------------------------------------------------------------------------- forty bad copies

Harm = Callable[[Path, random.Random, Office], object]


def _flip(path: Path, at: int, bit: int = 0) -> None:
    with path.open("r+b") as stream:
        stream.seek(at)
        byte = stream.read(1)[0]
        stream.seek(at)
        stream.write(bytes([byte ^ 1 << bit]))


def _bit(copy: Path, dice: random.Random, _office: Office) -> None:
    _flip(copy, dice.randrange(copy.stat().st_size), dice.randrange(8))


def _bit_without_record(copy: Path, dice: random.Random, office: Office) -> None:
    _bit(copy, dice, office)
    backup.manifest_of(copy).unlink()


def _cut(copy: Path, dice: random.Random, _office: Office) -> None:
    with copy.open("r+b") as stream:
        stream.truncate(dice.randrange(copy.stat().st_size))


def _cut_pages_without_record(copy: Path, dice: random.Random, _office: Office) -> None:
    with copy.open("r+b") as stream:
        stream.truncate(4096 * dice.randrange(1, copy.stat().st_size // 4096))
    backup.manifest_of(copy).unlink()


def _zero(copy: Path, dice: random.Random, _office: Office) -> None:
    with copy.open("r+b") as stream:
        stream.seek(4096 * dice.randrange(copy.stat().st_size // 4096))
        stream.write(bytes(4096))


def _vault_swapped(copy: Path, _dice: random.Random, _office: Office) -> None:
    beside = backup.key_file_of(copy)
    beside.unlink()
    vault.Vault.create(beside, "Eve", "correct horse 8", argon=CHEAP)


def _record_edited(copy: Path, dice: random.Random, _office: Office) -> None:
    manifest = backup.read_manifest(copy)
    assert manifest
    what = dice.choice(("counts", "head", "sha256", "made_at", "key"))
    if what == "counts":
        counts = manifest.facts.counts | {"child": 999}
        manifest = replace(manifest, facts=replace(manifest.facts, counts=counts))
    elif what == "head":
        manifest = replace(manifest, facts=replace(manifest.facts, head="0" * 64))
    else:
        value = asdict(manifest)[what]
        manifest = replace(manifest, **{what: value[::-1] if what != "made_at" else "2016-01-01T00:00:00+00:00"})
    backup.write_beside(backup.Copy(copy, manifest), b"")


def _record_torn(copy: Path, _dice: random.Random, _office: Office) -> None:
    backup.manifest_of(copy).write_text('{"file": ')


def _foreign(copy: Path, _dice: random.Random, office: Office) -> None:
    """A good copy of another office, under the name of ours."""
    folder = office.folder.with_name("Other")
    folder.mkdir()
    _vault, unlocked, _code = vault.Vault.create(folder / "vault.json", "Eve", "correct horse 8", argon=CHEAP)
    _lay(folder, dict(unlocked.keys), copy)


def _older_vault(copy: Path, dice: random.Random, office: Office) -> None:
    """A good copy of ours from before the keys were changed."""
    folder = office.folder.with_name("Before")
    folder.mkdir()
    shutil.copyfile(office.folder / "vault.json", folder / "vault.json")
    _lay(folder, {"general": dice.randbytes(32), "sensitive": dice.randbytes(32)}, copy)


def _lay(folder: Path, keys: dict[str, bytes], copy: Path) -> None:
    Database.open(folder, keys, LI).close()
    theirs = backups.make(Office(folder, keys, LI)).copy.path
    for of in (lambda p: p, backup.manifest_of, backup.key_file_of):
        shutil.copyfile(of(theirs), of(copy))


def _other_file(copy: Path, dice: random.Random, _office: Office) -> None:
    copy.write_bytes(dice.choice((b"", b"MZ\x90\x00" * 500, dice.randbytes(9_000))))


HARMS: list[tuple[Harm, int, str]] = [
    (_bit, 8, "damaged"), (_bit_without_record, 6, "damaged"), (_cut, 5, "damaged"),
    (_cut_pages_without_record, 4, "damaged"), (_zero, 4, "damaged"), (_vault_swapped, 2, "key file beside"),
    (_record_edited, 5, "altered|other keys"), (_record_torn, 1, "record beside the copy"),
    (_foreign, 1, "belongs to another office"), (_older_vault, 1, "before the keys of this office were changed"),
    (_other_file, 3, "damaged"),
]  # fmt: skip
BAD = [(harm, n, told) for harm, times, told in HARMS for n in range(times)]


def test_forty_kinds_of_bad_copies_are_tried():
    assert len(BAD) == 40


@pytest.mark.parametrize(("harm", "n", "told"), BAD, ids=lambda value: getattr(value, "__name__", ""))
def test_a_bad_copy_is_refused_and_the_office_stays_as_it_is(office: Office, harm: Harm, n: int, told: str):
    copy = backups.newest(office)
    harm(copy, random.Random(f"{harm.__name__} {n}"), office)  # noqa: S311 (places in a file, not secrets)
    before = office.live.read_bytes()
    with pytest.raises(UserError, match=told):
        backups.restore(office, copy)
    assert office.live.read_bytes() == before
    assert copy.exists()
    assert not list(office.folder.glob(".restore-*"))
    assert not list(office.copies.glob("put-aside-*"))
