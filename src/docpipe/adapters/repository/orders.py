"""Where a commit has the order of a number, found by the names alone: few of 100,000 are read."""

from collections.abc import Iterable, Iterator

from docpipe.adapters.repository.objects import TREE
from docpipe.adapters.repository.opening import Repository
from docpipe.adapters.repository.reading import Objects, find
from docpipe.adapters.repository.timeline import difference

_DEPTH = 3  # orders/<year>/<month>/<number>
_SHEET = "order.yaml"
_HOME = "orders"


def order_folders(reader: Objects, root: str, prefix: str, number: str) -> list[str]:
    """The folders below `orders` that are called `number` and hold an order, by path.

    `root` is the commit's tree, `prefix` the workspace's folder in it.
    """
    entry = find(reader, root, prefix + _HOME)
    if entry is None or not entry.is_folder:
        return []
    sought = b"40000 " + number.encode("utf-8", "surrogateescape") + b"\0"
    level, found = {_HOME: entry.id}, []
    for depth in range(_DEPTH):
        contents = dict(zip(level, reader.many(level.values()), strict=True))
        found += [f"{folder}/{number}" for folder, data in contents.items() if sought in data]
        if depth + 1 < _DEPTH:
            level = {
                f"{folder}/{name}": below.id
                for folder, tree in level.items()
                for name, below in reader.tree(tree).items()
                if below.mode == TREE and name != number
            }
    return sorted(path for path in found if find(reader, root, f"{prefix}{path}/{_SHEET}"))


def folder_before(
    repo: Repository, reader: Objects, parent: str, commit: str, folder: str
) -> str | None:
    """Where an order that came with `commit` stood in its `parent`; None where it was new.

    It is the folder of the same number, else the one that went with this commit and had at least
    half of its files exactly as the new one has them: the order got another number.
    """
    root, now = reader.root(parent), reader.root(commit)
    same = order_folders(reader, root, repo.prefix, folder.rpartition("/")[2])
    if same and folder not in same:
        return same[0]
    new = set(_files(reader, now, repo.prefix + folder))
    gone = _gone(repo, parent, commit) if new else []
    counts = {}
    for each in gone:
        old = list(_files(reader, root, repo.prefix + each))
        shared = sum(name in new for name in old)
        if shared and 2 * shared >= len(old):
            counts[each] = shared
    return max(counts, key=counts.__getitem__) if counts else None


def _gone(repo: Repository, parent: str, commit: str) -> Iterable[str]:
    """Folders whose order sheet `commit` took away."""
    rows = difference(repo, parent, commit, _HOME, only="D")
    paths = (repo.below(row.path) for row in rows)
    return [path.removesuffix(f"/{_SHEET}") for path in paths if path.endswith(f"/{_SHEET}")]


def _files(reader: Objects, root: str, folder: str) -> Iterator[str]:
    """The names of the contents of all files below a folder."""
    entry = find(reader, root, folder)
    trees = [entry.id] if entry is not None and entry.is_folder else []
    while trees:
        for below in reader.tree(trees.pop()).values():
            if below.mode == TREE:
                trees.append(below.id)
            else:
                yield below.id


def last_with(repo: Repository, tip: str, number: str) -> str | None:
    """The last commit up to `tip` that touched an order sheet of this number; None for none.

    It looks through the whole history: for a number that `tip` itself does not have.
    """
    name = _escaped(number)
    words = ["log", "-1", "--format=%H", "--no-renames", tip, "--"]
    words += [f":(glob){_escaped(repo.prefix)}{_HOME}/{'*/' * n}{name}/{_SHEET}" for n in range(3)]
    out = repo.git(*words, extra={"GIT_LITERAL_PATHSPECS": "0"})
    return out.decode("ascii").strip() or None


def _escaped(text: str) -> str:
    """`text` so that git's patterns take it as it is."""
    return "".join(f"\\{char}" if char in "*?[]\\" else char for char in text)
