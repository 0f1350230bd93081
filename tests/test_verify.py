"""Verify: what was issued is what is on record, and whatever was done to it is named."""

import hashlib
import json
import random
import shutil
from pathlib import Path

import jsonschema
import pytest

from docpipe.trust.formats.places import documents_of
from tests import tampering
from tests.adapters.git.kit import clone, git
from tests.conftest import ROOT, Run
from tests.issuing import FOLDER, ORDER, kept, saved, shared
from tests.tampering import Tampering, copied, looked_at

FEW: tuple[Tampering, ...] = (
    tampering.change_a_document_and_its_record,
    tampering.reuse_a_number,
    tampering.replace_an_object,
    tampering.approve_without_the_role,
    tampering.cut_this_clones_records,
    tampering.insert_an_unmarked_commit,
    tampering.alter_an_object_on_the_disk,
    tampering.leave_the_withdrawal_out,
)
"""All of them: tests/soak/test_tampering.py."""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _one_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates are compiled once for all tests here."""
    monkeypatch.setenv("DOCPIPE_CACHE", str(cache))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with twelve records, and its shared repository."""
    return tampering.shop_with_records(tmp_path_factory.mktemp("base"))


@pytest.mark.parametrize("how", FEW, ids=lambda how: how.__name__)
def test_what_was_done_is_named(how: Tampering, base: Path, tmp_path: Path) -> None:
    tampering.demand_named(base, tmp_path / "copy", how, random.Random(how.__name__))


def everything_in(folder: Path) -> dict[str, str]:
    """Every file of a folder, by its digest; what git writes only to be quicker does not count."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_what_was_issued_is_found_as_issued(inside: Run, base: Path) -> None:
    before = everything_in(base)
    done = inside("verify", cwd=base)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "9 documents of 3 orders: all as issued"
    assert lines[1:4] == [
        "ZF-2026-0001\t2\tbyte for byte\t0\t0",
        "ZF-2026-0002\t4\tbyte for byte\t2\t0",
        "ZF-2026-0004\t3\tbyte for byte\t0\t0",
    ]
    assert "this clone and origin, which agree" in lines[-1]
    assert everything_in(base) == before
    done = inside("--lang", "zh", "verify", "ZF-2026-0002", cwd=base)
    assert done.stdout.startswith("1 张订单的 4 份单证：均与签发时一致\n")


def test_what_is_wrong_is_told_and_refused(inside: Run, base: Path, tmp_path: Path) -> None:
    shop = copied(base, tmp_path / "copy", alone=True)
    (path,) = tampering.ALONE[0](shop, random.Random(1))
    done = inside("verify", cwd=shop)
    assert done.returncode == 1
    assert done.stdout.startswith("9 documents of 3 orders, 8 as issued: 1 finding\n")
    told = next(line for line in done.stdout.splitlines() if line.startswith(path))
    assert "This is not the document that was issued" in told
    assert f"git log records -- {path.partition(':')[0]}" in told
    assert "1 not as issued" in done.stdout
    assert "1 个问题" in inside("--lang", "zh", "verify", cwd=shop).stdout


def test_programs_are_told_as_the_schema_says(inside: Run, base: Path, tmp_path: Path) -> None:
    schema = json.loads((ROOT / "docs/verify.schema.json").read_text(encoding="utf-8"))
    shop = copied(base, tmp_path / "copy", alone=True)
    tampering.ALONE[0](shop, random.Random(1))
    for folder, code in ((base, 0), (shop, 1)):
        done = inside("verify", "--json", cwd=folder)
        assert done.returncode == code
        told = json.loads(done.stdout)
        jsonschema.validate(told, schema)
        assert told["sound"] == (not code)
        assert len(told["findings"]) == code
        assert sum(len(order["documents"]) for order in told["orders"]) == 9
    assert told["findings"][0]["check"] == "document-altered"
    assert {d["compared"] for o in told["orders"] for d in o["documents"]} == {"bytes", "not"}


def test_orders_are_named_by_number_or_place_also_those_gone_from_main(
    inside: Run, base: Path, tmp_path: Path
) -> None:
    shop = copied(base, tmp_path / "copy", alone=True)
    done = inside("verify", ".", cwd=shop / FOLDER)
    assert done.stdout.startswith("4 documents of 1 order: all as issued\n")
    assert "these orders alone" in done.stdout
    git(shop, "rm", "-r", "--quiet", FOLDER)
    git(shop, "commit", "--quiet", "-m", "gone")
    assert "4 documents of 1 order: all" in inside("verify", ORDER, cwd=shop).stdout
    assert inside("verify", "ZF-2026-9999", cwd=shop).returncode == 2


def test_with_nothing_on_record_nothing_is_wrong(inside: Run, shop: Path) -> None:
    done = inside("verify", cwd=kept(shop))
    assert (done.returncode, done.stdout) == (0, "Nothing is on record\n")


def test_a_clone_that_is_not_whole_vouches_for_nothing(base: Path, tmp_path: Path) -> None:
    remote = base.parent / "shared.git"
    git(remote, "config", "uploadpack.allowFilter", "true")
    for name, option, told in (
        ("shallow", "--depth=1", "git fetch --unshallow"),
        ("partial", "--filter=blob:none", "contents come from origin when asked for"),
    ):
        found, said = looked_at(clone(remote, tmp_path / name, option))
        assert [fault.kind.check for fault in found.faults] == [f"clone-{name}"]
        assert told in said
        assert said.startswith("Not verified: 1 finding")


def test_a_new_clone_verifies_what_the_shared_repository_has(base: Path, tmp_path: Path) -> None:
    found, said = looked_at(clone(base.parent / "shared.git", tmp_path / "new"))
    assert found.faults == ()
    assert found.commits == 12
    assert "this clone and origin, which agree" in said


@pytest.mark.parametrize("how", ["fetched", "seen"])
def test_a_clone_without_records_of_its_own_tells_what_was_cut_off(
    base: Path, tmp_path: Path, how: str
) -> None:
    """An auditor's: it has seen them, and puts nothing on record."""
    remote = Path(shutil.copytree(base.parent / "shared.git", tmp_path / "shared.git"))
    here = clone(remote, tmp_path / "auditor")
    last = git(remote, "rev-parse", "records")
    if how == "seen":  # as docpipe log verify and docpipe witness leave it
        git(here, "update-ref", "refs/docpipe/seen/records", last)
    git(remote, "update-ref", "refs/heads/records", "records~1")
    if how == "seen":
        git(here, "fetch", "--quiet")
    found, said = looked_at(here)
    assert [(each.kind.check, each.commit) for each in found.faults] == [("remote-lacks", last)]
    assert "this clone and origin, which do not agree" in said


def test_a_new_clone_verifies_what_it_fetched_when_the_remote_is_away(
    base: Path, tmp_path: Path
) -> None:
    remote = Path(shutil.copytree(base.parent / "shared.git", tmp_path / "shared.git"))
    here = clone(remote, tmp_path / "auditor")
    remote.rename(tmp_path / "away.git")
    found, said = looked_at(here)
    assert found.faults == ()
    assert found.commits == 12
    assert "this clone only. The shared repository" in said


def test_without_the_shared_repository_it_is_said(base: Path, tmp_path: Path) -> None:
    shop = copied(base, tmp_path / "copy", alone=False)
    (shop.parent / "shared.git").rename(tmp_path / "away.git")
    found, said = looked_at(shop)
    assert found.faults == ()
    assert "this clone only. The shared repository" in said


def test_documents_of_other_versions_are_compared_by_text(base: Path, tmp_path: Path) -> None:
    """Another docpipe may pack and lay out otherwise; it must not say something else."""
    shop = copied(base, tmp_path / "copy", alone=True)
    stem = f"{documents_of(ORDER)}/sales-contract/r1"
    for word in ("2.70", "2.10"):
        data = tampering.packed_otherwise(tampering.shown(base, f"records:{stem}.docx"), word)
        steps = tampering.reissued(tampering.history(base), stem, data, docpipe="0.0.1")
        tampering.rewritten(shop, steps)
        found, said = looked_at(shop)
        if word == "2.70":
            assert found.faults == (), said
            assert "1 compared by text" in said
        else:
            assert [fault.kind.check for fault in found.faults] == ["document-other"]
            assert "docpipe 0.0.1 / " in said
            assert "2.10" in said


def test_inputs_that_are_not_in_this_clone_are_told(inside: Run, tmp_path: Path) -> None:
    _, (one, two) = shared(tmp_path, "ab")
    saved(one, "customers/MFANO.yaml", "Mombasa", "Nairobi")  # and not shared
    assert inside("issue", ORDER, "sales-contract", cwd=one).returncode == 0
    _, said = looked_at(one)
    assert "all as issued" in said
    found, said = looked_at(two)
    assert [fault.kind.check for fault in found.faults] == ["inputs-missing"]
    assert "not in this clone: customers/MFANO.yaml" in said
    assert "ask 林样 to share main" in said
