"""The branch `main` here and at the shared repository, and how the two come together."""

from collections.abc import Mapping

from docpipe.adapters.git import remote as upstream
from docpipe.adapters.git.chains import SEEN_MAIN
from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.locking import writing
from docpipe.adapters.git.log import Commit, history
from docpipe.adapters.git.rebase import Rebased, Rebaser, Side
from docpipe.adapters.git.refs import Step, holds, move_all, tips_of
from docpipe.adapters.git.repository import Remote, Repository
from docpipe.diagnostics import Text, Value, replace

MAIN = "refs/heads/main"
SEEN = "refs/docpipe/main"
"""The shared main that this clone took over last. Git's own refs/remotes follows whatever comes."""

OWN = "refs/docpipe/own"
"""What this clone put on its person's own branch there."""

_PARTED = Text(
    "The histories of main in this clone and at {where} are unrelated",
    "本克隆与 {where} 的 main 分支历史互不相关",
)
_ASK = Text(
    "Nothing was changed. Clone the shared repository anew, and copy your files into that folder",
    "没有任何改动。请重新克隆共享仓库，再把您的文件拷入其中",
)
_DEEPEN = Text(
    "This clone is shallow, it may only lack the older part: git fetch --unshallow",
    "这是浅克隆，可能只是缺少较早的历史：git fetch --unshallow",
)
_REWRITTEN = Text(
    "The main of {where} has been rewritten: it lacks {count} that this clone had "
    "taken over (up to {known}, {who}, {day})",
    "{where} 的 main 分支已被改写：缺少本克隆此前取得的 {count} 次保存"
    "（截至 {known}，{who}，{day}）",
)
_GONE = Text(
    "{where} no longer has a main; this clone had taken it over up to {known}",
    "{where} 上的 main 分支已不存在；本克隆此前取得到 {known}",
)
_ACCEPT = Text(
    "Nothing was changed. Ask the repository administrator; if it is intended: docpipe sync "
    "--accept-rewritten",
    "没有任何改动。请询问仓库管理员；如确属有意：docpipe sync --accept-rewritten",
)
_OTHER_DEVICE = Text(
    "{ref} at {where} has changes that this clone does not have and that do not fit: {path}",
    "{where} 的 {ref} 有本克隆没有的改动，且无法合并：{path}",
)
_MERGE_FIRST = Text(
    "Nothing was changed. They come from another computer of yours, or from a colleague ({who}, "
    "{day}); have the request merged or closed and its branch deleted, then sync again",
    "没有任何改动。这些改动来自您的另一台电脑或同事（{who}，{day}）；"
    "请先合并或关闭该请求并删除其分支，再同步",
)


class SyncPlan(Value):
    """The two mains: `before` is mine and `upstream` the shared one (None: there is none yet).

    `mine` are the commits that only I have, `theirs` those that only they have, the oldest first.
    `woven` is what becomes of mine; its `tip` is where my main goes. `own` is what my own branch at
    the shared repository is now.
    """

    before: str | None
    upstream: str | None
    mine: tuple[Commit, ...]
    theirs: tuple[Commit, ...]
    woven: Rebased
    own: str | None = None


def plan_sync(
    weaver: Rebaser, remote: Remote, choices: Mapping[str, str], *,
    own: str = "", accept: bool = False,
) -> SyncPlan:  # fmt: skip
    """How my main and the shared one come together, as the shared one is now; nothing is moved.

    `own` is my own branch there, which may have come further on another computer. Raises
    DocpipeError: it cannot be reached; the histories are unrelated; the shared one was rewritten,
    or is gone, unless `accept`.
    """
    repo = weaver.repo
    there = upstream.latest(repo, remote, MAIN, *filter(None, [own]))
    ours, theirs, extra = repo.tip(MAIN), there.get(MAIN), there.get(own)
    seen = repo.tip(SEEN) or repo.tip(f"refs/remotes/{remote.name}/main")
    if theirs is None and seen and not accept:
        raise Refusal(_GONE, _ACCEPT, where=remote.name, known=seen[:10])
    if theirs is None or ours is None:
        tip = ours or theirs
        mine = tuple(reversed(history(repo, ours, renames=False))) if ours else ()
        return SyncPlan(ours, theirs, mine, (), Rebased(tip, "", len(mine)))
    if seen and not holds(repo, theirs, seen) and not accept:
        raise _rewritten(repo, remote, theirs, seen)
    course = _met(weaver, _base(repo, remote, ours, theirs, seen), ours, theirs, seen, choices)
    shared_last = repo.tip(OWN) or ""
    if extra and extra != shared_last and not holds(repo, ours, extra):
        course = _with_extra(weaver, course, remote, own, extra, shared_last, choices)
    return replace(course, own=extra)


def _met(
    weaver: Rebaser, base: str, ours: str, theirs: str, seen: str | None, choices: Mapping[str, str]
) -> SyncPlan:
    repo = weaver.repo
    mine = _since(repo, ours, theirs, seen or "")
    others = _since(repo, theirs, ours)
    follows = holds(repo, ours, theirs) and (seen is None or holds(repo, theirs, seen))
    if follows and weaver.fits(theirs, mine):
        woven = Rebased(ours, base, len(mine))
    elif not mine:
        woven = Rebased(theirs, base)
    else:
        woven = weaver.weave(base, Side(ours, mine), Side(theirs, others), choices)
    return SyncPlan(ours, theirs, mine, others, woven)


def _with_extra(
    weaver: Rebaser, course: SyncPlan, remote: Remote, own: str, extra: str, last: str,
    choices: Mapping[str, str],
) -> SyncPlan:  # fmt: skip
    """The same with what another computer put on my own branch, put onto the shared main first."""
    repo = weaver.repo
    assert course.upstream is not None
    assert course.before is not None
    base = _common(repo, extra, course.upstream)
    more = _since(repo, extra, course.upstream, course.before, last)
    if not more or not base:
        return course
    theirs = _since(repo, course.upstream, extra)
    first = weaver.weave(base, Side(extra, more), Side(course.upstream, theirs))
    if first.tip is None:
        who = more[-1].author
        raise Refusal(
            _OTHER_DEVICE, _MERGE_FIRST, ref=own.removeprefix("refs/heads/"), where=remote.name,
            path=first.clashes[0].path, who=who.name, day=f"{who.when:%Y-%m-%d}",
        )  # fmt: skip
    base = _common(repo, course.before, course.upstream)
    others = _since(repo, first.tip, course.before)
    woven = weaver.weave(base, Side(course.before, course.mine), Side(first.tip, others), choices)
    return SyncPlan(course.before, course.upstream, course.mine, others, woven)


def _since(repo: Repository, tip: str, *known: str) -> tuple[Commit, ...]:
    return tuple(reversed(history(repo, tip, known=known, renames=False)))


def _common(repo: Repository, one: str, *others: str) -> str:
    done = repo.run("merge-base", one, *filter(None, others))
    return "" if done.code else done.out.decode("ascii").split()[0]


def _base(repo: Repository, remote: Remote, ours: str, theirs: str, seen: str | None) -> str:
    """Where they parted. Raises DocpipeError where they were never one."""
    if base := _common(repo, ours, theirs, seen or ""):
        return base
    raise Refusal(_PARTED, _DEEPEN if repo.shallow else _ASK, where=remote.name)


def _rewritten(repo: Repository, remote: Remote, theirs: str, seen: str) -> Refusal:
    lost = history(repo, seen, known=theirs, renames=False)
    who = lost[0].author
    return Refusal(
        _REWRITTEN, _ACCEPT, where=remote.name, count=len(lost), known=seen[:10], who=who.name,
        day=f"{who.when:%Y-%m-%d}",
    )  # fmt: skip


def own_saves(repo: Repository, upstream: str | None) -> tuple[str, Side]:
    """My commits that are on nobody else's main, and the commit on which they stand, "" for none.

    Without a shared main (`upstream`) only the last one counts: the others may be on paper.
    """
    ours = repo.tip(MAIN)
    if ours is None:
        return "", Side("", ())
    known = [tip for tip in (upstream, *tips_of(repo, SEEN, SEEN_MAIN).values()) if tip]
    if not upstream:
        last = history(repo, ours, known=known, renames=False, limit=1)
        return "".join(last[0].parents[:1]) if last else "", Side(ours, last)
    return _common(repo, ours, upstream), Side(ours, _since(repo, ours, *known))


def remember(repo: Repository, commit: str, *refs: str) -> None:
    """Point `refs` of this clone to the commit, wherever they were."""
    with writing(repo) as held:
        known = tips_of(repo, *refs)
        move_all(held, [Step(ref, commit, known.get(ref)) for ref in refs], "docpipe: sync")
