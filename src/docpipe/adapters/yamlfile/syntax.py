"""libyaml's complaints in plain words."""

from typing import Any

import yaml

from docpipe.adapters.yamlfile import problems
from docpipe.diagnostics import Diagnostic, Place, Text

_CLOSE_QUOTE = Text("Close the quote", "请补上引号")
_ALIGN = Text("Line it up with its neighbours; a list item starts with '- '",
              "请与同级对齐；列表项以“- ”开头")
_QUOTE_IT = Text('Put the value in quotes: "..."', '请给内容加引号："..."')
_CLOSE = Text("Close the bracket, or put the value in quotes", "请补上括号，或给内容加引号")

# (part of libyaml's message, what it means, what to do); the first that fits is told.
_KNOWN: tuple[tuple[str, Text, Text], ...] = (
    ("unexpected end of stream",
     Text("a quote is opened and not closed", "引号没有闭合"), _CLOSE_QUOTE),
    ("unexpected document indicator",
     Text("a quote is opened and not closed", "引号没有闭合"), _CLOSE_QUOTE),
    ("cannot start any token",
     Text("a tab, or a value that starts with @, ` or %", "有制表符，或内容以 @、`、% 开头"),
     Text("Indent with spaces; put such values in quotes", "请用空格缩进；这样的内容请加引号")),
    ("mapping values are not allowed",
     Text("a second ': ' in one line, or a wrong indentation", "一行里出现第二个“: ”，或缩进不对"),
     Text('Put the value in quotes if it holds ": "; line keys up',
          "内容含“: ”时请加引号；键要对齐")),
    ("could not find expected ':'",
     Text("a line without ':' where a field is expected", "此处应是“字段: 内容”，缺少冒号"),
     Text("Write `field: value` with a space after the colon", "请写成“字段: 内容”，冒号后空一格")),
    ("did not find expected '-'", Text("a list item out of line", "列表项没有对齐"), _ALIGN),
    ("did not find expected key", Text("a line out of line with its neighbours", "与同级字段没有对齐"),
     _ALIGN),
    ("did not find expected ',' or", Text("a bracket or brace is not closed", "括号没有闭合"), _CLOSE),
    ("unknown escape character", Text("a backslash in double quotes", "双引号里有反斜杠"),
     Text("Use single quotes for text with \\", "含反斜杠的文字请用单引号")),
    ("control characters are not allowed", Text("a control character", "有控制字符"),
     Text("Delete it", "请删去")),
    ("block sequence entries are not allowed",
     Text("a list item stands where a value does", "列表项出现在不该出现的位置"), _ALIGN),
)  # fmt: skip
_UNKNOWN = Text("it cannot be read from here on", "从这里起无法读取")


def explain(error: yaml.YAMLError, file: str, text: str) -> Diagnostic:
    """A diagnostic for what libyaml could not parse.

    For an unclosed quote or bracket the place is where it was opened (libyaml's context mark).
    """
    said = f"{getattr(error, 'problem', '')} {getattr(error, 'reason', '')} {error}"
    what, how = next(((w, h) for part, w, h in _KNOWN if part in said), (_UNKNOWN, _QUOTE_IT))
    mark: Any = getattr(error, "problem_mark", None)
    if how in (_CLOSE_QUOTE, _CLOSE):
        mark = getattr(error, "context_mark", None) or mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else _offset(error, file, text)
    return Diagnostic(place, problems.SYNTAX, {"what": what, "how": how})


def _offset(error: yaml.YAMLError, file: str, text: str) -> Place:
    """libyaml's reader errors tell a byte offset of the UTF-8 text, not a line."""
    before = text.encode()[: int(getattr(error, "position", 0) or 0)].decode("utf-8", "ignore")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
