"""New trees from old ones: only the folders on the way to what changes are written."""

from collections.abc import Mapping

from docpipe.adapters.git import names
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import TREE, Entry, Object, made, tree_bytes

Changes = Mapping[str, Entry | None]
"""What to put at each path; None takes away what is there."""


def replanted(reader: Objects, root: str, changes: Changes) -> tuple[str, list[Object]]:
    """The tree `root` ("" for none) with `changes`, and the tree objects that it takes.

    A folder with nothing left in it goes. What stands where a folder is needed makes room for it.
    Raises DocpipeError for a path that cannot be one.
    """
    for path in changes:
        names.path(path)
    grown = _grown(reader, root, changes)
    if not grown:
        top = made(reader.repo.digest, "tree", b"")
        return top.id, [top]
    return grown[-1].id, grown


def _grown(reader: Objects, root: str, changes: Changes) -> list[Object]:
    """The objects of the new tree, itself last; none for an empty one."""
    tree = dict(reader.tree(root)) if root else {}
    written: list[Object] = []
    for path, entry in changes.items():
        if "/" not in path:
            _put(tree, path, entry)
    for name, below in _below(changes).items():
        old = tree.get(name)
        grown = _grown(reader, old.id if old and old.mode == TREE else "", below)
        written += grown
        if grown:
            tree[name] = Entry(TREE, grown[-1].id)
        elif old and old.mode == TREE:
            del tree[name]
    if tree:
        written.append(made(reader.repo.digest, "tree", tree_bytes(tree)))
    return written


def _put(tree: dict[str, Entry], name: str, entry: Entry | None) -> None:
    if entry is None:
        if name in tree and tree[name].mode != TREE:
            del tree[name]
    else:
        tree[name] = entry


def _below(changes: Changes) -> dict[str, dict[str, Entry | None]]:
    folders: dict[str, dict[str, Entry | None]] = {}
    for path, entry in changes.items():
        folder, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(folder, {})[rest] = entry
    return folders
