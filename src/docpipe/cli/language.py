"""Which language the person at the terminal reads."""

import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache

from docpipe.diagnostics import LANGUAGES


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """`--lang`, else DOCPIPE_LANG, else the locale; English where none of them says Chinese."""
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return _known(argument[7:])
        if argument == "--lang" and index + 1 < len(arguments):
            return _known(arguments[index + 1])
    names = ("DOCPIPE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    return _known(next((environment[name] for name in names if environment.get(name)), "en"))


def _known(value: str) -> str:
    return value[:2] if value[:2] in LANGUAGES else "en"


@cache
def language() -> str:
    """The language of this process."""
    return chosen(sys.argv[1:], os.environ)


def say(en: str, zh: str) -> str:
    """A help text in this process's language."""
    return zh if language() == "zh" else en
