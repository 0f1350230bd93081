"""One push that is tried: what the shared repository has, what is pushed, and how that was made."""

import random
import re
from dataclasses import dataclass, field, replace

from tests.agreement.acts import Act, Put
from tests.agreement.bases import Base

RECORDS = "refs/heads/records"
_TIME = re.compile(rb"(-?\d+) ([+-]\d{4})$")


class Unfit(Exception):
    """An edit finds nothing here that it could edit."""


@dataclass
class Case:
    """Of `acts` the shared repository has the first `cut`, as they honestly were; the rest is
    pushed to `ref`. Its main is `there`, as a place on the line, and moved to `main` with the push.

    With `real` the push is git's own, by way of the hook.
    """

    base: Base
    chance: random.Random
    acts: list[Act]
    cut: int
    there: int
    main: int
    ref: str = RECORDS
    real: bool = False
    told: list[str] = field(default_factory=list)

    def pick(self) -> int:
        """The place of a commit, most often of one that is pushed."""
        first = self.cut if self.chance.random() < 0.95 else 0
        if first >= len(self.acts):
            raise Unfit
        return self.chance.randrange(first, len(self.acts))

    def file(self, pattern: str) -> tuple[int, str, Put]:
        """A file that is put on record, whose whole path fits: by which commit, where, what."""
        every = [
            (at, path, put)
            for at in range(self.cut if self.chance.random() < 0.95 else 0, len(self.acts))
            for path, put in self.acts[at].files.items()
            if put and re.fullmatch(pattern, path)
        ]
        if not every:
            raise Unfit
        return self.chance.choice(every)

    def put(self, at: int, path: str, put: Put | bytes | None) -> None:
        """Let a commit put something else there."""
        new = Put(put) if isinstance(put, bytes) else put
        self.acts[at] = replace(self.acts[at], files={**self.acts[at].files, path: new})

    def without(self, at: int, path: str) -> None:
        """Let a commit say nothing of a file."""
        files = {each: put for each, put in self.acts[at].files.items() if each != path}
        self.acts[at] = replace(self.acts[at], files=files)

    def edit(self, at: int, path: str, find: str, to: str) -> None:
        """Let a file say something else; raises Unfit where it does not say that."""
        put = self.acts[at].files[path]
        assert put is not None
        new, count = re.subn(find.encode(), to.encode(), put.data, count=1, flags=re.MULTILINE)
        if not count or new == put.data:
            raise Unfit
        self.put(at, path, replace(put, data=new))

    def says(self, at: int, find: str, to: str) -> None:
        """Let a commit's message say something else."""
        old = self.acts[at].message
        new = re.sub(find.encode(), to.encode(), old, count=1, flags=re.MULTILINE)
        if new == old:
            raise Unfit
        self.acts[at] = replace(self.acts[at], message=new)

    def record(self, at: int) -> str:
        """The path of the file by which a commit tells who did what when."""
        for path, put in self.acts[at].files.items():
            if put and path.endswith(".yaml") and not path.startswith("numbers/"):
                return path
        raise Unfit


def moved(line: bytes, seconds: int, zone: bytes = b"") -> bytes:
    """An author's or committer's line at another moment."""
    return _TIME.sub(lambda m: b"%d %s" % (int(m[1]) + seconds, zone or m[2]), line)


def moment(line: bytes) -> tuple[int, bytes]:
    """When it was, and by which offset."""
    match = _TIME.search(line)
    if match is None:
        raise Unfit
    return int(match[1]), match[2]


def by(line: bytes, who: tuple[str, str]) -> bytes:
    """The line in somebody else's name."""
    seconds, zone = moment(line)
    return f"{who[0]} <{who[1]}> {seconds} ".encode() + zone
