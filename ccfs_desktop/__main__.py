"""``python -m ccfs_desktop`` is the same as ``ccfs-desktop``."""

import multiprocessing
import sys

from ccfs_desktop.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a frozen program starts itself anew to read a factory's list
    sys.exit(main())
