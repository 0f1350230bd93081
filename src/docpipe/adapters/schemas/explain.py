"""One validation error in a clerk's words."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from jsonschema.exceptions import ValidationError

from docpipe.adapters.schemas import fields, problems
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Diagnostic, Problem, Text

_TYPES = {
    "string": Text("text", "文字"),
    "number": Text("a number", "数字"),
    "integer": Text("a whole number", "整数"),
    "boolean": Text("true or false", "true 或 false"),
    "object": Text("a group of fields", "一组字段"),
    "array": Text("a list (each item starts with '- ')", "列表（每项以“- ”开头）"),
    "null": Text("nothing", "空"),
}
_BOUNDS = {
    "minimum": Text("at least {limit}", "不小于 {limit}"),
    "maximum": Text("at most {limit}", "不大于 {limit}"),
    "exclusiveMinimum": Text("more than {limit}", "大于 {limit}"),
    "exclusiveMaximum": Text("less than {limit}", "小于 {limit}"),
    "multipleOf": Text("a multiple of {limit}", "为 {limit} 的整数倍"),
}
_LENGTHS = {
    "minLength": Text("at least {limit} characters", "至少 {limit} 个字"),
    "maxLength": Text("at most {limit} characters", "至多 {limit} 个字"),
    "minItems": Text("at least {limit} items", "至少 {limit} 项"),
    "maxItems": Text("at most {limit} items", "至多 {limit} 项"),
    "minProperties": Text("at least {limit} fields", "至少 {limit} 个字段"),
    "maxProperties": Text("at most {limit} fields", "至多 {limit} 个字段"),
}
_EMPTY = Text(
    "Write a value, or remove the whole line", "请填写内容；没有内容就删去整行"
)
_QUOTE = Text("Put it in quotes to make it text", "请加引号，使其成为文字")
_PLAIN_NUMBER = Text(
    "Write digits and a point only: no comma, unit, currency or quotes",
    "只写数字和小数点：不要逗号、单位、币种或引号",
)
_TRUE_FALSE = Text("Write true or false, without quotes", "请写 true 或 false，不加引号")


def diagnostics(error: ValidationError, node: Node) -> list[Diagnostic]:
    """The diagnostics for `error`, found at `node`."""
    keyword = str(error.validator)
    explain = _EXPLAINERS.get(keyword, _shape)
    return list(explain(error, node))


def _title(error: ValidationError, node: Node) -> Text:
    title = fields.title(_schema(error))
    return title if title.en else Text(node.field, node.field)


def _schema(error: ValidationError) -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, Mapping) else {}


def _one(node: Node, problem: Problem, **params: Any) -> list[Diagnostic]:
    return [Diagnostic(node.place, problem, params)]


def _missing(error: ValidationError, node: Node) -> list[Diagnostic]:
    name = next(n for n in error.validator_value if f"{n!r} is a required" in error.message)
    entry = fields.child(_schema(error), name)
    return _one(
        node, problems.MISSING,
        name=name, title=fields.title(entry), description=fields.description(entry),
    )  # fmt: skip


def _unknown(error: ValidationError, node: Node) -> Iterable[Diagnostic]:
    known = list(_schema(error).get("properties", {}))
    for name, child in node.fields.items():
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, 1, 0.6)
        how = (
            Text("Do you mean {near}?", "是不是 {near}？")
            if near
            else Text("Fields known here: {known}", "这里可用的字段：{known}")
        )
        params = {"name": name, "how": how, "near": near, "known": known}
        yield Diagnostic(child.key_place, problems.UNKNOWN, params)


def _type(error: ValidationError, node: Node) -> list[Diagnostic]:
    wanted = error.validator_value if isinstance(error.validator_value, str) else "string"
    how = {
        "string": _QUOTE,
        "number": _PLAIN_NUMBER,
        "integer": _PLAIN_NUMBER,
        "boolean": _TRUE_FALSE,
    }.get(wanted, fields.description(_schema(error)))
    if node.value is None:
        how = _EMPTY
    elif wanted == "string" and isinstance(node.value, dict | list):
        how = fields.description(_schema(error))
    return _one(
        node, problems.TYPE,
        title=_title(error, node), expected=_TYPES[wanted], actual=_TYPES[_kind(node)], how=how,
    )  # fmt: skip


def _kind(node: Node) -> str:
    value = node.value
    if isinstance(value, bool):
        return "boolean"
    for kinds, name in ((int, "integer"), (Decimal, "number"), (str, "string"), (dict, "object")):
        if isinstance(value, kinds):
            return name
    return "array" if isinstance(value, list) else "null"


def _choice(error: ValidationError, node: Node) -> list[Diagnostic]:
    choices = [str(choice) for choice in error.validator_value]
    near = difflib.get_close_matches(str(node.value), choices, 1, 0.6)
    how = Text("Do you mean {near}?", "是不是 {near}？") if near else Text("{choices}", "{choices}")
    if not near and len(choices) > 40:
        how = fields.description(_schema(error))
    return _one(
        node, problems.CHOICE,
        title=_title(error, node), value=_shown(node), how=how, near=near, choices=choices,
    )  # fmt: skip


def _form(error: ValidationError, node: Node) -> list[Diagnostic]:
    schema = _schema(error)
    how = fields.bilingual_lines(schema["x-hint"]) if "x-hint" in schema else fields.description(schema)
    return _one(node, problems.FORM, title=_title(error, node), value=_shown(node), how=how)


def _range(error: ValidationError, node: Node) -> list[Diagnostic]:
    return _one(
        node, problems.RANGE,
        title=_title(error, node), value=node.value,
        bound=_BOUNDS[str(error.validator)], limit=error.validator_value,
    )  # fmt: skip


def _length(error: ValidationError, node: Node) -> list[Diagnostic]:
    return _one(
        node, problems.LENGTH,
        title=_title(error, node), count=len(error.instance),
        bound=_LENGTHS[str(error.validator)], limit=error.validator_value,
    )  # fmt: skip


def _repeated(error: ValidationError, node: Node) -> list[Diagnostic]:
    return _one(node, problems.REPEATED, title=_title(error, node))


def _shape(error: ValidationError, node: Node) -> list[Diagnostic]:
    description = fields.description(_schema(error))
    return _one(node, problems.SHAPE, title=_title(error, node), description=description)


def _shown(node: Node) -> str:
    """The value for a message, cut short."""
    text = str(node.value)
    return text if len(text) <= 60 else text[:57] + "..."


_EXPLAINERS: dict[str, Callable[[ValidationError, Node], Iterable[Diagnostic]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _choice,
    "const": lambda error, node: _form(error, node),
    "pattern": _form,
    "uniqueItems": _repeated,
    **dict.fromkeys(_BOUNDS, _range),
    **dict.fromkeys(_LENGTHS, _length),
}
