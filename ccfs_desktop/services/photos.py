"""Photos of children and staff: whatever is loaded is drawn anew, so that nothing hidden in the file comes along."""

import io
import warnings

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child, Photo
from ccfs_desktop.models.masked import masker_of
from ccfs_desktop.models.staff import Staff, StaffPhoto
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

LARGEST_BYTES = 15 << 20
LONGEST_SIDE = 1024
_MOST_PIXELS, _LONGEST = 50_000_000, 20_000
_FORMATS = ("JPEG", "PNG", "WEBP")


def clean(data: bytes) -> bytes:
    """Return a photo as a small JPEG without place, camera or anything behind the picture.

    Takes some tenths of a second: call it on the worker thread.

    Args:
        data: a JPEG, PNG or WebP file, from anybody.

    Raises:
        UserError: too large, or no picture this program reads.

    Source: security.md 4.5, load_photo.
    """
    from PIL import Image  # noqa: PLC0415 (only when a photo is loaded)

    if len(data) > LARGEST_BYTES:
        raise UserError(_("This file is larger than 15 MB. Save the photo smaller and try again."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as probe:
                _check_size(probe.size)
                probe.verify()
            return _drawn(data)
    # Pillow answers broken files with SyntaxError, too, and bombs with a warning made an error.
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UserError(_("This file is no photo. Choose a JPEG, PNG or WebP picture.")) from None


def _check_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > _MOST_PIXELS or max(size) > _LONGEST:
        raise UserError(_("This picture has too many pixels. Save it smaller and try again."))


def _drawn(data: bytes) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415

    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image).convert("RGB")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = io.BytesIO()
        upright.save(out, "JPEG", quality=85)
        return out.getvalue()


def of(session: Session, key: int, whose: type[Child | Staff] = Child) -> bytes | None:
    """Return a person's photo as JPEG; of a child, None for those who see its name masked.

    Args:
        session: an open session.
        key: the child's or the member of staff's id.
        whose: which of the two.
    """
    if whose is Child and masker_of(session.connection().dialect).on:
        return None
    photo = _kept(session, key, whose)
    return photo.jpeg if photo else None


def keep(session: Session, key: int, jpeg: bytes, whose: type[Child | Staff] = Child) -> None:
    """Keep a photo in the database, instead of the one before.

    Args:
        session: the open transaction.
        key: whose it is.
        jpeg: as :func:`clean` returned it.
        whose: a child's or a member of staff's.
    """
    photo = _kept(session, key, whose)
    if photo is not None:
        photo.jpeg = jpeg
    elif whose is Child:
        session.add(Photo(child_id=key, jpeg=jpeg))
    else:
        session.add(StaffPhoto(staff_id=key, jpeg=jpeg))
    session.get_one(whose, key).has_photo = True
    session.flush()


def remove(session: Session, key: int, whose: type[Child | Staff] = Child) -> None:
    """Remove a person's photo."""
    photo = _kept(session, key, whose)
    if photo is not None:
        session.delete(photo)
    session.get_one(whose, key).has_photo = False
    session.flush()


def _kept(session: Session, key: int, whose: type[Child | Staff]) -> Photo | StaffPhoto | None:
    if whose is Child:
        return session.scalars(select(Photo).where(Photo.child_id == key)).first()
    return session.scalars(select(StaffPhoto).where(StaffPhoto.staff_id == key)).first()


roles.guard(globals(), Right.ENROL, {Right.REGISTER: (of,)})
