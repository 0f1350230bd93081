"""Volume, and the weight that air freight is charged on."""

from decimal import ROUND_CEILING, Decimal

AIR_KG_PER_M3 = Decimal(167)
"""IATA's 6 000 cm3 a kilogram, as the trade rounds it."""

_HALF_KILO = Decimal("0.5")
_CM3_PER_M3_EXPONENT = -6


def volume(length: Decimal, width: Decimal, height: Decimal, packages: int = 1) -> Decimal:
    """Volume in m3, unrounded, of ``packages`` measuring length x width x height in cm.

    ``ValueError`` unless every dimension is positive and ``packages`` is not negative.
    """
    if min(length, width, height) <= 0 or packages < 0:
        raise ValueError(f"{packages} packages of {length} x {width} x {height} cm have no volume")
    return (length * width * height * packages).scaleb(_CM3_PER_M3_EXPONENT)


def chargeable_weight(gross_weight: Decimal, cubic_metres: Decimal) -> Decimal:
    """The greater of gross weight (kg) and volume weight, raised to the next half kilogram.

    Give the exact volume, not the printed one: 1.1856 m3 counts 198.0 kg, its rounding 1.186 m3
    198.5. ``ValueError`` when either is negative.
    """
    if gross_weight < 0 or cubic_metres < 0:
        raise ValueError(f"{gross_weight} kg, {cubic_metres} m3: neither may be negative")
    weight = max(gross_weight, cubic_metres * AIR_KG_PER_M3)
    halves = (weight / _HALF_KILO).to_integral_value(ROUND_CEILING)
    return halves * _HALF_KILO
