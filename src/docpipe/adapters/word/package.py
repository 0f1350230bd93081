"""A .docx as its parts: opened with suspicion, written so that equal parts give equal bytes."""

import io
import re
import zipfile
from collections.abc import Mapping

from docpipe.adapters.word.package_safety import inspect
from docpipe.adapters.word.part_order import ordered
from docpipe.adapters.word.parts import Parts, refuse
from docpipe.diagnostics import DocpipeError

__all__ = ["Parts", "read", "refuse", "unpack", "write"]

MAX_ENTRIES = 1_000
MAX_BYTES = 50_000_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1


def read(data: bytes, file: str) -> Parts:
    """The parts of a .docx; `file` is its name in messages.

    Raises DocpipeError for what is no .docx, is too large unpacked (zip bombs), names paths that
    climb out, declares XML entities, carries macros, or fetches anything from elsewhere.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive, file)
            parts = _unpacked(archive)
    except DocpipeError:
        raise
    except Exception as error:  # zipfile raises a dozen kinds for damaged archives
        raise refuse(file, f"not a .docx ({error})", f"不是 .docx 文件（{error}）") from error
    inspect(parts, file)
    return parts


def unpack(data: bytes, *wanted: str) -> Parts:
    """The parts of a .docx of our own making: those `wanted`, else all."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in wanted} or _unpacked(archive)


def _unpacked(archive: zipfile.ZipFile) -> Parts:
    """What reading gives is at most what the directory says: zipfile stops there."""
    return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def _check_entries(archive: zipfile.ZipFile, file: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise refuse(file, "too large when unpacked", "解压后过大")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refuse(file, "it is protected by a password", "有密码保护")
    if any(
        entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries
    ):
        raise refuse(file, "it is packed in an unusual way", "压缩方式异常")
    names = [entry.filename.casefold() for entry in entries]  # as Word compares them
    if len(set(names)) != len(names):
        raise refuse(file, "a part appears in it twice", "有重复的部件")
    if any(_climbs_out(name) for name in names):
        raise refuse(file, "a part's path climbs out of the package", "部件路径越出压缩包")


def _climbs_out(name: str) -> bool:
    return bool(re.match(r"/|[a-z]:", name) or "\\" in name or ".." in name.split("/"))


def write(parts: Mapping[str, bytes], level: int | None = None) -> bytes:
    """A .docx of `parts`: one order, no dates: equal parts are equal bytes.

    Entries are stored, so that no compressor takes part in the bytes; deflated at `level` for
    mailing.
    """
    buffer = io.BytesIO()
    method = zipfile.ZIP_STORED if level is None else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(buffer, "w", method, compresslevel=level) as archive:
        for name in ordered(parts):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 0
            info.external_attr = 0o600 << 16
            info.compress_type = method
            archive.writestr(info, parts[name], compresslevel=level)
    return buffer.getvalue()
