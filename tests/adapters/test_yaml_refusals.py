"""Files that are not read, and what is said about them."""

import pytest

from docpipe.adapters.yamlfile import load
from docpipe.adapters.yamlfile.decoding import MAX_BYTES
from docpipe.adapters.yamlfile.loader import MAX_DEPTH
from docpipe.diagnostics import Diagnostic
from tests.support import soon


def refused(data: str | bytes) -> Diagnostic:
    loaded = load(data.encode() if isinstance(data, str) else data, "f.yaml")
    (found,) = loaded.diagnostics
    assert found.message("zh") != found.message("en")
    return found


def at(found: Diagnostic) -> tuple[int, int]:
    return found.place.line, found.place.column


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ("a: &x 1", "anchor", (1, 4)),
        ("&x a: 1", "anchor", (1, 1)),
        ("a: 1\nb: &x {c: 1}", "anchor", (2, 4)),
        ("a: &x [1]", "anchor", (1, 4)),
        ("a: 1\nb: [*x]", "alias", (2, 5)),
        ("*x : 1", "alias", (1, 1)),
        ("<<: {a: 1}", "merge key", (1, 1)),
        ("a:\n  <<: *b", "merge key", (2, 3)),
        ("a: !!str 1", "tag", (1, 4)),
        ("a: !x {b: 1}", "tag", (1, 4)),
        ("!x a: 1", "tag", (1, 1)),
        ('a: ! "5"', "tag", (1, 4)),
        ("a: ! 5", "tag", (1, 4)),
        ("a: ! [5]", "tag", (1, 4)),
        ("! a: 5", "tag", (1, 1)),
        ("a: 1\n---\nb: 2", "document marker", (2, 1)),
        ("a: 1\n---\n", "document marker", (2, 1)),
        ("? [a]\n: b", "compound key", (1, 3)),
        ("{a: 1}: b", "compound key", (1, 1)),
        ("%YAML 1.1\n---\na: 1", "directive", (1, 1)),
        ("%TAG ! tag:x,2000:\n---\na: 1", "directive", (1, 1)),
    ],
)
def test_features_that_hide_a_value_are_refused(
    text: str, what: str, place: tuple[int, int]
) -> None:
    found = refused(text)
    assert found.code == "YAML06"
    assert f"YAML {what}" in found.message("en")
    assert at(found) == place


def test_a_quoted_merge_key_and_exclamation_marks_are_text() -> None:
    loaded = load(b'"<<": 1\nb: wow!\nc: "!x"', "f.yaml")
    assert loaded.diagnostics == []
    assert loaded.root is not None
    assert loaded.root.plain() == {"<<": 1, "b": "wow!", "c": "!x"}


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ('a: "b\nc: d\n', "a quote is opened and not closed", (1, 4)),
        ("a: 'b\nc: d\n", "a quote is opened and not closed", (1, 4)),
        ('x: 1\na: "b\n---\n', "a quote is opened and not closed", (2, 4)),
        ('a: ["b', "a quote is opened and not closed", (1, 5)),
        ('a: "b\nc: "d"\ne: 1\n', "a quote is opened and not closed", (1, 4)),
        ("a: 'it's'\n", "something follows a closing quote or bracket", (1, 8)),
        ('a: "b" c\n', "something follows a closing quote or bracket", (1, 8)),
        ("a: [1, 2\nb: 3\n", "a bracket or brace is not closed", (1, 4)),
        ("a: {b: [1, 2}\nc: 3\n", "a bracket or brace is not closed", (1, 8)),
        ("a: [", "a bracket or brace is not closed", (1, 4)),
        ("a: ]", "a bracket or comma where a value should be", (1, 4)),
        ("a: @b", "a tab, or a value that starts with", (1, 4)),
        ("\ta: b", "a tab, or a value that starts with", (1, 1)),
        ("a:\n\tb: c", "a tab", (2, 1)),
        ("a: b: c", "a second ': ' in one line", (1, 5)),
        ("a: 1\n  b: 2\n", "a second ': ' in one line", (2, 4)),
        ("a: 1\n价格：5\nb: 2\n", "a line without ':'", (3, 1)),
        ("a: 1\n- b\n", "a line out of line", (2, 1)),
        ("- a\nb: 1\n", "a list item out of line", (2, 1)),
        ("a: - b", "a list item stands where a value does", (1, 4)),
        ('a: "C:\\dir"', "a backslash in double quotes", (1, 7)),
        ('a: "\\x1"', "a backslash in double quotes", (1, 7)),
        ('a: "\\ud800"', "a code that is not a character", (1, 7)),
        ("a: 1\n...\nb: 2\n", "something follows the end of the document", (3, 1)),
        ("a: 1\nb: \x07", "a control character", (2, 4)),
        ("商品: \x7f", "a control character", (1, 5)),
    ],
)
def test_what_is_no_yaml_is_told_in_plain_words(
    text: str, what: str, place: tuple[int, int]
) -> None:
    found = refused(text)
    assert found.code == "YAML03"
    assert what in found.message("en")
    assert at(found) == place
    assert found.hint("en")


@pytest.mark.parametrize(
    ("data", "what", "place"),
    [
        ("a: 商品".encode("gbk"), "byte 0xC9; it looks like GBK", (1, 4)),
        ("a: 1\n商: 品".encode("gb18030"), "byte 0xC9; it looks like GBK", (2, 1)),
        (b"a: \xff", "byte 0xFF", (1, 4)),
        (b"a: \xed\xa0\x80", "byte 0xED", (1, 4)),
        (b"a: \xc0\xaf", "byte 0xC0", (1, 4)),
        ("a: 1".encode("utf-16"), "UTF-16 or UTF-32", (1, 1)),
        ("a: 1".encode("utf-16-le"), "UTF-16 or UTF-32", (1, 1)),
        ("a: 1".encode("utf-16-be"), "UTF-16 or UTF-32", (1, 1)),
        ("a: 1".encode("utf-32"), "UTF-16 or UTF-32", (1, 1)),
        ("a: 1\nb: x\x85y", "invisible character U+0085", (2, 5)),
        ("a: x\u2028y", "invisible character U+2028", (1, 5)),
        ("a: x\u2029y", "invisible character U+2029", (1, 5)),
        ("# seen\rhidden: 1\n", "invisible character U+000D", (1, 7)),
        ("\ufeff\ufeffa: 1", "invisible character U+FEFF", (1, 1)),
        ("a: x\ufeff", "invisible character U+FEFF", (1, 5)),
    ],
)
def test_only_plain_utf8_is_read(data: str | bytes, what: str, place: tuple[int, int]) -> None:
    found = refused(data)
    assert found.code == "YAML01"
    assert what in found.message("en")
    assert at(found) == place


@pytest.mark.parametrize(
    ("escape", "code"),
    [
        ("\\0", "0000"),
        ("\\a", "0007"),
        ("\\r", "000D"),
        ("\\e", "001B"),
        ("\\x7f", "007F"),
        ("\\N", "0085"),
        ("\\u2028", "2028"),
        ("\\P", "2029"),
        ("\\x9f", "009F"),
        ("\\ufeff", "FEFF"),
        ("\\uffff", "FFFF"),
    ],
)
def test_control_characters_by_escape_are_refused(escape: str, code: str) -> None:
    for text, field in ((f'a: "{escape}"', "a"), (f'"k{escape}": 1', "")):
        found = refused(text)
        assert found.code == "YAML08"
        assert f"U+{code}" in found.message("en")
        assert found.place.field == field


def test_tab_and_line_feed_by_escape_are_text() -> None:
    loaded = load(b'a: "x\\ty\\n\\u00e9\\U0001F600"', "f.yaml")
    assert loaded.root is not None
    assert loaded.root["a"].value == "x\ty\né😀"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "null", "\n\n", "\ufeff"])
def test_an_empty_file_says_neither_yes_nor_no(text: str) -> None:
    assert refused(text).code == "YAML09"
    assert load(text.encode(), "f.yaml").root is None


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_the_depth_has_a_limit(opening: str, closing: str) -> None:
    assert load((opening * MAX_DEPTH + "1" + closing * MAX_DEPTH).encode(), "f").diagnostics == []
    found = refused(opening * (MAX_DEPTH + 1) + "1" + closing * (MAX_DEPTH + 1))
    assert found.code == "YAML07"
    assert at(found) == (1, MAX_DEPTH * len(opening) + 1)


def test_the_size_has_a_limit() -> None:
    start = b"a: 1\n"
    assert load(start + b"#" * (MAX_BYTES - len(start)), "f").diagnostics == []
    assert refused(start + b"#" * (MAX_BYTES - len(start) + 1)).code == "YAML02"


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "[\n",
        "a: ",
        "- ",
        "? ",
        "{a: ",
        "&a ",
        "%a\n",
        "[a,b\n",
        "a: 1\n",
        "- 01\n",
        "[a,\n",
        '"',
        "'",
        "a: |\n x\n",
        "!",
        "- !\n",
        "\\",
        "#",
        "\t",
        "：",
        "b:",
    ],
)
def test_two_megabytes_of_anything_end_soon(unit: str) -> None:
    data = (unit * MAX_BYTES).encode()[:MAX_BYTES].decode("utf-8", "ignore").encode()
    with soon():
        for lead in (b"", b'a: "', b"- "):
            load((lead + data)[: MAX_BYTES // 10], "f.yaml")
