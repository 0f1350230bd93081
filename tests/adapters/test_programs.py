"""No program is taken from the folder in which somebody happens to stand: it may be a checkout."""

import ast
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docpipe.adapters import programs, sshkeys, viewer
from docpipe.adapters.git import program as git
from docpipe.adapters.office import fonts
from docpipe.adapters.office import program as office
from docpipe.diagnostics import DocpipeError
from tests.test_structure import MODULES

NAMES = ("git", "ssh-keygen", "soffice", "libreoffice", "xdg-open", "fc-list", "fc-match", "ssh")
USED: dict[str, Callable[[], object]] = {
    "git": git.find,
    "ssh-keygen": lambda: sshkeys._run("-V"),
    "soffice": office.find,
    "xdg-open": viewer.demand,
    "fc-list": fonts.installed,
    "fc-match": lambda: fonts._ask("fc-match", "x"),
}


@pytest.fixture
def trap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder full of programs of those names, and one stands in it."""
    for name in NAMES:
        for folder in (tmp_path, tmp_path / "bin"):
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/caught\n", encoding="utf-8")
            (folder / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", ["", ".", "bin", "./bin", ".:bin", ":/nowhere", "/nowhere:", "~"])
@pytest.mark.parametrize("program", USED)
def test_a_relative_or_empty_entry_of_path_does_not_count(
    trap: Path, monkeypatch: pytest.MonkeyPatch, program: str, path: str
) -> None:
    monkeypatch.setenv("PATH", path)
    found = None
    try:
        found = USED[program]()
    except DocpipeError as error:
        assert error.exit_code == 4
    assert not found
    assert not (trap / "caught").exists()


def test_an_absolute_entry_counts_and_the_first_wins(
    trap: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("PATH", f".:{tmp_path}/other:{tmp_path}/bin:{tmp_path}")
    assert programs.find("nothing", "git") == f"{tmp_path}/bin/git"
    assert programs.find("nothing") is None
    (tmp_path / "bin/git").chmod(0o644)
    assert programs.find("git") == f"{tmp_path}/git"


def test_what_is_started_looks_no_further(trap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f".:/usr/bin::bin{os.pathsep}/bin")
    assert programs.variables()["PATH"] == "/usr/bin:/bin"
    assert git.environment({})["PATH"] == "/usr/bin:/bin"
    monkeypatch.setenv("PATH", ":.")
    assert "PATH" not in programs.variables()


def test_git_starts_no_ssh_from_the_checkout(trap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f".:{os.defpath}:{Path(git.find()).parent}")
    git.run(trap, ["ls-remote", "ssh://127.0.0.1:1/none"])
    assert not (trap / "caught").exists()


def _calls(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = ast.unparse(node.func)
            words = {keyword.arg for keyword in node.keywords}
            if name == "shutil.which":
                yield "looks for a program by itself"
            if name in ("subprocess.run", "subprocess.Popen") and "env" not in words:
                yield "starts a program that looks into relative folders"
            if name in ("os.system", "os.popen", "os.execvp", "os.spawnlp"):
                yield "starts a program by its name"


def test_nobody_looks_for_programs_elsewhere() -> None:
    found = {path.name: [*_calls(path.read_text(encoding="utf-8"))] for path in MODULES}
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_that_can_fail() -> None:
    assert [*_calls("shutil.which('git')")] and [*_calls("subprocess.run(['git'])")]
    assert not [*_calls("subprocess.run(['git'], env=programs.variables())")]
