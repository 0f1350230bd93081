"""What this clone can vouch for: whether it is whole, shows what is there, agrees with others."""

from collections.abc import Iterator, Sequence

from docpipe.adapters import git
from docpipe.adapters.git import Commit, Repository, Witness
from docpipe.diagnostics import Text
from docpipe.trust.verification.faults import ASK, DAMAGED, Fault, Kind, fault

_SHALLOW = Kind(
    "clone-shallow",
    Text(
        "This clone is shallow: it holds the last commits only and can vouch for nothing",
        "这是浅克隆，只含最近的提交，什么都不能证明",
    ),
    Text("Get the rest, then verify: git fetch --unshallow",
         "请补全历史后再核验：git fetch --unshallow"),
)  # fmt: skip
_PARTIAL = Kind(
    "clone-partial",
    Text(
        "This clone is partial: contents come from {remote} when asked for, so it can vouch for "
        "nothing of its own",
        "这是部分克隆：内容要用时才从 {remote} 获取，因此本身不能证明什么",
    ),
    Text("Verify in a whole clone: git clone, without --filter",
         "请在完整克隆中核验：git clone 时不加 --filter"),
)  # fmt: skip
_REPLACED = Kind(
    "replaced",
    Text(
        "git replace shows another object in place of {commit}; it was not trusted, and what was "
        "verified is the real one",
        "git replace 用别的对象顶替了 {commit}；未予采信，核验的是原对象",
    ),
    Text("Find out who did it, then remove it: git replace -d {commit}",
         "请查明是谁所为，再删除：git replace -d {commit}"),
)  # fmt: skip
_GRAFTED = Kind(
    "grafted",
    Text(
        "info/grafts gives the commit {commit} other parents than it has; that was not trusted",
        "info/grafts 给提交 {commit} 换了父提交；未予采信",
    ),
    Text("Find out who did it, then remove the file .git/info/grafts",
         "请查明是谁所为，再删除 .git/info/grafts"),
)  # fmt: skip
_CUT = Kind(
    "records-cut",
    Text(
        "This clone's records once held the commit {commit} and hold it no longer: records were "
        "cut off or rewritten",
        "本克隆的记录曾含提交 {commit}，现已没有：记录被截断或改写",
    ),
    Text(
        "Whoever looks after the repository should find out who did it: git reflog records",
        "请仓库管理员查明是谁所为：git reflog records",
    ),
)
_LACKS = Kind(
    "remote-lacks",
    Text(
        "The records of {remote} lack {count} that this clone has, from {commit} on",
        "{remote} 的记录缺少本克隆已有的 {count} 条，自 {commit} 起",
    ),
    Text(
        "Whoever looks after the shared repository should find out who took them away; this clone "
        "still has them",
        "请仓库管理员查明是谁移除的；本克隆仍保有这些记录",
    ),
)
_PARTED = Kind(
    "remote-parted",
    Text(
        "The records of this clone and of {remote} went apart: {count} only here, from {commit} "
        "on; {theirs} only there, from {other} on",
        "本克隆与 {remote} 的记录分叉：{count} 条只在本地，自 {commit} 起；{theirs} 条只在对方，"
        "自 {other} 起",
    ),
    ASK,
)
MOST = 20
"""Lines of git fsck that are told."""


def unusable(repo: Repository) -> Iterator[Fault]:
    """Why the clone can vouch for nothing."""
    if repo.shallow:
        yield fault(_SHALLOW)
    if remote := git.partial(repo):
        yield fault(_PARTIAL, remote=remote)


def disguised(repo: Repository, commits: Sequence[Commit]) -> Iterator[Fault]:
    """Where git is told to show something else than what is there."""
    replaced = git.replaced(repo)
    changes = (change for commit in commits for change in commit.changes) if replaced else ()
    paths = {change.new.id: change.path for change in changes}
    for name in replaced:
        yield fault(_REPLACED, paths.get(name, ""), name)
    for name in git.grafts(repo):
        yield fault(_GRAFTED, commit=name)


def cut(repo: Repository, held: set[str]) -> Iterator[Fault]:
    """The last record, by the reflog, that is none of those `held` now; it stands for those before.

    Whoever cuts records off by plain git leaves this trace, unless he removes it too.
    """
    gone = [name for name in git.once_held(repo) if name not in held]
    if gone:
        yield fault(_CUT, commit=gone[-1])


def apart(witness: Witness) -> Iterator[Fault]:
    """Where the shared repository does not have what this clone has."""
    lacks, more = witness.lacks, witness.more
    if lacks and more:
        yield fault(_PARTED, commit=lacks[0], remote=witness.name, count=len(lacks),
                    theirs=len(more), other=more[0][:12])  # fmt: skip
    elif lacks:
        yield fault(_LACKS, commit=lacks[0], remote=witness.name, count=len(lacks))


def unsound(repo: Repository) -> Iterator[Fault]:
    """What git itself finds wrong with the objects."""
    for line in git.unsound(repo)[:MOST]:
        yield fault(DAMAGED, why=line)
