"""`.gitattributes`: that line ends are the same for all, and nothing else is overruled by it."""

from pathlib import Path

from docpipe.adapters import regular_files
from docpipe.adapters.atomic_write import write_whole
from docpipe.diagnostics import Text
from docpipe.steps.doctor.check import Check, CheckState, fine, missing
from docpipe.workspace.workspace import Workspace

_NAME = ".gitattributes"
_LINE = b"* text=auto"
_LARGEST = 1_000_000
_BOM = b"\xef\xbb\xbf"
_FINE = Text(".gitattributes begins with * text=auto", ".gitattributes 以 * text=auto 开头")
_NONE = Text(".gitattributes lacks the line * text=auto", ".gitattributes 缺少 * text=auto 一行")
_LATE = Text("* text=auto is not the first line of .gitattributes",
             "* text=auto 不是 .gitattributes 的第一行")  # fmt: skip
_LINK = Text(".gitattributes is a symbolic link, which git does not follow",
             ".gitattributes 是符号链接，git 不会跟随")  # fmt: skip
_WHY = Text(
    "Windows saves other line ends, and then every line counts as changed; later lines make "
    "exceptions, which it would undo if it came after them",
    "Windows 的换行符不同，会使每一行都算作改动；后面的行是例外，若它排在后面就会使例外失效",
)
_HOW = Text("Put it there: docpipe doctor --fix, then docpipe save",
            "加上它：docpipe doctor --fix，然后 docpipe save")  # fmt: skip
_BY_HAND = Text("Make it a plain file", "请改为普通文件")


def check(workspace: Workspace) -> Check:
    """The file in the workspace's folder."""
    path = workspace.root / _NAME
    if path.is_symlink():
        return missing("attributes", _LINK, _WHY, _BY_HAND)
    rules = [line for line in _lines(path) if line.strip() and not line.lstrip().startswith(b"#")]
    at = next((number for number, line in enumerate(rules) if _is_it(line)), None)
    if at == 0:
        return fine("attributes", _FINE)
    says = _NONE if at is None else _LATE
    return Check("attributes", CheckState.MISSING, says, _WHY, _HOW, fix=lambda: _mend(path))


def _lines(path: Path) -> list[bytes]:
    data = regular_files.read(path, _LARGEST) if path.is_file() else b""
    return data.removeprefix(_BOM).splitlines(keepends=True)


def _is_it(line: bytes) -> bool:
    words = line.split()
    return words[:1] == [b"*"] and b"text=auto" in words


def _mend(path: Path) -> None:
    """Put the line first; one that says just that further down has moved, all else stays."""
    lines = _lines(path)
    end = b"\r\n" if any(line.endswith(b"\r\n") for line in lines) else b"\n"
    said = next((line.strip() for line in lines if _is_it(line)), _LINE)
    kept = [line for line in lines if line.strip() != said]
    write_whole(path, said + end + b"".join(kept))
