"""Numbers tampered with."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from docpipe.trust.formats.places import documents_of
from tests.issuing import ORDER
from tests.tampering.kit import (
    edited,
    history,
    paths,
    rewritten,
    swapped,
)


def reuse_a_number(shop: Path, chance: random.Random) -> Sequence[str]:
    """The second order sheet gets the first one's number, in its record and in numbers/."""
    steps = history(shop)
    two = sorted(paths(steps, r"numbers/OS/.*"))[1]
    record = f"{documents_of(ORDER)}/order-sheet/r0.yaml"
    for path in (two, record):
        steps = edited(steps, path, lambda d: swapped(d, r"(OS-\d+)-0002", r"\1-0001"))
    rewritten(shop, steps)
    return [f"{two}: number-form", f"{record}: trailers"]


def leave_a_number_out(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"numbers/.*"))
    record = next(p for s in steps if path in s.files for p in s.files if p.endswith("/r0.yaml"))
    rewritten(shop, edited(steps, path, lambda _: None))
    return [f"{record}: number-missing"]


def edit_a_number(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"numbers/.*"))
    find, put = chance.choice(
        ((r'order: "ZF', 'order: "XF'), (r'number: "(..)', r'number: "\1X'),
         (r'document: "\w', 'document: "x'), (r"order: .*\n", ""), (r"\Z", "{"))
    )  # fmt: skip
    rewritten(shop, edited(steps, path, lambda data: swapped(data, find, put)))
    return [f"{path}: "]


def move_a_number(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"numbers/.*/0001.yaml"))
    moved = path.replace("/2026/", "/2025/")
    assert moved != path
    rewritten(
        shop,
        [replace(s, files={p if p != path else moved: d for p, d in s.files.items()})
         for s in steps],
    )  # fmt: skip
    return [f"{moved}: number-place"]
