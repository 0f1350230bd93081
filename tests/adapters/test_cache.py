"""The cache gives back what was put in, or nothing."""

import os
import threading
from pathlib import Path

import pytest

from docpipe.adapters.cache import Cache, user_cache


def test_it_gives_back_what_was_put_in(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    assert cache.get("a") is None
    cache.put("a", b"\0data")
    assert Cache(tmp_path / "c").get("a") == b"\0data"


def test_an_entry_that_was_cut_or_changed_is_no_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    cache.put("a", b"data")
    (entry,) = (tmp_path / "c").iterdir()
    whole = entry.read_bytes()
    for damaged in (b"", whole[:10], whole[:-1], whole[:-1] + b"X", whole + b"X"):
        entry.write_bytes(damaged)
        assert cache.get("a") is None


def test_an_entry_moved_under_another_key_is_no_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    cache.put("a", b"data")
    cache.put("b", b"other")
    (one, two) = (tmp_path / "c").iterdir()
    one.write_bytes(two.read_bytes())
    assert [cache.get("a"), cache.get("b")].count(None) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_others_may_write_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    cache = Cache(folder)
    cache.put("a", b"data")
    (entry,) = folder.iterdir()
    entry.chmod(0o666)
    assert cache.get("a") is None
    entry.chmod(0o600)
    assert cache.get("a") == b"data"
    folder.chmod(0o777)
    assert Cache(folder).get("a") is None


def test_where_it_cannot_be_kept_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "c")
    cache.put("a", b"data")
    assert cache.get("a") is None


def test_the_environment_says_where_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCPIPE_CACHE", str(tmp_path))
    user_cache("things").put("a", b"data")
    assert (tmp_path / "things").is_dir()
    monkeypatch.setenv("DOCPIPE_CACHE", "")
    assert user_cache("things").get("a") is None


def test_writers_at_once_leave_one_whole_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    contents = [bytes([n]) * 100_000 for n in range(8)]
    threads = [threading.Thread(target=cache.put, args=("a", data)) for data in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.get("a") in contents
    assert len(list((tmp_path / "c").iterdir())) == 1
