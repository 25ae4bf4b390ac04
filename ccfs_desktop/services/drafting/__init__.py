"""Drafting a roster: greedy at once, then improved by a solver beside the window; no database, no window."""
