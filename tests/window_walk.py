"""Going through every page and place of the window."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from ccfs_desktop.views.kit.places import PlacesPage
from ccfs_desktop.views.main_window import PAGES, MainWindow


def every_place(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Show each page, each of its places in turn, and yield its name (``safety-due``) and the page."""
    for screen in PAGES:
        window.go(screen.name)
        page = window.page(screen.name)
        if isinstance(page, PlacesPage):
            for place in page.places:
                page.show_place(place.name)
                yield f"{screen.name}-{place.name}", page
        else:
            yield screen.name, page
