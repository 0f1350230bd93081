"""A shop whose `main` is attacked, and work on it by plain git in anybody's name."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from docpipe.adapters.git import Objects, open_repository, plainly
from docpipe.trust.invariants.main import of_main
from docpipe.trust.judging.main_history import MainHistory
from tests.adapters.git.kit import GIT, clone, git, repository
from tests.conftest import copy_workspace
from tests.issuing import LIN, ZHOU, edit, introduced, kept
from tests.receiving import Pushed, named, run
from tests.tampering import signatures
from tests.tampering.signatures import FINANCE, LEGAL

__all__ = ["FINANCE", "LEGAL", "LIN", "ZHOU", "edit", "git"]

Person = tuple[str, str]
ACCOUNT, ANOTHER = "0000 1111 2222 3333", "9999 8888 7777 6666"


def begun(base: Path, *, signed: bool) -> Path:
    """A shop in `base`/shop with a shared repository that has the hook; signed if wanted.

    What `keys` makes lies beside them. Colleagues have said nothing of orders yet.
    """
    first = kept(copy_workspace(base / "first"), approvals=True)
    if signed:
        shutil.move(first, base / "shop")
        signatures.keys(base / "shop")
        first = base / "shop"
    remote = repository(base / "shared.git", "--bare")
    run(base, "hook", "install", str(remote))
    git(first, "push", "--quiet", str(remote), "main")
    shutil.rmtree(first)
    shop = clone(remote, base / "shop")
    git(shop, "remote", "set-url", "origin", "../shared.git")
    if signed:
        git(shop, "config", "gpg.format", "ssh")
        git(shop, "config", "commit.gpgsign", "true")
    return shop


def copied(shop: Path, target: Path) -> Path:
    """The shop and all that is beside it, for one test."""
    shutil.copytree(shop.parent, target, symlinks=True)
    return target / shop.name


def is_signed(shop: Path) -> bool:
    return (shop.parent / "keys").exists()


def become(shop: Path, who: Person) -> None:
    """Let a person go on, with a key of theirs where everything is signed."""
    (signatures.become if is_signed(shop) else introduced)(shop, who)


def save(shop: Path, who: Person, *words: str, **environment: str) -> str:
    """Commit all there is in somebody's name; the commit."""
    become(shop, who)
    git(shop, "add", "--all")
    words = ("commit", "--quiet", "--allow-empty", "-m", "x", *words)
    git(shop, *words, **{**named(who), **environment})
    return git(shop, "rev-parse", "HEAD")


def join(shop: Path, who: Person, branch: str, *words: str) -> str:
    """Join a branch by a merge of somebody's; the commit."""
    become(shop, who)
    git(shop, "merge", "--quiet", "--no-ff", "-m", "Join", *words, branch, **named(who))
    return git(shop, "rev-parse", "HEAD")


def branch(shop: Path, name: str = "work", at: str = "HEAD") -> None:
    git(shop, "switch", "--quiet", "--create", name, at)


def back(shop: Path) -> None:
    git(shop, "switch", "--quiet", "main")


def point(shop: Path, tree: str, *parents: str, who: Person, sign: bool = False) -> str:
    """Move main to a commit of this tree with these parents, made without any merge."""
    become(shop, who)
    words = [word for parent in parents for word in ("-p", parent)]
    sign_ = ["-S"] if sign else []
    tree = git(shop, "rev-parse", f"{tree}^{{tree}}")
    made = git(shop, "commit-tree", *sign_, tree, *words, "-m", "Join", **named(who))
    git(shop, "switch", "--quiet", "main")
    git(shop, "reset", "--quiet", "--hard", made)
    return made


def pushed(shop: Path, *refspecs: str) -> Pushed:
    """Push main as it is, by plain git and with force: the server alone decides."""
    done = subprocess.run(
        [GIT, "push", "--force", "--porcelain", "origin", *(refspecs or ("main",))], cwd=shop,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return Pushed(done.returncode == 0, done.stderr)


def named_by_verify(shop: Path) -> list[str]:
    """The codes of what verify finds wrong with main as it is here."""
    repo = plainly(open_repository(shop))
    with Objects(repo, verify=True) as reader:
        found = list(of_main(MainHistory(repo, reader, git(shop, "rev-parse", "main"))))
    for each in found:
        for lang in ("en", "zh"):
            assert "{" not in each.message(lang) + each.hint(lang) + each.mend(lang), each
    return sorted({each.code for each in found})


Deed = Callable[[Path], object]


def rewrite(shop: Path, path: str, find: str, put: str, count: int = 1) -> None:
    """Change a file; what is to be found must be there."""
    file = shop / path
    text = file.read_text(encoding="utf-8")
    assert find in text, find
    file.write_text(text.replace(find, put, count), encoding="utf-8")


def moment(days: int) -> dict[str, str]:
    """Variables that date a commit so many days from now."""
    when = f"{int(datetime.now(UTC).timestamp()) + 86_400 * days} +0000"
    return {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
