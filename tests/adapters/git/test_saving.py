"""Committing people's files: exactly those named, as git add would, and nothing else moved."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docpipe.adapters.git import Refusal, commit_files, dirty
from tests.adapters.git.kit import (
    LI,
    WANG,
    git,
    is_sound,
    opened,
    repository,
    with_files,
)  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return with_files(repository(tmp_path / "shop"), a_yaml="x: 1\n", b_yaml="y: 1\n")


def save(shop: Path, *paths: str) -> str | None:
    return commit_files(opened(shop), paths, WANG, "Save", trailers=[("Order", "ZF-1")])


def test_only_the_named_files_are_committed(shop: Path) -> None:
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        (shop / name).write_text("z: 9\n")
    git(shop, "add", "b.yaml")
    (shop / "b.yaml").write_text("z: 10\n")  # staged, then edited again: both stay
    staged = git(shop, "ls-files", "-s", "b.yaml")
    assert save(shop, "a.yaml") == git(shop, "rev-parse", "HEAD")
    assert git(shop, "show", "--format=%an|%cn|%s", "--name-status", "HEAD").splitlines() == [
        "王小明|王小明|Save", "", "M\ta.yaml",
    ]  # fmt: skip
    assert git(shop, "status", "--porcelain").splitlines() == ["MM b.yaml", "?? c.yaml"]
    assert git(shop, "ls-files", "-s", "b.yaml") == staged
    assert git(shop, "interpret-trailers", "--parse",
               stdin=git(shop, "log", "-1", "--format=%B").encode()) == "Order: ZF-1"  # fmt: skip


def test_new_and_removed_files_in_new_folders(shop: Path) -> None:
    (shop / "orders/2026/报价").mkdir(parents=True)
    (shop / "orders/2026/报价/价格.yaml").write_text("p: 1\n")
    (shop / "b.yaml").unlink()
    save(shop, "orders/2026/报价/价格.yaml", "b.yaml")
    assert git(shop, "ls-tree", "-r", "--name-only", "HEAD").splitlines() == [
        "a.yaml", "orders/2026/报价/价格.yaml",
    ]  # fmt: skip
    assert git(shop, "status", "--porcelain") == ""
    (shop / "orders/2026/报价/价格.yaml").unlink()
    save(shop, "orders/2026/报价/价格.yaml")
    assert git(shop, "ls-tree", "--name-only", "HEAD") == "a.yaml"


def test_a_file_where_a_folder_was_and_the_other_way_round(shop: Path) -> None:
    (shop / "a.yaml").unlink()
    (shop / "a.yaml").mkdir()
    (shop / "a.yaml" / "x").write_text("1\n")
    save(shop, "a.yaml/x")
    assert "a.yaml/x" in git(shop, "ls-tree", "-r", "--name-only", "HEAD")
    (shop / "a.yaml" / "x").unlink()
    (shop / "a.yaml").rmdir()
    (shop / "a.yaml").write_text("x: 1\n")
    save(shop, "a.yaml/x", "a.yaml")
    assert git(shop, "ls-tree", "-r", "--name-only", "HEAD").splitlines() == ["a.yaml", "b.yaml"]
    assert git(shop, "status", "--porcelain") == ""
    assert is_sound(shop)


def test_nothing_changed_commits_nothing(shop: Path) -> None:
    before = git(shop, "rev-parse", "HEAD")
    assert save(shop, "a.yaml", "never-was.yaml") is None
    assert git(shop, "rev-parse", "HEAD") == before


def test_the_first_commit_of_a_branch(tmp_path: Path) -> None:
    shop = repository(tmp_path / "new")
    (shop / "a").write_text("1\n")
    assert save(shop, "a")
    assert git(shop, "log", "--format=%s", "main") == "Save"
    assert git(shop, "status", "--porcelain") == ""


ATTRIBUTES = (
    "", "* text=auto", "* text", "* -text", "*.yaml eol=crlf", "*.yaml eol=lf",
    "* text=auto eol=crlf", "*.yaml ident", "*.yaml working-tree-encoding=UTF-16",
    "*.yaml filter=loud", "*.yaml binary",
)  # fmt: skip
CONTENTS = (
    b"x: 1\n", b"x: 1\r\n", b"x: 1\r\ny: 2\n", b"", b"\0\r\n", b"$Id: old $\r\n",
    "x: 报价\r\n".encode("utf-16"), "﻿x: 1\r\n".encode(),
)  # fmt: skip


@settings(max_examples=15)
@given(
    attributes=st.sampled_from(ATTRIBUTES),
    crlf=st.sampled_from(["true", "false", "input"]),
    old=st.sampled_from((None, *CONTENTS)),
    new=st.sampled_from(CONTENTS),
    executable=st.booleans(),
)
def test_what_is_committed_is_what_git_add_would_stage(
    attributes: str, crlf: str, old: bytes | None, new: bytes, executable: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    shop = repository(tmp_path_factory.mktemp("twin") / "shop")
    file = shop / "a.yaml"
    if old is not None:  # as it came in before there were any attributes
        file.write_bytes(old)
        git(shop, "-c", "core.autocrlf=false", "add", "a.yaml")
        git(shop, "commit", "--quiet", "-m", "old")
    git(shop, "config", "core.autocrlf", crlf)
    git(shop, "config", "filter.loud.clean", "tr a-z A-Z")
    (shop / ".gitattributes").write_text(attributes + "\n")
    file.write_bytes(new)
    file.chmod(0o755 if executable else 0o644)
    try:
        git(shop, "add", "a.yaml", GIT_INDEX_FILE=str(_copy_of_index(shop)))
    except AssertionError:  # git itself refuses, such as UTF-16 that is none
        with pytest.raises(Refusal):
            save(shop, "a.yaml")
        return
    wanted = git(shop, "ls-files", "-s", "a.yaml", GIT_INDEX_FILE=str(shop / ".git" / "twin"))
    save(shop, "a.yaml")
    assert git(shop, "ls-tree", "HEAD", "a.yaml").split()[0::2] == wanted.split()[0:2]
    assert git(shop, "ls-files", "-s", "a.yaml") == wanted


def _copy_of_index(shop: Path) -> Path:
    twin = shop / ".git" / "twin"
    if (shop / ".git" / "index").exists():
        twin.write_bytes((shop / ".git" / "index").read_bytes())
    return twin


def test_line_ends_of_windows_do_not_show_as_changes(shop: Path) -> None:
    (shop / ".gitattributes").write_text("* text=auto\n")
    (shop / "a.yaml").write_bytes(b"x: 1\r\n")
    assert save(shop, "a.yaml") is None
    (shop / "a.yaml").write_bytes(b"x: 1\r\nz: 3\r\n")
    assert save(shop, "a.yaml")
    assert git(shop, "diff", "--stat", "HEAD~1", "HEAD").endswith("1 file changed, 1 insertion(+)")


def test_a_file_that_only_got_line_ends_of_windows_is_not_dirty(shop: Path) -> None:
    (shop / ".gitattributes").write_text("* text=auto\n")
    below = shop / "below"
    below.mkdir()
    (below / "b.yaml").write_bytes(b"x: 1\n")
    git(shop, "add", ".gitattributes", "below")
    git(shop, "commit", "--quiet", "-m", "x")
    (below / "b.yaml").write_bytes(b"x: 1\r\n")
    (shop / "a.yaml").write_bytes((shop / "a.yaml").read_bytes().replace(b"\n", b"\r\n"))
    assert "b.yaml" in git(shop, "status", "--porcelain")
    assert dirty(opened(shop)) == []
    assert dirty(opened(below)) == []
    (below / "b.yaml").write_bytes(b"x: 2\r\n")
    assert [row.path for row in dirty(opened(below))] == ["b.yaml"]


def test_names_that_differ_in_case_only_stay_two_files(shop: Path) -> None:
    for name in ("Offer.yaml", "offer.yaml", "OFFER.yaml"):
        (shop / name).write_text(f"n: {name}\n")
    save(shop, "Offer.yaml", "offer.yaml", "OFFER.yaml")
    assert git(shop, "show", "HEAD:offer.yaml") == "n: offer.yaml"
    assert git(shop, "show", "HEAD:OFFER.yaml") == "n: OFFER.yaml"


@pytest.mark.parametrize(
    "name", ["报价单 第二版.yaml", "a b\tc", 'q"q', "\udcff-latin", "é", "é", "x" * 250]
)
def test_any_name_that_a_disk_holds_can_be_saved(name: str, shop: Path) -> None:
    (shop / name).write_bytes(b"1\n")
    assert save(shop, name)
    assert dirty(opened(shop)) == []
    assert git(shop, "ls-tree", "-z", "--name-only", "HEAD").split("\0").count(name) == 1


def test_a_link_is_kept_as_a_link_and_never_followed(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret\n")
    (shop / "link").symlink_to(tmp_path / "secret")
    (shop / "way").symlink_to(tmp_path)
    save(shop, "link")
    assert git(shop, "ls-tree", "HEAD", "link").startswith("120000")
    with pytest.raises(Refusal, match="symbolic link"):
        save(shop, "way/secret")


@pytest.mark.openssh
def test_a_commit_is_signed_where_the_settings_say_so(shop: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    for name, value in {
        "commit.gpgsign": "yes", "gpg.format": "ssh", "user.signingkey": str(key),
        "gpg.ssh.allowedSignersFile": str(tmp_path / "signers"),
    }.items():  # fmt: skip
        git(shop, "config", name, value)
    (tmp_path / "signers").write_text(f"{WANG.email} {key.with_suffix('.pub').read_text()}")
    (shop / "a.yaml").write_text("x: 2\n")
    save(shop, "a.yaml")
    git(shop, "verify-commit", "HEAD")
    key.unlink()
    (shop / "a.yaml").write_text("x: 3\n")
    before = git(shop, "rev-parse", "HEAD")
    with pytest.raises(Refusal, match="could not be signed") as refusal:
        save(shop, "a.yaml")
    assert "ssh-add -l" in refusal.value.say("zh")
    assert git(shop, "rev-parse", "HEAD") == before
    assert git(shop, "status", "--porcelain") == " M a.yaml"


def _merging(shop: Path) -> None:
    git(shop, "checkout", "--quiet", "-b", "other")
    with_files(shop, a_yaml="x: 3\n")
    git(shop, "checkout", "--quiet", "main")
    with_files(shop, a_yaml="x: 2\n")
    done = subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=y", "merge", "other"],
                          cwd=shop, capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 1


def _rebasing(shop: Path) -> None:
    _merging(shop)
    git(shop, "merge", "--abort")
    done = subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=y", "rebase", "other"],
                          cwd=shop, capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 1


@pytest.mark.parametrize(("begin", "word"), [(_merging, "A merge is"), (_rebasing, "HEAD|rebase")])
def test_a_merge_under_way_is_not_disturbed(
    begin: Callable[[Path], None], word: str, shop: Path
) -> None:
    begin(shop)
    assert [row.path for row in dirty(opened(shop)) if row.conflict] == ["a.yaml"]
    before = (git(shop, "rev-parse", "HEAD"), (shop / ".git" / "index").read_bytes())
    with pytest.raises(Refusal, match=word):
        save(shop, "a.yaml")
    assert (git(shop, "rev-parse", "HEAD"), (shop / ".git" / "index").read_bytes()) == before


def test_a_branch_of_docpipes_own_is_not_saved_on(shop: Path) -> None:
    git(shop, "checkout", "--quiet", "-b", "access/wang/laptop")
    (shop / "a.yaml").write_text("x: 2\n")
    with pytest.raises(Refusal, match="access/wang/laptop is docpipe's own"):
        save(shop, "a.yaml")


def test_a_branch_that_moves_meanwhile_keeps_what_it_got(shop: Path) -> None:
    repo = opened(shop)
    (shop / "a.yaml").write_text("x: 2\n")
    # another git commits in the moment between reading the branch and moving it
    git(
        shop,
        "config",
        "filter.slow.clean",
        f"cat; cd {shop}; test -e done || (touch done; env -u "
        "GIT_INDEX_FILE git -c user.name=x -c user.email=y commit -q --allow-empty -m between)",
    )
    (shop / ".gitattributes").write_text("a.yaml filter=slow\n")
    assert commit_files(repo, ["a.yaml"], WANG, "Save")
    assert git(shop, "log", "--format=%s").splitlines() == ["Save", "between", "by plain git"]
    assert git(shop, "diff", "HEAD~1", "HEAD", "--name-only") == "a.yaml"


def test_two_people_on_one_machine_save_one_after_the_other(shop: Path) -> None:
    (shop / "a.yaml").write_text("x: 2\n")
    (shop / "b.yaml").write_text("y: 2\n")
    commit_files(opened(shop), ["a.yaml"], WANG, "Wang's")
    commit_files(opened(shop), ["b.yaml"], LI, "Li's")
    assert git(shop, "log", "--format=%an %s", "-2").splitlines() == ["Li Na Li's", "王小明 Wang's"]


def test_what_is_ignored_or_unchanged_is_not_dirty(shop: Path) -> None:
    (shop / ".gitignore").write_text("/build/\n")
    (shop / "build").mkdir()
    (shop / "build" / "x.docx").write_bytes(b"x")
    (shop / "a.yaml").write_text("x: 2\n")
    git(shop, "mv", "b.yaml", "报价.yaml")
    rows = {row.path: row for row in dirty(opened(shop))}
    assert sorted(rows) == [".gitignore", "a.yaml", "报价.yaml"]
    assert rows[".gitignore"].new
    assert (rows["a.yaml"].staged, rows["a.yaml"].unstaged) == (".", "M")
    assert (rows["报价.yaml"].staged, rows["报价.yaml"].before) == ("R", "b.yaml")


def test_looking_at_the_state_writes_nothing(shop: Path) -> None:
    os.utime(shop / "a.yaml", (10**9, 10**9))
    before = (shop / ".git" / "index").read_bytes()
    assert dirty(opened(shop)) == []
    assert (shop / ".git" / "index").read_bytes() == before
