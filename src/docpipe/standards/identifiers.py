"""Identifiers that trade documents carry: credit code, HS code, BIC, shipping mark."""

import re
from collections.abc import Sequence
from typing import Literal

from docpipe.diagnostics import Value
from docpipe.standards.countries import COUNTRIES

MARK_LINES = 4
MARK_CHARACTERS = 17

_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(rf"[0-9]{{8}}[{_USCC_SIGNS}]{{10}}")
_HS = re.compile(r"(?!00|77)[0-9]{4}\.?[0-9]{2}")
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


def is_hs(code: str) -> bool:
    """Whether ``code`` is an international HS code: ``0902.10``, in a chapter that is used."""
    return _HS.fullmatch(code) is not None


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
