"""What git itself makes of a merge's parents, whatever the repository's settings say.

Git is run in an empty repository of its own that only borrows the objects: no merge driver, no
attributes, no settings of anybody's take part, in a clone as on the server, and nothing is written
to either. So `* merge=union` in a .gitattributes joins nothing here; where both sides changed the
same lines, somebody has to sign what became of it.
"""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from docpipe.adapters.git import program
from docpipe.adapters.git.locking import writable
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Value

_BARE = {
    **program.PLAINLY,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
}
_SETTINGS = (
    "core.attributesFile=" + os.devnull, "core.fsync=none", "merge.renames=true",
    "merge.renameLimit=7000", "merge.directoryRenames=conflict", "diff.algorithm=myers",
)  # fmt: skip
_TOGETHER = 200
_CLEAN = re.compile(rb"1\0([0-9a-f]{40,64})\0\0")


class Merge(Value):
    """A commit with two parents, and the tree that it has."""

    id: str
    parents: tuple[str, ...]
    tree: str


def by_git_alone(repo: Repository, merges: Sequence[Merge]) -> frozenset[str]:
    """Those merges of two parents whose tree is exactly what git makes of the two.

    Not one that git could not make alone: of more than two, where both changed the same, of
    histories that have nothing in common.
    """
    pairs = [merge for merge in merges if len(merge.parents) == 2]
    if not pairs:
        return frozenset()
    found: set[str] = set()
    with _borrowing(repo) as folder:
        for start in range(0, len(pairs), _TOGETHER):
            some = pairs[start : start + _TOGETHER]
            trees = _trees(folder, [merge.parents for merge in some])
            found.update(m.id for m, tree in zip(some, trees, strict=True) if m.tree == tree)
    return frozenset(found)


def _trees(folder: Path, pairs: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """What git makes of each pair; "" where it can make nothing of it alone."""
    while pairs:
        clean = _clean(folder, pairs)
        yield from clean
        if len(clean) < len(pairs):  # git could not merge these two, or gave up on them
            yield ""
        pairs = pairs[len(clean) + 1 :]


def _clean(folder: Path, pairs: Sequence[tuple[str, ...]]) -> list[str]:
    """The trees of the pairs in front that git could join."""
    settings = [word for each in _SETTINGS for word in ("-c", each)]
    words = ["--git-dir=.", *settings, "merge-tree", "--write-tree", "--stdin", "--no-messages"]
    stdin = "".join(f"{one} {two}\n" for one, two in pairs).encode("ascii")
    out = program.run(folder, words, stdin=stdin, extra=_BARE).out
    found: list[str] = []
    at = 0
    while match := _CLEAN.match(out, at):
        found.append(match[1].decode("ascii"))
        at = match.end()
    return found[: len(pairs)]


@contextmanager
def _borrowing(repo: Repository) -> Iterator[Path]:
    """An empty bare repository, for a while, that finds the objects of `repo` as its own."""
    with writable(), tempfile.TemporaryDirectory(prefix="docpipe-") as name:
        folder = Path(name)
        (folder / "refs").mkdir()
        (folder / "objects/info").mkdir(parents=True)
        (folder / "HEAD").write_text("ref: refs/heads/none\n", "ascii")
        form = "[core]\nrepositoryformatversion = 1\nbare = true\n[extensions]\nobjectFormat = "
        (folder / "config").write_text(f"{form}{repo.digest}\n", "ascii")
        stores = [str(store) for store in _stores(repo)]
        (folder / "objects/info/alternates").write_text("\n".join([*stores, ""]), "utf-8")
        yield folder


def _stores(repo: Repository) -> Iterator[Path]:
    """Where objects lie: those of a push that is not accepted yet, too."""
    brought: Mapping[str, str] = repo.quarantine
    if store := brought.get("GIT_OBJECT_DIRECTORY"):
        yield (repo.folder / store).resolve()
    yield repo.common_dir / "objects"
