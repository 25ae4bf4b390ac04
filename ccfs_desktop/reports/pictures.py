"""A document's pages as pictures, for where there is no screen and for the eye."""

from pathlib import Path

_DPI = 110


def save(document: Path, folder: Path) -> Path:
    """Write each page of a PDF as a PNG beside it.

    Returns:
        The folder with the pictures, named ``<document>-1.png`` and so on.
    """
    import pypdfium2  # noqa: PLC0415 (needed here only)

    pdf = pypdfium2.PdfDocument(document)
    try:
        for number, page in enumerate(pdf, 1):
            picture = page.render(scale=_DPI / 72)  # pyright: ignore[reportArgumentType] (the stub says int)
            picture.to_pil().save(folder / f"{document.stem}-{number}.png")
    finally:
        pdf.close()
    return folder
