"""Files are read from inside the workspace only; no link is followed; nothing waits for ever."""

import os
from pathlib import Path

import pytest

from docpipe.diagnostics import DocpipeError
from docpipe.workspace.files import load_file
from docpipe.workspace.source import FolderSource
from docpipe.workspace.workspace import Workspace
from tests.conftest import ROOT


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
        with pytest.raises(OSError, match="not a file"):
            FolderSource(root).read(path, 100)
    schemas = Workspace(ROOT).schemas
    file = load_file(FolderSource(root), "pipe.yaml", schemas.kinds["order"], (), schemas)
    assert [found.code for found in file.diagnostics] == ["FILE05"]
    assert "not a file" in file.diagnostics[0].message("en")
