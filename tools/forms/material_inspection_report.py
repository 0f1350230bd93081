"""Material inspection report 原材料检验报告."""

from .inspection import report
from .kit import Form


def draw() -> Form:
    """For the house."""
    return report("Material inspection report 原材料检验报告", inside=True)
