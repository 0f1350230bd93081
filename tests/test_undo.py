"""Undo: what is saved and not shared goes back to being not saved, and nothing is lost."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from docpipe.adapters.git import UNDONE
from tests.adapters.git.kit import clone, git, is_sound
from tests.conftest import Run
from tests.issuing import FOLDER, ORDER, edit, introduced, saved, shared
from tests.test_sync import head, run, status

QUOTATION = f"{FOLDER}/quotation.yaml"
OTHER = "orders/2026/04/ZF-2026-0003/order.yaml"
NEW = f"{FOLDER}/papers/合同 扫描件.pdf"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        shared(base, ["lin"], flow="direct")
    return base


@pytest.fixture
def lin(office: Path, tmp_path: Path) -> Path:
    """Lin's clone of a shared repository; both may be spoiled."""
    remote = tmp_path / "shared.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(office / "shared.git"), str(remote))
    return introduced(clone(remote, tmp_path / "lin"))


def append(here: Path, path: str, words: str = "# a remark\n") -> None:
    (here / path).parent.mkdir(exist_ok=True)
    with (here / path).open("a", encoding="utf-8") as file:
        file.write(words)


def three(here: Path) -> None:
    """Three saves: one file alone, another alone, and both with a new one."""
    append(here, OTHER)
    git(here, "commit", "--quiet", "-am", "first", "--date=2026-11-01T08:00:00+0800")
    saved(here, "quotation.yaml", "days: 60", "days: 75")
    append(here, OTHER)
    append(here, QUOTATION)
    append(here, NEW)
    git(here, "add", "--all")
    said = f"third\n\nby phone\n\nOrder: {ORDER}\n"
    git(here, "-c", "user.name=王小明", "commit", "--quiet", "-m", said)


def disk(here: Path) -> dict[str, bytes]:
    """All files of a workspace, as they are on disk."""
    files = [path for path in here.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {path.relative_to(here).as_posix(): path.read_bytes() for path in files}


def at(here: Path, path: str, commit: str = "main") -> str:
    return git(here, "show", f"{commit}:{path}")


def test_the_last_save_is_not_saved_any_more(inside: Run, docpipe: Run, lin: Path) -> None:
    three(lin)
    before, files = head(lin), disk(lin)
    told, said = run(inside, lin, "undo")
    assert told.splitlines()[:3] == [
        ORDER,
        "  papers/合同 扫描件.pdf: new",
        "  quotation.yaml: comments or layout only",
    ]
    assert "  third" in said.replace(git(lin, "log", "-1", "--format=%as", before), "")
    assert "Still saved, not shared yet: 2 saves" in said
    assert "docpipe undo --discard" in said
    assert head(lin) == git(lin, "rev-parse", f"{before}~1")
    assert disk(lin) == files
    assert status(lin).splitlines() == [
        f" M {QUOTATION}", f" M {OTHER}", f'?? "{NEW}"',
    ]  # fmt: skip
    told, said = run(docpipe, lin, "--lang", "zh", "undo", "--back")
    assert "已恢复为撤回之前" in said
    assert (head(lin), disk(lin), status(lin)) == (before, files, "")
    assert git(lin, "for-each-ref", UNDONE) == ""


def test_files_go_out_of_every_save_and_all_else_stays(inside: Run, lin: Path) -> None:
    three(lin)
    before, files = head(lin), disk(lin)
    _, said = run(inside, lin, "undo", "quotation.yaml")
    assert said.splitlines()[0] == "Taken back from:"
    assert git(lin, "log", "--format=%s", "-2", "main").split("\n") == ["third", "first"]
    assert git(lin, "rev-parse", "main~1") == git(lin, "rev-parse", f"{before}~2")
    shape = "--format=%an|%ae|%ad|%B"
    assert git(lin, "log", "-1", shape, "main") == git(lin, "log", "-1", shape, before)
    assert git(lin, "diff", "--name-only", before, "main") == QUOTATION
    assert at(lin, QUOTATION) == at(lin, QUOTATION, "origin/main")
    assert disk(lin) == files
    assert status(lin) == f" M {QUOTATION}"
    run(inside, lin, "sync")
    assert git(lin, "rev-parse", "origin/main") == head(lin)
    assert is_sound(lin)


@pytest.mark.parametrize("name", [ORDER, "ZF-2026-0002*", FOLDER, f"./{FOLDER}/"])
def test_an_order_is_named_as_everywhere(name: str, inside: Run, lin: Path) -> None:
    three(lin)
    run(inside, lin, "undo", name)
    assert git(lin, "diff", "--name-only", "origin/main", "main") == OTHER


def test_files_are_named_from_where_one_stands(inside: Run, lin: Path) -> None:
    three(lin)
    run(inside, lin / FOLDER, "undo", "quotation.yaml", "papers")
    assert git(lin, "diff", "--name-only", "origin/main", "main") == OTHER


def test_everything_not_shared_is_taken_back_at_once(inside: Run, lin: Path) -> None:
    three(lin)
    before, files = head(lin), disk(lin)
    _, said = run(inside, lin, "undo", "--all", "--dry-run")
    assert said.splitlines()[0] == "Would be taken back from:"
    assert len(said.splitlines()) == 4
    assert (head(lin), status(lin)) == (before, "")
    run(inside, lin, "undo", "--all")
    assert head(lin) == git(lin, "rev-parse", "origin/main")
    assert disk(lin) == files
    _, said = run(inside, lin, "undo", code=1)
    assert "nothing to take back" in said
    run(inside, lin, "undo", "--back")
    assert (head(lin), disk(lin), status(lin)) == (before, files, "")


def test_undos_are_taken_back_one_after_the_other(inside: Run, lin: Path) -> None:
    three(lin)
    before = head(lin)
    for _ in range(3):
        run(inside, lin, "undo")
    assert head(lin) == git(lin, "rev-parse", "origin/main")
    for _ in range(3):
        run(inside, lin, "undo", "--back")
    assert (head(lin), status(lin)) == (before, "")
    _, said = run(inside, lin, "undo", "--back", code=1)
    assert "no undo to take back" in said


def test_what_is_discarded_is_kept_aside_and_comes_back(inside: Run, lin: Path) -> None:
    three(lin)
    append(lin, QUOTATION, "# not even saved\n")
    before, files = head(lin), disk(lin)
    _, said = run(inside, lin, "undo", ORDER, "--discard")
    assert "kept in refs/docpipe/undone/" in said
    assert (lin / QUOTATION).read_text("utf-8") == at(lin, QUOTATION, "origin/main") + "\n"
    assert not (lin / NEW).exists()
    assert status(lin) == ""
    run(inside, lin, "undo", "--back")
    assert head(lin) == before
    assert disk(lin) == files


def test_what_was_never_saved_is_discarded_only_where_it_is_named(inside: Run, lin: Path) -> None:
    append(lin, QUOTATION)
    append(lin, NEW)
    append(lin, OTHER)
    git(lin, "add", NEW)
    files = disk(lin)
    _, said = run(inside, lin, "undo", QUOTATION, code=2)
    assert "in none of your saves" in said
    run(inside, lin, "undo", "--discard", code=1)
    assert disk(lin) == files
    run(inside, lin, "undo", "--discard", ORDER)
    assert status(lin) == f" M {OTHER}"
    run(inside, lin, "undo", "--back")
    assert disk(lin) == files


def test_a_removed_file_comes_back_when_that_is_discarded(inside: Run, lin: Path) -> None:
    git(lin, "rm", "--quiet", OTHER)
    git(lin, "commit", "--quiet", "-m", "gone")
    run(inside, lin, "undo")
    assert status(lin) == f" D {OTHER}"
    run(inside, lin, "undo", "--discard", OTHER)
    assert (status(lin), (lin / OTHER).exists()) == ("", True)


def test_what_is_staged_or_edited_since_stays(inside: Run, lin: Path) -> None:
    three(lin)
    append(lin, QUOTATION, "# staged\n")
    git(lin, "add", QUOTATION)
    append(lin, QUOTATION, "# edited\n")
    staged, files = git(lin, "rev-parse", f":{QUOTATION}"), disk(lin)
    run(inside, lin, "undo")
    assert git(lin, "rev-parse", f":{QUOTATION}") == staged
    assert disk(lin) == files
    run(inside, lin, "undo", "--back")
    assert git(lin, "rev-parse", f":{QUOTATION}") == staged
    assert disk(lin) == files


def test_after_other_saves_the_files_are_still_to_be_had(inside: Run, lin: Path) -> None:
    three(lin)
    run(inside, lin, "undo", ORDER, "--discard")
    append(lin, OTHER)
    run(inside, lin, "save", "-m", "On with it")
    _, said = run(inside, lin, "undo", "--back", code=1)
    words = said.split("git restore ")[1].split(" -- ")[0]
    git(lin, "restore", words, "--", QUOTATION)
    assert "days: 75" in (lin / QUOTATION).read_text("utf-8")


def test_what_is_shared_stays_also_where_only_the_server_knows(inside: Run, lin: Path) -> None:
    three(lin)
    git(lin, "push", "--quiet", "origin", "main~1:main")
    git(lin, "update-ref", "refs/remotes/origin/main", "main~3")
    run(inside, lin, "undo", "--all")
    assert git(lin, "rev-parse", "main") == git(lin.parent / "shared.git", "rev-parse", "main")
    assert "days: 75" in at(lin, QUOTATION)


def test_it_works_where_nobody_can_be_reached(inside: Run, lin: Path) -> None:
    three(lin)
    git(lin, "remote", "set-url", "origin", "file:///nowhere/at/all")
    run(inside, lin, "undo", ORDER)
    assert git(lin, "diff", "--name-only", "origin/main", "main") == OTHER


def test_without_a_shared_repository_the_last_save_alone_is_taken_back(
    inside: Run, lin: Path
) -> None:
    three(lin)
    git(lin, "remote", "remove", "origin")
    before = head(lin)
    run(inside, lin, "undo", "--all")
    assert head(lin) == git(lin, "rev-parse", f"{before}~1")
    git(lin, "checkout", "--quiet", "--orphan", "young")
    git(lin, "commit", "--quiet", "-m", "Begin")
    git(lin, "branch", "--quiet", "-M", "main")
    _, said = run(inside, lin, "undo", code=1)
    assert "very first save" in said


def test_merges_of_ones_own_become_plain_saves(inside: Run, lin: Path) -> None:
    three(lin)
    git(lin, "switch", "--quiet", "-c", "side", "main~2")
    append(lin, "products/note.txt")
    git(lin, "add", "--all")
    git(lin, "commit", "--quiet", "-m", "beside")
    git(lin, "switch", "--quiet", "main")
    git(lin, "merge", "--quiet", "--no-edit", "side")
    files = disk(lin)
    run(inside, lin, "undo", ORDER)
    assert git(lin, "log", "--merges", "--format=%h", "main", "^origin/main") == ""
    subjects = git(lin, "log", "--format=%s", "main", "^origin/main").split("\n")
    assert sorted(subjects) == ["beside", "first", "third"]
    assert disk(lin) == files
    run(inside, lin, "undo", "--back")
    assert status(lin) == ""


def test_a_workspace_in_a_folder_of_its_repository(inside: Run, lin: Path) -> None:
    (lin / "trade").mkdir()
    for entry in sorted(lin.iterdir()):
        if entry.name not in (".git", "trade", ".gitattributes"):
            entry.rename(lin / "trade" / entry.name)
    git(lin, "add", "--all")
    git(lin, "commit", "--quiet", "-m", "moved")
    git(lin, "push", "--quiet", "origin", "main")
    shop = lin / "trade"
    three(shop)
    run(inside, shop, "undo", ORDER, "--discard")
    assert git(lin, "diff", "--name-only", "origin/main", "main") == f"trade/{OTHER}"
    assert status(lin) == ""


# Killed on the way


@pytest.mark.parametrize("place", ["move_all", "restaged", "placed"])
@pytest.mark.parametrize("later", [False, True], ids=["before", "after"])
def test_an_undo_that_was_killed_is_done_by_the_next_and_takes_back_no_more(
    place: str, later: bool, inside: Run, lin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(lin)
    inner = "docpipe.adapters.git.undo_saves"
    real = getattr(__import__(inner, fromlist=["x"]), place)
    after, before = git(lin, "rev-parse", "main~1"), disk(lin)

    def killed(*arguments: object, **named: object) -> None:
        if later:
            real(*arguments, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"{inner}.{place}", killed)
        run(inside, lin, "undo", "--discard", code=130)
    if not (later and place == "placed"):
        assert disk(lin) == before
    _, said = run(inside, lin, "undo", "--discard")
    begun = place != "move_all" or later
    assert ("interrupted" in said) == begun
    assert head(lin) == after
    assert status(lin) == ""
    run(inside, lin, "undo", "--back")
    assert (disk(lin), status(lin)) == (before, "")
    assert is_sound(lin)


@pytest.mark.parametrize("place", ["move_all", "restaged", "placed"])
@pytest.mark.parametrize("later", [False, True], ids=["before", "after"])
def test_so_is_the_way_back(
    place: str, later: bool, inside: Run, lin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(lin)
    append(lin, QUOTATION, "# not even saved\n")
    before, files = head(lin), disk(lin)
    run(inside, lin, "undo", "--discard", ORDER)
    inner = "docpipe.adapters.git.undo_saves"
    real = getattr(__import__(inner, fromlist=["x"]), place)

    def killed(*arguments: object, **named: object) -> None:
        if later:
            real(*arguments, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"{inner}.{place}", killed)
        run(inside, lin, "undo", "--back", code=130)
    run(inside, lin, "undo", "--back")
    assert (head(lin), disk(lin)) == (before, files)
    assert status(lin) == f" M {QUOTATION}"


# Refusals: each a clear message, and nothing touched


def _nothing(lin: Path) -> None:
    git(lin, "reset", "--quiet", "--hard", "origin/main")


def _elsewhere(lin: Path) -> None:
    git(lin, "switch", "--quiet", "-c", "trial")


def _detached(lin: Path) -> None:
    git(lin, "switch", "--quiet", "--detach")


def _nobody(lin: Path) -> None:
    git(lin, "config", "--unset", "user.email")


def _merging(lin: Path) -> None:
    git(lin, "switch", "--quiet", "-c", "other", "origin/main")
    saved(lin, "quotation.yaml", "days: 60", "days: 90")
    git(lin, "switch", "--quiet", "main")
    subprocess.run(["git", "merge", "--quiet", "other"], cwd=lin, capture_output=True, check=False)
    assert (lin / ".git/MERGE_HEAD").exists()


def _rebasing(lin: Path) -> None:
    _merging(lin)
    git(lin, "merge", "--abort")
    subprocess.run(["git", "rebase", "--quiet", "other"], cwd=lin, capture_output=True, check=False)
    assert (lin / ".git/rebase-merge").exists()


def _in_conflict(lin: Path) -> None:
    edit(lin, "contract.yaml", "prevailing_language: en", "prevailing_language: x1")
    git(lin, "stash", "--quiet")
    saved(lin, "contract.yaml", "prevailing_language: en", "prevailing_language: x2")
    subprocess.run(["git", "stash", "pop"], cwd=lin, capture_output=True, check=False)
    assert "UU " in status(lin)


def _locked(lin: Path) -> None:
    (lin / ".git/refs/heads/main.lock").write_bytes(b"")


@pytest.mark.parametrize(
    ("act", "words", "code", "says"),
    [
        (_nothing, [], 1, ["nothing to take back", "docpipe history"]),
        (_elsewhere, [], 1, ["The branch trial is checked out", "git switch main"]),
        (_detached, [], 1, ["No branch is checked out", "git switch main"]),
        (_nobody, [], 4, ["does not know who you are", "docpipe identity --email"]),
        (_merging, [], 1, ["A merge is under way", "git merge --abort"]),
        (_rebasing, [], 1, ["A rebase is under way", "git rebase --abort"]),
        (_in_conflict, [], 1, ["contract.yaml is in conflict", "git add"]),
        (_locked, [], 4, ["main.lock exists"]),
        (lambda _: None, ["people.yaml"], 2, ["people.yaml is in none of your saves", ORDER]),
        (lambda _: None, ["--all", ORDER], 2, ["--all"]),
    ],
)
def test_a_refusal_reads_well_and_touches_nothing(
    act: Callable[[Path], None], words: list[str], code: int, says: list[str], inside: Run,
    docpipe: Run, lin: Path,
) -> None:  # fmt: skip
    three(lin)
    act(lin)
    before = git(lin, "rev-parse", "HEAD"), status(lin), git(lin, "ls-files", "-s"), disk(lin)
    _, said = run(inside, lin, "undo", *words, code=code)
    for word in says:
        assert word in said
    _, said = run(docpipe, lin, "--lang", "zh", "undo", *words, code=code)
    assert not any(word in said for word in ("Nothing was", "checked out", "none of your"))
    after = git(lin, "rev-parse", "HEAD"), status(lin), git(lin, "ls-files", "-s"), disk(lin)
    assert after == before
