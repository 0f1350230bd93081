"""However much is wrong: what is told and held of it has an end, and says what is left."""

import json
import subprocess
from pathlib import Path

from docpipe.diagnostics import Diagnostic, Place, Severity
from docpipe.workspace import problems
from docpipe.workspace.held import MOST, OF_A_FILE, Held
from tests.adapters.git.kit import git
from tests.conftest import Run
from tests.issuing import FOLDER, kept


def _many(file: str, count: int) -> list[Diagnostic]:
    return [Diagnostic(Place(file, line), problems.STRANGER) for line in range(1, count + 1)]


def test_the_gravest_of_a_file_are_held_and_the_others_counted() -> None:
    grave = Diagnostic(Place("a.yaml", 900), problems.LINK)
    told = Held([*_many("a.yaml", 150), grave, *_many("b.yaml", OF_A_FILE)]).told()
    assert [d.place.line for d in told if d.place.file == "a.yaml"] == [1, *range(1, 100), 900]
    assert [d.message("en") for d in told if d.code == "FILE06"] == [
        "51 more findings in this file are not listed"
    ]
    assert len(told) == 2 * OF_A_FILE + 1
    assert Held(told).told() == told
    again = Held(told)
    again.add(told)
    more = [d.params["count"] for d in again.told() if d.code == "FILE06"]
    assert more == [202, 100]


def test_of_many_files_so_many_are_held_at_any_time() -> None:
    held = Held()
    for number in range(10_000):
        held.add(_many(f"{number:05}.yaml", 3))
        assert len(held._found) <= 2 * MOST
    told = held.told()
    assert len(told) == MOST + 1
    assert told[-1].message("en") == "28,000 more findings in all files are not listed"
    assert told[-1].severity == Severity.NOTE


def test_a_file_full_of_errors_is_told_by_a_hundred(inside: Run, shop: Path) -> None:
    sheet = shop / FOLDER / "order.yaml"
    extra = "".join(f"x{number}: 1\n" for number in range(5_000))
    sheet.write_text(sheet.read_text("utf-8") + extra, "utf-8")
    done = inside("check", cwd=shop)
    of_file = [line for line in done.stdout.splitlines() if line.startswith(f"{FOLDER}/order.yaml")]
    assert (done.returncode, len(of_file)) == (1, OF_A_FILE + 1)
    assert "FILE06: note: 4,900 more findings in this file are not listed." in of_file[0]


def test_verify_tells_so_many_and_how_many_more(inside: Run, shop: Path) -> None:
    kept(shop)
    blob = git(shop, "hash-object", "-w", "company.yaml")
    rows = "".join(f"100644 blob {blob}\tstray-{n}\n" for n in range(MOST + 100))
    tree = subprocess.run(
        ["git", "mktree"], cwd=shop, input=rows, text=True, capture_output=True, check=True
    ).stdout.strip()
    git(shop, "update-ref", "refs/heads/records", git(shop, "commit-tree", "-m", "x", tree))
    done = inside("verify", "--json", cwd=shop)
    told = json.loads(done.stdout)
    assert (done.returncode, len(told["findings"])) == (1, MOST)
    assert told["more_findings"] >= 100
    done = inside("verify", cwd=shop)
    assert f"{told['more_findings']} more findings are not listed" in done.stdout
    assert len(done.stdout.splitlines()) < MOST + 50
    assert f"{MOST + told['more_findings']:,} findings" in done.stdout.splitlines()[0]
