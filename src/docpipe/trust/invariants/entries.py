"""What must hold of an entry of the access log, in `docpipe log verify` and in every push."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from docpipe.diagnostics import Text
from docpipe.trust.accesslog.entries import Entry
from docpipe.trust.invariants.engine import Broken, Invariant, Words, broken, invariant
from docpipe.trust.invariants.entry_form import Placed, well_formed, well_named
from docpipe.trust.invariants.personal import (
    ANEW,
    SHOW,
    in_one_line,
    not_after_leaving,
    not_ahead,
    signed,
)
from docpipe.trust.invariants.policy_before import pushed_in_person
from docpipe.trust.judging.clocks import APART

_LOOK = Text("Find out who did it: git log {path}", "请查明是谁所为：git log {path}")
_IDENTITY = Text(
    "Each log is one person's, and docpipe alone writes it. Check your own name: docpipe identity",
    "每条日志只属一人，且只由 docpipe 写入。请核对您的署名：docpipe identity",
)
_SHARE = Text(
    "Share main first: docpipe sync. If main was rewritten, begin another log: delete "
    ".git/docpipe/device",
    "请先共享 main：docpipe sync。如 main 曾被改写，请删除 .git/docpipe/device 以另起一条日志",
)
_CLOCK = Text(
    "Look at the computer's clock; the order of entries is by number, not by time",
    "请检查该电脑的时钟；条目先后以序号为准",
)
_UNSHALLOW = Text("Get the rest: git fetch --unshallow", "请补全历史：git fetch --unshallow")


@invariant(
    "sequence",
    Words(
        Text(
            "The entry {commit} on {path} has number {found}, and follows number {before}",
            "{path} 的条目 {commit} 序号为 {found}，前一条为 {before}",
        ),
        _LOOK,
        ANEW,
    ),
)
def counted(placed: Placed) -> Iterator[Broken]:
    """Entries are numbered from 1, without a gap: so what was taken out in between shows.
    ---
    条目自 1 起连续编号；中间若被删去，即可看出。
    """
    found = _entry(placed).sequence
    if found != placed.before + 1 and not placed.unknown:
        yield broken(placed.path, placed.commit.id, found=found, before=placed.before)


@invariant(
    "another-person",
    Words(
        Text(
            "The entry {commit} is by {who}, on the log of {person}",
            "条目 {commit} 由 {who} 写入，却在 {person} 的日志上",
        ),
        SHOW,
        _IDENTITY,
    ),
)
def by_its_person(placed: Placed) -> Iterator[Broken]:
    """Author and committer of an entry are one, the person whose log it is on.
    ---
    条目的作者和提交者是同一人，即该日志所属的人员。
    """
    author, committer = placed.commit.author, placed.commit.committer
    assert author is not None
    assert committer is not None
    for by in (author, committer):
        if by.email.lower() != placed.person or by.name != committer.name:
            who = f"{by.name} <{by.email}>"
            yield broken(placed.path, placed.commit.id, who=who, person=placed.person)
            return


@invariant(
    "entry-main",
    Words(
        Text(
            "The entry {commit} on {path} names {main}, which is no commit of the shared main",
            "{path} 的条目 {commit} 注明的 {main} 不是共享 main 的提交",
        ),
        SHOW,
        _SHARE,
    ),
)
def under_main(placed: Placed) -> Iterator[Broken]:
    """An entry names the commit of the shared main that counted when it was made.

    That tells whether it had to be signed; a commit that nobody shared tells nothing.
    ---
    条目注明写入时有效的共享 main 提交，由此可知是否须签名；未共享的提交不能作数。
    """
    if not placed.basis.has(placed.main) and not placed.basis.repo.shallow:
        yield broken(placed.path, placed.commit.id, main=placed.main[:12])


@invariant(
    "entry-main-back",
    Words(
        Text(
            "The entry {commit} on {path} names {main} of main, earlier than {under} of the entry "
            "before it",
            "{path} 的条目 {commit} 注明的 main 提交 {main} 早于前一条的 {under}",
        ),
        SHOW,
        ANEW,
    ),
)
def not_under_an_earlier_main(placed: Placed) -> Iterator[Broken]:
    """No entry names an earlier commit of main than the one before it: a demand once made stays.
    ---
    条目注明的 main 提交不得早于前一条：要求一经提出，此后即有效。
    """
    main, under = placed.main, placed.under
    if under and placed.basis.has(main) and placed.basis.goes_back(main, under):
        yield broken(placed.path, placed.commit.id, main=main[:12], under=under[:12])


@invariant(
    "clock",
    Words(
        Text(
            "The entry {commit} on {path} is dated {minutes} minutes before an earlier one",
            "{path} 的条目 {commit} 比先前某条早 {minutes} 分钟",
        ),
        _CLOCK,
        _CLOCK,
        remark=True,
    ),
)
def clock_runs_on(placed: Placed) -> Iterator[Broken]:
    """No entry is dated more than ten minutes before the latest so far. A remark: clocks are set.
    ---
    条目日期不应比迄今最晚者早十分钟以上。仅作提示：时钟可能被调整。
    """
    behind = placed.latest - _entry(placed).when
    if behind > APART:
        yield broken(placed.path, placed.commit.id, minutes=behind // timedelta(minutes=1))


@invariant(
    "shallow",
    Words(
        Text(
            "This clone is shallow: what {path} and main had before the entry {commit} was not "
            "verified",
            "本克隆为浅克隆：{path} 及 main 在条目 {commit} 之前的内容未予核验",
        ),
        _UNSHALLOW,
        _UNSHALLOW,
        remark=True,
    ),
)
def known_from_the_first(placed: Placed) -> Iterator[Broken]:
    """A clone has a log from its first entry, and main; a remark where it was cloned shallow.
    ---
    克隆应含日志的首条及 main；浅克隆缺少此前内容，仅作提示。
    """
    if placed.unknown or (placed.basis.repo.shallow and not placed.basis.has(placed.main)):
        yield broken(placed.path, placed.commit.id)


NAME = ((well_named,),)
FORM: tuple[tuple[Invariant[Any], ...], ...] = ((in_one_line, well_formed),)
"""Without it the rest of a chain says nothing."""
ENTRY: tuple[tuple[Invariant[Any], ...], ...] = (
    (counted, by_its_person, under_main, not_under_an_earlier_main, not_ahead),
    (not_after_leaving, pushed_in_person),
    (signed,),
    (clock_runs_on, known_from_the_first),
)


def _entry(placed: Placed) -> Entry:
    assert placed.entry is not None  # its form was judged first
    return placed.entry
