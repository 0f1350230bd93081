"""Contents by name, put where they stood."""

from pathlib import Path

import pytest

from docpipe.adapters.git import FILE, TREE, Entry, MountedSource, Objects
from docpipe.diagnostics import DocpipeError
from tests.adapters.git.kit import git, opened, repository, with_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"orders__1__a_yaml": "one\n", "orders__2__b_yaml": "two\n", "x_yaml": "x\n"}
    return with_files(repository(tmp_path / "here"), **files)


def named(folder: Path, path: str) -> str:
    return git(folder, "rev-parse", f"HEAD:{path}")


def test_each_content_stands_where_it_is_put_and_nothing_else_does(folder: Path) -> None:
    places = {
        "orders/2026/1": Entry(TREE, named(folder, "orders/1")),
        "customers/X.yaml": Entry(FILE, named(folder, "x.yaml")),
        "x.yaml": Entry(FILE, named(folder, "orders/2/b.yaml")),
    }
    with Objects(opened(folder), verify=True) as reader:
        source = MountedSource(reader, places)
        assert source.files("") == ["customers/X.yaml", "orders/2026/1/a.yaml", "x.yaml"]
        assert source.files("orders/2026") == ["orders/2026/1/a.yaml"]
        assert source.read_whole("orders/2026/1/a.yaml", 9) == b"one\n"
        assert source.read("x.yaml", 2) == b"two"
        assert source.is_file("customers/X.yaml")
        assert not source.is_file("customers")
        assert not source.is_link("customers/X.yaml")
        assert source.entry("customers/Y.yaml") is None
        for path in ("orders", "../x.yaml", "/x.yaml", "gone.yaml"):
            with pytest.raises((OSError, DocpipeError)):
                source.read(path, 9)


def test_what_lies_in_a_folder_that_is_put_is_found_there(folder: Path) -> None:
    places = {
        "orders/1/a.yaml": Entry(FILE, named(folder, "x.yaml")),
        "orders": Entry(TREE, named(folder, "orders")),
    }
    with Objects(opened(folder)) as reader:
        source = MountedSource(reader, places)
        assert source.files("orders") == ["orders/1/a.yaml", "orders/2/b.yaml"]
        assert source.read("orders/1/a.yaml", 9) == b"one\n"


def test_a_content_that_is_not_there_is_told(folder: Path) -> None:
    with Objects(opened(folder)) as reader:
        source = MountedSource(reader, {"x.yaml": Entry(FILE, "1" * 40)})
        with pytest.raises(DocpipeError, match=r"damaged|missing"):
            source.read("x.yaml", 9)
