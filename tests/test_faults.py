"""Every fault of the surroundings, met by `save`, `approve` and `issue`: told clearly, or it works.

A refusal changes nothing, and what can be mended works once it is.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from docpipe.cli.edge import run
from tests.adapters.git.kit import fake_git, git, hook, is_sound, on_record, repository
from tests.conftest import copy_workspace
from tests.issuing import FOLDER, ORDER, ZHOU, introduced, kept

SAVE = ("save", "-m", "mine", "ZF-2026-0003")
APPROVE = ("approve", ORDER, "purchase-release-1")
ISSUE = ("issue", ORDER, "order-sheet")
MINE = "orders/2026/04/ZF-2026-0003/order.yaml"
WORKS = ""

pytestmark = pytest.mark.soak


@dataclass
class CommittedInputs:
    """A clone in which the manager works on one order, what it was cloned from, and a PATH."""

    shop: Path
    remote: Path
    tmp: Path
    patch: pytest.MonkeyPatch

    def git(self, *arguments: str) -> str:
        return git(self.shop, *arguments)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace in a repository, made once."""
    base = tmp_path_factory.mktemp("first")
    shop = kept(copy_workspace(base / "shop"))
    remote = repository(base / "shared.git", "--bare")
    git(shop, "push", "--quiet", remote.as_uri(), "main")
    return base


@pytest.fixture
def desk(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommittedInputs:
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    shop, remote = tmp_path / "shop", tmp_path / "shared.git"
    introduced(shop, ZHOU)
    git(shop, "remote", "add", "origin", remote.as_uri())
    git(shop, "fetch", "--quiet")
    git(shop, "update-index", "-q", "--refresh")
    with (shop / MINE).open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    return CommittedInputs(shop, remote, tmp_path, monkeypatch)


def nobody(desk: CommittedInputs) -> None:
    desk.git("config", "--unset", "user.name")
    desk.git("config", "--unset", "user.email")


def alone(desk: CommittedInputs) -> None:
    desk.git("remote", "remove", "origin")


def unreachable(desk: CommittedInputs) -> None:
    desk.git("remote", "set-url", "origin", (desk.tmp / "gone.git").as_uri())


def dirty(desk: CommittedInputs) -> None:
    (desk.shop / "notes.txt").write_text("1\n")
    desk.git("add", "notes.txt")
    (desk.shop / "notes.txt").write_text("2\n")


def detached(desk: CommittedInputs) -> None:
    desk.git("checkout", "--quiet", "--detach")


def rejected(desk: CommittedInputs) -> None:
    hook(desk.remote, "pre-receive", "echo 'no pushes on Sundays' >&2; exit 1")


def protected_main(desk: CommittedInputs) -> None:
    hook(desk.remote, "update", '[ "$1" != refs/heads/main ]')


def protected_records(desk: CommittedInputs) -> None:
    hook(desk.remote, "update", 'case "$1" in *records) echo protected >&2; exit 1;; esac')


def index_lock(desk: CommittedInputs) -> None:
    (desk.shop / ".git/index.lock").write_bytes(b"somebody's")


def no_git(desk: CommittedInputs) -> None:
    desk.patch.setenv("PATH", str(desk.tmp / "nothing"))


def old_git(desk: CommittedInputs) -> None:
    desk.patch.setenv("PATH", str(fake_git(desk.tmp / "bin", "echo 'git version 2.25.1'")))


def other_owner(desk: CommittedInputs) -> None:
    script = 'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "$GIT" "$@"'
    path = os.pathsep.join([str(fake_git(desk.tmp / "bin", script)), os.environ["PATH"]])
    desk.patch.setenv("PATH", path)


def _cloned(desk: CommittedInputs, *options: str) -> None:
    """The same desk in a clone of another kind."""
    other = desk.tmp / "other"
    git(desk.tmp, "clone", "--quiet", *options, desk.remote.as_uri(), "other")
    shutil.copy(desk.shop / MINE, other / MINE)
    desk.shop = introduced(other, ZHOU)


def shallow(desk: CommittedInputs) -> None:
    git(desk.shop, "commit", "--quiet", "--allow-empty", "-m", "second")
    git(desk.shop, "push", "--quiet", "origin", "main")
    _cloned(desk, "--depth", "1")


def linked(desk: CommittedInputs) -> None:
    desk.git("worktree", "add", "--quiet", "-b", "side", str(desk.tmp / "linked"))
    shutil.copy(desk.shop / MINE, desk.tmp / "linked" / MINE)
    desk.shop = desk.tmp / "linked"


def submodule(desk: CommittedInputs) -> None:
    outer = repository(desk.tmp / "outer")
    git(outer, "submodule", "--quiet", "add", desk.remote.as_uri(), "trade")
    shutil.copy(desk.shop / MINE, outer / "trade" / MINE)
    desk.shop = introduced(outer / "trade", ZHOU)


def sha256(desk: CommittedInputs) -> None:
    shutil.rmtree(desk.shop / ".git")
    shutil.rmtree(desk.remote)
    repository(desk.remote, "--bare", "--object-format=sha256")
    text = (desk.shop / MINE).read_text(encoding="utf-8")
    (desk.shop / MINE).write_text(text.removesuffix("# mine\n"), encoding="utf-8")
    repository(desk.shop, "--object-format=sha256")
    introduced(desk.shop, ZHOU)
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "-m", "Begin")
    desk.git("remote", "add", "origin", desk.remote.as_uri())
    desk.git("push", "--quiet", "origin", "main")
    (desk.shop / MINE).write_text(text, encoding="utf-8")


def version_4(desk: CommittedInputs) -> None:
    desk.git("update-index", "--index-version", "4")


def split(desk: CommittedInputs) -> None:
    desk.git("config", "core.splitIndex", "true")
    desk.git("update-index", "--split-index")


def sparse(desk: CommittedInputs) -> None:
    folders = [
        p.name for p in desk.shop.iterdir() if p.is_dir() and p.name not in (".git", "orders")
    ]
    orders = ["orders/2026/03", "orders/2026/04"]
    desk.git("sparse-checkout", "set", "--cone", "--sparse-index", *folders, *orders)
    assert not list((desk.shop / "orders/2026/01").rglob("order.yaml"))


def windows_lines(desk: CommittedInputs) -> None:
    for path in (desk.shop / MINE, desk.shop / FOLDER / "order.yaml", desk.shop / "people.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def odd_names(desk: CommittedInputs) -> None:
    """Papers with Chinese names, and two that differ in case only."""
    papers = desk.shop / MINE.replace("order.yaml", "papers")
    papers.mkdir(exist_ok=True)
    for name in ("合同 扫描件.txt", "Scan.txt", "scan.txt"):
        (papers / name).write_text(name, encoding="utf-8")


def rubbish(desk: CommittedInputs) -> None:
    """Somebody pushed what is no record."""
    git(desk.shop, "push", "--quiet", "origin", "HEAD:refs/heads/records")


REMOTE = "cannot be reached"
RUBBISH = "records"
FAULTS: list[tuple[Callable[[CommittedInputs], None], str, str, str]] = [
    # what it meets, then what save, approve and issue say to it
    (nobody, "does not know who you are", "does not know who you are", "does not know who you are"),
    (alone, WORKS, WORKS, WORKS),
    (unreachable, WORKS, REMOTE, REMOTE),
    (dirty, WORKS, WORKS, WORKS),
    (detached, "detached HEAD", WORKS, WORKS),
    (rejected, WORKS, "no pushes on Sundays", "no pushes on Sundays"),
    (protected_main, WORKS, WORKS, WORKS),
    (protected_records, WORKS, "protected", "protected"),
    (index_lock, "Another git program is at work", WORKS, WORKS),
    (no_git, "git is not installed", "git is not installed", "git is not installed"),
    (old_git, "is too old", "is too old", "is too old"),
    (other_owner, "belongs to another user", "belongs to another user", "belongs to another user"),
    (shallow, WORKS, "shallow", "shallow"),
    (linked, WORKS, WORKS, WORKS),
    (submodule, WORKS, WORKS, WORKS),
    (sha256, WORKS, WORKS, WORKS),
    (version_4, WORKS, WORKS, WORKS),
    (split, WORKS, WORKS, WORKS),
    (sparse, WORKS, WORKS, WORKS),
    (windows_lines, WORKS, WORKS, WORKS),
    (odd_names, WORKS, WORKS, WORKS),
    (rubbish, WORKS, RUBBISH, RUBBISH),
]


@pytest.mark.parametrize(
    ("fault", "saving", "approving", "issuing"), FAULTS, ids=lambda f: getattr(f, "__name__", "")
)
def test_save_approve_and_issue_meet(
    fault: Callable[[CommittedInputs], None], saving: str, approving: str, issuing: str,
    desk: CommittedInputs, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    fault(desk)
    before = _state(desk)
    for words, expected in ((APPROVE, approving), (ISSUE, issuing), (SAVE, saving)):
        code = run(["-C", str(desk.shop), *words])
        said = capsys.readouterr().err
        assert "Traceback" not in said
        assert (code == 0) == (expected == WORKS), said
        assert expected in said
        assert code in (0, 1, 4)
    works = [expected == WORKS for expected in (saving, approving, issuing)]
    desk.patch.undo()
    _as_told(desk, before, *works)


def _state(desk: CommittedInputs) -> list[str]:
    return [git(desk.shop, "rev-parse", "HEAD"), _others(desk)]


def _others(desk: CommittedInputs) -> str:
    """What plain git says of all files but those that are saved."""
    lines = git(desk.shop, "status", "--porcelain", GIT_OPTIONAL_LOCKS="0").splitlines()
    return "\n".join(line for line in lines if "ZF-2026-0003" not in line)


def _as_told(
    desk: CommittedInputs, before: list[str], saved: bool, approved: bool, issued: bool
) -> None:
    head, others = before
    assert _others(desk) == others
    parent = "HEAD~1" if saved else "HEAD"
    assert git(desk.shop, "rev-parse", parent) == head
    mine = git(desk.shop, "status", "--porcelain", "--", Path(MINE).parent.as_posix())
    assert (mine == "") == saved
    assert (desk.shop / MINE).read_bytes().rstrip().endswith(b"# mine")
    there = on_record(desk.shop)
    assert any(name.startswith("approvals/") for name in there) == approved
    assert any(name.endswith("/order-sheet/r0.docx") for name in there) == issued
    assert is_sound(desk.shop)


def test_a_conflict_stops_saving_only(
    desk: CommittedInputs, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.git("commit", "--quiet", "-am", "mine")
    desk.git("checkout", "--quiet", "-b", "theirs", "HEAD~1")
    with (desk.shop / MINE).open("a", encoding="utf-8") as file:
        file.write("# theirs\n")
    desk.git("commit", "--quiet", "-am", "theirs")
    desk.git("checkout", "--quiet", "main")
    with pytest.raises(AssertionError):
        desk.git("merge", "--quiet", "theirs")
    assert run(["-C", str(desk.shop), *SAVE]) == 1
    assert "ZF-2026-0003/order.yaml" in capsys.readouterr().err
    assert desk.git("status", "--porcelain") == f"UU {MINE}"
    for words in (APPROVE, ISSUE):
        assert run(["-C", str(desk.shop), *words]) == 0, capsys.readouterr().err
    assert desk.git("status", "--porcelain") == f"UU {MINE}"
