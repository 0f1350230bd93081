"""What several tests build their data with."""

import json
import os
import pathlib
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, NoReturn

import pytest

from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.word.parts import Parts
from docpipe.workspace.files import DataFile
from docpipe.workspace.workspace import Workspace

Path = tuple[str | int, ...]


@contextmanager
def soon(seconds: float = 30.0) -> Iterator[None]:
    """Holds what is in it to CPU seconds; others that keep the machine busy do not count.

    The bound is far above what a slow machine takes, and far below what explodes does.
    """
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def ends(pid: int, patience: float = 300.0) -> bool:
    """Whether a process does, long before it would by itself; a zombie has ended."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            status = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
        except OSError:
            return True
        if status.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


IMPOSSIBLE = "not possible here: "


def impossible(why: str) -> BaseException:
    """Skips a test that nothing one could install would let run: no fault, even of a CI run."""
    return pytest.skip.Exception(IMPOSSIBLE + why)


def forked(work: Callable[[], None]) -> int:
    """A child of this warm process that does the work and ends: its pid.

    What goes wrong in it, and whatever it says, is not lost with it.
    """
    _flush()  # or it comes twice
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        leave(code)


def leave(code: int) -> NoReturn:
    """End a forked child here: what it said is written, what its parent has begun is not ended."""
    try:
        _flush()
    finally:
        os._exit(code)


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


def yaml_of(value: Any) -> str:
    """Plain data as YAML that leaves no doubt: JSON, with exact numbers."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {yaml_of(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(yaml_of, value)) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value)


def data_files(workspace: Workspace) -> Iterator[DataFile]:
    """Every file of a known kind: the shared ones, then those of all orders."""
    yield from workspace.shared_files()
    for folder in workspace.order_folders:
        yield from workspace.order(folder).files


def paths(schema: Field, value: Any, here: Path = ()) -> Iterator[Path]:
    """Every field that the schema knows below `value`, those that `value` leaves out included.

    Of lists, the first item stands for all.
    """
    yield here
    for name, entry in schema.get("properties", {}).items():
        below = value.get(name) if isinstance(value, dict) else None
        yield from paths(entry, below, (*here, name))
    if "items" in schema:
        first = value[0] if isinstance(value, list) and value else None
        yield from paths(schema["items"], first, (*here, 0))


def with_value(value: Any, schema: Field, path: Path, new: Any) -> Any:
    """A copy of `value` with `new` at `path`; what is missing on the way comes from examples."""
    if not path:
        return new
    name, *rest = path
    if isinstance(name, int):
        items = list(value) if isinstance(value, list) and value else [_example(schema["items"])]
        return [with_value(items[0], schema["items"], tuple(rest), new), *items[1:]]
    fields = dict(value) if isinstance(value, dict) else dict(_example(schema) or {})
    entry = schema["properties"][name]
    fields[name] = with_value(fields.get(name), entry, tuple(rest), new)
    return fields


def _example(schema: Field) -> Any:
    examples = schema.get("examples")
    return examples[0] if examples else None


def all_text(parts: Parts) -> str:
    """All text of all parts of a .docx: body, headers, footers, footnotes, properties."""
    xml = [part.decode("utf-8") for name, part in sorted(parts.items()) if name.endswith(".xml")]
    return "\n".join(re.sub(r"<[^>]+>", " ", part) for part in xml)
