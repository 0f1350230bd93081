"""Packages laid out once are the same, byte for byte, as packages written part by part."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe.adapters.word import package
from docpipe.adapters.word.compiled.archive import Archive, Layout

NAMES = st.from_regex(r"[a-z中é]{1,6}(/[a-z]{1,6})?\.(xml|rels|png)", fullmatch=True)
PARTS = st.dictionaries(NAMES, st.binary(max_size=60), min_size=1, max_size=6)


@given(PARTS, st.binary(max_size=200), st.sampled_from([None, 1, 6]))
def test_the_bytes_are_those_of_the_ordinary_writer(
    parts: dict[str, bytes], text: bytes, level: int | None
) -> None:
    held = {name: b"<" + data.replace(b"@", b"") + b"@0@>" for name, data in parts.items()}
    layout = Layout.of(held | {"[Content_Types].xml": b"static"}, [b"@0@"])
    filled = {name: data.replace(b"@0@", text) for name, data in held.items()}
    wanted = package.write(filled | {"[Content_Types].xml": b"static"}, level)
    assert Archive(layout, level).write(filled) == wanted


@pytest.mark.parametrize("level", [None, 1])
def test_an_archive_writes_any_number_of_packages(level: int | None) -> None:
    layout = Layout.of({"a.xml": b"@", "b.png": b"p" * 9_000, "c.xml": b"x@y"}, [b"@"])
    archive = Archive(layout, level)
    for size in (0, 10, 100_000, 1):
        filled = {"a.xml": b"1" * size, "c.xml": b"2" * size}
        with zipfile.ZipFile(io.BytesIO(archive.write(filled))) as made:
            assert made.testzip() is None
            assert made.read("a.xml") == filled["a.xml"]
            assert made.read("b.png") == b"p" * 9_000


def test_several_open_places_of_a_part_stand_in_their_order() -> None:
    layout = Layout.of({"a.xml": b"1@b@2@a@3"}, [b"@a@", b"@b@"])
    (gap,) = layout.entries
    assert gap.fixed == (b"1", b"2", b"3")  # type: ignore[union-attr]


def test_a_long_part_has_the_checksum_of_zlib() -> None:
    layout = Layout.of({"a.xml": b"@"}, [b"@"])
    data = b"0123456789" * 30_000
    archive = Archive(layout)
    for _ in range(3):
        assert archive.write({"a.xml": data}) == package.write({"a.xml": data})
