"""What the Today page asks for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """Something that needs somebody, and the page where it is put right."""

    sentence: str
    urgent: bool
    page: str
    """Name of a page in ``PAGES``."""
    target: dict[str, object]
    """Where on that page, such as ``{"child": 7}`` or ``{"day": date(2017, 7, 10)}``."""
