"""Names that go to git: checked here, so that none is ever taken for an option or leads out."""

import re

from docpipe.adapters.git.git_errors import Refusal
from docpipe.diagnostics import Text

_REVISION = Text('"{name}" is not a revision', "“{name}”不是版本")
_REVISION_FORM = Text(
    "Name a commit (first characters of its number), a tag, a branch or HEAD~1",
    "请写提交号（前几位即可）、标签、分支或 HEAD~1",
)
_PATH = Text('"{name}" cannot be a file of the repository', "“{name}”不能是仓库中的文件")
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# Beyond what git forbids: ":" and "^{" reach into trees and messages, ".." is a range.
_NO_REVISION = re.compile(r"-|.*([\x00-\x20\x7f:?*\[\\]|\.\.|\^\{|//)|\Z", re.DOTALL)
_NO_REF = re.compile(
    r"[-/]|.*([\x00-\x20\x7f:?*\[\\~^]|\.\.|@\{|//|\.lock(/|\Z)|/\.|[/.]\Z)|\.|@?\Z"
)


def is_id(text: str) -> bool:
    """Whether it is an object's whole name."""
    return _ID.fullmatch(text) is not None


def revision(text: str) -> str:
    """The revision that a person named. Raises DocpipeError for what cannot be one."""
    if _NO_REVISION.match(text) or len(text) > 1000:
        raise Refusal(_REVISION, _REVISION_FORM, exit_code=2, name=_shown(text))
    return text


def ref(text: str) -> str:
    """A full ref such as "refs/heads/records". Raises DocpipeError for what git would refuse."""
    if not text.startswith("refs/") or _NO_REF.match(text):
        raise Refusal(_REVISION, exit_code=2, name=_shown(text))
    return text


def path(text: str) -> str:
    """A path below the root, with forward slashes. Raises DocpipeError for any other."""
    parts = text.split("/")
    if (
        "\0" in text
        or any(part in ("", ".", "..") for part in parts)
        or any(part.rstrip(". ").lower() in (".git", "git~1") for part in parts)
    ):
        raise Refusal(_PATH, name=_shown(text))
    return text


def _shown(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()[:200].replace("\0", "\\0")
