"""What has a part in the bytes of a document: which programs, in which versions."""

import platform
import re
from functools import cache
from importlib.metadata import version

import docpipe

COUNTED = ("docpipe", "docxtpl", "jinja2")
"""The engines whose versions decide whether the bytes of a document are promised."""

KNOWN = {
    "docpipe": frozenset({"0.1.0"}),
    "docxtpl": frozenset({"0.20.2"}),
    "jinja2": frozenset({"3.1.6"}),
}
"""The versions that a docpipe could run with so far; the present ones count besides.

docpipe: CHANGELOG.md; docxtpl is pinned in pyproject.toml; jinja2 from 3.1.6 (March 2025) on.
"""
_PYTHON = re.compile(r"3\.1[1-5]\.(0|[1-9][0-9]?)")  # from the oldest series that docpipe runs on


@cache
def engines() -> dict[str, str]:
    """What has a part in the bytes of a document, with its version."""
    libraries = {name: version(name) for name in ("docxtpl", "jinja2")}
    return {"docpipe": docpipe.__version__, **libraries, "python": platform.python_version()}


def existed(name: str, version: str) -> bool:
    """Whether an engine has had this version, as far as this docpipe knows."""
    if version == engines()[name]:
        return True
    return bool(_PYTHON.fullmatch(version)) if name == "python" else version in KNOWN[name]


def older(one: str, other: str) -> bool:
    """Whether a version is older than another, by the numbers in it; "" is older than none."""
    return bool(one and other) and _numbers(one) < _numbers(other)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"[0-9]{1,9}", text)))
