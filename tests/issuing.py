"""What the tests of issuing share: a workspace in Git, clones of it, and records by plain git."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from docpipe.adapters.yamlfile import Node, load
from tests.adapters.git.kit import clone, git, repository
from tests.conftest import ROOT, copy_workspace

ORDER = "ZF-2026-0002"
FOLDER = f"orders/2026/03/{ORDER}"
SHELF = f"ZF-2026-00xx/{ORDER}"
"""Where it stands on `records`, below orders/ and approvals/."""
LIN = ("林样", "lin.yang@zefan.example")
ZHOU = ("周模", "zhou.mo@zefan.example")


def introduced(folder: Path, who: tuple[str, str] = LIN) -> Path:
    """Say who works in a repository."""
    git(folder, "config", "user.name", who[0])
    git(folder, "config", "user.email", who[1])
    return folder


@cache
def _contents() -> Path:
    """A git directory that has all contents of the sample workspace, packed, and no commit.

    Git finds them there and writes a tenth of what it would otherwise.
    """
    folder = Path(tempfile.mkdtemp(prefix="docpipe-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shop = copy_workspace(folder / "shop")
    git(shop, "init", "--quiet", "--initial-branch=main", "--template=")
    git(shop, "add", "--all")
    git(shop, "repack", "-a", "-d", "-q")
    return shop / ".git"


def kept(shop: Path, *, approvals: bool = False) -> Path:
    """The sample workspace as a repository, all saved; its documents take approvals if wanted."""
    if not approvals:
        edit(shop, "templates/catalogue.yaml", "    approvals: [{role: legal}]\n", "")
    (shop / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    shutil.copytree(_contents(), shop / ".git")
    introduced(shop)
    git(shop, "add", "--all")
    git(shop, "commit", "--quiet", "-m", "Begin")
    return shop


def shared(
    base: Path, names: Iterable[str], *, orders: int = 0, flow: str = "", approvals: bool = False
) -> tuple[Path, list[Path]]:
    """A bare repository of the sample workspace, with so many orders more, and clones of it."""
    first = copy_workspace(base / "first")
    if flow:
        edit(first, "company.yaml", "flow: pull-request", f"flow: {flow}")
    for number in range(orders):
        young_order(first, f"ZF-2026-{1000 + number}")
    kept(first, approvals=approvals)
    remote = repository(base / "shared.git", "--bare")
    git(first, "push", "--quiet", remote.as_uri(), "main")
    return remote, [introduced(clone(remote, base / name)) for name in names]


def young_order(shop: Path, number: str) -> None:
    """An order of which only the first file is there: it has an order sheet."""
    home = shop / "orders/2026/03" / number
    home.mkdir(parents=True)
    text = (shop / FOLDER / "order.yaml").read_text(encoding="utf-8").replace(ORDER, number)
    (home / "order.yaml").write_text(text, encoding="utf-8")


def edit(shop: Path, file: str, find: str, put: str) -> None:
    """Change a file of the order, or of the workspace."""
    path = shop / FOLDER / file if not (shop / file).exists() else shop / file
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, put), encoding="utf-8")


def saved(shop: Path, file: str, find: str, put: str) -> None:
    """Change a file and save it."""
    edit(shop, file, find, put)
    git(shop, "commit", "--quiet", "-am", "change")


def started(clone: Path, *arguments: str) -> subprocess.Popen[str]:
    """`docpipe ARGUMENTS`, left running."""
    return subprocess.Popen(
        [sys.executable, "-m", "docpipe", *arguments], cwd=clone, env=dict(os.environ),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def given(folder: Path) -> dict[str, tuple[str, str]]:
    """Every number on record, with order and document, by plain git."""
    names = git(folder, "ls-tree", "-r", "--name-only", "records", "numbers/").splitlines()
    rows = [read(folder, name) for name in names]
    found = {row.text("number"): (row.text("order"), row.text("document")) for row in rows}
    assert len(found) == len(names), "a number was given twice"
    return found


def issued_files(folder: Path) -> set[tuple[str, str]]:
    """Order and document of every first revision on record."""
    names = git(folder, "ls-tree", "-r", "--name-only", "records", "orders/").splitlines()
    return {tuple(name.split("/")[2:4]) for name in names if name.endswith("/r0.docx")}  # type: ignore[misc]


def read(folder: Path, path: str) -> Node:
    """A file on record, read strictly."""
    loaded = load(git(folder, "show", f"records:{path}").encode(), path)
    assert loaded.root is not None
    assert loaded.diagnostics == []
    return loaded.root


def blob(folder: Path, path: str) -> bytes:
    """A file on record, its bytes."""
    done = subprocess.run(["git", "show", f"records:{path}"], cwd=folder, capture_output=True,
                          check=True)  # fmt: skip
    return done.stdout
