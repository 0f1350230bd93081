"""Identifiers that trade documents carry: credit code, HS code, IBAN, BIC, shipping mark."""

import re
from collections.abc import Sequence
from typing import Literal

from docpipe.diagnostics import Value
from docpipe.standards.countries import COUNTRIES

HS_INTERNATIONAL = 6
HS_CHINA = 10

MARK_LINES = 4
MARK_CHARACTERS = 17

_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(rf"[0-9]{{8}}[{_USCC_SIGNS}]{{10}}")
_HS = re.compile(r"[0-9]{4}(?:\.?[0-9]{2}){1,3}|[0-9]{4}\.?[0-9]{2}\.[0-9]{4}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_MARK = re.compile(r"[A-Z0-9.\-/() ]*")

MarkFault = Literal["too_many_lines", "line_too_long", "character"]


def is_uscc(code: str) -> bool:
    """Whether ``code`` is a Unified Social Credit Code (统一社会信用代码), its check sign included.

    GB 32100-2015: 18 signs, the first eight of them digits. The weighted values of all, the check
    sign's counting once, are a multiple of 31; the weights are the powers of 3.
    """
    if not _USCC.fullmatch(code):
        return False
    values = [_USCC_SIGNS.index(sign) for sign in code]
    weighted = sum(value * pow(3, place, 31) for place, value in enumerate(values[:-1]))
    return (weighted + values[-1]) % 31 == 0


def hs_digits(code: str) -> str:
    """The bare digits of an HS code: ``0902.10`` -> ``090210``.

    6 digits are international, 8 and 10 national. ``ValueError`` for any other shape, and for
    chapter 00 or 77, which the Harmonized System does not use.
    """
    digits = code.replace(".", "")
    if not _HS.fullmatch(code) or digits[:2] in ("00", "77"):
        raise ValueError(f"{code!r} is not an HS code of 6, 8 or 10 digits")
    return digits


def is_hs(code: str, digits: int = HS_INTERNATIONAL) -> bool:
    """Whether ``code`` is an HS code of exactly so many digits (6 international, 10 China)."""
    try:
        return len(hs_digits(code)) == digits
    except ValueError:
        return False


def is_iban(text: str) -> bool:
    """Whether ``text`` has the shape and the check digits of an IBAN (ISO 13616), spaces aside."""
    iban = text.replace(" ", "")
    if not _IBAN.fullmatch(iban):
        return False
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


def is_bic(text: str) -> bool:
    """Whether ``text`` has the shape of a BIC (ISO 9362, "SWIFT code"), its country included."""
    match = _BIC.fullmatch(text)
    return match is not None and (match[1] in COUNTRIES or match[1] == "XK")


class MarkFinding(Value):
    """``line`` counts from 1; for too many lines it is the first one too many."""

    line: int
    fault: MarkFault


def mark_findings(lines: Sequence[str]) -> tuple[MarkFinding, ...]:
    """Where a shipping mark leaves UN/ECE Rec 15: four lines of 17 plain characters.

    ``N/M`` (no mark) passes like any other line. A credit's own mark goes before these limits.
    """
    found = [MarkFinding(MARK_LINES + 1, "too_many_lines")] if len(lines) > MARK_LINES else []
    for number, line in enumerate(lines, 1):
        if len(line) > MARK_CHARACTERS:
            found.append(MarkFinding(number, "line_too_long"))
        if not _MARK.fullmatch(line):
            found.append(MarkFinding(number, "character"))
    return tuple(found)
