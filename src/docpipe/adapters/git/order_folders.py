"""Where a commit has the order of a number, found by the names alone: few of 100,000 are read."""

from collections.abc import Iterator

from docpipe.adapters.git.log import difference
from docpipe.adapters.git.object_reader import Objects, find
from docpipe.adapters.git.objects import TREE
from docpipe.adapters.git.repository import Repository

_DEPTH = 3  # orders/<year>/<month>/<number>
_SHEET = "order.yaml"
_HOME = "orders"


def order_folders(reader: Objects, commit: str, number: str) -> list[str]:
    """The folders below `orders` that are called `number` and hold an order, by path.

    Where the years are those that the number names, no others are looked through.
    """
    root, prefix = reader.root(commit), reader.repo.prefix
    entry = find(reader, root, prefix + _HOME)
    if entry is None or not entry.is_folder:
        return []
    below = _folders(reader, {_HOME: entry.id}, number)
    likely = {path: name for path, name in below.items() if path.rpartition("/")[2] in number}
    others = {path: name for path, name in below.items() if path not in likely}
    for level, depth in (({_HOME: entry.id}, 1), (likely, _DEPTH - 1), (others, _DEPTH - 1)):
        paths = _called(reader, level, number, depth)
        if found := [path for path in paths if find(reader, root, f"{prefix}{path}/{_SHEET}")]:
            return sorted(found)
    return []


def _called(reader: Objects, level: dict[str, str], number: str, depth: int) -> Iterator[str]:
    """The folders called `number` in those of a level, and in those below them."""
    sought = b"40000 " + number.encode("utf-8", "surrogateescape") + b"\0"
    for down in range(depth):
        contents = zip(level, reader.many(level.values()), strict=True)
        yield from [f"{folder}/{number}" for folder, data in contents if sought in data]
        level = _folders(reader, level, number) if down + 1 < depth else {}


def _folders(reader: Objects, level: dict[str, str], number: str) -> dict[str, str]:
    """The folders in those of a level, by path, without those that are called `number`."""
    return {
        f"{folder}/{name}": below.id
        for folder, tree in level.items()
        for name, below in reader.tree(tree).items()
        if below.mode == TREE and name != number
    }


def folder_before(
    repo: Repository, reader: Objects, parent: str, commit: str, folder: str
) -> str | None:
    """Where an order that came with `commit` stood in its `parent`; None where it was new.

    Of the folders that went with this commit it is the one of the same number, else one that had
    at least half of its files exactly as the new one has them: the order got another number.
    """
    gone = _gone(repo, parent, commit)
    number = folder.rpartition("/")[2]
    if same := [each for each in gone if each.rpartition("/")[2] == number]:
        return same[0]
    root, now = reader.root(parent), reader.root(commit)
    new = set(_files(reader, now, repo.prefix + folder)) if gone else set()
    counts = {}
    for each in gone:
        old = list(_files(reader, root, repo.prefix + each))
        shared = sum(name in new for name in old)
        if shared and 2 * shared >= len(old):
            counts[each] = shared
    return max(counts, key=counts.__getitem__) if counts else None


def _gone(repo: Repository, parent: str, commit: str) -> list[str]:
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
