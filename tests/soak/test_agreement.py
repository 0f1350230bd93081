"""2,000 random pushes of records: what the hook accepts holds for verify, and what it refuses not.

A push that fails is tried again by its number: `python -m tests.agreement NUMBER`.
"""

from collections.abc import Callable, Sequence

import pytest

from docpipe.trust.invariants import records_push
from docpipe.trust.invariants.records import RecordsJudge
from tests.agreement import bases
from tests.agreement.bases import Base
from tests.agreement.case import Case
from tests.agreement.edits import deeds, documents, mains
from tests.agreement.trial import tried

COUNT, SHARE = 2_000, 50

pytestmark = [pytest.mark.soak, pytest.mark.openssh]


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Base]:
    """Where nobody signs, where everybody does, and where it was asked for meanwhile."""
    return bases.every(tmp_path_factory.mktemp("agreement"))


@pytest.mark.parametrize("first", range(0, COUNT, SHARE))
def test_hook_and_verify_agree(first: int, shops: Sequence[Base]) -> None:
    found = {number: tried(shops, number) for number in range(first, first + SHARE)}
    wrong = [f"{number}: {it.wrong}" for number, it in found.items() if it.wrong]
    assert not wrong, "\n\n".join(wrong)
    assert any(it.accepted for it in found.values())
    assert any(it.compared and not it.accepted for it in found.values())


@pytest.mark.parametrize(
    ("code", "edits"),
    [("main-back", (mains.name_another_main,)),
     ("document-other", (documents.other_document,)), ("time-back", (deeds.at_another_time,))],
)  # fmt: skip
def test_a_hook_that_lets_something_pass_is_found_out(
    code: str, edits: Sequence[Callable[[Case], object]], shops: Sequence[Base],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    class Lenient(RecordsJudge):
        def _judged(self, *subject, **how):  # type: ignore[no-untyped-def]
            return [each for each in super()._judged(*subject, **how) if each.code != code]

    monkeypatch.setattr(records_push, "RecordsJudge", Lenient)
    said = (tried(shops, number, edits).wrong for number in range(200))
    assert any(f"verify: {code} " in words for words in said)
