"""Pushes to `main`: orders, roles, and what nobody does."""

from pathlib import Path

import pytest

from tests.adapters.git.kit import git
from tests.issuing import FOLDER, ORDER, introduced
from tests.receiving import (
    DOCUMENT,
    GU,
    LIN,
    ZHOU,
    Server,
    accepted,
    change,
    committed,
    give_lin_legal,
    named,
    refused,
    run,
)


def test_honest_work_passes(server: Server) -> None:
    here = server.clone
    assert git(server.bare, "log", "--format=%s", "records").count("\n") == 1
    run(here, "withdraw", ORDER, DOCUMENT, "--reason", "Wrong date")
    order = here / FOLDER / "order.yaml"
    order.write_text(order.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    run(here, "save", "-m", "A remark")
    run(here, "sync")  # to a branch of one's own, to be reviewed
    accepted(server.push("main"))
    introduced(here, GU)
    run(here, "approve", ORDER, DOCUMENT)
    introduced(here, LIN)
    run(here, "issue", ORDER, DOCUMENT)
    assert server.tip("records") == git(here, "rev-parse", "records")
    assert git(server.bare, "fsck", "--strict", "--no-dangling") == ""


def test_own_branches_may_be_rewritten_and_deleted(server: Server) -> None:
    git(server.clone, "switch", "--quiet", "-c", "lin/order")
    accepted(server.push("lin/order"))
    committed(server.clone, LIN, "--amend", "--allow-empty")
    accepted(server.push("lin/order"))
    accepted(server.push(":lin/order"))


def test_main_is_neither_deleted_nor_rewritten(server: Server) -> None:
    git(server.bare, "config", "receive.denyDeleteCurrent", "ignore")
    refused(server.push(":main"), "never deleted")
    change(server.clone, f"{FOLDER}/order.yaml", lambda old: old + "# x\n", LIN)
    accepted(server.push("main"))
    git(server.clone, "reset", "--quiet", "--hard", "main^")
    refused(server.push("main"), "would lose commits")
    git(server.bare, "config", "docpipe.allowRewrite", "true")
    accepted(server.push("main"))


def test_an_order_with_errors_stays_out(server: Server) -> None:
    bad = change(
        server.clone, f"{FOLDER}/contract.yaml",
        lambda old: old.replace("prevailing_language: en", "prevailing_lang: en"), LIN,
    )  # fmt: skip
    refused(server.push("main"), ORDER, "has errors")
    git(server.clone, "revert", "--no-edit", bad, **named(LIN))
    accepted(server.push("main"))


def test_a_workspace_in_a_folder_of_its_repository(server: Server, tmp_path: Path) -> None:
    """Its paths in the repository are others; all the same is judged."""
    git(server.bare, "config", "docpipe.folder", "trade")
    base = git(server.clone, "rev-parse", "main^{tree}")
    tree = git(server.clone, "mktree", stdin=f"040000 tree {base}\ttrade\n".encode())
    made = git(server.clone, "commit-tree", tree, "-p", "main", "-m", "x", **named(ZHOU))
    git(server.clone, "switch", "--quiet", "--detach", made)
    accepted(server.push("HEAD:main"))
    home = f"trade/{FOLDER}"
    change(server.clone, f"{home}/order.yaml", lambda old: old + "# a remark\n", LIN)
    accepted(server.push("HEAD:main"))
    wrong = "prevailing_lang: en"
    change(server.clone, f"{home}/contract.yaml",
           lambda old: old.replace("prevailing_language: en", wrong), LIN)  # fmt: skip
    refused(server.push("HEAD:main"), f"Order {ORDER} has errors")
    git(server.clone, "reset", "--quiet", "--hard", "HEAD^")
    change(server.clone, "trade/people.yaml", give_lin_legal, LIN)
    refused(server.push("HEAD:main"), "changes people.yaml")
    git(server.clone, "reset", "--quiet", "--hard", "HEAD^")
    git(server.clone, "rm", "-r", "--quiet", home)
    committed(server.clone, LIN)
    refused(server.push("HEAD:main"), f"Order {ORDER} is deleted")


def test_an_order_with_records_is_not_deleted(server: Server) -> None:
    git(server.clone, "rm", "-r", "--quiet", FOLDER)
    committed(server.clone, LIN)
    refused(server.push("main"), f"Order {ORDER} is deleted", "4 files")
    git(server.clone, "reset", "--quiet", "--hard", "main^")
    git(server.clone, "rm", "--quiet", f"{FOLDER}/order.yaml")
    committed(server.clone, LIN)
    refused(server.push("main"), f"Order {ORDER} is deleted")


@pytest.mark.parametrize(
    "file", ["2026/05/{}/.keep", "2026/05/{}/papers/x.pdf", "{}/README", "2026/05/{}/~x.tmp",
             "2026/05/{}/contract.yaml", "2026/05/{}/papers/order.yaml", ".kept/{}/order.yaml"],
)  # fmt: skip
def test_an_order_moves_with_its_sheet_alone(file: str, server: Server) -> None:
    """Any other file of that number does not make the folder the order's."""
    git(server.clone, "rm", "-r", "--quiet", FOLDER)
    left = server.clone / "orders" / file.format(ORDER)
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_text("x", encoding="utf-8")
    git(server.clone, "add", "--force", str(left))
    committed(server.clone, LIN)
    refused(server.push("main"), f"Order {ORDER} is deleted")


def test_an_order_without_records_may_go_and_one_with_them_may_move(server: Server) -> None:
    other = next(
        path for path in git(server.clone, "ls-files", "orders").splitlines()
        if path.endswith("/order.yaml") and ORDER not in path
    )  # fmt: skip
    git(server.clone, "rm", "-r", "--quiet", str(Path(other).parent))
    (server.clone / "orders/2026/04").mkdir(parents=True, exist_ok=True)
    git(server.clone, "mv", FOLDER, f"orders/2026/04/{ORDER}")
    committed(server.clone, LIN)
    accepted(server.push("main"))


def test_what_takes_the_server_too_long_to_read_is_not_read(server: Server) -> None:
    """One content in many files counts in each, and so does one file in many commits."""
    large = "# x\n" * 475_000
    for count in range(11):
        (server.clone / "notes").mkdir(exist_ok=True)
        (server.clone / f"notes/{count}.json").write_text(large, encoding="utf-8")
    committed(server.clone, LIN)
    refused(server.push("main"), "21 MB of YAML and JSON")
    (server.clone / "notes/0.json").unlink()
    committed(server.clone, LIN)
    accepted(server.push("main"))
    for _ in range(11):
        change(server.clone, "company.yaml", lambda old: old + large, ZHOU)
        change(server.clone, "company.yaml", lambda old: old[: -len(large)], ZHOU)
    refused(server.push("main"), "21 MB of YAML and JSON")


def test_an_order_as_a_whole_is_read_too(server: Server) -> None:
    papers = server.clone / FOLDER / "papers"
    papers.mkdir(exist_ok=True)
    for part in range(2):
        for count in range(6):
            (papers / f"{part}{count}.json").write_text(" " * 1_900_000, encoding="utf-8")
        committed(server.clone, LIN)
        (accepted if part == 0 else refused)(server.push("main"))
    (papers / "10.json").unlink()
    (papers / "11.json").unlink()
    committed(server.clone, LIN)
    accepted(server.push("main"))
