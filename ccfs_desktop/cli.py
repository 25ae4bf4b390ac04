"""The command line: opens the window, and does the same jobs without one.

Exit codes: 0 done, 1 done but some rows need attention, 2 the file or the command cannot be used (one line on stderr).
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop import __version__, clock, i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.db import Database

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with the arguments of a command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportAttributeAccessIssue]
    args = _parser().parse_args(argv)
    if args.language:
        i18n.set_language(args.language)
    command: Command = args.command
    try:
        return command(args)
    except UserError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ccfs-desktop", description="Runs a factory's Child Friendly Space from the HR office PC."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--language", choices=list(i18n.LANGUAGES), help="language of the program's words")
    parser.add_argument("--office", type=Path, help="the office's folder")
    parser.set_defaults(command=_window)
    jobs = parser.add_subparsers(metavar="COMMAND")
    for add in (_add_new, _add_import, _add_print, _add_audit, _add_demo):
        add(jobs)
    return parser


# ------------------------------------------------------------------------------------------------------ the window


def _window(args: argparse.Namespace) -> int:
    from ccfs_desktop import app  # noqa: PLC0415 (no Qt for jobs without a window)

    return app.run(office=args.office, language=args.language)


def _add_demo(jobs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:  # pyright: ignore
    demo = jobs.add_parser("demo", help="build and open a whole season of a made-up factory")
    demo.add_argument("--office", type=Path, help="where to build it; opened when it is there already")
    demo.add_argument("--no-window", action="store_true", help="do the main job without a window and say where it lies")
    demo.add_argument("--language", choices=list(i18n.LANGUAGES), default="en")
    demo.add_argument("--seed", type=int, default=2017)
    demo.set_defaults(command=_demo)


def _demo(args: argparse.Namespace) -> int:
    from ccfs_desktop import paths  # noqa: PLC0415
    from ccfs_desktop.services import demo, offices  # noqa: PLC0415

    folder: Path = args.office or paths.data_dir() / "demo" / f"{args.language}-{args.seed}-{clock.today()}"
    if offices.is_demo(folder):
        db = offices.open_demo(folder)
    else:
        print(_("Building the demonstration office …"))
        db = demo.build(folder, language=args.language, seed=args.seed)
    if args.no_window or not _has_screen():
        return _without_window(db, folder)
    db.close()
    from ccfs_desktop import app  # noqa: PLC0415

    return app.run(office=folder, language=args.language)


def _has_screen() -> bool:
    """Tell whether a window could be shown: always on Windows and macOS, elsewhere where a display is named."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform in {"win32", "darwin"} or any(os.environ.get(name) for name in named)


def _without_window(db: "Database", folder: Path) -> int:
    """Do the morning's job: print the day's pack and picture its pages."""
    from ccfs_desktop.reports import issue, pictures  # noqa: PLC0415
    from ccfs_desktop.services import seasons  # noqa: PLC0415

    with db.read() as session:
        season = seasons.current(session)
        days = seasons.open_days(session, season)
    day = next((d for d in days if d >= clock.today()), days[-1])
    out = folder / "paper" / f"day-pack-{day}.pdf"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(issue.day_pack(db, issue.Order(day)))
    shots = pictures.save(out, out.parent)
    print(_("There is no screen. The papers for {day}: {path}").format(day=day, path=out))
    print(_("Their pages as pictures: {path}").format(path=shots))
    db.close()
    return 0


# ------------------------------------------------------------------------------------------------------ a new office


def _add_new(jobs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:  # pyright: ignore
    new = jobs.add_parser("new", help="make a new office")
    new.add_argument("--office", type=Path, required=True, help="its folder")
    new.add_argument("--factory", required=True, help="the factory's name")
    new.add_argument("--latin", default="", help="the factory's name in Latin letters")
    new.add_argument("--country", required=True, help="two letters, such as CN")
    new.add_argument("--season", required=True, help="the season's name")
    new.add_argument("--from", dest="first_day", type=_day, required=True, help="first day, such as 2017-07-03")
    new.add_argument("--to", dest="last_day", type=_day, required=True, help="last day")
    new.add_argument("--capacity", type=int, required=True, help="number of places")
    _add_user(new, required=True)
    new.set_defaults(command=_new)


def _new(args: argparse.Namespace) -> int:
    from ccfs_desktop.services import offices  # noqa: PLC0415

    created = offices.create(
        args.office,
        factory=args.factory,
        name_latin=args.latin,
        country=args.country,
        season=args.season,
        first_day=args.first_day,
        last_day=args.last_day,
        capacity=args.capacity,
        user=args.user,
        password=_password(args.password_file),
    )
    created.db.close()
    print(created.recovery_code)
    print(
        _("The office is made. This recovery code opens it when every password is lost: keep it on paper, in a safe."),
        file=sys.stderr,
    )
    return 0


# ------------------------------------------------------------------------------------------------------------- lists


def _add_import(jobs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:  # pyright: ignore
    lists = jobs.add_parser("import", help="read one of the factory's lists")
    lists.add_argument("kind", choices=("workers", "children", "staff"))
    lists.add_argument("file", type=Path, help=".xlsx, .xls, .ods or .csv")
    _add_office(lists)
    lists.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
    lists.add_argument("--rejected", type=Path, metavar="OUT.xlsx", help="write the doubtful rows here, with reasons")
    lists.add_argument("--json", action="store_true", help="print the result as one JSON object")
    lists.set_defaults(command=_import)


def _import(args: argparse.Namespace) -> int:
    from ccfs_desktop.models.listing import ListKind  # noqa: PLC0415
    from ccfs_desktop.services import imports, seasons  # noqa: PLC0415

    kind = ListKind(args.kind)
    db = _open(args)
    try:
        read = imports.read_file(db, kind, args.file)
        with db.read() as session:
            season = seasons.current(session)
            plan = imports.plan(session, season, kind, read)
        if args.rejected:
            imports.write_rejected(plan, args.rejected, source=args.file)
        if not args.dry_run:
            imports.apply(db, season, plan)
    finally:
        db.close()
    _tell(plan.as_dict(), as_json=args.json)
    return 1 if plan.count(imports.Outcome.ATTENTION) else 0


def _tell(result: "dict[str, object]", *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
        return
    print(
        _("{rows} rows: {imported} new, {updated} changed, {unchanged} unchanged.").format(
            rows=result["rows"], imported=result["imported"], updated=result["updated"], unchanged=result["unchanged"]
        )
    )
    titles = {
        "needs_attention": _("Need attention:"), "duplicates": _("Duplicates:"), "warnings": _("Warnings:"),
    }  # fmt: skip
    for name, title in titles.items():
        items = result[name]
        if isinstance(items, list) and items:
            print(title)
            for item in items:  # pyright: ignore
                print("  " + _("row {row}: {reason}").format(row=item["row"], reason=item["reason"]))


# ------------------------------------------------------------------------------------------------------------ papers


def _add_print(jobs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:  # pyright: ignore
    paper = jobs.add_parser("print", help="print a paper of the day as a PDF")
    paper.add_argument("document", help="sign-in-sheet, emergency-list, day-pack, staff-sign-in or visitor-log")
    paper.add_argument("--day", type=_day, required=True, help="such as 2017-07-10")
    paper.add_argument("--layout", choices=("scan-ready", "full"), help="of the sign-in sheet")
    paper.add_argument("--group", default="", metavar="NAME", help="only this group")
    paper.add_argument("--languages", type=_languages, default=(), help="such as zh_CN,en")
    paper.add_argument("--archive", action="store_true", help="as PDF/A-2b")
    paper.add_argument("--out", type=Path, required=True, metavar="FILE")
    _add_office(paper)
    paper.set_defaults(command=_print)


def _print(args: argparse.Namespace) -> int:
    from ccfs_desktop.models.factory import SheetLayout  # noqa: PLC0415
    from ccfs_desktop.reports import issue  # noqa: PLC0415

    layout = SheetLayout(args.layout) if args.layout else None
    order = issue.Order(args.day, args.group, layout, args.languages, args.archive)
    wanted = next((p for p in issue.PRINTABLES if p.name == args.document), None)
    if wanted is None:
        names = ", ".join(p.name for p in issue.PRINTABLES)
        raise UserError(
            _("There is no paper called {name}. There are: {names}.").format(name=args.document, names=names)
        )
    db = _open(args)
    try:
        pdf = wanted.make(db, order)
    finally:
        db.close()
    try:
        args.out.write_bytes(pdf)
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {why}.").format(path=args.out, why=error.strerror or error)
        ) from None
    print(args.out)
    return 0


# ------------------------------------------------------------------------------------------------------------- proof


def _add_audit(jobs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:  # pyright: ignore
    audit = jobs.add_parser("audit", help="check the sealed audit trail")
    audit.add_argument("what", choices=("verify",))
    _add_office(audit)
    audit.set_defaults(command=_audit)


def _audit(args: argparse.Namespace) -> int:
    from ccfs_desktop.db.verify import verify  # noqa: PLC0415

    db = _open(args)
    try:
        verdict = verify(db)
        head = db.head().code
    finally:
        db.close()
    if verdict.whole:
        print(_("The trail is whole: {n} entries, {head}.").format(n=verdict.entries, head=head))
        return 0
    for problem in verdict.problems:
        print(problem)
    return 1


# ----------------------------------------------------------------------------------------------------------- helpers


def _add_office(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--office", type=Path, required=True, help="the office's folder")
    _add_user(parser, required=False)


def _add_user(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--user", required=required, help="not needed for a demonstration office")
    parser.add_argument("--password-file", type=Path, required=required, help="a file whose first line is the password")


def _open(args: argparse.Namespace) -> "Database":
    from ccfs_desktop.services import offices  # noqa: PLC0415

    if offices.is_demo(args.office):
        return offices.open_demo(args.office)
    if not args.user or not args.password_file:
        raise UserError(_("Name the user and the password file: --user NAME --password-file FILE."))
    return offices.open(args.office, args.user, _password(args.password_file))


def _password(path: Path) -> str:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UserError(_("The password file {path} cannot be read.").format(path=path)) from None
    if not lines:
        raise UserError(_("The password file {path} is empty.").format(path=path))
    return lines[0]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"write the day as 2017-07-10, not {text}") from None


def _languages(text: str) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in text.split(",") if code.strip())
    unknown = [code for code in codes if code not in i18n.LANGUAGES]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown language {unknown[0]}; known: {', '.join(i18n.LANGUAGES)}")
    return codes
