"""Run by test_disk.py in a mount namespace of its own: a disk that is full, or write-protected.

Arguments: what to do ("record", "save", "log", or the command "approve" or "issue"), the disk's
fault ("full" or "read-only"), its folder.
Prints what a person would see, and what is there before and after, as JSON.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from docpipe.adapters.git import commit_files, log_entry
from docpipe.diagnostics import DocpipeError
from tests.adapters.git.kit import WANG, git, on_record, opened, put, repository, with_files
from tests.conftest import copy_workspace
from tests.issuing import ORDER, ZHOU, introduced, kept

COMMANDS = {
    "approve": ("approve", ORDER, "purchase-release-1"),
    "issue": ("issue", ORDER, "order-sheet"),
}


def main(action: str, fault: str, disk: Path) -> None:
    size = "40m" if action in COMMANDS else "1m"
    _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk))
    shop = _shop(disk / "shop", action)
    if action == "log":
        _tried("log", shop)
    before = _state(shop)
    if fault == "full":
        _fill(disk)
    else:
        _mount("-o", "remount,bind,ro", str(disk))
    said = _tried(action, shop)
    after = _state(shop)
    if fault == "full":
        (disk / "ballast").unlink()
    else:
        _mount("-o", "remount,bind,rw", str(disk))
    again = _tried(action, shop)
    sound = git(shop, "fsck", "--no-dangling")
    print(json.dumps([said, before == after, again, sound, _state(shop)]))


def _shop(shop: Path, action: str) -> Path:
    if action in COMMANDS:
        introduced(kept(copy_workspace(shop)), ZHOU)
        put(shop, "one", b"first")
    else:
        with_files(repository(shop), a_yaml="x: 1\n")
        put(shop, "one", b"first")
        (shop / "a.yaml").write_text("x: 2\n")
    return shop


def _mount(*words: str) -> None:
    # without `bind`, remounting gives the kernel all options again, of which not every one may be
    # set by somebody who is root in a namespace of their own only
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
    if action in COMMANDS:
        return _command(shop, *COMMANDS[action])
    try:
        if action == "record":
            put(shop, "two", bytes(range(256)) * 300)
        elif action == "log":
            log_entry(opened(shop), WANG, "5" * 40, "Open", [("Reason", "x" * 2000)])
        else:
            commit_files(opened(shop), ["a.yaml"], WANG, "Save")
    except DocpipeError as error:
        return [error.say("en"), error.say("zh"), str(error.exit_code)]
    return []


def _command(shop: Path, *words: str) -> list[str]:
    """What it says in both languages, and its exit code; nothing where it works."""
    said = []
    for lang in ("en", "zh"):
        done = subprocess.run([sys.executable, "-m", "docpipe", "--lang", lang, *words], cwd=shop,
                              env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                              capture_output=True, text=True, check=False)  # fmt: skip
        if done.returncode == 0:
            return []
        said.append(done.stderr)
    return [*said, str(done.returncode)]


def _state(shop: Path) -> list[object]:
    files = sorted(p.name for p in (shop / ".git").iterdir())
    return [
        on_record(shop), git(shop, "rev-parse", "HEAD"), git(shop, "diff"),
        git(shop, "status", "--porcelain", GIT_OPTIONAL_LOCKS="0"), files,
        git(shop, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/access"),
    ]  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
