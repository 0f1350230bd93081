"""The house: floors import downwards, nothing in circles, nothing heavy before it is used."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "docpipe"
FLOORS = (
    "diagnostics", "standards", "adapters", "workspace", "rules", "documents", "trust", "sharing",
    "steps", "reports", "cli",
)  # fmt: skip
MODULES = sorted(SOURCE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _graph() -> dict[str, set[str]]:
    names = {_name(path) for path in MODULES}
    return {_name(path): {i for i in _imports(path) if i in names} for path in MODULES}


def _floor(module: str) -> int | None:
    parts = module.split(".")
    return FLOORS.index(parts[1]) if len(parts) > 1 and parts[1] in FLOORS else None


def _upward(graph: dict[str, set[str]]) -> list[str]:
    return [
        f"{module} imports {target}"
        for module, targets in graph.items()
        for target in targets
        if (here := _floor(module)) is not None
        and (there := _floor(target)) is not None
        and there > here
    ]


def _cycle(graph: dict[str, set[str]]) -> list[str]:
    done: set[str] = set()

    def visit(module: str, trail: list[str]) -> list[str]:
        if module in trail:
            return [*trail[trail.index(module) :], module]
        if module in done:
            return []
        for target in sorted(graph[module] - {module}):
            if found := visit(target, [*trail, module]):
                return found
        done.add(module)
        return []

    return next((found for module in sorted(graph) if (found := visit(module, []))), [])


def test_every_module_stands_on_a_floor() -> None:
    loose = [name for name in _graph() if _floor(name) is None]
    assert loose == ["docpipe", "docpipe.__main__"]


def test_imports_run_downwards() -> None:
    assert _upward(_graph()) == []


def test_imports_run_in_no_circle() -> None:
    graph = {
        m: {t for t in targets if not m.startswith(t + ".")} for m, targets in _graph().items()
    }
    assert _cycle(graph) == []


def test_the_checks_of_the_house_can_fail() -> None:
    assert _upward({"docpipe.standards.money": {"docpipe.cli.main"}, "docpipe.cli.main": set()})
    assert _cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]


def test_only_the_door_calls_git() -> None:
    others = [
        path.name
        for path in MODULES
        if path.parent != SOURCE / "adapters" / "git"
        and any(i == "git" or i.startswith("git.") for i in _imports(path))
    ]
    assert others == []


def test_nobody_passes_by_the_door() -> None:
    inner = "docpipe.adapters.git."
    passing = [
        f"{module} imports {target}"
        for module, targets in _graph().items()
        for target in targets
        if target.startswith(inner) and not module.startswith(inner[:-1])
    ]
    assert passing == []


def _offered(package: str) -> list[str]:
    """The names that a package imports from its own modules: those are for everybody."""
    source = Path(str(import_module(package).__file__)).read_text(encoding="utf-8")
    imports = [node for node in ast.parse(source).body if isinstance(node, ast.ImportFrom)]
    return [alias.asname or alias.name for node in imports for alias in node.names]


def test_no_module_hides_what_its_package_offers() -> None:
    hidden = [
        f"{module}.{name}"
        for module in ("docpipe.adapters.git", "docpipe.adapters.schemas", "docpipe.diagnostics")
        for name in _offered(module)
        if isinstance(getattr(import_module(module), name), ModuleType)
    ]
    assert hidden == []


def _lets_other_digits_through(path: Path) -> Iterator[str]:
    r"""`\d` in a pattern is any script's digit, and isdigit() is true of superscripts, too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in prose and re.search(r"\\[dD]", node.value):
                yield f"{_name(path)}: {node.value}"
        elif isinstance(node, ast.Attribute) and node.attr in ("isdigit", "isdecimal", "isnumeric"):
            yield f"{_name(path)}: {ast.unparse(node)}"


def test_digits_are_0_to_9() -> None:
    assert [found for path in MODULES for found in _lets_other_digits_through(path)] == []
    schemas = sorted((ROOT / "schemas").glob("*.json"))
    assert schemas
    assert [path.name for path in schemas if r"\\d" in path.read_text(encoding="utf-8")] == []


NUMBER_MAKERS = ("int", "float", "Decimal")
NUMBERS_READ = {
    "adapters.git.fsck": {"int(row[2])"},  # a size, as git writes it
    "trust.invariants.documents": {"int(revision)"},  # a number in YAML
    "trust.records_so_far": {"int(match[1])"},
    "trust.formats.places": {"int(told.pop('count'))", "int(told.pop('year', '0'))"},
    "adapters.git.author": {
        "int(offset.total_seconds())", "int(self.when.timestamp())", "int(seconds)",
        "int(hours)", "int(rest)",
    },
    "adapters.git.chains": {"int(match[1])"},
    # what git itself answers, and what is no text
    "adapters.git.maintenance": {"int(rows['count'])", "int(rows['packs'])"},
    "adapters.git.ancestry": {
        "int(listed(repo, [tip], '--count', known=[known])[0])", "int(row.partition(' ')[0])",
    },
    "adapters.git.locking": {"int(patience)"},
    "adapters.git.program": {"int(part)", "int(seconds)"},
    "adapters.git.records": {"int(self._patience)"},
    "adapters.git.object_reader": {"int(head[2])"},
}  # fmt: skip
"""Where text becomes a number in what reads records: text that a pattern of 0 to 9 let through."""


def test_what_is_on_record_becomes_a_number_only_where_its_form_is_known() -> None:
    found: dict[str, set[str]] = {}
    for path in MODULES:
        name = _name(path).removeprefix("docpipe.")
        if name.startswith(("trust.", "adapters.git.")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in NUMBER_MAKERS:
                    found.setdefault(name, set()).add(ast.unparse(node))
    assert found == NUMBERS_READ


def _functions() -> Iterator[tuple[str, int]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno is not None
                yield f"{_name(path)}.{node.name}", node.end_lineno - node.lineno + 1


def test_files_and_functions_stay_small() -> None:
    sizes = [len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES]
    assert sum(sizes) / len(sizes) < 150
    functions = dict(_functions())
    assert sum(functions.values()) / len(functions) < 15
    assert [name for name, size in functions.items() if size > 60] == []


HEAVY = {"docxtpl", "docx", "lxml", "jsonschema", "git", "filelock", "jinja2", "yaml", "num2words",
         "stdnum", "cryptography", "re2"}  # fmt: skip
"""What takes long to import."""


def _imported_by(*arguments: str) -> set[str]:
    """The modules that a command has imported when it is done, in a process of its own."""
    code = (
        "import sys; from docpipe.cli.edge import run; code = run(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_imports_nothing_heavy(argument: str) -> None:
    imported = _imported_by(argument)
    assert "click" in imported
    assert not imported & {*HEAVY, "dataclasses", "tempfile", "shutil", "pathlib", "hashlib"}


def test_a_check_of_known_files_imports_nothing_heavy(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCPIPE_CACHE", str(tmp_path / "cache"))  # other tests fill the common one
    check = ("-C", str(shop), "check", "ZF-2026-0002")
    assert {"jsonschema", "yaml"} <= _imported_by(*check)
    assert not _imported_by(*check) & {*HEAVY, "dataclasses", "json", "hashlib"}


def test_the_wheel_carries_whatever_a_new_workspace_begins_with() -> None:
    from docpipe.workspace.starter_files import FILES, FOLDERS

    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = built["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {name: f"docpipe/_data/{name}" for name in (*FOLDERS, *FILES)}
