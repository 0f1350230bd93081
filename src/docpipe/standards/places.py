"""UN/LOCODE: the five characters that name a port, airport or other place (UN/ECE Rec 16)."""

import re

from docpipe.standards.countries import COUNTRIES

# Digits 0 and 1 are not issued: they look like letters. (Three entries of release 2015-1 break
# this, all German or Italian hamlets; none is a port.)
_LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")


def is_locode(code: str) -> bool:
    """Whether ``code`` has the shape of a UN/LOCODE and begins with a country: ``CNNGB``.

    Whether the place exists is not known here: the list has over 100 000 entries.
    """
    return bool(_LOCODE.fullmatch(code)) and code[:2] in COUNTRIES


def locode_country(code: str) -> str:
    """The alpha-2 country code of a UN/LOCODE. ``ValueError`` when it is not one."""
    if not is_locode(code):
        raise ValueError(f"{code!r} is not a UN/LOCODE (country and three characters, as CNNGB)")
    return code[:2]
