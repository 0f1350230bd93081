"""What must hold of checkpoints one behind the other, and where a witness goes on from."""

from collections.abc import Iterator

from docpipe.diagnostics import Text, Value
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.invariants.personal import SHOW
from docpipe.trust.witness.checkpoint import Checkpoint
from docpipe.trust.witness.descent import Descent

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


LESS = ((leaves_nothing_out,),)
