"""Pushes to the access log, and to names that are docpipe's."""

import pytest

from tests.adapters.git.kit import git
from tests.receiving import (
    CHAIN,
    ZHOU,
    Server,
    accepted,
    entry,
    refused,
)


def chain(server: Server, length: int) -> list[str]:
    found = [""]
    for sequence in range(1, length + 1):
        found.append(entry(server, sequence, found[-1]))
    return found[1:]


def test_entries_of_one_s_own_pass(server: Server) -> None:
    first, second, third = chain(server, 3)
    accepted(server.push(f"{second}:refs/heads/{CHAIN}"))
    accepted(server.push(f"{third}:refs/heads/{CHAIN}"))
    refused(server.push(f":refs/heads/{CHAIN}"), "never deleted")
    refused(server.push(f"{first}:refs/heads/{CHAIN}"), "only ever added to")
    other = entry(server, 4, second)
    refused(server.push(f"{other}:refs/heads/{CHAIN}"), "lacks its last entry")


def test_names_of_branches_hold_any_person(server: Server) -> None:
    odd = ("Odd", "o'dd/x@zefan.example")
    made = entry(server, 1, by=odd)
    accepted(server.push(f"{made}:refs/heads/access/o%27dd%2Fx@zefan.example/pc-000000"))


def test_entries_in_another_s_name_are_refused(server: Server) -> None:
    made = entry(server, 1, by=ZHOU)
    refused(server.push(f"{made}:refs/heads/{CHAIN}"), "by Zhou Mo", "lin.yang@zefan.example")


def test_what_is_no_entry_is_refused(server: Server) -> None:
    first = entry(server, 1)
    tree = git(server.clone, "rev-parse", "main^{tree}")
    for made, why in {
        entry(server, 2): "its sequence is 2",
        entry(server, 3, first): "its sequence is 3",
        entry(server, 1, mark="2"): "docpipe did not write it",
        entry(server, 1, tree=tree): "it holds files",
        entry(server, 2, first, more=(entry(server, 1, by=ZHOU),)): "joins several histories",
    }.items():
        refused(server.push(f"{made}:refs/heads/{CHAIN}"), why)
    refused(server.push(f"{first}:refs/heads/access/lin"), "no branch of the access log")


@pytest.mark.parametrize(
    "ref", ["refs/heads/access", "refs/heads/Records", "refs/heads/MAIN", "refs/heads/records/x",
            "refs/replace/" + "0" * 39 + "1", "refs/tags/records", "refs/records"],
)  # fmt: skip
def test_nothing_stands_in_the_way_of_what_is_docpipe_s(server: Server, ref: str) -> None:
    git(server.bare, "update-ref", "-d", "refs/heads/records")
    refused(server.push(f"main:{ref}"))
