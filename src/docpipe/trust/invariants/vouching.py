"""Who put something on record, when, and by which `main`: record, commit and people.yaml agree."""

from collections.abc import Iterator

from docpipe.adapters.git import Signature
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import ASK, LOOK, Broken, Words, broken, invariant
from docpipe.trust.invariants.lineage import shown
from docpipe.trust.invariants.policy_before import IN_PERSON
from docpipe.trust.judging.policy import Policy

_SHARE = Text(
    "Share main first (docpipe sync, or git push origin main), then do it again with docpipe",
    "请先共享 main（docpipe sync 或 git push origin main），再用 docpipe 重做",
)


@invariant(
    "main-unknown",
    Words(
        Text(
            "The commit {commit} by {who} was made by a main that is not the shared one: {main}",
            "{who} 的提交 {commit} 所依据的 main（{main}）不在共享的 main 上",
        ),
        ASK,
        _SHARE,
    ),
)
def every_record_names_the_shared_main(addition: Addition) -> Iterator[Broken]:
    """A record names the commit of the shared `main` by which it is judged.

    Roles, keys, number forms and the facts themselves count as that commit has them; it stands on
    main's line of first parents, so nobody brings facts or rights along on a branch of their own.
    ---
    每条记录都写明判断所依据的共享 main 的提交。
    角色、密钥、编号格式和资料均以该提交为准；它在 main 的首父提交线上，
    任何人都不能用自己的分支夹带资料或权限。
    """
    if addition.policy is None:
        main = addition.main[:12] or "-"
        yield broken("", addition.commit.id, who=addition.commit.committer.name, main=main)


@invariant(
    "main-back",
    Words(
        Text(
            "The commit {commit} by {who} was made by an older main ({main}) than the record "
            "before it ({before})",
            "{who} 的提交 {commit} 所依据的 main（{main}）早于前一条记录的（{before}）",
        ),
        ASK,
    ),
)
def main_does_not_go_back(addition: Addition) -> Iterator[Broken]:
    """No record is made by an older `main` than the record before it.

    Otherwise a role that was taken away could still be used by naming a main that gave it.
    ---
    任何记录所依据的 main 都不得早于前一条记录。
    否则只要写明旧的 main，已收回的角色仍可使用。
    """
    line, before = addition.policies.line, addition.before.main
    if addition.main in line and before in line and line[addition.main] < line[before]:
        who = addition.commit.committer.name
        yield broken(
            "", addition.commit.id, who=who, main=addition.main[:12], before=before[:12]
        )  # fmt: skip


@invariant(
    "author",
    Words(
        Text(
            "This says that it is by {by}, but the commit {commit} was made by {who}",
            "此处写明由 {by} 记入，但提交 {commit} 出自 {who}",
        ),
        LOOK,
        IN_PERSON,
    ),
)
def whoever_is_named_made_the_commit(addition: Addition) -> Iterator[Broken]:
    """Author and committer of a record's commit are the person whom the record names.

    ---
    记录所在提交的作者和提交者，就是记录中写明的人。
    """
    commit = addition.commit
    people = dict.fromkeys((commit.author, commit.committer))
    for each in addition.said:
        wanted = each.by.name.strip(), each.by.email.strip()
        for person in people:
            if (person.name.strip(), person.email.strip()) != wanted:
                who = f"{person.name} <{person.email}>"
                yield broken(each.path, commit.id, by=f"{wanted[0]} <{wanted[1]}>", who=who)
                break


@invariant(
    "time",
    Words(
        Text(
            "This says that it was put on record at {said}, but the commit {commit} is dated {at}",
            "此处写明于 {said} 记入，但提交 {commit} 的日期为 {at}",
        )
    ),
)
def a_record_bears_the_time_of_its_commit(addition: Addition) -> Iterator[Broken]:
    """The moment in a record is that of its commit.

    ---
    记录中的时间就是其提交的时间。
    """
    commit = addition.commit
    for each in addition.said:
        for moment in dict.fromkeys((commit.author.when, commit.committer.when)):
            if moment != each.at:
                yield broken(each.path, commit.id, said=shown(each.at), at=shown(moment))
                break


@invariant(
    "trailers",
    Words(
        Text(
            'The commit {commit} says "{key}: {told}", but this says {said}',
            "提交 {commit} 写明“{key}: {told}”，而此处写的是 {said}",
        )
    ),
)
def a_commit_tells_what_its_record_says(addition: Addition) -> Iterator[Broken]:
    """What the commit's message tells (order, document, number, revision) is what the record says.

    ---
    提交说明中写明的订单、单证、编号和版次，与记录一致。
    """
    trailers = addition.commit.trailers
    for each in addition.said:
        for key, value in each.trailers.items():
            told = ", ".join(trailers.get(key, []))
            if told != " ".join(value.split()):
                yield broken(each.path, addition.commit.id, key=key, told=told, said=value)


@invariant(
    "stranger",
    Words(
        Text(
            "The commit {commit} is by {who}, whom people.yaml on main ({main}) does not know, or "
            "who had left",
            "提交 {commit} 由 {who} 记入，而 main（{main}）的 people.yaml 中没有此人，或此人已离职",
        ),
        LOOK,
        Text(
            "Somebody who has the role admin enters the person there first, or say who you are: "
            "docpipe identity",
            "请管理员（admin）先行登记，或设置您的身份：docpipe identity",
        ),
    ),
)
def colleagues_alone_put_on_record(addition: Addition) -> Iterator[Broken]:
    """Whoever puts something on record is in people.yaml of the main that the record names, and had
    not left before that day: neither by that main, nor by the last one.

    ---
    记入者须在记录所依据的 main 的 people.yaml 中，且当日尚未离职：以该 main 和最新的 main 为准。
    """
    policy, by = addition.policy, addition.commit.committer
    last = addition.policies.last
    if policy is not None and not (_is_known(policy, by) and _had_not_left(last, by)):
        who = f"{by.name} <{by.email}>"
        yield broken("", addition.commit.id, who=who, main=policy.commit[:12])


def _is_known(policy: Policy, by: Signature) -> bool:
    try:
        return policy.roles.knows(by.email, by.when)
    except DocpipeError:  # that main has no sound people.yaml: nobody is known
        return False


def _had_not_left(last: Policy | None, by: Signature) -> bool:
    try:
        member = last.roles.members.get(by.email) if last else None
        return last is None or member is None or member.is_there(last.roles.day(by.when))
    except DocpipeError:  # told of the main that it names
        return True


GROUPS = ((every_record_names_the_shared_main,), (main_does_not_go_back,))
CONTENTS = (
    (whoever_is_named_made_the_commit, a_record_bears_the_time_of_its_commit,
     a_commit_tells_what_its_record_says, colleagues_alone_put_on_record),
)  # fmt: skip
