"""What only a push to `main` can show: what was there before, and who pushes."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from docpipe.adapters import git
from docpipe.adapters.git import Update
from docpipe.diagnostics import Text
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.invariants.main_commit import MainCommit
from docpipe.trust.invariants.policy_before import PolicyBefore
from docpipe.trust.judging.guards import Guard
from docpipe.trust.judging.main_history import MainHistory

_TAKE_OUT = Text(
    "Bring your work to what is shared: docpipe sync, or git pull --rebase. If something has to be "
    "taken out of history, the repository administrator allows it for once: git config "
    "docpipe.allowRewrite true",
    "请将您的改动接到共享内容之后：docpipe sync 或 git pull --rebase。确需从历史中删除内容的，"
    "由仓库管理员临时放行：git config docpipe.allowRewrite true",
)
_ON_TOP = Text(
    "Put your commits on top of the shared main (docpipe sync, or git pull --rebase), then push "
    "again",
    "请将提交接到共享的 main 之后（docpipe sync 或 git pull --rebase），再推送",
)


class MainPush:
    """A push to `main`: what counted before, what moves, and what it brings."""

    def __init__(self, before: PolicyBefore, update: Update, *, rewrite: bool) -> None:
        self.before, self.old, self.new, self.rewrite = before, update.old, update.new, rewrite

    @cached_property
    def history(self) -> MainHistory:
        """Main as it will be."""
        assert self.new is not None
        return MainHistory(self.before.repo, self.before.reader, self.new)

    @cached_property
    def held(self) -> frozenset[str]:
        """The commits that were there."""
        return frozenset(git.ancestry(self.before.repo, self.old)) if self.old else frozenset()

    @cached_property
    def brought(self) -> Sequence[str]:
        """The commits that are new, the oldest first."""
        return [name for name in self.history.ancestry if name not in self.held]

    @cached_property
    def line(self) -> list[MainCommit]:
        """Those of them on main's line of first parents, the oldest first."""
        names = [name for name in self.history.line if name not in self.held]
        before = self.before if self.old else None
        return [MainCommit(self.history, name, before) for name in reversed(names)]

    @property
    def guards(self) -> list[Guard]:
        """What is guarded and that the push changes."""
        return list(dict.fromkeys(guard for commit in self.line for guard in commit.guards))


@invariant(
    "main-deleted",
    Words(Text("main is never deleted", "main 不可删除"), _TAKE_OUT, _TAKE_OUT),
)
def main_stays(push: MainPush) -> Iterator[Broken]:
    """The branch main is never deleted.

    ---
    分支 main 不可删除。
    """
    if push.new is None:
        yield broken()


@invariant(
    "main-rewritten",
    Words(
        Text(
            "main would lose commits that are shared already (it was at {commit})",
            "main 将失去已共享的提交（原为 {commit}）",
        ),
        _TAKE_OUT,
        _TAKE_OUT,
    ),
)
def main_keeps_what_it_has(push: MainPush) -> Iterator[Broken]:
    """Main only grows: what is shared stays, unless docpipe.allowRewrite lets it go for once.

    ---
    main 只增不减：已共享的提交不得移除，除非临时设了 docpipe.allowRewrite。
    """
    if push.old and not push.rewrite and push.old not in push.history.ancestry:
        yield broken(commit=push.old)


@invariant(
    "main-aside",
    Words(
        Text(
            "main would go on from other commits than its last one, {commit}, and join that as if "
            "it were a branch",
            "main 将从其他提交延续，而把原来的末端 {commit} 当作分支并入",
        ),
        _ON_TOP,
        _ON_TOP,
    ),
)
def main_stays_the_main_line(push: MainPush) -> Iterator[Broken]:
    """The commit at which main was stays on its line of first parents.

    By this line everything is told: who had which role, whose keys counted, where signatures were
    asked for. A merge made the other way round (git pull without --rebase makes one) would put a
    line of one's own in its place.
    ---
    main 原来的末端须留在第一父提交构成的主线上。何人有何角色、哪些密钥有效、何时要求签名，
    都按这条主线判断；方向相反的合并（git pull 不带 --rebase 就会产生）会以自己的提交取代主线。
    """
    if push.old and not push.rewrite and push.old not in push.history.line:
        yield broken(commit=push.old)
