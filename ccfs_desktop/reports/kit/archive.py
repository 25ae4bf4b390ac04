"""PDF/A-2b: the form of a document that is kept for years."""

import io
from contextlib import ExitStack

import pikepdf
from pikepdf import pdfa

_LEVEL = "2b"


def as_archive(document: bytes, *, mark: str = "") -> bytes:
    """Return a document of ours as PDF/A-2b; the same document gives the same bytes.

    Args:
        document: the PDF.
        mark: what an issued document says of itself; it is kept in plain letters near the beginning of the file, so
            that it can be read from a damaged one.
    """
    objects = pikepdf.ObjectStreamMode.disable if mark else pikepdf.ObjectStreamMode.generate
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for page in pdf.pages:
            if "/Trans" in page:
                del page["/Trans"]
        if mark:
            pdf.docinfo["/Keywords"] = mark
        pdfa.prepare(pdf, _LEVEL)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            # The moment of printing stands in for the clock.
            metadata["xmp:MetadataDate"] = str(metadata["xmp:CreateDate"])
            if mark:
                metadata["pdf:Keywords"] = mark
        archived = io.BytesIO()
        pdf.save(archived, **pdfa.resolve_save_kwargs(_LEVEL, deterministic_id=True, object_stream_mode=objects))
    return archived.getvalue()


def together(documents: list[bytes], *, title: str = "") -> bytes:
    """Join finished documents into one smaller file.

    Args:
        documents: PDFs of ours; language and time of printing are the first one's.
        title: of the whole; the first one's unless given.
    """
    with ExitStack() as opened:
        joined, *others = [opened.enter_context(pikepdf.open(io.BytesIO(document))) for document in documents]
        for other in others:
            joined.pages.extend(other.pages)
        if title:
            joined.docinfo["/Title"] = title
        data = io.BytesIO()
        joined.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return data.getvalue()


def archivable(document: bytes) -> bool:
    """Tell whether a document, not yet signed, is a PDF/A-2b."""
    try:
        with pikepdf.open(io.BytesIO(document)) as pdf:
            return bool(pdfa.check(pdf, _LEVEL).passed)
    except Exception:  # noqa: BLE001 (whatever breaks the validator is no PDF/A; it may be a file from anywhere)
        return False


def page_count(document: bytes) -> int:
    """Return how many pages a finished document has."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return len(pdf.pages)
