"""Verify: what was issued is what is on record, and whatever was done to it is named."""

import hashlib
import json
import random
import shutil
import tomllib
from pathlib import Path

import jsonschema
import pytest

from docpipe.adapters.word import package
from docpipe.documents.engines import engines, existed
from docpipe.trust.formats.places import documents_of
from tests import tampering
from tests.adapters.git.kit import clone, git
from tests.conftest import ROOT, Run
from tests.issuing import FOLDER, ORDER, kept, saved, shared
from tests.tampering import Tampering, copied, looked_at


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


@pytest.mark.parametrize("how", tampering.ALONE + tampering.SHARED, ids=lambda how: how.__name__)
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
        assert [fault.code for fault in found.violations] == [f"clone-{name}"]
        assert told in said
        assert said.startswith("Not verified: 1 finding")


def test_a_new_clone_verifies_what_the_shared_repository_has(base: Path, tmp_path: Path) -> None:
    found, said = looked_at(clone(base.parent / "shared.git", tmp_path / "new"))
    assert found.violations == ()
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
    assert [(each.code, each.at.commit) for each in found.violations] == [("remote-lacks", last)]
    assert "this clone and origin, which do not agree" in said


def test_a_new_clone_verifies_what_it_fetched_when_the_remote_is_away(
    base: Path, tmp_path: Path
) -> None:
    remote = Path(shutil.copytree(base.parent / "shared.git", tmp_path / "shared.git"))
    here = clone(remote, tmp_path / "auditor")
    remote.rename(tmp_path / "away.git")
    found, said = looked_at(here)
    assert found.violations == ()
    assert found.commits == 12
    assert "this clone only. The shared repository" in said


def test_without_the_shared_repository_it_is_said(base: Path, tmp_path: Path) -> None:
    shop = copied(base, tmp_path / "copy", alone=False)
    (shop.parent / "shared.git").rename(tmp_path / "away.git")
    found, said = looked_at(shop)
    assert found.violations == ()
    assert "this clone only. The shared repository" in said


def reserialized(part: bytes) -> bytes:
    """The same XML, written in another way: other escapes, other quotes."""
    head, sep, rest = part.partition(b"?>")
    return head + sep + rest.replace("价".encode(), b"&#20215;")


def test_documents_of_another_version_may_differ_in_how_xml_is_written(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another docpipe may write XML otherwise: that is called what it is, and nothing else may."""
    shop = copied(base, tmp_path / "copy", alone=True)
    stem = f"{documents_of(ORDER)}/sales-contract/r1"
    parts = package.unpack(tampering.shown(base, f"records:{stem}.docx"))
    monkeypatch.setattr("docpipe.__version__", "0.2.0")
    engines.cache_clear()
    other = reserialized(parts["word/document.xml"])
    assert other != parts["word/document.xml"]
    data = package.write({**parts, "word/document.xml": other})
    tampering.rewritten(shop, tampering.reissued(tampering.history(base), stem, data))
    found, said = looked_at(shop)
    assert found.violations == (), said
    assert said.startswith("9 documents of 3 orders: 8 as issued, 1 alike in content")
    assert "1 compared by content, not byte for byte" in said
    engines.cache_clear()


HIDDEN = {
    "a hidden run": ("word/document.xml", b"</w:body>",
                     b"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p></w:body>"),
    "a footer": ("word/letterhead-footer1.xml", b"</w:ftr>",
                 b"<w:p><w:r><w:t>Pay to 1234</w:t></w:r></w:p></w:ftr>"),
    "a remote template": (
        "word/_rels/document.xml.rels", b"</Relationships>",
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="http://x.example/x.dotm" TargetMode="External"/>'
        b"</Relationships>",
    ),
    "a property": ("docProps/core.xml", b"</cp:coreProperties>",
                   b"<cp:category>x</cp:category></cp:coreProperties>"),
    "a space": ("word/document.xml", b"2.70<", b"2.70 <"),
}  # fmt: skip


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
@pytest.mark.parametrize("what", HIDDEN)
def test_whole_packages_are_compared(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, version: str
) -> None:
    shop = copied(base, tmp_path / "copy", alone=True)
    stem = f"{documents_of(ORDER)}/sales-contract/r1"
    parts = dict(package.unpack(tampering.shown(base, f"records:{stem}.docx")))
    name, find, put = HIDDEN[what]
    assert find in parts[name]
    data = package.write({**parts, name: parts[name].replace(find, put)})
    tampering.rewritten(shop, tampering.reissued(tampering.history(base), stem, data))
    monkeypatch.setattr("docpipe.__version__", version)
    engines.cache_clear()
    found, said = looked_at(shop)
    engines.cache_clear()
    assert [violation.code for violation in found.violations] == ["document-other"], said


def test_versions_that_never_were_are_named(base: Path, tmp_path: Path) -> None:
    shop = copied(base, tmp_path / "copy", alone=True)
    stem = f"{documents_of(ORDER)}/sales-contract/r1"
    data = tampering.packed_otherwise(tampering.shown(base, f"records:{stem}.docx"), "2.10")
    steps = tampering.reissued(tampering.history(base), stem, data, docpipe="0.0.9")
    tampering.rewritten(shop, steps)
    found, said = looked_at(shop)
    assert "engine-unknown" in {violation.code for violation in found.violations}
    assert "made by docpipe 0.0.9, which never existed" in said
    assert "as issued: " in said.splitlines()[0]


NEVER = ["", "-", "3", "3.12", "3.10.9", "2.7.18", "3.12.04", "3.012.4", "3.12.4 ", "3.99.0",
         "4.0.0", "3.12.400", "3.1２.4", "3.12.4\n", "3.12.0rc1", "v3.12.4"]  # fmt: skip


def test_python_is_a_release_that_docpipe_runs_on(base: Path, tmp_path: Path) -> None:
    assert [version for version in NEVER if existed("python", version)] == []
    assert all(existed("python", v) for v in ("3.11.0", "3.12.4", "3.13.10", "3.15.0"))
    assert existed("python", engines()["python"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    shop = copied(base, tmp_path / "copy", alone=True)
    stem = f"{documents_of(ORDER)}/sales-contract/r1"
    data = tampering.packed_otherwise(tampering.shown(base, f"records:{stem}.docx"), "2.10")
    steps = tampering.reissued(tampering.history(base), stem, data, python="3.10.9")
    tampering.rewritten(shop, steps)
    found, said = looked_at(shop)
    assert "engine-unknown" in {violation.code for violation in found.violations}
    assert "made by python 3.10.9, which never existed" in said


def test_nothing_is_issued_from_what_is_not_shared(inside: Run, tmp_path: Path) -> None:
    _, (one,) = shared(tmp_path, "a")
    saved(one, "customers/MFANO.yaml", "Mombasa", "Nairobi")  # and not shared
    done = inside("issue", ORDER, "sales-contract", cwd=one)
    assert done.returncode == 1
    assert "not in the shared main yet: customers/MFANO.yaml" in done.stderr
    assert "docpipe sync" in done.stderr
    git(one, "push", "--quiet", "origin", "main")
    assert inside("issue", ORDER, "sales-contract", cwd=one).returncode == 0
    _, said = looked_at(one)
    assert "1 document of 1 order: all as issued" in said
