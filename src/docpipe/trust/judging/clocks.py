"""Clocks: by how much those of two people may differ."""

from datetime import timedelta

APART = timedelta(minutes=10)
"""A moment is not held against somebody whose clock may be that far from others'."""
