"""What every command shares: the workspace around, output for terminals and pipes."""

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from docpipe.adapters.cache import in_checkout
from docpipe.cli.language import language, say
from docpipe.cli.terminal import echo, is_terminal
from docpipe.diagnostics import Diagnostic, DocpipeError, Severity, Text, one_line, visible
from docpipe.reports import findings, table
from docpipe.workspace.workspace import Workspace, find_root

_CACHE = Text(
    "The cache folder {path} is inside this checkout, whose authors could have put code there; it "
    "is not used. Name one of your own: DOCPIPE_CACHE=DIR",
    "缓存文件夹 {path} 在本检出目录内，写入者可能在其中放置代码，因此不使用。"
    "请另行指定自己的文件夹：DOCPIPE_CACHE=目录",
)
_ONE = Text("{count} orders fit; name one", "有 {count} 张订单符合，请指明一张")


def workspace(folder: Path) -> Workspace:
    """The workspace around `folder`."""
    return Workspace(root(folder))


def root(folder: Path) -> Path:
    """The workspace's folder; says so where the user's cache is in it, which is not used then."""
    found = find_root(folder)
    if cache := in_checkout(found):
        echo(_CACHE.say(language(), path=cache), err=True)
    return found


def one_order(workspace: Workspace, wanted: str, folder: Path) -> str:
    """The folder of the one order that is meant. Raises DocpipeError for none or several."""
    folders = workspace.select([wanted], folder)
    if len(folders) != 1:
        raise DocpipeError(_ONE, exit_code=2, count=len(folders))
    return folders[0]


def now() -> datetime:
    """The clock, read once per command."""
    return datetime.now(UTC)


def share_log(workspace: Workspace, *, at_once: bool = False) -> None:
    """Share the access log now and then, once everything was shown; or now, with others'."""
    from docpipe.trust.accesslog import logged as access

    sys.stdout.flush()
    if told := access.share(workspace, now(), at_once=at_once):
        echo(told.say(language()), err=True)


def print_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Lines, each as it comes."""
    for line in lines:
        echo(line, err=err)


def print_json(data: object, *, err: bool = False) -> None:
    """For programs."""
    import json

    echo(json.dumps(data, ensure_ascii=False, indent=1), err=err)


def remark(en: str, zh: str) -> None:
    """Something that the reader should know, on standard error."""
    echo(say(en, zh), err=True)


def print_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = (),
    flexible: int = -1,
) -> None:  # fmt: skip
    """A table on a terminal, tab-separated lines in a pipe."""
    shown = [[visible(one_line(cell)) for cell in row] for row in rows]
    lines = table.table(head, shown, right, flexible) if is_terminal() else table.plain(shown)
    for number, line in enumerate(lines):
        echo(line, bold=number == 0)


def print_findings(diagnostics: Sequence[Diagnostic]) -> None:
    """Findings, a line each."""
    for diagnostic in diagnostics:
        print_finding(findings.line(diagnostic, language()), findings.COLOURS[diagnostic.severity])


def print_finding(line: str, colour: str) -> None:
    """A finding; what is behind its place in a colour."""
    place, sep, rest = line.partition(": ")
    echo(rest, lead=place + sep, fg=colour)


def counted(diagnostics: Sequence[Diagnostic]) -> str:
    """How many of each severity, in words; "" for none."""
    names = {Severity.ERROR: "个错误", Severity.WARNING: "个警告", Severity.NOTE: "条提示"}
    counts = {each: sum(d.severity == each for d in diagnostics) for each in names}
    found = (findings.counted(n, each.value, names[each]) for each, n in counts.items() if n)
    return say(", ", "，").join(say(*each) for each in found)


def summary(made: Text, unchanged: int, left: Sequence[str], failed: int) -> str:
    """What a run made; how many were as they were, what was left out, how many failed."""
    parts = [say(f"{made.en} made", f"共生成 {made.zh}")]
    parts += [say(f"{unchanged:,} unchanged", f"{unchanged:,} 份未变")] if unchanged else []
    parts += [*left, *([say(f"{failed:,} failed", f"{failed:,} 份失败")] if failed else [])]
    return say(", ", "，").join(parts)
