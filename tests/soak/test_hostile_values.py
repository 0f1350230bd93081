"""A clumsy or hostile value in every field: a diagnostic, or printed as it is; no traceback."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from docpipe.diagnostics import DocpipeError, replace
from docpipe.documents.printer import Printer, documents
from docpipe.rules.check import check_order
from docpipe.workspace.files import DataFile, load_file
from docpipe.workspace.source import FolderSource
from docpipe.workspace.workspace import Workspace
from tests.conftest import ROOT
from tests.support import data_files, paths, with_value, yaml_of

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
VALUES: tuple[Any, ...] = (
    "", " ", 0, -1, 10**27, Decimal("0.000000001"), True, None, [], {}, [[[]]], {"x": 1},
    "=HYPERLINK(\"http://x.example\")", "<w:p/>", "&amp;", "{{ 7 * 7 }}", "{% for x in y %}",
    "../../../etc/passwd", "/etc/passwd", "x" * 5_000, "\u202eabc", "one\ntwo", "one\ttwo", "😀",
    "２４", "1,000", "2026-02-30", "2026-13-45T99:99+99:99", "%n%s", "'; DROP TABLE", "\u0000",
)  # fmt: skip
LEAST = 20_000
PRINTED = 7
"""Every so many cases that fit are printed too; a document takes longer than all checks."""


@cache
def _workspace() -> Workspace:
    workspace = Workspace(ROOT)
    list(data_files(workspace))  # read everything once; cases replace one file each
    return workspace


def _fullest() -> dict[str, DataFile]:
    """Of each kind the file that says most."""
    best: dict[str, DataFile] = {}
    for file in data_files(_workspace()):
        assert file.root is not None, file.diagnostics
        if file.kind.name not in best or _size(file) > _size(best[file.kind.name]):
            best[file.kind.name] = file
    return best


def _size(file: DataFile) -> int:
    return sum(1 for _ in file.root.walk()) if file.root is not None else 0


FILES = _fullest()


def _values(turn: int) -> list[tuple[int, Any]]:
    """Half of the values for one field, the other half for the next."""
    return [(number, value) for number, value in enumerate(VALUES) if number % 2 == turn % 2]


def _cases(file: DataFile) -> int:
    assert file.root is not None
    schema = _workspace().schemas.schema(file.kind.name)
    fields = enumerate(paths(schema, file.root.plain()))
    return sum(len(_values(count)) for count, _ in fields)


@pytest.mark.soak
def test_there_are_enough_cases() -> None:
    assert sum(map(_cases, FILES.values())) >= LEAST


class _Planted(FolderSource):
    """The workspace's folder with one file's bytes replaced."""

    data = b""

    def read(self, path: str, limit: int) -> bytes:
        return self.data[: limit + 1]


@pytest.mark.soak
@pytest.mark.parametrize("kind", FILES)
def test_no_value_makes_a_traceback(kind: str) -> None:
    before = FILES[kind]
    assert before.root is not None
    plain, schema = before.root.plain(), _workspace().schemas.schema(before.kind.name)
    source = _Planted(ROOT)
    for count, where in enumerate(paths(schema, plain)):
        for number, value in _values(count):
            source.data = yaml_of(with_value(plain, schema, where, value)).encode()
            file = load_file(source, before.path, before.kind, before.names, _workspace().schemas)
            if file.root is None:
                assert file.diagnostics
                for diagnostic in file.diagnostics:
                    assert diagnostic.message("en")
                    assert diagnostic.message("zh")
            else:
                _use(file, count + number)


def _use(file: DataFile, turn: int) -> None:
    """Check the orders that the file bears on, and print one document of each in turn."""
    workspace = Workspace(ROOT)
    workspace.__dict__["schemas"] = _workspace().schemas
    workspace.__dict__["order_folders"] = _workspace().order_folders
    workspace._files = {**_workspace()._files, file.path: file}
    workspace._orders = dict(_workspace()._orders)
    folders = [folder for folder in workspace.order_folders if file.path.startswith(folder + "/")]
    for folder in folders:
        order = workspace._orders[folder]
        files = tuple(file if each.path == file.path else each for each in order.files)
        workspace._orders[folder] = replace(order, files=files)
    for folder in folders or [workspace.order_folders[turn % len(workspace.order_folders)]]:
        _check_and_print(workspace, folder, turn)


def _check_and_print(workspace: Workspace, folder: str, turn: int) -> None:
    try:
        checked = check_order(workspace, folder, NOW)
        for diagnostic in checked.diagnostics:
            assert diagnostic.message("en")
            assert diagnostic.message("zh")
        if checked.structural:
            return
        allowed = list(documents(workspace, checked.order, workspace.documents.values()))
        if allowed and turn % PRINTED == 0:
            Printer(workspace).make(allowed[turn % len(allowed)])
    except DocpipeError as refusal:
        assert refusal.say("en")
        assert refusal.say("zh")
