"""The two ways to say: let docxtpl do it."""


class NotCoveredError(Exception):
    """Compiling cannot promise what docxtpl would make of this template."""


class BailError(Exception):
    """This value, or these facts, need docxtpl."""
