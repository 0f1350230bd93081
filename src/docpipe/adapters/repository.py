"""The only door to Git."""

from pathlib import Path

from docpipe.diagnostics import DocpipeError, Text
from docpipe.diagnostics.error import SURROUNDINGS

_NO_GIT = Text("git is not installed", "本机没有安装 git")
_GET = Text(
    "Debian/Ubuntu: apt install git; macOS: xcode-select --install; "
    "Windows: winget install Git.Git",
    "Debian/Ubuntu：apt install git；macOS：xcode-select --install；"
    "Windows：winget install Git.Git",
)


def is_inside(folder: Path) -> bool:
    """Whether `folder` lies in the work tree of a repository."""
    return any((parent / ".git").exists() for parent in (folder, *folder.parents))


def email(folder: Path) -> str:
    """The e-mail that Git would sign a commit with here; "" where none is set."""
    try:
        from git import GitConfigParser, Repo
        from git.exc import GitError
    except ImportError:
        return ""
    try:
        with Repo(folder, search_parent_directories=True) as repo:
            reader: GitConfigParser = repo.config_reader()
            return str(reader.get_value("user", "email", ""))
    except GitError:
        return ""


def create(folder: Path) -> None:
    """Make `folder` a repository whose branch is `main`. Raises DocpipeError without git."""
    try:
        from git import Repo
        from git.exc import GitCommandNotFound
    except ImportError as error:  # GitPython looks for the program when it is imported
        raise DocpipeError(_NO_GIT, _GET, exit_code=SURROUNDINGS) from error
    try:
        with Repo.init(folder, initial_branch="main"):
            pass
    except GitCommandNotFound as error:
        raise DocpipeError(_NO_GIT, _GET, exit_code=SURROUNDINGS) from error
