"""Freight containers: identification (ISO 6346) and what the usual types hold.

Volumes and payloads are typical figures from carriers' published specifications; the plate on the
container itself is what binds. ISO codes are size and type codes of ISO 6346, annex D and E.
"""

import re
from decimal import Decimal

from docpipe.diagnostics import Value

_NUMBER = re.compile(r"[A-Z]{3}[UJZ][0-9]{7}")

# Letters count 10 to 38 without the multiples of 11, which would not change the remainder.
_LETTER_VALUES = [value for value in range(10, 39) if value % 11]
_VALUES = {str(digit): digit for digit in range(10)} | dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _LETTER_VALUES, strict=True)
)


def check_digit(prefix: str) -> int:
    """The check digit of owner code, category and serial: ``ZZZU100001`` -> 5.

    ``ValueError`` unless it is three letters, one of U J Z, and six digits.
    """
    if not _NUMBER.fullmatch(f"{prefix}0"):
        raise ValueError(f"{prefix!r} is not owner code, U/J/Z and six digits (ISO 6346)")
    total = sum(_VALUES[sign] << place for place, sign in enumerate(prefix))
    return total % 11 % 10


def is_valid(number: str) -> bool:
    """Whether an eleven-character container number has the shape and check digit of ISO 6346."""
    return bool(_NUMBER.fullmatch(number)) and check_digit(number[:10]) == int(number[10])


class ContainerType(Value):
    """``volume`` is internal, in m3; ``payload`` the largest load, in kg; both typical."""

    code: str
    iso_code: str
    label: str
    name_zh: str
    volume: Decimal
    payload: Decimal


_TABLE = """
20GP 22G1 20'GP 33.2 28180 20英尺普通箱
40GP 42G1 40'GP 67.7 26730 40英尺普通箱
40HC 45G1 40'HC 76.3 26540 40英尺高箱
45HC L5G1 45'HC 85.9 25660 45英尺高箱
20RF 22R1 20'RF 27.0 27400 20英尺冷藏箱
40RF 42R1 40'RF 57.8 25680 40英尺冷藏箱
40RH 45R1 40'RH 67.5 25680 40英尺冷藏高箱
20OT 22U1 20'OT 32.5 28120 20英尺开顶箱
40OT 42U1 40'OT 65.9 26580 40英尺开顶箱
20FR 22P1 20'FR 31.1 27740 20英尺框架箱
40FR 42P1 40'FR 63.8 25480 40英尺框架箱
"""

ALIASES = {
    "20DC": "20GP",
    "20DV": "20GP",
    "40DC": "40GP",
    "40DV": "40GP",
    "40HQ": "40HC",
    "45HQ": "45HC",
}


def container_type(code: str) -> ContainerType:
    """The type of a trade code: ``40HC``, also ``40HQ`` or ``40'HC``. ``ValueError`` if unknown."""
    plain = code.replace("'", "").replace("’", "").upper()
    try:
        return CONTAINER_TYPES[ALIASES.get(plain, plain)]
    except KeyError:
        known = ", ".join(CONTAINER_TYPES)
        raise ValueError(f"{code!r} is not a container type; one of {known}") from None


def _read(line: str) -> ContainerType:
    code, iso_code, label, volume, payload, name_zh = line.split()
    return ContainerType(code, iso_code, label, name_zh, Decimal(volume), Decimal(payload))


CONTAINER_TYPES: dict[str, ContainerType] = {
    line[:4]: _read(line) for line in _TABLE.strip().splitlines()
}
