"""A history of records that can be edited: its commits as values, written as git keeps new objects.

Nothing here starts git: a push that is tried costs some files.
"""

import zlib
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docpipe.adapters.git import Sign

FILE, EXECUTABLE, LINK, MODULE = "100644", "100755", "120000", "160000"
Tree = dict[str, "Tree | tuple[str, str]"]
Hash = Callable[[str, bytes], str]


@dataclass(frozen=True)
class Put:
    """A file that a commit puts somewhere; of a module the name of its commit."""

    data: bytes
    mode: str = FILE


@dataclass(frozen=True)
class Act:
    """One commit: who and when, what it says, its files (None: taken away).

    `joins` are more parents; with `orphan` it has not the first. `signer` is by whose key it is
    signed: an e-mail, "" for the committer's own, None for nobody's. `more` are further header
    lines; `seals` is how often its signature stands in it.
    """

    author: bytes
    committer: bytes
    message: bytes
    files: Mapping[str, Put | None] = field(default_factory=dict)
    joins: tuple[str, ...] = ()
    orphan: bool = False
    signer: str | None = ""
    more: bytes = b""
    seals: int = 1

    @property
    def email(self) -> str:
        """The committer's."""
        return self.committer.partition(b"<")[2].partition(b">")[0].decode("utf-8", "replace")


class Loose:
    """Writes objects into a repository, and takes them away again; it has those in `there`."""

    def __init__(self, folder: Path, there: Container[str]) -> None:
        self._objects, self._there = folder / "objects", there
        self._new: list[Path] = []

    def put(self, kind: str, content: bytes) -> str:
        """The name of an object, which is there then."""
        name, packed = _packed(kind, content)
        path = self._objects / name[:2] / name[2:]
        if name not in self._there and not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(packed())
            self._new.append(path)
        return name

    def clear(self) -> None:
        """Take away what was written."""
        for path in self._new:
            path.unlink()
        self._new.clear()


def _packed(kind: str, content: bytes) -> tuple[str, Callable[[], bytes]]:
    from docpipe.adapters.git.objects import name_of

    whole = b"%s %d\0" % (kind.encode(), len(content)) + content
    return name_of("sha1", kind, content), lambda: zlib.compress(whole, 1)


class Writer:
    """Writes histories; `keys` sign for people where everything is signed."""

    def __init__(self, keys: Mapping[str, Sign]) -> None:
        self._keys = keys
        self._seals: dict[tuple[str, bytes], bytes] = {}

    def write(self, acts: Sequence[Act], put: Hash) -> list[str]:
        """The names of the commits, the oldest first, one upon the other."""
        names: list[str] = []
        files: dict[str, tuple[str, str]] = {}
        for act in acts:
            for path, new in act.files.items():
                _set(files, path, (new.mode, _named(new, put)) if new else None)
            parents = [*(names[-1:] if not act.orphan else []), *act.joins]
            names.append(put("commit", self._commit(act, _root(files, put), parents)))
        return names

    def _commit(self, act: Act, root: str, parents: Sequence[str]) -> bytes:
        head = b"tree " + root.encode() + b"\n"
        head += b"".join(b"parent " + each.encode() + b"\n" for each in dict.fromkeys(parents))
        head += b"author " + act.author + b"\ncommitter " + act.committer + b"\n" + act.more
        content = head + b"\n" + act.message
        seal = self._seal(act, content)
        return head + seal * act.seals + b"\n" + act.message

    def _seal(self, act: Act, content: bytes) -> bytes:
        who = act.email if act.signer == "" else act.signer
        if who is None or who not in self._keys:
            return b""
        if (who, content) not in self._seals:
            seal = self._keys[who](content).strip().replace(b"\n", b"\n ")
            self._seals[who, content] = b"gpgsig " + seal + b"\n"
        return self._seals[who, content]


def _named(new: Put, put: Hash) -> str:
    return new.data.decode() if new.mode == MODULE else put("blob", new.data)


def _set(files: dict[str, tuple[str, str]], path: str, new: tuple[str, str] | None) -> None:
    """Put a file there; what stands in its way, or in it, goes."""
    parts = path.split("/")
    for count in range(1, len(parts)):
        files.pop("/".join(parts[:count]), None)
    for below in [each for each in files if each.startswith(f"{path}/")]:
        del files[below]
    files.pop(path, None)
    if new is not None:
        files[path] = new


def _root(files: Mapping[str, tuple[str, str]], put: Hash) -> str:
    top: Tree = {}
    for path, entry in files.items():
        here = top
        *folders, name = path.split("/")
        for folder in folders:
            below = here.setdefault(folder, {})
            assert isinstance(below, dict)
            here = below
        here[name] = entry
    return _tree(top, put)


def _tree(tree: Tree, put: Hash) -> str:
    rows: list[tuple[bytes, bytes]] = []
    for name, entry in tree.items():
        raw = name.encode("utf-8", "surrogateescape")
        folder = isinstance(entry, dict)
        mode, found = ("40000", _tree(entry, put)) if isinstance(entry, dict) else entry
        rows.append(
            (raw + b"/" * folder, b"%s %s\0%s" % (mode.encode(), raw, bytes.fromhex(found)))
        )
    return put("tree", b"".join(row for _, row in sorted(rows)))
