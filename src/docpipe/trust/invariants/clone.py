"""What this clone can vouch for: whether it is whole, shows what is there, agrees with others."""

from collections.abc import Iterator, Sequence

from docpipe.adapters import git
from docpipe.adapters.git import Commit, Repository, Witness
from docpipe.diagnostics import Text, Value
from docpipe.trust.invariants.engine import ASK, Broken, Violation, Words, broken, invariant

_SOUND = Text(
    "Compare with another clone (git fsck --full); bring the contents back from a sound one",
    "请与其他克隆核对（git fsck --full），并从完好的克隆取回内容",
)
MOST = 20
"""Lines of git fsck that are told."""


@invariant(
    "clone-shallow",
    Words(
        Text(
            "This clone is shallow: it holds the last commits only and can vouch for nothing",
            "这是浅克隆，只含最近的提交，什么都不能证明",
        ),
        Text("Get the rest, then verify: git fetch --unshallow",
             "请补全历史后再核验：git fetch --unshallow"),
    ),
)  # fmt: skip
def a_clone_has_the_whole_history(repo: Repository) -> Iterator[Broken]:
    """A shallow clone holds the last commits only: it can vouch for nothing.

    ---
    浅克隆只有最近的提交，什么都不能证明。
    """
    if repo.shallow:
        yield broken()


@invariant(
    "clone-partial",
    Words(
        Text(
            "This clone is partial: contents come from {remote} when asked for, so it can "
            "vouch for nothing of its own",
            "这是部分克隆：内容要用时才从 {remote} 获取，因此本身不能证明什么",
        ),
        Text("Verify in a whole clone: git clone, without --filter",
             "请在完整克隆中核验：git clone 时不加 --filter"),
    ),
)  # fmt: skip
def a_clone_has_all_contents(repo: Repository) -> Iterator[Broken]:
    """A partial clone gets contents from elsewhere when asked: it can vouch for nothing of its own.

    ---
    部分克隆的内容用时才从别处获取，本身不能证明什么。
    """
    if remote := git.partial(repo):
        yield broken(remote=remote)


class Shown(Value):
    """A repository, and the commits of records as they really are."""

    repo: Repository
    commits: Sequence[Commit]


@invariant(
    "replaced",
    Words(
        Text(
            "git replace shows another object in place of {commit}; it was not trusted, and what "
            "was verified is the real one",
            "git replace 用别的对象顶替了 {commit}；未予采信，核验的是原对象",
        ),
        Text("Find out who did it, then remove it: git replace -d {commit}",
             "请查明是谁所为，再删除：git replace -d {commit}"),
    ),
)  # fmt: skip
def git_replaces_nothing(shown: Shown) -> Iterator[Broken]:
    """Git shows what is there: `git replace` puts no other object in its place.

    ---
    git 显示的就是原对象，没有用 git replace 顶替。
    """
    replaced = git.replaced(shown.repo)
    changes = (change for commit in shown.commits for change in commit.changes) if replaced else ()
    paths = {change.new.id: change.path for change in changes if change.new}
    for name in replaced:
        yield broken(paths.get(name, ""), name)


@invariant(
    "grafted",
    Words(
        Text(
            "info/grafts gives the commit {commit} other parents than it has; that was not trusted",
            "info/grafts 给提交 {commit} 换了父提交；未予采信",
        ),
        Text("Find out who did it, then remove the file .git/info/grafts",
             "请查明是谁所为，再删除 .git/info/grafts"),
    ),
)  # fmt: skip
def git_grafts_nothing(shown: Shown) -> Iterator[Broken]:
    """No commit is given other parents than it has (info/grafts).

    ---
    没有用 info/grafts 更换提交的父提交。
    """
    for name in git.grafts(shown.repo):
        yield broken("", name)


@invariant(
    "records-cut",
    Words(
        Text(
            "This clone's records once held the commit {commit} and hold it no longer: records "
            "were cut off or rewritten",
            "本克隆的记录曾含提交 {commit}，现已没有：记录被截断或改写",
        ),
        Text(
            "Whoever looks after the repository should find out who did it: git reflog records",
            "请仓库管理员查明是谁所为：git reflog records",
        ),
    ),
)  # fmt: skip
def this_clone_lost_no_record(shown: Shown) -> Iterator[Broken]:
    """Whatever this clone's records pointed to once, by the reflog, they still hold.

    Whoever cuts records off by plain git leaves this trace, unless they remove it too.
    ---
    引用日志中本克隆的记录曾指向的提交，现在都还在。
    用 git 直接截断记录的，会留下这一痕迹，除非一并抹去。
    """
    held = {commit.id for commit in shown.commits}
    gone = [name for name in git.once_held(shown.repo) if name not in held]
    if gone:  # the last stands for those before it
        yield broken("", gone[-1])


@invariant(
    "remote-lacks",
    Words(
        Text(
            "The records of {remote} lack {count} that this clone has, from {commit} on",
            "{remote} 的记录缺少本克隆已有的 {count} 条，自 {commit} 起",
        ),
        Text(
            "The repository administrator should find out who took them away; this clone still "
            "has them",
            "请仓库管理员查明是谁移除的；本克隆仍保有这些记录",
        ),
    ),
)  # fmt: skip
def the_shared_repository_has_them_all(witness: Witness) -> Iterator[Broken]:
    """The shared repository has every record that this clone has.

    ---
    共享仓库拥有本克隆的全部记录。
    """
    lacks = witness.lacks
    if lacks and not witness.more:
        yield broken("", lacks[0], remote=witness.name, count=len(lacks))


@invariant(
    "remote-parted",
    Words(
        Text(
            "The records of this clone and of {remote} went apart: {count} only here, from "
            "{commit} on; {theirs} only there, from {other} on",
            "本克隆与 {remote} 的记录分叉：{count} 条只在本地，自 {commit} 起；"
            "{theirs} 条只在对方，自 {other} 起",
        ),
        ASK,
    ),
)  # fmt: skip
def there_is_one_history_of_records(witness: Witness) -> Iterator[Broken]:
    """The records here and in the shared repository are one history, one perhaps further than the
    other.

    ---
    本地与共享仓库的记录是同一条历史，只可能一方较新。
    """
    lacks, more = witness.lacks, witness.more
    if lacks and more:
        yield broken("", lacks[0], remote=witness.name, count=len(lacks), theirs=len(more),
                     other=more[0][:12])  # fmt: skip


@invariant("unsound", Words(Text("git fsck: {why}", "git fsck：{why}"), _SOUND, ASK))
def git_finds_every_object_sound(repo: Repository) -> Iterator[Broken]:
    """Git reads every object of this clone, and each is what its name says (git fsck).

    ---
    git 能读出本克隆的全部对象，且各与其名称相符（git fsck）。
    """
    for line in git.unsound(repo)[:MOST]:
        yield broken(why=line)


def unusable(repo: Repository) -> list[Violation]:
    """Why the clone can vouch for nothing."""
    return [*a_clone_has_the_whole_history(repo), *a_clone_has_all_contents(repo)]


def disguised(shown: Shown) -> list[Violation]:
    """Where what is shown, or was here, is not what is there."""
    return [
        *git_replaces_nothing(shown),
        *git_grafts_nothing(shown),
        *this_clone_lost_no_record(shown),
    ]


def apart(witness: Witness) -> list[Violation]:
    """Where the shared repository does not have what this clone has."""
    return [*the_shared_repository_has_them_all(witness), *there_is_one_history_of_records(witness)]
