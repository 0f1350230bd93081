"""What may be wrong with a chain of the access log, or with a branch that was seen before."""

from docpipe.diagnostics import Param, Text, Value

_ALARM = Text(
    "Find out who did it: git log {branch}; the clones that have seen it still have it "
    "(git for-each-ref refs/docpipe/seen)",
    "请查明是谁所为：git log {branch}；见过它的克隆仍保有原件"
    "（git for-each-ref refs/docpipe/seen）",
)
_TAKE_AWAY = Text(
    "Docpipe alone writes access/; find out who pushed it, and take it away",
    "access/ 只由 docpipe 写入；请查明是谁推送的，并移除",
)
_SHOW = Text("Find out who did it: git show {commit}", "请查明是谁所为：git show {commit}")


class Kind(Value):
    """A sort of fault: a short name for programs, what is wrong, what to do. A `remark` is none."""

    name: str
    message: Text
    hint: Text
    remark: bool = False


NAME = Kind(
    "name",
    Text(
        "{branch} is no branch of the access log: these are access/<person>/<device>",
        "{branch} 不是查阅日志分支：应为 access/<人员>/<设备>",
    ),
    _TAKE_AWAY,
)
NOT_ENTRY = Kind(
    "not-an-entry",
    Text("{commit} on {branch} is no entry: {what}", "{branch} 上的 {commit} 不是条目：{what}"),
    _TAKE_AWAY,
)
GAP = Kind(
    "sequence",
    Text(
        "The entry {commit} on {branch} has number {found}, and follows number {before}",
        "{branch} 的条目 {commit} 序号为 {found}，前一条为 {before}",
    ),
    _ALARM,
)
FOREIGN = Kind(
    "another-person",
    Text(
        "The entry {commit} is by {who}, on the log of {person}",
        "条目 {commit} 由 {who} 写入，却在 {person} 的日志上",
    ),
    _SHOW,
)
SIGNATURE = Kind("signature", Text("{what}", "{what}"), _SHOW)
MISSING = Kind(
    "rewritten",
    Text(
        "{branch} {where} was rewritten: it lacks {known}, which {seen}",
        "{where}的 {branch} 被改写：缺少 {known}，{seen}",
    ),
    _ALARM,
)
GONE = Kind(
    "gone",
    Text(
        "{branch} is gone {where}: it had {known}, which {seen}",
        "{where}的 {branch} 已不存在：原有 {known}，{seen}",
    ),
    _ALARM,
)
CHECKPOINT = Kind(
    "checkpoint",
    Text(
        "{commit} on {branch} is no checkpoint of this witness, and counts for nothing: {what}",
        "{branch} 上的 {commit} 不是此见证的检查点，不予采信：{what}",
    ),
    Text(
        "Find out who pushed it: git show {commit}. Then go on under another name{way}",
        "请查明是谁推送的：git show {commit}。此后请改用其他名称继续{way}",
    ),
)
APART = Kind(
    "checkpoints-apart",
    Text(
        "The shared repository's last checkpoint {commit} on {branch} does not go on from the one "
        "here ({known})",
        "共享仓库 {branch} 上的最新检查点 {commit} 并非接在本机的 {known} 之后",
    ),
    Text(
        "If two witnesses share the name, give each its own (docpipe witness --name); else find "
        "out who pushed it: git show {commit}",
        "两个见证同名的，请各取名称（docpipe witness --name）；否则请查明是谁推送的："
        "git show {commit}",
    ),
)
RECORDS = Kind("records", Text("{what}", "{what}"), Text("{mend}", "{mend}"))
CLOCK = Kind(
    "clock",
    Text(
        "A clock went back {minutes} minutes before the entry {commit} on {branch}",
        "{branch} 的条目 {commit} 之前，时钟回拨了 {minutes} 分钟",
    ),
    Text("Look at the computer's clock; the order of entries is by number, not by time",
         "请检查该电脑的时钟；条目先后以序号为准"),
    remark=True,
)  # fmt: skip
NO_BEGINNING = Kind(
    "shallow",
    Text(
        "The first entry of {branch} here has number {found}: this clone is shallow, and what came "
        "before was not verified",
        "本克隆中 {branch} 的首条序号为 {found}：浅克隆缺少此前条目，未予核验",
    ),
    Text("Get the rest: git fetch --unshallow", "请补全历史：git fetch --unshallow"),
    remark=True,
)
NO_KEYS = Kind(
    "no-keys",
    Text("Signatures were not checked: {why}", "未核验签名：{why}"),
    Text(
        "Share main with people.yaml: git push origin main",
        "请共享含 people.yaml 的 main：git push origin main",
    ),
    remark=True,
)

UNMARKED = Text(
    "docpipe did not write it (no Docpipe-Access: 1)",
    "不是 docpipe 写入的（没有 Docpipe-Access: 1）",
)
FILES = Text("it holds files", "它带有文件")
MERGE = Text("it joins several histories", "它合并了多条历史")
NOBODY = Text("it does not say who wrote it", "没有写明是谁写入的")
HERE = Text("here", "本机")
AT = Text("at {name}", "{name} 上")
FROM_GOOD = Text(
    ", from the last good one: git show {good}:checkpoint.txt > good.txt; "
    "docpipe witness --checkpoint good.txt --name NAME",
    "，以最后一个可信的检查点为准：git show {good}:checkpoint.txt > good.txt；"
    "docpipe witness --checkpoint good.txt --name 名称",
)
ANEW = Text(": docpipe witness --name NAME", "：docpipe witness --name 名称")
WAS_SEEN = Text("this clone has seen", "本克隆曾见过")
WAS_PUSHED = Text("it had taken from this clone", "此前曾接收自本克隆")
WAS_KEPT = Text("the checkpoint of {when} names", "{when} 的检查点曾列出")


class Fault(Value):
    """One thing that is wrong: on which branch, at which commit ("" for none)."""

    kind: Kind
    branch: str
    commit: str
    message: Text
    hint: Text


def fault(kind: Kind, branch: str, commit: str = "", **params: Param) -> Fault:
    """A fault with everything filled in."""
    told: dict[str, Param] = {"branch": branch, "commit": commit[:12], **params}
    message, hint = (_said(text, told) for text in (kind.message, kind.hint))
    return Fault(kind, branch, commit, message, hint)


def _said(text: Text, params: dict[str, Param]) -> Text:
    return Text(text.say("en", **params), text.say("zh", **params))


def filled(text: Text, **params: Param) -> Text:
    """A text with its parameters."""
    return _said(text, params)
