"""Tamper with copies of the demonstration office: ``python -m benchmarks.attacks [--times 320] [--damage 500]``.

Every attack must be found with the seal that was printed on paper, every damaged file must be refused or named, and
nothing may end the program otherwise than with a sentence. Source: security.md 3.2.
"""

import argparse
import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from ccfs_desktop.db import Actor, Database
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.services import demo, offices
from tests.tampering import ATTACKS, tampered

_FOUND = "found"


def attack(times: int, damage: int, *, seed: int = 2017) -> Counter[str]:
    """Attack and damage a copy each time; return what happened → how often. Only ``found`` is right."""
    dice = random.Random(seed)  # noqa: S311 (moments, not secrets)
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="ccfs-attack-") as name:
        folder = Path(name) / "office"
        db = demo.build(folder, language="en")
        keys = dict(db.keys)
        whole = verify(db)
        seal = (whole.entries, whole.head)
        db.close()
        _settle(folder)
        for n in range(times + damage):
            copy = shutil.copytree(folder, Path(name) / "copy")
            if n < times:
                kind = list(ATTACKS)[n % len(ATTACKS)]
                with tampered(copy, keys["general"]) as raw:
                    kind(raw, dice, seal[0], keys["general"])
                told = f"{kind.__name__}: {_examine(copy, keys, seal)}"
            else:
                told = f"{_damage(copy / 'office.db', dice)}: {_examine(copy, keys, seal)}"
            seen[told] += 1
            shutil.rmtree(copy)
            if (n + 1) % 20 == 0:
                print(f"{n + 1:4} of {times + damage}", flush=True)
    return seen


def _settle(folder: Path) -> None:
    """Open and close once, so that everything lies in the one file."""
    offices.open_demo(folder).close()


def _damage(file: Path, dice: random.Random) -> str:
    """Flip a bit, or cut the file off; as an unlucky disk or an interrupted copy does."""
    content = bytearray(file.read_bytes())
    place = dice.randrange(len(content))
    if dice.random() < 0.5:
        content[place] ^= 1 << dice.randrange(8)
        file.write_bytes(content)
        return "bit flipped"
    file.write_bytes(content[:place])
    return "cut off"


def _examine(folder: Path, keys: dict[str, bytes], seal: tuple[int, str]) -> str:
    try:
        db = Database.open(folder, keys, Actor("Auditor", "auditor"))
        try:
            return "NOT FOUND" if verify(db, [seal]).whole else _FOUND
        finally:
            db.close()
    except UserError:
        return _FOUND
    except Exception as error:  # noqa: BLE001 (that is what is looked for)
        return f"CRASHED with {type(error).__name__}"


def main() -> int:
    """Attack as often as asked, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=320)
    parser.add_argument("--damage", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2017)
    arguments = parser.parse_args()
    seen = attack(arguments.times, arguments.damage, seed=arguments.seed)
    for told, n in sorted(seen.items()):
        print(f"{n:5}  {told}")
    return 0 if all(told.endswith(_FOUND) for told in seen) else 1


if __name__ == "__main__":
    raise SystemExit(main())
