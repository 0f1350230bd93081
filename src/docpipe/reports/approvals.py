"""Approvals as lines: of what, each approval with what became of it, what is missing."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from docpipe.diagnostics import Text, one_line
from docpipe.documents.wording import Passage
from docpipe.reports import changes
from docpipe.reports.findings import first
from docpipe.steps.approvals import Reviewed
from docpipe.trust.judging import approvals
from docpipe.trust.judging.approvals import Judged, Missing

MOST = 40
"""Lines shown of one difference."""

STATES = {
    approvals.COUNTS: Text("counts", "有效"),
    approvals.LAPSED: Text("lapsed: the wording has changed since", "已失效：文本此后有改动"),
    approvals.WITHDRAWN: Text("withdrawn", "已撤销"),
    approvals.NO_ROLE: Text(
        "does not count: {who} no longer has the role", "无效：{who} 已无此角色"
    ),
    approvals.OWN: Text(
        "does not count: {who} is the order's salesperson", "无效：{who} 是该订单的业务员"
    ),
    approvals.UNASKED: Text(
        "does not count: the catalogue does not ask for this role", "无效：目录不要求此角色审批"
    ),
    approvals.AHEAD: Text(
        "does not count yet: it is dated in the future", "尚未生效：日期晚于当前时间"
    ),
}
"""What has become of an approval, in words."""
_FACTS = Text("lapsed: the facts have changed since", "已失效：事项此后有改动")
_GIVEN = Text("{number}. {who} ({role}), {at}: {state}", "{number}. {who}（{role}），{at}：{state}")
_REMARK = Text('"{text}"', "“{text}”")
_TAKEN = Text('{who}, {at}: "{reason}"', "{who}，{at}：“{reason}”")
_MISSING = Text("missing: {role}", "缺少：{role}")
_MORE = Text("and {count} more lines", "另有 {count} 行")


def lines(reviewed: Iterable[Reviewed], lang: str) -> Iterator[str]:
    """A block for each document, or facts: the name, the approvals, the roles that are missing."""
    for each in reviewed:
        yield each.name
        for judged, role in zip(each.found, each.roles, strict=True):
            yield from (f"  {line}" for line in approval(judged, role, lang))
        yield from (f"  {_MISSING.say(lang, role=m.title)}" for m in each.missing)


def approval(judged: Judged, role: Text, lang: str) -> Iterator[str]:
    """One approval: who, when and its state; below it the remark, or what makes it not count."""
    given, withdrawn = judged.approval, judged.approval.withdrawn
    who, number = given.by.name, str(given.number)
    state = (_FACTS if judged.fields else STATES[judged.state]).say(lang, who=who)
    said = {"number": number, "who": who, "role": role, "at": _day(given.at), "state": state}
    yield one_line(_GIVEN.say(lang, **said))
    if given.comment:
        yield one_line(f"   {_REMARK.say(lang, text=given.comment)}")
    if withdrawn is not None:
        taken = _TAKEN.say(
            lang, who=withdrawn.by.name, at=_day(withdrawn.at), reason=withdrawn.reason
        )
        yield one_line(f"   {taken}")
    yield from (f"   {line}" for line in difference(judged.passages, lang))
    told = (changes.line(each, lang) for each in judged.fields)
    yield from (f"   {line}" for line in first(told, MOST, _MORE, lang))


def difference(passages: Iterable[Passage], lang: str) -> Iterator[str]:
    """The lines of a wording that went (-) and came (+)."""
    said = (
        one_line(f"{mark} {line}")
        for passage in passages
        for mark, side in (("-", passage.old), ("+", passage.new))
        for line in side
    )
    yield from first(said, MOST, _MORE, lang)


def missing(lacking: Iterable[Missing], lang: str) -> Iterator[str]:
    """Why a document may not be issued: each role that is missing, and what did not count."""
    for each in lacking:
        yield _MISSING.say(lang, role=each.title)
        for judged in each.refused:
            yield from (f"  {line}" for line in approval(judged, each.title, lang))


def _day(moment: datetime) -> str:
    """As people read it, by the clock that it was written with."""
    return moment.isoformat(" ")[:16]
