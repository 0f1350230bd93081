"""Whom plain Git names for the commits of `main`: the people who stand there, and nobody else."""

from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.adapters.git import Repository
from docpipe.diagnostics import Text, Value
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant


class NewCommits(Value):
    """The commits up to `tip` that `known` (None: nothing) does not hold."""

    repo: Repository
    tip: str
    known: str | None = None


@invariant(
    "commit-recoded",
    Words(
        Text(
            "Git shows somebody else for the commit {commit} than who stands there, by its header "
            "encoding",
            "由于 encoding 提交头，Git 为提交 {commit} 显示的人与其中写明的不同",
        ),
        Text("Find out who did it: git cat-file -p {commit}", "请查明：git cat-file -p {commit}"),
        Text(
            "Commit it again in UTF-8 (git config --unset i18n.commitEncoding), and push that",
            "请以 UTF-8 重新提交（git config --unset i18n.commitEncoding），再推送",
        ),
    ),
)
def git_shows_who_stands_there(commits: NewCommits) -> Iterator[Broken]:
    """No header of a commit makes Git show another e-mail than the one that stands there.

    Names may be in any encoding that the commit tells; docpipe reads them as they stand there.
    ---
    提交头不得使 Git 显示与其中所写不同的邮箱。姓名可以采用提交所注明的编码；docpipe 按原文读取。
    """
    for commit in git.recoded(commits.repo, commits.tip, commits.known):
        yield broken("", commit)
