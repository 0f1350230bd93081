"""Compiled templates are kept between runs, and never trusted beyond what they came from."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from docpipe.adapters.cache import Cache
from docpipe.adapters.digest import digest
from docpipe.adapters.word import package
from docpipe.adapters.word.compiled import store
from docpipe.adapters.word.compiled.artifact import Artifact
from docpipe.adapters.word.template import Template
from docpipe.diagnostics import DocpipeError
from tests.adapters.kit import template
from tests.adapters.test_word_letterhead import LOGO, letterhead

LETTERHEAD = package.write(letterhead())
PLAIN = package.write(template("{{ v }}"))


def made(folder: Path, own: bytes = PLAIN, value: object = "x") -> bytes:
    return Template("t.docx", own, LETTERHEAD, None, Cache(folder)).render({"v": value, "doc": "d"})


def entries(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file())


def test_the_second_run_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(tmp_path)
    monkeypatch.setattr(Template, "_build", lambda _: pytest.fail("compiled again"))
    assert made(tmp_path) == first


@pytest.mark.parametrize("change", ["template", "letterhead", "logo", "tools"])
def test_a_change_of_anything_it_came_from_compiles_again(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    logo = LOGO if change == "logo" else None
    own = package.write(template("new {{ v }}")) if change == "template" else PLAIN
    paper = package.write(letterhead(first=True)) if change == "letterhead" else LETTERHEAD
    if change == "tools":
        monkeypatch.setattr(store, "tools", lambda: "docxtpl 99")
    Template("t.docx", own, paper, logo, Cache(tmp_path)).render({"v": "x", "doc": "d"})
    assert len(list(entries(tmp_path))) == 2


def test_the_tools_name_docxtpl_jinja_and_our_own_code() -> None:
    told = store.tools()
    for tool in ("docxtpl", "jinja2", "lxml", "markupsafe", "python_docx", "generate.py"):
        assert tool in told.lower()


@pytest.mark.parametrize("damage", [b"", b"rubbish", b"\0" * 5_000])
def test_a_damaged_entry_is_made_again(damage: bytes, tmp_path: Path) -> None:
    first = made(tmp_path)
    (entry,) = entries(tmp_path)
    entry.write_bytes(damage)
    assert made(tmp_path) == first


def test_an_entry_of_another_build_of_python_is_made_again(tmp_path: Path) -> None:
    first = made(tmp_path)
    key = digest(store.tools().encode(), PLAIN, LETTERHEAD, b"").hex()
    Cache(tmp_path).put(key, b"not what marshal wrote")
    assert len(list(entries(tmp_path))) == 1
    assert made(tmp_path) == first


def test_the_fault_of_a_template_is_told_each_time_and_not_kept(tmp_path: Path) -> None:
    wrong = package.write(template("{{ v | nonsense }}"))
    for _ in range(2):
        with pytest.raises(DocpipeError, match="nonsense"):
            made(tmp_path, wrong)
    assert not list(entries(tmp_path))


def test_a_template_for_docxtpl_is_kept_as_that(tmp_path: Path) -> None:
    own = package.write(template("{ {{ v }}"))
    assert made(tmp_path, own) == made(tmp_path, own)
    assert len(list(entries(tmp_path))) == 1


def test_the_same_bytes_with_and_without_the_cache(tmp_path: Path) -> None:
    nowhere = Template("t.docx", PLAIN, LETTERHEAD, None, Cache(None)).render(
        {"v": "x", "doc": "d"}
    )
    assert made(tmp_path) == made(tmp_path) == nowhere


def test_several_writers_at_once_make_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(made, [tmp_path] * 6))
    assert len(set(results)) == 1
    assert len(list(entries(tmp_path))) == 1


def test_an_artifact_comes_back_as_it_was_put_away() -> None:
    assert Artifact.load(Artifact(why="because").dump()).why == "because"
