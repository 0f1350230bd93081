"""Cargo insurance arithmetic: from CFR to CIF (or CPT to CIP) and back to the premium.

The premium is charged on the insured value, and the insured value is a multiple of the very price
that contains the premium; hence the division. Rates are fractions (0.3 % is ``Decimal("0.003")``).
Results are unrounded: ``money.round_money`` brings them to the minor unit.
"""

from decimal import Decimal

MINIMUM_COVER = Decimal("1.1")  # CIF plus 10 %: Incoterms 2020 CIF/CIP A5, UCP 600 art. 28 f


def cif_from_cfr(cfr: Decimal, rate: Decimal, cover: Decimal = MINIMUM_COVER) -> Decimal:
    """CIF = CFR / (1 - cover x rate). ``ValueError`` when cover x rate is not within 0 and 1."""
    share = cover * rate
    if not 0 <= share < 1:
        raise ValueError(f"cover {cover} x rate {rate} must lie between 0 and 1")
    return cfr / (1 - share)


def insurance_premium(cfr: Decimal, rate: Decimal, cover: Decimal = MINIMUM_COVER) -> Decimal:
    """The premium that insures the resulting CIF value. Errors as ``cif_from_cfr``."""
    return cif_from_cfr(cfr, rate, cover) - cfr


def insured_value(cif: Decimal, cover: Decimal = MINIMUM_COVER) -> Decimal:
    """The sum insured: 110 % of the CIF or CIP value unless more is agreed."""
    return cif * cover
