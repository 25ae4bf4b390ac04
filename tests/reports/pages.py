"""Looks at a printed document as a reader's program and a scanner see it."""

from typing import Any, cast

import pypdfium2
import zxingcpp
from PIL import Image

from ccfs_desktop.services.sheet_geometry import Box

DPI = 200


def texts(document: bytes) -> list[str]:
    """Return the text of each page as copying it would give it."""
    with pypdfium2.PdfDocument(document) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


def pictures(document: bytes) -> list[Image.Image]:
    """Return each page in grey, as a copier scans it."""
    with pypdfium2.PdfDocument(document) as pdf:
        scale: Any = DPI / 72  # the library's own note that it takes only whole numbers is wrong
        return [cast(Image.Image, page.render(scale=scale).to_pil()).convert("L") for page in pdf]


def cut(picture: Image.Image, box: Box) -> Image.Image:
    """Return the part of a page inside a box in millimetres."""
    dots = DPI / 25.4
    return picture.crop(
        (round(box.left * dots), round(box.top * dots), round(box.right * dots), round(box.bottom * dots))
    )


def darkness(picture: Image.Image, x: float, y: float) -> int:
    """Return how dark a point is, from 0 (white) to 255."""
    return 255 - cast(int, picture.getpixel((round(x * DPI / 25.4), round(y * DPI / 25.4))))


def codes(picture: Image.Image) -> list[str]:
    """Return what the QR codes of a page say."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]
