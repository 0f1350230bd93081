"""Records whose signatures were tampered with, or that somebody else signed."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.adapters.git.kit import git
from tests.issuing import LIN, ZHOU, introduced
from tests.signing import enter, key, public
from tests.tampering.kit import BEGUN, LEGAL, RECORDS, Step, flipped, history, rewritten

_SIGNATURE = re.compile(r"^gpgsig .*\n(?: .*\n)*", re.MULTILINE)
FINANCE = ("钱账", "qian.zhang@zefan.example")
PEOPLE = (LIN, ZHOU, LEGAL, FINANCE)


def keys(shop: Path, ago: timedelta = BEGUN) -> None:
    """Give people a key beside the shop; the admin enters them, and asks for signatures."""
    for name, email in PEOPLE:
        enter(shop, email, f"key: {public(key(_key(shop, name), '-t', 'ed25519'))}")
    company = shop / "company.yaml"
    text = company.read_text(encoding="utf-8")
    company.write_text(text.replace("flow: ", "signing: required\nflow: ", 1), encoding="utf-8")
    git(shop, "config", "gpg.format", "ssh")
    git(shop, "config", "commit.gpgsign", "true")
    become(shop, ZHOU)
    before = (datetime.now(UTC) - ago).isoformat()
    git(shop, "commit", "--quiet", "--all", "-m", "Ask for signatures",
        GIT_COMMITTER_NAME=ZHOU[0], GIT_COMMITTER_EMAIL=ZHOU[1],
        GIT_COMMITTER_DATE=before, GIT_AUTHOR_DATE=before)  # fmt: skip
    become(shop, LIN)


def become(shop: Path, who: tuple[str, str]) -> None:
    """Let a person go on, who signs with their key."""
    introduced(shop, who)
    git(shop, "config", "user.signingkey", f"{_key(shop, who[0])}.pub")


def _key(shop: Path, name: str) -> Path:
    number = [each[0] for each in PEOPLE].index(name)
    return shop.parent / "keys" / str(number)


def stripped(shop: Path, chance: random.Random | None = None) -> Sequence[str]:
    """Take the last record's signature off."""
    raw = git(shop, "cat-file", "commit", RECORDS) + "\n"
    _last(shop, _SIGNATURE.sub("", raw))
    return ["is not signed"]


def flip_a_byte_of_a_signature(shop: Path, chance: random.Random) -> Sequence[str]:
    raw = git(shop, "cat-file", "commit", RECORDS) + "\n"
    lines = raw.splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if line.startswith("gpgsig "))
    at = chance.randrange(first + 2, first + 5)  # lines of base64 within the armour
    old = lines[at].strip()
    place = chance.randrange(len(old) - 4)
    new = old[:place] + chance.choice([c for c in "AZaz09+/" if c != old[place]]) + old[place + 1 :]
    lines[at] = f" {new}\n"
    _last(shop, "".join(lines))
    return [f"commit {git(shop, 'rev-parse', RECORDS)[:12]}: sign"]


def reauthor_signed_records(shop: Path, chance: random.Random) -> Sequence[str]:
    """In another's name, from some commit on; nobody signs it."""
    steps = history(shop)
    at = chance.randrange(len(steps))
    who = re.sub(r".*>", f"{ZHOU[0]} <{ZHOU[1]}>", steps[at].author)
    steps[at] = replace(steps[at], author=who, committer=who)
    rewritten(shop, steps)
    return ["is not signed", ZHOU[1]]


def sign_all_anew(shop: Path, chance: random.Random) -> Sequence[str]:
    """An insider changes a document with its record, and signs the whole branch."""
    steps = history(shop)
    at = next(i for i, step in enumerate(steps) if any(p.endswith(".docx") for p in step.files))
    path = next(p for p in steps[at].files if p.endswith(".docx"))
    data = steps[at].files[path]
    assert data is not None
    steps[at] = replace(steps[at], files={**steps[at].files, path: flipped(data, chance)})
    rewritten(shop, steps)
    become(shop, ZHOU)
    parent: list[str] = []
    for step, name in zip(steps, git(shop, "rev-list", "--reverse", RECORDS).split(), strict=True):
        tree = git(shop, "rev-parse", f"{name}^{{tree}}")
        new = git(shop, "commit-tree", "-S", *parent, "-m", step.message.rstrip("\n"), tree,
                  **_names(step))  # fmt: skip
        parent = ["-p", new]
    git(shop, "update-ref", RECORDS, parent[1])
    return [f"signed with the key of {ZHOU[1]}"]


def _names(step: Step) -> dict[str, str]:
    found = {}
    for role, line in (("AUTHOR", step.author), ("COMMITTER", step.committer)):
        who = re.fullmatch(r"(.*) <(.*)> (.*)", line)
        assert who is not None
        found |= {
            f"GIT_{role}_NAME": who[1],
            f"GIT_{role}_EMAIL": who[2],
            f"GIT_{role}_DATE": who[3],
        }
    return found


def _last(shop: Path, raw: str) -> None:
    name = git(shop, "hash-object", "-w", "-t", "commit", "--stdin", stdin=raw.encode())
    git(shop, "update-ref", RECORDS, name)
