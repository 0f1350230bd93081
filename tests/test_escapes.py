"""What stands in data, names and words never acts on a terminal or in a spreadsheet."""

import ast
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from docpipe.diagnostics import DocpipeError, Text, visible
from tests.adapters.git.kit import git
from tests.conftest import Run, copy_workspace
from tests.issuing import kept
from tests.test_structure import MODULES, SOURCE

ORDER = "ZF-2026-0002"
FOLDER = "orders/2026/03/ZF-2026-0002"
ACTING = [chr(c) for c in (*range(9), *range(11, 32), *range(127, 160), 0x61C, 0x200E, 0x200F,
                           *range(0x202A, 0x202F), *range(0x2066, 0x206A))]  # fmt: skip
BAD = "\x1b]0;x\x07\u202egnp\u2066\x9b2J\u061c"


def quiet(text: str) -> bool:
    return not set(ACTING) & set(text)


@pytest.mark.parametrize("char", ACTING, ids=ascii)
def test_what_acts_is_spelt_as_json_spells_it(char: str) -> None:
    assert visible(f"a{char}b") == f"a\\u{ord(char):04x}b"
    assert json.loads(visible(json.dumps(char, ensure_ascii=False))) == char


def test_words_of_people_stay() -> None:
    words = "青岛泽帆\u3000进出口\tÅsa Müller\nРоссия 👩\u200d🔧 می\u200cخواهم \xa0"
    assert visible(words) == words
    assert visible("\U000e0041\udc80") == "\\udb40\\udc41\\udc80"


def test_data_make_no_line_of_their_own() -> None:
    told = Text("No {name}", "没有 {name}"), Text("Hint", "提示")
    error = DocpipeError(*told, name="a\r\nb\u2028c\td")
    assert error.say("en") == "No a b c d\nHint"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the name of a customer, a file, an author and a save all act."""
    shop = copy_workspace(tmp_path_factory.mktemp("hostile") / "shop")
    for sheet in (shop / "customers").iterdir():
        text = sheet.read_text(encoding="utf-8")
        sheet.write_text(
            text.replace("name: {en: ", "name: {en: \u202egnp\u2066"), encoding="utf-8"
        )
    (shop / FOLDER / "x\x1b[2J\u202e.yaml").write_text("a: 1\n", encoding="utf-8")
    kept(shop)
    git(shop, "commit", "--quiet", "--allow-empty", "-m", "Before")
    sheet = shop / FOLDER / "contract.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("price: 2.70", "price: 2.72"), "utf-8")
    git(shop, "commit", "--quiet", "-am", f"Dearer {BAD}", GIT_AUTHOR_NAME=f"林{BAD}")
    return shop


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("check",),
        ("check", BAD),
        ("history", BAD),
        ("history", ORDER),
        ("history", ORDER, "--json"),
        ("diff", ORDER),
        ("show", ORDER),
        ("show", f"{ORDER}@{BAD}"),
        ("approvals", ORDER),
        ("issued", ORDER),
        ("log", "--person", BAD),
        ("explain", BAD),
        (BAD,),
        ("render", ORDER, f"--{BAD}"),
        ("-C", BAD, "list"),
        ("save", "--message", BAD),
        ("identity",),
    ],
    ids=lambda words: ascii(words[:2]),
)
def test_no_command_lets_it_through(inside: Run, hostile: Path, words: tuple[str, ...]) -> None:
    done = inside(*words, cwd=hostile)
    assert done.returncode in (0, 1, 2, 4), done.stderr
    assert quiet(done.stdout + done.stderr)
    if words[0] in ("list", "check") and len(words) == 1:
        assert "\\u202e" in done.stdout
    if "--json" in words:
        assert "\u202egnp\u2066" in json.dumps(json.loads(done.stdout), ensure_ascii=False)


def test_a_reason_is_no_formula_and_does_not_act(inside: Run, hostile: Path) -> None:
    for reason in (f"=1+1{BAD}", "＝1+1", "plain"):
        assert inside("show", ORDER, "--reason", reason, cwd=hostile).returncode == 0
    for form in ((), ("--json",), ("--csv",)):
        done = inside("log", *form, cwd=hostile)
        assert done.returncode == 0, done.stderr
        assert quiet(done.stdout.replace("\r\n", "\n")), form
    cells = [row["reason"] for row in csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff")))]
    assert cells[-1] == "plain"
    assert [cell[:3] for cell in cells[-3:-1]] == ["'=1", "'＝1"]
    assert "\\u202e" in cells[-3]


def _ways_out(path: Path) -> Iterator[str]:
    """Where a module writes to a terminal by itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in ("print", "click.echo", "click.secho", "click.style") or (
                called.startswith(("sys.stdout", "sys.stderr")) and "write" in called
            ):
                yield f"{path.relative_to(SOURCE)}: {called}"


def test_there_is_one_way_out() -> None:
    found = [way for path in MODULES for way in _ways_out(path)]
    assert {way.partition(": ")[0] for way in found} == {"cli/terminal.py"}
