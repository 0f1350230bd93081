"""Pre-shipment inspection report 出货前检验报告."""

from .inspection import report
from .kit import Form


def draw() -> Form:
    """For the customer."""
    return report("Pre-shipment inspection report 出货前检验报告")
