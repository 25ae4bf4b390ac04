"""The office's database: one user action is one transaction with its own sealed trail."""

from ccfs_desktop.db.database import Actor, Database

__all__ = ["Actor", "Database"]
