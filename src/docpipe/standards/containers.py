"""Freight containers: identification (ISO 6346) and what the usual types hold.

Volumes and payloads are typical figures from carriers' published specifications; the plate on the
container itself is what binds.
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
    label: str
    volume: Decimal
    payload: Decimal


_TABLE = """
20GP 20'GP 33.2 28180
40GP 40'GP 67.7 26730
40HC 40'HC 76.3 26540
45HC 45'HC 85.9 25660
20RF 20'RF 27.0 27400
40RF 40'RF 57.8 25680
40RH 40'RH 67.5 25680
20OT 20'OT 32.5 28120
40OT 40'OT 65.9 26580
20FR 20'FR 31.1 27740
40FR 40'FR 63.8 25480
"""


def _read(line: str) -> ContainerType:
    code, label, volume, payload = line.split()
    return ContainerType(code, label, Decimal(volume), Decimal(payload))


CONTAINER_TYPES: dict[str, ContainerType] = {
    line[:4]: _read(line) for line in _TABLE.strip().splitlines()
}
