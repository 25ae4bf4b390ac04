"""The factory's lists, read in."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop.cli import access
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs


def add(jobs: "Jobs") -> None:
    """Offer to read a list."""
    lists = jobs.add_parser("import", help="read one of the factory's lists")
    lists.add_argument("kind", choices=("workers", "children", "staff"))
    lists.add_argument("file", type=Path, help=".xlsx, .xls, .ods or .csv")
    access.add_office(lists)
    lists.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
    lists.add_argument("--rejected", type=Path, metavar="OUT.xlsx", help="write the doubtful rows here, with reasons")
    lists.add_argument("--json", action="store_true", help="print the result as one JSON object")
    lists.set_defaults(command=_import)


def _import(args: argparse.Namespace) -> int:
    from ccfs_desktop.models.listing import ListKind  # noqa: PLC0415
    from ccfs_desktop.services import backups, imports, seasons  # noqa: PLC0415

    kind = ListKind(args.kind)
    with access.office(args) as db:
        read = imports.read_file(db, kind, args.file)
        with db.read() as session:
            season = seasons.current(session)
            plan = imports.plan(session, season, kind, read)
        if args.rejected:
            imports.write_rejected(plan, args.rejected, source=args.file)
        if not args.dry_run:
            backups.before(db, backups.Why.IMPORT)
            imports.apply(db, season, plan)
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
    notes = result["notes"]
    if isinstance(notes, list):
        for note in notes:  # pyright: ignore
            print(note)
