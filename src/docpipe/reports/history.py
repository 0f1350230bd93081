"""The timeline of an order: as lines, oldest first, and as plain data for programs."""

import re
from collections.abc import Iterator
from itertools import groupby

from docpipe.diagnostics import Text, one_line
from docpipe.reports import changes
from docpipe.reports.table import shortened
from docpipe.steps import history
from docpipe.steps.history import Event, Timeline
from docpipe.workspace.changes import ChangedFile
from docpipe.workspace.order_commits import OrderCommit

LONGEST = 200
"""Columns of what people wrote: subjects, remarks, reasons."""
_FEW = 3
"""New or removed files that are told one by one."""

_SAVED = Text("{who} saved {commit}{text}", "{who} 保存 {commit}{text}")
_ISSUED = Text(
    "{who} issued {number}, {document}, revision {revision}",
    "{who} 签发 {number}，{document}，第 {revision} 版",
)
_RECALLED = Text(
    "{who} withdrew {number}, {document}, revision {revision}{text}",
    "{who} 撤回 {number}，{document}，第 {revision} 版{text}",
)
_APPROVED = Text(
    "{who} approved {document} ({role}){text}", "{who} 审批通过 {document}（{role}）{text}"
)
_TAKEN_BACK = Text(
    "{who} withdrew the approval of {document} ({role}){text}",
    "{who} 撤销对 {document} 的审批（{role}）{text}",
)
_SAYING = Text(': "{text}"', "：“{text}”")
_TODAY = Text("today: {state}", "目前：{state}")
_UNTOLD = Text("not known: see below", "无法判断，见下")
_NO_DOCUMENT = Text("the order has no such document", "订单已无此单证")
_STRANGER = Text("{name} <{email}>", "{name} <{email}>")
_MOVED = Text("moved here from {folder}", "由 {folder} 移至此处")
_MANY = {
    "new": Text("{count} files new: {names}", "新增 {count} 个文件：{names}"),
    "removed": Text("{count} files removed: {names}", "删除 {count} 个文件：{names}"),
}
_GONE = Text("The order {order} is not there any more", "订单 {order} 现已不存在")
_SHALLOW = Text(
    "This clone is shallow: older commits and records are missing (git fetch --unshallow)",
    "这是浅克隆，缺少更早的提交和记录（git fetch --unshallow）",
)
_BEHIND = Text("On record as this clone knows it. {why}", "以上为本克隆已有的记录。{why}")
_UNJUDGED = Text("Which approvals lapsed is not known: {why}", "无法判断哪些审批已失效：{why}")
_OWN_SUBJECT = re.compile(r"\S+(, \S+)*( \.\.\.)?: .*(\.ya?ml|and [0-9]+ more|[0-9]+ files)")


def lines(timeline: Timeline, lang: str) -> Iterator[str]:
    """Each event on a line, below it what changed."""
    for event in timeline.events:
        at = event.at.isoformat(" ", "minutes")[:16]
        yield f"{at}  {one_line(_said(event, timeline, lang))}"
        if event.saved:
            yield from (f"  {line}" for line in _changes(event.saved, lang))
        elif event.kind == history.APPROVED:
            yield f"  {one_line(_TODAY.say(lang, state=_state(event, timeline, lang)))}"


def remarks(timeline: Timeline, lang: str) -> Iterator[str]:
    """What a reader should know of the timeline itself."""
    if timeline.gone:
        yield _GONE.say(lang, order=timeline.number)
    if timeline.shallow:
        yield _SHALLOW.say(lang)
    for pattern, error in ((_BEHIND, timeline.behind), (_UNJUDGED, timeline.unjudged)):
        if error is not None:
            yield one_line(pattern.say(lang, why=error.text.say(lang)))


def _said(event: Event, timeline: Timeline, lang: str) -> str:
    who = _who(event, timeline, lang)
    if event.saved:
        commit = event.saved.commit
        text = "" if _OWN_SUBJECT.fullmatch(commit.subject) else commit.subject
        return _SAVED.say(lang, who=who, commit=commit.id[:10], text=_saying(text, lang))
    if event.issued:
        it, pattern = event.issued, _ISSUED if event.kind == history.ISSUED else _RECALLED
        reason = _saying(it.withdrawn.reason if it.withdrawn else "", lang)
        return pattern.say(lang, who=who, number=it.number, document=it.document,
                           revision=str(it.revision), text=reason)  # fmt: skip
    approval = event.approval
    assert approval is not None
    text = approval.comment
    pattern = _APPROVED
    if event.kind == history.TAKEN_BACK and approval.withdrawn:
        text, pattern = approval.withdrawn.reason, _TAKEN_BACK
    return pattern.say(lang, who=who, document=approval.document, role=event.role,
                       text=_saying(text, lang))  # fmt: skip


def _saying(text: str, lang: str) -> str:
    return _SAYING.say(lang, text=shortened(one_line(text), LONGEST)) if text else ""


def _who(event: Event, timeline: Timeline, lang: str) -> str:
    """The name that people.yaml has; of anybody else the name in the commit, with the e-mail."""
    name, email = event.by
    known = timeline.people.get(email)
    return known.say(lang) if known else _STRANGER.say(lang, name=name, email=email)


def _state(event: Event, timeline: Timeline, lang: str) -> Text | str:
    if event.state == history.UNTOLD:
        return _UNTOLD if timeline.unjudged else _NO_DOCUMENT
    from docpipe.reports.approvals import STATES

    return STATES[event.state].say(lang, who=_who(event, timeline, lang))


def _changes(saved: OrderCommit, lang: str) -> Iterator[str]:
    if saved.moved_from:
        yield one_line(_MOVED.say(lang, folder=saved.moved_from))
    for kind, group in groupby(saved.changes, key=lambda change: change.kind):
        told = list(group)
        if kind in _MANY and len(told) > _FEW:
            names = [change.path.removeprefix(change.order + "/") for change in told]
            said = _MANY[kind].say(lang, count=len(told), names=names)
            yield shortened(one_line(said), LONGEST)
        else:
            yield from (line for change in told for line in changes.file(change, lang))


def data(timeline: Timeline, lang: str) -> dict[str, object]:
    """The timeline for programs; texts that people read are in `lang`."""
    return {
        "order": timeline.number,
        "gone": timeline.gone,
        "complete": not timeline.shallow and timeline.behind is None,
        "events": [_event(event, timeline, lang) for event in timeline.events],
        "remarks": list(remarks(timeline, lang)),
    }


def _event(event: Event, timeline: Timeline, lang: str) -> dict[str, object]:
    by = {"name": event.by[0], "email": event.by[1], "known": event.by[1] in timeline.people}
    told: dict[str, object] = {"kind": event.kind, "at": event.at.isoformat(), "by": by}
    if event.saved:
        commit = event.saved.commit
        told |= {
            "commit": commit.id,
            "subject": commit.subject,
            "moved_from": event.saved.moved_from,
        }
        told["files"] = [_file(change, lang) for change in event.saved.changes]
    elif event.issued:
        it = event.issued
        told |= {"document": it.document, "number": it.number, "revision": it.revision}
        if event.kind == history.RECALLED and it.withdrawn:
            told["reason"] = it.withdrawn.reason
    elif event.approval:
        approval = event.approval
        told |= {"document": approval.document, "role": approval.by.role}
        if event.kind == history.APPROVED:
            told |= {"comment": approval.comment, "state": event.state or None}
        elif approval.withdrawn:
            told["reason"] = approval.withdrawn.reason
    return told


def _file(change: ChangedFile, lang: str) -> dict[str, object]:
    return {
        "path": change.path,
        "kind": change.kind,
        **({"before": change.before} if change.before else {}),
        "fields": None if change.differences is None else [
            {"field": each.what.say(lang), "old": each.old.say(lang), "new": each.new.say(lang)}
            for each in change.differences
        ],
    }  # fmt: skip
