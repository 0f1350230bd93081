"""Every kind of document: complete, rendered from the samples, its text as accepted."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from docpipe.adapters.word import package, text
from docpipe.adapters.word.render import render
from docpipe.documents.printer import Document, Printer, documents
from docpipe.workspace.audience_view import View
from docpipe.workspace.context import context
from docpipe.workspace.workspace import Workspace
from tests.adapters.compiled.against import assert_equal
from tests.conftest import ROOT, Run
from tests.support import all_text

GOLDEN = Path(__file__).parent / "golden"


@cache
def _workspace() -> Workspace:
    return Workspace(ROOT)


@cache
def _printer() -> Printer:
    return Printer(_workspace())


def _documents() -> Iterator[Document]:
    workspace = _workspace()
    for folder in workspace.order_folders:
        yield from documents(workspace, workspace.order(folder), workspace.documents.values())


DOCUMENTS = list(_documents())
IDS = [f"{document.order.number}-{document.file}" for document in DOCUMENTS]


@cache
def _made(index: int) -> dict[str, bytes]:
    return package.read(_printer().make(DOCUMENTS[index]), IDS[index])


def test_every_catalogue_kind_is_made_from_a_sample() -> None:
    assert {document.kind.id for document in DOCUMENTS} == set(_workspace().documents)


def test_every_template_belongs_to_a_kind() -> None:
    used = {kind.template for kind in _workspace().documents.values()} | {"letterhead.docx"}
    assert {path.name for path in (ROOT / "templates").glob("*.docx")} == used


@pytest.mark.parametrize("index", range(len(DOCUMENTS)), ids=IDS)
def test_the_text_is_as_accepted(index: int, request: pytest.FixtureRequest) -> None:
    parts = _made(index)
    found = f"{text.headers_and_footers(parts)}\n---\n{text.body(parts)}\n"
    golden = GOLDEN / DOCUMENTS[index].order.number / f"{Path(DOCUMENTS[index].file).stem}.txt"
    if request.config.getoption("--accept"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("index", range(len(DOCUMENTS)), ids=IDS)
def test_compiled_code_prints_it_as_docxtpl_does(index: int) -> None:
    document, template = DOCUMENTS[index], _printer().template(DOCUMENTS[index].kind.template)
    facts = context(View(_workspace(), document.order, document.kind.audience), document.edition)
    made = template.compiled.render(facts)
    assert made is not None, template.compiled.artifact.why or "left to docxtpl"
    assert_equal(package.unpack(made), render(template._parts, facts, template.name))


@pytest.mark.parametrize("index", range(len(DOCUMENTS)), ids=IDS)
def test_nothing_is_left_unfilled(index: int) -> None:
    everything = all_text(_made(index))
    assert not re.search(r"\{\{|\{%|\}\}|%\}", everything)
    assert not re.search(r"\bNone\b|Undefined|<docpipe|Decimal\(", everything)


@pytest.mark.parametrize("index", range(len(DOCUMENTS)), ids=IDS)
def test_a_draft_says_so_and_hides_nothing(index: int) -> None:
    parts = _made(index)
    assert "DRAFT" in text.headers_and_footers(parts)
    everything = b"".join(part for name, part in parts.items() if name.endswith(".xml"))
    assert b"<w:vanish" not in everything
    assert "word/comments.xml" not in parts


def test_the_accepted_texts_belong_to_documents() -> None:
    expected = {f"{d.order.number}/{Path(d.file).stem}.txt" for d in DOCUMENTS}
    assert {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.txt")} == expected


def test_same_input_gives_same_bytes_anywhere(docpipe: Run, shop: Path) -> None:
    one = docpipe(
        "render",
        "--out",
        "a",
        cwd=shop,
        TZ="Asia/Shanghai",
        PYTHONHASHSEED="1",
        LC_ALL="zh_CN.UTF-8",
    )
    two = docpipe(
        "render", "--out", "b", cwd=shop, TZ="America/Santiago", PYTHONHASHSEED="2", LC_ALL="C"
    )
    assert (one.returncode, two.returncode) == (0, 0), one.stderr + two.stderr
    made = sorted(p.relative_to(shop / "a") for p in (shop / "a").rglob("*.docx"))
    assert len(made) == len(DOCUMENTS)
    assert subprocess.run(["diff", "-r", shop / "a", shop / "b"], check=False).returncode == 0


def test_entries_are_stored_and_undated() -> None:
    data = _printer().make(DOCUMENTS[0])
    path = zipfile.ZipFile(io.BytesIO(data))
    assert {(i.compress_type, i.date_time) for i in path.infolist()} == {(0, (1980, 1, 1, 0, 0, 0))}


@pytest.mark.office
def test_every_document_opens_in_libreoffice(docpipe: Run, tmp_path: Path) -> None:
    done = docpipe("render", "--pdf", "--out", str(tmp_path / "out"), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    for document in DOCUMENTS:
        pdf = tmp_path / "out" / document.order.number / document.file.replace(".docx", ".pdf")
        shown = subprocess.run(
            ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
        ).stdout
        assert document.kind.title.en in shown
        assert document.kind.title.zh in shown
        assert document.order.number in shown
        assert "DRAFT" in shown
        assert "{{" not in shown
        assert "{%" not in shown
