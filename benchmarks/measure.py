"""Measuring: ours and the peers alternately, in user-space instructions where the machine counts them, else CPU time.

Instructions are the same to within a percent however busy the machine is; CPU time and the clock are not.
"""

import atexit
import ctypes
import json
import os
import platform
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Reading:
    """What one run cost."""

    cpu_ms: float
    wall_ms: float
    instructions: float | None
    """Millions; None where the machine does not count them."""
    memory_mb: float | None = None
    """At its highest; None for a part of a process."""

    @property
    def cost(self) -> float:
        """The most trustworthy figure there is."""
        return self.cpu_ms if self.instructions is None else self.instructions


Readings = Mapping[str, Sequence[Reading]]


def alternately(contestants: Mapping[str, Callable[[], Reading]], rounds: int) -> Readings:
    """Run all in turn, once for warming up, then so many rounds."""
    for run in contestants.values():
        run()
    found: dict[str, list[Reading]] = {name: [] for name in contestants}
    for _round in range(rounds):
        for name, run in contestants.items():
            found[name].append(run())
    return found


def ratio(ours: Sequence[Reading], theirs: Sequence[Reading]) -> float:
    """Return how many times theirs ours costs: the median of the ratios round by round."""
    return statistics.median(a.cost / b.cost for a, b in zip(ours, theirs, strict=True))


# ------------------------------------------------------------------------------------------------------ whole processes
# Starts programs from a process of 9 MB: the kernel counts a parent's memory as its child's until the child is itself.
_STARTER = """
import json, os, sys, time
nothing = os.open(os.devnull, os.O_RDWR)
for line in sys.stdin:
    command = json.loads(line)
    started = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_DUP2, nothing, 0), (os.POSIX_SPAWN_DUP2, nothing, 1)]
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet)
    _pid, status, used = os.wait4(pid, 0)
    wall, cpu = time.perf_counter() - started, used.ru_utime + used.ru_stime
    print(json.dumps([os.waitstatus_to_exitcode(status), cpu * 1000, wall * 1000, used.ru_maxrss / 1024]), flush=True)
"""


def process(*arguments: str) -> Callable[[], Reading]:
    """Return a run of ``python arguments`` in a process of its own, imports and all."""
    command = [sys.executable, *arguments]
    return (lambda: _run(command)) if sys.platform != "win32" else (lambda: _run_on_windows(command))


def _run(command: list[str]) -> Reading:
    with tempfile.NamedTemporaryFile() as counted:
        perf = ["perf", "stat", "-x,", "-o", counted.name, "-e", "instructions:u"] if counts() else []
        code, cpu_ms, wall_ms, memory_mb = _ask_starter([*perf, *command])
        if code:
            raise RuntimeError(f"{' '.join(command)} ended with {code}")
        line = next((one for one in counted.read().decode().splitlines() if "instructions" in one), "")
    return Reading(cpu_ms, wall_ms, int(line.split(",")[0]) / 1e6 if line else None, memory_mb)


def _ask_starter(command: list[str]) -> list[float]:
    starter = _starter()
    assert starter.stdin
    assert starter.stdout
    starter.stdin.write(json.dumps(command) + "\n")
    starter.stdin.flush()
    return json.loads(starter.stdout.readline())


@cache
def _starter() -> subprocess.Popen[str]:
    starter = subprocess.Popen(
        [sys.executable, "-c", _STARTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(starter.kill)
    return starter


def _run_on_windows(command: list[str]) -> Reading:
    """Windows tells no child's CPU time without more libraries: the clock must do."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall_ms = (time.perf_counter() - started) * 1_000
    return Reading(wall_ms, wall_ms, None)


@cache
def counts() -> bool:
    """Tell whether ``perf stat`` counts instructions here."""
    if not shutil.which("perf"):
        return False
    done = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", "true"], capture_output=True, check=False)  # noqa: S607
    return done.returncode == 0 and b"not" not in done.stderr


# ------------------------------------------------------------------------------------------------ parts of this process
def call(do: Callable[[], object]) -> Callable[[], Reading]:
    """Return a run of something in this process."""

    def run() -> Reading:
        counted, used, started = _counter()(), _cpu_seconds(), time.perf_counter()
        do()
        wall_ms, cpu_ms = (time.perf_counter() - started) * 1_000, (_cpu_seconds() - used) * 1_000
        instructions = None if counted is None else (_counter()() or 0) - counted
        return Reading(cpu_ms, wall_ms, instructions)

    return run


def _cpu_seconds() -> float:
    """This process and the helpers it has started and ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


@cache
def _counter() -> Callable[[], float | None]:
    """Return what reads this process's own instruction counter, in millions (Linux on x86-64; else None)."""
    if sys.platform != "linux" or platform.machine() != "x86_64" or not counts():
        return lambda: None
    # struct perf_event_attr: instructions, of this thread and its children, in user space.
    attributes = ctypes.create_string_buffer(128)
    struct.pack_into("IIQQQQQ", attributes, 0, 0, 128, 1, 0, 0, 0, 0b1100010)
    handle = ctypes.CDLL(None).syscall(298, attributes, 0, -1, -1, 0)
    return lambda: None if handle < 0 else struct.unpack("Q", os.read(handle, 8))[0] / 1e6
