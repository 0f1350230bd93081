"""Every keyword of a schema in a clerk's words, in both languages, at the right place."""

import json
from typing import Any

import pytest

from docpipe.adapters.schemas import SchemaStore, validate
from docpipe.adapters.yamlfile import load
from docpipe.diagnostics import Diagnostic
from tests.support import soon

FIELDS: dict[str, Any] = {
    "price": {"type": "number", "exclusiveMinimum": 0, "maximum": 100, "multipleOf": 0.000001},
    "count": {"type": "integer", "minimum": 1, "exclusiveMaximum": 10},
    "cents": {"type": "number", "multipleOf": 0.01},
    "name": {"type": "string", "minLength": 2, "maxLength": 5, "examples": ["Flask"]},
    "day": {
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "x-hint": "A date.\\n日期。",
    },
    "bare": {"type": "string", "pattern": "^x$"},
    "sold": {"type": "boolean"},
    "unit": {"enum": ["PCS", "SET", "DOZ"]},
    "many": {"enum": [f"C{n:03}" for n in range(60)]},
    "only": {"const": "yes-it-is"},
    "tags": {"type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": True},
    "group": {
        "type": "object",
        "additionalProperties": False,
        "required": ["en"],
        "minProperties": 1,
        "maxProperties": 2,
        "properties": {
            "en": {"type": "string"},
            "zh": {"type": "string"},
            "fr": {"type": "string"},
        },
    },
    "either": {
        "anyOf": [
            {"type": "integer"},
            {
                "type": "object",
                "required": ["x"],
                "properties": {"x": {"type": "integer", "title": "X · 某"}},
            },
        ]
    },
    "one": {"oneOf": [{"type": "integer"}, {"type": "boolean"}]},
    "both": {"type": ["number", "null"]},
    "term": {"type": "string", "enum": ["T/T", "L/C"]},
    "money": {"type": "string", "enum": ["CNY", "RUB"]},
}


def schema() -> Any:
    properties = {
        name: {
            "title": f"{name.title()} · 字段",
            "description": "What to write.\n怎么填。",
            **entry,
        }
        for name, entry in json.loads(json.dumps(FIELDS).replace("\\\\n", "\\n")).items()
    }
    root = {
        "title": "File · 文件",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "x-file": {"path": "f.yaml", "stage": "order", "scope": "order"},
    }
    return SchemaStore({"f.schema.json": json.dumps(root).encode()}).schema("f")


SCHEMA = schema()


def findings(text: str) -> list[Diagnostic]:
    loaded = load(text.encode(), "f.yaml")
    assert loaded.root is not None
    assert loaded.diagnostics == []
    return validate(loaded.root, SCHEMA)


def finding(text: str) -> Diagnostic:
    (found,) = findings(text)
    for lang in ("en", "zh"):
        assert found.message(lang)
        assert found.hint(lang) or found.code == "SCH01"
        assert "{" not in found.message(lang) + found.hint(lang)
    return found


@pytest.mark.parametrize(
    ("text", "code", "en", "hint", "zh"),
    [
        ("group: {zh: x}", "SCH01", '"en" () is missing', "", "缺少“en”"),
        (
            "prise: 1",
            "SCH02",
            'There is no field "prise" here',
            "Did you mean price?",
            "这里没有“prise”",
        ),
        (
            "qqqq: 1",
            "SCH02",
            'There is no field "qqqq"',
            "Fields known here: price, count",
            "这里没有",
        ),
        (
            "price: x",
            "SCH03",
            "Price: a number is expected, not text",
            "digits and a point only",
            "应填数字",
        ),
        ('price: "2.50"', "SCH03", "a number is expected, not text", "Write 2.50:", "而不是文字"),
        ("price: 1,000.5", "SCH03", "a number is expected", "Write 1000.5:", "应填数字"),
        ("price: １，０００", "SCH03", "a number is expected", "Write 1000:", "应填数字"),
        ('price: "3,55"', "SCH03", "a number is expected", "digits and a point only", "应填数字"),
        ('price: "1,0000"', "SCH03", "a number is expected", "digits and a point only", "应填数字"),
        ("term:", "SCH03", "text is expected, not nothing", "Choices: T/T, L/C", "应填文字"),
        ("money: RMB", "SCH04", '"RMB" is not one of', "Did you mean CNY?", "可选范围"),
        ("{sold: true, 000}", "SCH02", 'no field "000"', "no comma in it", "没有“000”"),
        ("price: 5 USD", "SCH03", "a number is expected", "no comma, unit, currency", "应填数字"),
        (
            "price:",
            "SCH03",
            "a number is expected, not nothing",
            "Write a value, or remove",
            "而不是空",
        ),
        (
            "price: true",
            "SCH03",
            "expected, not true or false",
            "digits and a point only",
            "应填数字",
        ),
        (
            "count: 2.5",
            "SCH03",
            "Count: a whole number is expected, not a number",
            "digits",
            "应填整数",
        ),
        ("count: true", "SCH03", "a whole number is expected", "digits", "应填整数"),
        ("name: 1234", "SCH03", "text is expected, not a whole number", "in quotes", "应填文字"),
        (
            "name: [a]",
            "SCH03",
            "text is expected, not a list",
            "What to write. Example: Flask",
            "应填",
        ),
        (
            "sold: yes",
            "SCH03",
            "Sold: true or false is expected, not text",
            "true or false",
            "应填true",
        ),
        (
            "tags: x",
            "SCH03",
            "a list (each item starts with '- ') is expected",
            "What to",
            "应填列表",
        ),
        (
            "group: en：x",
            "SCH03",
            "a group of fields is expected, not text",
            "a space after",
            "一组字段",
        ),
        ("both: x", "SCH03", "a number is expected, not text", "digits", "应填数字"),
        (
            "unit: PCX",
            "SCH04",
            'Unit: "PCX" is not one of the choices',
            "Did you mean PCS?",
            "可选范围",
        ),
        ("unit: kg", "SCH04", 'Unit: "kg" is not one of', "PCS, SET, DOZ", "可选范围"),
        ("many: Z", "SCH04", 'Many: "Z" is not one of', "What to write.", "可选范围"),
        (
            "day: 2026-3-6",
            "SCH05",
            'Day: "2026-3-6" does not have the right form',
            "A date.",
            "格式不对",
        ),
        (
            "bare: y",
            "SCH05",
            'Bare: "y" does not have the right form',
            "What to write.",
            "格式不对",
        ),
        ("only: no", "SCH05", 'Only: "no" does not have', "What to write.", "格式不对"),
        ("price: 0", "SCH06", "Price: 0 must be more than 0", "Correct", "应大于 0"),
        ("price: 1000.5", "SCH06", "Price: 1,000.5 must be at most 100", "Correct", "应不大于 100"),
        ("price: 0.0000005", "SCH06", "must be a multiple of 0.000001", "Correct", "整数倍"),
        ("count: 0", "SCH06", "Count: 0 must be at least 1", "Correct", "应不小于 1"),
        ("count: 10", "SCH06", "Count: 10 must be less than 10", "Correct", "应小于 10"),
        (
            "name: x",
            "SCH07",
            "Name: at least 2 characters allowed, here 1",
            "Shorten",
            "至少 2 个字",
        ),
        (
            "name: 一二三四五六",
            "SCH07",
            "at most 5 characters allowed, here 6",
            "Shorten",
            "至多 5 个字",
        ),
        ("tags: []", "SCH07", "Tags: at least 1 items allowed, here 0", "Shorten", "至少 1 项"),
        ("tags: [1, 2, 3, 4]", "SCH07", "at most 3 items allowed, here 4", "Shorten", "至多 3 项"),
        (
            "group: {en: a, zh: b, fr: c}",
            "SCH07",
            "at most 2 fields allowed, here 3",
            "Sh",
            "至多 2 个",
        ),
        (
            "tags: [1, 1]",
            "SCH08",
            "Tags: the same item appears twice",
            "Remove one",
            "有重复项",
        ),
        (
            "either: {x: y}",
            "SCH03",
            "X: a whole number is expected, not text",
            "digits",
            "某：应填整数",
        ),
        (
            "either: y",
            "SCH09",
            "Either: these fields do not go together",
            "What to write.",
            "不能这样组合",
        ),
        (
            "one: y",
            "SCH09",
            "One: these fields do not go together",
            "What to write.",
            "不能这样组合",
        ),
    ],
)
def test_every_keyword_is_told_in_both_languages(
    text: str, code: str, en: str, hint: str, zh: str
) -> None:
    found = finding(text) if code != "SCH01" else findings(text)[0]
    assert found.code == code
    assert en in found.message("en")
    assert hint in found.hint("en")
    assert zh in found.message("zh")


@pytest.mark.parametrize(
    ("text", "line", "column", "field"),
    [
        ("sold: true\ngroup:\n  zh: x\n", 3, 3, "group"),
        ("sold: true\ngroup: {en: x, xx: y}\n", 2, 16, "group.xx"),
        ("sold: true\nunit: kg\n", 2, 7, "unit"),
        ("tags: [1, 2, 1]\n", 1, 14, "tags[3]"),
        ("tags: []\n", 1, 7, "tags"),
        ("either:\n  x: y\n", 2, 6, "either.x"),
    ],
)
def test_missing_is_at_the_group_unknown_at_the_key_anything_else_at_the_value(
    text: str, line: int, column: int, field: str
) -> None:
    place = finding(text).place
    assert (place.line, place.column, place.field) == (line, column, field)


def test_all_missing_and_all_unknown_fields_are_told_one_by_one() -> None:
    found = findings("a1: 1\na2: 2\ngroup: {}\n")
    assert sorted(str(d.params["name"]) for d in found if d.code == "SCH02") == ["a1", "a2"]
    assert [d.params["name"] for d in found if d.code == "SCH01"] == ["en"]


def test_cents_are_exact() -> None:
    for cents in range(1, 2000):
        assert findings(f"cents: {cents // 100}.{cents % 100:02}") == []
    assert finding("cents: 0.015").code == "SCH06"


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("9999999999999999999999999999", ["maximum"]),
        ("9999999999999999999999.123456", ["maximum"]),
        ("999999999999999999999.1234567", ["maximum", "multipleOf"]),
    ],
)
def test_the_longest_numbers_are_judged_exactly(number: str, codes: list[str]) -> None:
    bounds = {"maximum": "at most {limit}", "multipleOf": "a multiple of {limit}"}
    told = [d.params["bound"].en for d in findings(f"price: {number}")]  # type: ignore[attr-defined]
    assert sorted(told) == sorted(bounds[code] for code in codes)


def test_a_line_break_at_the_end_is_no_date() -> None:
    assert finding("day: |\n  2026-03-16\n").code == "SCH05"
    assert findings("day: |-\n  2026-03-16\n") == []


def test_wide_digits_are_no_date() -> None:
    assert finding("day: ２０２６-０３-１６").code == "SCH05"


def test_invisible_characters_are_named() -> None:
    assert "2026-03-16<U+200B>" in finding("day: 2026-03-16\u200b").message("en")


def test_true_is_not_one_and_one_is_one_point_zero() -> None:
    assert findings('tags: [1, true, "1"]') == []
    assert finding("tags: [1, 1.0]").code == "SCH08"
    assert finding("tags: [{a: 1, b: [2]}, {b: [2.0], a: 1}]").code == "SCH08"


def test_long_values_are_cut() -> None:
    assert len(finding("unit: " + "x" * 5000).message("en")) < 150


def test_a_long_mixed_list_is_judged_in_one_pass() -> None:
    text = "tags: [" + ", ".join(f"{n}, 'x{n}', {{a: {n}}}" for n in range(4000)) + "]"
    with soon():
        assert finding(text).code == "SCH07"
