"""Kill the working program at random moments: ``python -m benchmarks.kill --times 100``.

Nothing that was acknowledged may be lost, nothing may be half done, and the office opens with a whole audit trail.
"""

import argparse
import multiprocessing
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

from benchmarks import workload

# Seconds within which the process dies, counted from when it is ready to work.
_WITHIN = {"attendance": 0.6, "import": 0.6, "migration": 0.8, "backup": 0.9, "restore": 1.5, "erase": 0.9}
_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def kill(
    times: int, *, seed: int = 2017, say: bool = False, works: Sequence[str] = tuple(workload.WORK)
) -> Counter[str]:
    """Kill each kind of work in turn; return what was found → how often. Only ``fine`` is fine."""
    dice = random.Random(seed)  # noqa: S311 (moments, not secrets)
    context = multiprocessing.get_context(_METHOD)
    context.set_forkserver_preload(["benchmarks.workload", "alembic.command"])  # the work itself is to be hit
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="ccfs-kill-") as name:
        office = Path(name) / "office"
        workload.make(office)
        for n in range(times):
            work = works[n % len(works)]
            folder = shutil.copytree(office, Path(name) / f"{n}")
            told = _run_and_kill(context, work, folder, dice.uniform(0, _WITHIN[work]))
            verdict = workload.problem(folder, work, told) or "fine"
            found[verdict] += 1
            if say:
                print(f"{n + 1:4} {work:11} killed after {told + 1:3} actions: {verdict}", flush=True)
            shutil.rmtree(folder)
    return found


def _run_and_kill(context: BaseContext, work: str, folder: Path, after: float) -> int:
    """Let a process work and kill it; return the last action it acknowledged."""
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, folder, theirs), daemon=True)  # pyright: ignore
    process.start()
    theirs.close()
    told: int = ours.recv()  # ready
    time.sleep(after)
    process.kill()
    process.join()
    try:
        while True:
            told = ours.recv()
    except EOFError:
        return told


def _work(work: str, folder: Path, told: Connection) -> None:
    workload.WORK[work](folder, told.send, 10_000)
    time.sleep(60)  # killed meanwhile


def main() -> int:
    """Kill as often as asked, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--work", choices=list(workload.WORK), action="append", help="only this; may be repeated")
    arguments = parser.parse_args()
    works = tuple(arguments.work or workload.WORK)
    found = kill(arguments.times, seed=arguments.seed, say=True, works=works)
    print(", ".join(f"{n} {verdict}" for verdict, n in found.most_common()))
    return 0 if set(found) == {"fine"} else 1


if __name__ == "__main__":
    raise SystemExit(main())
