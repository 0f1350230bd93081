"""What makes a large repository fast: checked, and fixed without touching anybody's files."""

import shutil
import struct
from pathlib import Path

from docpipe.adapters.git.ancestry import listed
from docpipe.adapters.git.config import configure, is_on
from docpipe.adapters.git.locking import writable, writing
from docpipe.adapters.git.object_reader import Objects, find
from docpipe.adapters.git.repository import Repository

_MANY_LOOSE = 6_700
_MANY_PACKS = 50
"""Git's own limits (gc.auto, gc.autoPackLimit); docpipe never starts packing by itself."""
_LONG = 3_600.0  # seconds; the first graph of a large repository takes minutes

_NEW_COMMITS = 5_000
_HEAD = struct.Struct(">4sBBBB")  # gitformat-commit-graph(5)
_CHUNK = struct.Struct(">4sQ")


class Tuning:
    """A repository's size, what it lacks for it, and putting that right."""

    def __init__(self, reader: Objects, tip: str) -> None:
        self._reader, self._repo, self._tip = reader, reader.repo, tip

    @property
    def orders(self) -> int:
        """How many orders the commit has, counted by their folders' names."""
        reader, home = self._reader, self._repo.prefix + "orders"
        top = find(reader, reader.root(self._tip), home)
        trees = [top.id] if top is not None and top.is_folder else []
        for _ in ("years", "months"):
            below = (entry for tree in trees for entry in reader.tree(tree).values())
            trees = [entry.id for entry in below if entry.is_folder]
        return sum(data.count(b"40000 ") for data in reader.many(trees))

    @property
    def has_graph(self) -> bool:
        """Whether git finds the commits of a file by a commit-graph, but for the latest few.

        It has to hold changed paths, and the commit that stands some thousands back.
        """
        options = ("--max-count=1", f"--skip={_NEW_COMMITS}")
        old = bytes.fromhex([*listed(self._repo, [self._tip], *options), self._tip][0])
        return any(_holds(path, old) for path in _graphs(self._repo))

    def write_graph(self) -> None:
        """Write the commit-graph of all refs, with changed paths. Raises DocpipeError."""
        info = self._repo.common_dir / "objects" / "info"
        locks = info / "commit-graph.lock", info / "commit-graphs" / "commit-graph-chain.lock"
        words = ("commit-graph", "write", "--reachable", "--changed-paths", "--no-progress")
        with writing(self._repo) as held, held.leaving(*locks):
            self._repo.git(*words, held=held.lock, seconds=_LONG)

    @property
    def scattered(self) -> bool:
        """Whether so many objects or packs lie about that git would put them together itself."""
        out = self._repo.git("count-objects", "-v").decode("ascii", "replace")
        rows = dict(line.split(": ", 1) for line in out.splitlines() if ": " in line)
        return int(rows["count"]) > _MANY_LOOSE or int(rows["packs"]) > _MANY_PACKS

    def pack(self) -> None:
        """Put loose objects and small packs together, wanted or not. Raises DocpipeError."""
        words = ("repack", "-d", "-q", "--geometric=2", "--no-write-bitmap-index")
        with writing(self._repo) as held:
            self._repo.git(*words, held=held.lock, seconds=_LONG)

    @property
    def sparse(self) -> bool:
        """Whether only a part of the files is checked out."""
        return is_on(self._repo, "core.sparseCheckout")

    @property
    def sparse_index(self) -> bool:
        """Whether the index leaves out what is not checked out."""
        return is_on(self._repo, "index.sparse")

    def shrink_index(self) -> None:
        """Have the index of a sparse checkout leave out what is not checked out, from now on."""
        configure(self._repo, {"index.sparse": "true"}, of_worktree=True)

    @property
    def caches_untracked(self) -> bool:
        """Whether git remembers which folders have no new files."""
        return is_on(self._repo, "core.untrackedCache")

    def cache_untracked(self) -> bool:
        """Have git remember it; False where this disk does not tell when a folder changes.

        Git tries that out, in a folder of ours on the same disk; it takes some seconds.
        """
        repo, place = self._repo, self._repo.git_dir / "docpipe.trial"
        shutil.rmtree(place, ignore_errors=True)
        with writable():
            place.mkdir()
        try:
            extra = {"GIT_WORK_TREE": str(place), "GIT_DIR": str(repo.git_dir)}
            done = repo.run("update-index", "--test-untracked-cache", extra=extra)
        finally:
            shutil.rmtree(place, ignore_errors=True)
        if done.code == 0:
            configure(repo, {"core.untrackedCache": "true"})
        return done.code == 0

    @property
    def worth_having(self) -> list[str]:
        """What to check out where all is too much: what is not an order, and the last year's."""
        repo, reader = self._repo, self._reader
        home = find(reader, reader.root(self._tip), repo.prefix.rstrip("/"))
        tree = reader.tree(home.id) if home is not None and home.is_folder else {}
        folders = [name for name, entry in tree.items() if entry.is_folder and name != "orders"]
        years = reader.tree(tree["orders"].id) if "orders" in tree else {}
        last = [f"orders/{max(years)}"] if years else []
        return [repo.prefix + name for name in [*folders, *last]]


def _graphs(repo: Repository) -> list[Path]:
    info = repo.common_dir / "objects" / "info"
    single = info / "commit-graph"
    return [*([single] if single.is_file() else []), *(info / "commit-graphs").glob("*.graph")]


def _holds(path: Path, commit: bytes) -> bool:
    """Whether a graph has changed paths (its chunk BIDX) and the commit (in OIDL, sorted)."""
    try:
        data = path.read_bytes()
        magic, _, _, count, _ = _HEAD.unpack_from(data)
        places = dict(
            _CHUNK.unpack_from(data, _HEAD.size + number * _CHUNK.size)
            for number in range(count + 1)
        )
        ends = sorted(places.values())
        start = places[b"OIDL"]
        stop = ends[ends.index(start) + 1]
    except (OSError, struct.error, KeyError, IndexError):
        return False
    return magic == b"CGPH" and b"BIDX" in places and commit in data[start:stop]
