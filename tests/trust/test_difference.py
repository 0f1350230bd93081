"""Where a document on record is said to differ from the one made again."""

import io
import zipfile

import docx
import pytest

from docpipe.trust.reprinter import difference


def document(*lines: str, title: str = "") -> bytes:
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    made.core_properties.title = title
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def packed_again(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return file.getvalue()


LONG = "x" * 200
DOCUMENT = document("One", "Two", "Three")


@pytest.mark.parametrize(
    ("issued", "words", "others"),
    [
        (document("One", "Zwei", "Three"), ("Zwei", "Two"), ("One", "Three")),
        (document("Eins", "Two", "Drei"), ("Eins", "One"), ("Drei", "Three")),
        (document("One", "Two", "Three", "Four"), ("Four",), ("Three",)),
        (document("One", "Two"), ("Three",), ("Two",)),
        (document("One", "Two", "Three", title="Other"), ("docProps/core.xml",), ("One",)),
        (packed_again(DOCUMENT), ("packed",), ("One", "Two", "Three")),
        (b"rubbish", ("no .docx",), ("One", "Two", "Three")),
    ],
    ids=["second", "first", "one more", "one less", "part", "packing", "broken"],
)
def test_the_first_difference_is_told(
    issued: bytes, words: tuple[str, ...], others: tuple[str, ...]
) -> None:
    found = difference(issued, DOCUMENT)
    for text in (found.en, found.zh)[: 1 if words[0].islower() else 2]:
        assert all(word in text for word in words), text
        assert not any(word in text for word in others), text


def test_long_lines_are_told_around_the_place() -> None:
    one, two = f"{LONG}yes{LONG}", f"{LONG}no{LONG}"
    found = difference(document(one), document(two))
    assert "xyesx" in found.en and "xnox" in found.en
    assert len(found.en) < 250
