"""What is known of files spares judging them again, and never changes the judgement."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from docpipe.adapters import validated_files
from docpipe.adapters.cache import Cache
from docpipe.adapters.validated_files import ValidatedFiles
from docpipe.adapters.yamlfile import Node, load
from docpipe.adapters.yamlfile.serialized import pack, unpack
from tests.conftest import ROOT, Run

ORDER = "ZF-2026-0002"


def _described(node: Node) -> list[object]:
    return [
        (type(each.value), each.value if not each.fields and not each.items else "",
         each.place, each.key_place, each.path)
        for each in node.walk()
    ]  # fmt: skip


def test_a_packed_file_is_the_file_with_every_place() -> None:
    for path in [*ROOT.glob("orders/**/*.yaml"), *ROOT.glob("*.yaml")]:
        root = load(path.read_bytes(), path.name).root
        assert root is not None
        assert _described(unpack(pack(root), path.name)) == _described(root)


@pytest.mark.parametrize("data", [b"", b"x", b"N", b"i\x01\x00\x00\x00", b"\xff" * 40])
def test_other_bytes_are_no_packed_file(data: bytes) -> None:
    with pytest.raises(ValueError, match="no packed file"):
        unpack(data, "f.yaml")


def _files(tmp_path: Path, folder: str = "shop/orders/1", packing: bool = True) -> ValidatedFiles:
    return ValidatedFiles(Cache(tmp_path / "v"), Cache(tmp_path / "p"), folder, packing)


def _key(number: int) -> bytes:
    return number.to_bytes(32, "big")


def test_what_was_added_is_known_next_time(tmp_path: Path) -> None:
    files = _files(tmp_path)
    files.add(_key(1), Node("a.yaml", "text", 3, 4))
    assert _key(1) not in _files(tmp_path)
    files.save()
    again = _files(tmp_path)
    found = again.read(_key(1), "b.yaml")
    assert found is not None
    assert (found.file, found.value, found.line, found.column) == ("b.yaml", "text", 3, 4)
    assert _key(1) in again
    assert again.read(_key(2), "b.yaml") is None
    assert _key(2) not in again


def test_of_a_long_run_the_verdicts_are_kept_and_not_the_data(tmp_path: Path) -> None:
    files = _files(tmp_path, packing=False)
    files.add(_key(1), Node("a.yaml", "text"))
    files.save()
    assert _key(1) in _files(tmp_path)
    assert _files(tmp_path).read(_key(1), "a.yaml") is None


def test_the_oldest_go_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validated_files, "_MOST_VERDICTS", 3)
    monkeypatch.setattr(validated_files, "_MOST_BYTES", 3 * len(pack(Node("a.yaml", "text"))))
    for number in range(5):
        files = _files(tmp_path)
        files.add(_key(number), Node("a.yaml", "text"))
        files.save()
    files = _files(tmp_path)
    assert [number for number in range(5) if _key(number) in files] == [2, 3, 4]
    assert [n for n in range(5) if files.read(_key(n), "a.yaml") is not None] == [2, 3, 4]


def test_any_number_of_folders_shares_a_bounded_number_of_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validated_files, "_PLACES", 4)
    for number in range(40):
        files = _files(tmp_path, f"shop/orders/{number}")
        files.add(_key(number), Node("a.yaml", "text"))
        files.save()
    assert len([*(tmp_path / "v").iterdir()]) == len([*(tmp_path / "p").iterdir()]) == 4


def test_writers_at_once_lose_at_most_each_others_news(tmp_path: Path) -> None:
    def write(start: int) -> None:
        for number in range(start, start + 30):
            files = _files(tmp_path)
            files.add(_key(number), Node("a.yaml", str(number)))
            files.save()

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = _files(tmp_path)
    known = [number for number in range(300) if _key(number) in files]
    assert known
    for number in range(300):
        found = files.read(_key(number), "a.yaml")
        assert found is None or found.value == str(number)


def _checked(docpipe: Run, shop: Path, **environment: str) -> str:
    done = docpipe("check", ORDER, cwd=shop, **environment)
    assert "Traceback" not in done.stderr
    return f"{done.returncode} {done.stdout}"


def _spoil(shop: Path, file: str, old: str, new: str) -> None:
    (path,) = shop.glob(f"**/{ORDER}/{file}") if "schema" not in file else [shop / file]
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_file_that_was_sound_and_is_no_more_is_told_every_time(docpipe: Run, shop: Path) -> None:
    assert _checked(docpipe, shop).startswith("0 ")
    _spoil(shop, "order.yaml", "currency: USD", "currency: US")
    told = _checked(docpipe, shop)
    assert "Currency" in told
    assert told == _checked(docpipe, shop) == _checked(docpipe, shop, DOCPIPE_CACHE="")


def test_another_schema_is_another_judgement(docpipe: Run, shop: Path) -> None:
    assert _checked(docpipe, shop).startswith("0 ")
    _spoil(shop, "schemas/order.schema.json", '"required": [', '"required": [\n"never_heard_of",')
    told = _checked(docpipe, shop)
    assert "never_heard_of" in told
    assert told == _checked(docpipe, shop, DOCPIPE_CACHE="")


def _cut(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:-7])


def _changed(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:32] + b"\xe9" * 500)


def _emptied(entry: Path) -> None:
    entry.write_bytes(b"")


def _opened_to_others(entry: Path) -> None:
    entry.chmod(0o666)


@pytest.mark.parametrize("damage", [_cut, _changed, _emptied, _opened_to_others])
def test_a_damaged_or_foreign_cache_changes_no_verdict(
    docpipe: Run, shop: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    kept = {"DOCPIPE_CACHE": str(tmp_path / "cache")}
    assert _checked(docpipe, shop, **kept).startswith("0 ")
    for entry in (tmp_path / "cache").glob("*/*"):
        damage(entry)
    assert _checked(docpipe, shop, **kept).startswith("0 ")
    for entry in (tmp_path / "cache").glob("*/*"):
        damage(entry)
    _spoil(shop, "contract.yaml", "price: ", "price: x")
    assert _checked(docpipe, shop, **kept) == _checked(docpipe, shop, DOCPIPE_CACHE="")


def test_entries_that_changed_places_change_no_verdict(
    docpipe: Run, shop: Path, tmp_path: Path
) -> None:
    kept = {"DOCPIPE_CACHE": str(tmp_path / "cache")}
    _checked(docpipe, shop, **kept)
    entries = sorted((tmp_path / "cache").glob("*/*"))
    contents = [entry.read_bytes() for entry in entries]
    for entry, content in zip(entries, [*contents[1:], contents[0]], strict=True):
        entry.write_bytes(content)
    _spoil(shop, "contract.yaml", "price: ", "price: x")
    assert _checked(docpipe, shop, **kept) == _checked(docpipe, shop, DOCPIPE_CACHE="")


def test_where_nothing_can_be_kept_all_is_judged(docpipe: Run, shop: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, and no folder", encoding="utf-8")
    assert _checked(docpipe, shop, DOCPIPE_CACHE=str(tmp_path / "cache")).startswith("0 ")
