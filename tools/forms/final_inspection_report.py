"""Final inspection report 最终检验报告."""

from .inspection import report
from .kit import Form


def draw() -> Form:
    """For the customer."""
    return report("Final inspection report 最终检验报告")
