"""This computer: Python, the cache folder, LibreOffice, fonts."""

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from docpipe.adapters import office
from docpipe.adapters.cache import user_cache, user_folder
from docpipe.adapters.office import fonts
from docpipe.diagnostics import DocpipeError, Text
from docpipe.steps.doctor.check import Check, failed, fine, missing, note

_PYTHON = Text("Python {version}, {encoding}", "Python {version}，{encoding}")
_ENCODING = Text(
    "Python {version} writes {encoding} here, not UTF-8",
    "Python {version} 在此输出 {encoding}，而非 UTF-8",
)
_ENCODING_WHY = Text(
    "Chinese names come out as escapes or question marks", "中文会显示为转义或问号"
)
_ENCODING_HOW = Text(
    "Set PYTHONUTF8=1, and on Linux a UTF-8 locale (LANG=C.UTF-8)",
    "请设置 PYTHONUTF8=1；Linux 上还要使用 UTF-8 区域设置（LANG=C.UTF-8）",
)
_CACHE = Text("cache folder {path}", "缓存文件夹 {path}")
_NO_CACHE = Text("nothing is kept in a cache (DOCPIPE_CACHE is empty)",
                 "不使用缓存（DOCPIPE_CACHE 为空）")  # fmt: skip
_BAD_CACHE = Text("the cache folder cannot be used", "缓存文件夹无法使用")
_CACHE_WHY = Text(
    "Templates and verdicts are worked out anew each time: a second where it could be a tenth",
    "模板和检查结果每次都要重新计算：本来十分之一秒，变成一秒",
)
_CACHE_HOW = Text(
    "It must be yours alone, writable, and outside the workspace: ~/.cache/docpipe, or name "
    "another: DOCPIPE_CACHE=DIR",
    "该文件夹须归您本人、可写，且不在工作区内：~/.cache/docpipe；也可另行指定：DOCPIPE_CACHE=目录",
)
_OFFICE = Text("LibreOffice {version}", "LibreOffice {version}")
_OFFICE_MUTE = Text("LibreOffice ({path}) does not start", "LibreOffice（{path}）无法启动")
_OFFICE_WHY = Text("PDFs are made by it", "生成 PDF 需要它")
_OFFICE_HOW = Text("Install it anew", "请重新安装")
_FONT = Text("a Chinese font: {family}", "中文字体：{family}")
_NO_FONT = Text("no Chinese font", "没有中文字体")
_FONT_WHY = Text("PDFs show empty boxes for Chinese", "PDF 中的中文会显示为空白方框")
_FONT_HOW = Text("Debian/Ubuntu: apt install fonts-noto-cjk",
                 "Debian/Ubuntu：apt install fonts-noto-cjk")  # fmt: skip


def checks(encoding: str, root: Path) -> Iterator[Check]:
    """What there is on this computer; `encoding` is the terminal's."""
    yield _python(encoding)
    yield _cache(root)
    program = office.find()
    if program is None:
        try:
            office.needed()
        except DocpipeError as error:
            yield failed("libreoffice", error, _OFFICE_WHY)
        return
    version = office.version(program)
    if version:
        yield fine("libreoffice", _OFFICE, version=version)
    else:
        yield missing("libreoffice", _OFFICE_MUTE, _OFFICE_WHY, _OFFICE_HOW, path=program)
    families = fonts.chinese()
    if families:
        yield fine("fonts", _FONT, family=families[0])
    elif families is not None:
        yield missing("fonts", _NO_FONT, _FONT_WHY, _FONT_HOW)


def _python(encoding: str) -> Check:
    version = platform.python_version()
    for name in (sys.getfilesystemencoding(), encoding):
        if name.lower().replace("-", "") not in ("utf8", "utf_8"):
            return missing("python", _ENCODING, _ENCODING_WHY, _ENCODING_HOW,
                           version=version, encoding=name)  # fmt: skip
    return fine("python", _PYTHON, version=version, encoding="UTF-8")


def _cache(root: Path) -> Check:
    if os.environ.get("DOCPIPE_CACHE") == "":
        return note("cache", _NO_CACHE, _CACHE_WHY)
    folder, trial = user_folder("doctor", root), user_cache("doctor", root)
    trial.put("trial", b"docpipe")
    if folder is None or trial.get("trial") != b"docpipe":
        return missing("cache", _BAD_CACHE, _CACHE_WHY, _CACHE_HOW)
    return fine("cache", _CACHE, path=os.path.dirname(folder))  # noqa: PTH120
