"""Clones tampered with: what git shows, what lies on the disk, what the shared repository has."""

import random
import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from docpipe.trust.formats.places import documents_of
from tests.adapters.git.kit import git
from tests.tampering.kit import (
    DOCX,
    FOURTH,
    RECORDS,
    YAML,
    flipped,
    history,
    paths,
    rewritten,
    shown,
)


def replace_an_object(shop: Path, chance: random.Random) -> Sequence[str]:
    """`git replace`: every git shows another document, record, tree or commit."""
    steps = history(shop)
    pattern = chance.choice((DOCX, YAML, r"approvals/.*\.txt", r"numbers/.*"))
    one, two = (git(shop, "rev-parse", f"records:{path}") for path in
                chance.sample(paths(steps, pattern), 2))  # fmt: skip
    named = next(p for p in paths(steps, pattern) if git(shop, "rev-parse", f"records:{p}") == one)
    if chance.random() < 0.3:
        one, two = git(shop, "rev-parse", "records"), git(shop, "rev-parse", "records~3")
        named = f"commit {one[:12]}"
    git(shop, "replace", "--force", one, two)
    return [f"{named}: replaced", one[:12]]


def graft_a_commit(shop: Path, chance: random.Random) -> Sequence[str]:
    one, two = git(shop, "rev-parse", "records~1"), git(shop, "rev-parse", "records~4")
    (shop / ".git/info").mkdir(exist_ok=True)
    (shop / ".git/info/grafts").write_text(f"{one} {two}\n")
    return [f"commit {one[:12]}: grafted"]


def cut_this_clones_records(shop: Path, chance: random.Random) -> Sequence[str]:
    last = git(shop, "rev-parse", "records")
    git(shop, "update-ref", RECORDS, f"records~{chance.randint(1, 5)}")
    return [f"commit {last[:12]}: records-cut"]


def rewrite_without_hiding_it(shop: Path, chance: random.Random) -> Sequence[str]:
    last = git(shop, "rev-parse", "records")
    steps = history(shop)
    rewritten(shop, steps[:-2] + steps[-1:], traceless=False)
    return [f"commit {last[:12]}: records-cut"]


def _loose(shop: Path, path: str) -> tuple[Path, str]:
    """The file of a file on record, and its name; what was packed is unpacked."""
    for pack in (shop / ".git/objects/pack").glob("*.pack"):
        data = pack.read_bytes()
        for file in pack.parent.glob(f"{pack.stem}.*"):
            file.unlink()
        git(shop, "unpack-objects", "-q", stdin=data)
    name = git(shop, "rev-parse", f"records:{path}")
    return shop / ".git/objects" / name[:2] / name[2:], name


def alter_an_object_on_the_disk(shop: Path, chance: random.Random) -> Sequence[str]:
    """The loose object has another content than its name says."""
    path = chance.choice(paths(history(shop), DOCX + "|" + YAML))
    data = shown(shop, f"records:{path}")
    loose, name = _loose(shop, path)
    loose.chmod(0o644)
    forged = flipped(data, chance)
    whole = zlib.compress(b"blob %d\0" % len(forged) + forged)
    loose.write_bytes(whole if chance.random() < 0.7 else whole[: len(whole) // 2])
    return [f"{path}: ", name]


def take_an_object_from_the_disk(shop: Path, chance: random.Random) -> Sequence[str]:
    path = chance.choice(paths(history(shop), DOCX + "|" + YAML))
    loose, name = _loose(shop, path)
    loose.unlink()
    return [f"{path}: ", name]


def cut_the_shared_records(shop: Path, chance: random.Random) -> Sequence[str]:
    count = chance.randint(1, 5)
    first = git(shop, "rev-parse", f"records~{count - 1}")
    git(shop.parent / "shared.git", "update-ref", RECORDS, f"records~{count}")
    return [f"commit {first[:12]}: remote-lacks"]


def remove_the_shared_records(shop: Path, chance: random.Random) -> Sequence[str]:
    git(shop.parent / "shared.git", "update-ref", "-d", RECORDS)
    first = git(shop, "rev-list", "--max-parents=0", "records")
    return [f"commit {first[:12]}: remote-lacks"]


def leave_the_withdrawal_out(shop: Path, chance: random.Random) -> Sequence[str]:
    """Nothing on record tells that it was there: the shared repository does."""
    steps = history(shop)
    gone = f"{documents_of(FOURTH)}/commercial-invoice-1/r0-withdrawn.yaml"
    at = next(i for i, step in enumerate(steps) if gone in step.files)
    theirs = git(shop, "rev-parse", f"records~{len(steps) - 1 - at}")
    rewritten(shop, [step for step in steps if gone not in step.files])
    return ["remote-parted", theirs[:12]]


def rewrite_the_shared_records(shop: Path, chance: random.Random) -> Sequence[str]:
    """The clone still has what was there."""
    steps, remote = history(shop), shop.parent / "shared.git"
    ours = git(shop, "rev-parse", f"records~{len(steps) - 4}")
    before = git(shop, "rev-parse", "records")
    who = re.sub(r".*>", "Somebody Else <else@zefan.example>", steps[3].author)
    rewritten(shop, [*steps[:3], replace(steps[3], author=who, committer=who), *steps[4:]])
    git(shop, "push", "--quiet", "--force", str(remote), "records")
    git(shop, "update-ref", RECORDS, before)
    (shop / ".git/logs/refs/heads/records").unlink(missing_ok=True)
    return [f"commit {ours[:12]}: remote-parted"]


def cut_here_without_a_trace(shop: Path, chance: random.Random) -> Sequence[str]:
    """The shared repository has the rest: it is verified, and told."""
    count = chance.randint(1, 5)
    git(shop, "update-ref", RECORDS, f"records~{count}")
    (shop / ".git/logs/refs/heads/records").unlink()
    return [f"the {count} records that only origin has"]
