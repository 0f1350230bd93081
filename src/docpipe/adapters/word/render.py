"""Template and facts to a finished .docx. docxtpl stays behind `render`."""

import io
import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from docxtpl import DocxTemplate

from docpipe.adapters.word import package, repair, tags
from docpipe.adapters.word.budget import Budget
from docpipe.adapters.word.current_budget import CURRENT
from docpipe.adapters.word.environment import environment
from docpipe.adapters.word.parts import Parts
from docpipe.diagnostics import DocpipeError, Text

_REFUSED = Text(
    "The template {template} cannot be filled in: {what}", "模板 {template} 无法填写：{what}"
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
    tags.check(template, name)
    document = _Template(io.BytesIO(package.write(template)))
    buffer = io.BytesIO()
    budget = Budget()
    CURRENT.set(budget)
    names = {**context, **budget.names}  # a fault in a figure is not the template's
    try:
        document.render(names, environment())
        document.save(buffer)
    except (Exception, MemoryError) as error:  # whatever a template provokes is the template's
        raise _failure(error, document.source, _line(error), name) from error
    return repair.repaired(package.unpack(buffer.getvalue()), template)


def _line(error: BaseException) -> int:
    """The line of the template where `error` arose; 0 where that is not known."""
    line: int = getattr(error, "lineno", None) or 0
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in _IN_TEMPLATE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _failure(error: BaseException, source: str, line: int, name: str) -> DocpipeError:
    lines = source.split("\n")
    xml = lines[min(line, len(lines)) - 1] if line else ""
    paragraph = re.sub(r"<[^>]+>", "", xml).strip()
    what = _what(error, paragraph)
    if not paragraph:
        return DocpipeError(_REFUSED, _LOOK, template=name, what=what)
    return DocpipeError(tags.WRONG, _LOOK, template=name, what=what, paragraph=_short(paragraph))


def _what(error: BaseException, paragraph: str) -> Text:
    kind, said = type(error).__name__, str(error)
    if kind == "UndefinedError":
        field = _field(said, paragraph)
        return Text(f"there is no fact {field}", f"没有 {field} 这项内容")
    if kind == "AbsentFactError":
        return Text(f"{said} is not filled in for this order", f"本订单未填 {said}")
    if kind == "NothingToPrintError":
        return Text("a figure is missing for this order", "本订单缺少某个数字")
    if kind == "RecursionError":
        return Text("it is nested too deeply", "嵌套过深")
    if kind == "MemoryError":
        return Text("it fills the memory", "内存不足")
    if kind == "SecurityError":
        return Text(f"not allowed in templates ({said})", f"模板中不允许（{said}）")
    said = _short(said or kind, 300)
    return Text(said, said)


def _field(said: str, paragraph: str) -> str:
    """The dotted name that the paragraph uses for the attribute that Jinja complains about."""
    if number := re.search(r"has no element (.+)", said):
        return f"[{number[1]}]"
    quoted = re.findall(r"'(\w+)'", said)
    wanted = quoted[-1] if quoted else said
    dotted = re.search(rf"[\w.]*\b{re.escape(wanted)}\b", paragraph)
    return dotted[0] if dotted else wanted


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 3] + "..."
