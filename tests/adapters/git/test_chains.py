"""The access log's chains: their names, their entries, one device a clone, sharing."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from docpipe.adapters.git import (
    Logged,
    Refusal,
    Signature,
    branch_of,
    device_here,
    keep_sharing,
    log_entry,
    parted,
    push_chains,
    restore_chain,
    shared,
    sharing_state,
)
from docpipe.adapters.git.chain_names import person_of, person_part
from docpipe.adapters.git.chain_sharing import Sharing
from tests.adapters.git.kit import (
    LI,
    WANG,
    clone,
    git,
    hook,
    is_sound,
    opened,
    repository,
    shared_by,
    with_files,
)
from tests.support import forked

MAIN = "5" * 40
TOLD = (("Command", "open"), ("Order", "ZF-2026-0002"))


def log(folder: Path, by: Signature = WANG, minute: int = 0) -> Logged:
    moved = Signature(by.name, by.email, by.when + timedelta(minutes=minute))
    return log_entry(opened(folder), moved, MAIN, "Open ZF-2026-0002", TOLD)


def push(folder: Path) -> list[tuple[str, str]]:
    repo = opened(folder)
    remote = shared(repo)
    assert remote is not None
    return [(each.branch, each.lacks) for each in push_chains(repo, remote)]


def entries(folder: Path, ref: str) -> list[str]:
    return git(folder, "rev-list", "--reverse", ref).splitlines()


@pytest.mark.parametrize(
    ("email", "part"),
    [
        ("lin.yang@zefan.example", "lin.yang@zefan.example"),
        (" Lin.Yang@Zefan.EXAMPLE ", "lin.yang@zefan.example"),
        ("a/b@x.example", "a%2Fb@x.example"),
        ("a%2Fb@x.example", "a%252fb@x.example"),
        (".a..b@x.lock", "%2Ea.%2Eb@x%2Elock"),
        ("a@x.", "a@x%2E"),
        ("@", "%40"),
        ("a@{1}", "a@%7B1%7D"),
        ("-a~b^c:d?e*f[g\\h i", "-a%7Eb%5Ec%3Ad%3Fe%2Af%5Bg%5Ch%20i"),
        ("林@例", "%E6%9E%97@%E4%BE%8B"),
    ],
)
def test_a_person_is_a_part_of_a_branchs_name_and_can_be_read_from_it(
    email: str, part: str
) -> None:
    assert person_part(email) == part
    assert person_of(part) == email.strip().lower()
    git(Path("/"), "check-ref-format", f"refs/heads/{branch_of(email, 'pc-0a0b0c')}")


@pytest.mark.parametrize("part", ["LIN", "%41", "a%2e", "%zz", "%E6", "a..b", "林", "%2fa"])
def test_a_person_has_one_name_alone(part: str) -> None:
    assert person_of(part) is None
    assert parted(f"access/{part}/pc-0a0b0c") is None


def test_an_entry_is_a_commit_without_files_that_stock_git_reads(tmp_path: Path) -> None:
    folder = with_files(repository(tmp_path / "r"), a="1")
    first, second = log(folder), log(folder, minute=1)
    assert first.branch == f"access/wang@huaxing.example/{device_here(opened(folder))}"
    assert git(folder, "cat-file", "-p", second.commit) == (
        "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
        f"parent {first.commit}\n"
        "author 王小明 <wang@huaxing.example> 1795579260 +0800\n"
        "committer 王小明 <wang@huaxing.example> 1795579260 +0800\n\n"
        "Open ZF-2026-0002\n\n"
        f"Docpipe-Access: 1\nSequence: 2\nMain: {MAIN}\nCommand: open\nOrder: ZF-2026-0002"
    )
    assert "parent" not in git(folder, "cat-file", "-p", first.commit)
    assert entries(folder, first.branch) == [first.commit, second.commit]
    assert is_sound(folder)
    assert git(folder, "status", "--porcelain") == ""


def test_a_chain_in_a_repository_that_names_by_sha256(tmp_path: Path) -> None:
    folder = with_files(repository(tmp_path / "r", "--object-format=sha256"), a="1")
    made = [log(folder), log(folder)]
    assert entries(folder, made[0].branch) == [each.commit for each in made]
    assert is_sound(folder)


def test_each_person_and_each_clone_has_a_chain_and_work_trees_share_one(tmp_path: Path) -> None:
    _, (a, b) = shared_by(tmp_path, "a", "b")
    git(a, "worktree", "add", "-q", str(tmp_path / "linked"))
    here, linked, other = log(a), log(tmp_path / "linked"), log(b)
    assert (here.branch, linked.sequence) == (linked.branch, 2)
    assert other.branch != here.branch
    assert (log(a, LI).sequence, log(a).sequence) == (1, 3)


@pytest.mark.parametrize("rubbish", [b"", b"\xff\xfe", b"../../x", b"pc\n-00ff00", b"PC-00FF00"])
def test_a_device_that_cannot_be_read_is_drawn_again(rubbish: bytes, tmp_path: Path) -> None:
    folder = with_files(repository(tmp_path / "r"), a="1")
    old = log(folder).branch
    (folder / ".git" / "docpipe" / "device").write_bytes(rubbish)
    new = log(folder)
    assert (new.branch != old, new.sequence) == (True, 1)


def at_once(*works: Callable[[], None]) -> None:
    """Each in a process of its own; all must succeed."""
    children = [forked(work) for work in works]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * len(works)


def test_two_processes_at_once_make_one_line(tmp_path: Path) -> None:
    folder = with_files(repository(tmp_path / "r"), a="1")
    log(folder)

    def work() -> None:
        for minute in range(5):
            log(folder, minute=minute)

    at_once(work, work, work)
    (branch,) = git(folder, "for-each-ref", "--format=%(refname)", "refs/heads/access").splitlines()
    told = git(folder, "log", "--reverse", "--format=%(trailers:key=Sequence,valueonly)", branch)
    assert told.split() == [str(n) for n in range(1, 17)]


@pytest.mark.parametrize("to", ["", "~1", "~2"])
def test_a_branch_that_was_deleted_or_set_back_goes_on_where_it_was(
    to: str, tmp_path: Path
) -> None:
    folder = with_files(repository(tmp_path / "r"), a="1")
    before = [log(folder, minute=n) for n in range(3)]
    branch = before[0].branch
    git(folder, "update-ref", *(["refs/heads/" + branch, f"{branch}{to}"] if to
                                else ["-d", "refs/heads/" + branch]))  # fmt: skip
    after = log(folder, minute=4)
    assert after.sequence == 4
    assert entries(folder, branch) == [*(each.commit for each in before), after.commit]


def test_packed_refs_are_gone_on_with(tmp_path: Path) -> None:
    folder = with_files(repository(tmp_path / "r"), a="1")
    log(folder)
    git(folder, "pack-refs", "--all", "--prune")
    assert log(folder).sequence == 2


def test_a_chain_that_was_altered_lets_nothing_be_shown_and_says_how_to_mend_it(
    tmp_path: Path,
) -> None:
    folder = with_files(repository(tmp_path / "r"), a="1")
    first, second = log(folder), log(folder, minute=1)
    branch = first.branch
    other = log(clone(folder, tmp_path / "c"), minute=9)
    git(folder, "fetch", "-q", str(tmp_path / "c"), other.branch)
    git(folder, "update-ref", f"refs/heads/{branch}", other.commit)
    with pytest.raises(Refusal, match="altered: it lacks the entry") as caught:
        log(folder)
    assert "docpipe log repair" in str(caught.value.say("en"))
    done = restore_chain(opened(folder), branch)
    assert done is not None
    assert git(folder, "rev-parse", branch, done.ref).split() == [second.commit, other.commit]
    assert log(folder).sequence == 3
    assert restore_chain(opened(folder), branch) is None


def test_what_docpipe_did_not_write_is_not_gone_on_from(tmp_path: Path) -> None:
    folder = with_files(repository(tmp_path / "r"), a="1")
    first = log(folder)
    tree = git(folder, "rev-parse", "main^{tree}")
    for words, what in (("x", first.commit), ("Docpipe-Access: 1\nSequence: 2\n", first.commit)):
        made = git(folder, "commit-tree", "-p", what, "-m", words, tree)
        git(folder, "update-ref", f"refs/heads/{first.branch}", made)
        with pytest.raises(Refusal, match="did not write"):
            log(folder)
        done = restore_chain(opened(folder), first.branch)
        assert done is not None
        assert git(folder, "rev-parse", done.ref) == made
    assert log(folder).sequence == 2


def test_a_branch_called_access_stands_in_the_way_and_nothing_is_logged(tmp_path: Path) -> None:
    folder = with_files(repository(tmp_path / "r"), a="1")
    git(folder, "branch", "access")
    with pytest.raises(Refusal, match="refs/heads/access"):
        log(folder)
    git(folder, "branch", "-D", "access")
    assert log(folder).sequence == 1


def test_a_shallow_clone_and_one_of_a_single_branch_have_their_logs(tmp_path: Path) -> None:
    remote, (a,) = shared_by(tmp_path, "a")
    log(a)
    push(a)
    with_files(a, b="2")
    git(a, "push", "-q", "origin", "main")
    thin = clone(remote, tmp_path / "thin", "--depth=1")
    assert [log(thin, LI).sequence, log(thin, LI).sequence] == [1, 2]
    assert push(thin) == []
    assert is_sound(remote)
    assert len(git(remote, "for-each-ref", "refs/heads/access").splitlines()) == 2


def test_a_chain_is_pushed_whole_and_again_only_when_it_grew(tmp_path: Path) -> None:
    remote, (a,) = shared_by(tmp_path, "a")
    last = [log(a, minute=n) for n in range(3)][-1]
    assert push(a) == []
    assert git(remote, "rev-parse", last.branch) == last.commit
    hook(remote, "pre-receive", "exit 1")
    assert push(a) == []
    log(a)
    assert push(a) == [(last.branch, "")]
    (remote / "hooks" / "pre-receive").unlink()
    assert push(a) == []
    assert git(remote, "rev-list", "--count", last.branch) == "4"


def test_two_processes_at_once_both_remember_what_they_shared(tmp_path: Path) -> None:
    repo = opened(with_files(repository(tmp_path / "r"), a="1"))

    def remember(what: str) -> None:
        for turn in range(60):
            keep_sharing(repo, **{what: str(turn)})
            assert getattr(sharing_state(repo), what) == str(turn)

    at_once(*(partial(remember, what) for what in ("tried", "failing", "fetched")))
    assert sharing_state(repo) == Sharing("59", "59", "59")


@pytest.mark.parametrize("then", [0, 2])
def test_a_push_that_another_terminal_overtook_is_made_again_or_was_made(
    then: int, tmp_path: Path
) -> None:
    """Amid the push of the second entry the other pushes the first, or a third."""
    remote, (a,) = shared_by(tmp_path, "a")
    log(a)
    assert push(a) == []
    made = [log(a, minute=minute) for minute in (1, 2, 3)]
    branch, mine, other = made[0].branch, made[1].commit, made[then].commit
    heads, pushed = f"refs/heads/{branch}", f"refs/docpipe/pushed/{branch}"
    git(a, "push", "--quiet", "origin", f"{other}:refs/keep/other")
    git(a, "update-ref", heads, mine)
    there = f"unset $(git rev-parse --local-env-vars); cd {a}; git update-ref {pushed} {other}"
    moved = f"env -u GIT_QUARANTINE_PATH git update-ref $1 {other}; {there}"
    hook(remote, "update", f"test -e raced || {{ touch raced; {moved}; }}")
    assert push(a) == []
    assert (remote / "raced").exists()
    last = made[max(then, 1)].commit
    assert (git(remote, "rev-parse", heads), git(a, "rev-parse", pushed)) == (last, last)


def test_two_copies_of_a_clone_part_and_neither_loses_an_entry(tmp_path: Path) -> None:
    remote, (a,) = shared_by(tmp_path, "a")
    log(a)
    push(a)
    b = Path(shutil.copytree(a, tmp_path / "b", symlinks=True))
    ours, theirs = [log(a, minute=n) for n in (1, 2)], [log(b, minute=n) for n in (1, 3, 5)]
    assert ours[0].branch == theirs[0].branch
    assert push(a) == []
    assert push(b) == []
    again = log(b, minute=9)
    assert again.branch != ours[0].branch
    assert again.sequence == 5
    assert push(b) == []
    assert git(remote, "rev-parse", ours[0].branch) == ours[-1].commit
    assert entries(remote, again.branch)[1:] == [*(e.commit for e in theirs), again.commit]
    assert log(a, minute=10).branch == ours[0].branch
    assert push(a) == []
    assert is_sound(remote)


def test_a_remote_that_lost_what_it_had_taken_is_told(tmp_path: Path) -> None:
    remote, (a,) = shared_by(tmp_path, "a")
    first, second = log(a), log(a, minute=1)
    push(a)
    root = git(remote, "commit-tree", "-p", first.commit, "-m", "x", f"{first.commit}^{{tree}}")
    git(remote, "update-ref", f"refs/heads/{first.branch}", root)
    third = log(a, minute=2)
    assert push(a) == [(first.branch, second.commit[:12])]
    mine = log(a, minute=3)
    push(a)
    assert entries(remote, mine.branch) == [each.commit for each in (first, second, third, mine)]


def test_a_branch_that_was_deleted_at_the_remote_comes_back(tmp_path: Path) -> None:
    remote, (a,) = shared_by(tmp_path, "a")
    first = log(a)
    push(a)
    git(remote, "update-ref", "-d", f"refs/heads/{first.branch}")
    second = log(a, minute=1)
    assert push(a) == []
    assert entries(remote, first.branch) == [first.commit, second.commit]


def test_a_lost_device_leaves_its_chain_and_the_new_clone_begins_another(tmp_path: Path) -> None:
    remote, (a,) = shared_by(tmp_path, "a")
    first = log(a)
    push(a)
    shutil.rmtree(a)
    new = log(clone(remote, tmp_path / "new"))
    assert (new.sequence, new.branch != first.branch) == (1, True)
