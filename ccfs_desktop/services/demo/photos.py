"""Photos of nobody: a coloured card with the first letter of the child's name."""

import io
from functools import cache
from itertools import cycle

from PIL import Image, ImageDraw, ImageFont

from ccfs_desktop import paths
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import Child, Photo
from ccfs_desktop.services.demo.scene import Kid, Scene

_SIZE = (240, 320)
_COLOURS = ("#2a7f79", "#8a6d3b", "#5b6fa8", "#a8574b", "#6b8e3d", "#7d5a9b")
_FACES = {"zh_CN": "NotoSansSC-Regular.ttf", "bn": "NotoSansBengali-Bold.ttf"}


def take(scene: Scene, kids: list[Kid]) -> None:
    """Enter a photo for each child."""
    font = _font(_FACES.get(scene.names.language, "NotoSans-Bold.ttf"))
    with scene.db.begin(N_("Add photos")) as session:
        cards = [_card(kid.child.name[0], colour, font) for kid, colour in zip(kids, cycle(_COLOURS), strict=False)]
        photos = [Photo(child_id=kid.child.id, jpeg=card) for kid, card in zip(kids, cards, strict=True)]
        scene.db.insert_many(session, photos)
        for kid in kids:
            session.get_one(Child, kid.child.id).has_photo = True


def _card(letter: str, colour: str, font: ImageFont.FreeTypeFont) -> bytes:
    """Draw head and shoulders in one colour, with a letter."""
    image = Image.new("RGB", _SIZE, "#f1efe9")
    draw = ImageDraw.Draw(image)
    draw.ellipse((-10, 210, 250, 470), fill=colour)
    draw.ellipse((50, 40, 190, 200), fill=colour)
    draw.text((120, 120), letter, fill="white", font=font, anchor="mm")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream.getvalue()


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(paths.resource(f"fonts/{name}"), 72)
