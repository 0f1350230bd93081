"""Init: a new workspace, ready for its first order."""

import hashlib
import json
from pathlib import Path

from docpipe import __version__
from docpipe.adapters import git
from docpipe.adapters.atomic_write import write_whole
from docpipe.diagnostics import DocpipeError, Text
from docpipe.workspace.starter_files import shipped_files, shipped_root

ORIGIN = ".docpipe/origin.json"
_ATTRIBUTES = "* text=auto\n*.docx binary\n*.png binary\n**/papers/** -text\n"
_IGNORED = "/build/\n"
_NOT_EMPTY = Text("{path} is not empty", "{path} 不是空文件夹")
_OTHER = Text("Name a new folder", "请换一个新文件夹")


def init(folder: Path) -> list[str]:
    """Make a workspace in `folder`; returns the paths written.

    Records version and digest of every file copied, so that an upgrade can tell what the company
    changed. Raises DocpipeError where the folder is not empty; a `.git` in it does not count.
    """
    if folder.exists() and (not folder.is_dir() or any(p.name != ".git" for p in folder.iterdir())):
        raise DocpipeError(_NOT_EMPTY, _OTHER, path=str(folder))
    digests: dict[str, str] = {}
    for name in shipped_files():
        data = (shipped_root() / name).read_bytes()
        write_whole(folder / name, data)
        digests[name] = hashlib.sha256(data).hexdigest()
    origin = {"docpipe": __version__, "sha256": digests}
    write_whole(folder / ORIGIN, (json.dumps(origin, indent=2) + "\n").encode())
    write_whole(folder / ".gitattributes", _ATTRIBUTES.encode())
    write_whole(folder / ".gitignore", _IGNORED.encode())
    (folder / "orders").mkdir()
    if not git.is_inside(folder.resolve()):
        git.create(folder)
    return [*digests, ORIGIN, ".gitattributes", ".gitignore"]
