"""Why a push is refused, in both languages, and how to mend it."""

from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.invariants.engine import Violation

_ASK = Text("Ask the repository administrator", "请联系仓库管理员")


class Refused(Value):
    """One reason to refuse what a push does to `ref`, its words filled in."""

    ref: str
    name: str
    message: Text
    mend: Text


def from_error(ref: str, name: str, error: DocpipeError, mend: Text | None = None) -> Refused:
    """A refusal in an error's words; `mend` instead of its hint."""
    hint = mend or error.hint or _ASK
    return Refused(ref, name, error.text, hint.filled(**error.params))


def from_violation(ref: str, violation: Violation) -> Refused:
    """A refusal in the words of what does not hold, where it is."""
    path = violation.at.path
    at = f"{path}: " if path and f"refs/heads/{path}" != ref else ""
    message = Text(*(at + violation.message(lang) for lang in ("en", "zh")))
    return Refused(ref, violation.code, message, Text(violation.mend("en"), violation.mend("zh")))
