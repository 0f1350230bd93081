"""What was verified of the access log, against what, and what is wrong: for people, programs."""

from collections.abc import Iterator
from typing import Any

from docpipe.diagnostics import Text, one_line
from docpipe.reports.findings import LEFT, counted
from docpipe.steps.log_verify import Verdict, by_kind
from docpipe.steps.witness import Witnessed
from docpipe.trust.witness.memory import Memory
from docpipe.workspace.held import MOST

_SOUND = Text(
    "Access log, {chains}, {entries}: each chain in one line, none missing in between",
    "查阅日志：{chains}，{entries}；每条链首尾相接，中间无缺失",
)
_UNSOUND = Text(
    "Access log, {chains}, {entries} in those that are sound: {faults}",
    "查阅日志：{chains}，完好的链中有 {entries}；发现 {faults}",
)
_FRESH = Text(
    "Verified now: {fresh}, of them unsigned: {unsigned}; the others were before",
    "本次核验 {fresh}，其中未签名 {unsigned} 个；其余此前已核验",
)
_KEYS = Text(
    "Signatures: against the keys in people.yaml of main {commit}",
    "签名：依据 main {commit} 的 people.yaml 中的公钥",
)
_SEEN = Text(
    "Ends: against what this clone has seen of {count}",
    "末端：对照本克隆见过的 {count}",
)
_UNSEEN = Text(
    "Ends: against nothing, since this clone has seen nothing before",
    "末端：本克隆此前未见过任何内容，无从对照",
)
_KEPT = Text("and the checkpoint of {when}", "以及 {when} 的检查点")
_REMOTE = Text("The shared repository: as fetched {when}", "共享仓库：以 {when} 获取的内容为准")
_NOT_FETCHED = Text("The shared repository: not asked", "共享仓库：未查询")
_MEMORY = Text(
    "Own checkpoints: {count} on {branch}, all by {person}, each going on from the one before; "
    "{checked}",
    "自己的检查点：{branch} 上 {count} 个，均出自 {person}，逐个相接；{checked}",
)
_MEMORY_SIGNED = Text(
    "of them {signed} had to be signed and are, by the keys in people.yaml of main {commit}",
    "其中 {signed} 个须签名，均以其在 main {commit} 的 people.yaml 中的公钥核验无误",
)
_MEMORY_NAMED = Text(
    "by their e-mail alone: none of them had to be signed",
    "仅凭所署邮箱判断：均无须签名",
)
_NO_MEMORY = Text("Own checkpoints: none on {branch} yet", "自己的检查点：{branch} 上尚无")
_LIMIT = Text(
    "A chain alone proves nothing about its end: entries removed before this clone or a "
    "checkpoint saw them go unnoticed",
    "仅凭链条不能证明其末端：在本克隆或检查点见到之前被删去的内容，无法察觉",
)
_MORE = Text("{message} (and {count} more such)", "{message}（另有 {count} 处同类问题）")
_FAULT = Text("{kind}: {message}. {hint}", "{kind}：{message}。{hint}")
_WRITTEN = Text(
    "Checkpoint {commit} on {branch}, {signed}", "检查点 {commit} 已写入 {branch}，{signed}"
)
_SIGNED = Text("signed", "已签名")
_UNSIGNED = Text("not signed", "未签名")
_NOT_WRITTEN = Text("No checkpoint was written", "没有写入检查点")


def summary(verdict: Verdict, lang: str) -> list[str]:
    """What was checked against what, a line each."""
    wrong = sum(not each.remark for each in verdict.faults)
    head = _UNSOUND if wrong else _SOUND
    told = {
        "chains": counted(verdict.chains, "chain", "条链"),
        "entries": _entries(verdict.entries),
        "faults": counted(wrong, "fault", "个问题"),
    }
    fresh, against = _entries(verdict.fresh), verdict.against
    lines = [head.say(lang, **told), _FRESH.say(lang, fresh=fresh, unsigned=verdict.unsigned)]
    if verdict.keys:
        lines.append(_KEYS.say(lang, commit=verdict.keys[:12]))
    branches = counted(against, "branch", "个分支", "branches")
    seen = _SEEN.say(lang, count=branches) if against else _UNSEEN.say(lang)
    kept = [_KEPT.say(lang, when=f"{when:%Y-%m-%d %H:%M}") for when in verdict.checkpoints]
    lines.append(Text(", ", "，").say(lang).join([seen, *kept]))
    if verdict.memory:
        lines.append(_memory(verdict.memory, lang))
    fetched = verdict.fetched[:16].replace("T", " ")
    lines.append(_REMOTE.say(lang, when=fetched) if fetched else _NOT_FETCHED.say(lang))
    return lines


def _memory(memory: Memory, lang: str) -> str:
    """Which of a witness's own checkpoints count, and by what."""
    if not memory.checkpoints:
        return _NO_MEMORY.say(lang, branch=memory.branch)
    checked = _MEMORY_NAMED.say(lang)
    if memory.signed:
        checked = _MEMORY_SIGNED.say(lang, commit=memory.keys[:12], signed=memory.signed)
    told = {"count": memory.checkpoints, "branch": memory.branch, "person": memory.person}
    return _MEMORY.say(lang, checked=checked, **told)


def faults(verdict: Verdict, lang: str) -> Iterator[tuple[str, bool]]:
    """A line for each sort of fault on each branch, and whether it is only a remark."""
    told = [*by_kind(verdict.faults)]
    for each, more in told[:MOST]:
        message = each.message(lang)
        if more:
            message = _MORE.say(lang, message=message, count=more)
        params = {"kind": each.code, "message": message, "hint": each.hint(lang)}
        yield one_line(_FAULT.say(lang, **params)), each.remark
    if left := sum(more + 1 for _, more in told[MOST:]):
        yield LEFT.say(lang, count=left), False


def limit(lang: str) -> str:
    """What no verification of a chain can tell."""
    return _LIMIT.say(lang)


def witnessed(found: Witnessed, lang: str) -> str:
    """What became of the checkpoint."""
    if not found.commit:
        return _NOT_WRITTEN.say(lang)
    signed = (_SIGNED if found.signed else _UNSIGNED).say(lang)
    return _WRITTEN.say(lang, commit=found.commit[:12], branch=found.branch, signed=signed)


def as_data(verdict: Verdict, lang: str) -> dict[str, Any]:
    """For programs."""
    memory = verdict.memory
    own = {"branch": memory.branch, "person": memory.person, "count": memory.checkpoints,
           "signed": memory.signed} if memory else None  # fmt: skip
    return {
        "sound": verdict.sound,
        "chains": verdict.chains,
        "entries": verdict.entries,
        "verified_now": verdict.fresh,
        "unsigned_now": verdict.unsigned,
        "keys": verdict.keys or None,
        "seen_before": verdict.against,
        "checkpoints": [when.isoformat() for when in verdict.checkpoints],
        **({"own_checkpoints": own} if own else {}),
        "fetched": verdict.fetched or None,
        "tips": dict(verdict.tips),
        "faults": [
            {"kind": each.code, "remark": each.remark, "branch": each.at.path,
             "commit": each.at.commit or None, "message": each.message(lang),
             "hint": each.hint(lang)}
            for each in verdict.faults[:MOST]
        ],
        "more_faults": len(verdict.faults[MOST:]),
    }  # fmt: skip


def _entries(number: int) -> Text:
    return counted(number, "entry", "个条目", "entries")
