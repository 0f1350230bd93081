"""Commits of the access log and of witnesses as data, and the objects that they are."""

import hashlib
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docpipe.adapters.git.objects import Sign, name_of, signed
from tests.issuing import LIN

EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
NOW = datetime.now(UTC).replace(microsecond=0)
Person = tuple[str, str]


def moment(**ago: float) -> datetime:
    """So long ago."""
    return NOW - timedelta(**ago)


@dataclass(frozen=True)
class Spec:
    """A commit to be made; `parents` None: the one before it in the list."""

    by: Person
    when: datetime
    sign: Sign | None
    subject: str
    trailers: tuple[tuple[str, str], ...]
    author: Person | None = None
    authored: datetime | None = None
    parents: tuple[str, ...] | None = None
    more: tuple[str, ...] = ()
    tree: str = EMPTY
    text: str = ""
    zone: str = "+0000"
    head: str = ""
    tail: str = ""
    twice: bool = False

    def told(self, key: str) -> str:
        """A trailer."""
        return dict(self.trailers).get(key, "")

    def telling(self, **changes: str) -> "Spec":
        """With other trailers; what is not there comes last."""
        told = {**dict(self.trailers), **changes}
        return replace(self, trailers=tuple(told.items()))


@dataclass
class Case:
    """What is pushed: commits behind `old`, to a branch; the honest push that edits change."""

    ref: str
    old: str
    base: str
    specs: list[Spec]
    chance: random.Random
    odd: dict[str, str]
    signs: dict[str, Sign]
    tip: str | None = ""
    edits: list[str] = field(default_factory=list)

    def some(self) -> int:
        """One of the commits."""
        return self.chance.randrange(len(self.specs))

    def put(self, **changes: object) -> None:
        """Change one of the commits."""
        at = self.some()
        self.specs[at] = replace(self.specs[at], **changes)  # type: ignore[arg-type]

    def tell(self, **changes: str) -> None:
        """Change a trailer of one of them."""
        at = self.some()
        self.specs[at] = self.specs[at].telling(**changes)


def write(objects: Path, kind: str, content: bytes) -> str:
    """An object into a repository, loose; its name."""
    name = name_of("sha1", kind, content)
    path = objects / name[:2] / name[2:]
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(zlib.compress(b"%s %d\0" % (kind.encode(), len(content)) + content, 1))
    return name


def made(objects: Path, base: str, specs: Sequence[Spec]) -> str:
    """The commits, one behind the other; the last."""
    tip = base
    for each in specs:
        tree = each.tree
        if each.text:
            blob = write(objects, "blob", each.text.encode("utf-8", "surrogateescape"))
            tree = write(objects, "tree", b"100644 checkpoint.txt\0" + bytes.fromhex(blob))
        above = each.parents if each.parents is not None else ((tip,) if tip else ())
        lines = [f"tree {tree}", *(f"parent {one}" for one in (*above, *each.more))]
        for role, who, when in (("author", each.author or each.by, each.authored or each.when),
                                ("committer", each.by, each.when)):  # fmt: skip
            lines.append(f"{role} {who[0]} <{who[1]}> {int(when.timestamp())} {each.zone}")
        told = "".join(f"{key}: {value}\n" for key, value in each.trailers)
        content = "\n".join(lines) + f"\n{each.head}\n{each.subject}\n\n{told}{each.tail}"
        data = content.encode("utf-8", "surrogateescape")
        for _ in range((each.sign is not None) * (1 + each.twice)):
            assert each.sign is not None
            data = signed(data, each.sign(data), "sha1")
        tip = write(objects, "commit", data)
    return tip


def whole(lines: Sequence[str]) -> str:
    """A checkpoint's text."""
    body = "".join(f"{line}\n" for line in lines)
    return f"{body}sha256 {hashlib.sha256(body.encode('utf-8', 'surrogateescape')).hexdigest()}\n"


def honest_logs(old: str, main: str, signs: dict[str, Sign | None]) -> Iterator[Spec]:
    """Three entries from before signatures were asked for, two with a key that ended, and more."""
    for number in range(1, 10):
        sign = None if number < 4 else signs["old" if number < 6 else "lin"]
        when = moment(days=10 if number < 4 else 5 if number < 6 else 1) + timedelta(minutes=number)
        told = {"Docpipe-Access": "1", "Sequence": f"{number}",
                "Main": old if number < 4 else main, "Command": "open",
                "Order": "ZF-2026-0002"}  # fmt: skip
        yield Spec(LIN, when, sign, "Open ZF-2026-0002", tuple(told.items()))


def honest_checkpoints(
    others: tuple[str, str], branch: str, old: str, main: str, signs: dict[str, Sign | None]
) -> Iterator[Spec]:  # fmt: skip
    """The first from before signatures were asked for, the second with a key that ended."""
    for number in range(5):
        when: datetime = moment(days=(9, 5, 1, 1, 1)[number]) + timedelta(minutes=number)
        rows = [f"{others[number > 0]} {branch}", f"{main if number else old} main"]
        sign = signs["lin" if number > 1 else "old"] if number else None
        text = whole(["docpipe checkpoint 1", when.isoformat(), *rows])
        yield Spec(LIN, when, sign, "Witness what is on record", (("Docpipe-Witness", "1"),),
                   text=text)  # fmt: skip
