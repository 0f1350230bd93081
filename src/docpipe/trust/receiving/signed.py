"""Whether what a push brings is signed as it has to be."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from docpipe.adapters.git import SignedCommit
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.invariants.push import PolicyBefore
from docpipe.trust.judging.keys import Keyring, keyring_at
from docpipe.trust.judging.signatures import UNSIGNED, Flaw, judged, outdated
from docpipe.trust.receiving.refusals import Refused, Why, refused

_SIGN = Text(
    "Set up your key (docpipe identity --sign), have its line entered in people.yaml on main by "
    "somebody who has the role admin, then do it again",
    "请设置密钥（docpipe identity --sign），由管理员（admin）将其登记到 main 的 people.yaml 后重做",
)
_MINE = Text(
    "Sign with a key that people.yaml on main has for you today: docpipe identity",
    "请使用 main 的 people.yaml 中登记在您名下、当日有效的密钥：docpipe identity",
)


def flaws(
    before: PolicyBefore, commits: Iterable[SignedCommit], *, own: bool,
    today: datetime | None = None,
    main: str | None = None, asked: bool = True,
) -> Iterator[tuple[SignedCommit, Flaw]]:  # fmt: skip
    """The commits whose signatures do not do; with `own` their author has to be who signed it.

    Where nothing is asked for, or not `asked` of these, only what is forged. Given `today`, a key
    has to count on that day too: what a commit says of its own day is the word of who may have
    stolen the key. The keys are those of before the push, or those of a commit of `main`. Raises
    DocpipeError without a people.yaml.
    """
    # before the first commit is read: all are read through one pipe
    asked, keys = asked and before.asks, _keys(before, main)
    if keys is None:
        return
    for commit in commits:
        flaw = judged(commit, keys, asked=asked, own=own)
        if flaw is None and asked and today is not None:
            flaw = outdated(commit, keys, today)
        if flaw:
            yield commit, flaw


def is_signed(before: PolicyBefore, commit: SignedCommit, today: datetime) -> bool:
    """Whether a commit is signed by its committer as it has to be, where that is asked for."""
    return not before.asks or not [*flaws(before, [commit], own=False, today=today)]


def _keys(before: PolicyBefore, main: str | None) -> Keyring | None:
    """The keys that count; None where there are none, and none are asked for."""
    try:
        return keyring_at(before.repo, before.reader, main) if main else before.keys
    except DocpipeError:
        if before.asks:
            raise
        return None


def refusal(ref: str, flaw: Flaw) -> Refused:
    """A flaw in words."""
    name, message, _ = flaw.kind
    why = Why(name, message, _SIGN if flaw.kind == UNSIGNED else _MINE)
    return refused(ref, why, **flaw.params)
