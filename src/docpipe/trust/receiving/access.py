"""The branches `access/<person>/<device>`: chains of entries, each by the person that it is of."""

from collections.abc import Iterator, Sequence

from docpipe.adapters import git
from docpipe.adapters.git import Commit, Update
from docpipe.diagnostics import Text
from docpipe.trust.invariants.push import PolicyBefore
from docpipe.trust.receiving.refusals import IN_PERSON, PUSHER, Refused, Why, refused
from docpipe.trust.receiving.signed import flaws, refusal

_MARK, _FORM, _SEQUENCE = "Docpipe-Access", "1", "Sequence"
_LOG = Text(
    "docpipe alone writes the access log, and only adds to it. Set this one aside and begin a new "
    "one: docpipe log repair; and tell the repository administrator",
    "查阅日志只由 docpipe 写入，且只能追加。请搁置本机的日志并另起一条：docpipe log repair；"
    "并告知仓库管理员",
)
_NAME = Why(
    "access-name",
    Text("{branch} is no branch of the access log: these are access/<person>/<device>",
         "{branch} 不是查阅日志分支：应为 access/<人员>/<设备>"),
    Text("Name it otherwise; access/ is docpipe's", "请另行命名；access/ 由 docpipe 专用"),
)  # fmt: skip
_DELETED = Why(
    "access-deleted",
    Text("The branch {branch} of the access log is never deleted",
         "查阅日志分支 {branch} 不可删除"),
    Text("Leave it as it is, also when the device or the person is gone",
         "请保留该分支，即使设备停用或人员离职"),
)  # fmt: skip
_REWRITTEN = Why(
    "access-rewritten",
    Text(
        "The branch {branch} is only ever added to, and what is pushed lacks its last entry "
        "({known})",
        "{branch} 只能追加，而推送的内容缺少其最新条目（{known}）",
    ),
    _LOG,
)
_MERGE = Why(
    "access-merge",
    Text("The entry {commit} joins several histories", "条目 {commit} 合并了多条历史"),
    _LOG,
)
_STRANGE = Why(
    "access-entry",
    Text("{commit} is no entry of the access log: {what}", "{commit} 不是查阅日志条目：{what}"),
    _LOG,
)
_UNMARKED = Text("docpipe did not write it (no {mark})", "不是 docpipe 写入的（没有 {mark}）")
_FILES = Text("it holds files", "它带有文件")
_TURN = Text("its sequence is {found}, and should be {next}", "其序号为 {found}，应为 {next}")
_FOREIGN = Why(
    "access-another",
    Text(
        "The entry {commit} is by {who}, on the log of {person}",
        "条目 {commit} 由 {who} 写入，却在 {person} 的日志上",
    ),
    IN_PERSON,
)


def access(before: PolicyBefore, update: Update) -> Iterator[Refused]:
    """What is wrong with a push to a branch of the access log.

    Raises DocpipeError for objects that are missing, and, where signatures are asked for or made,
    without a sound people.yaml on `main`.
    """
    ref, branch = update.ref, update.branch
    parted = git.parted(branch)
    if parted is None:
        yield refused(ref, _NAME, branch=branch)
        return
    if update.new is None:
        yield refused(ref, _DELETED, branch=branch)
        return
    known = update.old or ""
    commits = git.history(before.repo, update.new, known=known, renames=False, joined=False)[::-1]
    first = commits[0].parents[:1] if commits else ()
    if "".join(first) != known:
        yield refused(ref, _REWRITTEN, branch=branch, known=known[:12] or "-")
        return
    wrong = [*_chain(before, update, commits)]
    wrong = wrong or [*_names(before, ref, parted[0], commits)]
    yield from wrong or _signatures(before, ref, commits)


def _chain(before: PolicyBefore, update: Update, commits: Sequence[Commit]) -> Iterator[Refused]:
    """One line, marked, counted from 1, without files."""
    empty = git.EMPTY_TREE[before.repo.digest]
    sequence = _sequence(before, update.old)
    for commit in commits:
        sequence += 1
        if len(commit.parents) > 1:
            yield refused(update.ref, _MERGE, commit=commit.id[:12])
            return
        what: Text | None = None
        told = commit.trailers
        found = ", ".join(told.get(_SEQUENCE, []))
        if told.get(_MARK) != [_FORM]:
            what = _UNMARKED
        elif before.reader.root(commit.id) != empty:
            what = _FILES
        elif found != str(sequence):
            what = _TURN
        if what:
            yield refused(
                update.ref, _STRANGE, commit=commit.id[:12], what=what,
                mark=f"{_MARK}: {_FORM}", found=found or "-", next=str(sequence),
            )  # fmt: skip
            return


def _sequence(before: PolicyBefore, tip: str | None) -> int:
    """The number of the last entry that is there already."""
    if tip is None:
        return 0
    for commit in git.history(before.repo, tip, renames=False, limit=1):
        told = commit.trailers.get(_SEQUENCE, [])
        if len(told) == 1 and told[0].isdecimal() and told[0].isascii():
            return int(told[0])
    return 0


def _names(
    before: PolicyBefore, ref: str, person: str, commits: Sequence[Commit]
) -> Iterator[Refused]:
    """Author and committer are the person of the branch, and so is who pushes."""
    for commit in commits:
        names = {commit.author.email.lower(), commit.committer.email.lower()}
        who = commit.author if commit.author.email.lower() != person else commit.committer
        told = {"commit": commit.id[:12], "who": f"{who.name} <{who.email}>"}
        if names != {person}:
            yield refused(ref, _FOREIGN, person=person, **told)
        elif not before.is_pusher(person):
            yield refused(ref, PUSHER, pusher=before.pusher, **told)


def _signatures(before: PolicyBefore, ref: str, commits: Sequence[Commit]) -> Iterator[Refused]:
    sealed = git.signed_commits(before.reader, [commit.id for commit in commits])
    for _, flaw in flaws(before, sealed, own=True):
        yield refusal(ref, flaw)
