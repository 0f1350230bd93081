"""Signatures of commits: asked for by main, sound, and by the person's own key."""

from collections.abc import Iterator
from typing import Protocol

from docpipe.diagnostics import Text, Value
from docpipe.trust.invariants.engine import Broken, Invariant, Violation, Words, invariant
from docpipe.trust.judging import signatures as judging
from docpipe.trust.judging.signatures import Flaw

_SIGN = Text(
    "Set up your key (docpipe identity --sign), have its line entered in people.yaml on main by "
    "somebody who has the role admin, then do it again",
    "请设置密钥（docpipe identity --sign），由管理员（admin）将其登记到 main 的 people.yaml 后重做",
)
_MINE = Text(
    "Sign with a key that people.yaml on main has for you today: docpipe identity",
    "请使用 main 的 people.yaml 中登记在您名下、当日有效的密钥：docpipe identity",
)


class Signed(Protocol):
    """Something whose signature is judged; `flaw` is what is wrong with it."""

    @property
    def flaw(self) -> Flaw | None:
        """What is wrong with its signature; None for nothing."""


def _words(kind: judging.Kind) -> Words:
    _, message, hint = kind
    return Words(message, hint, _SIGN if kind == judging.UNSIGNED else _MINE)


def _of(subject: Signed, kind: judging.Kind) -> Iterator[Broken]:
    flaw = subject.flaw
    if flaw is not None and flaw.kind == kind:
        params = {name: value for name, value in flaw.params.items() if name != "commit"}
        yield Broken("", flaw.commit, params=params)


@invariant(judging.UNSIGNED[0], _words(judging.UNSIGNED))
def what_has_to_be_signed_is(subject: Signed) -> Iterator[Broken]:
    """Where company.yaml on main says `signing: required`, a commit is signed by its committer.

    ---
    main 的 company.yaml 要求签名（signing: required）的，提交须有提交者的签名。
    """
    yield from _of(subject, judging.UNSIGNED)


@invariant(judging.UNREADABLE[0], _words(judging.UNREADABLE))
def a_signature_can_be_checked(subject: Signed) -> Iterator[Broken]:
    """A signature is one that can be checked: SSH's own form, one of it, over the whole commit.

    ---
    签名须能核验：采用 SSH 的签名格式，只有一个，且覆盖整个提交。
    """
    yield from _of(subject, judging.UNREADABLE)


@invariant(judging.ALTERED[0], _words(judging.ALTERED))
def a_signature_fits_its_commit(subject: Signed) -> Iterator[Broken]:
    """A signature is over what the commit says: nothing was altered after it was signed.

    ---
    签名须与提交内容相符：签名之后没有改动。
    """
    yield from _of(subject, judging.ALTERED)


@invariant(judging.UNKNOWN[0], _words(judging.UNKNOWN))
def people_yaml_has_the_key(subject: Signed) -> Iterator[Broken]:
    """The key of a signature is in people.yaml on main.

    ---
    签名所用的密钥须在 main 的 people.yaml 中。
    """
    yield from _of(subject, judging.UNKNOWN)


@invariant(judging.ANOTHERS[0], _words(judging.ANOTHERS))
def the_key_is_the_persons_own(subject: Signed) -> Iterator[Broken]:
    """A commit is signed with a key of the person whose name it bears.

    ---
    提交以谁署名，就须用谁的密钥签名。
    """
    yield from _of(subject, judging.ANOTHERS)


@invariant(judging.OUT_OF_DATE[0], _words(judging.OUT_OF_DATE))
def the_key_counts_on_that_day(subject: Signed) -> Iterator[Broken]:
    """The key counts on the commit's day, and at a push on the day of the push too.

    ---
    密钥在提交当日有效；推送时，在推送当日也须有效。
    """
    yield from _of(subject, judging.OUT_OF_DATE)


SIGNATURES: tuple[Invariant[Signed], ...] = (
    what_has_to_be_signed_is, a_signature_can_be_checked, a_signature_fits_its_commit,
    people_yaml_has_the_key, the_key_is_the_persons_own, the_key_counts_on_that_day,
)  # fmt: skip


class Flawed(Value):
    """Something whose signature was judged already."""

    flaw: Flaw | None


def of_flaw(flaw: Flaw) -> list[Violation]:
    """A flaw as what does not hold."""
    return [found for each in SIGNATURES for found in each(Flawed(flaw))]
