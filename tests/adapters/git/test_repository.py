"""Every kind of repository that a workspace may stand in."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from docpipe.adapters.git import (
    Objects,
    Records,
    Refusal,
    commit_files,
    create,
    dirty,
    email,
    identity,
    is_inside,
    open_repository,
    shared,
)  # fmt: skip
from tests.adapters.git.kit import (
    WANG,
    clone,
    fake_git,
    git,
    is_sound,
    on_record,
    opened,
    put,
    repository,
    shared_by,
    with_files,
)  # fmt: skip


def _plain(base: Path) -> Path:
    return with_files(repository(base / "plain"), a_yaml="x: 1\n")


def _sha256(base: Path) -> Path:
    return with_files(repository(base / "sha256", "--object-format=sha256"), a_yaml="x: 1\n")


def _linked(base: Path) -> Path:
    git(_plain(base), "worktree", "add", "--quiet", "-b", "side", str(base / "linked"))
    return base / "linked"


def _of_bare(base: Path) -> Path:
    bare = base / "bare.git"
    git(base, "clone", "--quiet", "--bare", str(_plain(base)), str(bare))
    git(bare, "worktree", "add", "--quiet", "-b", "side", str(base / "linked"))
    git(bare, "remote", "remove", "origin")
    return base / "linked"


def _submodule(base: Path) -> Path:
    inner, outer = _plain(base), repository(base / "outer")
    git(outer, "submodule", "--quiet", "add", str(inner), "trade")
    git(outer / "trade", "remote", "remove", "origin")
    return outer / "trade"


def _split(base: Path) -> Path:
    folder = _plain(base)
    git(folder, "config", "core.splitIndex", "true")
    git(folder, "update-index", "--split-index")
    assert list((folder / ".git").glob("sharedindex.*"))
    return folder


def _version_4(base: Path) -> Path:
    folder = _plain(base)
    git(folder, "config", "index.version", "4")
    git(folder, "update-index", "--index-version", "4")
    return folder


def _sparse(base: Path) -> Path:
    folder = with_files(_plain(base), orders__1_yaml="x: 1\n", orders__2__deep__x_yaml="x: 2\n",
                        other__y_yaml="y: 1\n")  # fmt: skip
    git(folder, "sparse-checkout", "set", "--cone", "--sparse-index", "orders")
    assert not (folder / "other").exists()
    return folder


def _packed(base: Path) -> Path:
    folder = _plain(base)
    git(folder, "gc", "--quiet")
    git(folder, "pack-refs", "--all")
    return folder


KINDS = [_plain, _sha256, _linked, _of_bare, _submodule, _split, _version_4, _sparse, _packed]


@pytest.mark.parametrize("made", KINDS, ids=lambda kind: kind.__name__[1:])
def test_records_and_saves_work_in_every_kind_of_repository(
    made: Callable[[Path], Path], tmp_path: Path
) -> None:
    folder = made(tmp_path)
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "x")
    (folder / "staged").write_text("not yours\n")
    git(folder, "add", "staged")
    (folder / "a.yaml").write_text("x: 2\n")
    for number in range(3):
        assert put(folder, f"2026/{number}", b"a" * number)
    saved = commit_files(opened(folder), ["a.yaml"], WANG, "Save")
    assert git(folder, "rev-parse", "HEAD") == saved
    assert git(folder, "show", "--format=", "--name-only", "HEAD") == "a.yaml"
    assert git(folder, "status", "--porcelain") == "A  staged"
    assert on_record(folder) == ["2026/0", "2026/1", "2026/2"]
    assert git(folder, "rev-list", "--count", "--max-parents=1", "records") == "3"
    assert is_sound(folder)


def test_an_index_keeps_its_kind(tmp_path: Path) -> None:
    for made in (_split, _version_4, _sparse):
        folder = made(tmp_path / made.__name__)
        (folder / "a.yaml").write_text("x: 2\n")
        commit_files(opened(folder), ["a.yaml"], WANG, "Save")
        index = (folder / ".git" / "index").read_bytes()
        if made is _version_4:
            assert int.from_bytes(index[4:8], "big") == 4
        if made is _split:
            assert b"link" in index
        if made is _sparse:
            assert b"sdir" in index
            assert "other/" in git(folder, "ls-files", "--sparse")


def test_what_a_sparse_checkout_leaves_out_stays_on_the_branch(tmp_path: Path) -> None:
    folder = _sparse(tmp_path)
    (folder / "a.yaml").write_text("x: 2\n")
    assert commit_files(opened(folder), ["a.yaml", "other/y.yaml"], WANG, "Save")
    assert "other/y.yaml" in git(folder, "ls-tree", "-r", "--name-only", "HEAD")
    assert dirty(opened(folder)) == []


def test_a_new_file_where_a_sparse_checkout_has_none_is_saved(tmp_path: Path) -> None:
    folder = _sparse(tmp_path)
    (folder / "other").mkdir()
    (folder / "other" / "z.yaml").write_text("z: 1\n")
    assert commit_files(opened(folder), ["other/z.yaml"], WANG, "Save")
    assert git(folder, "show", "--format=", "--name-status", "HEAD") == "A\tother/z.yaml"
    assert dirty(opened(folder)) == []


def test_a_folder_below_the_work_tree_is_a_workspace_too(tmp_path: Path) -> None:
    folder = with_files(repository(tmp_path / "big"), trade__orders__x_yaml="x: 1\n", top="1\n")
    (folder / "trade" / "orders" / "x.yaml").write_text("x: 2\n")
    (folder / "top").write_text("2\n")
    repo = opened(folder / "trade")
    assert repo.prefix == "trade/"
    assert [row.path for row in dirty(repo)] == ["orders/x.yaml"]
    commit_files(repo, ["orders/x.yaml"], WANG, "Save")
    assert git(folder, "show", "--format=", "--name-only", "HEAD") == "trade/orders/x.yaml"
    assert git(folder, "status", "--porcelain") == " M top"


def test_a_bare_repository_has_records_but_no_files(tmp_path: Path) -> None:
    bare = repository(tmp_path / "bare.git", "--bare")
    assert put(bare, "one")
    assert on_record(bare) == ["one"]
    with pytest.raises(Refusal, match="bare repository: it has no files to save"):
        commit_files(opened(bare), ["x"], WANG, "Save")


def test_a_bare_repository_opens_where_git_wants_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[safe]\n\tbareRepository = explicit\n")
    bare = repository(tmp_path / "bare.git", "--bare")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert put(bare, "one")


def test_a_folder_without_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="is not in a git repository"):
        opened(tmp_path)
    assert not is_inside(tmp_path)


def test_a_broken_git_file_is_told(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    with pytest.raises(Refusal, match="is not in a git repository"):
        opened(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"), [("[core\n", "bad config line 1"), ("nonsense\n", "no section headers")]
)
def test_settings_that_cannot_be_read_are_told(text: str, words: str, tmp_path: Path) -> None:
    folder = _plain(tmp_path)
    (folder / ".git" / "config").write_text(text)
    with pytest.raises(Refusal, match=words) as refusal:
        opened(folder)
    assert "失败" in refusal.value.say("zh")


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="is not in a git repository"):
        opened(tmp_path / "gone")


def test_a_repository_of_another_user_is_told_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _plain(tmp_path)
    other = fake_git(tmp_path / "bin", 'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "$GIT" "$@"')
    monkeypatch.setenv("PATH", str(other) + os.pathsep + os.environ["PATH"])
    with pytest.raises(Refusal) as refusal:
        opened(folder)
    assert "belongs to another user" in refusal.value.say("en")
    assert f"safe.directory '{folder}" in refusal.value.say("zh")
    settings = tmp_path / "gitconfig"
    settings.write_text(f'[safe]\n\tdirectory = "{folder}"\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert opened(folder).folder == folder


def test_create_makes_a_repository_without_hooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = tmp_path / "template" / "hooks"
    template.mkdir(parents=True)
    (template / "post-commit").write_text("#!/bin/sh\n")
    settings = tmp_path / "gitconfig"
    settings.write_text(f"[init]\n\ttemplateDir = {template.parent}\n\tdefaultBranch = trunk\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    create(tmp_path / "shop")
    assert is_inside(tmp_path / "shop")
    assert opened(tmp_path / "shop").branch() == "main"
    assert not (tmp_path / "shop" / ".git" / "hooks").exists()


def test_a_detached_head_is_told(tmp_path: Path) -> None:
    folder = _plain(tmp_path)
    git(folder, "checkout", "--quiet", "--detach")
    (folder / "a.yaml").write_text("x: 2\n")
    with pytest.raises(Refusal, match="detached HEAD") as refusal:
        commit_files(opened(folder), ["a.yaml"], WANG, "Save")
    assert "git switch main" in refusal.value.say("zh")
    assert put(folder, "one")  # records need no branch to be checked out


def test_a_shallow_clone_is_told_and_not_trusted_with_records(tmp_path: Path) -> None:
    remote, (first,) = shared_by(tmp_path, "a")
    put(first, "one")
    with_files(first, b="2\n")
    git(first, "push", "--quiet", "origin", "main")
    cut = clone(remote, tmp_path / "cut", "--depth", "1")
    assert opened(cut).shallow
    with pytest.raises(Refusal, match="shallow") as refusal:
        put(cut, "two")
    assert "git fetch --unshallow" in refusal.value.say("en")
    with pytest.raises(Refusal, match="There is no revision"):
        opened(cut).resolve("HEAD~1")
    git(cut, "fetch", "--quiet", "--unshallow")
    assert put(cut, "two")
    assert on_record(cut) == ["one", "two"]


def test_nobody_is_made_up_where_no_identity_is_set(tmp_path: Path) -> None:
    repo = opened(_plain(tmp_path))
    assert email(repo.folder) == ""
    with pytest.raises(Refusal, match="does not know who you are") as refusal:
        identity(repo)
    assert "docpipe identity --email" in refusal.value.say("en")
    git(repo.folder, "config", "user.name", "王小明")
    with pytest.raises(Refusal, match="does not know who you are"):
        identity(repo)
    git(repo.folder, "config", "user.email", "wang@huaxing.example")
    assert identity(repo) == ("王小明", "wang@huaxing.example")
    assert email(repo.folder) == "wang@huaxing.example"


def test_the_shared_repository_is_origin_or_the_only_one(tmp_path: Path) -> None:
    folder = _plain(tmp_path)
    assert shared(opened(folder)) is None
    git(folder, "remote", "add", "backup", "/srv/backup")
    assert shared(opened(folder)).name == "backup"
    git(folder, "remote", "add", "second", "/srv/second")
    assert shared(opened(folder)) is None
    git(folder, "remote", "add", "origin", "/srv/first")
    git(folder, "config", "remote.origin.pushurl", "/srv/push")
    remote = shared(opened(folder))
    assert (remote.name, remote.url, remote.push_url) == ("origin", "/srv/first", "/srv/push")


def test_a_name_with_a_variable_in_it_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = with_files(repository(tmp_path / "$HOME 报价"), a="1\n")
    assert opened(folder).folder == folder
    assert put(folder, "one")


def test_records_checked_out_are_not_written_under_a_persons_hands(tmp_path: Path) -> None:
    folder = _plain(tmp_path)
    put(folder, "one")
    git(folder, "worktree", "add", "--quiet", str(tmp_path / "look"), "records")
    with pytest.raises(Refusal, match=r"checked out in .*look"):
        put(folder, "two")
    git(folder, "worktree", "remove", str(tmp_path / "look"))
    assert put(folder, "two")


def test_linked_work_trees_share_records_and_the_lock(tmp_path: Path) -> None:
    linked = _linked(tmp_path)
    put(linked, "one")
    put(tmp_path / "plain", "two")
    repo = open_repository(linked)
    with Objects(repo) as reader:
        assert Records(repo).source(reader).files("") == ["one", "two"]
    assert repo.common_dir == tmp_path / "plain" / ".git"
