"""What a repair of the access log did, as lines."""

from collections.abc import Iterator

from docpipe.diagnostics import Text, one_line
from docpipe.steps.log_repair import Repaired

_FINE = Text("The access log of this clone is in order", "本机的查阅日志没有问题")
_BACK = Text(
    "{branch} is as docpipe wrote it last; what stood there is kept in {ref}",
    "{branch} 已恢复为 docpipe 最后写入的内容；原有内容保存在 {ref}",
)
_LEFT = Text(
    "A new log was begun, and its first entry says so. The shared repository refused the old one: "
    "{why}",
    "已另起一条日志，首条已注明。共享仓库拒收旧日志：{why}",
)
_KEPT = Text(
    "The old one, {branch}, is kept in {ref}. Tell the repository administrator",
    "旧日志 {branch} 保存在 {ref}。请告知仓库管理员",
)
_AGAIN = Text("It refuses the new one, too: {why}", "新日志也被拒收：{why}")


def lines(done: Repaired, lang: str) -> Iterator[str]:
    """What was set aside, and why."""
    if done.back:
        yield one_line(_BACK.say(lang, branch=done.back.branch, ref=done.back.ref))
    if done.left:
        yield one_line(_LEFT.say(lang, why=done.why or ""))
        yield one_line(_KEPT.say(lang, branch=done.left.branch, ref=done.left.ref))
    if done.refused:
        yield one_line(_AGAIN.say(lang, why=done.refused))
    if not (done.back or done.left):
        yield _FINE.say(lang)
