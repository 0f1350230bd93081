"""What must hold of a witness's checkpoints, in `docpipe witness` and in every push."""

from collections.abc import Iterator
from typing import Any

from docpipe.adapters import git
from docpipe.adapters.git import Signature
from docpipe.diagnostics import Text
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
from docpipe.trust.invariants.policy_before import pushed_in_person
from docpipe.trust.witness.checkpoint import Checkpoint

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


NAME = ((well_named,),)
CHECKPOINT: tuple[tuple[Invariant[Any], ...], ...] = (
    (in_one_line, well_formed),
    (by_its_person, pushed_in_person),
    (not_ahead, not_after_leaving),
    (signed,),
)


def _shown(by: Signature) -> str:
    return f"{by.name} <{by.email}>"
