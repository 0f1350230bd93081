"""What `docpipe render` says: trouble as it comes, the documents, and a count at the end."""

import os
from collections.abc import Mapping
from pathlib import Path

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.progress import Progress
from docpipe.cli.terminal import echo, is_terminal
from docpipe.diagnostics import Text
from docpipe.documents.outcome import OrderOutcome
from docpipe.reports.findings import counted

_MOST_ROWS = 40
"""Beyond so many orders a table on a terminal is no answer; the count at the end is."""


class Rendered:
    """Takes outcomes one by one. In a pipe every document is a line at once; a terminal waits."""

    def __init__(self, out: Path, titles: Mapping[str, Text], bar: Progress) -> None:
        self.exit_code = 0
        self._out, self._bar = _shown(out), bar
        self._titles = {kind: title.say(language()) for kind, title in titles.items()}
        self._orders = self._left_out = self._made = self._unchanged = self._failed = 0
        self._only: OrderOutcome | None = None
        self._rows: list[tuple[str, str, str]] = []
        self._fault = ""

    def add(self, outcome: OrderOutcome) -> None:
        """Tell what is wrong with the order, and list its documents."""
        self._orders += 1
        self._count(outcome)
        if outcome.documents:
            self._list(outcome)
        if outcome.left_out or outcome.errors or not outcome.sound:
            self._bar.clear()
            self._tell(outcome)
        self._bar.show(self._orders)

    def finish(self) -> None:
        """The table on a terminal, then the count. Raises RuntimeError for a fault of docpipe."""
        if is_terminal():
            self._print_table()
        echo(self._summary(), err=True)
        if self._fault:
            raise RuntimeError(self._fault)

    def _count(self, outcome: OrderOutcome) -> None:
        new = sum(made.new for made in outcome.documents)
        self._made += new
        self._unchanged += len(outcome.documents) - new
        self._left_out += outcome.left_out
        self._failed += len(outcome.failures) + bool(outcome.fault)
        self._fault = self._fault or outcome.fault
        bad = outcome.left_out or not outcome.sound
        self.exit_code = max(self.exit_code, outcome.exit_code, int(bad))

    def _tell(self, outcome: OrderOutcome) -> None:
        number = outcome.number
        for failure in outcome.failures:
            echo(f"{number}: {failure.say(language())}", err=True)
        if outcome.fault:
            console.remark(
                f"{number}: a fault of docpipe's, see below", f"{number}：docpipe 自身故障，见下"
            )
        if outcome.left_out:
            console.print_findings([told.diagnostic() for told in outcome.told])
            console.remark(
                f"{number}: left out, its files have errors", f"{number}：文件有错误，未生成单证"
            )
        elif outcome.errors:
            en, zh = counted(outcome.errors, "error", "个错误")
            console.remark(
                f"{number}: drafts made, but it has {en}: docpipe check {number}",
                f"{number}：草稿已生成，但有 {zh}，请运行 docpipe check {number}",
            )

    def _list(self, outcome: OrderOutcome) -> None:
        if not is_terminal():
            number, home = outcome.number, self._home(outcome)
            lines = [f"{number}\t{self._titles[m.kind]}\t{home}{m.file}" for m in outcome.documents]
            self._bar.clear()
            echo("\n".join(lines))
            return
        self._only = outcome if self._orders == 1 else None
        new = sum(made.new for made in outcome.documents)
        if new and len(self._rows) <= _MOST_ROWS:
            self._rows.append((outcome.number, f"{new:,}", self._home(outcome)))

    def _print_table(self) -> None:
        """A line per document of a single order, or per order of which something was made."""
        if self._only is not None and self._orders == 1:
            head = (say("document", "单证"), say("file", "文件"))
            home = self._home(self._only)
            rows = [(self._titles[each.kind], home + each.file) for each in self._only.documents]
            console.print_table(head, rows, flexible=0)
        elif 0 < len(self._rows) <= _MOST_ROWS:
            head3 = (say("order", "订单"), say("documents", "单证数"), say("folder", "文件夹"))
            console.print_table(head3, self._rows, right=[1])

    def _home(self, outcome: OrderOutcome) -> str:
        return f"{self._out}{os.sep}{outcome.number}{os.sep}"

    def _summary(self) -> str:
        orders, orders_zh = counted(self._left_out, "order", "张订单")
        left = [say(f"{orders} left out", f"{orders_zh}未生成")] if self._left_out else []
        made = counted(self._made, "document", "份单证")
        return console.summary(made, self._unchanged, left, self._failed)


def _shown(path: Path) -> str:
    """The path from here where that is shorter."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(str(path)) else str(path)
