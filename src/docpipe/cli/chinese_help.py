"""Chinese help pages: click counts a character as one column and breaks lines at spaces only."""

import re
from collections.abc import Iterable

import click

from docpipe.reports.table import padded, width

# a character or a Latin word, with the punctuation that may not be parted from it
_WIDE = r"\u2e80-\u9fff\uff00-\uffef"
_UNIT = re.compile(rf"\s+|[（“《]*(?:[^\s{_WIDE}“”]+|[{_WIDE}])?[，。；：、）”》？！]*")
_WORDS = {"OPTIONS": "选项", "COMMAND": "命令", "ARGS": "参数"}


def wrapped(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`, broken between Chinese characters or at spaces."""
    lines, line = [], ""
    for unit in _UNIT.findall(text):
        if line and width(line + unit.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += unit if line else unit.lstrip()
    return [*lines, line.rstrip()]


class ChineseFormatter(click.HelpFormatter):
    """As click's; lines and columns fit a terminal on which a character takes two columns."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line on how the command is written."""
        said = args
        for word, ours in _WORDS.items():
            said = said.replace(word, ours)
        super().write_usage(prog, said, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """A heading with the colon of Chinese."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs; those that begin with a backspace character are left as they are."""
        indent = " " * self.current_indent
        blocks = []
        for block in text.split("\n\n"):
            first, *rest = block.splitlines() or [""]
            as_is = first.strip() == "\b"
            lines = rest if as_is else wrapped(" ".join([first, *rest]), self.width - len(indent))
            blocks.append("\n".join(indent + line for line in lines))
        self.write("\n\n".join(blocks) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Two columns: options, or commands, and what they are for."""
        rows = list(rows)
        first = min(max(width(term) for term, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in rows:
            lines = wrapped(text, max(self.width - first - len(indent), 10))
            self.write(f"{indent}{padded(term, first, right=False)}{lines[0]}\n")
            for line in lines[1:]:
                self.write(f"{indent}{'':{first}}{line}\n")
