"""What a verification found: the answer, a row for each order, findings, what was held to what."""

from collections.abc import Iterator
from typing import Any

from docpipe.diagnostics import Text, one_line
from docpipe.reports.findings import LEFT, counted, sentence
from docpipe.steps.verify import OfOrder, Verified, VerifiedDocument
from docpipe.trust.invariants.engine import Violation
from docpipe.trust.invariants.remaking import Outcome

MOST = 40
"""Orders without findings that are listed."""

HEAD = Text("order|documents|compared|approvals|findings", "订单|单证|比对方式|审批|问题")
_FORM = 2  # of the JSON
_SOUND = Text("{documents} of {orders}: all as issued", "{orders}的 {documents}：均与签发时一致")
_NOTHING = Text("Nothing is on record", "没有任何记录")
_ALIKE = Text(
    "{documents} of {orders}: {sound} as issued, {content} alike in content",
    "{orders}的 {documents}：{sound} 份与签发时一致，{content} 份仅内容一致",
)
_FOUND = Text(
    "{documents} of {orders}, {sound} as issued: {faults}",
    "{orders}的 {documents}，其中 {sound} 份与签发时一致：{faults}",
)
_UNUSABLE = Text("Not verified: {faults}", "未核验：{faults}")
_COMPARED = {
    frozenset({Outcome.BYTES}): Text("byte for byte", "逐字节"),
    frozenset({Outcome.CONTENT}): Text("by content", "按内容"),
    frozenset({Outcome.BYTES, Outcome.CONTENT}): Text(
        "bytes, some by content", "逐字节，部分按内容"
    ),
    frozenset({Outcome.NOT}): Text("not as issued", "与签发不符"),
    frozenset[Outcome](): Text("-", "-"),
}
_SOME = Text("{count} not as issued", "{count} 份与签发不符")
_BY_CONTENT = Text(
    "{count} compared by content, not byte for byte: docpipe, docxtpl or jinja2 are not those of "
    "then. To have them made again exactly, install those versions",
    "{count} 份按内容而非逐字节比对：docpipe、docxtpl 或 jinja2 的版本与当时不同。要完全重现，"
    "请安装当时的版本",
)
_REST = Text("{count} other orders: no findings", "其余 {count} 张订单：没有问题")
_CHECKED = Text("Checked:", "核验范围：")
_RECORDS = Text(
    "{commits} records up to {tip}; documents made again from the main that each names",
    "截至 {tip} 的 {commits} 条记录；单证按各自所依据的 main 重新生成",
)
_WHOLE = Text("every object in the repository (git fsck)", "仓库中的全部对象（git fsck）")
_PART = Text(
    "these orders alone; of the others only how they came on record",
    "仅限所列订单；其余订单只核对了记入过程",
)
_SIGNED = Text("signatures", "签名")
_UNSIGNED = Text("no signatures", "未核对签名")
_ROLES = Text(
    "roles by the main that each record names, keys by main {main}",
    "角色以各记录所依据的 main 为准，密钥以 main {main} 为准",
)
_ALONE = Text("this clone only: there is no shared repository", "仅以本克隆为准：没有共享仓库")
_SILENT = Text("this clone only. {why}", "仅以本克隆为准。{why}")
_SAME = Text("this clone and {name}, which agree", "本克隆与 {name}，两者一致")
_MORE = Text(
    "this clone and {name}; the {count} records that only {name} has were verified too",
    "本克隆与 {name}；只在 {name} 的 {count} 条记录已一并核验",
)
_UNLIKE = Text("this clone and {name}, which do not agree", "本克隆与 {name}，两者不一致")
_PLACE = Text("commit {id}", "提交 {id}")
_CLONE = Text("this clone", "本克隆")


def summary(verified: Verified, lang: str) -> str:
    """The answer, in one line."""
    checked = verified.documents
    told = {
        "documents": counted(len(checked), "document", "份单证"),
        "orders": counted(len(verified.orders), "order", "张订单"),
        "faults": counted(len(verified.violations) + verified.more, "finding", "个问题"),
        "sound": sum(document.outcome == Outcome.BYTES for document in checked),
        "content": sum(document.outcome == Outcome.CONTENT for document in checked),
    }
    if not verified.tip and not checked:
        return (_UNUSABLE if verified.violations else _NOTHING).say(lang, **told)
    if verified.violations:
        return _FOUND.say(lang, **told)
    return (_ALIKE if told["content"] else _SOUND).say(lang, **told)


def rows(verified: Verified, lang: str) -> list[tuple[str, ...]]:
    """A row for each order; of very many, for those with findings."""
    shown = verified.orders
    if len(shown) > MOST:
        shown = tuple(each for each in shown if each.violations)
    return [_row(each, lang) for each in shown]


def _row(each: OfOrder, lang: str) -> tuple[str, ...]:
    outcomes = [document.outcome for document in each.documents]
    some = _SOME.say(lang, count=outcomes.count(Outcome.NOT))
    compared = _COMPARED.get(frozenset(outcomes))
    return (
        one_line(each.order), f"{len(outcomes):,}", compared.say(lang) if compared else some,
        f"{each.approvals:,}", f"{each.violations:,}",
    )  # fmt: skip


def notes(verified: Verified, lang: str) -> Iterator[str]:
    """What was held against what, and what there is to know of it."""
    if verified.more:
        yield LEFT.say(lang, count=verified.more)
    hidden = len(verified.orders) - len(rows(verified, lang))
    if hidden:
        yield _REST.say(lang, count=hidden)
    by_content = sum(document.outcome == Outcome.CONTENT for document in verified.documents)
    if by_content:
        yield _BY_CONTENT.say(lang, count=by_content)
    if not verified.tip:
        return
    told = {"commits": verified.commits, "tip": verified.tip[:12], "main": verified.main[:12]}
    parts = [
        _RECORDS, _WHOLE if verified.whole else _PART, *([_ROLES] if verified.main else []),
        _SIGNED if verified.signed else _UNSIGNED,
    ]  # fmt: skip
    yield _CHECKED.say(lang)
    yield from (f"  {part.say(lang, **told)}" for part in parts)
    yield f"  {one_line(witness(verified, lang))}"


def witness(verified: Verified, lang: str) -> str:
    """Whom the records were held against."""
    it = verified.witness
    if not it.name:
        return _ALONE.say(lang)
    if it.silent is not None:
        return _SILENT.say(lang, why=it.silent.text.say(lang))
    if it.lacks:
        return _UNLIKE.say(lang, name=it.name)
    return (_MORE if it.more else _SAME).say(lang, name=it.name, count=len(it.more))


def line(violation: Violation, lang: str) -> str:
    """One finding on one line: where, what is wrong, what to do."""
    place = violation.at.path or (
        _PLACE.say(lang, id=violation.at.commit[:12]) if violation.at.commit else _CLONE.say(lang)
    )
    parts = (
        sentence(part, lang) for part in (violation.message(lang), violation.hint(lang)) if part
    )
    text = ("" if lang == "zh" else " ").join(parts)
    return one_line(f"{place}: {violation.code}: {text}")


def as_data(verified: Verified, lang: str) -> dict[str, Any]:
    """Everything for programs; docs/verify.schema.json says what each key holds."""
    it = verified.witness
    return {
        "form": _FORM,
        "sound": not verified.violations,
        "summary": summary(verified, lang),
        "checked": {
            "tip": verified.tip or None,
            "records": verified.commits,
            "main": verified.main or None,
            "objects": verified.whole,
            "signatures": verified.signed,
            "remote": it.name or None,
            "remote_reached": bool(it.name) and it.silent is None,
            "remote_more": len(it.more),
            "remote_lacks": len(it.lacks),
        },
        "orders": [_order_data(each) for each in verified.orders],
        "findings": [_data(violation, lang) for violation in verified.violations],
        "more_findings": verified.more,
    }


def _order_data(each: OfOrder) -> dict[str, Any]:
    return {
        "order": each.order,
        "approvals": each.approvals,
        "findings": each.violations,
        "documents": [_document_data(document) for document in each.documents],
    }


def _document_data(checked: VerifiedDocument) -> dict[str, Any]:
    record = checked.record
    return {
        "document": record.document, "number": record.number, "revision": record.revision,
        "path": record.file, "compared": checked.outcome.value,
    }  # fmt: skip


def _data(violation: Violation, lang: str) -> dict[str, Any]:
    at = violation.at
    return {
        "check": violation.code, "path": at.path or None, "commit": at.commit or None,
        "order": at.order or None, "document": at.document or None,
        "message": violation.message(lang), "hint": violation.hint(lang),
    }  # fmt: skip
