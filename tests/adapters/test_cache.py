"""The cache gives back what was put in, or nothing."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from docpipe.adapters.cache import Cache, in_checkout, user_cache, user_folder
from tests.conftest import Run


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
    for mode in (0o644, 0o640, 0o660):  # as git, tar and shared groups leave files
        entry.chmod(mode)
        assert cache.get("a") is None
    entry.chmod(0o600)
    for mode in (0o777, 0o770, 0o755):
        folder.chmod(mode)
        assert Cache(folder).get("a") is None
    folder.chmod(0o700)
    assert Cache(folder).get("a") == b"data"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_folder_that_others_may_put_another_in_the_place_of_is_not_used(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "open" / "c")
    cache.put("a", b"data")
    for mode, safe in ((0o777, False), (0o1777, True), (0o770, False), (0o755, True)):
        (tmp_path / "open").chmod(mode)
        assert (Cache(tmp_path / "open" / "c").get("a") == b"data") is safe


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such owners")
@pytest.mark.parametrize("whose", ["entry", "folder", "above"])
def test_what_belongs_to_somebody_else_is_not_read(
    tmp_path: Path, whose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "above" / "c"
    Cache(folder).put("a", b"data")
    (entry,) = folder.iterdir()
    assert Cache(folder).get("a") == b"data"
    _give_away({"entry": entry, "folder": folder, "above": folder.parent}[whose], monkeypatch)
    assert Cache(folder).get("a") is None


def _give_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only root can; for others it looks as if it were somebody else's."""
    if os.getuid() == 0:
        os.chown(path, 4242, 4242)
        return
    given = path.stat().st_ino
    for name in ("stat", "lstat", "fstat"):
        monkeypatch.setattr(os, name, partial(_looked_at, getattr(os, name), given))


def _looked_at(look: Callable[..., os.stat_result], given: int, *args: Any, **names: Any) -> Any:
    found = look(*args, **names)
    return os.stat_result((*found[:4], 4242, *found[5:])) if found.st_ino == given else found


def test_a_link_a_pipe_or_a_folder_is_no_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    cache.put("a", b"data")
    (entry,) = (tmp_path / "c").iterdir()
    entry.rename(tmp_path / "elsewhere")
    entry.symlink_to(tmp_path / "elsewhere")
    assert cache.get("a") is None
    entry.unlink()
    os.mkfifo(entry, 0o600)
    assert cache.get("a") is None
    entry.unlink()
    entry.mkdir(0o700)
    assert cache.get("a") is None


VARIABLES = {
    "DOCPIPE_CACHE": "cache", "XDG_CACHE_HOME": ".cache", "HOME": ".",
}  # fmt: skip


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_cache_inside_the_checkout_is_refused_in_one_sentence(
    shop: Path, docpipe: Run, variable: str, lang: str
) -> None:
    (shop / ".git").mkdir()
    cleared = {"XDG_CACHE_HOME": "", "DOCPIPE_CACHE": ""} if variable != "DOCPIPE_CACHE" else {}
    env = {**cleared, variable: str(shop / VARIABLES[variable])}
    unset = ["env", "-u", "DOCPIPE_CACHE"] if variable != "DOCPIPE_CACHE" else ["env"]
    for command in (["check", "ZF-2026-0002"], ["render", "ZF-2026-0002", "--doc", "quotation"]):
        done = subprocess.run(
            [*unset, sys.executable, "-m", "docpipe", "--lang", lang, *command],
            cwd=shop, env={**os.environ, **env}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0
        said = {"en": "is inside this checkout", "zh": "在本检出目录内"}[lang]
        assert done.stderr.count(said) == 1
    kept = [path for path in shop.rglob("*") if path.name in ("templates", "verdicts", "renders")]
    assert [path for path in kept if path != shop / "templates"] == []


def test_code_planted_in_the_checkout_is_not_run(shop: Path, docpipe: Run, tmp_path: Path) -> None:
    """Compiled templates are code: what a first run kept there would run in the next."""
    quotation = ("render", "ZF-2026-0002", "--doc", "quotation")
    docpipe(*quotation, cwd=shop, DOCPIPE_CACHE=str(tmp_path / "mine"))
    (tmp_path / "mine").rename(shop / "cache")
    for entry in (shop / "cache/templates").iterdir():
        stamp = entry.stat().st_atime_ns
        os.utime(entry, ns=(0, 0))
        assert stamp
    docpipe(*quotation, cwd=shop, DOCPIPE_CACHE="cache")
    assert all(entry.stat().st_atime_ns == 0 for entry in (shop / "cache/templates").iterdir())


def test_a_home_that_is_a_repository_is_no_checkout_of_what_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DOCPIPE_CACHE", str(tmp_path / ".cache"))
    (tmp_path / ".git").mkdir()
    (tmp_path / "trade").mkdir()
    assert not in_checkout(tmp_path / "trade")
    (tmp_path / "link").symlink_to(tmp_path / "trade")
    monkeypatch.setenv("DOCPIPE_CACHE", str(tmp_path / "link" / "c"))
    assert in_checkout(tmp_path / "trade")
    assert user_folder("renders", tmp_path / "elsewhere") is None


def test_where_it_cannot_be_kept_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "c")
    cache.put("a", b"data")
    assert cache.get("a") is None


def test_the_environment_says_where_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCPIPE_CACHE", str(tmp_path))
    user_cache("things", "/nowhere").put("a", b"data")
    assert (tmp_path / "things").is_dir()
    monkeypatch.setenv("DOCPIPE_CACHE", "")
    assert user_cache("things", "/nowhere").get("a") is None


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
