"""Template and facts to a finished .docx. docxtpl stays behind `render`."""

import io
import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from docxtpl import DocxTemplate

from docpipe.adapters.word import package
from docpipe.adapters.word.environment import Steps, environment
from docpipe.adapters.word.package import Parts
from docpipe.diagnostics import DocpipeError, Text

_FAILED = Text(
    'The template {template} cannot be filled in: {what}, in the paragraph "{paragraph}"',
    "模板 {template} 无法填写：{what}，位于段落“{paragraph}”",
)
_LOOK = Text(
    "Compare the name with the field names in schemas/; wrap what may be missing in an if tag",
    "请对照 schemas/ 中的字段名；可能没有的内容请放在 if 标签中",
)
_IN_TEMPLATE = ("<template>", "<unknown>")


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl's template, which remembers the part at work so that errors can name the place."""

    source = ""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        self.source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)  # as docxtpl counts lines
        text: str = super().render_xml_part(src_xml, part, context, jinja_env)
        return text


def render(template: Parts, context: Mapping[str, Any], name: str) -> Parts:
    """The parts of `template` with every tag replaced; `name` is the template's in messages.

    Raises DocpipeError naming template, paragraph and field for what the facts do not have, for
    wrong tags and for what the sandbox forbids.
    """
    document = _Template(io.BytesIO(package.write(template)))
    try:
        document.render({**context, "range": Steps()}, environment())
    except Exception as error:  # whatever a template provokes is the template's; see _line
        line = _line(error)
        if line is None:
            raise
        raise _failure(error, document.source, line, name) from error
    buffer = io.BytesIO()
    document.save(buffer)
    return package.read(buffer.getvalue(), name)


def _line(error: Exception) -> int | None:
    """The line of the template where `error` arose; None for an error of ours."""
    line: int | None = getattr(error, "lineno", None)
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in _IN_TEMPLATE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _failure(error: Exception, source: str, line: int, name: str) -> DocpipeError:
    lines = source.splitlines()
    xml = lines[min(line, len(lines)) - 1] if lines else ""
    paragraph = re.sub(r"<[^>]+>", "", xml).strip()
    what = _what(error, paragraph)
    return DocpipeError(_FAILED, _LOOK, template=name, what=what, paragraph=_short(paragraph))


def _what(error: Exception, paragraph: str) -> Text:
    kind, said = type(error).__name__, str(error)
    if kind == "UndefinedError":
        field = _field(said, paragraph)
        return Text(f"there is no fact {field}", f"没有 {field} 这项内容")
    if kind == "AbsentFactError":
        return Text(f"{said} is not filled in for this order", f"本订单未填 {said}")
    if kind == "NothingToPrintError":
        return Text("a figure is missing for this order", "本订单缺少某个数字")
    if kind == "SecurityError":
        return Text(f"not allowed in templates ({said})", f"模板中不允许（{said}）")
    return Text(f"{said or kind}", f"{said or kind}")


def _field(said: str, paragraph: str) -> str:
    """The dotted name that the paragraph uses for the attribute that Jinja complains about."""
    quoted = re.findall(r"'(\w+)'", said)
    wanted = quoted[-1] if quoted else said
    dotted = re.search(rf"[\w.]*\b{re.escape(wanted)}\b", paragraph)
    return dotted[0] if dotted else wanted


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."
