"""Data protection without a window: what is due, erasing one child, a guardian's copy, the disclosure log.

Erasing only looks unless somebody approves it: ``--approved-by NAME --approval-file FILE``, the file holding that
person's password.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop import clock
from ccfs_desktop.cli import access
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs
    from ccfs_desktop.db import Database

_WHAT = ("due", "erase", "copy", "disclosures", "audit", "assessment")


def add(jobs: "Jobs") -> None:
    """Offer the commands of data protection."""
    data = jobs.add_parser("data", help="data protection: what is due, erase a child, a guardian's copy, the logs")
    data.add_argument("what", choices=_WHAT)
    data.add_argument("--child", type=int, metavar="N", help="the child's number in the database, for erase and copy")
    data.add_argument("--reason", default="", help="for erase: why, without the child's name")
    data.add_argument("--approved-by", default="", metavar="NAME", help="for erase: the second person; without, a look")
    data.add_argument("--approval-file", type=Path, metavar="FILE", help="whose first line is that person's password")
    data.add_argument("--recipient", default="", metavar="NAME", help="for copy: to whom it is handed over")
    data.add_argument("--year", type=int, help="for disclosures and audit; this year unless said")
    data.add_argument("--languages", type=access.languages, default=(), help="such as zh_CN,en; for copy one")
    data.add_argument("--out", type=Path, metavar="PATH", help="a folder for copy, else a PDF file")
    access.add_office(data)
    data.set_defaults(command=_data)


def _data(args: argparse.Namespace) -> int:
    if args.what in ("erase", "copy") and args.child is None:
        raise UserError(_("Say which child: --child N."))
    if args.what in ("copy", "disclosures", "audit", "assessment") and args.out is None:
        raise UserError(_("Name where to: --out PATH."))
    with access.office(args) as db:
        return _VERBS[args.what](db, args)


def _due(db: "Database", _args: argparse.Namespace) -> int:
    """List what is due; 1 where something is."""
    from ccfs_desktop.services import erasure_due  # noqa: PLC0415 (loaded when it is needed)

    with db.read() as session:
        found = erasure_due.due(session, clock.today())
    for one in found:
        about = f"#{one.child_id}" if one.child_id else f"{one.count:,}"
        print(f"{one.since}  {_(one.title)}  {about}  {_(one.grounds.word)}  {one.held}".rstrip())
    return int(any(not one.held for one in found))


def _erase(db: "Database", args: argparse.Namespace) -> int:
    """Look, or erase when somebody approves it; 1 where it cannot be done now."""
    from ccfs_desktop.models.protection import Grounds  # noqa: PLC0415 (loaded when it is needed)
    from ccfs_desktop.services import erasure  # noqa: PLC0415

    if args.approved_by:
        password = access.password(args.approval_file) if args.approval_file else ""
        by = erasure.approve(db, args.approved_by, password)
        done = erasure.erase(db, args.child, erasure.Because(Grounds.REQUEST, args.reason, by))
        print(_("Erased. Record of disposal: {number}.").format(number=done.disposal.number))
        return 0
    with db.read() as session:
        told = erasure.preview(session, args.child)
    print(told.subject)
    for noun, n in told.goes.items():
        print(f"  - {_(noun)}: {n}")
    for one in told.stays:
        print(f"  + {_(one.noun)}: {one.count}  {one.until or ''}  {_(one.why) if one.why else ''}".rstrip())
    for sentence in (*told.by_hand, told.blocked or _("Nothing was erased: nobody approved it.")):
        print(sentence)
    return int(bool(told.blocked))


def _copy(db: "Database", args: argparse.Namespace) -> int:
    from ccfs_desktop.reports import issue_data  # noqa: PLC0415 (paper is loaded when it is needed)

    made = issue_data.copy(db, args.child, args.recipient, language=args.languages[0] if args.languages else "")
    name = f"copy-{args.child}-{clock.today()}"
    for ending, content in (("pdf", made.pdf), ("json", made.json)):
        _write(args.out / f"{name}.{ending}", content)
    print(made.sha256)
    return 0


def _paper(db: "Database", args: argparse.Namespace) -> int:
    from ccfs_desktop.reports import issue_data  # noqa: PLC0415 (paper is loaded when it is needed)

    today = clock.today()
    year = args.year or today.year
    if args.what == "disclosures":
        pdf = issue_data.disclosures(db, year, languages=args.languages)
    elif args.what == "assessment":
        pdf = issue_data.assess(db, languages=args.languages)
    else:
        first = today.replace(year=year, month=1, day=1)
        last = today if year == today.year else first.replace(month=12, day=31)
        pdf = issue_data.audit(db, first, last, languages=args.languages)
    _write(args.out, pdf)
    return 0


_VERBS = {"due": _due, "erase": _erase, "copy": _copy, "disclosures": _paper, "audit": _paper, "assessment": _paper}


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UserError(_("{path} cannot be written: {why}.").format(path=path, why=error.strerror or error)) from None
    print(path)
