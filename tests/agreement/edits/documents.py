"""Documents put in another's place, or packed anew with something in them; records that agree."""

import hashlib
import io
import zipfile
from collections.abc import Callable

from tests.agreement.case import Case

_DOCX = r"orders/.*\.docx"


def other_document(case: Case) -> None:
    """Another document's .docx, or this one repacked, with a record that agrees."""
    at, path, put = case.file(_DOCX)
    others = [
        p for act in case.base.acts for n, p in act.files.items() if p and n.endswith(".docx")
    ]
    way = case.chance.choice(_PACKED)
    data = way(put.data) if way else case.chance.choice(others).data
    case.told.append(f"{path}: {way.__name__ if way else 'another'}")
    _document(case, at, path, data)
    if case.chance.random() < 0.3:
        engine = case.chance.choice(("docpipe", "docxtpl", "jinja2", "python"))
        _engine(case, at, path.replace(".docx", ".yaml"), engine)


def _document(case: Case, at: int, path: str, data: bytes) -> None:
    case.put(at, path, data)
    digest = hashlib.sha256(data).hexdigest()
    case.edit(at, path.replace(".docx", ".yaml"), r'^sha256: "\w+"', f'sha256: "{digest}"')


def repacked(data: bytes) -> bytes:
    return _zipped(data, {})


def hidden_part(data: bytes) -> bytes:
    return _zipped(data, {"word/hidden.xml": b"<x/>"})


def hidden_file(data: bytes) -> bytes:
    return data + b"\0hidden"


def other_property(data: bytes) -> bytes:
    return _zipped(data, {"docProps/core.xml": lambda old: old.replace(b"</", b"!</", 1) + b" "})


def other_footer(data: bytes) -> bytes:
    names = [n for n in zipfile.ZipFile(io.BytesIO(data)).namelist() if "footer" in n]
    return _zipped(data, {names[0] if names else "word/footer9.xml": lambda old: old + b" "})


def other_space(data: bytes) -> bytes:
    return _zipped(data, {"word/document.xml": lambda old: old.replace(b"/>", b" />")})


def broken_zip(data: bytes) -> bytes:
    return data[: len(data) // 2]


def no_zip(data: bytes) -> bytes:
    return b""


def _zipped(data: bytes, new: dict[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as made:
        for name in dict.fromkeys([*old.namelist(), *new]):
            part = old.read(name) if name in old.namelist() else b""
            change = new.get(name, part)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            made.writestr(info, change(part) if callable(change) else change)
    return out.getvalue()


_PACKED = (None, None, repacked, hidden_part, hidden_file, other_property, other_footer,
           other_space, broken_zip, no_zip)  # fmt: skip


def other_engines(case: Case) -> None:
    at, path, _ = case.file(r"orders/.*/r\d\.yaml")
    _engine(case, at, path, case.chance.choice(("docpipe", "docxtpl", "jinja2", "python")))


def _engine(case: Case, at: int, path: str, engine: str) -> None:
    version = case.chance.choice(("0.0.1", "99.0", "", "x", "0.1.0", "0.20.1", "3.1.5"))
    case.edit(at, path, rf'{engine}: "[^"]*"', f'{engine}: "{version}"')


EDITS: tuple[Callable[[Case], object], ...] = (
    other_document,
    other_document,
    other_engines,
)
