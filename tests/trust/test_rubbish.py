"""What stands where docpipe writes a record, and is none."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from docpipe.steps.receive import receive
from docpipe.trust.formats.places import documents_of
from tests.adapters.git.kit import git
from tests.issuing import ORDER
from tests.receiving import APPROVAL, DOCUMENT, STEM, Server, served

YEAR = datetime.now(UTC).year
RECORD, APPROVED = f"{documents_of(ORDER)}/{DOCUMENT}/r1", f"{APPROVAL}/2"
PLACES = (
    (f"numbers/SC/{YEAR}/0002.yaml", "", "number-unused"),
    (f"{RECORD}.yaml", f"{RECORD}.docx", "record-unreadable"),
    (f"{APPROVED}.yaml", f"{APPROVED}.txt", "record-unreadable"),
    (f"{STEM}-withdrawn.yaml", "", "record-unreadable"),
    (f"{APPROVAL}/1-withdrawn.yaml", "", "record-unreadable"),
)
"""A record, what stands beside it, and what is told of it."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A shared repository with the hook, which is asked by itself."""
    return served(tmp_path_factory.mktemp("rubbish"), tmp_path_factory)


@pytest.mark.parametrize(
    "content", [b"x\n", b"", b"- 1\n", b"{: \n", b"number: 1\n", b"\xff\xfe\n"]
)
@pytest.mark.parametrize(
    ("path", "beside", "code"), PLACES, ids=[Path(path).name for path, _, _ in PLACES]
)
def test_rubbish_is_named_and_not_taken_in(
    path: str, beside: str, code: str, content: bytes, server: Server
) -> None:
    old = server.tip("records")
    new = server.record({path: content, **({beside: b"x"} if beside else {})})
    git(server.bare, "fetch", "--quiet", str(server.clone), f"+{new}:refs/heads/other")
    git(server.clone, "update-ref", "refs/heads/records", old)
    line = f"{old} {new} refs/heads/records\n".encode()
    found = receive(server.bare, line, {}, datetime.now(UTC))
    assert {each.name for each in found} == {code}
    assert all(path in each.message.en and path in each.message.zh for each in found)
