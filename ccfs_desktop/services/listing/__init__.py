"""Read the factory's own lists: workers, children, staff, in any form a factory keeps them.

``read_list`` opens a file without trusting it, finds the list in it and understands its rows. It changes nothing;
comparing with what is known and saving come after it. ``write_rejected`` gives doubtful rows back to be corrected.
"""

from ccfs_desktop.services.listing.cells import ATTENTION, WARNING, PickUp, Problem
from ccfs_desktop.services.listing.dates import ParsedDate
from ccfs_desktop.services.listing.fields import FIELDS, KINDS, Field, label
from ccfs_desktop.services.listing.files import CancelledError, open_book
from ccfs_desktop.services.listing.mapping import Mapping
from ccfs_desktop.services.listing.person import ListRow
from ccfs_desktop.services.listing.read import ListRead, read_list
from ccfs_desktop.services.listing.rejected import write_rejected
from ccfs_desktop.services.listing.rows import Skipped
from ccfs_desktop.services.listing.sheet import Book, Sheet
from ccfs_desktop.services.listing.table import ColumnsMissing

__all__ = [
    "ATTENTION",
    "FIELDS",
    "KINDS",
    "WARNING",
    "Book",
    "CancelledError",
    "ColumnsMissing",
    "Field",
    "ListRead",
    "ListRow",
    "Mapping",
    "ParsedDate",
    "PickUp",
    "Problem",
    "Sheet",
    "Skipped",
    "label",
    "open_book",
    "read_list",
    "write_rejected",
]
