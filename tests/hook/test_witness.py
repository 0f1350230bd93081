"""Checkpoints: a witness adds to its own, and nobody takes one back."""

from tests.adapters.repository.kit import git
from tests.issuing import introduced
from tests.receiving import ZHOU, Server, accepted, refused, run

BRANCH = "witness/nightly"


def test_checkpoints_are_only_added_to(server: Server) -> None:
    introduced(server.clone, ZHOU)
    run(server.clone, "witness", "--name", "nightly", "--push")
    first = server.tip(BRANCH)
    run(server.clone, "witness", "--name", "nightly", "--push")
    assert server.tip(BRANCH) != first

    refused(server.push(f":{BRANCH}"), "never deleted")
    refused(server.push(f"{first}:refs/heads/{BRANCH}"), "lacks the last checkpoint")
    refused(server.push(f"main:refs/heads/{BRANCH}"), "lacks the last checkpoint")
    refused(server.push("main:refs/heads/witness"), "would stand in the way of witness")
    accepted(server.push(f"{first}:refs/heads/witness/other"))
    assert git(server.clone, "rev-parse", BRANCH) == server.tip(BRANCH)
