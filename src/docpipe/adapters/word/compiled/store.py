"""Compiled templates kept between runs: compiled again when anything they came from changes."""

from __future__ import annotations

import os
import sys

from docpipe import __version__
from docpipe.adapters.digest import digest
from docpipe.adapters.word.compiled.artifact import Artifact

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docpipe.adapters.cache import Cache


_TOOLS = ("docxtpl_", "jinja2_", "lxml_", "markupsafe_", "python_docx_")
_KEPT_AS = (".dist-info", ".egg-info")


def fetch(inputs: Iterable[bytes], kept: Cache, build: Callable[[], Artifact]) -> Artifact:
    """The artifact of these inputs (template, letterhead, logo): kept, or built now.

    A template that cannot be compiled for its own faults is left to docxtpl, which names them;
    that is not kept. Raises DocpipeError as `build` does.
    """
    key = digest(tools().encode(), *inputs).hex()
    if (data := kept.get(key)) is not None:
        try:
            return Artifact.load(data)
        except (EOFError, ValueError, TypeError):  # of another build of Python
            pass
    artifact, sound = _built(build)
    if sound:
        kept.put(key, artifact.dump())
    return artifact


def _built(build: Callable[[], Artifact]) -> tuple[Artifact, bool]:
    from docpipe.diagnostics import DocpipeError

    try:
        return build(), True
    except DocpipeError:
        raise
    except Exception as error:  # docxtpl meets the same, and `render` says where
        return Artifact(why=f"{type(error).__name__}: {error}"), False


_told: list[str] = []


def tools() -> str:
    """Everything that takes part in compiling, by version; our own code by its files' dates."""
    if not _told:
        _told.append(_tools())
    return _told[0]


def _tools() -> str:
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    code = sorted(
        (entry.name, entry.stat().st_mtime_ns)
        for folder in (own, os.path.join(own, "compiled"))
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    )
    return repr((sys.version, sys.implementation.cache_tag, __version__, code, _versions()))


def _versions() -> list[str]:
    """The folders in which the packages say their version.

    `importlib.metadata` would tell the same, for as long as a hundred documents take.
    """
    named = (name.lower().replace("-", "_") for name in _installed())
    return sorted(name for name in named if name.startswith(_TOOLS))


def _installed() -> Iterator[str]:
    for folder in dict.fromkeys(sys.path):
        try:
            yield from (name for name in os.listdir(folder or ".") if name.endswith(_KEPT_AS))
        except OSError:
            continue
