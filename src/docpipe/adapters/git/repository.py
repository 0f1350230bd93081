"""Finding the repository of a folder, and making one."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Unpack

from docpipe.adapters.git import names, program
from docpipe.adapters.git.git_errors import FAILED, Refusal
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.diagnostics.error import SURROUNDINGS

_NONE = Text("{path} is not in a git repository", "{path} 不在 git 仓库中")
_MAKE = Text("Make it one: git init {path}", "请先建立：git init {path}")
_NO_BRANCH = Text(
    "No branch is checked out here (a detached HEAD): what you save would be on none",
    "当前没有检出任何分支（HEAD 游离）：保存的内容不属于任何分支",
)
_SWITCH = Text("Go to a branch: git switch main", "请切换到分支：git switch main")
_NO_REVISION = Text('There is no revision "{name}"', "没有版本“{name}”")
_SHALLOW = Text(
    " (this clone is shallow: it holds the last commits only)", "（浅克隆只含最近的提交）"
)


class Remote(Value):
    """Another repository that this one knows: its name, and where to fetch from and push to."""

    name: str
    url: str
    push_url: str


class Repository(Value):
    """A repository as found from a folder in it.

    `folder` is where git runs: the work tree, or the git directory of a bare repository. `prefix`
    is the way from the work tree to the folder that was asked for: "" or "trade/". `git_dir` is
    the work tree's own (index, HEAD), `common_dir` what linked work trees share (objects, refs).
    `digest` names objects: "sha1" or "sha256". `shallow`: older commits are missing. Where it is
    read `plainly`, git shows what commits and trees hold themselves: no `git replace`, no grafts,
    no commit-graph. `quarantine` are the variables by which git finds what a push brings, before
    it is accepted (see `receiving`).
    """

    folder: Path
    prefix: str
    git_dir: Path
    common_dir: Path
    bare: bool
    digest: str
    shallow: bool
    remotes: Mapping[str, Remote] = MappingProxyType({})
    plainly: bool = False
    quarantine: Mapping[str, str] = MappingProxyType({})

    def run(self, *arguments: str, **how: Unpack[program.RunOptions]) -> program.Done:
        """Run git here to its end, however that is. Arguments are ours or checked by `names`."""
        how["extra"] = {**self.variables, **how.get("extra", {})}
        return program.run(self.folder, [*self.where, *arguments], **how)

    def git(self, *arguments: str, **how: Unpack[program.RunOptions]) -> bytes:
        """What git writes. Raises DocpipeError where it fails."""
        done = self.run(*arguments, **how)
        if done.code:
            raise program.GitFailed(arguments, done)
        return done.out

    @property
    def variables(self) -> dict[str, str]:
        """What every run of git here is told by its environment."""
        return {**(program.PLAINLY if self.plainly else {}), **self.quarantine}

    @property
    def unstaged(self) -> dict[str, str]:
        """Keeps a run from reading the index, as `diff-tree` does though it only compares trees.

        The index of a million files takes longer than the comparison.
        """
        return {"GIT_INDEX_FILE": str(self.git_dir / "docpipe.no-index")}

    @property
    def where(self) -> list[str]:
        """What tells git that it stands in a bare repository; else it looks itself, and judges."""
        return ["--git-dir=."] if self.bare else []

    @property
    def null(self) -> str:
        """The name of no object."""
        return "0" * (64 if self.digest == "sha256" else 40)

    def inside(self, path: str) -> str:
        """A path of the workspace as git knows it. Raises DocpipeError where it leads out."""
        return self.prefix + names.path(path)

    def below(self, path: str) -> str:
        """A path of the repository as the workspace in it knows it."""
        return path.removeprefix(self.prefix)

    def branch(self) -> str:
        """The branch that is checked out, such as "main". Raises DocpipeError for none."""
        done = self.run("symbolic-ref", "--quiet", "HEAD")
        head = done.out.decode("utf-8", "surrogateescape").strip()
        if done.code or not head.startswith("refs/heads/"):
            raise Refusal(_NO_BRANCH, _SWITCH)
        return head.removeprefix("refs/heads/")

    def branch_ref(self) -> str:
        """The same in full: "refs/heads/main"."""
        return f"refs/heads/{self.branch()}"

    def branch_tip(self) -> str:
        """The last commit of the branch that is checked out; "" for none yet."""
        return self.tip(self.branch_ref()) or ""

    def resolve(self, revision: str) -> str:
        """The commit's whole name. Raises DocpipeError for what is none."""
        found = self._commit(names.revision(revision))
        if found is None:
            more = _SHALLOW if self.shallow else None
            raise Refusal(_NO_REVISION, more, exit_code=2, name=revision)
        return found

    def head(self) -> str | None:
        """The commit that is checked out; None where nothing has been committed."""
        return self._commit("HEAD")

    def tip(self, ref: str) -> str | None:
        """The commit that a full ref points to, or None where there is no such ref."""
        return self._commit(names.ref(ref))

    def _commit(self, name: str) -> str | None:
        done = self.run("rev-parse", "--quiet", "--verify", name + "^{commit}")
        return None if done.code else done.out.decode("ascii").strip()


def is_inside(folder: Path) -> bool:
    """Whether `folder` lies in the work tree of a repository."""
    return any((parent / ".git").exists() for parent in (folder, *folder.parents))


def create(folder: Path) -> None:
    """Make `folder` a repository whose branch is `main`. Raises DocpipeError without git.

    No template: it may hold hooks.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = ["init", "--quiet", "--template=", "--initial-branch=main"]
    done = program.run(folder, words)
    if done.code:
        raise program.GitFailed(words, done)


def open_repository(folder: Path) -> Repository:
    """The repository that `folder` lies in: a work tree, linked or a submodule's too, or bare.

    GitPython finds it and reads its settings; git then has to agree, since git alone knows whom it
    trusts (`safe.directory`). Raises DocpipeError where there is none, or git does not trust it.
    """
    folder = folder.resolve()
    try:
        with program.undirected():
            top, git_dir, common_dir, bare, remotes = _found(folder)
    except (OSError, ValueError) as error:
        raise _not_found(folder, error) from error
    prefix = "" if bare or top == folder else folder.relative_to(top).as_posix() + "/"
    digest, shallow = _asked(top, bare)
    return Repository(top, prefix, git_dir, common_dir, bare, digest, shallow, remotes)


def _found(folder: Path) -> tuple[Path, Path, Path, bool, Mapping[str, Remote]]:
    """Top, git directory, common directory, whether it is bare, and the remotes.

    Raises ValueError where GitPython finds none.
    """
    from configparser import Error

    from git import Repo
    from git.exc import GitError

    try:
        with Repo(folder, search_parent_directories=True, expand_vars=False) as repo:
            top = Path(repo.working_tree_dir or repo.git_dir).resolve()
            paths = Path(repo.git_dir).resolve(), Path(repo.common_dir).resolve()
            found = [_remote(each.name, each.config_reader) for each in repo.remotes]
            bare = repo.working_tree_dir is None
    except (GitError, Error) as error:
        raise ValueError(str(error)) from error
    remotes = MappingProxyType({remote.name: remote for remote in found if remote.url})
    return top, *paths, bare, remotes


def _not_found(folder: Path, error: Exception) -> DocpipeError:
    """No repository, or one whose settings cannot be read: then in git's words, or GitPython's."""
    words = ("rev-parse", "--git-dir")
    if folder.is_dir():
        done = program.run(folder, words)
        if not done.code:
            why = " ".join(str(error).split())
            return Refusal(FAILED, exit_code=SURROUNDINGS, command="config", why=why)
        if "not a git repository" not in done.err:
            return program.GitFailed(words, done)
    return Refusal(_NONE, _MAKE, exit_code=SURROUNDINGS, path=str(folder))


def _remote(name: str, settings: object) -> Remote:
    """A remote of GitPython's, whose reader answers for its section of the configuration."""
    get = settings.get_value  # type: ignore[attr-defined]
    url = str(get("url", ""))
    return Remote(name, url, str(get("pushurl", url)))


def _asked(top: Path, bare: bool) -> tuple[str, bool]:
    """How objects are named, and whether it is shallow, from git itself."""
    where = ["--git-dir=."] if bare else []
    words = ["rev-parse", "--show-object-format", "--is-shallow-repository"]
    done = program.run(top, [*where, *words])
    if done.code:
        raise program.GitFailed(words, done)
    digest, shallow = done.out.decode("ascii").split()
    return digest, shallow == "true"


def shared(repo: Repository) -> Remote | None:
    """The shared repository: the remote `origin`, or the only one; None where there is none."""
    if "origin" in repo.remotes:
        return repo.remotes["origin"]
    return next(iter(repo.remotes.values())) if len(repo.remotes) == 1 else None


def synced(path: Path) -> None:
    """Put a file's content, or a folder's entries, on the disk, where the system can.

    What is missing is skipped.
    """
    if os.name == "nt" or not path.exists():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
