"""The commits of the branch tampered with: who, when, what, in which order."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from docpipe.trust.formats.places import documents_of
from tests.adapters.git.kit import git
from tests.tampering.kit import (
    APPROVED,
    CONTRACT,
    FIRST,
    RECORDS,
    STEP,
    edited,
    history,
    rewritten,
    swapped,
)


def redate_a_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    at = chance.randrange(1, len(steps))
    path = next(p for p in steps[at].files if p.endswith(".yaml") and "numbers" not in p)
    by = re.sub(r"(\d+) ", lambda m: f"{int(m[1]) - chance.randint(1, 86_400)} ", steps[at].author)
    both = chance.random() < 0.5
    steps[at] = replace(steps[at], author=by, committer=by if both else steps[at].committer)
    rewritten(shop, steps)
    return [f"{path}: time"]


def redate_a_record_and_its_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    """Consistent in itself, but before the record that it follows."""
    steps = history(shop)
    path = f"{documents_of(FIRST)}/quotation/r0.yaml"
    at = next(i for i, s in enumerate(steps) if path in s.files)
    back = 3 * int(STEP.total_seconds())
    who = re.sub(r"(\d+) ", lambda m: f"{int(m[1]) - back} ", steps[at].author)
    steps[at] = replace(steps[at], author=who, committer=who)
    told = datetime.fromisoformat(
        re.findall(rb'issued_at: "([^"]+)', steps[at].files[path] or b"")[0].decode()
    )
    steps = edited(steps, path, lambda d: swapped(
        d, 'issued_at: "[^"]+', f'issued_at: "{(told - 3 * STEP).isoformat()}'))  # fmt: skip
    rewritten(shop, steps)
    return [f"commit {git(shop, 'rev-parse', f'records~{len(steps) - 1 - at}')[:12]}: time-back"]


def reauthor_a_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    at = chance.randrange(len(steps))
    path = next(p for p in steps[at].files if p.endswith(".yaml") and "numbers" not in p)
    who = re.sub(r".*>", "Somebody Else <else@zefan.example>", steps[at].author)
    both = chance.random() < 0.5
    steps[at] = replace(steps[at], committer=who, author=who if both else steps[at].author)
    rewritten(shop, steps)
    return [f"{path}: author", "Somebody Else"]


def say_something_else_in_a_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    at = chance.randrange(len(steps))
    path = next(p for p in steps[at].files if p.endswith(".yaml") and "numbers" not in p)
    message = swapped(steps[at].message.encode(), "Order: ZF", "Order: XF").decode()
    steps[at] = replace(steps[at], message=message)
    rewritten(shop, steps)
    return [f"{path}: trailers"]


def put_commits_in_another_order(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    at = chance.randrange(len(steps) - 1)
    steps[at], steps[at + 1] = steps[at + 1], steps[at]
    rewritten(shop, steps)
    late = git(shop, "rev-parse", f"records~{len(steps) - 2 - at}")
    return [f"commit {late[:12]}: time-back"]


def insert_an_unmarked_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    at = chance.randrange(1, len(steps) + 1)
    new = replace(steps[at - 1], message="Tidy up\n", files={"readme.txt": b"x"})
    rewritten(shop, [*steps[:at], new, *steps[at:]])
    name = git(shop, "rev-parse", f"records~{len(steps) - at}")
    return [f"commit {name[:12]}: lineage", "readme.txt: stray-file"]


def add_a_file_that_docpipe_does_not_write(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(
        ("orders/x.yaml", f"{CONTRACT}/r00.yaml", ".hidden", "numbers/OS/2026/x.yaml",
         f"{APPROVED}/0x.yaml")
    )  # fmt: skip
    message = "Note\n\nDocpipe-Record: 1\n"
    rewritten(shop, [*steps, replace(steps[-1], message=message, files={path: b"a: 1\n"})])
    return [f"{path}: stray-file"]


def add_an_empty_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    rewritten(shop, [*steps, replace(steps[-1], message="Note\n\nDocpipe-Record: 1\n", files={})])
    return [f"commit {git(shop, 'rev-parse', 'records')[:12]}: lineage"]


def change_a_file_afterwards(shop: Path, chance: random.Random) -> Sequence[str]:
    """By a commit of its own, marked as docpipe marks them."""
    steps = history(shop)
    path = chance.choice([path for step in steps for path in step.files])
    old = next(step.files[path] for step in steps if path in step.files) or b""
    new = chance.choice((old + b"\n", None))
    message = "Mend\n\nDocpipe-Record: 1\n"
    rewritten(shop, [*steps, replace(steps[-1], message=message, files={path: new})])
    return [f"{path}: lineage"]


def merge_something(shop: Path, chance: random.Random) -> Sequence[str]:
    tree = git(shop, "rev-parse", "records^{tree}")
    words = ("commit-tree", tree, "-p", "records", "-p", "main", "-m", "x\n\nDocpipe-Record: 1")
    name = git(shop, *words)
    git(shop, "update-ref", RECORDS, name)
    return [f"commit {name[:12]}: lineage", "merges two histories"]
