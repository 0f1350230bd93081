"""Which tests are to notice what goes wrong where."""

from typing import NamedTuple


class Suite(NamedTuple):
    """The tests of a folder of the code; `name` is what its map is kept by."""

    name: str
    folder: str
    tests: tuple[str, ...]


SUITES = (
    Suite("trust", "src/docpipe/trust", (
        "tests/trust", "tests/hook", "tests/test_invariants.py", "tests/test_agreement.py",
        "tests/test_verify.py", "tests/test_approve.py", "tests/test_approve_facts.py",
        "tests/test_signing.py", "tests/test_issue.py", "tests/test_issued.py",
        "tests/test_revisions.py", "tests/test_access_log.py", "tests/test_witness.py",
    )),
    Suite("facts", "src/docpipe", (
        "tests/test_cases.py", "tests/test_rules.py", "tests/test_documents.py",
        "tests/test_clock.py", "tests/test_audience.py", "tests/test_approve_facts.py",
        "tests/test_facts_used.py", "tests/test_literals.py", "tests/standards", "tests/workspace",
    )),
)  # fmt: skip


def of(file: str) -> Suite:
    """The suite of a file of the code."""
    return next(each for each in SUITES if file.startswith(f"{each.folder}/"))
