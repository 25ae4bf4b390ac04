"""What two independent validators say about a PDF/A: pikepdf's, and page-validation."""

from io import BytesIO

import page
import pikepdf
from pikepdf import pdfa

_LENGTH = "PDFA2B-STREAM-LENGTH-001"
"""Also said of a stream whose data happens to end in the byte 0x0D, which is right. Source: documents.md 5."""


def complaints(pdf: bytes) -> list[str]:
    """Return what speaks against a file being PDF/A-2b; the signed file as it is handed out, too."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_A_2B)
    with pikepdf.open(BytesIO(pdf)) as document:
        second = [str(one) for one in report.failures if not _false_alarm(document, one)]
    with pikepdf.open(BytesIO(_before_signing(pdf))) as document:
        found = pdfa.check(document, "2b")
    return [*([] if found.passed else [str(found.summary)]), *second]


def _before_signing(pdf: bytes) -> bytes:
    """Return the file without what the signature added: pikepdf's validator does not know form fields of signatures."""
    if b"/ByteRange" not in pdf:
        return pdf
    return pdf[: pdf.index(b"%%EOF") + len(b"%%EOF\n")]


def _false_alarm(document: pikepdf.Pdf, failure: page.ValidationFailure) -> bool:
    if failure.rule_id != _LENGTH or document.check_pdf_syntax():
        return False
    streams = [one.read_raw_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)]
    return any(raw.endswith(b"\r") for raw in streams)
