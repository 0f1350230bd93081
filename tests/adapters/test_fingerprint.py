"""Whether files changed: seen without reading them, and when that can be relied on."""

import os
from pathlib import Path

import pytest

from docpipe.adapters import fingerprint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.yaml").write_text("a: 1\n")
    (tmp_path / "sub" / "b.yaml").write_text("b: 1\n")
    return tmp_path


def test_a_look_is_the_same_as_long_as_nothing_changes(folder: Path) -> None:
    assert fingerprint.look(folder) == fingerprint.look(folder)


def test_a_look_sees_new_removed_renamed_and_rewritten_files(folder: Path) -> None:
    seen = {fingerprint.look(folder).digest}
    (folder / "c.yaml").write_text("")
    seen.add(fingerprint.look(folder).digest)
    (folder / "c.yaml").rename(folder / "sub" / "c.yaml")
    seen.add(fingerprint.look(folder).digest)
    (folder / "sub" / "c.yaml").write_text("c")
    seen.add(fingerprint.look(folder).digest)
    (folder / "sub" / "b.yaml").unlink()
    seen.add(fingerprint.look(folder).digest)
    assert len(seen) == 5


def test_dot_files_and_what_is_to_be_skipped_are_not_seen(folder: Path) -> None:
    """What Python compiles on the way must not make docpipe another one."""
    before = fingerprint.look(folder, skip="__pycache__").digest
    (folder / ".hidden").write_text("")
    (folder / "sub" / "__pycache__").mkdir()
    (folder / "sub" / "__pycache__" / "b.pyc").write_text("")
    assert fingerprint.look(folder, skip="__pycache__").digest == before
    assert fingerprint.look(folder).digest != before


def test_a_look_at_young_files_is_not_relied_on(folder: Path) -> None:
    now = fingerprint.clock()
    assert not fingerprint.look(folder).settled(now)
    assert fingerprint.look(folder).settled(now + 2 * fingerprint.SETTLED)


def test_contents_are_by_name_and_say_what_cannot_be_read(folder: Path) -> None:
    (folder / "link").symlink_to("a.yaml")
    found = fingerprint.contents(folder)
    assert found["a.yaml"] == fingerprint.digest(b"a: 1\n")
    assert found["link"] == "link"
    assert set(found) == {"a.yaml", "sub/b.yaml", "link"}
    assert fingerprint.of_file(folder / "none") == fingerprint.ABSENT
    assert fingerprint.of_file(folder / "sub") == "a folder"
    os.utime(folder / "a.yaml")
    assert fingerprint.contents(folder) == found
