"""The audit pack."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop.cli import access
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs


def add_pack(jobs: "Jobs") -> None:
    """Offer the audit pack among the reports."""
    pack = jobs.add_parser("audit-pack", help="everything an auditor asks for of a period, as one signed PDF")
    pack.add_argument("--from", dest="first_day", type=access.day, required=True, metavar="DAY", help="first day")
    pack.add_argument("--to", dest="last_day", type=access.day, required=True, metavar="DAY", help="last day")
    pack.add_argument("--standard", default="", metavar="CODE", help="such as smeta; an unknown one lists all")
    pack.add_argument(
        "--redaction", choices=("names", "initials", "codes"), default="initials", help="of children and families"
    )
    pack.add_argument("--sample", type=int, default=20, metavar="N", help="child-days to trace; 0 for none")
    pack.add_argument("--seed", type=int, default=1, metavar="N", help="of the sample; the auditor names one")
    pack.add_argument(
        "--recipient", default="", metavar="NAME", help="to whom it is handed, for the log of disclosures"
    )
    pack.add_argument("--languages", type=access.languages, default=(), help="such as zh_CN,en")
    pack.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the PDF; Excel file and manifest are put beside it"
    )
    access.add_office(pack)
    pack.set_defaults(command=_pack)


def _pack(args: argparse.Namespace) -> int:
    from ccfs_desktop.reports import audit_pack  # noqa: PLC0415 (paper is loaded when it is needed)
    from ccfs_desktop.services import standards  # noqa: PLC0415
    from ccfs_desktop.services.audit_pack import Wish  # noqa: PLC0415
    from ccfs_desktop.services.redaction import Redaction  # noqa: PLC0415

    out: Path = args.out
    if out.suffix.lower() != ".pdf":
        raise UserError(_("Name a PDF file: --out audit-pack.pdf."))
    audit_pack.check_folder(out.parent)
    wish = Wish(
        args.first_day, args.last_day, standards.get(args.standard).code, Redaction(args.redaction), args.sample,
        args.seed, args.recipient,
    )  # fmt: skip
    with access.office(args) as db:
        made = audit_pack.make(db, wish, languages=args.languages)
    for path in audit_pack.write(made, out.parent, out.stem):
        print(path)
    print(_("Document {number}, {pages} pages.").format(number=made.document.number, pages=made.document.pages))
    return 0
