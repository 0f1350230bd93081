"""Whether a person may commit here now: a branch of their own, and no merge half done."""

from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Text

_NO_TREE = Text(
    "{path} is a bare repository: it has no files to save", "{path} 是裸仓库，没有可保存的文件"
)
_BUSY = Text(
    "A {what} is under way in this repository, and its outcome is not clear yet",
    "本仓库中有一个{what}正在进行，尚未完成",
)
_FINISH = Text(
    "Finish it (git {verb} --continue) or abort it (git {verb} --abort), then retry",
    "请先完成（git {verb} --continue）或放弃（git {verb} --abort），再重试",
)
_NOT_YOURS = Text("The branch {branch} is docpipe's own", "分支 {branch} 由 docpipe 专用")
_SWITCH = Text("Go back to yours: git switch main", "请切回自己的分支：git switch main")
_ELSEWHERE = Text(
    "The branch {branch} is checked out; {what} works on main",
    "当前分支是 {branch}；{what}只在 main 上进行",
)
_TO_MAIN = Text("Save, then go back to it: git switch main", "请先保存，然后切回：git switch main")

_UNDER_WAY = {
    "MERGE_HEAD": ("merge", Text("merge", "合并（merge）")),
    "CHERRY_PICK_HEAD": ("cherry-pick", Text("cherry-pick", "拣选（cherry-pick）")),
    "REVERT_HEAD": ("revert", Text("revert", "还原（revert）")),
    "rebase-merge": ("rebase", Text("rebase", "变基（rebase）")),
    "rebase-apply": ("rebase", Text("rebase", "变基（rebase）")),
}


def demand_files(repo: Repository) -> None:
    """Raises DocpipeError for a bare repository."""
    if repo.bare:
        raise Refusal(_NO_TREE, path=str(repo.folder))


def demand_quiet(repo: Repository) -> str:
    """The branch that is checked out.

    Raises DocpipeError where there is none, or a commit now would come between a person and their
    merge.
    """
    for name, (verb, what) in _UNDER_WAY.items():
        if (repo.git_dir / name).exists():
            raise Refusal(_BUSY, _FINISH, what=what, verb=verb)
    branch = repo.branch()
    if branch == "records" or branch.startswith("access/"):
        raise Refusal(_NOT_YOURS, _SWITCH, branch=branch)
    return branch


def demand_main(repo: Repository, what: Text) -> None:
    """The same where `what` is to be done, which works on main alone. Raises DocpipeError."""
    demand_files(repo)
    branch = demand_quiet(repo)
    if branch != "main":
        raise Refusal(_ELSEWHERE, _TO_MAIN, branch=branch, what=what)
