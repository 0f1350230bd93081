"""Run by test_disk.py in a mount namespace of its own: a disk that is full, or write-protected.

Arguments: what to do ("record" or "save"), the disk's fault ("full" or "read-only"), its folder.
Prints what a person would see, and what is there before and after, as JSON.
"""

import json
import subprocess
import sys
from pathlib import Path

from docpipe.adapters.repository import commit_files
from docpipe.diagnostics import DocpipeError
from tests.adapters.repository.kit import WANG, git, on_record, opened, put, repository, with_files


def main(action: str, fault: str, disk: Path) -> None:
    _mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk))
    shop = with_files(repository(disk / "shop"), a_yaml="x: 1\n")
    put(shop, "one", b"first")
    (shop / "a.yaml").write_text("x: 2\n")
    before = _state(shop)
    if fault == "full":
        _fill(disk)
    else:
        _mount("-o", "remount,ro", str(disk))
    said = _tried(action, shop)
    after = _state(shop)
    if fault == "full":
        (disk / "ballast").unlink()
    else:
        _mount("-o", "remount,rw", str(disk))
    again = _tried(action, shop)
    sound = git(shop, "fsck", "--no-dangling")
    print(json.dumps([said, before == after, again, sound, _state(shop)]))


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def _fill(disk: Path) -> None:
    with (disk / "ballast").open("wb", buffering=0) as ballast:
        size = 4096
        while size:
            try:
                ballast.write(b"x" * size)
            except OSError:
                size //= 2


def _tried(action: str, shop: Path) -> list[str]:
    try:
        if action == "record":
            put(shop, "two", bytes(range(256)) * 300)
        else:
            commit_files(opened(shop), ["a.yaml"], WANG, "Save")
    except DocpipeError as error:
        return [error.say("en"), error.say("zh"), str(error.exit_code)]
    return []


def _state(shop: Path) -> list[object]:
    files = sorted(p.name for p in (shop / ".git").iterdir())
    return [
        on_record(shop), git(shop, "rev-parse", "HEAD"), (shop / "a.yaml").read_text(),
        git(shop, "status", "--porcelain", GIT_OPTIONAL_LOCKS="0"), files,
    ]  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
