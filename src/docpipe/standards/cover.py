"""Cargo clauses by what they cover: the Institute's A, B and C, and China's older three.

Source: Institute Cargo Clauses (1/1/09) and (Air); PICC Ocean Marine Cargo Clauses, whose All
Risks, W.P.A. and F.P.A. are commonly taken for A, B and C.
"""

_WIDTH = {
    "ICC (A)": 3,
    "ICC (Air)": 3,
    "CIC All Risks": 3,
    "ICC (B)": 2,
    "CIC W.P.A.": 2,
    "ICC (C)": 1,
    "CIC F.P.A.": 1,
}


def is_at_least(given: str, wanted: str) -> bool:
    """Whether the clauses `given` cover as much as those `wanted`. KeyError for unknown ones."""
    return _WIDTH[given] >= _WIDTH[wanted]
