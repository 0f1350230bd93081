"""A full disk and a write-protected one: told, nothing lost, and it works again afterwards."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("fault", ["full", "read-only"])
@pytest.mark.parametrize(
    "action",
    [
        "record",
        "save",
        "log",
        *(pytest.param(a, marks=pytest.mark.soak) for a in ("approve", "issue")),
    ],
)
def test_a_disk_that_takes_no_more(
    action: str, fault: str, alone: list[str], tmp_path: Path
) -> None:
    words = [*alone, sys.executable, "-m", "tests.adapters.git.small_disk"]
    done = subprocess.run(
        [*words, action, fault, str(tmp_path)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    said, unchanged, again, sound, state = json.loads(done.stdout)
    english, chinese, code = said
    assert ("disk is full" if fault == "full" else "Read-only file system") in english
    assert ("磁盘已满" if fault == "full" else "写保护") in chinese
    assert code == "4"
    assert unchanged
    assert again == []
    assert sound == ""
    assert state[3] == (" M a.yaml" if action in ("record", "log") else "")
    assert bool(state[5]) == (action == "log")
    if action not in ("save", "log"):
        assert len(state[0]) > 1
