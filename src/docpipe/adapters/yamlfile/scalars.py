"""What an unquoted YAML scalar means: YAML 1.2 core words, exact numbers, or text.

Source: YAML 1.2.2, 10.3 Core Schema, narrowed; what other readers take differently is refused.
"""

import re
from decimal import Decimal

from docpipe.adapters.yamlfile.node import Scalar
from docpipe.diagnostics import Text

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_MAX_DIGITS = 28

_QUOTE = Text(
    'If it is text, put it in quotes: "{value}"; a number is plain digits and a point',
    '若是文字，请加引号："{value}"；若是数字，只写数字和小数点',
)
_SPELL = Text(
    'Write {word}, or "{value}" in quotes if it is text', '请写 {word}；若是文字请加引号："{value}"'
)
_DIGITS = Text("Write at most 28 digits", "最多 28 位数字")
_TOO_EXACT = Text("more than 28 digits", "超过 28 位数字")
_MINUS_ZERO = Text("minus zero", "负零")
_ZERO = Text("Write 0", "请写 0")

# None of these backtracks: a value may be two million characters long.
_AMBIGUITIES: tuple[tuple[re.Pattern[str], Text], ...] = tuple(
    (re.compile(pattern + r"\Z"), Text(en, zh))
    for pattern, en, zh in (
        (r"[-+]?0[0-9]+(\.[0-9]*)?", "leading zero", "以零开头"),
        (r"[-+]?[0-9]+(:[0-9]{1,2})+(\.[0-9]*)?", "a time or a base-60 number", "时间或六十进制数"),
        (r"[-+]?0[xobXOB][0-9a-fA-F_]+", "a number in another base", "其他进制的数"),
        (r"[-+]?[0-9]+_[0-9_]*(\.[0-9_]*)?", "digits with underscores", "数字中有下划线"),
        (r"\+[0-9.][0-9. ()-]*", "leading plus sign", "以加号开头"),
        (r"[-+]?\.(inf|Inf|INF)", "infinity", "无穷大"),
        (r"\.(nan|NaN|NAN)", "not a number", "非数"),
        (r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]+", "an exponent", "指数写法"),
        (r"[-+]?([0-9]+\.|\.[0-9]+)", "a bare decimal point", "小数点前后缺数字"),
    )
)
_ANY_AMBIGUITY = re.compile("|".join(f"(?:{p.pattern})" for p, _ in _AMBIGUITIES))
_LOOSE_WORDS = {"~": "null", "null": "null", "true": "true", "false": "false"}


class AmbiguousScalar(ValueError):
    """An unquoted scalar that readers of YAML take differently."""

    def __init__(self, value: str, what: Text, how: Text, word: str = "") -> None:
        super().__init__(value)
        self.what = what
        self.how = how
        self.word = word


def resolve(text: str) -> Scalar:
    """The meaning of an unquoted scalar.

    Raises AmbiguousScalar. Whole numbers become int, fractions Decimal; dates stay text.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-.~nNtTfF":
        return text
    if match := _PLAIN_NUMBER.match(text):
        if len(text) > _MAX_DIGITS and len(text) - text.count("-") - text.count(".") > _MAX_DIGITS:
            raise AmbiguousScalar(text, _TOO_EXACT, _DIGITS)
        if text[:2] == "-0" and not text.strip("-0."):
            raise AmbiguousScalar(text, _MINUS_ZERO, _ZERO)
        return Decimal(text) if match[1] else int(text)
    _refuse(text)
    return text


def _refuse(text: str) -> None:
    word = _LOOSE_WORDS.get(text.lower())
    if word is not None:
        what = Text(f"a spelling of {word}", f"{word} 的另一种写法")
        raise AmbiguousScalar(text, what, _SPELL, word)
    if not _ANY_AMBIGUITY.match(text):
        return
    for pattern, what in _AMBIGUITIES:
        if pattern.match(text):
            raise AmbiguousScalar(text, what, _QUOTE)
