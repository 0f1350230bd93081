"""A push as the repository that receives it sees it, before it accepts anything."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from docpipe.adapters.git import names
from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.repository import Repository, open_repository
from docpipe.diagnostics import Text, Value, replace

_QUARANTINE = (
    "GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
)  # fmt: skip
"""By these git tells its hooks where the objects of a push lie until it is accepted."""

_LINE = re.compile(r"(?P<old>[0-9a-f]{40,64}) (?P<new>[0-9a-f]{40,64}) (?P<ref>.+)")
_MOST = 10_000
_RUBBISH = Text("This is not a line of a push: {line}", "这不是推送的一行：{line}")
_BY_GIT = Text(
    "Git runs this when it receives a push; install it with docpipe hook install DIR",
    "本命令由 git 在接收推送时运行；安装：docpipe hook install 目录",
)
_MANY = Text("More than {most} branches in one push", "一次推送的分支超过 {most} 个")
_NOT_BARE = Text(
    "{path} is not a bare repository: nobody should push to one that has files",
    "{path} 不是裸仓库：不应向带有文件的仓库推送",
)
_BARE = Text("Make one: git init --bare shared.git", "请新建：git init --bare shared.git")


class Update(Value):
    """One ref that a push moves; `old` and `new` are None where there was none, or will be."""

    old: str | None
    new: str | None
    ref: str

    @property
    def branch(self) -> str:
        """The branch's name; "" for what is no branch."""
        return self.ref.removeprefix(_HEADS) if self.ref.startswith(_HEADS) else ""


_HEADS = "refs/heads/"


def receiving(folder: Path, variables: Mapping[str, str], prefix: str = "") -> Repository:
    """The bare repository `folder`, with what a push brings; `variables` are those of its hook.

    Git shows what is there: no `git replace`, no grafts. `prefix` is the workspace's folder within,
    "" or "trade/". Raises DocpipeError where there is no repository, or it is not bare.
    """
    repo = bare(folder)
    brought = {name: variables[name] for name in _QUARANTINE if variables.get(name)}
    return replace(repo, plainly=True, prefix=prefix, quarantine=MappingProxyType(brought))


def bare(folder: Path) -> Repository:
    """The bare repository in `folder`. Raises DocpipeError where there is none."""
    repo = open_repository(folder)
    if not repo.bare:
        raise Refusal(_NOT_BARE, _BARE, path=str(folder))
    return repo


def updates(lines: bytes, repo: Repository) -> list[Update]:
    """The refs that a push moves, from what git gives the hook: a line `OLD NEW REF` each.

    Raises DocpipeError for anything else.
    """
    rows = lines.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")
    rows = [] if rows == [""] else rows
    if len(rows) > _MOST:
        raise Refusal(_MANY, most=_MOST)
    return [_update(row, repo) for row in rows]


def _update(row: str, repo: Repository) -> Update:
    match = _LINE.fullmatch(row)
    size = len(repo.null)
    if match is None or len(match["old"]) != size or len(match["new"]) != size:
        raise _rubbish(row)
    try:
        names.ref(match["ref"])
    except Refusal:
        raise _rubbish(row) from None
    old, new = (None if each == repo.null else each for each in (match["old"], match["new"]))
    return Update(old, new, match["ref"])


def _rubbish(row: str) -> Refusal:
    shown = row.encode("utf-8", "backslashreplace").decode()[:120]
    return Refusal(_RUBBISH, _BY_GIT, exit_code=2, line=shown)
