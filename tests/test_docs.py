"""The documentation cannot lag behind: made parts are as made, names exist, examples run.

Parts between `<!-- made: WHAT -->` and `<!-- /made -->` are written by `pytest --accept`.
"""

import ast
import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from docpipe.adapters.schemas import fields, validate
from docpipe.adapters.word import package
from docpipe.adapters.word.environment import environment
from docpipe.adapters.word.filters import FILTERS
from docpipe.adapters.yamlfile import load
from docpipe.cli.main import COMMANDS
from docpipe.diagnostics import LANGUAGES
from docpipe.documents.printer import documents
from docpipe.reports.table import WIDTH, width
from docpipe.steps.explain import problems
from docpipe.steps.hosting import SETTINGS
from docpipe.steps.receive import FOLDER, PUSHER, REWRITE
from docpipe.workspace.audience_view import View
from docpipe.workspace.context import context
from docpipe.workspace.figures import (
    agreement,
    answers,
    buying,
    cargo,
    changes,
    clauses,
    consignment,
    declaration,
    goods,
    holdings,
    inspection,
    making,
    marks,
    opinions,
    past_trade,
    remedy,
    satisfaction,
    stocked,
)
from docpipe.workspace.workspace import Workspace
from tests.conftest import ROOT, Run, copy_workspace

SOURCE = ROOT / "src" / "docpipe"
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
MADE = re.compile(r"(<!-- made: (.+?) -->\n)(.*?)(<!-- /made -->)", re.DOTALL)
ORDER = "ZF-2026-0002"
EVERYBODY = ("customer", "supplier", "forwarder", "internal")
FIGURES = {
    "`offer`, `contracted`, `deal`, `bill`": agreement.Agreement,
    "their `lines`": agreement.Line,
    "their `composition`": agreement.PricePart,
    "their `instalments`": agreement.Instalment,
    "`cargo`": cargo.Cargo,
    "`cargo.lines`": cargo.CargoLine,
    "`cargo.pallets_used`": cargo.Pallets,
    "`clauses`": clauses.Clause,
    "`opinions`": opinions.Opinion,
    "their `checks`": opinions.ReviewAnswer,
    "their `conditions`": opinions.Condition,
    "`sampling`": inspection.Sampling,
    "`sampling.classes`": inspection.DefectClass,
    "`sampling.previous`, `sampling.next`": inspection.Neighbour,
    "`past_trade`": past_trade.PastOrder,
    "`trade_totals`": past_trade.TradeTotal,
    "`goods`": goods.Goods,
    "`answers`": answers.Answer,
    "their `points`": answers.Question,
    "`changes`": changes.Changes,
    "`changes.lines`": changes.LineChange,
    "`changes.terms`": changes.Change,
    "`buying`": buying.Purchase,
    "`buying.lines`": buying.BoughtLine,
    "`buying.parts`": buying.PaymentPart,
    "`buying.schedule`": buying.PartDelivery,
    "`making`": making.Making,
    "`making.lines`": making.LinePlan,
    "`making.milestones`": making.Milestone,
    "`stocked`": stocked.Stocked,
    "`stocked.lines`": stocked.StockLine,
    "`stocked.totals`": stocked.StockTotal,
    "`consignment`": consignment.Consignment,
    "`consignment.parcels`": consignment.Parcel,
    "`marks`": marks.Marks,
    "`marks.sides`": marks.SideMark,
    "`declaration`": declaration.Declaration,
    "`declaration.lines`": declaration.Declared,
    "`remedy`": remedy.Remedy,
    "`remedy.affected`, `remedy.solved`": remedy.Concerned,
    "`satisfaction`": satisfaction.Satisfaction,
    "`satisfaction.ratings`": satisfaction.Rating,
    "`holdings`": holdings.Holdings,
}


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _prose(name: str) -> str:
    """The page without its boxes of code and its made parts."""
    text = MADE.sub("", _text(name))
    return re.sub(r"^( *```.*?^ *```|(?:    [^\n]*\n)+)", "", text, flags=re.DOTALL | re.MULTILINE)


@cache
def _workspace() -> Workspace:
    return Workspace(ROOT)


# The made parts


def _table(head: str, rows: list[str]) -> str:
    rule = "|---" * head.count(" | ") + "|---|"
    return "\n".join([f"| {head} |", rule, *(f"| {row} |" for row in rows)])


def _box(command: str, said: str) -> str:
    return f"```console\n$ {command}\n{said.rstrip()}\n```"


def _run(folder: Path, command: str) -> str:
    """What a person sees who types `command`."""
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder, text=True, encoding="utf-8", check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode != 3, done.stdout
    return done.stdout


def _help(tmp: Path, command: str = "") -> str:
    words = f"docpipe {command} --help".replace("  ", " ")
    return _box(words, _run(tmp, words))


def _every_command() -> Iterator[str]:
    """The commands, and below each of them what it is divided into."""
    for name in COMMANDS:
        yield name
        command = import_module(f"docpipe.cli.{name}_command").command
        yield from (f"{name} {below}" for below in getattr(command, "commands", ()))


def _readers(audience: frozenset[str]) -> str:
    everybody = audience == fields.EVERYBODY
    return "everybody" if everybody else ", ".join(a for a in EVERYBODY if a in audience)


def _files(tmp: Path) -> str:
    schemas = _workspace().schemas
    rows = []
    for kind in sorted(schemas.kinds.values(), key=lambda k: (k.scope != "order", k.path)):
        schema = schemas.schema(kind.name)
        title = fields.title(schema)
        readers = _readers(fields.audience(schema))
        rows.append(
            f"`{kind.path}` | {title.en} {title.zh} | `{kind.name}` | {kind.stage} | {readers}"
        )
    return _table("File | Holds | Kind | Stage | Who may see it", rows)


def _documents(tmp: Path) -> str:
    rows = [
        f"{kind.title.en} {kind.title.zh} | `{kind.id}` | {kind.audience} | {kind.stage} "
        f"| {kind.per} | {', '.join(kind.needs)}"
        for kind in _workspace().documents.values()
    ]
    return _table("Document | Kind | Reader | Stage | One for each | Needs", rows)


def _narrower(schema: fields.Field, name: str, seen: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Fields that fewer may see than what is around them."""
    here = fields.audience(schema) & seen
    if here != seen and name:
        yield _readers(here), name.lstrip(".")
    for field, entry in schema.get("properties", {}).items():
        yield from _narrower(entry, f"{name}.{field}", here)
    if isinstance(schema.get("items"), dict):
        yield from _narrower(schema["items"], name, here)


def _kept(tmp: Path) -> str:
    schemas, rows = _workspace().schemas, []
    for kind in schemas.kinds:
        schema = schemas.schema(kind)
        by_readers: dict[str, list[str]] = {}
        for readers, name in _narrower(schema, "", fields.audience(schema)):
            by_readers.setdefault(readers, []).append(f"`{name}`")
        for readers, names in sorted(by_readers.items()):
            rows.append(f"`{kind}` | {readers} | {', '.join(names)}")
    return _table("In | Only for | Fields", rows)


def _names(tmp: Path) -> str:
    workspace = _workspace()
    told = _first_cells(MADE.sub("", _section("docs/templates.md", "Names")))
    rows = []
    for kind in workspace.schemas.kinds.values():
        if (kind.scope == "order" or kind.of) and kind.name not in told:
            title = fields.title(workspace.schemas.schema(kind.name))
            whose = "the one that this document is about"
            if kind.literal:
                whose = "the order's"
            elif "{shipment}" in kind.path:
                whose = "of this document's shipment"
            rows.append(f"`{kind.name}` | {title.en} {title.zh}, {whose} | `{kind.path}`")
    return _table("Name | What it is | File", rows)


def _attributes(figure: type) -> list[str]:
    own = [*getattr(figure, "_fields", ())]
    own += [
        name
        for name, value in vars(figure).items()
        if isinstance(value, property | cached_property)
    ]
    return [f"`{name}`" for name in own]


def _figures(tmp: Path) -> str:
    rows = [
        f"{name} | {(figure.__doc__ or '').splitlines()[0]} | {', '.join(_attributes(figure))}"
        for name, figure in FIGURES.items()
    ]
    return _table("Name | What | Has", rows)


def _spoilt(tmp: Path) -> Path:
    """The sample shop, where a carton of the first line holds 23 instead of 24."""
    shop = copy_workspace(tmp / "shop")
    (packing,) = shop.glob(f"orders/*/*/{ORDER}/shipments/1/packing.yaml")
    text = packing.read_text(encoding="utf-8")
    assert text.count("per_carton: 24") == 1
    packing.write_text(text.replace("per_carton: 24", "per_carton: 23"), encoding="utf-8")
    return shop


def _check(tmp: Path, lang: str = "") -> str:
    command = f"docpipe {lang} check {ORDER}".replace("  ", " ")
    return _box(command, _run(_spoilt(tmp), command))


def _template_error(tmp: Path) -> str:
    shop = copy_workspace(tmp / "shop")
    path = shop / "templates" / "quotation.docx"
    parts = package.read(path.read_bytes(), path.name)
    document = parts["word/document.xml"]
    assert b"{{ quotation.valid_until |" in document
    slip = document.replace(b"{{ quotation.valid_until", b"{{ quotation.valid")
    parts["word/document.xml"] = slip
    path.write_bytes(package.write(parts))
    command = f"docpipe render {ORDER} --doc quotation"
    return _box(command, _run(shop, command))


def _repository(tmp: Path) -> Path:
    """The sample shop, saved by its salesperson."""
    shop = copy_workspace(tmp / "shop")
    for words in (
        ["init", "--quiet", "--initial-branch=main"],
        ["config", "user.name", "Lin Yang"],
        ["config", "user.email", "lin.yang@zefan.example"],
        ["add", "--all"],
        ["commit", "--quiet", "--message", "Begin"],
    ):
        subprocess.run(["git", *words], cwd=shop, check=True)
    return shop


def _save(tmp: Path) -> str:
    """Two changes of prices, saved; the commit's name depends on the clock and is left open."""
    shop = _repository(tmp)
    path = shop / "orders/2026/03" / ORDER / "quotation.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("price: 3.53", "price: 3.55").replace(
        "valid_until: 2026-04-05", "valid_until: 2026-04-20"
    )
    path.write_text(text, encoding="utf-8")
    command = f'docpipe save {ORDER} -m "Price as agreed by phone"'
    return _box(command, re.sub(r"\b[0-9a-f]{10}\b", "8c1f0a2b3d", _run(shop, command)))


def _undo(tmp: Path) -> str:
    """Two orders in one save, of which one is taken out; the days are left open."""
    shop, shared = _repository(tmp), tmp / "shared.git"
    for words in (["clone", "--quiet", "--bare", str(shop), str(shared)],
                  ["-C", str(shop), "remote", "add", "origin", str(shared)]):  # fmt: skip
        subprocess.run(["git", *words], check=True)
    for name, old, new in (
        (f"orders/2026/03/{ORDER}/quotation.yaml", "until: 2026-04-05", "until: 2026-04-20"),
        ("orders/2026/04/ZF-2026-0003/order.yaml", "channel: ", "channel:  "),
    ):
        path = shop / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    _run(shop, 'docpipe save -m "Price as agreed by phone"')
    said = _run(shop, f"docpipe undo {ORDER}")
    return _box(f"docpipe undo {ORDER}", re.sub(r"  20\d\d-\d\d-\d\d  ", "  2026-03-20  ", said))


def _approvals(tmp: Path) -> str:
    """A contract approved by legal, whose price is another one now; the day is left open."""
    shop = _repository(tmp)
    for words in (["user.name", "Gu Fa"], ["user.email", "gu.fa@zefan.example"]):
        subprocess.run(["git", "config", *words], cwd=shop, check=True)
    _run(shop, f'docpipe approve {ORDER} sales-contract --comment "Law agreed"')
    path = shop / "orders/2026/03" / ORDER / "contract.yaml"
    text = path.read_text(encoding="utf-8")
    assert "price: 2.70" in text
    path.write_text(text.replace("price: 2.70", "price: 2.72"), encoding="utf-8")
    command = f"docpipe approvals {ORDER}"
    return _box(
        command, re.sub(r"20\d\d-\d\d-\d\d \d\d:\d\d", "2026-03-16 09:30", _run(shop, command))
    )


def _sync(tmp: Path) -> str:
    """Two colleagues changed the same field; the days are left open."""
    lin, shared = _repository(tmp), tmp / "shared.git"
    colleague = tmp / "colleague"
    for words in (
        ["clone", "--quiet", "--bare", str(lin), str(shared)],
        ["clone", "--quiet", str(shared), str(colleague)],
        ["-C", str(lin), "remote", "add", "origin", str(shared)],
        ["-C", str(colleague), "config", "user.name", "Zhou Mo"],
        ["-C", str(colleague), "config", "user.email", "zhou.mo@zefan.example"],
    ):
        subprocess.run(["git", *words], check=True)
    for shop, day in ((colleague, "20"), (lin, "25")):
        path = shop / "orders/2026/03" / ORDER / "quotation.yaml"
        text = path.read_text(encoding="utf-8").replace(
            "until: 2026-04-05", f"until: 2026-04-{day}"
        )
        path.write_text(text, encoding="utf-8")
        _run(shop, "docpipe save -m Price")
    subprocess.run(["git", "push", "--quiet", "origin", "main"], cwd=colleague, check=True)
    said = _run(lin, "docpipe sync")
    return _box("docpipe sync", re.sub(r", 20\d\d-\d\d-\d\d\)", ", 2026-03-20)", said))


MAKERS: dict[str, Callable[[Path], str]] = {
    "files": _files,
    "documents": _documents,
    "kept": _kept,
    "names": _names,
    "figures": _figures,
    "template error": _template_error,
    "check": _check,
    "save": _save,
    "undo": _undo,
    "sync": _sync,
    "approvals": _approvals,
    "check zh": lambda tmp: _check(tmp, "--lang zh"),
    "help": _help,
    **{f"help {name}": (lambda tmp, name=name: _help(tmp, name)) for name in _every_command()},
}
MADE_PARTS = [(name, hit[2]) for name in NAMES for hit in MADE.finditer(_text(name))]


@pytest.mark.parametrize(("name", "what"), MADE_PARTS)
def test_made_parts_are_as_made(
    name: str, what: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    made = f"{MAKERS[what](tmp_path)}\n"
    text = _text(name)
    (found,) = [hit[3] for hit in MADE.finditer(text) if hit[2] == what]
    if request.config.getoption("--accept"):
        head, tail = f"<!-- made: {what} -->\n", "<!-- /made -->"
        (ROOT / name).write_text(
            text.replace(f"{head}{found}{tail}", f"{head}{made}{tail}"), encoding="utf-8"
        )
        found = made
    assert found == made, "write it anew: python -m pytest tests/test_docs.py --accept"


def test_every_command_is_documented() -> None:
    sections = re.findall(r"^## docpipe ?(\w*)$", _text("docs/commands.md"), re.MULTILINE)
    assert sections == ["", *COMMANDS]
    made = [w for name, w in MADE_PARTS if name == "docs/commands.md" and w.startswith("help")]
    assert made == ["help", *(f"help {command}" for command in _every_command())]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str, tmp_path: Path) -> None:
    assert f"    docpipe {command}" in _run(tmp_path, f"docpipe {command} --help")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_fits_a_terminal(lang: str, tmp_path: Path) -> None:
    for command in ("", *_every_command()):
        said = _run(tmp_path, f"docpipe --lang {lang} {command} --help")
        assert [line for line in said.splitlines() if width(line) > WIDTH] == []


# Links


def _anchor(heading: str) -> str:
    """As GitHub makes it."""
    kept = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).strip().lower())
    return kept.replace(" ", "-")


def _anchors(name: str) -> set[str]:
    return {_anchor(h) for h in re.findall(r"^#+ (.+)$", _text(name), re.MULTILINE)}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", _prose(name)):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        path = ((ROOT / name).parent / file).resolve() if file else ROOT / name
        assert path.exists(), target
        if anchor:
            assert anchor in _anchors(path.relative_to(ROOT).as_posix()), target


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, todo = set(), ["README.md"]
    while todo:
        name = todo.pop()
        seen.add(name)
        for file in re.findall(r"\]\(([^)\s#:]+\.md)", _text(name)):
            target = ((ROOT / name).parent / file).resolve().relative_to(ROOT).as_posix()
            if target not in seen:
                todo.append(target)
    assert set(NAMES) <= seen


# Names of code


CODE_PAGES = [n for n in NAMES if n.startswith(("docs/adr", "docs/how", "CONTRIBUTING"))]
BASES = (ROOT, SOURCE, ROOT / "schemas", ROOT / "tests")
FACT = re.compile(r"`(\w+): ([\w.]+)`")
INVENTED = {"schemas/origin.schema.json", "templates/origin-request.docx", "expected.txt"}
WORDS = {"true", "false", "null", "en", "zh", "git", "make", "NO"}


@cache
def _code() -> set[str]:
    """Every name that the code, the schemas and the Makefile define."""
    names = set(WORDS) | set(COMMANDS) | set(problems()) | fields.EVERYBODY
    files = [*SOURCE.rglob("*.py"), *(ROOT / "tests").glob("*.py"), *(ROOT / "tools").rglob("*.py")]
    for path in files:
        names.add(path.stem)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Name | ast.arg | ast.Attribute | ast.keyword):
                kind = {ast.Name: "id", ast.Attribute: "attr"}.get(type(node), "arg")
                names.add(str(getattr(node, kind)))
    for path in (ROOT / "schemas").glob("*.json"):
        names.add(path.name.removesuffix(".schema.json"))
        names.update(re.findall(r'"([\w-]+)":', path.read_text(encoding="utf-8")))
    return names | set(re.findall(r"^(\w+):", _text("Makefile"), re.MULTILINE))


def _exists(word: str) -> bool:
    if word in INVENTED or any((base / word).exists() for base in BASES):
        return True
    schemas = _workspace().schemas
    if any(schemas.match(word, scope) for scope in ("order", "workspace")):
        return True
    if "/" in word:
        return "<" in word or word == "build/"
    return all(part in _code() for part in word.removesuffix("()").split("."))


@pytest.mark.parametrize("name", CODE_PAGES)
def test_names_in_backticks_exist(name: str) -> None:
    quoted = re.findall(r"`([^`\n]+)`", _prose(name))
    words = [word for word in quoted if re.fullmatch(r"[\w./<>-]*[A-Za-z][\w./<>-]*(\(\))?", word)]
    numbers = re.compile(r"[\d.]+|ZF-.*|\d.*|--.*")
    missing = [w for w in words if not numbers.fullmatch(w) and not _exists(w)]
    assert missing == []
    commands = [word.split()[1] for word in quoted if re.match(r"docpipe [a-z]", word)]
    assert set(commands) <= set(COMMANDS)
    targets = [word.split()[1] for word in quoted if re.match(r"make [a-z]", word)]
    assert all(f"\n{target}:" in _text("Makefile") for target in targets)


def _defined(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("name", CODE_PAGES)
def test_what_is_said_to_be_in_a_file_is_there(name: str) -> None:
    said = re.findall(r"`([\w.]+)(?:\(\))?`\s+(?:in|\()\s*`([\w/]+\.py)`", _prose(name))
    for word, file in said:
        path = next(base / file for base in BASES if (base / file).exists())
        assert set(word.split(".")) <= _defined(path), f"{word} in {file}"
    assert len(said) > 20 or name != "docs/how-it-works.md"


@pytest.mark.parametrize("name", ["docs/hosting.md", "docs/trust.md", "docs/witness.md"])
def test_commands_and_settings_that_administrators_read_of_exist(name: str) -> None:
    said = _text(name)
    commands = set(re.findall(r"(?:`|^    |^|[/'&] ?)docpipe ([a-z]+)", said, re.MULTILINE))
    assert commands
    assert commands <= set(COMMANDS)
    known = {FOLDER, PUSHER, REWRITE}
    assert {
        f"docpipe.{word.lower()}" for word in re.findall(r"docpipe\.([a-zA-Z]+)", said)
    } <= known
    settings = re.findall(r"`((?:receive|core)\.\w+)`", said)
    assert {each.lower() for each in settings} <= {
        *map(str.lower, SETTINGS),
        "receive.denynonfastforwards",
    }


# Data, templates, dependencies


def test_the_owners_of_facts_exist() -> None:
    owners = FACT.findall(_text("docs/data.md"))
    assert len(owners) > 30
    for kind, dotted in owners:
        schema: fields.Field = _workspace().schemas.schema(kind)
        for part in dotted.split("."):
            schema = fields.child(schema, part) or fields.child(fields.child(schema, 0), part)
            assert schema, f"{kind}: {dotted}"


def _section(name: str, heading: str) -> str:
    return _text(name).split(f"\n## {heading}\n")[1].split("\n## ")[0]


def _first_cells(text: str) -> set[str]:
    rows = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([\w-]+)", row)}


def _context_names() -> set[str]:
    workspace, names = _workspace(), {"range"}
    for folder in workspace.order_folders:
        order = workspace.order(folder)
        for document in documents(workspace, order, workspace.documents.values()):
            names |= context(View(workspace, order, "internal"), document.edition).keys()
    return names


def test_every_name_of_a_template_is_documented() -> None:
    assert _first_cells(_section("docs/templates.md", "Names")) == _context_names()


def test_every_filter_is_documented() -> None:
    section = _section("docs/templates.md", "Filters")
    assert _first_cells(section) == set(FILTERS)
    own = re.findall(r"`(\w+)`", section.split("Jinja's own:")[1])
    assert sorted([*own, *FILTERS]) == sorted(environment().filters)


def test_every_dependency_has_its_reason() -> None:
    project: dict[str, Any] = tomllib.loads(_text("pyproject.toml"))["project"]
    wanted = {"At run time": project["dependencies"]}
    wanted["For tests"] = project["optional-dependencies"]["test"]
    wanted["For lint"] = project["optional-dependencies"]["lint"]
    for heading, requirements in wanted.items():
        names = {re.split(r"[<>=~! ]", each)[0] for each in requirements}
        assert _first_cells(_section("docs/dependencies.md", heading)) == names


# Examples

RUN_RULE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from docpipe.rules import engine, packing
from docpipe.rules.check import check_order
from docpipe.workspace.workspace import Workspace

exec(Path(sys.argv[1]).read_text(encoding="utf-8"), vars(packing))
workspace = Workspace(Path("."))
(folder,) = workspace.select([sys.argv[2]], Path("."))
for diagnostic in check_order(workspace, folder, datetime.now(UTC)).diagnostics:
    print(diagnostic.code, diagnostic.message("en"))
"""


def _example(language: str, start: str) -> str:
    boxes = re.findall(rf"```{language}\n(.*?)```", _text("CONTRIBUTING.md"), re.DOTALL)
    return next(text for box in boxes if (text := textwrap.dedent(box)).lstrip().startswith(start))


def test_the_example_of_a_rule_works(shop: Path, tmp_path: Path) -> None:
    rule = tmp_path / "rule.py"
    rule.write_text(_example("python", "@order_rule"), encoding="utf-8")
    loaded = load(_example("yaml", "says:").encode(), "case.yaml").root
    assert loaded is not None
    (change,) = loaded.rows("changes")
    (packing,) = shop.glob(f"orders/*/*/{ORDER}/{change.text('file')}")
    text = re.sub(r"^packed:.*\n", "", packing.read_text(encoding="utf-8"), flags=re.MULTILINE)
    packing.write_text(text + change.text("append"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN_RULE, rule, ORDER],
        cwd=shop, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "PCK90 Packed on 2026-01-05, before the order" in done.stdout, done.stderr


def test_the_example_of_a_document_fits_the_catalogue() -> None:
    entry = load(("documents:\n" + _example("yaml", "- id:")).encode(), "catalogue.yaml")
    assert entry.root is not None
    assert entry.diagnostics == []
    assert validate(entry.root, _workspace().schemas.schema("catalogue")) == []


BLANKS = {
    "valid_until:": "valid_until: 2027-01-31",
    "quantity: , price: ": "quantity: 1200, price: 2.70",
    "  goods:": "  goods: 3240.00",
    "{id: , method: , percent: , when: }": "{id: all, method: T/T, percent: 100, when: deposit}",
}


def _commands(name: str) -> list[str]:
    """The commands of a readme's boxes, in their order."""
    boxes = re.findall(r"^```sh\n(.*?)^```", _text(name), re.DOTALL | re.MULTILINE)
    lines = [line.split("  #")[0].strip() for box in boxes for line in box.splitlines()]
    return [line for line in lines if line]


def test_the_readme_s_first_workspace_works(tmp_path: Path, docpipe: Run) -> None:
    """As written: the check names the blanks; once they are filled in, four documents are made."""
    folder = tmp_path / "clone"
    folder.mkdir()
    commands = _commands("README.md")
    for command in commands[commands.index(". .venv/bin/activate") + 1 :]:
        words = shlex.split(command)
        if words[0] == "cd":
            folder = (folder / words[1]).resolve()
            continue
        done = docpipe(*words[1:], cwd=folder)
        assert done.returncode == (1 if words[1] == "check" else 0), command + done.stderr
        if words[1] == "check":
            assert len(done.stdout.splitlines()) >= len(BLANKS)
            _fill_in(folder)
            assert docpipe(*words[1:], cwd=folder).stdout == ""
    made = sorted(path.name for path in (folder / "build").rglob("*.docx"))
    names = ("customer-profile", "order-sheet", "proforma-invoice", "quotation")
    assert made == [f"{name}.docx" for name in names]


def _fill_in(folder: Path) -> None:
    (path,) = folder.glob("orders/*/*/*/quotation.yaml")
    text = path.read_text(encoding="utf-8")
    for blank, value in BLANKS.items():
        blank_here = re.compile(rf"^(.*){re.escape(blank)}( *}}?)$", re.MULTILINE)
        text, count = blank_here.subn(rf"\g<1>{value}\2", text)
        assert count == 1, blank
    path.write_text(text, encoding="utf-8")


def test_both_readmes_show_the_same_commands() -> None:
    assert _commands("README.md") == _commands("README.zh-CN.md")
