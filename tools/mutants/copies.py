"""A copy of the tree to do harm in, and what changes when the tree does."""

import hashlib
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path


def tree(root: Path) -> list[str]:
    """The files that belong to the repository, new ones included."""
    command = ["git", "-C", str(root), "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return [name for name in listed.split("\0") if name and (root / name).is_file()]


def copy(root: Path, target: Path) -> Path:
    """The repository's files in the new folder `target`."""
    for name in tree(root):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target / name)
    return target.resolve()


def digest(root: Path, folders: Iterable[str]) -> str:
    """Changes when a file in one of the folders does."""
    kept = tuple(f"{folder.rstrip('/')}/" for folder in folders)
    found = hashlib.sha256()
    for name in sorted(tree(root)):
        if name.startswith(kept):
            content = hashlib.sha256((root / name).read_bytes()).hexdigest()
            found.update(f"{name} {content}\n".encode())
    return found.hexdigest()


def warm(tree: Path) -> Path:
    """Where a tree's compiled templates and schemas are kept, for every child."""
    return tree.parent / "warm"


def keep_warm(tree: Path, cache: Path) -> None:
    """Keep what a child has compiled."""
    for name in ("schemas", "templates"):
        if (cache / name).is_dir():
            shutil.copytree(cache / name, warm(tree) / name, dirs_exist_ok=True)
