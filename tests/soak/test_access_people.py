"""Eight people log and push to one remote with the hook on: nothing lost, every chain verifies."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from docpipe.adapters.yamlfile import load
from tests.adapters.repository.kit import clone, git, is_sound
from tests.conftest import ROOT, Run
from tests.issuing import ORDER, introduced
from tests.logs import FLOW, access_branches, sign_with
from tests.receiving import DOCUMENT, ZHOU, Server, accepted, committed, hosted, refused
from tests.signing import enter, key, public
from tests.soak.forks import Forks

PEOPLE = 8
EACH = int(os.environ.get("E", "40"))
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
class Desk:
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
    program.write_text("#!/bin/sh\nexec cat \"$1\"\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def _people() -> list[tuple[str, str]]:
    """The first of people.yaml, by name and e-mail."""
    root = load((ROOT / "people.yaml").read_bytes(), "people.yaml").root
    assert root is not None
    rows = root.rows("people")[:PEOPLE]
    return [(row.text("name.en"), row.text("email")) for row in rows]


def _office(base: Path, people: list[tuple[str, str]]) -> tuple[Server, list[Path]]:
    """The shared repository with the hook where everybody signs, and a clone for each."""
    server = hosted(base)
    keys = [key(base / "keys" / email, "-t", "ed25519") for _, email in people]
    for (_, email), each in zip(people, keys, strict=True):
        enter(server.clone, email, f"key: {public(each)}")
    company = server.clone / "company.yaml"
    text = company.read_text(encoding="utf-8")
    assert FLOW in text
    company.write_text(text.replace(FLOW, f"{FLOW}signing: required\n"), encoding="utf-8")
    sign_with(server.clone, base / "keys" / ZHOU[1])
    committed(server.clone, ZHOU, "-S")
    accepted(server.push("main"))
    clones = []
    for who, private in zip(people, keys, strict=True):
        clones.append(introduced(clone(server.bare, base / who[1].partition("@")[0]), who))
        sign_with(clones[-1], private)
    return server, clones


def _desks(base: Path, clones: list[Path]) -> Iterator[Desk]:
    """One for each, and a second for some."""
    for number, folder in enumerate([*clones, *clones[:TWICE]]):
        name = f"{folder.name}-{number // PEOPLE}"
        yield Desk(folder, name, Forks(folder, base / "said" / name))


def _entries(bare: Path, tip: str) -> list[tuple[int, str]]:
    """Sequence and reason of each entry of a chain, oldest first, by plain git."""
    form = "%(trailers:key=Sequence,valueonly,separator=,)%x09%(trailers:key=Reason,valueonly)"
    lines = git(bare, "log", "--reverse", f"--format={form}", tip).splitlines()
    return [(int(one), why) for one, _, why in (line.partition("\t") for line in lines if line)]


def test_eight_people_log_and_push_with_the_hook_on_and_nothing_is_lost(
    tmp_path: Path, docpipe: Run, opener: None
) -> None:
    people = _people()
    assert len({email for _, email in people}) == PEOPLE
    server, clones = _office(tmp_path, people)
    ninth = introduced(clone(server.bare, tmp_path / "ninth"), ("Dang An", "dang.an@zefan.example"))
    before = docpipe("verify", cwd=ninth)
    assert before.returncode == 0, before.stdout + before.stderr

    desks = [*_desks(tmp_path, clones)]
    with ThreadPoolExecutor(len(desks)) as together:
        for done in [together.submit(desk.works) for desk in desks]:
            done.result()
    for desk in desks[:PEOPLE]:
        assert desk.forks.run("sync")[0] == 0
    for desk in desks:
        desk.forks.close()

    asked = [f"{desk.name}-{number}" for desk in desks for number in range(EACH)]
    chains = {branch: _entries(server.bare, tip) for branch, tip in access_branches(server.bare).items()}
    logged = Counter(why for entries in chains.values() for _, why in entries)
    assert [line for desk in desks for line in desk.wrong] == []
    assert [why for desk in desks for why in desk.shown] == asked
    assert logged == Counter(asked)
    assert {branch.split("/")[1] for branch in chains} == {email for _, email in people}
    assert len(chains) == PEOPLE
    for branch, entries in chains.items():
        assert [one for one, _ in entries] == [*range(1, len(entries) + 1)], branch
    _looked_at(server, ninth, docpipe, len(asked))
    after = docpipe("verify", cwd=ninth)
    assert (after.returncode, after.stdout) == (0, before.stdout)
    assert is_sound(server.bare)


def _looked_at(server: Server, ninth: Path, docpipe: Run, entries: int) -> None:
    """What a clone that nobody worked in says of it, and stock git."""
    verified = docpipe("log", "verify", "--fetch", cwd=ninth, DOCPIPE_LANG="en")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    print(verified.stdout)
    signers = f"gpg.ssh.allowedSignersFile={ninth / '.git' / 'docpipe.signers'}"
    assert docpipe("sync", cwd=ninth).returncode == 0
    for branch, tip in access_branches(server.bare).items():
        told = git(ninth, "-c", signers, "log", f"-{SAMPLE}", "--format=%G? %GS", tip)
        assert told.splitlines() == [f"G {branch.split('/')[1]}"] * SAMPLE
        told = git(ninth, "-c", signers, "log", "-1", "--show-signature", "--format=", tip)
        assert 'Good "git" signature' in told
