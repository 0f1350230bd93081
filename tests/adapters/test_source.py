"""Files are read from inside the workspace only; no link is followed; nothing waits for ever."""

import contextlib
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from docpipe.diagnostics import DocpipeError
from docpipe.workspace.files import load_file
from docpipe.workspace.source import FolderSource
from docpipe.workspace.workspace import Workspace
from tests.conftest import ROOT, Run
from tests.support import soon

ORDER = "ZF-2026-0002"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    root = tmp_path / "shop"
    for name in ("a.yaml", "orders/1/order.yaml", "orders/1/.hidden", "orders/中文 1/b.yaml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return root


def test_files_are_listed_sorted_without_hidden_ones(root: Path) -> None:
    source = FolderSource(root)
    assert source.files("") == ["a.yaml", "orders/1/order.yaml", "orders/中文 1/b.yaml"]
    assert source.files("orders/1") == ["orders/1/order.yaml"]
    assert source.files("none") == []
    assert source.files("a.yaml") == []


@pytest.mark.parametrize(
    "path", ["../secret", "orders/../../secret", "/etc/passwd", "orders/1/../../../secret", ".."]
)
def test_no_path_leads_out(root: Path, path: str) -> None:
    with pytest.raises(DocpipeError, match="leads out of the workspace"):
        FolderSource(root).read(path, 100)
    assert FolderSource(root).files(path) == []


@pytest.mark.parametrize("path", ["C:\\Windows\\win.ini", "..\\secret", "\\\\server\\share"])
def test_no_windows_path_leads_out(root: Path, path: str) -> None:
    with pytest.raises((DocpipeError, OSError)):
        FolderSource(root).read(path, 100)


def test_links_are_listed_and_not_followed(root: Path) -> None:
    (root / "orders/1/link.yaml").symlink_to(root.parent / "secret")
    (root / "orders/away").symlink_to(root.parent)
    (root / "orders/circle").symlink_to(root)
    (root / "orders/gone").symlink_to("nowhere")
    source = FolderSource(root)
    links = ["orders/1/link.yaml", "orders/away", "orders/circle", "orders/gone"]
    assert [path for path in source.files("") if source.is_link(path)] == links
    for path in [*links, "orders/away/secret", "orders/circle/a.yaml"]:
        assert source.is_link(path)
        with pytest.raises(DocpipeError, match="symbolic link"):
            source.read(path, 100)
    assert source.files("orders/away") == []
    assert not source.is_link("a.yaml")


def test_a_link_is_told_as_a_finding(root: Path) -> None:
    schemas = Workspace(ROOT).schemas
    (root / "order.yaml").symlink_to(root.parent / "secret")
    file = load_file(FolderSource(root), "order.yaml", schemas.kinds["order"], (), schemas)
    assert [found.code for found in file.diagnostics] == ["FILE01"]


def test_a_workspace_that_is_itself_reached_by_a_link_is_read(root: Path) -> None:
    (root.parent / "door").symlink_to(root)
    assert FolderSource(root.parent / "door").read("a.yaml", 100) == b"a.yaml"


def test_no_more_than_the_limit_is_read(root: Path) -> None:
    assert FolderSource(root).read("a.yaml", 2) == b"a.y"
    with pytest.raises(DocpipeError, match="larger than 2 bytes"):
        FolderSource(root).read_whole("a.yaml", 2)
    assert FolderSource(root).read_whole("a.yaml", 6) == b"a.yaml"


def test_a_missing_file_is_an_error_of_the_system(root: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FolderSource(root).read("none.yaml", 100)


def test_a_pipe_or_a_folder_is_no_file_and_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe.yaml")
    for path in ("pipe.yaml", "orders"):
        with pytest.raises(DocpipeError, match="not an ordinary file"):
            FolderSource(root).read(path, 100)
    schemas = Workspace(ROOT).schemas
    file = load_file(FolderSource(root), "pipe.yaml", schemas.kinds["order"], (), schemas)
    assert [found.code for found in file.diagnostics] == ["FILE05"]
    assert "a named pipe" in file.diagnostics[0].message("en")


def _socket(path: Path) -> None:
    with contextlib.chdir(path.parent), socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)  # a socket's path is a short one


IRREGULAR = {
    "a named pipe": os.mkfifo,
    "a socket": _socket,
    "a folder": os.mkdir,
    "a device": lambda path: os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5)),
}
MOUNT = 'mount --bind /dev/zero "$0" || exit 70; exec "$@"'


@pytest.mark.parametrize("what", IRREGULAR)
@pytest.mark.parametrize(
    "path",
    [
        "templates/quotation.docx", "templates/letterhead.docx", "logo.png",
        "templates/catalogue.yaml", "people.yaml", "customers/MFANO.yaml",
        "schemas/order.schema.json", "orders/2026/03/ZF-2026-0002/quotation.yaml",
        "orders/2026/03/ZF-2026-0002/papers/2026-05-18-coc.pdf",
    ],
)  # fmt: skip
def test_nothing_but_files_is_read_whoever_asks(
    shop: Path, inside: Run, path: str, what: str, request: pytest.FixtureRequest
) -> None:
    run = inside
    try:
        _put(shop / path, what)
    except PermissionError:  # only root makes devices; others mount one for themselves alone
        run = _over(shop / path, request.getfixturevalue("alone"))
    for command in (("check",), ("render", ORDER, "--out", str(shop.parent / "out"))):
        for _ in range(2):  # the second time what is kept is compared
            done = run(*command, cwd=shop)
            assert done.returncode in (0, 1, 2), done.stderr
            assert "fault of docpipe" not in done.stderr


def _put(path: Path, what: str) -> None:
    path.parent.mkdir(exist_ok=True)
    if path.name == "logo.png":
        company = path.parent / "company.yaml"
        with company.open("a", encoding="utf-8") as file:
            file.write("logo: logo.png\n")
    path.unlink(missing_ok=True)
    IRREGULAR[what](path)


def _over(path: Path, alone: list[str]) -> Run:
    """`docpipe ARGUMENTS` where a device is mounted over a file."""
    path.touch()

    def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        docpipe = (sys.executable, "-m", "docpipe", *arguments)
        return subprocess.run([*alone, "sh", "-c", MOUNT, str(path), *docpipe], cwd=cwd,
                              capture_output=True, text=True, check=False)  # fmt: skip

    return run


def test_the_letterhead_that_is_a_pipe_is_named_in_both_languages(shop: Path, docpipe: Run) -> None:
    _put(shop / "templates/letterhead.docx", "a named pipe")
    for lang, said in (("en", "is a named pipe and not an ordinary file"), ("zh", "是命名管道")):
        done = docpipe("--lang", lang, "render", ORDER, "--doc", "quotation", cwd=shop)
        assert done.returncode == 1
        assert f"templates/letterhead.docx {said}" in done.stderr


def test_a_scan_of_six_gigabytes_is_told_and_not_read(shop: Path, inside: Run) -> None:
    paper = shop / "orders/2026/03/ZF-2026-0002/papers/2026-05-18-coc.pdf"
    with paper.open("wb") as file:
        file.truncate(6_000_000_000)
    with soon(60):
        assert "PAP08" in inside("check", ORDER, cwd=shop).stdout
        for _ in range(2):
            done = inside("render", ORDER, "--out", str(shop.parent / "out"), cwd=shop)
            assert done.returncode == 0, done.stderr
