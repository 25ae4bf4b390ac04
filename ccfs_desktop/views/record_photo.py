"""The photo in a file: shown, loaded, removed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import photos
from ccfs_desktop.views.child_face import show_face
from ccfs_desktop.views.kit import memory, theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words

_SIDE = 136


class PhotoColumn(QWidget):
    """The photo with its two buttons below. Whatever is loaded is drawn anew, beside the window."""

    def __init__(
        self, page: Page, whose: type[Child | Staff], key: int, actions: tuple[str, str], changed: Callable[[], object]
    ) -> None:
        """Build it, without a photo.

        Args:
            page: tells what is refused.
            whose: a child's or a member of staff's.
            key: whose.
            actions: what loading and removing are called in the history, marked with ``N_``.
            changed: called when another photo is kept, or none.
        """
        super().__init__()
        self._page, self._whose, self._key, self._actions, self._changed = page, whose, key, actions, changed
        self.photo = QLabel()
        self.photo.setFixedWidth(theme.px(_SIDE))
        self.load = button(_("Load a photo …"), self._choose, "camera")
        self.remove = button(_("Remove"), self._remove, "trash-2", "quiet")
        side = QVBoxLayout(self)
        side.setContentsMargins(0, 16, 0, 0)
        side.setSpacing(8)
        side.addWidget(words(_("Photo"), "section"))
        side.addWidget(self.photo)
        side.addWidget(self.load)
        side.addWidget(self.remove)
        side.addStretch(1)

    def show_photo(self, *, there: bool) -> None:
        """Show the photo, or the empty place for one."""
        jpeg = None
        if there:
            with self._page.db.read() as session:
                jpeg = photos.of(session, self._key, self._whose)
        show_face(self.photo, jpeg, _SIDE)
        self.remove.setVisible(there)

    def load_photo(self, path: Path) -> None:
        """Draw a photo anew, beside the window, and keep it."""
        key, whose, db, action = self._key, self._whose, self._page.db, self._actions[0]

        def task(_job: object) -> None:
            try:
                data = path.read_bytes()
            except OSError:
                raise UserError(_("The file “{name}” cannot be read.").format(name=path.name)) from None
            jpeg = photos.clean(data)
            with db.begin(action) as session:
                photos.keep(session, key, jpeg, whose)

        self._page.work(_("Reading the photo …"), task, lambda _nothing: self._changed())

    def _choose(self) -> None:
        folder = memory.recall("folder", str(Path.home()))
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Load a photo"), folder, _("Photos") + " (*.jpg *.jpeg *.png *.webp)"
        )
        if chosen:
            self.load_photo(Path(chosen))

    def _remove(self) -> None:
        with self._page.saving(self._actions[1]) as session:
            photos.remove(session, self._key, self._whose)
        self._changed()
