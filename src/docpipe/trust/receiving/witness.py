"""The branches `witness/<name>`: one person's checkpoints, one after the other, none taken back."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from docpipe.adapters import git
from docpipe.adapters.git import Update
from docpipe.diagnostics import Text
from docpipe.trust.invariants.push import PolicyBefore
from docpipe.trust.receiving.refusals import PUSHER, Refused, Why, refused
from docpipe.trust.receiving.signed import flaws, refusal
from docpipe.trust.witness import series
from docpipe.trust.witness.series import Asks, Descent, Given

_NAMED = Text(
    "Docpipe alone writes there: docpipe witness --name NAME --push; put your own work on a branch "
    "of another name",
    "该处只由 docpipe 写入：docpipe witness --name 名称 --push；您自己的内容请放在其他名称的分支",
)
_NAME = Why(
    "witness-name",
    Text("{branch} is no branch of a witness: these are witness/<name>, in small letters, digits "
         "and hyphens",
         "{branch} 不是见证分支：应为 witness/<名称>，只用小写字母、数字和连字符"),
    _NAMED,
)  # fmt: skip
_DELETED = Why(
    "witness-deleted",
    Text("The checkpoints on {branch} are never deleted", "{branch} 上的检查点不可删除"),
    Text("Leave them; a new witness takes a name of its own: docpipe witness --name",
         "请保留；新的见证请另取名称：docpipe witness --name"),
)  # fmt: skip
_REWRITTEN = Why(
    "witness-rewritten",
    Text(
        "What is pushed lacks the last checkpoint on {branch} ({known})",
        "推送的内容缺少 {branch} 上的最新检查点（{known}）",
    ),
    Text(
        "Checkpoints are only ever added to. If two witnesses share the name, give each its own: "
        "docpipe witness --name",
        "检查点只能追加。两个见证同名的，请各取名称：docpipe witness --name",
    ),
)
_STRANGE = Why(
    "witness-checkpoint",
    Text("{commit} is no checkpoint: {what}", "{commit} 不是检查点：{what}"),
    _NAMED,
)
_ANOTHER = Why(
    "witness-another",
    Text("The checkpoint {commit} cannot stand on {branch}: {what}",
         "检查点 {commit} 不能写入 {branch}：{what}"),
    Text("Each witness is one person's; take a name of your own (docpipe witness --name NAME), or "
         "run it as that person (docpipe identity)",
         "每个见证只属一人；请另取名称（docpipe witness --name 名称），或以该人身份运行"
         "（docpipe identity）"),
)  # fmt: skip
_LESS = Why(
    "witness-less",
    Text("The checkpoint {commit} has less than the one before it: {what}",
         "检查点 {commit} 的内容少于前一个：{what}"),
    Text("No checkpoint leaves out what one before it names; where that is meant, begin anew: "
         "docpipe witness --name NAME",
         "检查点不得少于前一个所列；确属有意的，请另起一个：docpipe witness --name 名称"),
)  # fmt: skip


def witness(before: PolicyBefore, update: Update, now: datetime) -> Iterator[Refused]:
    """What is wrong with a push to a witness's branch: a job with a new clone each time relies on
    the last checkpoint there. Raises DocpipeError for objects that are missing, and without a
    sound people.yaml on `main` where signatures are asked for."""
    ref, branch, old, new = update.ref, update.branch, update.old, update.new
    if new is None:
        yield refused(ref, _DELETED, branch=branch)
    elif not git.is_witness(branch.removeprefix(git.WITNESS)):
        yield refused(ref, _NAME, branch=branch)
    elif old and not git.holds(before.repo, new, old):
        yield refused(ref, _REWRITTEN, branch=branch, known=old[:12])
    else:
        commits = git.stretch(before.repo, [new], [old] if old else [])
        yield from _added(before, update, commits, now)


def _added(
    before: PolicyBefore, update: Update, commits: Sequence[str], now: datetime
) -> Iterator[Refused]:
    """What is wrong with new checkpoints, the gravest first, and nothing that follows from it."""
    good: list[Given] = []
    for commit, each in series.given(before.reader, commits):
        if isinstance(each, Text):
            yield refused(update.ref, _STRANGE, commit=commit.id[:12], what=each)
            return
        good.append(each)
    known = [each for _, each in series.given(before.reader, [update.old] if update.old else [])]
    line = [*(each for each in known if isinstance(each, Given)), *good]
    wrong = [*_names(before, update, line, good)]
    wrong = wrong or [*_signatures(before, update.ref, good, now)]
    yield from wrong or _less(before, update.ref, line)


def _names(
    before: PolicyBefore, update: Update, line: Sequence[Given], new: Sequence[Given]
) -> Iterator[Refused]:
    """All are by the person who made the first, and he pushes them himself."""
    for each in new:
        commit, person = each.commit, line[0].person
        if what := series.foreign(commit, person):
            yield refused(update.ref, _ANOTHER, branch=update.branch, commit=commit.id[:12],
                          what=what)  # fmt: skip
        elif not before.is_pusher(person):
            by = commit.committer
            who = f"{by.name} <{by.email}>" if by else "?"
            yield refused(update.ref, PUSHER, commit=commit.id[:12], who=who, pusher=before.pusher)


def _signatures(
    before: PolicyBefore, ref: str, new: Sequence[Given], now: datetime
) -> Iterator[Refused]:  # fmt: skip
    """The last with a key that counts today; those before it are vouched for by that, and need not
    be signed if main did not ask for it when they were made."""
    asks = Asks(before.reader, before.main)
    for each in new[:-1]:
        for _, flaw in flaws(before, [each.commit], own=True, asked=asks(each.checkpoint)):
            yield refusal(ref, flaw)
    for _, flaw in flaws(before, [each.commit for each in new[-1:]], own=True, today=now):
        yield refusal(ref, flaw)


def _less(before: PolicyBefore, ref: str, line: Sequence[Given]) -> Iterator[Refused]:
    descent = Descent(before.repo, [each.checkpoint for each in line])
    for earlier, later in reversed([*pairwise(line)]):
        if what := descent.fallen(earlier.checkpoint, later.checkpoint):
            yield refused(ref, _LESS, commit=later.commit.id[:12], what=what)
