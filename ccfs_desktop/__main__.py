"""``python -m ccfs_desktop`` is the same as ``ccfs-desktop``."""

import sys

from ccfs_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
