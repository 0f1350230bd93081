"""A file is written whole or not at all, and what stood there before stays until then."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docpipe.adapters.atomic_write import sweep, write_whole
from docpipe.diagnostics import DocpipeError
from docpipe.diagnostics.error import SURROUNDINGS


def refused(path: Path, data: bytes = b"new") -> str:
    with pytest.raises(DocpipeError) as caught:
        write_whole(path, data)
    assert caught.value.exit_code == SURROUNDINGS
    assert path.name in caught.value.say("en")
    assert caught.value.say("zh").startswith("无法写入")
    return caught.value.say("en")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "c.docx", b"data")
    assert (tmp_path / "a" / "b" / "c.docx").read_bytes() == b"data"
    assert names(tmp_path / "a" / "b") == ["c.docx"]


def test_what_stood_there_is_replaced_and_nothing_is_left_beside(tmp_path: Path) -> None:
    (tmp_path / "c.docx").write_bytes(b"old")
    write_whole(tmp_path / "c.docx", b"new")
    assert (tmp_path / "c.docx").read_bytes() == b"new"
    assert names(tmp_path) == ["c.docx"]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_mode_is_as_for_any_file(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write_whole(tmp_path / "c.docx", b"data")
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert (tmp_path / "c.docx").stat().st_mode & 0o777 == mode


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.docx").mkdir()
    refused(tmp_path / "c.docx")
    assert names(tmp_path) == ["c.docx"]


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"old")
    refused(tmp_path / "build" / "c.docx")
    assert (tmp_path / "build").read_bytes() == b"old"


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    refused(tmp_path / ("x" * 300))
    assert names(tmp_path) == []


def test_a_link_is_replaced_and_its_target_untouched(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "c.docx").symlink_to("real")
    write_whole(tmp_path / "c.docx", b"new")
    assert (tmp_path / "real").read_bytes() == b"old"
    assert not (tmp_path / "c.docx").is_symlink()


def in_another_process(
    code: str, *arguments: str, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    preamble = (
        "import os, sys; from pathlib import Path; "
        "from docpipe.adapters.atomic_write import write_whole; "
        "from docpipe.diagnostics import DocpipeError\n"
    )
    return subprocess.run(
        [sys.executable, "-c", preamble + code, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


TRY = """
try:
    write_whole(Path(sys.argv[1]) / "c.docx", b"n" * 1_000_000)
except DocpipeError as error:
    print(error.exit_code, error.say("en"))
"""


AS_SOMEBODY = """
if os.geteuid() == 0:  # who may write anywhere
    for path in ("c.docx", "c.docx/x"):  # all that it takes is imported while it may be read
        try:
            write_whole(Path(path), b"old")
        except DocpipeError as error:
            error.say("en")
    os.setuid(65534)
"""


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    """From within: somebody else than root may not even look into the folders above."""
    (tmp_path / "c.docx").write_bytes(b"old")
    tmp_path.chmod(0o555)
    done = in_another_process(AS_SOMEBODY + TRY, ".", cwd=tmp_path)
    tmp_path.chmod(0o777)
    assert done.stdout.startswith(f"{SURROUNDINGS} "), done.stderr
    assert "Permission denied" in done.stdout
    assert (tmp_path / "c.docx").read_bytes() == b"old"
    assert names(tmp_path) == ["c.docx"]
    done = in_another_process(AS_SOMEBODY + TRY, ".", cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("", "")
    assert (tmp_path / "c.docx").read_bytes() != b"old"


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "c.docx").write_bytes(b"old")
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))"
    )
    done = in_another_process(code + TRY, str(tmp_path))
    assert done.stdout.startswith(f"{SURROUNDINGS} "), done.stderr
    assert "cannot be written" in done.stdout
    assert (tmp_path / "c.docx").read_bytes() == b"old"
    assert names(tmp_path) == ["c.docx"]


def test_the_target_is_never_seen_half_written(tmp_path: Path) -> None:
    """Killed at any moment, the file is the old one or the new one."""
    target = tmp_path / "c.docx"
    target.write_bytes(b"o" * 3_000_000)
    code = (
        "import sys; from pathlib import Path\n"
        "from docpipe.adapters.atomic_write import write_whole\n"
        "print('go', flush=True)\n"
        "while True:\n    for letter in (b'a', b'b'):\n"
        "        write_whole(Path(sys.argv[1]), letter * 3_000_000)\n"
    )
    for wait in (0, 0.002, 0.005, 0.011, 0.017):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE, text=True
        ) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "go\n"
            time.sleep(wait)
            worker.send_signal(signal.SIGKILL)
        found = target.read_bytes()
        assert len(found) == 3_000_000
        assert len(set(found)) == 1


def test_an_interruption_leaves_nothing_beside(tmp_path: Path) -> None:
    code = """
import signal
def stop(*_):
    raise KeyboardInterrupt
signal.signal(signal.SIGPROF, stop)
while True:
    signal.setitimer(signal.ITIMER_PROF, 0.003)
    try:
        while True:
            write_whole(Path(sys.argv[1]) / "c.docx", b"n" * 2_000_000)
    except KeyboardInterrupt:
        signal.setitimer(signal.ITIMER_PROF, 0)
    rounds = globals().get("rounds", 0) + 1
    if rounds == 40:
        break
"""
    done = in_another_process(code, str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert [name for name in names(tmp_path) if name != "c.docx"] == []


def test_what_a_killed_process_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    code = (
        "import signal\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_whole(Path(sys.argv[1]) / 'c.docx', b'n')\n"
    )
    assert in_another_process(code, str(tmp_path)).returncode == -signal.SIGKILL
    (left,) = names(tmp_path)
    assert left.startswith(".docpipe-")
    mine = left.replace(left.split("-")[2], str(os.getpid()))
    for name in (mine, ".docpipe-other-machine", ".docpipe", "c.docx"):
        (tmp_path / name).write_bytes(b"")
    sweep(tmp_path)
    assert names(tmp_path) == sorted([mine, ".docpipe-other-machine", ".docpipe", "c.docx"])
    old = tmp_path / ".docpipe-other-machine"
    os.utime(old, (0, 0))
    sweep(tmp_path)
    assert not old.exists()
    sweep(tmp_path / "nowhere")
