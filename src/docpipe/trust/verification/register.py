"""What is on record, by order, and where each file came from."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docpipe.adapters.git import TREE, Commit, CommitSource, Objects
from docpipe.diagnostics import Text, Value
from docpipe.trust.formats.issued import order_path
from docpipe.trust.verification.faults import LOOK, Fault, Kind, fault

_COUNT = r"(?:0|[1-9]\d{0,8})"
_OF = r"[^/]+/(?P<of>[^/]+)/[^/]+"  # shelf, order, document
_FORMS = {
    "orders": re.compile(rf"orders/{_OF}/r{_COUNT}(\.docx|\.yaml|-withdrawn\.yaml)"),
    "approvals": re.compile(rf"approvals/{_OF}/{_COUNT}(\.yaml|\.txt|-withdrawn\.yaml)"),
    "numbers": re.compile(r"(?P<of>numbers/[^/]+/\d{4})/\d{4,12}\.yaml"),
}
_KEPT = 20_000  # files whose folders are kept in memory
_STRAY = Kind(
    "stray-file",
    Text("docpipe writes no such file on the branch records",
         "docpipe 不会在 records 分支写入这样的文件"),
    LOOK,
)  # fmt: skip


class Register(Value):
    """All files on record, each with Git's name of it: documents and approvals by order, numbers by
    folder; and what fits nowhere.

    `added` is the commit that put each file there, `places` counts commits from the first on.
    """

    source: CommitSource
    documents: Mapping[str, Mapping[str, str]]
    approvals: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, Mapping[str, str]]
    strays: Sequence[str]
    added: Mapping[str, Commit]
    places: Mapping[str, int]

    @property
    def orders(self) -> list[str]:
        """The numbers of all orders of which anything is on record."""
        return sorted({*self.documents, *self.approvals})

    def prefetch(self, reader: Objects, orders: Iterable[str]) -> None:
        """Get what is on record of these orders, all that will be read of it, at once."""
        files = [file for order in orders for file in self.documents.get(order, {}).items()]
        commits = (self.added.get(path) for path, _ in files if path.endswith("/r0.yaml"))
        came = [change for commit in commits if commit for change in commit.changes]
        numbers = [change.new.id for change in came if change.path.startswith("numbers/")]
        reader.prefetch([*(name for _, name in files), *numbers])

    def strangers(self) -> Iterator[Fault]:
        """Files that docpipe does not write."""
        for path in self.strays:
            commit = self.added.get(path)
            yield fault(_STRAY, path, commit.id if commit else "")


def register(reader: Objects, root: str, commits: Iterable[Commit]) -> Register:
    """The records whose tree is `root`, put there by `commits`, oldest first."""
    found: dict[str, dict[str, dict[str, str]]] = {name: {} for name in _FORMS}
    strays: list[str] = []
    for count, (path, name) in enumerate(_files(reader, root, "")):
        if count % _KEPT == 0:
            reader.forget()
        sort = path.partition("/")[0]
        of = _whose(sort, path)
        if of is None:
            strays.append(path)
        else:
            found[sort].setdefault(of, {})[path] = name
    added: dict[str, Commit] = {}
    places: dict[str, int] = {}
    for place, commit in enumerate(commits):
        places[commit.id] = place
        for change in commit.changes:
            added.setdefault(change.path, commit)
    source = CommitSource(reader, root)
    return Register(source, found["orders"], found["approvals"], found["numbers"], strays,
                    added, places)  # fmt: skip


def _whose(sort: str, path: str) -> str | None:
    """The order or the folder of numbers that a file belongs to; None where none is written."""
    match = _FORMS[sort].fullmatch(path) if sort in _FORMS else None
    if match is None or (sort != "numbers" and f"/{order_path(match['of'])}/" not in path):
        return None
    return match["of"]


def _files(reader: Objects, tree: str, above: str) -> Iterator[tuple[str, str]]:
    """Every file below a tree with its content's name, also what a workspace would pass over."""
    entries = reader.tree(tree) if tree else {}
    reader.prefetch(entry.id for entry in entries.values() if entry.mode == TREE)
    for name, entry in entries.items():
        if entry.mode == TREE:
            yield from _files(reader, entry.id, f"{above}{name}/")
        else:
            yield above + name, entry.id
