"""What was once seen of a branch is still there: a chain alone proves nothing about its end."""

from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.adapters.git import Repository
from docpipe.diagnostics import Text, Value
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant

_ALARM = Text(
    "Find out who did it: git log {path}; the clones that have seen it still have it "
    "(git for-each-ref refs/docpipe/seen)",
    "请查明是谁所为：git log {path}；见过它的克隆仍保有原件（git for-each-ref refs/docpipe/seen）",
)
_ADD = Text(
    "It is only ever added to, and a checkpoint names what is there. If two clones or two "
    "witnesses share the name, give each its own (docpipe witness --name NAME); else tell the "
    "repository administrator",
    "该分支只能追加，检查点也只列现有内容。两个克隆或见证同名的，请各取名称"
    "（docpipe witness --name 名称）；否则请告知仓库管理员",
)
_LEAVE = Text(
    "Such branches are never deleted. Leave it as it is, also when the device or the person is "
    "gone; a new witness takes a name of its own: docpipe witness --name",
    "此类分支不可删除。请保留，即使设备停用或人员离职；新的见证请另取名称：docpipe witness --name",
)
HERE, AT = Text("here", "本机"), Text("at {name}", "{name} 上")
PUSHED, SHARED = Text("in this push", "本次推送中"), Text("at the server", "服务器上")
WAS_SEEN = Text("this clone has seen", "本克隆曾见过")
WAS_PUSHED = Text("it had taken from this clone", "此前曾接收自本克隆")
WAS_KEPT = Text("the checkpoint of {when} names", "{when} 的检查点曾列出")
IS_SHARED = Text("the shared repository has", "共享仓库已有")


class Kept(Value):
    """A branch as it is, `tip` (None: there is none), and a commit of it that was known.

    `where` it is looked at, and who has `seen` the commit.
    """

    repo: Repository
    path: str
    tip: str | None
    known: str | None
    where: Text
    seen: Text

    def broken(self) -> Broken:
        """What it lacks."""
        known = (self.known or "")[:12]
        return broken(self.path, self.tip or "", where=self.where, seen=self.seen, known=known)


@invariant(
    "gone",
    Words(
        Text(
            "{path} is gone {where}: it had {known}, which {seen}",
            "{where}的 {path} 已不存在：原有 {known}，{seen}",
        ),
        _ALARM,
        _LEAVE,
    ),
)
def still_there(kept: Kept) -> Iterator[Broken]:
    """A branch that somebody has seen is still there.
    ---
    曾被见到的分支仍然存在。
    """
    if kept.known and kept.tip is None:
        yield kept.broken()


@invariant(
    "rewritten",
    Words(
        Text(
            "{path} {where} was rewritten: it lacks {known}, which {seen}",
            "{where}的 {path} 被改写：缺少 {known}，{seen}",
        ),
        _ALARM,
        _ADD,
    ),
)
def only_added_to(kept: Kept) -> Iterator[Broken]:
    """A branch still has in its history what somebody has seen of it.
    ---
    分支的历史中仍有曾被见到的内容。
    """
    if kept.known and kept.tip and not holds(kept.repo, kept.tip, kept.known):
        yield kept.broken()


KEPT = ((still_there, only_added_to),)


def holds(repo: Repository, tip: str, known: str) -> bool:
    """Whether a tip's history has a commit. False if this clone lacks it."""
    return tip == known or git.holds(repo, tip, known)
