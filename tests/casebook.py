"""Bad-input cases: a folder each, `case.yaml` says what is changed, `expected.txt` what is found.

`tests/cases/README.md` tells how to add one. File names in a case are relative to the order's
folder; those that begin with "/" are relative to the workspace.
"""

import json
import os
import shutil
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from docpipe.adapters.schemas import SchemaStore, fields
from docpipe.adapters.yamlfile import Node, load
from docpipe.diagnostics import Diagnostic, Place, Text
from docpipe.workspace.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
CASES = Path(__file__).parent / "cases"
DEFAULT_ORDER = "ZF-2026-0002"
DEFAULT_NOW = "2026-07-01T09:00+08:00"
SAMPLES = {
    "ZF-2026-0001": DEFAULT_NOW,
    "ZF-2026-0002": DEFAULT_NOW,
    "ZF-2026-0004": "2026-11-23T09:00+08:00",
}
LOOSE = ("company.yaml", "people.yaml", "templates/catalogue.yaml")
MASTERS = ("customers", "suppliers", "forwarders", "products", "templates/clauses")
PRODUCTS = sorted((ROOT / "products").glob("*.yaml"))
TELLING = 8
REPORTED = ("waivers", "company")
MANY = 12  # a longer list of choices is not written out
KEYS = frozenset({"says", "right", "order", "now", "changes"})


class BadCaseError(Exception):
    """The case itself is written wrong."""


class Case:
    """One folder of tests/cases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = _read(folder)
        self.now = datetime.fromisoformat(self.root.text("now", DEFAULT_NOW))
        number = self.root.text("order", DEFAULT_ORDER)
        self.order = order_folder(number)

    @property
    def right(self) -> bool:
        """Whether it is just right: nothing is to be found."""
        return "right" in self.root and self.root["right"].value is True

    @property
    def expected(self) -> str:
        path = self.folder / "expected.txt"
        return path.read_text("utf-8") if path.is_file() else ""

    def build(self, target: Path) -> Workspace:
        """A workspace with the case's changes, in the empty folder `target`."""
        lay_out(target, self.order, (self.folder / "case.yaml").read_text("utf-8"))
        for change in self.root.rows("changes"):
            self._apply(change, target)
        overlay = self.folder / "files"
        if overlay.is_dir():
            for path in sorted(p for p in overlay.rglob("*") if p.is_file()):
                inside = path.relative_to(overlay)
                (target / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target / inside)
        return opened(target)

    def _apply(self, change: Node, target: Path) -> None:
        name = change.text("file")
        path = target / (name[1:] if name.startswith("/") else f"{self.order}/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        kinds = set(change.fields) - {"file", "put", "times"}
        if len(kinds) != 1:
            raise BadCaseError(f"{self.folder.name}: {name}: say one thing to do, not {kinds}")
        (kind,) = kinds
        if kind not in ACTIONS:
            raise BadCaseError(f"{self.folder.name}: {name}: unknown: {kind}")
        ACTIONS[kind](path, change)


def _find(path: Path, change: Node) -> None:
    text, wanted = path.read_text("utf-8"), change.text("find")
    if text.count(wanted) != 1:
        raise BadCaseError(f"{path.name}: {wanted!r} occurs {text.count(wanted)} times, not once")
    path.write_text(text.replace(wanted, change.text("put")), "utf-8", newline="")


def _save_as(path: Path, change: Node) -> None:
    text, how = path.read_text("utf-8"), change.text("save_as")
    if how == "crlf":
        path.write_bytes(text.replace("\n", "\r\n").encode())
    else:
        path.write_bytes(text.encode({"bom": "utf-8-sig"}.get(how, how)))


def _link(path: Path, change: Node) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(change.text("link"))


def _pipe(path: Path, change: Node) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


ACTIONS = {
    "find": _find,
    "text": lambda path, change: path.write_text(change.text("text"), "utf-8", newline=""),
    "append": lambda path, change: path.write_text(
        path.read_text("utf-8") + change.text("append"), "utf-8", newline=""
    ),
    "delete": lambda path, change: path.unlink(),
    "copy": lambda path, change: shutil.copyfile(path.parent / change.text("copy"), path),
    "repeat": lambda path, change: path.write_text(
        change.text("repeat") * change.count("times"), "utf-8", newline=""
    ),
    "save_as": _save_as,
    "link": _link,
    "pipe": _pipe,
}


def cases() -> list[Path]:
    """Every case's folder."""
    return sorted(path.parent for path in CASES.glob("*/case.yaml"))


@cache
def order_folder(number: str) -> str:
    """Where a sample order stands in the workspace."""
    (path,) = ROOT.glob(f"orders/*/*/{number}")
    return path.relative_to(ROOT).as_posix()


def lay_out(target: Path, order: str, case: str = "") -> None:
    """Copy what a check of one order needs: the order, and the masters that it or `case` names."""
    shutil.copytree(ROOT / order, target / order, copy_function=shutil.copyfile)
    shutil.copytree(ROOT / "schemas", target / "schemas", copy_function=shutil.copyfile)
    texts = [path.read_text("utf-8") for path in (ROOT / order).rglob("*.yaml")]
    named = "".join([*texts, *(path.read_text("utf-8") for path in PRODUCTS), case])
    for name in (*LOOSE, *(path.relative_to(ROOT).as_posix() for path in _masters(named))):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)
    for path in (ROOT / "templates").glob("*.docx"):  # that they are there is enough
        (target / "templates" / path.name).touch()


def _masters(named: str) -> list[Path]:
    shared = [path for folder in MASTERS for path in (ROOT / folder).glob("*.yaml")]
    return [path for path in shared if path.stem in named]


def opened(target: Path) -> Workspace:
    """The workspace; its schemas are shared between cases that leave them alone."""
    workspace = Workspace(target)
    files = {path.name: path.read_bytes() for path in sorted((target / "schemas").iterdir())}
    workspace.__dict__["schemas"] = _store(tuple(files.items()))
    return workspace


@cache
def _store(files: tuple[tuple[str, bytes], ...]) -> SchemaStore:
    return SchemaStore(dict(files))


def _read(folder: Path) -> Node:
    loaded = load((folder / "case.yaml").read_bytes(), f"{folder.name}/case.yaml")
    if loaded.diagnostics or loaded.root is None:
        raise BadCaseError("; ".join(f"{d.place}: {d.message('en')}" for d in loaded.diagnostics))
    if not KEYS >= set(loaded.root.fields) >= {"says"}:
        raise BadCaseError(f"{folder.name}: fields are {', '.join(sorted(KEYS))}")
    return loaded.root


def lines(diagnostics: list[Diagnostic], order: str) -> str:
    """One line a finding, in no language: `place code param=value ...`."""
    return "".join(f"{_line(diagnostic, order)}\n" for diagnostic in diagnostics)


def _line(diagnostic: Diagnostic, order: str) -> str:
    waived = ["waived"] if diagnostic.waived else []
    params = [
        f"{name}={_value(value, order)}"
        for name, value in diagnostic.params.items()
        if not isinstance(value, Text)
    ]
    return " ".join([_place(diagnostic.place, order), diagnostic.code, *waived, *params])


def _place(place: Place, order: str) -> str:
    inside = place.file.removeprefix(order + "/")
    file = inside if inside != place.file else f"/{place.file}"
    return str(Place(file, place.line, place.column))


def _value(value: object, order: str) -> str:
    if isinstance(value, Place):
        return _place(value, order)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        bare = value and not set(value) & set(' ="\n')
        return value if bare else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | tuple | set | frozenset):
        items = [_value(item, order) for item in value]
        return f"[{','.join(items if len(items) <= MANY else [*items[:3], '...'])}]"
    return str(value)


def told(diagnostics: list[Diagnostic]) -> set[str]:
    """Every value that findings show."""
    params = [value for diagnostic in diagnostics for value in diagnostic.params.values()]
    flat = [v for p in params for v in (p if isinstance(p, list | tuple | set) else [p])]
    return {str(value) for value in flat if not isinstance(value, Place)}


def internal_values(workspace: Workspace, order: str) -> set[str]:
    """What no finding may show: values of internal fields that stand nowhere else.

    Fractions and longer texts are looked for: others turn up by chance. The company's own rules
    (number form, calendar) and waivers are there to be reported.
    """
    internal: set[str] = set()
    shown: set[str] = {workspace.order(order).number}
    for file in [*workspace.order(order).files, *workspace.shared_files()]:
        schema = workspace.schemas.schema(file.kind.name)
        for node in file.root.walk() if file.root is not None else ():
            says = isinstance(node.value, Decimal) or len(str(node.value)) >= TELLING
            secret = says and fields.is_internal(schema, node.path)
            if not isinstance(node.value, dict | list) and file.kind.name not in REPORTED:
                (internal if secret else shown).add(str(node.value))
    return internal - shown
