"""Tests of the tables and arithmetic in ``docpipe.standards``."""
