"""The one door for whoever has a fresh checkout: ``python3 dev.py run`` and ``python3 dev.py test``.

Standard library only, because nothing else is there yet. Each command first makes sure of the set-up: a ``.venv`` with
the locked dependencies and, on Debian and Ubuntu, the system libraries Qt needs. The second time that costs nothing.
"""

from __future__ import annotations  # an older Python must get as far as the sentence that asks for a newer one

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements-dev.lock"
LOCALE = ROOT / "resources" / "locale"

QT_PACKAGES = (
    "libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1"
    " libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 libxkbcommon-x11-0 libxkbcommon0"
)
"""What a Debian or Ubuntu without a desktop lacks for Qt, on a screen and without one."""


# ------------------------------------------------------------------------------------------------------------ commands
def run(arguments: list[str]) -> None:
    """Open the demonstration office; without a screen, do its main job and say where the sheets lie."""
    screen = sys.platform in {"win32", "darwin"} or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    call(PYTHON, "-m", "ccfs_desktop", "demo", *([] if screen else ["--no-window"]), *arguments)


def test(arguments: list[str]) -> None:
    """Run the tests, one worker per processor; arguments go to pytest."""
    install_postgresql()
    call(PYTHON, "-m", "pytest", "-n", "auto", *arguments, QT_QPA_PLATFORM="offscreen")


def lint(arguments: list[str]) -> None:
    """Read the code without running it: ruff, pyright, import contracts."""
    call(PYTHON, "-m", "ruff", "check", *arguments)
    call(PYTHON, "-m", "ruff", "format", "--check")
    call(PYTHON, "-m", "pyright")
    call(SCRIPTS / "lint-imports")


def check(arguments: list[str]) -> None:
    """Run all a change must pass: lint, then the tests; arguments go to pytest."""
    lint([])
    test(arguments)


def bench(arguments: list[str]) -> None:
    """Measure the program beside its peers, in one run; arguments go to the benchmark."""
    call(PYTHON, "-m", "benchmarks", *arguments, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))


def screens(arguments: list[str]) -> None:
    """Save a picture of every page in every language, light and dark, at 100 % and 150 %, into build/screens."""
    folder = ROOT / "build" / "screens"
    # The smallest screen in use, 1366 x 768, as Windows shows it at 100 % and at 150 %.
    for scale, size in (("1", "1366x740"), ("1.5", "911x493")):
        test = ("-m", "pytest", "tests/test_screens.py", *arguments)
        call(
            PYTHON,
            *test,
            QT_QPA_PLATFORM="offscreen",
            QT_SCALE_FACTOR=scale,
            CCFS_SCREENS_SIZE=size,
            CCFS_SCREENS=folder,
        )
    print(f"The pictures are in {folder}")


def translate(arguments: list[str]) -> None:
    """Collect the texts, bring every language's file up to date and say how much of each is translated."""
    from ccfs_desktop.i18n import LANGUAGES  # noqa: PLC0415 (for an older Python, after the sentence about it)

    pybabel = (PYTHON, "-m", "babel.messages.frontend")
    template = LOCALE / "ccfs.pot"
    LOCALE.mkdir(parents=True, exist_ok=True)
    extract = "-q extract --mapping-file pyproject.toml --keyword N_ --add-location file --sort-by-file --no-wrap"
    names = ("--project", "CCFS Desktop", "--copyright-holder", "the CCFS Desktop project")
    call(*pybabel, *extract.split(), *names, "--output-file", template, ".")
    for language in sorted(LANGUAGES.keys() - {"en"}):
        file = LOCALE / language / "LC_MESSAGES" / "ccfs.po"
        verb = "update --no-fuzzy-matching --ignore-pot-creation-date" if file.exists() else "init"
        files = ("--input-file", template, "--output-file", file, "--locale", language)
        call(*pybabel, "-q", *verb.split(), "--no-wrap", *files)
    call(*pybabel, "compile", "--directory", LOCALE, "--domain", "ccfs", "--statistics", *arguments)


def lock(arguments: list[str]) -> None:
    """Write both lock files anew; --upgrade (or --upgrade-package NAME) moves to newer versions."""
    options = "--all-extras --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url -q"
    header = ("--custom-compile-command", "python3 dev.py lock")
    uv = (PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", *options.split(), *header, *arguments)
    call(*uv, "--output-file", "requirements.lock")
    call(*uv, "--group", "dev", "--constraint", "requirements.lock", "--output-file", LOCK.name)


MARKS = {"_": 1, "N_": 1, "ngettext": 2}
"""What marks a text for the translators, and how many texts it takes."""
COMMANDS = {command.__name__: command for command in (run, test, lint, check, bench, screens, translate, lock)}


# -------------------------------------------------------------------------------------------------------------- set-up
def set_up() -> None:
    """Make .venv and bring it up to the lock file; do nothing when it already is."""
    stamp = VENV / "installed.lock"
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not (PYTHON.exists() and stamp.exists()):
        make_venv()
    if not stamp.exists() or stamp.read_text(encoding="ascii") != wanted:
        print("Installing the locked dependencies (the first time this takes a few minutes) ...", flush=True)
        pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq")
        call(*pip, "--require-hashes", "--requirement", LOCK)
        call(*pip, "--no-build-isolation", "--no-deps", "--editable", ROOT)
        stamp.write_text(wanted, encoding="ascii")
    install_qt_libraries()
    compile_catalogues()


def make_venv() -> None:
    """Make .venv, or finish one that was interrupted; Debian keeps a piece of Python for it in a package of its own."""
    if not importlib.util.find_spec("ensurepip"):
        install_packages(f"python3.{sys.version_info.minor}-venv", "Python's venv module is missing.")
    print(f"Making {VENV} ...", flush=True)
    call(sys.executable, "-m", "venv", VENV)


def install_qt_libraries() -> None:
    """Install the system libraries Qt looks for in vain; Windows has them all."""
    ldd = shutil.which("ldd")
    if sys.platform != "linux" or not ldd:
        return
    qt = next(VENV.glob("lib/python3*/site-packages/PySide6/Qt"))
    files = [qt / f"plugins/platforms/lib{name}.so" for name in ("qxcb", "qoffscreen")]
    found = subprocess.run([ldd, *files], capture_output=True, text=True, check=False).stdout
    missing = sorted({line.split()[0] for line in found.splitlines() if line.endswith("=> not found")})
    if missing:
        install_packages(QT_PACKAGES, f"Qt needs libraries that this system lacks: {', '.join(missing)}.")


def install_postgresql() -> None:
    """Install PostgreSQL for the tests that want it, where we may; they skip, and say so, where we may not."""
    if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or not (shutil.which("apt-get") and is_root()):
        return
    try:
        install_packages("postgresql", "Some tests also run on PostgreSQL.")
    except SystemExit:
        print("PostgreSQL could not be installed; the tests go on without it.", flush=True)


def install_packages(names: str, reason: str) -> None:
    """Install Debian packages as root, or say which command does."""
    if not shutil.which("apt-get"):
        fail(f"{reason} Install what your system calls {names}, then run this command again.")
    if not is_root():
        fail(f"{reason} Run this once, then try again:\n\n    sudo apt-get install -y {names}\n")
    print(f"{reason} Installing {names} ...", flush=True)
    for words in ("update", f"install --yes --no-install-recommends {names}"):
        call("apt-get", "-qq", *words.split(), output=subprocess.DEVNULL, DEBIAN_FRONTEND="noninteractive")


def compile_catalogues() -> None:
    """Compile the translations that are newer than what was compiled from them."""
    for source in LOCALE.glob("*/LC_MESSAGES/ccfs.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            files = ("--input-file", source, "--output-file", compiled)
            call(PYTHON, "-m", "babel.messages.frontend", "-q", "compile", *files)


def python_texts(file: IO[bytes], *_: Any, **__: Any) -> Iterator[tuple[int, str, tuple[str, ...], list[str]]]:
    """Yield the marked texts of a Python file, those inside f-strings too, which Babel overlooks before Python 3.12."""
    import ast  # noqa: PLC0415 (needed here only)

    for call_ in ast.walk(ast.parse(file.read())):
        if isinstance(call_, ast.Call) and isinstance(call_.func, ast.Name) and call_.func.id in MARKS:
            given = [a.value for a in call_.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if given:
                yield call_.lineno, call_.func.id, tuple(given[: MARKS[call_.func.id]]), []


def toml_texts(file: IO[bytes], *_: Any, **__: Any) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield the texts for people in a checklist, survey or profile (Babel calls this; pyproject.toml names it)."""
    import tomllib  # noqa: PLC0415 (an older Python has none)

    waiting: list[Any] = [tomllib.load(file)]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield from ((1, None, node[key], []) for key in ("title", "name", "text", "help") if node.get(key))
        waiting += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()


# --------------------------------------------------------------------------------------------------------------- tools
def call(*command: object, output: int | None = None, **environment: object) -> None:
    """Run a program in the checkout; end with its exit code if it fails."""
    words, variables = map(str, command), {name: str(value) for name, value in environment.items()}
    code = subprocess.run([*words], cwd=ROOT, env=os.environ | variables, stdout=output, check=False).returncode
    if code:
        sys.exit(code)


def is_root() -> bool:
    """Tell whether we may install system packages."""
    return sys.platform != "win32" and os.geteuid() == 0


def fail(sentence: str) -> NoReturn:
    """End with a sentence that says what to do."""
    sys.exit(f"\n{sentence}")


def main() -> None:
    """Set up, then do what was asked for."""
    name, arguments = (sys.argv[1:2] or ["help"])[0], sys.argv[2:]
    if name not in COMMANDS:
        print("python3 dev.py COMMAND [ARGUMENTS]\n")
        print("\n".join(f"  {name:10} {command.__doc__}" for name, command in COMMANDS.items()))
        sys.exit(0 if name in {"help", "-h", "--help"} else 2)
    if sys.version_info < (3, 11):  # noqa: UP036 (this file may well be met by an older one)
        fail(f"CCFS Desktop needs Python 3.11 or newer; this is {sys.version.split()[0]}. Install one and use it here.")
    set_up()
    COMMANDS[name](arguments)


if __name__ == "__main__":
    main()
