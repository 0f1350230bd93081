"""Why a push is refused, in both languages: a server does not know its reader's."""

from collections.abc import Iterator, Mapping, Sequence

from docpipe.adapters.git import SHOWN
from docpipe.diagnostics import DocpipeError, Text, one_line
from docpipe.trust.refusals import Refused

MOST = 5
"""Reasons that are told; they tend to be alike."""

_TOLD = Text("docpipe: {ref} refused: {message}. {mend}", "docpipe：拒绝 {ref}：{message}。{mend}")
_MORE = Text("docpipe: and {count} more", "docpipe：另有 {count} 项")
_UNTOLD = Text("docpipe: push refused: {message}. {mend}", "docpipe：拒绝推送：{message}。{mend}")


def to_client(line: str, variables: Mapping[str, str]) -> str:
    """A line as the server passes it on; `variables` are those of its hook.

    GitLab's pages, and some clients of it, show only lines that begin with words of its own.
    """
    gitlab = any(variables.get(name) for name in ("GL_ID", "GL_REPOSITORY"))
    return f"{SHOWN} {line}" if gitlab else line


def lines(found: Sequence[Refused]) -> Iterator[str]:
    """Each reason with what to do, in Chinese and in English."""
    for each in found[:MOST]:
        ref = each.ref.removeprefix("refs/heads/")
        said = {"ref": ref, "message": each.message, "mend": each.mend}
        yield from _both(_TOLD, **said)
    if len(found) > MOST:
        yield from _both(_MORE, count=len(found) - MOST)


def of_error(error: DocpipeError) -> Iterator[str]:
    """The same for what keeps the push from being judged."""
    mend = error.hint.filled(**error.params) if error.hint else ""
    yield from _both(_UNTOLD, message=error.text, mend=mend)


def _both(text: Text, **params: object) -> Iterator[str]:
    for lang in ("zh", "en"):
        yield one_line(text.say(lang, **params)).strip()
