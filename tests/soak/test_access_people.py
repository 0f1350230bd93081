"""Eight people log and push to one remote with the hook on: nothing lost, every chain verifies."""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from docpipe.adapters.yamlfile import load
from tests.adapters.git.kit import clone, git, is_sound
from tests.conftest import ROOT
from tests.issuing import ORDER, edit
from tests.logs import FLOW, access_branches, sign_with
from tests.receiving import DOCUMENT, ZHOU, Server, accepted, committed, hosted, run
from tests.signing import enter, key, public
from tests.soak.forks import Forks

PEOPLE = 8
EACH = 40
PUSH = 10  # so many commands go before a sync, which pushes at once; others push by the minute
TWICE = 2  # so many people have two terminals open in one clone
SAMPLE = 3  # entries of each chain, held against stock git

COMMANDS = (
    ("show", ORDER), ("history", ORDER), ("export", ORDER, DOCUMENT), ("show", f"{ORDER}@HEAD"),
    ("open", ORDER, DOCUMENT),
)  # fmt: skip
"""Everything that logs."""

pytestmark = [pytest.mark.soak, pytest.mark.openssh]


@dataclass
class CommittedInputs:
    """A terminal of somebody: what it showed, by the reason given, and what went wrong."""

    clone: Path
    name: str
    forks: Forks
    shown: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def works(self) -> None:
        """Read and read again, each time for a reason of its own, and sync now and then."""
        for number in range(EACH):
            reason = f"{self.name}-{number}"
            command, *words = COMMANDS[number % len(COMMANDS)]
            if self._said(command, *words, "--reason", reason):
                self.shown.append(reason)
            if number % PUSH == PUSH - 1:
                self._said("sync")

    def _said(self, *words: str) -> str:
        code, out, err = self.forks.run(*words)
        if code or (err and words[0] != "sync"):  # it remarks that copies are not saved
            self.wrong.append(f"{self.name}: docpipe {' '.join(words)}: {code}: {err}")
        return out


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that opens files, which a machine without a screen lacks."""
    program = tmp_path / "tools" / "xdg-open"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nexec cat "$1"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def _people() -> list[str]:
    """The e-mails of the first of people.yaml, and of one more who looks at it all."""
    root = load((ROOT / "people.yaml").read_bytes(), "people.yaml").root
    assert root is not None
    return [row.text("email") for row in root.rows("people")[: PEOPLE + 1]]


def _office(base: Path, people: list[str]) -> tuple[Server, list[Path]]:
    """The shared repository with the hook where everybody signs, and a clone for each."""
    server = hosted(base)
    keys = [key(base / "keys" / email, "-t", "ed25519") for email in people]
    for email, each in zip(people, keys, strict=True):
        enter(server.clone, email, f"key: {public(each)}")
    edit(server.clone, "company.yaml", FLOW, f"{FLOW}signing: required\n")
    sign_with(server.clone, base / "keys" / ZHOU[1])
    time.sleep(1)  # what was issued in the same second would have to be signed
    committed(server.clone, ZHOU, "-S")
    accepted(server.push("main"))
    clones = [clone(server.bare, base / email.partition("@")[0]) for email in people]
    for folder, email, private in zip(clones, people, keys, strict=True):
        run(folder, "identity", "--email", email, "--key", f"{private}.pub")
    return server, clones


def _desks(base: Path, clones: list[Path]) -> Iterator[CommittedInputs]:
    """One for each, and a second for some."""
    for number, folder in enumerate([*clones, *clones[:TWICE]]):
        name = f"{folder.name}-{number // PEOPLE}"
        yield CommittedInputs(folder, name, Forks(folder, base / "said" / name))


def _entries(bare: Path, tip: str) -> list[tuple[int, str]]:
    """Sequence and reason of each entry of a chain, oldest first, by plain git."""
    keys = ("Sequence", "Reason")
    form = "%x09".join(f"%(trailers:key={each},valueonly,separator=%x2C)" for each in keys)
    lines = git(bare, "log", "--reverse", f"--format={form}", tip).splitlines()
    return [(int(one), why) for one, _, why in (line.partition("\t") for line in lines)]


def test_eight_people_log_and_push_with_the_hook_on_and_nothing_is_lost(
    tmp_path: Path, opener: None
) -> None:
    *people, ninth = _people()
    assert len(set(people)) == PEOPLE
    server, [*clones, last] = _office(tmp_path, [*people, ninth])
    before = run(last, "verify")
    desks = [*_desks(tmp_path, clones)]
    with ThreadPoolExecutor(len(desks)) as together:
        for done in [together.submit(desk.works) for desk in desks]:
            done.result()
    for desk in desks:
        desk.forks.close()
    for folder in clones:
        run(folder, "sync")

    asked = [f"{desk.name}-{number}" for desk in desks for number in range(EACH)]
    assert "\n".join(line for desk in desks for line in desk.wrong) == ""
    assert [reason for desk in desks for reason in desk.shown] == asked
    _has_all(server.bare, people, asked)
    _is_sound(server.bare, last, len(asked))
    assert run(last, "verify") == before


def _has_all(bare: Path, people: list[str], asked: list[str]) -> None:
    """The remote has one chain a person, without a gap, and each reading in them once."""
    chains = {name: _entries(bare, tip) for name, tip in access_branches(bare).items()}
    logged = Counter(reason for entries in chains.values() for _, reason in entries)
    assert sorted((logged - Counter(asked)) + (Counter(asked) - logged)) == []
    assert sorted(name.split("/")[1] for name in chains) == sorted(people)
    for name, entries in chains.items():
        assert [number for number, _ in entries] == [*range(1, len(entries) + 1)], name


def _is_sound(bare: Path, ninth: Path, entries: int) -> None:
    """What a clone in which nobody worked says of it, stock git, and ssh-keygen through git."""
    told = json.loads(run(ninth, "log", "verify", "--fetch", "--json"))
    print(f"{told['entries']} entries in {told['chains']} chains")
    assert (told["sound"], told["faults"], told["unsigned_now"]) == (True, [], 0)
    assert (told["chains"], told["entries"]) == (PEOPLE, entries)
    for name, tip in access_branches(bare).items():
        seals = git(ninth, "log", f"-{SAMPLE}", "--format=%G? %GS", tip).splitlines()
        assert seals == [f"G {name.split('/')[1]}"] * SAMPLE
        shown = git(ninth, "log", "-1", "--show-signature", "--format=", tip)
        assert shown.startswith('Good "git" signature for ')
    assert is_sound(bare)
