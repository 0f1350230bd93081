"""The workspace by which a record is judged: as a commit has it, read as any workspace is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from docpipe.adapters.git import CommitSource, Objects, open_repository
from docpipe.documents.printer import Printer, documents
from docpipe.workspace.audience_view import View
from docpipe.workspace.recorded_inputs import Known, RecordedWorkspace
from docpipe.workspace.workspace import Workspace
from tests.adapters.git.kit import git
from tests.issuing import FOLDER, ORDER, edit, kept


@pytest.fixture
def reader(shop: Path) -> Iterator[Objects]:
    edit(shop, "products/FLASK-750.yaml", "code: ", "kode: ")
    with Objects(open_repository(kept(shop)), verify=True) as opened:
        yield opened


def recorded(reader: Objects, known: Known, commit: str = "HEAD") -> RecordedWorkspace:
    """The workspace as a commit has it."""
    name = git(reader.repo.folder, "rev-parse", commit)
    return RecordedWorkspace(CommitSource(reader, reader.root(name)), known)


def test_the_same_documents_come_of_it_as_of_the_folder(shop: Path, reader: Objects) -> None:
    then, now = recorded(reader, Known(strict=True)), Workspace(shop)
    kinds = [now.documents[name] for name in ("order-sheet", "sales-contract", "quotation")]
    for kind in kinds:
        (old,) = documents(then, then.order(FOLDER), [then.documents[kind.id]])
        (new,) = documents(now, now.order(FOLDER), [kind])
        assert Printer(then).make(old) == Printer(now).make(new)


def test_what_does_not_fit_its_schema_is_there_unless_asked_strictly(reader: Objects) -> None:
    path = "products/FLASK-750.yaml"
    assert recorded(reader, Known()).needed(path).text("kode")
    file = recorded(reader, Known(strict=True)).file(path)
    assert file is not None
    assert file.root is None


def test_of_an_order_only_what_is_asked_for_is_read(reader: Objects) -> None:
    known = Known()
    workspace = recorded(reader, known)
    order = workspace.order(FOLDER)
    assert order.number == ORDER
    assert len(order.files) > 20
    contract = View(workspace, order).get("contract")
    assert contract is not None
    read = {path for _, _, path in known.own}
    assert read == {f"{FOLDER}/contract.yaml"}


def test_files_are_read_once_for_all_that_have_them(reader: Objects) -> None:
    known, top = Known(), reader.repo.folder
    git(top, "mv", "orders/2026/03", "orders/2026/04")
    git(top, "commit", "--quiet", "-m", "moved")
    one, two = recorded(reader, known, "HEAD^"), recorded(reader, known)
    assert one.needed("company.yaml") is two.needed("company.yaml")
    assert one.schemas is two.schemas
    assert one.documents is two.documents
    assert one.order_folders != two.order_folders
    known.spare()
    assert one.needed("company.yaml") is two.needed("company.yaml")
