"""Git's settings: what holds in a repository, and setting it for this clone alone."""

import re
from collections.abc import Mapping

from docpipe.adapters.repository.locking import writing
from docpipe.adapters.repository.opening import Repository
from docpipe.adapters.repository.refusals import Refusal
from docpipe.diagnostics import Text

_NAME = re.compile(r"[a-z][a-z0-9-]*(\.[^\n\0]+)?\.[a-z][a-z0-9-]*", re.IGNORECASE)
_UNFIT = Text('"{value}" cannot be a setting', "“{value}”不能用作设置")


def setting(repo: Repository, name: str) -> str:
    """The value that holds here, from whatever file it comes; "" where it is not set."""
    out = repo.run("config", "-z", "--get", _checked(name)).out
    return out.decode("utf-8", "replace").removesuffix("\0")


def configure(repo: Repository, settings: Mapping[str, str]) -> None:
    """Set these for this clone, and for no other. Raises DocpipeError for a value with breaks."""
    for value in settings.values():
        if re.search(r"[\x00-\x1f\x7f]", value):
            raise Refusal(_UNFIT, value=" ".join(value.split()))
    with writing(repo):
        for name, value in settings.items():
            repo.git("config", "--local", "--replace-all", "--", _checked(name), value)


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a setting: {name}")
    return name
