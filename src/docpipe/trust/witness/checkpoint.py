"""Checkpoints: the tips of all branches at a moment, in a few lines to be kept elsewhere."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import Repository
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.invariants.engine import Violation, judged
from docpipe.trust.invariants.kept import HERE, KEPT, WAS_KEPT, Kept

_HEAD = "docpipe checkpoint 1"
_LINE = re.compile(r"(?P<tip>[0-9a-f]{40}|[0-9a-f]{64}) (?P<branch>[^\s]+)")
_BRANCHES = ("main", "records")
_BROKEN = Text(
    "{file} is no checkpoint of docpipe, or not whole: its last line does not fit the others",
    "{file} 不是 docpipe 的检查点，或内容不完整：末行与前文不符",
)
_MAKE = Text(
    "Make one with docpipe log checkpoint > FILE", "可用 docpipe log checkpoint > 文件 生成"
)


class Checkpoint(Value):
    """What was where, and when it was written down."""

    when: datetime
    tips: Mapping[str, str]


def written(tips: Mapping[str, str], now: datetime) -> str:
    """A checkpoint as text: a line each, and a digest over all of them at the end."""
    rows = [f"{tip} {branch}" for branch, tip in sorted(tips.items())]
    body = "".join(f"{line}\n" for line in (_HEAD, now.isoformat(timespec="seconds"), *rows))
    return f"{body}sha256 {hashlib.sha256(body.encode()).hexdigest()}\n"


def read(text: str, file: str) -> Checkpoint:
    """A checkpoint from its text. Raises DocpipeError where it is none, or was changed."""
    body, mark, rest = text.replace("\r\n", "\n").strip().rpartition("sha256 ")
    lines = body.splitlines()
    rows = [_LINE.fullmatch(line) for line in lines[2:]]
    digest = hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()
    try:
        if not mark or lines[0] != _HEAD or rest != digest:
            raise ValueError(file)
        tips = {row["branch"]: row["tip"] for row in rows}  # type: ignore[index]
        if not all(branch in _BRANCHES or git.parted(branch) for branch in tips):
            raise ValueError(file)
        return Checkpoint(datetime.fromisoformat(lines[1]), tips)
    except (ValueError, IndexError, TypeError):
        raise DocpipeError(_BROKEN, _MAKE, exit_code=2, file=file) from None


def lacking(
    repo: Repository, kept: Checkpoint, now: Mapping[str, str], where: Text = HERE
) -> Iterator[Violation]:
    """What of a checkpoint is no longer there; `now` are the tips by branch."""
    seen = WAS_KEPT.filled(when=kept.when.isoformat(timespec="minutes"))
    for branch, known in kept.tips.items():
        yield from judged(Kept(repo, branch, now.get(branch), known, where, seen), KEPT)
