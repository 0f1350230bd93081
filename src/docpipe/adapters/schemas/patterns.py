"""Regular expressions that come with a workspace: judged in time that grows with the text alone.

Python's `re` tries one way after the other, and for `(a+)+$` there are more ways than anybody can
wait for. RE2 follows all ways at once. It is loaded only for patterns that could take `re` long.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from docpipe.diagnostics import DocpipeError, Text, Value

_SHORT = 64  # characters up to which `re` judges what has few ways
_MOST_WAYS = 10
_MOST_STEPS = 500_000_000  # of RE2 for one file: some seconds at worst
_MEMORY = 8 << 20  # bytes that RE2 may take for a pattern
_LONGEST = 2_000  # characters of a pattern
_TOLD = 200  # of them, in messages
_CLASS = r"\[\^?\]?(?:\\.|[^\]\\])*\]"
_TOKEN = re.compile(rf"\\u[0-9A-Fa-f]{{4}}|\\.|{_CLASS}|\(\?<?[=!]|.", re.DOTALL)
_ATOM = re.compile(r"\\[^1-9]|\[\^?[^\[\]\\]+\]", re.DOTALL)
_DIVIDED = re.compile(r"\([-._/]\[(?:a-z|A-Z|0-9)+\]\+\)\*")  # words with a sign between: one way
_MANY_WAYS = re.compile(r"\)[*+{]|\(\?|[*+}][?+]|\{(,|[0-9]{4})|,[0-9]{4}|\\")
_OTHERWISE = re.compile(r"\\(?![dDwWsSbBAZnrtfv])[A-Za-z0-9]")  # RE2 may read it in another way
_END = "$(?!\\n)"  # as the shipped schemas write the very end, for editors that rely on Python
_SPACE = r"\t-\r "  # RE2's \s has no vertical tab


UNUSABLE = Text(
    "The regular expression {pattern} cannot be used: {why}", "正则表达式 {pattern} 无法使用：{why}"
)
PLAINER = Text(
    "Correct it; write it without looking ahead or behind, and without references such as \\1",
    "请改正；不要使用前瞻、后顾（(?=…)、(?<=…)）和 \\1 之类的反向引用",
)
_LONG = Text("it is too long", "太长")
_DEAR = Text("it takes too long for a text of this length", "对这么长的文字判断耗时过长")


class PatternError(DocpipeError):
    """A pattern that cannot be used, and why."""

    def __init__(self, pattern: str, why: str | Text) -> None:
        super().__init__(UNUSABLE, PLAINER, pattern=pattern[:_TOLD], why=why)


class TooDearError(PatternError):
    """Judging a file takes more steps than any file is worth."""


class _Budget:
    def __init__(self) -> None:
        self.left = _MOST_STEPS


_CURRENT: ContextVar[_Budget] = ContextVar("budget")


@contextmanager
def bounded() -> Iterator[None]:
    """What is judged in here takes no more than some seconds, or raises TooDearError."""
    token = _CURRENT.set(_Budget())
    try:
        yield
    finally:
        _CURRENT.reset(token)


def fits(pattern: str, text: str) -> bool:
    r"""Whether the pattern is found in the text: `$` is the very end, `\d` and `\w` are ASCII.

    Raises PatternError.
    """
    if len(text) <= _SHORT and (quick := _quick(pattern)):
        return quick.search(text) is not None
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half a character, or a file's name that is no text
        return False
    return all(part.found(data) for part in _parts(pattern))


def demand_usable(pattern: str) -> None:
    """Raises PatternError for a pattern that `fits` does not take."""
    if _quick(pattern) is None:
        _parts(pattern)


@cache
def _quick(pattern: str) -> re.Pattern[str] | None:
    """The pattern for `re`, where there are few ways to try; else None."""
    bare = _ATOM.sub("x", _DIVIDED.sub("x*", pattern.replace(_END, "$")))
    few = (
        len(re.findall(r"[*+]|\{[0-9]*,", bare)) <= 2
        and len(re.findall("[|?]", bare)) <= _MOST_WAYS
    )
    if not few or len(pattern) > _LONGEST or _MANY_WAYS.search(bare) or _OTHERWISE.search(pattern):
        return None
    written = "".join(r"\Z" if token == "$" else token for token in _tokens(pattern))
    try:
        return re.compile(written, re.ASCII)
    except (re.error, OverflowError):  # RE2 says why in words that are the same everywhere
        return None


class _Part(Value):
    """What must be found, or must not."""

    pattern: str
    program: Any
    wanted: bool

    def found(self, data: bytes) -> bool:
        """Whether the text is as wanted."""
        budget = _CURRENT.get(None) or _Budget()
        budget.left -= len(data) * self.program.programsize
        if budget.left < 0:
            raise TooDearError(self.pattern, _DEAR)
        return (self.program.search(data) is not None) is self.wanted


@cache
def _parts(pattern: str) -> tuple[_Part, ...]:
    """The pattern for RE2. Looking ahead, which it cannot, becomes patterns of their own.

    That is the same where it stands right behind `^`, and people write it nowhere else.
    """
    if len(pattern) > _LONGEST:
        raise PatternError(pattern, _LONG)
    tokens = list(_tokens(pattern))
    parts = []
    if tokens[:1] == ["^"]:
        while (tokens[1:2] or [""])[0] in ("(?=", "(?!"):
            if (end := _closed(tokens, 1)) == len(tokens):
                break
            ahead = ["^", "(?:", *tokens[2:end], ")"]
            parts.append(_Part(pattern, _program(pattern, ahead), tokens[1] == "(?="))
            del tokens[1 : end + 1]
        if parts and _is_divided(tokens):
            raise PatternError(pattern, "(?=")
    return (*parts, _Part(pattern, _program(pattern, tokens), True))


def _tokens(pattern: str) -> Iterator[str]:
    return (hit[0] for hit in _TOKEN.finditer(pattern.replace(_END, "$")))


def _closed(tokens: list[str], start: int) -> int:
    """Where the group that opens at `start` closes."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].startswith("(") - (tokens[index] == ")")
        if not depth:
            return index
    return len(tokens)  # RE2 says that it is not closed


def _is_divided(tokens: list[str]) -> bool:
    """Whether what follows the `^` is not one whole: `a|b`, or `*` for what stood before."""
    depth = 0
    for token in tokens:
        depth += token.startswith("(") - (token == ")")
        if token == "|" and not depth:
            return True
    return tokens[1:2] in (["*"], ["+"], ["?"], ["{"])


def _program(pattern: str, tokens: list[str]) -> Any:
    import re2

    options = re2.Options()
    options.max_mem, options.log_errors, options.encoding = (
        _MEMORY,
        False,
        re2.Options.Encoding.UTF8,
    )
    written = "".join(map(_for_re2, tokens))
    try:
        return re2.compile(written.encode(), options)
    except (re2.error, UnicodeEncodeError) as error:
        why = error.args[0]
        said = why.decode("utf-8", "replace") if isinstance(why, bytes) else str(error)
        raise PatternError(pattern, said) from error


def _for_re2(token: str) -> str:
    """A token as RE2 writes the same."""
    if token.startswith(r"\u"):
        return rf"\x{{{token[2:]}}}"
    if token.startswith("[") and token != "[":
        inner = re.sub(r"\\u([0-9A-Fa-f]{4})", r"\\x{\1}", token)
        return re.sub(r"(\\[^s])|\\s", lambda hit: hit[1] or _SPACE, inner)
    return {r"\Z": r"\z", r"\s": f"[{_SPACE}]", r"\S": f"[^{_SPACE}]"}.get(token, token)
