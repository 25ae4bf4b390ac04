"""Cut the power during attendance: ``python -m benchmarks.power_cut --states 1500``.

A recorder below the program (``recorder.c``) writes down all it does to its files. The power is then cut after any one
operation: what was forced to the disk stays, the rest is kept, lost or torn by sectors. Each state that results must
open with every acknowledged action whole. With ``synchronous=OFF`` it must not, or the alarm does not work.
"""

import argparse
import multiprocessing
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Semaphore

from benchmarks import disk, workload
from ccfs_desktop.db import engine

_TOLD = "told"
"""File in which the program notes what it has acknowledged."""
_ACTIONS = 90
_AT_ONCE = 16
"""States that lie on the disk at the same time."""


def cut(states: int, *, synchronous: str, seed: int = 2017) -> Counter[str]:
    """Record one run of the work and cut the power in many places; return what was found → how often."""
    with tempfile.TemporaryDirectory(prefix="ccfs-power-") as name:
        place = Path(name)
        office = place / "office"
        workload.make(office)
        before = shutil.copytree(office, place / "before")
        record = _record(place, office, synchronous)
        operations = list(disk.read(record, office))
        forced = sum(1 for op in operations if op.kind == "S")
        print(f"synchronous={synchronous}: {len(operations)} operations, {forced} forced to the disk", flush=True)
        room = Semaphore(_AT_ONCE)
        jobs = _states(before, operations, states, place, random.Random(seed), room)  # noqa: S311 (moments, not secrets)
        found: Counter[str] = Counter()
        with multiprocessing.get_context("forkserver").Pool() as pool:
            for verdict in pool.imap_unordered(_examine, jobs):
                found[verdict] += 1
                room.release()
        return found


def _record(place: Path, office: Path, synchronous: str) -> Path:
    library, record = place / "recorder.so", place / "record"
    source = Path(__file__).with_name("recorder.c")
    _run("gcc", "-shared", "-fPIC", "-O2", "-o", str(library), str(source), "-ldl")
    _run(
        sys.executable, "-m", "benchmarks.power_cut", "--work", str(office), "--synchronous", synchronous,
        LD_PRELOAD=str(library), RECORD_FOLDER=str(office), RECORD_TO=str(record),
    )  # fmt: skip
    return record


def _run(*command: str, **environment: str) -> None:
    subprocess.run(command, check=True, env=os.environ | environment)


def _states(
    before: Path, operations: list[disk.Operation], states: int, place: Path, dice: random.Random, room: Semaphore
) -> Iterator[tuple[Path, int]]:
    """Yield folders as the power cut leaves them, with the last action that was acknowledged by then."""
    moments = Counter(dice.randrange(len(operations)) for _n in range(states))
    now, told, made = disk.Disk(before), -1, 0
    for n, op in enumerate(operations):
        if op.name == _TOLD:
            told = int(op.data) if op.data else told
        else:
            now.do(op)
        for _same in range(moments[n]):
            room.acquire()
            folder = place / f"state-{made}"
            for name, content in now.after_power_cut(dice, disk.MODES[made % len(disk.MODES)]).items():
                if re.fullmatch(r"office\.db(-wal|-journal)?", name):  # the -shm file is made anew
                    folder.mkdir(exist_ok=True)
                    (folder / name).write_bytes(content)
            made += 1
            yield folder, told


def _examine(job: tuple[Path, int]) -> str:
    folder, told = job
    verdict = workload.problem(folder, "attendance", told) or "fine"
    shutil.rmtree(folder)
    return "lost what was acknowledged" if verdict.startswith("lost") else verdict


def _work(office: Path, synchronous: str) -> None:
    """Be the program that is recorded."""
    pragmas = [p if "synchronous" not in p else f"synchronous={synchronous}" for p in vars(engine)["_PRAGMAS"]]
    setattr(engine, "_PRAGMAS", pragmas)  # noqa: B010 (from outside, for the alarm test only)
    told = os.open(office / _TOLD, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def tell(n: int) -> None:
        os.write(told, b"%d\n" % n)

    workload.attend(office, tell, _ACTIONS)


def main() -> int:
    """Cut the power as often as asked, then once more with the alarm test."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--states", type=int, default=1_500)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--synchronous", default="FULL", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.work:
        _work(arguments.work, arguments.synchronous)
        return 0
    if not shutil.which("gcc") or sys.platform != "linux":
        print("Not measured: the recorder needs Linux and gcc.")
        return 0
    real = cut(arguments.states, synchronous="FULL")
    print("  " + _say(real))
    control = cut(max(60, arguments.states // 5), synchronous="OFF")
    print("  " + _say(control))
    alarm = 1 - control["fine"] / control.total()
    print(
        f"The alarm works: {alarm:.0%} of the states are bad without forcing." if alarm >= 0.1 else "The alarm is deaf."
    )
    return 0 if set(real) == {"fine"} and alarm >= 0.1 else 1


def _say(found: Counter[str]) -> str:
    return f"{found.total()} states: " + ", ".join(f"{n} {verdict}" for verdict, n in found.most_common())


if __name__ == "__main__":
    raise SystemExit(main())
