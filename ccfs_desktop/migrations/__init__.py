"""How the database came to be, version by version.

The list is written out so that start-up can tell an up-to-date database without importing Alembic.
"""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0007", "0008")
HEAD = REVISIONS[-1]
