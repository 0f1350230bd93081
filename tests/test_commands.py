"""The command line as people use it: anywhere, in both languages, on terminals, in pipes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run, on_a_terminal

ORDER = "ZF-2026-0002"
FOLDER = f"orders/2026/03/{ORDER}"


def spoil(shop: Path, file: str, find: str, put: str) -> None:
    """Change one place of an order's file."""
    path = shop / FOLDER / file
    text = path.read_text(encoding="utf-8")
    assert text.count(find) == 1
    path.write_text(text.replace(find, put), encoding="utf-8")


def test_the_samples_have_no_errors(docpipe: Run, shop: Path) -> None:
    done = docpipe("check", cwd=shop)
    assert done.returncode == 0, done.stdout
    assert all(re.search(r": (warning|note): ", line) for line in done.stdout.splitlines())


def test_a_clean_order_has_no_findings(docpipe: Run, shop: Path) -> None:
    done = docpipe("check", ORDER, cwd=shop)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 order checked: no findings\n"


def test_a_finding_names_place_code_and_remedy(docpipe: Run, shop: Path) -> None:
    spoil(shop, "shipments/1/packing.yaml", "per_carton: 24", "per_carton: 25")
    done = docpipe("check", ORDER, cwd=shop)
    assert done.returncode == 1
    line = next(line for line in done.stdout.splitlines() if "PCK03" in line)
    assert re.match(rf"{FOLDER}/shipments/1/packing\.yaml:\d+:\d+: PCK03: ", line)
    assert "25,000" in line
    assert "24,000" in line
    assert "contract.yaml:" in line


def test_findings_speak_chinese(docpipe: Run, shop: Path) -> None:
    spoil(shop, "contract.yaml", "prevailing_language: en", "prevailing_lang: en")
    done = docpipe("--lang", "zh", "check", ORDER, cwd=shop)
    assert "缺少“prevailing_language”" in done.stdout
    assert "这里没有“prevailing_lang”这个字段" in done.stdout
    assert docpipe("check", ORDER, cwd=shop, DOCPIPE_LANG="zh").stdout == done.stdout


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        (ORDER, "."),
        ("ZF-2026-*2", "."),
        (FOLDER, "."),
        (".", FOLDER),
        ("review", FOLDER),
        (ORDER, "customers"),
    ],
)
def test_orders_are_found_by_number_glob_and_path(
    docpipe: Run, shop: Path, name: str, inside: str
) -> None:
    done = docpipe("list", name, cwd=shop / inside)
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == [ORDER], done.stderr


def test_an_unknown_order_is_told(docpipe: Run, shop: Path) -> None:
    done = docpipe("check", "ZF-1999-0001", cwd=shop)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == 'docpipe: There is no order "ZF-1999-0001"'


def test_outside_a_workspace_the_way_in_is_told(docpipe: Run, tmp_path: Path) -> None:
    done = docpipe("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "docpipe init" in done.stderr


def test_rendering_leaves_out_broken_orders_and_writes_the_rest(docpipe: Run, shop: Path) -> None:
    spoil(shop, "contract.yaml", "prevailing_language: en", "prevailing_language: [")
    done = docpipe("render", cwd=shop)
    assert done.returncode == 1
    assert f"{ORDER}: left out" in done.stderr
    assert not (shop / "build" / ORDER).exists()
    assert (shop / "build" / "ZF-2026-0001").is_dir()


def test_a_draft_is_made_despite_rule_findings_and_says_so(docpipe: Run, shop: Path) -> None:
    spoil(shop, "shipments/1/packing.yaml", "per_carton: 24", "per_carton: 25")
    done = docpipe("render", ORDER, "--doc", "packing-list", cwd=shop)
    assert done.returncode == 0
    assert "drafts made, but it has" in done.stderr
    assert [p.name for p in (shop / "build" / ORDER).iterdir()] == ["packing-list-1.docx"]


def test_without_libreoffice_the_docx_are_written_and_the_way_to_get_it_is_told(
    docpipe: Run, shop: Path
) -> None:
    done = docpipe("render", ORDER, "--doc", "quotation", "--pdf", cwd=shop, PATH="/nonexistent")
    assert done.returncode == 4
    assert (shop / "build" / ORDER / "quotation.docx").is_file()
    assert all(word in done.stderr for word in ("apt install", "brew install", "winget install"))


def test_an_unknown_document_kind_is_told_with_the_known_ones(docpipe: Run, shop: Path) -> None:
    done = docpipe("render", "--doc", "qotation", cwd=shop)
    assert done.returncode == 2
    assert "Did you mean quotation?" in done.stderr
    assert "quotation, proforma-invoice" in docpipe("render", "--doc", "xyz", cwd=shop).stderr


def test_a_new_workspace_takes_an_order_from_start_to_documents(
    docpipe: Run, tmp_path: Path
) -> None:
    assert docpipe("init", "shop", cwd=tmp_path).returncode == 0
    shop = tmp_path / "shop"
    done = docpipe("new", "ZF-2026-0100", "--customer", "MFANO", "--product", "FLASK-750", cwd=shop)
    assert done.returncode == 0, done.stderr
    assert docpipe("check", cwd=shop).returncode == 0
    assert docpipe("render", cwd=shop).returncode == 0
    again = docpipe("new", "ZF-2026-0100", "--customer", "MFANO", cwd=shop)
    assert again.returncode == 2
    assert "already" in again.stderr
    near = docpipe("new", "ZF-2026-0101", "--customer", "mfano", cwd=shop)
    assert (near.returncode, near.stderr.splitlines()[1]) == (2, "Did you mean MFANO?")


def test_init_touches_no_folder_with_something_in_it(docpipe: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = docpipe("init", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def _kinds() -> list[str]:
    from docpipe.steps.add import addable
    from docpipe.workspace.workspace import Workspace
    from tests.conftest import ROOT

    return addable(Workspace(ROOT))


@pytest.mark.parametrize("kind", _kinds())
def test_every_kind_of_file_can_be_added_and_reads_back(
    docpipe: Run, shop: Path, kind: str
) -> None:
    """What `add` writes is valid YAML whose only findings are facts still to be filled in."""
    docpipe("new", "ZF-2026-0100", "--customer", "MFANO", "--product", "FLASK-750", cwd=shop)
    name = ["--name", "1"] if kind in ("amendment", "purchase", "feedback") else []
    name = ["--name", "2026-04-01"] if kind == "progress" else name
    done = docpipe("add", kind, "ZF-2026-0100", *name, cwd=shop)
    assert done.returncode == 0, done.stderr
    said = docpipe("check", "ZF-2026-0100", cwd=shop).stdout
    assert not re.search(r"YAML\d|SCH02|FILE\d", said), said


def test_add_never_overwrites(docpipe: Run, shop: Path) -> None:
    before = (shop / FOLDER / "quotation.yaml").read_bytes()
    done = docpipe("add", "quotation", ORDER, cwd=shop)
    assert done.returncode == 1
    assert "already exists" in done.stderr
    assert (shop / FOLDER / "quotation.yaml").read_bytes() == before


def test_explain_prints_the_manual_page_of_every_code(docpipe: Run, shop: Path) -> None:
    codes = [line.split()[0] for line in docpipe("explain", cwd=shop).stdout.splitlines()]
    assert len(codes) > 50
    assert docpipe("explain", "pck03", cwd=shop).stdout.startswith("PCK03 (error)")
    assert "装箱" in docpipe("explain", "PCK03", cwd=shop, DOCPIPE_LANG="zh").stdout
    unknown = docpipe("explain", "PCK99", cwd=shop)
    assert unknown.returncode == 2
    assert "Did you mean PCK" in unknown.stderr


def test_a_misspelt_command_is_answered_with_the_nearest(docpipe: Run, shop: Path) -> None:
    done = docpipe("chekc", cwd=shop)
    assert done.returncode == 2
    assert "Did you mean check?" in done.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tables_fit_eighty_columnson_a_terminal(shop: Path, lang: str) -> None:
    from docpipe.reports.table import width

    shown = on_a_terminal(shop, "--lang", lang, "list", NO_COLOR="1")
    lines = shown.splitlines()
    assert len(lines) > 2
    assert max(width(line) for line in lines) <= 80
    assert "\x1b" not in shown


def test_colour_is_for_terminals_only(docpipe: Run, shop: Path) -> None:
    assert "\x1b[" in on_a_terminal(shop, "list", TERM="xterm")
    assert "\x1b[" not in docpipe("list", cwd=shop).stdout


def test_a_closed_pipe_ends_quietly(shop: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" -m docpipe explain | head -1', sys.executable],
        cwd=shop,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
