"""Git's settings: what holds in a repository, and setting it for this clone alone."""

import re
from collections.abc import Mapping
from pathlib import Path

from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.locking import put, writing
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Text

_NAME = re.compile(r"[a-z][a-z0-9-]*(\.[^\n\0]+)?\.[a-z][a-z0-9-]*", re.IGNORECASE)
_UNFIT = Text('"{value}" cannot be a setting', "“{value}”不能用作设置")


def setting(repo: Repository, name: str) -> str:
    """The value that holds here, from whatever file it comes; "" where it is not set."""
    out = repo.run("config", "-z", "--get", _checked(name)).out
    return out.decode("utf-8", "replace").removesuffix("\0")


def is_on(repo: Repository, name: str) -> bool:
    """Whether a setting says yes, in whichever of git's words; not where it is not set."""
    return repo.run("config", "--type=bool", "--get", _checked(name)).out.strip() == b"true"


def settings(repo: Repository, *names: str) -> dict[str, str]:
    """Several at once, by name in small letters; "" for what is not set, "true" without a value."""
    wanted = "|".join(re.escape(_checked(name).lower()) for name in names)
    out = repo.run("config", "-z", "--get-regexp", f"^({wanted})$").out
    found = dict.fromkeys(map(str.lower, names), "")
    for row in out.decode("utf-8", "replace").split("\0")[:-1]:
        name, gap, value = row.partition("\n")
        found[name.lower()] = value if gap else "true"
    return found


def keep(repo: Repository, name: str, text: str) -> Path:
    """Keep a small file of docpipe's beside Git's own; never half of it. Raises DocpipeError."""
    path = repo.common_dir / name
    put(path, text)
    return path


def configure(repo: Repository, settings: Mapping[str, str], *, of_worktree: bool = False) -> None:
    """Set these for this clone, and for no other; `of_worktree`: where git keeps a work tree's own.

    Raises DocpipeError for a value with breaks.
    """
    apart = of_worktree and setting(repo, "extensions.worktreeConfig") == "true"
    for value in settings.values():
        if re.search(r"[\x00-\x1f\x7f]", value):
            raise Refusal(_UNFIT, value=" ".join(value.split()))
    with writing(repo):
        for name, value in settings.items():
            where = "--worktree" if apart else "--local"
            repo.git("config", where, "--replace-all", "--", _checked(name), value)


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a setting: {name}")
    return name
