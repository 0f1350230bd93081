"""Rules over papers from outside as files: whether docpipe can read them at all."""

from collections.abc import Iterator

from docpipe.diagnostics import Finding, Place, Severity, Text, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.papers import MOST, here, name_of, read, registered

_LINK = Text("it is a symbolic link", "是符号链接")
_ODD = Text("it is not an ordinary file", "不是普通文件")
_LARGE = Text("it is larger than {limit} MB", "超过 {limit} MB")


@order_rule(
    "PAP08",
    Severity.ERROR,
    "{name} is not read, so nobody knows whether it is unaltered: {why}",
    "{name} 不予读取，无法确认是否改动过：{why}",
    "Put the file itself there, in less than {limit} MB",
    "请放入文件本身，且不超过 {limit} MB",
    needs=["order"],
)
def papers_can_be_read(case: Case) -> Iterator[Finding]:
    """A link can lead to a file that changes later, and a pipe has no content at all.

    What is very large is not read either: a check has to end.
    ---
    链接可能指向日后会变的文件，管道根本没有内容。过大的文件也不读取，否则检查没完没了。
    """
    limit = MOST // 1_000_000
    for name in sorted(here(case)):
        if why := _oddity(case, f"{case.order.folder}/{name}"):
            place = Place(f"{case.order.folder}/{name}")
            yield found(place, name=name.rpartition("/")[2], why=why, limit=limit)
    for row in registered(case):
        paper = read(case, row.text("file"))
        if paper and not paper.digest:
            yield found(row.at("file"), name=name_of(row), why=_LARGE, limit=limit)


def _oddity(case: Case, path: str) -> Text | None:
    source = case.view.workspace.source
    if source.is_link(path):
        return _LINK
    return None if source.is_file(path) else _ODD
