"""Commits left out, exchanged, dated and named otherwise, joined with others, signed by others."""

import re
from collections.abc import Callable
from dataclasses import replace

from tests.agreement.acts import Act
from tests.agreement.case import Case, Unfit, by, moved
from tests.issuing import LIN, ZHOU
from tests.tampering.kit import LEGAL
from tests.tampering.signatures import FINANCE

PEOPLE = (LIN, ZHOU, LEGAL, FINANCE)
OTHERS = (
    *PEOPLE, ("Somebody Else", "else@zefan.example"), ("林样", "LIN.YANG@zefan.example"),
    ("Lin Yang", LIN[1]), (f" {LIN[0]}", LIN[1]), ("Root", "root@localhost"), ("林样", ""),
)  # fmt: skip


def drop(case: Case) -> None:
    del case.acts[case.pick()]


def drop_the_last(case: Case) -> None:
    if len(case.acts) <= case.cut:
        raise Unfit
    case.acts.pop()


def swap(case: Case) -> None:
    one, two = case.pick(), case.pick()
    case.acts[one], case.acts[two] = case.acts[two], case.acts[one]


def repeat(case: Case) -> None:
    case.acts.insert(case.pick(), case.chance.choice(case.acts))


def empty(case: Case) -> None:
    at = case.pick()
    case.acts.insert(at, replace(case.acts[at], files={}))


def two_in_one(case: Case) -> None:
    at = case.pick()
    if at + 1 >= len(case.acts):
        raise Unfit
    one, two = case.acts[at : at + 2]
    case.acts[at : at + 2] = [replace(two, files={**one.files, **two.files})]


def in_two(case: Case) -> None:
    at = case.pick()
    files = list(case.acts[at].files.items())
    if len(files) < 2:
        raise Unfit
    case.chance.shuffle(files)
    parts = (dict(files[:1]), dict(files[1:]))
    case.acts[at : at + 1] = [replace(case.acts[at], files=part) for part in parts]


def redate(case: Case) -> None:
    at, act = _act(case)
    seconds = case.chance.choice((-1, 1, 60, -599, -1201, -86_400, 86_400, 10**9, -(10**10), 700))
    zone = case.chance.choice((b"", b"", b"+0000", b"-1130", b"+1400", b"+9959"))
    which = case.chance.randrange(3)
    case.acts[at] = replace(
        act,
        author=moved(act.author, seconds, zone) if which != 1 else act.author,
        committer=moved(act.committer, seconds, zone) if which != 0 else act.committer,
    )


def rename(case: Case) -> None:
    at, act = _act(case)
    who, which = case.chance.choice(OTHERS), case.chance.randrange(3)
    case.acts[at] = replace(
        act,
        author=by(act.author, who) if which != 1 else act.author,
        committer=by(act.committer, who) if which != 0 else act.committer,
    )


def join(case: Case) -> None:
    at, act = _act(case)
    names = (case.base.line[0], case.base.line[case.there], case.base.apart, *case.base.names)
    joins = (case.chance.choice(names),)
    case.acts[at] = replace(act, joins=joins, orphan=case.chance.random() < 0.2)


def begin_anew(case: Case) -> None:
    at, act = _act(case)
    case.acts[at] = replace(act, orphan=True)


def sign_otherwise(case: Case) -> None:
    at, act = _act(case)
    case.acts[at] = replace(act, signer=case.chance.choice((None, *(who[1] for who in PEOPLE))))


def sign_twice(case: Case) -> None:
    at, act = _act(case)
    case.acts[at] = replace(act, seals=2)


def sign_with_rubbish(case: Case) -> None:
    at, act = _act(case)
    seal = case.chance.choice((b"gpgsig x\n", b"gpgsig-sha256 x\n", b"gpgsig -----BEGIN PGP "
                               b"SIGNATURE-----\n x\n -----END PGP SIGNATURE-----\n"))  # fmt: skip
    case.acts[at] = replace(act, more=seal, seals=case.chance.randrange(2))


def say_something_else(case: Case) -> None:
    at, _ = _act(case)
    find, to = case.chance.choice(_WORDS)
    case.says(at, find, to)


_WORDS = (
    (r"^Order: ZF", "Order: XF"), (r"^Order: .*\n", ""), (r"^(Order: .*\n)", r"\1\1"),
    (r"^(Order: .*)", r"\1 "), (r"^Document: ", "document: "), (r"^Number: .*\n", ""),
    (r"^Revision: \d", "Revision: 7"), (r"^Revision: (\d)", r"Revision: 0\1"),
    (r"^Docpipe-Record: 1\n", ""), (r"^Docpipe-Record: 1", "Docpipe-Record: 2"),
    (r"^(Docpipe-Record: 1\n)", r"\1\1"), (r"^(Docpipe-Record: 1\n)", r"\1 more\n"),
    (r"^(Docpipe-Record: 1\n)", r"\1\nReviewed-by: x\n"),
    (r"^(Docpipe-Record: 1\n)", r"\1See: y\n"),
    (r"\A.*\n", "x\n"), (r"\A.*\n\n", ""), (r"\n\n", "\n"), (r"\n\Z", ""), (r"\n", "\r\n"),
    (r"\A", "\n"), (r"(?s)\A.*\Z", ""),
    (r"\Z", "\0x\n"), (r"^(Main: .*)", "\\1\0"), (r"^(Order: .*)", "\\1\r"),
    (r"^(Order: .*)", "\\1\v"), (r"^(Number: .*)", "\\1\u2028x"),
    (r"^(Document: .*)", "\\1\x1c"), (r"^Main: ", "Main:  "),
)  # fmt: skip


def other_headers(case: Case) -> None:
    at, act = _act(case)
    more = case.chance.choice((b"encoding GBK\n", b"encoding latin1\n", b"encoding x\n",
                               b"mergetag object x\n y\n", b"note x\n"))  # fmt: skip
    case.acts[at] = replace(act, more=more)


def other_letters(case: Case) -> None:
    """Names and messages that are not UTF-8."""
    at, act = _act(case)
    coded = act.message.replace(b"Issue", "签发".encode("gbk")), b"encoding GBK\n"
    odd = act.message + b"\xff\xfe", b""
    message, more = case.chance.choice((coded, odd))
    name = re.sub(rb"\A[^<]*", case.chance.choice((b"\xc1\xd6 ", b"\xff\xfe ", b"")), act.author)
    author = name if case.chance.random() < 0.5 else act.author
    case.acts[at] = replace(act, message=message, more=more, author=author)


def back_in_small_steps(case: Case) -> None:
    """A row of empty commits, each a little before the last; then what follows, as it was."""
    at, act = _act(case)
    case.acts[at:at] = [
        replace(act, files={}, author=moved(act.author, -300 * n),
                committer=moved(act.committer, -300 * n)) for n in range(1, 8)
    ]  # fmt: skip


def _act(case: Case) -> tuple[int, Act]:
    at = case.pick()
    return at, case.acts[at]


EDITS: tuple[Callable[[Case], object], ...] = (
    drop, drop, drop_the_last, swap, repeat, empty, two_in_one, in_two, redate, redate, rename,
    rename, join, begin_anew, sign_otherwise, sign_otherwise, sign_twice, sign_with_rubbish,
    say_something_else, say_something_else, say_something_else, other_headers, other_letters,
    back_in_small_steps,
)  # fmt: skip
