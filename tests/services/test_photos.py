"""Photos are drawn anew: nothing hidden in the file comes along, and no file breaks the program."""

import io

import pytest
from PIL import Image

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.child import Child
from ccfs_desktop.services import photos
from tests import spaces


def _picture(size: tuple[int, int] = (2400, 1200), kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def test_place_camera_and_whatever_follows_the_picture_are_left_behind() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif[0x0112] = 6  # lies on its side
    clean = photos.clean(_picture(exif=exif) + b"PAYLOAD" * 100)
    with Image.open(io.BytesIO(clean)) as image:
        assert (image.format, image.size) == ("JPEG", (512, 1024))
        assert not image.getexif()
    assert b"Secret" not in clean
    assert b"PAYLOAD" not in clean


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_become_jpeg(kind: str) -> None:
    assert photos.clean(_picture((30, 40), kind)).startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        _picture()[:400],
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        _picture((30, 40), "GIF"),
        _picture((30, 40), "PNG")[:40] + b"\0" * 60,
    ],
)
def test_what_is_no_photo_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UserError, match="no photo"):
        photos.clean(data)


def test_a_small_file_that_would_fill_the_memory_is_refused() -> None:
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    with pytest.raises(UserError):
        photos.clean(bomb.getvalue())
    with pytest.raises(UserError, match="15 MB"):
        photos.clean(bytes(photos.LARGEST_BYTES + 1))


def test_a_photo_is_kept_replaced_and_removed(db: Database) -> None:
    child = spaces.fill(db).children[0]
    for size in ((30, 40), (50, 60)):
        with db.begin("Load a photo") as session:
            photos.keep(session, child.id, photos.clean(_picture(size)))
    with db.read() as session:
        jpeg = photos.of(session, child.id)
        assert jpeg is not None
        with Image.open(io.BytesIO(jpeg)) as image:
            assert image.size == (50, 60)
        assert session.get_one(Child, child.id).has_photo
    with db.begin("Remove a photo") as session:
        photos.remove(session, child.id)
        assert photos.of(session, child.id) is None
        assert not session.get_one(Child, child.id).has_photo
