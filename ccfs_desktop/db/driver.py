"""SQLCipher's DB-API module. It is compiled and carries no types, so it is named here, once."""

import importlib
from typing import Any

sqlcipher: Any = importlib.import_module("sqlcipher3.dbapi2")
"""As the standard library's ``sqlite3``, with ``PRAGMA key``."""
