"""One place of the Staff page: the roster, who is on duty, the proof of the ratio, the files."""

from ccfs_desktop.views.kit.places import Place


class StaffPlace(Place):
    """A place that can show a printed paper over its page."""

    def printing(self, title: str, name: str, pdf: bytes) -> None:
        """Show a printed paper over the page."""
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415 (paper is loaded when it is needed)

        self.page.push(title, Paper(pdf, name, say=self.page.say))
