"""Documents, their records and revisions, tampered with."""

import hashlib
import io
import random
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from docpipe.trust.formats.places import documents_of
from tests.issuing import ORDER
from tests.tampering.kit import (
    CONTRACT,
    DOCX,
    FIRST,
    Step,
    edited,
    flipped,
    history,
    paths,
    rewritten,
    swapped,
)


def flip_a_byte_of_a_document(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, DOCX))
    rewritten(shop, edited(steps, path, lambda data: flipped(data, chance)))
    return [f"{path}: document-altered"]


def change_a_document_and_its_record(shop: Path, chance: random.Random) -> Sequence[str]:
    """All told is consistent; only making it again shows it."""
    steps = history(shop)
    path = chance.choice(paths(steps, rf"{CONTRACT}/r\d\.docx"))
    old = next(step.files[path] for step in steps if path in step.files) or b""
    rewritten(shop, reissued(steps, path[:-5], packed_otherwise(old, "2.10")))
    return [f"{path}: document-other"]


def packed_otherwise(data: bytes, price: str) -> bytes:
    """The .docx packed anew, with another price in it: a sound archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(b"2.70", price.encode())
            new.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), part)
    return out.getvalue()


def reissued(steps: Sequence[Step], stem: str, data: bytes, **engines: str) -> list[Step]:
    """The history with another document, and a record that agrees."""
    digest = hashlib.sha256(data).hexdigest()
    found = edited(steps, f"{stem}.docx", lambda _: data)
    find, put = r'\nsha256: "\w+', f'\nsha256: "{digest}'
    found = edited(found, f"{stem}.yaml", lambda old: swapped(old, find, put))
    for engine, version in engines.items():
        find, put = rf'{engine}: "[^"]+', f'{engine}: "{version}'
        found = edited(found, f"{stem}.yaml", partial(swapped, find=find, put=put))
    return found


def swap_two_documents(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    one, two = chance.sample(paths(steps, DOCX), 2)
    files = {path: data for step in steps for path, data in step.files.items()}
    steps = edited(edited(steps, one, lambda _: files[two]), two, lambda _: files[one])
    rewritten(shop, steps)
    return [f"{path}: document-altered" for path in (one, two)]


def put_another_orders_document_in_its_place(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    one, two = f"{documents_of(FIRST)}/order-sheet/r0", f"{documents_of(ORDER)}/order-sheet/r0"
    files = {path: data for step in steps for path, data in step.files.items()}
    rewritten(shop, reissued(steps, one, files[f"{two}.docx"] or b""))
    return [f"{one}.docx: document-other"]


_EDITS = (
    (r'\nsha256: "\w', '\nsha256: "z', "document-altered"),
    (r'text_sha256: "\w', 'text_sha256: "z', "wording-altered"),
    (r'number: "([A-Z]+)-2026-\d+"', r'number: "\1-2026-0099"', "number-other"),
    (r'email: "\w+', 'email: "another', "author"),
    (r'by: \{name: "[^"]+', 'by: {name: "Somebody', "author"),
    (r'issued_at: "20', 'issued_at: "19', "time"),
    (r"revision: \d", "revision: 7", "record-unreadable"),
    (r'order: "ZF', 'order: "XF', "record-unreadable"),
    (r'document: "\w', 'document: "x', "record-unreadable"),
    (r'kind: "\w', 'kind: "x', "record-unreadable"),
    (r'template: "\w{5}', 'template: "00000', "inputs-other"),
    (r'shared: \{"?[^"]*"?: "\w{5}', 'shared: {"company.yaml": "00000', "inputs-other"),
    (r'folder: "orders', 'folder: "others', "inputs-other"),
    (r"\Z", "}", "record-unreadable"),
    (r"engines: ", "engine: ", "record-unreadable"),
)


def edit_a_record(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"orders/.*/r0\.yaml"))
    find, put, check = chance.choice(_EDITS)
    rewritten(shop, edited(steps, path, lambda data: swapped(data, find, put)))
    named = {"document-altered": path.replace("yaml", "docx")}
    return [f"{named.get(check, path)}" if check != "number-other" else "number-other", check]


def leave_a_record_out(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"orders/.*/r0\.yaml"))
    rewritten(shop, edited(steps, path, lambda _: None))
    return [f"{path.replace('yaml', 'docx')}: record-missing"]


def leave_a_document_out(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, DOCX))
    rewritten(shop, edited(steps, path, lambda _: None))
    return [f"{path}: document-missing"]


def leave_a_whole_commit_out(shop: Path, chance: random.Random) -> Sequence[str]:
    """A number between others is missing then."""
    steps = history(shop)
    gone = f"{documents_of(ORDER)}/order-sheet/r0.yaml"
    rewritten(shop, [step for step in steps if gone not in step.files])
    return [f"{paths(steps, r'numbers/OS/.*/0002.yaml')[0]}: number-gap"]


def leave_a_first_revision_out(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    rewritten(shop, [step for step in steps if f"{CONTRACT}/r0.yaml" not in step.files])
    return [f"{CONTRACT}/r0.yaml: revision-gap"]


def copy_a_revision(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    stem = f"{documents_of(ORDER)}/order-sheet"
    old = next(step for step in steps if f"{stem}/r0.yaml" in step.files)
    files = {f"{stem}/r1.{end}": old.files[f"{stem}/r0.{end}"] for end in ("docx", "yaml")}
    if told := chance.random() < 0.5:
        files[f"{stem}/r1.yaml"] = swapped(
            files[f"{stem}/r1.yaml"] or b"", "revision: 0", "revision: 1"
        )
    rewritten(shop, [*steps, replace(steps[-1], message=old.message, files=files)])
    return [f"{stem}/r1.yaml: {'time' if told else 'record-unreadable'}"]
