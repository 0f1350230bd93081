"""Which of a person's saved files are meant: by path, by the end of it, by order."""

import os
import re
from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text
from docpipe.workspace.changes import order_of

_SHOWN = 8
_NOT_YOURS = Text(
    "{name} is in none of your saves that are not shared yet",
    "您尚未发布的保存中没有 {name}",
)
_THERE_ARE = Text("There are: {known}", "其中有：{known}")
_NONE_THERE = Text(
    "There is no save of yours that is not shared yet",
    "您没有尚未发布的保存",
)


def meant(
    repo: git.Repository, wanted: Sequence[str], paths: Collection[str], folder: Path
) -> set[str]:
    """Those of `paths` (in the repository) that a person names, who stands in `folder`.

    Raises DocpipeError for a name that fits none of them.
    """
    found: set[str] = set()
    for name in wanted:
        hits = {path for path in paths if _fits(repo, path, name, folder)}
        if not hits:
            known = names_of([repo.below(path) for path in sorted(paths)])
            more = ["…"] if len(known) > _SHOWN else []
            hint = _THERE_ARE if known else _NONE_THERE
            told = [*known[:_SHOWN], *more]
            raise DocpipeError(_NOT_YOURS, hint, exit_code=2, name=name, known=told)
        found |= hits
    return found


def names_of(paths: Sequence[str]) -> list[str]:
    """How a person names these files of the workspace: orders by number, others by path."""
    return list(dict.fromkeys(order_of(path).rpartition("/")[2] or path for path in paths))


def named_in(words: str, names: Sequence[str]) -> list[str]:
    """Those of `names` that somebody's words name."""
    return [
        name for name in names
        if re.search(rf"(?<![\w./-]){re.escape(name)}(?![\w/-])", words)
    ]  # fmt: skip


def _fits(repo: git.Repository, path: str, name: str, folder: Path) -> bool:
    below = repo.below(path)
    plain = name.replace("\\", "/").removeprefix("./").rstrip("/")
    there = Path(os.path.normpath(folder.resolve() / name))
    here = repo.folder / path
    return (
        there in (here, *here.parents)
        or ("/" + below).endswith("/" + plain)
        or below.startswith(plain + "/")
        or fnmatchcase(order_of(below).rpartition("/")[2], plain)
    )
