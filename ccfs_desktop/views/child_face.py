"""A child's photo on the screen, or the empty place for one."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from ccfs_desktop.views.kit import icons, theme


def show_face(label: QLabel, jpeg: bytes | None, size: int) -> None:
    """Show a photo, cut to a square with the face's upper part, or an empty place for one."""
    side = theme.px(size)
    label.setFixedSize(side, side)
    picture = QPixmap()
    if not (jpeg and picture.loadFromData(QByteArray(jpeg))):
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icons.put(label, "user", "faint", size=round(side * 0.6))
        return
    label.setProperty("icon", None)
    ratio = label.devicePixelRatioF()
    wide = picture.scaled(
        round(side * ratio),
        round(side * ratio),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    whole = round(side * ratio)
    cut = wide.copy((wide.width() - whole) // 2, (wide.height() - whole) // 4, whole, whole)
    cut.setDevicePixelRatio(ratio)
    label.setPixmap(cut)
