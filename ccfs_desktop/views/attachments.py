"""Photos and PDFs kept with a record: small pictures in a row; added, opened, taken away by mouse or keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.services import attachments
from ccfs_desktop.services.attachments import Attachment
from ccfs_desktop.views.kit import files, icons, memory, theme, work
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words

_PATTERNS = "*.jpg *.jpeg *.png *.webp *.pdf"
_WIDTH, _HEIGHT = 104, 78
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Kept:
    """A file as the row shows it."""

    key: int
    name: str
    kind: str
    """``jpeg`` or ``pdf``."""
    told: str = ""
    """What it shows, who added it and when; translated, for the tooltip."""


class Attachments(QWidget):
    """Add with the button, ``Insert`` or by dropping files; open with ``Enter``; take away with ``Del``."""

    added = Signal(object)
    """An :class:`Attachment` that was cleaned; the owner stores it and shows the files again."""
    removed = Signal(int)
    """The key of the file to take away; only while it is not locked."""

    def __init__(self, page: Page, content: Callable[[int], bytes | None], title: str = "") -> None:
        """Build it, empty.

        Args:
            page: tells what is refused, and shows a file that is opened over itself.
            content: returns the bytes of a file by its key; called on the worker thread; None where they may not be
                read.
            title: of the row, translated.
        """
        super().__init__()
        self._page, self._content = page, content
        self._icons: dict[int, QIcon] = {}
        self._locked = False
        self.add_button = button(_("Add …"), self.choose, "camera")
        self.add_button.setToolTip(_("Add a photo or PDF (Ins)"))
        self.add_button.setAccessibleName(f"{title}: {_('Add a photo or PDF (Ins)')}" if title else "")
        self.none = words(_("No file yet."), "quiet")
        self.list = _Row()
        self.list.setAccessibleName(title or _("Files"))
        self.list.itemActivated.connect(lambda item: self.show_file(item.data(_KEY)))
        self.list.asked_more.connect(self.choose)
        self.list.asked_away.connect(self._remove)
        self.setAcceptDrops(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        if title:
            head.addWidget(words(title, "label"))
        head.addWidget(self.none)
        head.addStretch(1)
        head.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)
        self.show_files(())

    def show_files(self, files: Sequence[Kept], *, locked: bool = False, addable: bool | None = None) -> None:
        """Show these files.

        Args:
            files: in their order.
            locked: whether none may be taken away.
            addable: whether more may be added; if not said, as long as it is not locked.
        """
        self._locked = locked
        self.files = tuple(files)
        self.list.clear()
        for file in files:
            item = QListWidgetItem(self._icon(file), file.name)
            item.setData(_KEY, file.key)
            item.setToolTip("\n".join(part for part in (file.name, file.told) if part))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{file.name}. {file.told}")
            item.setSizeHint(self.list.gridSize())
            self.list.addItem(item)
        more = not locked if addable is None else addable
        self.add_button.setVisible(more)
        self.list.setVisible(bool(files))
        self.none.setVisible(not files)
        proxy = self.list if files else self.add_button if more else None
        self.setFocusProxy(proxy)  # pyright: ignore (one that is hidden would stop the Tab key here)

    def choose(self) -> None:
        """Ask for files."""
        if not self.add_button.isVisibleTo(self):
            return
        folder = memory.recall("folder", str(Path.home()))
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("Add a photo or PDF"), folder, f"{_('Photos and PDF files')} ({_PATTERNS})"
        )
        for name in chosen:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Read a file and clean it beside the window, then hand it on."""

        def task(_job: work.Job) -> Attachment:
            return attachments.clean(path.name, files.read(path, attachments.LARGEST_BYTES))

        self._page.work(_("The file is being read …"), task, self.added.emit)

    def show_file(self, key: int) -> None:
        """Open a file over the page."""
        file = next(file for file in self.files if file.key == key)
        work.start(lambda _job: self._content(key), partial(self._opened, file), self._page.tell, owner=self)

    def _opened(self, file: Kept, content: bytes | None) -> None:
        if content is None:
            self._page.tell(UserError(_("Your role may not read this file.")))
        elif file.kind == "pdf":
            from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415 (paper is loaded when it is needed)

            self._page.push(file.name, Paper(content, Path(file.name).stem, say=self._page.say))
        else:
            self._page.push(file.name, PictureView(content, file.told))

    def _remove(self) -> None:
        if self.list.currentRow() >= 0 and not self._locked:
            self.removed.emit(self.list.currentItem().data(_KEY))

    # -------------------------------------------------------------------------------------------- small pictures

    def _icon(self, file: Kept) -> QIcon:
        if file.key in self._icons:
            return self._icons[file.key]
        if file.kind == "jpeg":
            work.start(lambda _job: self._content(file.key), partial(self._draw, file.key), owner=self)
        return icons.icon("file-text" if file.kind == "pdf" else "camera", "quiet", size=40)

    def _draw(self, key: int, content: bytes | None) -> None:
        picture = QPixmap()
        if content is None or not picture.loadFromData(QByteArray(content)):
            return
        size = QSize(theme.px(_WIDTH), theme.px(_HEIGHT)) * self.devicePixelRatio()
        small = picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(self.devicePixelRatio())
        made = QIcon(small)
        made.addPixmap(small, QIcon.Mode.Selected)
        self._icons[key] = made
        for number in range(self.list.count()):
            if self.list.item(number).data(_KEY) == key:
                self.list.item(number).setIcon(made)

    # -------------------------------------------------------------------------------------------------- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files in while more may be added."""
        if self.add_button.isVisibleTo(self) and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.take(Path(url.toLocalFile()))
        event.acceptProposedAction()


class _Row(QListWidget):
    """One row of small pictures."""

    asked_more = Signal()
    asked_away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setMovement(QListWidget.Movement.Static)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(theme.px(_WIDTH), theme.px(_HEIGHT)))
        self.setGridSize(QSize(theme.px(_WIDTH + 12), theme.px(_HEIGHT + 28)))
        self.setFixedHeight(theme.px(_HEIGHT + 28) + 18)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ins adds, Del takes away."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.itemActivated.emit(self.currentItem())
        elif key == Qt.Key.Key_Insert:
            self.asked_more.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.asked_away.emit()
        else:
            super().keyPressEvent(event)


class PictureView(QWidget):
    """A picture as large as the page allows."""

    def __init__(self, jpeg: bytes, told: str = "") -> None:
        """Show it.

        Args:
            jpeg: as ``photos.clean`` returned it.
            told: a sentence below it, translated.
        """
        super().__init__()
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture = QPixmap()
        self.picture.loadFromData(QByteArray(jpeg))
        self.label = QLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setMinimumSize(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.label, 1)
        if told:
            column.addWidget(words(told, "quiet", wrap=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture anew, never larger than it is."""
        super().resizeEvent(event)
        ratio = self.devicePixelRatio()
        room = self.label.size() * ratio
        if not self.picture.isNull():
            shown = self.picture.scaled(
                room.boundedTo(self.picture.size()),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown.setDevicePixelRatio(ratio)
            self.label.setPixmap(shown)
