"""Which list, and which file: three lists to choose from, a place to drop the file on."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.services import imports
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.dropping import FileDrop
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.views.imports import ImportPage

_ABOUT = {
    ListKind.WORKERS: N_(
        "All workers, as the factory's own list has them: number, name, department, phone. Read it first, and again "
        "whenever the factory sends a new one."
    ),
    ListKind.CHILDREN: N_(
        "The registration of the children: name, birth date, the parent's employee number, and whatever else it has. "
        "Each child is matched with its parents in the worker list."
    ),
    ListKind.STAFF: N_("The adults who look after the children: name, role, phone, and the dates of their papers."),
}
_WIDTH = 560


class ImportStart(FileDrop):
    """The first step."""

    def __init__(self, flow: "ImportPage") -> None:
        """Build it.

        Args:
            flow: the import it is the first step of.
        """
        super().__init__()
        self._flow = flow
        self.setObjectName("states")
        self.dropped.connect(flow.read)
        self.kinds: dict[ListKind, QPushButton] = {}
        self.about = words("", "quiet", wrap=True)
        self.last = words("", "help", wrap=True)
        self.choose = button(_("Choose the file …"), flow.choose, "folder-open", "primary")
        self._build()
        self.setFocusProxy(self.choose)

    def show_kind(self, kind: ListKind) -> None:
        """Show which list is meant."""
        for one, made in self.kinds.items():
            made.setChecked(one is kind)
        self.about.setText(_(_ABOUT[kind]))
        with self._flow.page.db.read() as session:
            earlier = next((one for one in imports.ledger(session) if one.kind is kind), None)
        self.last.setText(
            ngettext(
                "Read last on {day}: {name}, {n} row.", "Read last on {day}: {name}, {n} rows.", earlier.rows
            ).format(day=f"{earlier.at:%Y-%m-%d}", name=earlier.file_name, n=f"{earlier.rows:,}")
            if earlier
            else _("No such list has been read here yet.")
        )

    def _take(self, kind: ListKind) -> None:
        self._flow.kind = kind
        self.show_kind(kind)

    def _build(self) -> None:
        segments = QWidget()
        segments.setObjectName("segments")
        row = QHBoxLayout(segments)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, kind in enumerate(ListKind):
            made = button(_(kind.word), partial(self._take, kind))
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.setProperty("place", ("first", "", "last")[number])
            row.addWidget(made)
            self.kinds[kind] = made
        inside = QVBoxLayout(self.field)
        inside.setContentsMargins(24, 32, 24, 32)
        inside.setSpacing(12)
        picture = QLabel()
        icons.put(picture, "file-spreadsheet", "faint", size=40)
        for widget in (
            picture,
            words(_("Drop the file here"), "empty"),
            self.choose,
            words(
                _("Excel (.xlsx, .xls), OpenDocument (.ods) or text (.csv). The file itself is never changed."), "help"
            ),
        ):
            inside.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        holder = QWidget()
        holder.setFixedWidth(theme.px(_WIDTH))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(segments, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.about)
        column.addWidget(self.field)
        column.addWidget(self.last)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(holder, alignment=Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)
