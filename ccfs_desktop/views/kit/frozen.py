"""Showing what somebody may read but not change: fields that cannot be typed into, buttons that are not there."""

from PySide6.QtWidgets import QAbstractButton, QWidget

from ccfs_desktop.views.kit.form import Form
from ccfs_desktop.views.kit.lines import Lines


def freeze(widget: QWidget) -> None:
    """Lock the fields under a widget and take its buttons away."""
    for form in widget.findChildren(Form):
        form.lock()
    for lines in widget.findChildren(Lines):
        lines.lock()
    for button in widget.findChildren(QAbstractButton):
        button.setEnabled(False)
