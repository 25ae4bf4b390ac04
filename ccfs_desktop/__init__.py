"""CCFS Desktop runs a factory's Child Friendly Space from the HR office PC."""

__version__ = "0.1.0"
