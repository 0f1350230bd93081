"""A document pipeline for export trade, on Git."""

__version__ = "0.1.0"
