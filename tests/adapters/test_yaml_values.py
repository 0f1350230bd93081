"""What a value in a YAML file means."""

from decimal import Decimal

import pytest

from docpipe.adapters.yamlfile import load
from tests.support import soon


def value(text: str) -> object:
    loaded = load(f"a: {text}".encode(), "f.yaml")
    assert loaded.diagnostics == []
    assert loaded.root is not None
    return loaded.root["a"].value


def refused(text: str) -> dict[str, object]:
    (found,) = load(f"a: {text}".encode(), "f.yaml").diagnostics
    assert found.code == "YAML05"
    assert (found.place.line, found.place.column, found.place.field) == (1, 4, "a")
    return dict(found.params)


@pytest.mark.parametrize(
    "text", ["19.90", "0.1", "27600.00", "-0.50", "0.000001", "1234567890.123456"]
)
def test_a_fraction_is_an_exact_decimal_with_its_zeros(text: str) -> None:
    found = value(text)
    assert isinstance(found, Decimal)
    assert str(found) == text


@pytest.mark.parametrize("text", ["0", "7", "-12", "36000", "9999999999999999999999999999"])
def test_a_whole_number_is_an_int(text: str) -> None:
    found = value(text)
    assert type(found) is int
    assert str(found) == text


@pytest.mark.parametrize(
    ("text", "meant"), [("true", True), ("false", False), ("null", None), ("", None)]
)
def test_three_words_have_a_meaning(text: str, meant: object) -> None:
    assert value(text) is meant


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "no",
        "yes",
        "on",
        "off",
        "Y",
        "2026-03-16",
        "2026-03-16T09:40+08:00",
        "2026-03-16 09:40",
        "1,000",
        "12 PCS",
        "１２",
        "1.2.3",
        "1-2",
        "30%",
        "=",
        "USD",
        "ZF-2026-0002",
        "nullable",
        "truest",
        "-a",
        "+",
        "0a",
        "中文",
        "😀",
        "...",
        "7318.15.90a",
    ],
)
def test_everything_else_stays_text(text: str) -> None:
    assert value(text) == text


@pytest.mark.parametrize("text", ["0123", "12:30", "true", "null", "1e3", "~", "+86 579", "-0"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_make_text_of_anything(text: str, quote: str) -> None:
    assert value(f"{quote}{text}{quote}") == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0123", "leading zero"),
        ("-007", "leading zero"),
        ("00.5", "leading zero"),
        ("12:30", "a time or a base-60 number"),
        ("1:02:03", "a time or a base-60 number"),
        ("0x1F", "a number in another base"),
        ("0o17", "a number in another base"),
        ("0b101", "a number in another base"),
        ("1_000", "digits with underscores"),
        ("1_000.5", "digits with underscores"),
        ("+5", "leading plus sign"),
        ("+86 579 8541 2000", "leading plus sign"),
        (".inf", "infinity"),
        ("-.INF", "infinity"),
        (".NaN", "not a number"),
        ("1e3", "an exponent"),
        ("2.5E-3", "an exponent"),
        (".5e3", "an exponent"),
        (".5", "a bare decimal point"),
        ("5.", "a bare decimal point"),
    ],
)
def test_what_readers_take_differently_is_refused_with_the_way_out(text: str, reason: str) -> None:
    (found,) = load(f"a: {text}".encode(), "f.yaml").diagnostics
    assert refused(text)["what"].en == reason  # type: ignore[attr-defined]
    assert f'in quotes: "{text}"' in found.hint("en")
    assert f'请加引号："{text}"' in found.hint("zh")


@pytest.mark.parametrize(
    ("text", "word"),
    [("~", "null"), ("Null", "null"), ("NULL", "null"), ("True", "true"), ("FALSE", "false")],
)
def test_other_spellings_of_the_three_words_are_refused(text: str, word: str) -> None:
    (found,) = load(f"a: {text}".encode(), "f.yaml").diagnostics
    assert refused(text)["word"] == word
    assert found.hint("en") == f'Write {word}, or "{text}" in quotes if it is text'


def test_twenty_nine_digits_are_too_many() -> None:
    assert value("1" * 20 + "." + "1" * 8)
    assert refused("1" * 20 + "." + "1" * 9)["what"].en == "more than 28 digits"  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["-0", "-0.0", "-0.00"])
def test_minus_zero_is_refused(text: str) -> None:
    assert refused(text)["what"].en == "minus zero"  # type: ignore[attr-defined]


def test_block_text_keeps_its_lines() -> None:
    assert value("|\n  one\n  two: 012\n") == "one\ntwo: 012\n"
    assert value(">\n  one\n  two\n") == "one two\n"


def test_keys_are_text_whatever_they_look_like() -> None:
    loaded = load(b"1: a\ntrue: b\nNO: c\n0123: d\n", "f.yaml")
    assert loaded.diagnostics == []
    assert loaded.root is not None
    assert list(loaded.root.fields) == ["1", "true", "NO", "0123"]


@pytest.mark.parametrize(
    "text",
    [
        "1" * 1_900_000,
        "1_" * 900_000 + "x",
        "1" * 900_000 + "x",
        "1:" * 900_000 + "x",
        "+" + "1 " * 900_000 + "x",
        "-" + "0" * 1_900_000,
        "." + "1" * 900_000 + "x",
        "0x" + "F" * 900_000 + "g",
    ],
    ids=lambda text: text[:4],
)
def test_a_huge_value_takes_no_time_and_is_cut_in_messages(text: str) -> None:
    with soon():
        loaded = load(f"a: {text}".encode(), "f.yaml")
    assert all(len(found.message("en")) < 300 for found in loaded.diagnostics)
