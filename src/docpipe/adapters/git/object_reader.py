"""Reading objects in bulk, through one `git cat-file --batch`."""

import subprocess
from collections.abc import Iterable, Iterator
from typing import Self

from docpipe.adapters import programs
from docpipe.adapters.git import names, program
from docpipe.adapters.git.git_errors import DAMAGED, FSCK, Refusal
from docpipe.adapters.git.objects import TREE, Entry, name_of, tree_of
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Text
from docpipe.diagnostics.error import SURROUNDINGS

_MISSING = Text("object {id} is missing", "缺少对象 {id}")
_FORGED = Text("object {id} does not match its name", "对象 {id} 的内容与其名称不符")
_STOPPED = Text("git stopped while reading {id}", "读取 {id} 时 git 意外终止")
_AHEAD = 300  # requests of 65 bytes that fit into a pipe, so that neither side waits for ever
_PIECE = 1 << 16


class Objects:
    """The objects of a repository, read by name. A context manager: it keeps one git running.

    `verify` reads what is really there: no `git replace`, and every content is held against its
    name. Everything raises DocpipeError for an object that is missing or damaged.
    """

    def __init__(self, repo: Repository, *, verify: bool = False) -> None:
        self.repo = repo
        self._verify = verify
        self._process: subprocess.Popen[bytes] | None = None
        self._trees: dict[str, dict[str, Entry]] = {}
        self._ready: dict[str, tuple[str, bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End git. Reading again starts another."""
        process, self._process = self._process, None
        if process is not None:
            programs.end(process)
            process.communicate()

    def blob(self, name: str) -> bytes:
        """A blob's content."""
        return self.content(name, "blob")

    def tree(self, name: str) -> dict[str, Entry]:
        """A tree's entries; kept, since the same folders are asked for again and again."""
        if name not in self._trees:
            self._trees[name] = tree_of(self.content(name, "tree"), self.repo.digest)
        return self._trees[name]

    def commit(self, name: str) -> bytes:
        """A commit's content."""
        return self.content(name, "commit")

    def root(self, commit: str) -> str:
        """The name of a commit's tree."""
        return self.commit(commit).partition(b"\n")[0].removeprefix(b"tree ").decode("ascii")

    def parents(self, commit: str) -> list[str]:
        """The names of the commits that it follows."""
        lines = self.commit(commit).partition(b"\n\n")[0].decode("ascii", "replace").split("\n")
        return [line.removeprefix("parent ") for line in lines if line.startswith("parent ")]

    def content(self, name: str, kind: str) -> bytes:
        """The content of an object that must be of this kind."""
        found, data = self._one(name, None)
        if found != kind:
            raise _damage(_MISSING, name)
        return data

    def start_of(self, name: str, limit: int) -> bytes:
        """At most `limit` bytes of a blob, however large it is."""
        found, data = self._one(name, limit)
        if found != "blob":
            raise _damage(_MISSING, name)
        return data

    def many(self, wanted: Iterable[str]) -> Iterator[bytes]:
        """The contents of objects of any kind, in the order asked for, many in flight at once."""
        batch: list[str] = []
        for name in wanted:
            batch.append(name)
            if len(batch) == _AHEAD:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def exists(self, name: str) -> bool:
        """Whether the object is there; with `verify`, undamaged too (else DocpipeError)."""
        self._ask([name])
        return self._answer(name, None)[0] != "missing"

    def prefetch(self, wanted: Iterable[str]) -> None:
        """Get objects that will be asked for soon, many in flight at once; each is kept until then.

        What is missing or damaged is told when it is asked for.
        """
        names = [name for name in dict.fromkeys(wanted) if name not in self._ready]
        try:
            for start in range(0, len(names), _AHEAD):
                batch = names[start : start + _AHEAD]
                self._ask(batch)
                for name in batch:
                    self._ready[name] = self._answer(name, None)
        except Refusal:  # there are answers in the pipe still
            self.close()

    def forget(self) -> None:
        """Let go of the trees that were kept, and of what was got before it was asked for."""
        self._trees.clear()
        self._ready.clear()

    def _batch(self, batch: list[str]) -> Iterator[bytes]:
        self._ask(batch)
        for count, name in enumerate(batch):
            try:
                kind, data = self._answer(name, None)
                if kind == "missing":
                    raise _damage(_MISSING, name)
                yield data
            except BaseException:  # also a reader who leaves: answers are still in the pipe
                if count + 1 < len(batch):
                    self.close()
                raise

    def _one(self, name: str, limit: int | None) -> tuple[str, bytes]:
        if name in self._ready:
            kind, data = self._ready.pop(name)
            return kind, data[:limit]
        self._ask([name])
        return self._answer(name, limit)

    def _ask(self, wanted: list[str]) -> None:
        if not all(map(names.is_id, wanted)):
            raise ValueError(f"not the whole name of an object: {wanted}")
        if not wanted:
            return
        if self._process is None:
            extra = {**self.repo.variables, **(program.PLAINLY if self._verify else {})}
            words = [*self.repo.where, "cat-file", "--batch"]
            self._process = program.start(
                self.repo.folder, words, extra=extra, stderr=subprocess.DEVNULL
            )
        assert self._process.stdin is not None
        try:
            self._process.stdin.write("".join(f"{name}\n" for name in wanted).encode())
            self._process.stdin.flush()
        except OSError as error:
            self.close()
            raise _damage(_STOPPED, wanted[0]) from error

    def _answer(self, name: str, limit: int | None) -> tuple[str, bytes]:
        """Kind and content of the next answer; ("missing", b"") where there is no such object."""
        assert self._process is not None
        assert self._process.stdout is not None
        head = self._process.stdout.readline().decode("ascii", "replace").split()
        if head[1:] == ["missing"]:
            return "missing", b""
        if len(head) != 3:
            self.close()
            raise _damage(_STOPPED, name)
        kind, size = head[1], int(head[2])
        wanted = size if limit is None else min(size, limit)
        data = self._read(name, wanted)
        rest = size - wanted + 1  # the line break after each content
        while rest:
            rest -= len(self._read(name, min(rest, _PIECE)))
        if self._verify and wanted == size and name_of(self.repo.digest, kind, data) != name:
            raise _damage(_FORGED, name)
        return kind, data

    def _read(self, name: str, size: int) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        data = self._process.stdout.read(size)
        if len(data) != size:
            self.close()
            raise _damage(_STOPPED, name)
        return data


def find(reader: Objects, root: str, path: str) -> Entry | None:
    """What stands at `path` ("" is the root itself) below the tree `root`; None for nothing."""
    entry = Entry(TREE, root)
    for part in path.split("/") if path else []:
        if entry.mode != TREE:
            return None
        below = reader.tree(entry.id).get(part)
        if below is None:
            return None
        entry = below
    return entry


def _damage(why: Text, name: str) -> Refusal:
    return Refusal(DAMAGED, FSCK, exit_code=SURROUNDINGS, why=why, id=name)
