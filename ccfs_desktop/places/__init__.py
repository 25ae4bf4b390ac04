"""Safe ground: where an office may live, room on its disk, and one open window per office."""

from ccfs_desktop.places.lock import OfficeLock
from ccfs_desktop.places.space import Space, check_space, drop_ballast, keep_ballast, require_space
from ccfs_desktop.places.where import check_place, default_folder, demo_folder

__all__ = [
    "OfficeLock",
    "Space",
    "check_place",
    "check_space",
    "default_folder",
    "demo_folder",
    "drop_ballast",
    "keep_ballast",
    "require_space",
]
