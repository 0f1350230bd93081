"""Fields of what is told on record: each changed, doubled, left out, taken from elsewhere."""

import re
from collections.abc import Callable
from dataclasses import replace

from tests.agreement.case import Case, Unfit

_FIELD = re.compile(rb'([A-Za-z0-9_/.\-"]+): ("(?:[^"\\]|\\.)*"|-?\d+|\[[^]]*\]|\{[^}]*\})')
_LINE = re.compile(rb"^[a-z_0-9]+: .*\n", re.MULTILINE)


def change(case: Case) -> None:
    """One field, anything."""
    at, path, put = case.file(r".*\.yaml")
    field = case.chance.choice([*_FIELD.finditer(put.data)])
    new = _other(case, field[1], field[2])
    data = put.data[: field.start(2)] + new + put.data[field.end(2) :]
    case.told.append(f"{path}: {field[0][:60]!r} -> {new[:60]!r}")
    case.put(at, path, replace(put, data=data))


def _other(case: Case, name: bytes, old: bytes) -> bytes:
    """Another value: of the same field elsewhere, or a little different."""
    there = {
        other[2] for act in case.base.acts for path, put in act.files.items()
        if put and path.endswith(".yaml") for other in _FIELD.finditer(put.data)
        if other[1] == name and other[2] != old
    }  # fmt: skip
    if there and case.chance.random() < 0.5:
        return case.chance.choice(sorted(there))
    inner = old[1:-1]
    ways = (
        b'""', b'"x"', b"0", b"1", b"-1", b"null", b"[]", b"{}", b"true", b'"' + inner + b' "',
        b'" ' + inner + b'"', b'"' + inner.upper() + b'"', b'"' + inner[:-1] + b'"', inner or b"x",
        b'"' + inner + inner + b'"', b'"\\u0000"', b'"' + b"9" * 400 + b'"', b"9" * 30,
        b'"../../x"', b'"' + inner.replace(b"0", "０".encode()) + b'"', b'"{x}"', b"[" + old + b"]",
        b'"' + "林样".encode() + b'"', b'"' + inner[::-1] + b'"',
    )  # fmt: skip
    return case.chance.choice(ways)


def line(case: Case) -> None:
    """A field left out, doubled, or put elsewhere."""
    at, path, put = case.file(r".*\.yaml")
    found = [match[0] for match in _LINE.finditer(put.data)]
    if not found:
        raise Unfit
    one = case.chance.choice(found)
    data = case.chance.choice(
        (put.data.replace(one, b""), put.data + one, put.data.replace(one, b"") + one,
         put.data.replace(one, one.upper()), put.data.replace(one, b"  " + one))
    )  # fmt: skip
    case.told.append(f"{path}: {one[:60]!r}")
    case.put(at, path, replace(put, data=data))


def replay(case: Case) -> None:
    """What another file of the same kind says."""
    at, path, put = case.file(r".*")
    end = path.rpartition(".")[2]
    top = path.partition("/")[0]
    others = [
        other for act in case.base.acts for name, other in act.files.items()
        if other and name.endswith(end) and name.startswith(top) and other.data != put.data
    ]  # fmt: skip
    if not others:
        raise Unfit
    case.put(at, path, replace(put, data=case.chance.choice(others).data))


EDITS: tuple[Callable[[Case], object], ...] = (change,) * 8 + (line,) * 2 + (replay,) * 2
