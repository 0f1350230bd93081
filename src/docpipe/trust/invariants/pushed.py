"""A push to `records`: what the hook demands beyond what must hold of every record."""

from collections.abc import Iterator, Sequence

from docpipe.adapters import git
from docpipe.adapters.git import Commit, Update
from docpipe.diagnostics import Text, Value
from docpipe.trust.formats.issued import Issued
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import (
    LOOK,
    Broken,
    Violation,
    Words,
    broken,
    invariant,
)
from docpipe.trust.invariants.push import IN_PERSON, InPerson, PolicyBefore, pushed_in_person
from docpipe.trust.invariants.records import RecordsJudge
from docpipe.trust.invariants.remaking import differing, inputs_of
from docpipe.trust.invariants.signatures import SIGNATURES
from docpipe.trust.judging import signatures
from docpipe.trust.judging.signatures import Flaw

_LEAVE = Text("Leave it as it is; nobody needs it checked out", "请保留该分支；它不占工作区")


class Push(Value):
    """What a push does to `records`, and what counted before; `commits` are new, oldest first."""

    before: PolicyBefore
    update: Update
    commits: Sequence[Commit]


class PushedRecord:
    """A record of a push, beside what counted before the push."""

    def __init__(self, before: PolicyBefore, addition: Addition) -> None:
        self.before, self.addition = before, addition

    @property
    def in_person(self) -> InPerson | None:
        """Who made it, beside who pushes it."""
        commit = self.addition.commit
        return InPerson("", commit.id, commit.committer, self.before)

    @property
    def flaw(self) -> Flaw | None:
        """What is wrong with its signature by the keys of before the push, and of that day."""
        before, signed = self.before, self.addition.signed
        flaw = signatures.judged(signed, before.keys, asked=before.asks, own=True)
        if flaw is None and before.asks:
            return signatures.outdated(signed, before.keys, before.now)
        return flaw


@invariant(
    "records-deleted",
    Words(Text("The branch records is never deleted", "records 分支不可删除"), LOOK, _LEAVE),
)
def records_are_never_deleted(push: Push) -> Iterator[Broken]:
    """No push deletes the branch `records`.

    ---
    任何推送都不得删除 records 分支。
    """
    if push.update.new is None:
        yield broken()


@invariant(
    "records-rewritten",
    Words(
        Text(
            "The branch records is only ever added to, and what is pushed lacks its last record "
            "({known})",
            "records 分支只能追加，而推送的内容缺少其最新记录（{known}）",
        )
    ),
)
def records_go_on_from_the_last(push: Push) -> Iterator[Broken]:
    """What is pushed to `records` goes on from the last record that is there.

    ---
    推送到 records 的内容须接在其最新记录之后。
    """
    old, commits = push.update.old or "", push.commits
    if push.update.new and (not commits or "".join(commits[0].parents[:1]) != old):
        yield broken(known=old[:12] or "-")


@invariant(
    "no-longer-known",
    Words(
        Text(
            "The commit {commit} is by {who}, whom people.yaml on main ({main}) does not know any "
            "more",
            "提交 {commit} 由 {who} 记入，而 main（{main}）的 people.yaml 中已没有此人",
        ),
        LOOK,
        IN_PERSON,
    ),
)
def the_last_main_knows_the_person(record: PushedRecord) -> Iterator[Broken]:
    """Whoever puts something on record is known to the last main before the push, too.

    An older main that still knows them is no way around.
    ---
    推送之前最新的 main 也须有此记入者。写明较旧的 main 也绕不过去。
    """
    by, before = record.addition.commit.committer, record.before
    if not before.roles.knows(by.email, before.now):
        who = f"{by.name} <{by.email}>"
        yield broken("", record.addition.commit.id, who=who, main=before.policy.commit[:12])


@invariant(
    "role-lost",
    Words(
        Text(
            "{who} does not have the role {role} any more (people.yaml of {main})",
            "{who} 已无 {role} 角色（{main} 的 people.yaml）",
        ),
        LOOK,
        Text("Ask a colleague who has the role", "请由有该角色的同事处理"),
    ),
)
def the_last_main_gives_the_role(record: PushedRecord) -> Iterator[Broken]:
    """An approval is by somebody who has its role by the last main before the push, on that day.

    ---
    推送之前最新的 main 也须授予审批人该角色。
    """
    before = record.before
    for each in record.addition.approvals:
        if not before.roles.has(each.by.email, each.by.role, before.now):
            yield broken(each.path, record.addition.commit.id, who=str(each.by), role=each.by.role,
                         main=before.policy.commit[:12])  # fmt: skip


@invariant(
    "inputs-outdated",
    Words(
        Text(
            "The shared main has moved on ({main}) and has this otherwise by now: {what}",
            "共享的 main 已有更新（{main}），以下内容已不同：{what}",
        ),
        LOOK,
        Text(
            "Take it over first (docpipe sync), then issue the document again",
            "请先同步（docpipe sync），再重新签发",
        ),
    ),
)
def the_last_main_has_every_input(record: PushedRecord) -> Iterator[Broken]:
    """A document is issued from what the last main before the push has, of its own order and of
    what all orders share.

    So nobody issues by an account, a rule or an approval asked for that was changed since. Other
    orders may go on meanwhile. Records from before anything was shared come by the main of then.
    ---
    单证须按推送之前最新的 main 签发：该订单本身，以及各订单共用的内容。
    因此无法再按已变更的账户、规则或审批要求签发。其他订单期间可以变动。
    共享之前的记录以当时的 main 为准。
    """
    before = record.before
    for each in record.addition.issued if before.records else ():
        named = inputs_of(record.addition, each)
        mine = {path: name for path, name in named.items() if not _is_anothers(path, each)}
        if others := differing(mine, before.policy.source):
            yield broken(each.path, record.addition.commit.id, what=others[:3],
                         main=before.policy.commit[:12])  # fmt: skip


def _is_anothers(path: str, issued: Issued) -> bool:
    return path != issued.inputs.folder and (path == "orders" or path.startswith("orders/"))


def of_records(before: PolicyBefore, update: Update) -> Iterator[Violation]:
    """What is wrong with a push to `records`, the gravest first, and nothing that follows from it.

    Raises DocpipeError without a sound people.yaml on `main`, and for objects that are missing.
    """
    repo, new = before.repo, update.new
    known = update.old or ""
    commits = git.history(repo, new, known=known, renames=False, joined=False) if new else []
    push = Push(before, update, commits[::-1])
    wrong = [*records_are_never_deleted(push), *records_go_on_from_the_last(push)]
    if wrong:
        yield from wrong
        return
    _ = before.roles  # nothing is taken in where nobody could be told who has a role
    judge = RecordsJudge(repo, before.reader, before.policies, before.now)
    if update.old:
        judge.begin(update.old)
    for addition, found in judge.judge(push.commits):
        wrong = found or [*_of_push(PushedRecord(before, addition))]
        if wrong:
            yield from wrong
            return


def _of_push(record: PushedRecord) -> Iterator[Violation]:
    groups = (SIGNATURES, (pushed_in_person, the_last_main_knows_the_person),
              (the_last_main_gives_the_role, the_last_main_has_every_input))  # fmt: skip
    for group in groups:
        found = [violation for each in group for violation in each(record)]
        if found:
            yield from found
            return
