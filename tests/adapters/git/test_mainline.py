"""Bringing my main and the shared one together: by content, whole or not at all."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from docpipe.adapters.git import (
    MAIN,
    SEEN,
    Objects,
    Rebaser,
    Refusal,
    SyncPlan,
    Unreachable,
    advance,
    alike,
    merged,
    offer,
    plan_sync,
    remember,
    resume,
    shared,
)
from docpipe.adapters.git import checkout as inner
from docpipe.adapters.git.log import Changed
from docpipe.adapters.git.repository import Repository
from tests.adapters.git.kit import (
    LI,
    git,
    is_sound,
    opened,
    repository,
    shared_by,
    with_files,
)  # fmt: skip

LINES = "".join(f"{number}: {number}\n" for number in range(1, 21))


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of one repository; the first shares what is in `a.yaml`."""
    _, (mine, theirs) = shared_by(tmp_path, "mine", "theirs")
    with_files(theirs, a_yaml=LINES, b_yaml="b: 1\n")
    push(theirs)
    git(mine, "pull", "--quiet")
    return mine, theirs


def push(clone: Path, *options: str) -> None:
    git(clone, "push", "--quiet", *options, "origin", "main")


def edit(clone: Path, file: str, old: str, new: str, said: str = "by plain git") -> str:
    """Change a line of a file and commit it."""
    path = clone / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    git(clone, "commit", "--quiet", "-am", said)
    return git(clone, "rev-parse", "HEAD")


def charted(clone: Path, own: str = "", accept: bool = False, **choices: str) -> SyncPlan:
    """How the two mains come together; file names as in `with_files`."""
    repo = opened(clone)
    remote = shared(repo)
    assert remote is not None
    wanted = {name.replace("_yaml", ".yaml"): side for name, side in choices.items()}

    def join(path: str, base: bytes, mine: bytes, theirs: bytes, favour: str) -> bytes | None:
        return merged(repo, base, mine, theirs, favour)

    with Objects(repo) as reader:
        return plan_sync(Rebaser(reader, join, LI), remote, wanted, own=own, accept=accept)


def synced(clone: Path, own: str = "", accept: bool = False, **choices: str) -> SyncPlan:
    """Bring them together, and publish mine."""
    repo = opened(clone)
    remote = shared(repo)
    assert remote is not None
    resume(repo)
    course = charted(clone, own, accept, **choices)
    tip = course.woven.tip
    assert tip is not None, course.woven.clashes
    if tip != course.before:
        advance(repo, course.before, tip, "docpipe: sync")
    remember(repo, course.upstream or tip, SEEN)
    if tip != course.upstream:
        answer = offer(repo, remote, tip, MAIN, course.upstream)
        assert answer is not None
        assert answer.accepted, answer.why
        remember(repo, tip, SEEN)
    assert is_sound(clone)
    return course


def history(clone: Path) -> list[str]:
    return git(clone, "log", "--format=%s", "main").splitlines()


def status(clone: Path) -> list[str]:
    return git(clone, "status", "--porcelain").splitlines()


def test_what_others_published_comes_in(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    git(theirs, "mv", "b.yaml", "报价 单.yaml")
    git(theirs, "commit", "--quiet", "-m", "moved")
    push(theirs)
    course = synced(mine)
    assert [commit.subject for commit in course.theirs] == ["by plain git", "moved"]
    assert git(mine, "rev-parse", "main") == git(theirs, "rev-parse", "main")
    assert "3: drei" in (mine / "a.yaml").read_text()
    assert (mine / "报价 单.yaml").read_text() == "b: 1\n"
    assert not (mine / "b.yaml").exists()
    assert status(mine) == []


def test_my_saves_are_put_on_top_as_they_were(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    push(theirs)
    git(mine, "config", "user.name", "王小明")
    git(mine, "-c", "user.name=王小明", "-c", "user.email=wang@huaxing.example", "commit", "-q",
        "--allow-empty", "-m", "empty")  # fmt: skip
    (mine / "a.yaml").write_text(LINES.replace("18: 18", "18: achtzehn"))
    said = "价格\n\nby phone\n\nOrder: ZF-1\nStage: offer\n"
    git(mine, "-c", "user.email=wang@huaxing.example", "commit", "-qa", "-m", said,
        "--date=2026-11-01T08:00:00+0800", stdin=b"")  # fmt: skip
    edit(mine, "b.yaml", "b: 1", "b: 2", "second")
    course = synced(mine)
    assert (course.woven.kept, course.woven.joined) == (2, False)  # the empty one went
    assert history(mine)[:3] == ["second", "价格", "by plain git"]
    shown = git(mine, "show", "-s", "--format=%ae|%ad|%cn|%B", "--date=iso", "main~1")
    assert shown.rstrip() == f"wang@huaxing.example|2026-11-01 08:00:00 +0800|Li Na|{said}".rstrip()
    text = (mine / "a.yaml").read_text()
    assert "3: drei" in text
    assert "18: achtzehn" in text
    assert status(mine) == []
    synced(theirs)
    assert (theirs / "a.yaml").read_text() == text


def test_nothing_to_do_moves_nothing(clones: tuple[Path, Path]) -> None:
    mine, _ = clones
    before = git(mine, "rev-parse", "main")
    for _ in range(2):
        synced(mine)
        assert git(mine, "rev-parse", "main") == before
    edit(mine, "b.yaml", "b: 1", "b: 2")
    before = git(mine, "rev-parse", "main")
    synced(mine)
    assert git(mine, "rev-parse", "main", SEEN).split() == [before, before]


def test_a_branch_that_was_merged_into_main_stays_a_merge(clones: tuple[Path, Path]) -> None:
    mine, _ = clones
    git(mine, "switch", "--quiet", "-c", "side")
    edit(mine, "b.yaml", "b: 1", "b: 2", "beside")
    git(mine, "switch", "--quiet", "main")
    git(mine, "merge", "--quiet", "--no-ff", "--no-edit", "side")
    before = git(mine, "rev-parse", "main")
    synced(mine)
    assert git(mine, "rev-parse", "main") == before


def _pulled(mine: Path, theirs: Path) -> None:
    """Two commits of mine, and the shared main merged into them, as `git pull` does."""
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    push(theirs)
    edit(mine, "b.yaml", "b: 1", "b: 2", "first")
    edit(mine, "a.yaml", "18: 18", "18: dix-huit", "second")
    git(mine, "pull", "--quiet", "--no-rebase", "--no-edit")


def test_a_main_that_was_pulled_into_mine_becomes_the_main_line_again(
    clones: tuple[Path, Path],
) -> None:
    mine, theirs = clones
    _pulled(mine, theirs)
    tree = git(mine, "rev-parse", "main^{tree}")
    course = synced(mine)
    assert (course.woven.kept, course.woven.joined) == (2, False)
    assert history(mine)[:2] == ["second", "first"]
    assert git(mine, "rev-parse", "main~2") == git(theirs, "rev-parse", "main")
    assert (git(mine, "rev-parse", "main^{tree}"), status(mine)) == (tree, [])


def test_what_such_a_merge_decided_by_itself_is_not_lost(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    _pulled(mine, theirs)
    (mine / "a.yaml").write_text(LINES.replace("3: 3", "3: trois"), encoding="utf-8")
    git(mine, "commit", "--quiet", "-a", "--amend", "--no-edit")
    tree = git(mine, "rev-parse", "main^{tree}")
    assert synced(mine).woven.joined
    assert git(mine, "rev-parse", "main^{tree}") == tree
    assert git(mine, "rev-parse", "main~1") == git(theirs, "rev-parse", "main")


def test_a_conflict_moves_nothing(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    git(theirs, "rm", "--quiet", "b.yaml")
    git(theirs, "commit", "--quiet", "-m", "gone")
    push(theirs)
    edit(mine, "a.yaml", "3: 3", "3: trois")
    edit(mine, "b.yaml", "b: 1", "b: 2")
    before = git(mine, "rev-parse", "main"), (mine / "a.yaml").read_text()
    clashes = {clash.path: clash for clash in charted(mine).woven.clashes}
    assert sorted(clashes) == ["a.yaml", "b.yaml"]
    assert clashes["b.yaml"].theirs is None
    assert (git(mine, "rev-parse", "main"), (mine / "a.yaml").read_text()) == before
    assert status(mine) == []
    left = [clash.path for clash in charted(mine, a_yaml="mine").woven.clashes]
    assert left == ["b.yaml"]


@pytest.mark.parametrize(("side", "word"), [("mine", "trois"), ("theirs", "drei")])
def test_a_choice_counts_where_both_changed_the_same_and_only_there(
    side: str, word: str, clones: tuple[Path, Path]
) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    edit(theirs, "a.yaml", "10: 10", "10: zehn")
    push(theirs)
    edit(mine, "a.yaml", "3: 3", "3: trois")
    edit(mine, "a.yaml", "18: 18", "18: dix-huit", "second")
    course = synced(mine, a_yaml=side)
    assert course.woven.joined
    text = (mine / "a.yaml").read_text()
    assert f"3: {word}" in text
    assert "10: zehn" in text
    assert "18: dix-huit" in text
    assert status(mine) == []


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_removed_file_is_chosen_whole(side: str, clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    git(theirs, "rm", "--quiet", "b.yaml")
    git(theirs, "commit", "--quiet", "-m", "gone")
    push(theirs)
    edit(mine, "b.yaml", "b: 1", "b: 2")
    synced(mine, b_yaml=side)
    assert (mine / "b.yaml").exists() == (side == "mine")
    assert history(mine)[0] == ("by plain git" if side == "mine" else "gone")
    assert status(mine) == []


def test_saves_that_fit_only_together_become_one(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    push(theirs)
    git(mine, "config", "user.email", "x@y.z")
    edit(mine, "a.yaml", "3: 3", "3: trois", "Mine\n\nOrder: ZF-1")
    edit(mine, "b.yaml", "b: 1", "b: 2", "Another\n\nOrder: ZF-2")
    edit(mine, "a.yaml", "3: trois", "3: drei", "As they say\n\nOrder: ZF-1")
    course = synced(mine)
    assert course.woven.joined
    assert git(mine, "show", "-s", "--format=%B", "main").strip() == (
        "Mine\n\nMine\n\nAnother\n\nAs they say\n\nOrder: ZF-1\nOrder: ZF-2"
    )
    assert git(mine, "diff", "--stat", "main~1", "main").startswith(" b.yaml")


def test_a_squashed_request_does_not_conflict_with_itself(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    for new in ("trois", "drei", "tre"):
        edit(mine, "a.yaml", "3: ", f"3: {new}", f"three is {new}")
    git(mine, "push", "--quiet", "origin", "main:refs/heads/mine")
    git(theirs, "fetch", "--quiet", "origin", "mine")
    git(theirs, "merge", "--quiet", "--squash", "FETCH_HEAD")
    git(theirs, "commit", "--quiet", "-m", "squashed")
    edit(theirs, "a.yaml", "3: tre", "3: three, ", "and changed there")
    push(theirs)
    edit(mine, "a.yaml", "18: 18", "18: dix-huit", "later")
    course = synced(mine)
    assert (course.woven.kept, course.woven.taken, course.woven.joined) == (1, 3, False)
    assert history(mine)[:3] == ["later", "and changed there", "squashed"]
    assert (mine / "a.yaml").read_text() == (
        (theirs / "a.yaml").read_text().replace("18: 18", "18: dix-huit")
    )


def test_a_later_save_in_the_same_line_as_a_squashed_one_fits(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    edit(mine, "a.yaml", "3: 3", "3: trois")
    edit(mine, "a.yaml", "3: trois", "3: drei")
    git(theirs, "pull", "--quiet", str(mine), "main")
    git(theirs, "reset", "--quiet", "--soft", "HEAD~2")
    git(theirs, "commit", "--quiet", "-m", "squashed")
    push(theirs)
    edit(mine, "a.yaml", "3: drei", "3: tre", "later")
    synced(mine)
    assert history(mine)[:2] == ["later", "squashed"]
    assert "3: tre\n" in (mine / "a.yaml").read_text()


@pytest.mark.parametrize("how", [["--no-ff"], ["--ff-only"]])
def test_a_merged_or_rebased_request_ends_where_the_shared_main_is(
    how: list[str], clones: tuple[Path, Path]
) -> None:
    mine, theirs = clones
    edit(mine, "a.yaml", "3: 3", "3: trois")
    edit(mine, "a.yaml", "3: trois", "3: drei")
    git(theirs, "fetch", "--quiet", str(mine), "main")
    git(theirs, "merge", "--quiet", *how, "FETCH_HEAD")
    push(theirs)
    synced(mine)
    assert git(mine, "rev-parse", "main") == git(theirs, "rev-parse", "main")


def test_a_merge_by_hand_among_my_saves_is_no_obstacle(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    push(theirs)
    edit(mine, "a.yaml", "18: 18", "18: dix-huit", "mine")
    git(mine, "pull", "--quiet", "--no-rebase", "--no-edit")
    edit(theirs, "b.yaml", "b: 1", "b: 2", "more")
    push(theirs)
    synced(mine)
    assert history(mine)[:2] == ["mine", "more"]
    assert status(mine) == []
    assert "18: dix-huit" in (mine / "a.yaml").read_text()


def test_a_file_in_the_place_of_a_folder_is_a_conflict(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    with_files(theirs, x__y_yaml="1\n")
    push(theirs)
    with_files(mine, x="2\n")
    assert [clash.path for clash in charted(mine).woven.clashes] == ["x"]
    git(mine, "reset", "--quiet", "--hard", "HEAD~1")
    with_files(theirs, z="1\n")
    push(theirs)
    with_files(mine, z__y_yaml="1\n")
    assert [clash.path for clash in charted(mine).woven.clashes] == ["z/y.yaml"]


# What a person has not saved


def test_unsaved_and_staged_work_stays_as_it_is(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    with_files(theirs, new__c_yaml="c: 1\n")
    push(theirs)
    (mine / "b.yaml").write_text("b: staged\n")
    git(mine, "add", "b.yaml")
    (mine / "b.yaml").write_text("b: and edited\n")
    (mine / "new").mkdir()
    (mine / "new" / "d.yaml").write_text("d: 1\n")
    with_files_staged = git(mine, "ls-files", "-s", "b.yaml")
    synced(mine)
    assert status(mine) == ["MM b.yaml", "?? new/d.yaml"]
    assert git(mine, "ls-files", "-s", "b.yaml") == with_files_staged
    assert (mine / "b.yaml").read_text() == "b: and edited\n"
    assert "3: drei" in (mine / "a.yaml").read_text()
    assert (mine / "new" / "c.yaml").read_text() == "c: 1\n"


def _edited(mine: Path) -> None:
    (mine / "a.yaml").write_text("mine: 1\n")


def _staged(mine: Path) -> None:
    _edited(mine)
    git(mine, "add", "a.yaml")
    (mine / "a.yaml").write_text(LINES)


def _removed(mine: Path) -> None:
    (mine / "a.yaml").unlink()


def _new(mine: Path) -> None:
    (mine / "new").mkdir()
    (mine / "new/c.yaml").write_text("mine: 1\n")


def _ignored(mine: Path) -> None:
    (mine / ".git/info/exclude").write_text("new/\n")
    _new(mine)


def _file_for_folder(mine: Path) -> None:
    (mine / "new").write_text("mine: 1\n")


def _folder_for_file(mine: Path) -> None:
    (mine / "d.yaml").mkdir()
    (mine / "d.yaml" / "x").write_text("mine: 1\n")


def _link_for_folder(mine: Path) -> None:
    (mine.parent / "elsewhere").mkdir()
    (mine / "new").symlink_to(mine.parent / "elsewhere")


@pytest.mark.parametrize(
    ("act", "named"),
    [(_edited, "a.yaml"), (_staged, "a.yaml"), (_removed, "a.yaml"), (_new, "new/c.yaml"),
     (_ignored, "new/c.yaml"), (_file_for_folder, "new"), (_folder_for_file, "d.yaml/x"),
     (_link_for_folder, "new")],
)  # fmt: skip
def test_what_is_not_saved_is_never_overwritten(
    act: Callable[[Path], None], named: str, clones: tuple[Path, Path]
) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    with_files(theirs, new__c_yaml="c: 1\n", d_yaml="d: 1\n")
    push(theirs)
    act(mine)
    before = _whole(mine)
    with pytest.raises(Refusal, match="not saved: " + named) as refusal:
        synced(mine)
    assert "docpipe save" in refusal.value.say("zh")
    assert _whole(mine) == before


def _whole(clone: Path) -> list[object]:
    """Everything that a refusal must leave as it is."""
    files = {
        path.relative_to(clone).as_posix(): path.read_bytes()
        for path in clone.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(clone).parts
    }
    return [files, git(clone, "ls-files", "-s"), git(clone, "rev-parse", "HEAD"), status(clone)]


# Kills: whatever is half done is finished by the next one


@pytest.mark.parametrize("moment", ["place", "move_all", "half", "index"])
def test_a_sync_that_was_killed_is_finished_by_the_next(
    moment: str, clones: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    git(theirs, "rm", "--quiet", "b.yaml")
    with_files(theirs, new__c_yaml="c: 1\n", new__d_yaml="d: 1\n")
    push(theirs)
    edit(mine, "a.yaml", "18: 18", "18: dix-huit", "mine")

    class KilledError(BaseException):
        pass

    def killed(*_: object) -> None:
        raise KilledError

    place = inner.place

    def half(repo: Repository, folder: Path, changes: list[Changed]) -> None:
        place(repo, folder, changes[: len(changes) // 2])
        raise KilledError

    with monkeypatch.context() as patch:
        if moment == "half":
            patch.setattr(inner, "place", half)
        elif moment == "index":
            patch.setattr("docpipe.adapters.git.index.shutil.copy2", killed)
        else:
            patch.setattr(inner, moment, killed)
        with pytest.raises(KilledError):
            synced(mine)
    (mine / "mine.yaml").write_text("new: 1\n")
    edit(theirs, "a.yaml", "10: 10", "10: zehn")  # what came in is not the last word any more
    push(theirs)
    synced(mine)
    assert status(mine) == ["?? mine.yaml"]
    assert git(mine, "rev-parse", "main") == git(mine, "ls-remote", "origin", "main").split()[0]
    assert history(mine)[0] == "mine"
    assert sorted(p.name for p in (mine / ".git").glob("docpipe*")) == ["docpipe.lock"]


def test_after_a_kill_work_that_went_on_is_kept(
    clones: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    with_files(theirs, new__c_yaml="c: 1\n")
    push(theirs)
    with monkeypatch.context() as patch:
        patch.setattr(inner, "move_all", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            synced(mine)
    (mine / "a.yaml").write_text((mine / "a.yaml").read_text().replace("18: 18", "18: mine"))
    with pytest.raises(Refusal, match=r"not saved: a\.yaml"):
        synced(mine)
    git(mine, "add", "--all")
    git(mine, "commit", "--quiet", "-m", "all of it")
    synced(mine)
    assert git(mine, "diff", "--stat", "main~1", "main").startswith(" a.yaml | 2 +-")


def test_after_a_fetch_that_was_killed_the_rest_is_fetched(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    commit = edit(theirs, "a.yaml", "3: 3", "3: drei")
    push(theirs)
    content = git(theirs, "cat-file", "commit", commit).encode() + b"\n"
    words = ("hash-object", "-w", "-t", "commit", "--stdin")
    assert git(mine, *words, stdin=content) == commit  # it came, and its files did not
    synced(mine)
    assert "3: drei" in (mine / "a.yaml").read_text()


# The surroundings


def test_a_rewritten_main_is_told_and_taken_only_if_that_is_meant(
    clones: tuple[Path, Path],
) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei", "regretted")
    push(theirs)
    synced(mine)
    edit(mine, "b.yaml", "b: 1", "b: 2", "mine")
    git(theirs, "reset", "--quiet", "--hard", "HEAD~1")
    edit(theirs, "a.yaml", "10: 10", "10: zehn", "instead")
    push(theirs, "--force")
    git(mine, "fetch", "--quiet")  # as an editor does in the background
    with pytest.raises(Refusal, match=r"rewritten: it lacks 1 .*Plain Git") as refusal:
        synced(mine)
    assert "--accept-rewritten" in refusal.value.say("en")
    synced(mine, accept=True)
    assert history(mine) == ["mine", "instead", "by plain git", "by plain git"]
    assert "3: 3\n" in (mine / "a.yaml").read_text()


def test_a_main_that_was_set_back_is_told_too(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei", "regretted")
    push(theirs)
    synced(mine)
    git(theirs, "push", "--quiet", "--force", "origin", "main~1:main")
    with pytest.raises(Refusal, match="rewritten"):
        synced(mine)
    synced(mine, accept=True)
    assert "3: 3\n" in (mine / "a.yaml").read_text()


def test_mains_with_unrelated_histories_are_not_merged(clones: tuple[Path, Path]) -> None:
    mine, _ = clones
    alone = with_files(repository(mine.parent / "alone"), x_yaml="x: 1\n")
    git(alone, "remote", "add", "origin", (mine.parent / "shared.git").as_uri())
    with pytest.raises(Refusal, match="are unrelated"):
        synced(alone)


def test_an_empty_remote_gets_its_first_main(tmp_path: Path) -> None:
    remote = repository(tmp_path / "empty.git", "--bare")
    alone = with_files(repository(tmp_path / "alone"), x_yaml="x: 1\n")
    git(alone, "remote", "add", "origin", remote.as_uri())
    synced(alone)
    assert git(remote, "rev-parse", "main") == git(alone, "rev-parse", "main")


def test_a_main_without_any_save_takes_what_is_there(clones: tuple[Path, Path]) -> None:
    mine, _ = clones
    young = repository(mine.parent / "young")
    git(young, "remote", "add", "origin", (mine.parent / "shared.git").as_uri())
    (young / "own.yaml").write_text("1\n")
    synced(young)
    assert status(young) == ["?? own.yaml"]
    assert (young / "a.yaml").read_text() == LINES


def test_out_of_reach_nothing_happens(clones: tuple[Path, Path]) -> None:
    mine, _ = clones
    git(mine, "remote", "set-url", "origin", "file:///nowhere/at/all")
    with pytest.raises(Unreachable, match="cannot be reached") as refusal:
        synced(mine)
    assert refusal.value.say("zh").splitlines()[0].endswith("：该处没有这个仓库")


def test_another_git_at_work_stops_it_and_keeps_its_lock(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    push(theirs)
    (mine / ".git/index.lock").write_bytes(b"somebody's")
    before = _whole(mine)
    with pytest.raises(Refusal, match=r"index\.lock exists"):
        synced(mine)
    assert (mine / ".git/index.lock").read_bytes() == b"somebody's"
    assert _whole(mine) == before
    (mine / ".git/index.lock").unlink()
    synced(mine)
    assert status(mine) == []


def _split(mine: Path) -> None:
    git(mine, "update-index", "--split-index")


def _version_4(mine: Path) -> None:
    git(mine, "update-index", "--index-version", "4")


def _untracked_cache(mine: Path) -> None:
    git(mine, "config", "core.untrackedCache", "true")
    git(mine, "status")


@pytest.mark.parametrize("act", [_split, _version_4, _untracked_cache])
def test_any_kind_of_index_goes_along(
    act: Callable[[Path], None], clones: tuple[Path, Path]
) -> None:
    mine, theirs = clones
    act(mine)
    kind = (mine / ".git/index").read_bytes()[:8]
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    with_files(theirs, new__c_yaml="c: 1\n")
    push(theirs)
    edit(mine, "a.yaml", "18: 18", "18: dix-huit")
    synced(mine)
    assert status(mine) == []
    assert (mine / ".git/index").read_bytes()[:8] == kind


@pytest.mark.parametrize("sparse", ["--no-sparse-index", "--sparse-index"])
def test_a_sparse_checkout_stays_sparse(sparse: str, clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    with_files(theirs, here__a="1\n", there__b="1\n", there__deep__c="1\n")
    push(theirs)
    synced(mine)
    git(mine, "sparse-checkout", "set", "--cone", sparse, "here")
    assert not (mine / "there").exists()
    with_files(theirs, here__a="2\n", here__new="1\n", there__b="2\n", there__new="1\n",
               there__deep__c="2\n", elsewhere__x="1\n")  # fmt: skip
    push(theirs)
    with_files(mine, here__mine="1\n")
    synced(mine)
    assert status(mine) == []
    assert not (mine / "there").exists()
    assert not (mine / "elsewhere").exists()
    assert sorted(p.name for p in (mine / "here").iterdir()) == ["a", "mine", "new"]
    assert git(mine, "show", "main:there/deep/c") == "2"
    synced(theirs)
    assert (theirs / "here/mine").exists()


def test_line_ends_are_as_the_attributes_say(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    (theirs / ".gitattributes").write_text("* text=auto\n*.yaml eol=crlf\n")
    (theirs / "a.yaml").write_bytes(
        LINES.replace("3: 3\n", "3: drei\n").replace("\n", "\r\n").encode()
    )
    git(theirs, "add", "--all")
    git(theirs, "commit", "--quiet", "-m", "Windows")
    push(theirs)
    edit(mine, "a.yaml", "18: 18", "18: dix-huit")
    synced(mine)
    data = (mine / "a.yaml").read_bytes()
    assert b"3: drei\r\n" in data
    assert b"18: dix-huit\r\n" in data
    assert status(mine) == []


def test_links_modes_and_folders_go_along(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    (theirs / "link").symlink_to("a.yaml")
    (theirs / "run.sh").write_text("#!/bin/sh\n")
    (theirs / "run.sh").chmod(0o755)
    (theirs / "b.yaml").unlink()
    (theirs / "b.yaml").mkdir()
    (theirs / "b.yaml" / "c").write_text("1\n")
    git(theirs, "add", "--all")
    git(theirs, "commit", "--quiet", "-m", "kinds")
    push(theirs)
    with_files(mine, mine="1\n")
    synced(mine)
    assert (mine / "link").readlink() == Path("a.yaml")
    assert os.access(mine / "run.sh", os.X_OK)
    assert (mine / "b.yaml/c").read_text() == "1\n"
    assert status(mine) == []
    git(theirs, "pull", "--quiet")
    git(theirs, "rm", "--quiet", "-r", "b.yaml")
    with_files(theirs, b_yaml="b: 1\n")
    push(theirs)
    synced(mine)
    assert (mine / "b.yaml").read_text() == "b: 1\n"
    assert status(mine) == []


def test_a_repository_in_the_repository_keeps_its_files(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    part = with_files(repository(mine.parent / "part"), p="1\n")
    git(theirs, "submodule", "--quiet", "add", part.as_uri(), "part")
    git(theirs, "commit", "--quiet", "-m", "part")
    push(theirs)
    synced(mine)
    assert list((mine / "part").iterdir()) == []
    git(mine, "submodule", "--quiet", "update", "--init")
    with_files(part, p="2\n")
    git(theirs / "part", "pull", "--quiet")
    git(theirs, "commit", "--quiet", "-am", "part moved")
    push(theirs)
    edit(mine, "b.yaml", "b: 1", "b: 2")
    synced(mine)
    assert (mine / "part/p").read_text() == "1\n"
    assert status(mine) == [" M part"]
    git(mine, "submodule", "--quiet", "update")
    assert status(mine) == []


def test_a_linked_work_tree_is_moved_where_it_is(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    push(theirs)
    git(mine, "switch", "--quiet", "-c", "other")
    linked = mine.parent / "linked"
    git(mine, "worktree", "add", "--quiet", str(linked), "main")
    edit(linked, "b.yaml", "b: 1", "b: 2")
    synced(linked)
    assert status(linked) == []
    assert "3: drei" in (linked / "a.yaml").read_text()
    assert "3: drei" not in (mine / "a.yaml").read_text()
    assert status(mine) == []


def test_a_shallow_clone_syncs_its_main(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    git(mine.parent, "clone", "-q", "--depth=1", (mine.parent / "shared.git").as_uri(), "young")
    young = mine.parent / "young"
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    push(theirs)
    edit(young, "b.yaml", "b: 1", "b: 2", "mine")
    synced(young)
    assert history(young)[0] == "mine"
    assert (young / ".git/shallow").exists()


def test_a_sha256_repository(tmp_path: Path) -> None:
    remote = repository(tmp_path / "shared.git", "--bare", "--object-format=sha256")
    first = with_files(repository(tmp_path / "first", "--object-format=sha256"), a_yaml=LINES)
    git(first, "remote", "add", "origin", remote.as_uri())
    synced(first)
    git(tmp_path, "clone", "--quiet", remote.as_uri(), "second")
    second = tmp_path / "second"
    edit(first, "a.yaml", "3: 3", "3: drei")
    synced(first)
    edit(second, "a.yaml", "18: 18", "18: dix-huit")
    synced(second)
    assert status(second) == []


@pytest.mark.openssh
def test_commits_are_signed_anew_where_the_settings_say_so(
    clones: tuple[Path, Path], tmp_path: Path
) -> None:
    mine, theirs = clones
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (tmp_path / "signers").write_text(f"{LI.email} {key.with_suffix('.pub').read_text()}")
    for name, value in {
        "commit.gpgsign": "true", "gpg.format": "ssh", "user.signingkey": str(key),
        "gpg.ssh.allowedSignersFile": str(tmp_path / "signers"),
    }.items():  # fmt: skip
        git(mine, "config", name, value)
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    push(theirs)
    edit(mine, "b.yaml", "b: 1", "b: 2")
    synced(mine)
    git(mine, "verify-commit", "main")


def test_a_filter_that_fails_stops_it_before_anything_is_touched(
    clones: tuple[Path, Path],
) -> None:
    mine, theirs = clones
    git(mine, "config", "filter.broken.smudge", "false")
    git(mine, "config", "filter.broken.clean", "cat")
    git(mine, "config", "filter.broken.required", "true")
    (mine / ".git/info/attributes").write_text("new/* filter=broken\n")
    edit(theirs, "a.yaml", "3: 3", "3: drei")
    with_files(theirs, new__c_yaml="c: 1\n")
    push(theirs)
    before = _whole(mine)
    with pytest.raises(Refusal):
        synced(mine)
    assert _whole(mine) == before
    git(mine, "config", "filter.broken.smudge", "cat")
    synced(mine)
    assert status(mine) == []


def test_another_computers_saves_on_my_own_branch_are_kept(clones: tuple[Path, Path]) -> None:
    mine, theirs = clones
    own = "refs/heads/lin/main"
    edit(theirs, "b.yaml", "b: 1", "b: 2", "from the laptop")
    git(theirs, "push", "--quiet", "origin", f"main:{own}")
    edit(mine, "a.yaml", "3: 3", "3: trois", "from the desk")
    course = charted(mine, own)
    assert course.own == git(theirs, "rev-parse", "main")
    assert course.woven.tip is not None
    advance(opened(mine), course.before, course.woven.tip, "x")
    assert history(mine)[:2] == ["from the desk", "from the laptop"]
    edit(theirs, "b.yaml", "b: 2", "b: 3", "more from the laptop")
    git(theirs, "push", "--quiet", "origin", f"main:{own}")
    edit(mine, "b.yaml", "b: 2", "b: 4", "against it")
    clash = charted(mine, own).woven.clashes
    assert [each.path for each in clash] == ["b.yaml"]


def test_names_that_some_systems_take_for_one_are_found(clones: tuple[Path, Path]) -> None:
    mine, _ = clones
    with_files(mine, orders__ZF__a_yaml="1\n", orders__zf__b_yaml="1\n", é="1\n")
    (mine / "e\u0301").write_text("2\n")
    git(mine, "add", "--all")
    git(mine, "commit", "--quiet", "-m", "x")
    with Objects(opened(mine)) as reader:
        tip = git(mine, "rev-parse", "main")
        assert alike(reader, tip, ["orders/zf/b.yaml"]) == ("orders/zf/b.yaml", "orders/ZF")
        assert alike(reader, tip, ["é"]) == ("é", "e\u0301")
        assert alike(reader, tip, ["a.yaml", "orders"]) is None
