"""What must hold of a witness's checkpoints, in `docpipe witness` and in every push."""

from collections.abc import Iterator
from typing import Any

from docpipe.adapters import git
from docpipe.adapters.git import Signature
from docpipe.diagnostics import Text, Value
from docpipe.trust.invariants.engine import Broken, Invariant, Words, broken, invariant
from docpipe.trust.invariants.personal import (
    SHOW,
    TAKE_AWAY,
    Personal,
    in_one_line,
    not_after_leaving,
    not_ahead,
    signed,
)
from docpipe.trust.invariants.push import pushed_in_person
from docpipe.trust.witness.checkpoint import Checkpoint
from docpipe.trust.witness.descent import Descent

_NAMED = Text(
    "Only docpipe writes there: docpipe witness --name NAME --push. Put your own work on a branch "
    "of another name",
    "该处只由 docpipe 写入：docpipe witness --name 名称 --push；您自己的内容请放在其他名称的分支",
)
_OWN = Text(
    "Each witness is one person's. Take a name of your own (docpipe witness --name NAME), or run "
    "it as that person (docpipe identity)",
    "每个见证只属一人；请另取名称（docpipe witness --name 名称），或以该人身份运行"
    "（docpipe identity）",
)
_BEGIN = Text(
    "No checkpoint leaves out what the one before it names. Where that is meant, begin anew: "
    "docpipe witness --name NAME",
    "检查点不得少于前一个所列；确属有意的，请另起一个：docpipe witness --name 名称",
)
_TWO = Text(
    "If two witnesses share the name, give each its own (docpipe witness --name); else find out "
    "who pushed it: git show {commit}",
    "两个见证同名的，请各取名称（docpipe witness --name）；否则请查明是谁推送的：git show {commit}",
)
_GO_ON = Text("Go on under another name{way}", "请改用其他名称继续{way}")
_FROM_GOOD = Text(
    ", from that one: git show {commit}:checkpoint.txt > good.txt; "
    "docpipe witness --checkpoint good.txt --name NAME",
    "，以该检查点为准：git show {commit}:checkpoint.txt > good.txt；"
    "docpipe witness --checkpoint good.txt --name 名称",
)
_ANEW = Text(": docpipe witness --name NAME", "：docpipe witness --name 名称")
_GOOD = Text(
    "The last good checkpoint on {path} is {commit}", "{path} 上最后一个可信的检查点是 {commit}"
)
_NO_GOOD = Text("There is no good checkpoint on {path}", "{path} 上没有可信的检查点")
_NAMES = Text(
    "its author is {author}, and its committer {who}", "作者写作 {author}，提交者却是 {who}"
)
_PERSON = Text(
    "it is by {who}, and the checkpoints of this witness are by {person}",
    "由 {who} 写入，而此见证的检查点均出自 {person}",
)


class Noted(Personal):
    """A commit on a witness's branch, and the checkpoint that it is, or why it is none.

    `person` is who made those before it, or ought to make them.
    """

    person: str
    checkpoint: Checkpoint | None
    said: Text | None


class Step(Value):
    """A checkpoint behind another on the same branch."""

    path: str
    commit: str
    before: Checkpoint
    after: Checkpoint
    descent: Descent


class Ends(Value):
    """The last checkpoints of a witness: the one here, and the shared repository's."""

    path: str
    here: str
    there: str


class Good(Value):
    """The last checkpoint that counts where one does not; "" for none."""

    path: str
    commit: str


@invariant(
    "witness-name",
    Words(
        Text("{path} is no branch of a witness: these are witness/<name>, in small letters, digits "
             "and hyphens",
             "{path} 不是见证分支：应为 witness/<名称>，只用小写字母、数字和连字符"),
        TAKE_AWAY,
        _NAMED,
    ),
)  # fmt: skip
def well_named(branch: str) -> Iterator[Broken]:
    """A witness's branch is called witness/<name>, in small letters, digits and hyphens.
    ---
    见证分支名为 witness/<名称>，只用小写字母、数字和连字符。
    """
    if not git.is_witness(branch.removeprefix(git.WITNESS)):
        yield broken(branch)


@invariant(
    "checkpoint",
    Words(
        Text(
            "{commit} on {path} is no checkpoint: {what}",
            "{path} 上的 {commit} 不是检查点：{what}",
        ),
        SHOW,
        _NAMED,
    ),
)
def well_formed(noted: Noted) -> Iterator[Broken]:
    """A checkpoint is a commit of checkpoint.txt alone, exactly as docpipe writes it.

    Its lines are sorted, its digest fits, and it is dated when the commit is.
    ---
    检查点是仅含 checkpoint.txt 的提交，与 docpipe 写入的完全一致：各行有序，摘要相符，日期与提交
    一致。
    """
    if noted.said:
        yield broken(noted.path, noted.commit.id, what=noted.said)


@invariant(
    "checkpoint-person",
    Words(
        Text("The checkpoint {commit} cannot stand on {path}: {what}",
             "检查点 {commit} 不能写入 {path}：{what}"),
        SHOW,
        _OWN,
    ),
)  # fmt: skip
def by_its_person(noted: Noted) -> Iterator[Broken]:
    """All checkpoints of a witness are by one person, as author and committer.
    ---
    一个见证的检查点均出自一人，作者与提交者相同。
    """
    author, committer = noted.commit.author, noted.commit.committer
    assert author is not None
    assert committer is not None
    what = None
    if (author.name, author.email) != (committer.name, committer.email):
        what = _NAMES
    elif committer.email.lower() != noted.person:
        what = _PERSON
    if what:
        told = {"author": _shown(author), "who": _shown(committer), "person": noted.person}
        yield broken(noted.path, noted.commit.id, what=what, **told)


@invariant(
    "checkpoint-less",
    Words(
        Text("The checkpoint {commit} on {path} has less than the one before it: {what}",
             "{path} 上的检查点 {commit} 的内容少于前一个：{what}"),
        SHOW,
        _BEGIN,
    ),
)  # fmt: skip
def leaves_nothing_out(step: Step) -> Iterator[Broken]:
    """A checkpoint names every branch that the one before it names, no further back.
    ---
    检查点列有前一个所列的全部分支，且均不后退。
    """
    if what := step.descent.fallen(step.before, step.after):
        yield broken(step.path, step.commit, what=what)


@invariant(
    "checkpoints-apart",
    Words(
        Text(
            "The shared repository's last checkpoint {commit} on {path} does not go on from the "
            "one here ({known})",
            "共享仓库 {path} 上的最新检查点 {commit} 并非接在本机的 {known} 之后",
        ),
        _TWO,
        _TWO,
    ),
)
def in_one_way(ends: Ends) -> Iterator[Broken]:
    """Of the last checkpoint here and the shared repository's, one goes on from the other.
    ---
    本机与共享仓库的最新检查点，其中一个接在另一个之后。
    """
    if ends.here and ends.there:
        yield broken(ends.path, ends.there, known=ends.here[:12])


@invariant("checkpoint-good", Words(Text("{what}", "{what}"), _GO_ON, _GO_ON, remark=True))
def goes_on_from(good: Good) -> Iterator[Broken]:
    """Where a checkpoint does not count, a witness goes on from the last one that does.

    A remark that tells which that is, beside what is wrong.
    ---
    某个检查点不作数时，见证从最后一个可信者继续。此为提示，随问题一并给出。
    """
    way, what = (_FROM_GOOD, _GOOD) if good.commit else (_ANEW, _NO_GOOD)
    yield broken(good.path, good.commit, what=what, way=way)


NAME = ((well_named,),)
CHECKPOINT: tuple[tuple[Invariant[Any], ...], ...] = (
    (in_one_line, well_formed),
    (by_its_person, pushed_in_person),
    (not_ahead, not_after_leaving),
    (signed,),
)
LESS = ((leaves_nothing_out,),)


def _shown(by: Signature) -> str:
    return f"{by.name} <{by.email}>"
