"""libyaml's complaints in plain words."""

import contextlib
from typing import Any

import yaml

from docpipe.adapters.yamlfile import problems
from docpipe.diagnostics import Diagnostic, Place, Text

_CLOSE_QUOTE = Text("Close the quote", "请补上引号")
_ALIGN = Text(
    "Line it up with its neighbours; a list item starts with '- '", "请与同级对齐；列表项以“- ”开头"
)
_QUOTE_IT = Text('Put the value in quotes: "..."', '请给内容加引号："..."')
_CLOSE = Text("Close the bracket, or put the value in quotes", "请补上括号，或给内容加引号")
_QUOTE = (Text("a quote is opened and not closed", "引号没有闭合"), _CLOSE_QUOTE)
_BACKSLASH = (
    Text("a backslash in double quotes", "双引号里有反斜杠"),
    Text("Use single quotes for text with \\", "含反斜杠的文字请用单引号"),
)
_BRACKET = (Text("a bracket or brace is not closed", "括号没有闭合"), _CLOSE)
_AFTER = (
    Text("something follows a closing quote or bracket", "引号或括号之后还有内容"),
    Text("Put the whole value in quotes; in single quotes write ' twice",
         "请给整个内容加引号；单引号里的 ' 写两遍"),
)  # fmt: skip

# (part of libyaml's message, what it means, what to do); the first that fits is told.
_KNOWN: tuple[tuple[str, Text, Text], ...] = (
    ("unexpected end of stream", *_QUOTE),
    ("unexpected document indicator", *_QUOTE),
    ("cannot start any token",
     Text("a tab, or a value that starts with @, ` or %", "有制表符，或内容以 @、`、% 开头"),
     Text("Indent with spaces; put such values in quotes", "请用空格缩进；这样的内容请加引号")),
    ("mapping values are not allowed",
     Text("a second ': ' in one line, or a wrong indentation", "一行里出现第二个“: ”，或缩进不对"),
     Text('Put the value in quotes if it holds ": "; line keys up',
          "内容含“: ”时请加引号；键要对齐")),
    ("could not find expected ':'",
     Text("a line without ':' where a field is expected", "此处应是“字段: 内容”，缺少冒号"),
     Text("Write `field: value` with a space after the colon (not the wide ：)",
          "请写成“字段: 内容”，用半角冒号，后空一格")),
    ("did not find expected '-'", Text("a list item out of line", "列表项没有对齐"), _ALIGN),
    ("tab character", Text("a tab", "有制表符"), Text("Indent with spaces", "请用空格缩进")),
    ("did not find expected key",
     Text("a line out of line with its neighbours", "与同级字段没有对齐"), _ALIGN),
    ("did not find expected ',' or", *_BRACKET),
    ("unknown escape character", *_BACKSLASH),
    ("invalid Unicode character escape", Text("a code that is not a character", "不是字符的编码"),
     Text("Type the character itself", "请直接输入该字符")),
    ("expected hexdecimal number", *_BACKSLASH),
    ("control characters are not allowed", Text("a control character", "有控制字符"),
     Text("Delete it", "请删去")),
    ("block sequence entries are not allowed",
     Text("a list item stands where a value does", "列表项出现在不该出现的位置"), _ALIGN),
    ("mapping keys are not allowed", Text("a stray '? '", "有多余的“? ”"), _QUOTE_IT),
    ("did not find expected <document start>",
     Text("something follows the end of the document (...)", "文档结束符 ... 之后还有内容"),
     Text("Delete the line with the three points", "请删去三个点那一行")),
    ("did not find expected node content",
     Text("a bracket or comma where a value should be", "此处应有内容，却是括号或逗号"), _QUOTE_IT),
)  # fmt: skip
_UNKNOWN = Text("it cannot be read from here on", "从这里起无法读取")


def explain(error: yaml.YAMLError, file: str, text: str) -> Diagnostic:
    """A diagnostic for what libyaml could not parse.

    For an unclosed quote or bracket the place is where it was opened.
    """
    said = f"{getattr(error, 'problem', '')} {getattr(error, 'reason', '')} {error}"
    what, how = next(((w, h) for part, w, h in _KNOWN if part in said), (_UNKNOWN, _QUOTE_IT))
    mark: Any = getattr(error, "problem_mark", None)
    if how == _CLOSE_QUOTE:
        mark = getattr(error, "context_mark", None) or mark
    elif mark is not None:
        mark, what, how = _opened(mark, text) or _after_quote(mark, text) or (mark, what, how)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else _offset(error, file, text)
    return Diagnostic(place, problems.SYNTAX, {"what": what, "how": how})


def _opened(stopped: Any, text: str) -> tuple[Any, Text, Text] | None:
    """The quote or bracket that was opened and not closed before reading stopped, if any."""
    brackets: list[Any] = []
    last: Any = None
    with contextlib.suppress(yaml.YAMLError):
        for last in yaml.parse(text, yaml.CLoader):
            if isinstance(last, yaml.CollectionStartEvent):
                brackets.append(last.start_mark if last.flow_style else None)
            elif isinstance(last, yaml.CollectionEndEvent):
                brackets.pop()
    start, end = last.start_mark, last.end_mark
    if getattr(last, "style", "") in ("'", '"') and start.line < end.line == stopped.line:
        return start, *_QUOTE  # it ran on to the next quote, some lines below
    if brackets and brackets[-1] is not None:
        return brackets[-1], *_BRACKET
    return None


def _after_quote(stopped: Any, text: str) -> tuple[Any, Text, Text] | None:
    """What stands after a value that is complete, if it is that."""
    before = text[: stopped.index].rpartition("\n")[2]
    return (stopped, *_AFTER) if before.rstrip().endswith(("'", '"', "]", "}")) else None


def _offset(error: yaml.YAMLError, file: str, text: str) -> Place:
    """libyaml's reader errors tell a byte offset of the UTF-8 text, not a line."""
    before = text.encode()[: int(getattr(error, "position", 0) or 0)].decode("utf-8", "ignore")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
