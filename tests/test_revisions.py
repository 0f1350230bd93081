"""An order between a revision and now, and as a revision has it."""

from pathlib import Path

import pytest

from tests.adapters.git.kit import git, repository
from tests.conftest import ROOT, Run
from tests.issuing import introduced

ORDER = "ZF-2026-0002"
FOLDER = f"orders/2026/03/{ORDER}"


@pytest.fixture
def kept(shop: Path) -> Path:
    """The sample workspace, saved twice: the second time at another price."""
    (shop / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    introduced(repository(shop))
    save(shop, "Begin")
    edit(shop, "contract.yaml", "price: 2.70", "price: 2.72")
    save(shop, "Dearer")
    return shop


def save(shop: Path, subject: str) -> None:
    git(shop, "add", "--all")
    git(shop, "commit", "--quiet", "-m", subject)


def edit(shop: Path, file: str, find: str, put: str) -> None:
    path = shop / FOLDER / file
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, put), encoding="utf-8")


def test_an_order_is_compared_with_its_last_save_or_any_revision(inside: Run, kept: Path) -> None:
    done = inside("diff", ORDER, cwd=kept)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("Nothing has changed since ")
    edit(kept, "quotation.yaml", "moq: 6000", "moq: 5000")
    done = inside("diff", ORDER, cwd=kept)
    assert done.stdout.splitlines() == [
        ORDER, "  quotation.yaml: changed", "    minimum order of line 1: 6000 -> 5000"
    ]  # fmt: skip
    first = git(kept, "rev-parse", "HEAD~1")
    for revision in ("HEAD~1", first, first[:8]):
        done = inside("--lang", "zh", "diff", ORDER, revision, cwd=kept)
        assert done.stdout.splitlines() == [
            ORDER, "  contract.yaml：已修改", "    第1行的单价：2.70 → 2.72",
            "  quotation.yaml：已修改", "    第1行的起订量：6000 → 5000",
        ]  # fmt: skip


def test_files_that_came_and_went_are_told(inside: Run, kept: Path) -> None:
    (kept / FOLDER / "inquiry.yaml").unlink()
    (kept / FOLDER / "papers").mkdir(exist_ok=True)
    (kept / FOLDER / "papers" / "signed.pdf").write_bytes(b"\0\xff")
    (kept / FOLDER / "order.yaml").write_bytes(
        (kept / FOLDER / "order.yaml").read_bytes().replace(b"\n", b"\r\n")
    )
    edit(kept, "quotation.yaml", "\n", "\n# looked at\n")
    (kept / FOLDER / "papers.yaml").write_text("{")
    told = inside("diff", ORDER, cwd=kept).stdout.splitlines()
    assert told == [
        ORDER,
        "  inquiry.yaml: removed",
        "  papers.yaml: changed",
        "  papers/signed.pdf: new",
        "  quotation.yaml: comments or layout only",
    ]


def test_an_order_that_moved_is_compared_where_it_was(inside: Run, kept: Path) -> None:
    (kept / "orders/2026/04").mkdir(exist_ok=True)
    git(kept, "mv", FOLDER, f"orders/2026/04/{ORDER}")
    done = inside("diff", ORDER, "HEAD~1", cwd=kept)
    assert done.stdout.splitlines() == [
        ORDER, "  contract.yaml: changed", "    unit price of line 1: 2.70 -> 2.72"
    ]  # fmt: skip


def test_an_order_that_a_revision_lacks_is_new(inside: Run, kept: Path) -> None:
    git(kept, "rm", "-r", "--quiet", "--cached", FOLDER)
    git(kept, "commit", "--quiet", "-m", "Without")
    told = inside("diff", ORDER, cwd=kept).stdout.splitlines()
    assert "  order.yaml: new" in told
    assert all(line.endswith(": new") for line in told[1:])


def test_an_order_is_shown_as_a_revision_has_it(inside: Run, kept: Path) -> None:
    edit(kept, "contract.yaml", "price: 2.72", "price: 2.99")
    done = inside("show", f"{ORDER}@HEAD~1", cwd=kept)
    lines = done.stdout.splitlines()
    first = git(kept, "rev-parse", "HEAD~1")[:10]
    assert lines[0].startswith(f"{ORDER} as of {first}, ")
    assert lines[0].endswith('Plain Git: "Begin"')
    assert lines[1:3] == ["", "contract.yaml: Sales contract"]
    assert "    Unit price: 2.70" in lines
    assert "    Partial shipment: not allowed" in lines
    assert any(line.startswith("shipments/1/packing.yaml: ") for line in lines)
    assert "    Unit price: 2.72" in inside("show", ORDER, cwd=kept).stdout.splitlines()
    zh = inside("--lang", "zh", "show", f"{ORDER}@HEAD", cwd=kept).stdout.splitlines()
    assert "    单价：2.72" in zh
    assert "    分批装运：不允许" in zh


def test_an_order_that_is_gone_can_still_be_shown(inside: Run, kept: Path) -> None:
    git(kept, "rm", "-r", "--quiet", FOLDER)
    git(kept, "commit", "--quiet", "-m", "Gone")
    done = inside("show", f"{ORDER}@HEAD~1", cwd=kept)
    assert done.returncode == 0, done.stderr
    assert "    Unit price: 2.72" in done.stdout.splitlines()
    done = inside("show", ORDER, cwd=kept)
    assert done.returncode == 2
    assert f"The order {ORDER} is not in HEAD" in done.stderr


def test_what_is_no_order_is_not_shown(inside: Run, kept: Path) -> None:
    for name in ("2026", "03", "../..", "order.yaml", "*"):
        done = inside("show", f"{name}@HEAD", cwd=kept)
        assert (done.returncode, done.stdout) == (2, ""), name


def test_files_that_cannot_be_read_are_named(inside: Run, kept: Path) -> None:
    (kept / FOLDER / "contract.yaml").write_bytes(b"\xff{")
    (kept / FOLDER / "scan.jpg").write_bytes(b"\xff")
    save(kept, "Broken")
    lines = inside("show", ORDER, cwd=kept).stdout.splitlines()
    at = lines.index("contract.yaml: Sales contract")
    assert lines[at + 1] == "  cannot be read"
    assert "scan.jpg" in lines


def test_nothing_that_a_file_holds_moves_the_cursor(inside: Run, kept: Path) -> None:
    edit(kept, "quotation.yaml", "moq: 6000", 'moq: 6000\n    "x\\e[2J": "\\e[2J"')
    save(kept, "Hostile \x1b[2J")
    for words in (("show", ORDER), ("diff", ORDER, "HEAD~1")):
        done = inside(*words, cwd=kept)
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    "revision", ["--output=x", "nope", "HEAD..HEAD", "HEAD:people.yaml", "HEAD^{tree}", ":/Begin"]
)
def test_revisions_are_checked_before_git_sees_them(inside: Run, kept: Path, revision: str) -> None:
    before = sorted(path.name for path in kept.iterdir())
    for words in (("diff", ORDER, "--", revision), ("show", f"{ORDER}@{revision}")):
        done = inside(*words, cwd=kept)
        assert done.returncode == 2
        assert "revision" in done.stderr
    assert sorted(path.name for path in kept.iterdir()) == before


def test_it_needs_an_order_and_a_save(inside: Run, shop: Path) -> None:
    for words in (("show", "@HEAD"), ("show", f"{ORDER}@")):
        assert inside(*words, cwd=shop).returncode == 2
    assert inside("diff", ORDER, cwd=shop).returncode == 4
    repository(shop)
    done = inside("diff", ORDER, cwd=shop)
    assert done.returncode == 2
    assert 'There is no revision "HEAD"' in done.stderr
