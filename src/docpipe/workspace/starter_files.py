"""What docpipe ships for a new workspace: schemas, templates, and a sample company to overwrite."""

from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
FOLDERS = ("schemas", "templates", "customers", "suppliers", "forwarders", "products")
FILES = ("company.yaml", "people.yaml")


def shipped_root() -> Path:
    """The folder that holds them: inside the installed package, or the source tree's top level."""
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parents[1]


def shipped_files() -> Iterator[str]:
    """Their paths relative to `shipped_root()`, sorted."""
    root = shipped_root()
    found = [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()]
    names = [path.relative_to(root).as_posix() for path in found]
    yield from sorted([*FILES, *(name for name in names if "/." not in name)])
