"""A name as far as it is shown to those who must not know whose it is."""

from ccfs_desktop.models.masked import mask


def masked(name: str) -> str:
    """Return the initials of a name: ``N. T. A.``; of one written in Chinese the first character: ``李**``."""
    return mask(name)
