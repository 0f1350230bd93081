"""Agreeing with the remote on the tip of `records`, and publishing a record on it."""

from docpipe.adapters.git import records_check
from docpipe.adapters.git import remote as upstream
from docpipe.adapters.git.ancestry import count
from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.locking import HeldLock
from docpipe.adapters.git.refs import Step, holds, move_all
from docpipe.adapters.git.repository import Remote, Repository
from docpipe.diagnostics import Text

REF = "refs/heads/records"

_CHECKED_OUT = Text(
    "The branch records is checked out in {path}; only docpipe writes it, and never there",
    "records 分支已在 {path} 中检出；该分支只由 docpipe 写入，不能检出",
)
_LEAVE = Text("Go back: git switch main", "请切回：git switch main")
_SHALLOW = Text(
    "This clone is shallow: it holds the last commits only, and cannot vouch for what is on record",
    "这是浅克隆，只含最近的提交，不能确认已有记录",
)
_DEEPEN = Text("Get the rest: git fetch --unshallow", "请补全历史：git fetch --unshallow")
_REWRITTEN = Text(
    "The records of {where} have been rewritten: they lack {count} that this clone has "
    "(up to {known})",
    "{where} 的记录已被改写：缺少本克隆已有的 {count} 条记录（截至 {known}）",
)
_KEEP = Text(
    "Nothing was recorded. The repository administrator should find out who removed them; this "
    "clone still has them",
    "没有记入任何内容。请仓库管理员查明是谁移除的；本克隆仍保有这些记录",
)
_PARTED = Text(
    "The histories of the records in this clone and at {where} are unrelated",
    "本克隆与 {where} 的记录历史互不相关",
)
_ASK = Text(
    "Nothing was recorded. Both were started before the shared repository was set up: ask the "
    "repository administrator which of them counts",
    "没有记入任何内容。两边的记录是在设置共享仓库之前分别开始的，请仓库管理员确认以哪一方为准",
)
_REFUSED = Text("{where} does not accept the record: {why}", "{where} 拒绝接收该记录：{why}")
_NOTHING = Text("Nothing was recorded", "没有记入任何内容")
_PROTECTED = Text(
    "Nothing was recorded. The repository administrator must allow you to push the branch records",
    "没有记入任何内容。请仓库管理员允许您推送 records 分支",
)


def demand_usable(repo: Repository) -> None:
    """Raises DocpipeError where records cannot be written: a shallow clone, or checked out."""
    if repo.shallow:
        raise Refusal(_SHALLOW, _DEEPEN)
    words = ("for-each-ref", "--format=%(worktreepath)", REF)
    if path := repo.git(*words).decode("utf-8", "replace").strip():
        raise Refusal(_CHECKED_OUT, _LEAVE, path=path)


def agreed(held: HeldLock, remote: Remote | None) -> tuple[str | None, str | None]:
    """The tip to write on, once this clone has the remote's records; and the remote's own tip.

    Raises DocpipeError where the remote cannot be reached, or what is there or here is not ours.
    """
    repo = held.repo
    demand_usable(repo)
    ours = repo.tip(REF)
    theirs = upstream.tip(repo, remote, REF) if remote else None
    if remote and theirs and theirs != ours:
        return _joined(held, remote, ours, theirs), theirs
    if ours and remote and not theirs:  # all of them are to be published
        records_check.check(repo, ours, None, str(repo.folder))
    elif ours and not remote:
        records_check.check_last(repo, ours, str(repo.folder))
    return ours, theirs


def _joined(held: HeldLock, remote: Remote, ours: str | None, theirs: str) -> str:
    """The further of two tips of which one must hold the other; this clone is moved to it."""
    repo = held.repo
    upstream.bring(repo, remote, theirs)
    if ours and holds(repo, ours, theirs):
        records_check.check(repo, ours, theirs, str(repo.folder))
        return ours
    follows = ours is None or holds(repo, theirs, ours)
    records_check.check(repo, theirs, ours if follows else None, remote.name)
    if ours and not follows:
        raise _parted(repo, remote, ours, theirs)
    if not move_all(held, [Step(REF, theirs, ours)], f"records: from {remote.name}"):
        return _joined(held, remote, repo.tip(REF), theirs)
    return theirs


def _parted(repo: Repository, remote: Remote, ours: str, theirs: str) -> Refusal:
    if repo.run("merge-base", ours, theirs).code:
        return Refusal(_PARTED, _ASK, where=remote.name)
    lost = count(repo, ours, theirs)
    return Refusal(_REWRITTEN, _KEEP, where=remote.name, count=lost, known=ours[:12])


def published(
    held: HeldLock, remote: Remote | None, base: str | None, theirs: str | None, commit: str
) -> bool:
    """Publish `commit`, made on `base`: at the remote first, then here. False for a lost race.

    `theirs` is the remote's tip as last seen. Raises DocpipeError where the remote refuses it or
    cannot be reached; whether it has the record is then asked, not guessed.
    """
    if remote and not _pushed(held.repo, remote, theirs, commit):
        return False
    here = move_all(held, [Step(REF, commit, base)], "records: one more")
    return here or remote is not None  # the remote has it; this clone takes it over next time


def _pushed(repo: Repository, remote: Remote, theirs: str | None, commit: str) -> bool:
    answer = upstream.offer(repo, remote, commit, REF, theirs)
    if answer is not None and not answer.accepted:
        why, hint = answer.judged or answer.why, _NOTHING if answer.judged else _PROTECTED
        raise Refusal(_REFUSED, hint, where=remote.name, why=why)
    return answer is not None
