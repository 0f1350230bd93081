"""Pushes to the access log, and to names that are docpipe's."""

from datetime import UTC, datetime, timedelta

from tests.adapters.git.kit import clone as git_clone
from tests.adapters.git.kit import git
from tests.issuing import FOLDER, ORDER
from tests.logs import access_branches
from tests.receiving import (
    CHAIN,
    LIN,
    ZHOU,
    Server,
    accepted,
    change,
    entry,
    refused,
    run,
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
    refused(server.push(f"{first}:refs/heads/{CHAIN}"), "lacks", "only ever added to")
    other = entry(server, 4, second)
    refused(server.push(f"{other}:refs/heads/{CHAIN}"), "lacks", third[:12])


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
        entry(server, 2): "has number 2, and follows number 0",
        entry(server, 3, first): "has number 3, and follows number 1",
        entry(server, "01"): "docpipe did not write it",
        entry(server, "+1"): "docpipe did not write it",
        entry(server, "\u0661"): "docpipe did not write it",
        entry(server, 1, mark="2"): "docpipe did not write it",
        entry(server, 1, words=("-m", "Read on")): "not as docpipe writes it",
        entry(server, 1, tree=tree): "it holds files",
        entry(server, 2, first, more=(entry(server, 1, by=ZHOU),)): "joins several histories",
        entry(server, 1, main="5" * 40): "no commit of the shared main",
        entry(server, 1, ago=-20): "dated in the future",
    }.items():
        refused(server.push(f"{made}:refs/heads/{CHAIN}"), why)
    for name in ("lin", f"{LIN[1]}/desk", "LIN@x/pc-000000", f"{LIN[1]}/pc-00000\u0661"):
        refused(server.push(f"{first}:refs/heads/access/{name}"), "no branch of the access log")
    accepted(server.push(f"{first}:refs/heads/{CHAIN}"))


def test_no_entry_names_an_earlier_main_than_the_one_before_it(server: Server) -> None:
    old = git(server.clone, "rev-parse", "main")
    new = change(server.clone, f"{FOLDER}/order.yaml", lambda text: text + "# x\n", LIN)
    first = entry(server, 1, main=new)
    refused(server.push(f"{first}:refs/heads/{CHAIN}"), "no commit of the shared main")
    accepted(server.push("main"))
    accepted(server.push(f"{first}:refs/heads/{CHAIN}"))
    back = entry(server, 2, first, main=old)
    refused(server.push(f"{back}:refs/heads/{CHAIN}"), "earlier than", old[:12])
    accepted(server.push(f"{entry(server, 2, first, main=new)}:refs/heads/{CHAIN}"))


def test_nobody_logs_after_their_last_day(server: Server) -> None:
    def left(days: int) -> str:
        day = datetime.now(UTC).date() - timedelta(days=days)
        mail = f"    email: {LIN[1]}\n"
        put = lambda text: text.replace(mail, f"{mail}    until: {day}\n")  # noqa: E731
        return change(server.clone, "people.yaml", put, ZHOU)

    early = entry(server, 1, ago=6 * 24 * 60)
    left(3)
    accepted(server.push("main"))
    accepted(server.push(f"{early}:refs/heads/{CHAIN}"))
    refused(server.push(f"{entry(server, 2, early)}:refs/heads/{CHAIN}"), "after their last day")


def test_whose_log_was_refused_begins_another_as_it_is_told(server: Server) -> None:
    clone, ref = server.clone, "refs/remotes/origin/main"
    shared = git(clone, "rev-parse", ref)
    git(clone, "update-ref", ref, git(clone, "commit-tree", "-m", "x", "main^{tree}"))
    run(clone, "show", ORDER)
    (branch,) = access_branches(clone)
    refused(server.push(branch), "no commit of the shared main", "delete .git/docpipe/device")
    git(clone, "update-ref", ref, shared)
    (clone / ".git/docpipe/device").unlink()
    run(clone, "show", ORDER)
    run(clone, "sync")
    assert {branch, *access_branches(server.bare)} == set(access_branches(clone))
    assert branch not in access_branches(server.bare)
    fresh = git_clone(server.bare, clone.parent / "fresh")
    run(fresh, "log", "verify", "--fetch")
