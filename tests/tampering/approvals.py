"""Approvals, withdrawals and papers tampered with."""

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from docpipe.trust.formats.places import documents_of
from tests.adapters.git.kit import git
from tests.issuing import FOLDER, LIN
from tests.tampering.kit import (
    APPROVED,
    CONTRACT,
    FOURTH,
    edited,
    flipped,
    history,
    paths,
    rewritten,
    swapped,
)


def change_an_approved_text(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"approvals/.*\.txt"))
    rewritten(shop, edited(steps, path, lambda data: swapped(data, "2\\.70", "2.10")))
    return [f"{path[:-4]}.yaml: record-unreadable"]


def change_an_approved_text_and_its_record(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    number = chance.choice("12")
    text = next(d for s in steps for p, d in s.files.items() if p == f"{APPROVED}/{number}.txt")
    forged = swapped(text or b"", "2\\.70", "2.10")
    digest = hashlib.sha256(forged).hexdigest()
    steps = edited(steps, f"{APPROVED}/{number}.txt", lambda _: forged)
    steps = edited(
        steps, f"{APPROVED}/{number}.yaml",
        lambda d: swapped(d, r'text_sha256: "\w+', f'text_sha256: "{digest}'),
    )  # fmt: skip
    rewritten(shop, steps)
    return [f"{CONTRACT}/r{int(number) - 1}.yaml: approval-other-text", f"{number}.yaml"]


def edit_an_approval(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = chance.choice(paths(steps, r"approvals/.*/\d\.yaml"))
    find, put, check = chance.choice(
        (
            (r'role: "legal', 'role: "manager', "approval-role"),
            (r'email: "\w+', 'email: "x', "author"),
            (r'\nat: "20', '\nat: "19', "time"),
            (r'order: "ZF', 'order: "XF', "record-unreadable"),
            (r'text_sha256: "\w', 'text_sha256: "z', "record-unreadable"),
        )
    )
    rewritten(shop, edited(steps, path, lambda data: swapped(data, find, put)))
    return [f"{path}: {check}"]


def approve_without_the_role(shop: Path, chance: random.Random) -> Sequence[str]:
    """Consistent in itself: record and commit are by one who has not the role."""
    steps = history(shop)
    path = f"{APPROVED}/{chance.choice('12')}.yaml"
    by = f"{LIN[0]} <{LIN[1]}>"
    steps = [
        replace(s, author=re.sub(r".*>", by, s.author), committer=re.sub(r".*>", by, s.committer))
        if path in s.files else s for s in steps
    ]  # fmt: skip
    steps = edited(steps, path, lambda d: swapped(
        d, r'name: "[^"]+", email: "[^"]+', f'name: "{LIN[0]}", email: "{LIN[1]}'))  # fmt: skip
    rewritten(shop, steps)
    return [f"{path}: approval-role"]


def leave_an_approval_out(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    number = chance.choice("12")
    gone = f"{APPROVED}/{number}.yaml"
    rewritten(shop, [step for step in steps if gone not in step.files])
    return [f"{CONTRACT}/r{int(number) - 1}.yaml: approval-not-there", gone]


def issue_without_an_approval(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = f"{CONTRACT}/r{chance.choice('01')}.yaml"
    rewritten(
        shop, edited(steps, path, lambda d: swapped(d, r"approvals: \[.*\]", "approvals: []"))
    )
    return [f"{path}: approval-lacking"]


def withdraw_what_is_not_there(shop: Path, chance: random.Random) -> Sequence[str]:
    steps = history(shop)
    path = f"{documents_of(FOURTH)}/commercial-invoice-1/r0-withdrawn.yaml"
    moved = f"{documents_of(FOURTH)}/commercial-invoice-1/r1-withdrawn.yaml"
    steps = [
        replace(s, files={moved if p == path else p: d for p, d in s.files.items()}) for s in steps
    ]
    rewritten(shop, steps)
    return [f"{moved}: withdrawal-of-nothing"]


def edit_a_withdrawal(shop: Path, chance: random.Random) -> Sequence[str]:
    path = f"{documents_of(FOURTH)}/commercial-invoice-1/r0-withdrawn.yaml"
    find, put, check = chance.choice(
        (
            (r"revision: 0", "revision: 3", "withdrawal-of-nothing"),
            (r'\nat: "20', '\nat: "19', "time"),
            (r'email: "\w+', 'email: "x', "author"),
            (r"number: .*\n", "", "record-unreadable"),
        )
    )
    rewritten(shop, edited(history(shop), path, lambda data: swapped(data, find, put)))
    return [f"{path}: {check}"]


def change_a_paper(shop: Path, chance: random.Random) -> Sequence[str]:
    path = chance.choice(sorted((shop / FOLDER / "papers").glob("*.pdf")))
    path.write_bytes(flipped(path.read_bytes(), chance))
    if chance.random() < 0.5:
        git(shop, "commit", "--quiet", "-am", "A better scan")
    return ["PAP02", path.name]


def take_a_paper_away(shop: Path, chance: random.Random) -> Sequence[str]:
    path = chance.choice(sorted((shop / FOLDER / "papers").glob("*.pdf")))
    path.unlink()
    return ["PAP01", path.name]
