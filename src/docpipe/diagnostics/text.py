"""What people read, in English and Chinese, from a pattern and parameters."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

LANGUAGES = ("en", "zh")
_PARAMETER = re.compile(r"\{(\w+)\}")
_BREAKS = re.compile("\r\n|[\t-\r\x1c-\x1f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)

Param = object
"""A parameter of a message: text, a number, a `Text`, a `Place`, or several of them."""


class Text(NamedTuple):
    """One message pattern in both languages; `{name}` marks a parameter."""

    en: str
    zh: str

    def say(self, lang: str, **params: Param) -> str:
        """The message in `lang` ("en" or "zh"), its parameters shown in that language."""
        shown = {name: show(value, lang) for name, value in params.items()}
        for name, value in params.items():
            if isinstance(value, Text):  # a text among the parameters may use the others
                shown[name] = _filled(shown[name], shown)
        return _filled(show(self, lang), shown)

    def filled(self, **params: Param) -> "Text":
        """The same with its parameters in it, in both languages."""
        return Text(*(self.say(lang, **params) for lang in LANGUAGES))


def _filled(pattern: str, shown: Mapping[str, str]) -> str:
    """`pattern` with its parameters; other braces stay, as texts from schemas may hold them."""
    return _PARAMETER.sub(lambda match: shown.get(match[1], match[0]), pattern)


def show(value: Param, lang: str) -> str:
    """A parameter as people write it: thousands separated, lists joined, texts in `lang`."""
    if isinstance(value, Text):
        return value.zh if lang == "zh" else value.en
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if isinstance(value, str) or not isinstance(value, Iterable):
        return one_line(str(value))
    return ("、" if lang == "zh" else ", ").join(show(item, lang) for item in value)


def one_line(text: str) -> str:
    """`text` with a space for each line break and tab."""
    return _BREAKS.sub(" ", text)


def visible(text: str) -> str:
    """`text` as it may reach a terminal: what acts there without being seen is spelt out.

    Control characters but for line feeds and tabs, marks of direction and the like, spelt as JSON
    spells them, so that JSON still says the same.
    """
    return _UNSEEN.sub(_spelt, text)


def _spelt(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
