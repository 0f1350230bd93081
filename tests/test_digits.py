"""Digits are 0 to 9: what another script writes is a letter to docpipe."""

from datetime import UTC, datetime

import pytest

from docpipe.adapters.git.author import moment, signature_of
from docpipe.rules import marks, moments
from docpipe.workspace.file_names import natural

OTHERS = ["３", "٣", "३", "²", "③"]


@pytest.mark.parametrize("digit", OTHERS)
def test_other_scripts_digits_are_letters(digit: str) -> None:
    assert natural([f"final-{digit}"]) == [(1, 0, f"final-{digit}")]
    assert marks._LAST_CARTON.search("C/NO. 1-3") is not None
    assert marks._LAST_CARTON.search(f"C/NO. 1-{digit}") is None
    assert moments._WRITTEN.fullmatch("2026-03-01") is not None
    assert moments._WRITTEN.fullmatch(f"2026-0{digit}-01") is None
    assert signature_of(f"A <a@b.example> 170000000{digit} +0800") is None
    assert moment(f"170000000{digit} +0800") == datetime.fromtimestamp(0, UTC)
    assert moment(f"1700000000 +0{digit}00") == datetime.fromtimestamp(0, UTC)
