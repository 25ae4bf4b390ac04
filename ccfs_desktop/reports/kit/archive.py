"""PDF/A-2b: the form of a document that is kept for years."""

import io
from datetime import datetime

import pikepdf
from pikepdf import pdfa

_LEVEL = "2b"


def as_archive(document: bytes, made: datetime) -> bytes:
    """Return a document as PDF/A-2b.

    Args:
        document: a PDF by :class:`ccfs_desktop.reports.kit.paper.Paper`.
        made: local time of printing; stands in for the clock so that the same data give the same bytes.
    """
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for page in pdf.pages:
            if "/Trans" in page:
                del page["/Trans"]
        pdfa.prepare(pdf, _LEVEL)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["xmp:MetadataDate"] = made.isoformat(timespec="seconds")
        archived = io.BytesIO()
        pdf.save(archived, **pdfa.resolve_save_kwargs(_LEVEL, deterministic_id=True))
    return archived.getvalue()


def together(documents: list[bytes]) -> bytes:
    """Join finished documents into one, smaller, file."""
    with pikepdf.new() as joined:
        for document in documents:
            with pikepdf.open(io.BytesIO(document)) as pdf:
                joined.pages.extend(pdf.pages)
        data = io.BytesIO()
        joined.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return data.getvalue()
