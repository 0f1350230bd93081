"""What cargo is insured for, unrounded: ``money.round_money`` brings it to the minor unit."""

from decimal import Decimal

MINIMUM_COVER = Decimal("1.1")  # CIF plus 10 %: Incoterms 2020 CIF/CIP A5, UCP 600 art. 28 f


def insured_value(cif: Decimal, cover: Decimal = MINIMUM_COVER) -> Decimal:
    """The sum insured: 110 % of the CIF or CIP value unless more is agreed."""
    return cif * cover
