"""The hook of a shared repository: a small script in it that runs docpipe for every push."""

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.locking import put
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Text

PLACE = "hooks/pre-receive"
_OURS = "# Written by docpipe hook install, which writes it anew. "
_SCRIPT = """#!/bin/sh
{ours}Git runs it for every push;
# where it fails, nothing is accepted. {name}.local runs after it, if there is one.
set -e
lines=$(cat)
printf '%s\\n' "$lines" | {command}
if [ -x "$0.local" ]; then printf '%s\\n' "$lines" | "$0.local"; fi
"""
_FOREIGN = Text("{path} already exists and is not docpipe's", "{path} 已存在，且不是 docpipe 的")
_CHAIN = Text(
    "To keep both, rename it and install again; docpipe's runs it afterwards: "
    "mv {path} {path}.local",
    "如需两者并用，请改名后重新安装，docpipe 的钩子会随后运行它：mv {path} {path}.local",
)


def hook_script(name: str, command: Sequence[str]) -> str:
    """A hook of this name that runs `command`, and then what stood there before."""
    return _SCRIPT.format(ours=_OURS, name=name, command=shlex.join(command))


def hook_at(repo: Repository, place: str) -> str | None:
    """docpipe's hook at `place` in the repository; None where there is none, or one of others'."""
    try:
        text = (repo.git_dir / place).read_text("utf-8", "replace")
    except OSError:
        return None
    return text if _OURS in text else None


def runs(repo: Repository, place: str) -> bool:
    """Whether the system lets git run the hook."""
    return os.access(repo.git_dir / place, os.X_OK)


def write_hook(repo: Repository, place: str, command: Sequence[str]) -> Path:
    """Write the hook, whole or not at all. Raises DocpipeError where somebody else's is there."""
    path = repo.git_dir / place
    if os.path.lexists(path) and hook_at(repo, place) is None:
        raise Refusal(_FOREIGN, _CHAIN, path=str(path))
    put(path, hook_script(path.name, command), 0o755)
    return path


def hooks_elsewhere(repo: Repository) -> str:
    """The folder from which git takes hooks instead (core.hooksPath); "" for the repository's."""
    words = ("config", "-z", "--type=path", "--show-scope", "--get-all", "core.hooksPath")
    told = os.fsdecode(repo.run(*words).out).split("\0")
    pairs = zip(told[::2], told[1::2], strict=False)
    found = [value for scope, value in pairs if scope != "command"]
    return found[-1] if found else ""
