"""In-process inspection report 过程检验报告."""

from .inspection import report
from .kit import Form


def draw() -> Form:
    """For the house."""
    return report("In-process inspection report 过程检验报告", inside=True)
