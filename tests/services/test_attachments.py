"""A file that proves something is kept without whatever could act in it."""

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from ccfs_desktop.errors import UserError
from ccfs_desktop.services import attachments


def _pdf(pages: int = 1, **options: Any) -> bytes:
    """Return a PDF with a script, a program inside, a link that starts another, and a filled-in field."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _n in range(pages):
            pdf.add_blank_page()
        script = Dictionary(S=Name.JavaScript, JS="app.alert('SCRIPT')")
        launch = Dictionary(S=Name.Launch, F="calc.exe")
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launch)
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="FILLED IN", Rect=[9, 9, 200, 30],
            DA="/Helv 12 Tf 0 g", F=4,
        )  # fmt: skip
        for page in pdf.pages:
            page.obj.AA = Dictionary(O=script)
        pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([link, pdf.make_indirect(field)]))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.Root.AcroForm = Dictionary(
            Fields=[pdf.pages[0].obj.Annots[1]], DR=Dictionary(Font=Dictionary(Helv=font)), NeedAppearances=True
        )
        pdf.Root.OpenAction = script
        pdf.attachments["x.exe"] = b"PROGRAM"
        pdf.save(out, compress_streams=False, **options)
    return out.getvalue()


def test_of_a_pdf_the_pages_stay_and_nothing_in_it_can_act() -> None:
    kept = attachments.clean("C:\\Scans\\invoice\u202efdp.exe", _pdf())

    with pikepdf.open(io.BytesIO(kept.content)) as pdf:
        shown = b"".join(o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream))
        keys = set[str]().union(*(o.keys() for o in pdf.objects if isinstance(o, Dictionary | pikepdf.Stream)))
    assert (kept.name, kept.kind) == ("invoice fdp.pdf", "pdf")
    assert b"FILLED IN" in shown
    assert not keys & {"/OpenAction", "/AA", "/A", "/JS", "/Annots", "/Names", "/AcroForm", "/EmbeddedFiles", "/EF"}
    assert not any(word in kept.content + shown for word in (b"SCRIPT", b"PROGRAM", b"calc.exe"))


def test_a_picture_becomes_a_jpeg_whatever_it_is_called() -> None:
    out = io.BytesIO()
    Image.new("RGB", (30, 40)).save(out, "PNG")

    assert attachments.clean("/home/door.final.png", out.getvalue()).name == "door.final.jpg"
    assert attachments.clean("../..", out.getvalue()).content.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ\x90", "neither a photo nor a PDF"),
        (b"", "neither a photo nor a PDF"),
        (b"%PDF-1.7 rubbish", "damaged"),
        (b"\xff\xd8 rubbish", "no photo"),
        (b"%PDF-" + bytes(attachments.LARGEST_BYTES), "10 MB"),
        (_pdf(51), "50 pages"),
        (_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "password"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        attachments.clean("scan.pdf", data)
