"""A .docx as its parts: opened with suspicion, written so that equal parts give equal bytes."""

import io
import re
import zipfile
from collections.abc import Mapping

from docpipe.diagnostics import DocpipeError, Text

MAX_ENTRIES = 1_000
MAX_BYTES = 50_000_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_OUTSIDE = re.compile(rb"<Relationship\b[^>]*TargetMode=[\"']External[\"'][^>]*>")

_REFUSED = Text("The template {file} is refused: {why}", "模板 {file} 被拒绝：{why}")
_SAVE_AGAIN = Text("Save it again from Word as a plain .docx", "请在 Word 中另存为普通 .docx")

Parts = dict[str, bytes]
"""Part name such as "word/document.xml" -> its bytes."""


def refuse(file: str, en: str, zh: str) -> DocpipeError:
    """The error for a package that is not opened."""
    return DocpipeError(_REFUSED, _SAVE_AGAIN, file=file, why=Text(en, zh))


def read(data: bytes, file: str) -> Parts:
    """The parts of a .docx; `file` is its name in messages.

    Raises DocpipeError for what is no .docx, is too large unpacked (zip bombs), names paths that
    climb out, declares XML entities, carries macros, or fetches anything from elsewhere.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive, file)
            parts = {info.filename: _entry(archive, info, file) for info in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise refuse(file, f"not a .docx ({error})", f"不是 .docx 文件（{error}）") from error
    if "word/document.xml" not in parts:
        raise refuse(file, "no Word document in it", "里面没有 Word 正文")
    for name, part in parts.items():
        _check_part(name, part, file)
    return parts


def _check_sizes(archive: zipfile.ZipFile, file: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise refuse(file, "too large when unpacked", "解压后过大")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise refuse(file, "a part stands in it twice", "有重复的部件")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise refuse(file, "a part's path climbs out of the package", "部件路径越出压缩包")


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: str) -> bytes:
    with archive.open(info) as entry:
        data = entry.read(info.file_size + 1)  # the header may lie about the size
    if len(data) > info.file_size:
        raise refuse(file, "too large when unpacked", "解压后过大")
    return data


def _check_part(name: str, part: bytes, file: str) -> None:
    if name.lower().endswith("vbaproject.bin"):
        raise refuse(file, "it carries macros", "含有宏")
    if not name.endswith((".xml", ".rels")):
        return
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise refuse(file, f"{name} declares entities", f"{name} 声明了实体")
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b'encoding="UTF-16' in part[:200]:
        raise refuse(file, f"{name} is not UTF-8", f"{name} 不是 UTF-8")
    if any(b"/hyperlink" not in link for link in _OUTSIDE.findall(part)):
        raise refuse(file, f"{name} fetches something from elsewhere", f"{name} 引用了外部内容")


def write(parts: Mapping[str, bytes]) -> bytes:
    """A .docx of `parts`: stored entries in one order, undated, so that equal parts are equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=lambda name: (name not in _FIRST, name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()
