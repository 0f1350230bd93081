"""Why a push is refused, in both languages, and how to mend it."""

from docpipe.diagnostics import DocpipeError, Param, Text, Value
from docpipe.trust.invariants.engine import Violation


class Why(Value):
    """A reason: its short name for programs, what is wrong, and what the person does about it."""

    name: str
    message: Text
    mend: Text


class Refused(Value):
    """One reason to refuse what a push does to `ref`, its words filled in."""

    ref: str
    name: str
    message: Text
    mend: Text


def refused(ref: str, why: Why, /, **params: Param) -> Refused:
    """A refusal for this reason."""
    return Refused(ref, why.name, why.message.filled(**params), why.mend.filled(**params))


def from_error(ref: str, name: str, error: DocpipeError, mend: Text | None = None) -> Refused:
    """A refusal in an error's words; `mend` instead of its hint."""
    hint = mend or error.hint or ASK
    return Refused(ref, name, error.text, hint.filled(**error.params))


def from_violation(ref: str, violation: Violation) -> Refused:
    """A refusal in the words of what does not hold, where it is."""
    path = violation.at.path
    at = f"{path}: " if path and f"refs/heads/{path}" != ref else ""
    message = Text(*(at + violation.message(lang) for lang in ("en", "zh")))
    return Refused(ref, violation.code, message, Text(violation.mend("en"), violation.mend("zh")))


ASK = Text("Ask whoever looks after the shared repository", "请联系仓库管理员")
REDO = Text(
    "Docpipe alone writes records, and only adds to them. Go back to the shared ones: "
    "docpipe doctor --fix; then do it again with docpipe",
    "记录只由 docpipe 写入，且只能追加。请先恢复为共享的记录：docpipe doctor --fix；"
    "再用 docpipe 重做",
)
IN_PERSON = Text(
    "Everybody puts on record what he did himself, under his own name: docpipe identity",
    "各人只能以本人名义记录本人所为：docpipe identity",
)
PUSHER = Why(
    "pushed-by-another",
    Text(
        "The commit {commit} is in the name of {who}, and {pusher} pushes it",
        "提交 {commit} 署名 {who}，推送者却是 {pusher}",
    ),
    IN_PERSON,
)
