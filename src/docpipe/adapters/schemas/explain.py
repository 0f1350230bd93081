"""One validation error in a clerk's words."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from jsonschema.exceptions import ValidationError

from docpipe.adapters.schemas import fields, problems
from docpipe.adapters.schemas.keywords import first_repeated
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
_EMPTY = Text("Write a value, or remove the whole line", "请填写内容；没有内容就删去整行")
_CHOICES = Text("Choices: {choices}", "可选：{choices}")
_MOST_CHOICES = 40  # of which all are listed
_ALSO_CALLED = {"RMB": "CNY"}  # by habit; the code that looks most like it is another country's
_QUOTE = Text("Put it in quotes to make it text", "请加引号，使其成为文字")
_PLAIN_NUMBER = Text(
    "Write digits and a point only: no comma, unit, currency or quotes",
    "只写数字和小数点：不要逗号、单位、币种或引号",
)
_WRITE_NUMBER = Text(
    "Write {value}: digits and a point only, no comma, no quotes",
    "请写 {value}：只写数字和小数点，不要逗号和引号",
)
_SPACE = Text(
    "Write a space after the colon: `field: value`", "冒号后要空一格：“字段: 内容”（半角冒号）"
)
_TRUE_FALSE = Text("Write true or false, without quotes", "请写 true 或 false，不加引号")


_COMMA = Text(
    'If it belongs to the text before the comma, put that whole text in quotes: "..."',
    '若它属于逗号前的文字，请把整段文字加上引号："..."',
)
_NO_COMMA = Text(
    "A number has no comma in it: write 12000, not 12,000, and 3.55, not 3,55",
    "数字里不要写逗号：写 12000 而不是 12,000，写 3.55 而不是 3,55",
)
_NO_NAME = re.compile(r"[\s0-9\u3400-\u9fff]")  # what no field's name has, a sentence does
_REST_OF_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")  # {price: 12,000.50} is a price and this field
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


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
    required: Any = error.validator_value
    name = next(name for name in required if f"{name!r} is a required" in error.message)
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
            _NO_COMMA
            if child.value is None and _REST_OF_NUMBER.fullmatch(name)
            else _COMMA
            if child.value is None and _NO_NAME.search(name)
            else Text("Did you mean {near}?", "是不是 {near}？")
            if near
            else Text("Fields known here: {known}", "这里可用的字段：{known}")
        )
        params = {"name": name, "how": how, "near": near, "known": known}
        yield Diagnostic(child.key_place, problems.UNKNOWN, params)


def _type(error: ValidationError, node: Node) -> list[Diagnostic]:
    types = error.validator_value
    wanted = types if isinstance(types, str) else str(next(iter(types)))  # type: ignore[arg-type]
    how = _how_to_write(wanted, error, node)
    choices = [str(choice) for choice in _schema(error)["enum"]] if how is _CHOICES else []
    return _one(
        node, problems.TYPE,
        title=_title(error, node), expected=_TYPES[wanted], actual=_TYPES[_kind(node)],
        how=how, value=_number_in(node.value), **({"choices": choices} if choices else {}),
    )  # fmt: skip


def _how_to_write(wanted: str, error: ValidationError, node: Node) -> Text:
    value = node.value
    if value is None:
        return _CHOICES if 0 < len(_schema(error).get("enum", ())) <= _MOST_CHOICES else _EMPTY
    if wanted in ("number", "integer"):
        return _WRITE_NUMBER if _number_in(value) else _PLAIN_NUMBER
    if wanted == "boolean":
        return _TRUE_FALSE
    if wanted == "string" and not isinstance(value, dict | list):
        return _QUOTE
    if wanted == "object" and isinstance(value, str) and re.search(r"\w[:：]\S", value):
        return _SPACE
    return fields.description(_schema(error))


def _number_in(value: Any) -> str:
    """The number that a text means: "1,000" (also in wide digits) is 1000; else "".

    A comma anywhere else may be meant as a point ("3,55"): no number is named then.
    """
    if not isinstance(value, str):
        return ""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", value))
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    return plain if re.fullmatch(r"-?(0|[1-9][0-9]{0,27})(\.[0-9]{1,20})?", plain, re.ASCII) else ""


def _kind(node: Node) -> str:
    value = node.value
    if isinstance(value, bool):
        return "boolean"
    for kinds, name in ((int, "integer"), (Decimal, "number"), (str, "string"), (dict, "object")):
        if isinstance(value, kinds):
            return name
    return "array" if isinstance(value, list) else "null"


def _choice(error: ValidationError, node: Node) -> list[Diagnostic]:
    if node.value is None and "type" in _schema(error):
        return []  # the type says that nothing was chosen
    choices = [str(choice) for choice in error.validator_value]  # type: ignore[union-attr]
    meant = _ALSO_CALLED.get(str(node.value).upper(), str(node.value))
    near = difflib.get_close_matches(meant, choices, 1, 0.6)
    how = Text("Did you mean {near}?", "是不是 {near}？") if near else _CHOICES
    if not near and len(choices) > _MOST_CHOICES:
        how = fields.description(_schema(error))
    return _one(
        node, problems.CHOICE,
        title=_title(error, node), value=_shown(node), how=how, near=near, choices=choices,
    )  # fmt: skip


def _form(error: ValidationError, node: Node) -> list[Diagnostic]:
    schema = _schema(error)
    hint = schema.get("x-hint")
    how = fields.bilingual_lines(hint) if hint else fields.description(schema)
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
        title=_title(error, node), count=len(node.value),  # type: ignore[arg-type]
        bound=_LENGTHS[str(error.validator)], limit=error.validator_value,
    )  # fmt: skip


def _repeated(error: ValidationError, node: Node) -> list[Diagnostic]:
    again = first_repeated(node.plain())
    place = node if again is None else node[again]
    return _one(place, problems.REPEATED, title=_title(error, node))


def _shape(error: ValidationError, node: Node) -> list[Diagnostic]:
    description = fields.description(_schema(error))
    return _one(node, problems.SHAPE, title=_title(error, node), description=description)


def _shown(node: Node) -> str:
    """The value for a message: cut short, and invisible characters named."""
    text = "" if node.value is None else str(node.value)
    cut = text if len(text) <= 60 else text[:57] + "..."
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in cut)


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
