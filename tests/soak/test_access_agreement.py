"""What the hook accepts on access/ and witness/, whoever verifies finds nothing wrong with; what it
refuses is named where it went past the hook. Random pushes, made of honest ones by random edits."""

import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from docpipe.adapters import sshkeys
from docpipe.adapters.git.objects import Sign
from docpipe.diagnostics import DocpipeError
from docpipe.steps.log_verify import verify
from docpipe.steps.receive import receive
from docpipe.steps.witness import witness
from docpipe.trust.refusals import Refused
from docpipe.workspace.workspace import Workspace
from tests.adapters.git.kit import GIT, git
from tests.issuing import LIN, ZHOU, introduced
from tests.logs import FLOW, office, sign_with
from tests.receiving import run
from tests.signing import enter
from tests.soak.edits import ACCESS, WITNESS
from tests.soak.pushes import NOW, Case, Spec, honest_checkpoints, honest_logs, made, moment

EACH = 320
REAL = 9  # of so many, one is pushed by git as well
LOG, OTHER, NIGHTLY = (f"refs/heads/{name}" for name in (
    f"access/{LIN[1]}/desk-0a1b2c", f"access/{ZHOU[1]}/pc-0a1b2c", "witness/nightly"))  # fmt: skip
UNSEEN = {"gone", "rewritten"}
"""What only the hook can tell: a new clone has nothing to compare with."""

pytestmark = [pytest.mark.soak, pytest.mark.openssh]


@dataclass
class World:
    """A shared repository with the hook, honest chains as data, and a clone to look at it."""

    bare: Path
    eye: Path
    signs: dict[str, Sign]
    odd: dict[str, str]
    logs: list[Spec]
    checkpoints: list[Spec]

    def case(self, chance: random.Random) -> Case:
        """An honest push: the whole branch, or what it has beyond a commit that is shared."""
        access = chance.random() < 0.6
        every = self.logs if access else self.checkpoints
        at = chance.choice([0, 3, 5] if access else [0, 1, 2])
        base = made(self.bare / "objects", "", every[:at])
        upto = chance.randrange(at + 1, len(every) + 1)
        first = made(self.bare / "objects", "", every[:1])
        odd = {**self.odd, "first": first, "number": str(at)}
        ref = LOG if access else NIGHTLY
        return Case(ref, base, base, list(every[at:upto]), chance, odd, self.signs)

    def put(self, *refs: tuple[str, str]) -> None:
        """Let refs be like that; "" takes one away."""
        lines = (f"update {ref} {tip}\n" if tip else f"delete {ref}\n" for ref, tip in refs)
        git(self.bare, "update-ref", "--stdin", stdin="".join(lines).encode())

    def judged(self, case: Case, tip: str) -> list[Refused]:
        null = "0" * 40
        line = f"{case.old or null} {tip or null} {case.ref}\n"
        return receive(self.bare, line.encode(), {}, NOW)

    def named(self, case: Case) -> list[str]:
        """What a new clone says is wrong; nothing where all is well."""
        told = git(self.eye, "for-each-ref", "--format=delete %(refname)", "refs/docpipe",
                   "refs/heads/witness", "refs/remotes/origin/access")  # fmt: skip
        git(self.eye, "update-ref", "--stdin", stdin=f"{told}\n".encode() if told else b"")
        (self.eye / ".git" / "docpipe.verified").unlink(missing_ok=True)
        try:
            if case.ref.startswith("refs/heads/witness/"):
                introduced(self.eye, LIN if case.old else case.specs[0].by)
                name = case.ref.removeprefix("refs/heads/witness/")
                verdict = witness(Workspace(self.eye), name, [], NOW).verdict
            else:
                verdict = verify(Workspace(self.eye), fetch=True, now=NOW)
        except DocpipeError as error:
            return [error.say("en")]
        return [each.code for each in verdict.faults if not each.remark]


@pytest.fixture(params=["signed", "plain"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    """Main asks for signatures from its second commit on, or never does."""
    bare, (here, eye) = office(tmp_path, "a", "eye")
    old_main = git(here, "rev-parse", "main")
    git(here, "switch", "--quiet", "--create", "side")
    git(here, "commit", "--quiet", "--allow-empty", "-m", "aside")
    git(here, "switch", "--quiet", "main")
    people = {"lin": LIN, "old": LIN, "zhou": ZHOU, "nobody": ZHOU}
    keys = {name: sshkeys.make(tmp_path / "keys" / name, who[1]) for name, who in people.items()}
    if request.param == "signed":
        until = f"until: {moment(days=3).date()}"
        enter(here, LIN[1], f"key: {keys['lin'].line}", f"key: {keys['old'].line}, {until}")
        enter(here, ZHOU[1], f"key: {keys['zhou'].line}")
        company = here / "company.yaml"
        text = company.read_text("utf-8")
        company.write_text(text.replace(FLOW, f"{FLOW}signing: required\n"), "utf-8")
    git(here, "commit", "--quiet", "--allow-empty", "-am", "Ask for signatures")
    git(here, "merge", "--quiet", "--no-ff", "-m", "join", "side")
    git(here, "push", "--quiet", "origin", "main")
    run(tmp_path, "hook", "install", str(bare))
    signs = {name: sshkeys.signer(key) for name, key in keys.items()}
    main = git(here, "rev-parse", "main")
    hollow = git(bare, "mktree", stdin=f"040000 tree {git(bare, 'mktree')}\tx\n".encode())
    odd = {"main": main, "old main": old_main, "side": git(here, "rev-parse", "side"),
           "nowhere": "5" * 40, "tree": git(here, "rev-parse", "main^{tree}"),
           "hollow": hollow}  # fmt: skip
    used = signs if request.param == "signed" else dict.fromkeys(signs)
    logs = [*honest_logs(old_main, main, used)]
    zhous = [replace(each, by=ZHOU, sign=each.sign and signs["zhou"]) for each in logs[:2]]
    odd["other"] = other = made(bare / "objects", "", zhous)
    if request.param == "signed":
        sign_with(eye, keys["lin"].path.with_suffix(""))
    shared = World(bare, introduced(eye), signs, odd, logs, [])
    shared.put((OTHER, other))
    shared.checkpoints = [
        *honest_checkpoints(
            (git(bare, "rev-parse", f"{OTHER}~1"), other), OTHER.removeprefix("refs/heads/"),
            old_main, main, used,
        )
    ]  # fmt: skip
    return shared


def test_hook_and_whoever_verifies_agree(world: World, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", "--shared", str(world.bare), "client")
    client = tmp_path / "client"
    chance, wrong, counts = random.Random(10), [], Counter[str]()
    for number in range(EACH):
        case = world.case(chance)
        for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
            edit = chance.choice(ACCESS if case.ref == LOG else WITNESS)
            if case.tip == "" and (case.ref in (LOG, NIGHTLY)):
                edit(case)
                case.edits.append(edit.__name__)
        wrong += _disagreement(world, case, counts, client if number % REAL == 0 else None)
    print(dict(counts))
    assert "\n".join(map(str, wrong)) == ""
    assert counts["accepted"] > EACH / 8
    assert counts["refused"] > EACH / 3
    assert counts["pushed"] > EACH / 12


def _disagreement(
    world: World, case: Case, counts: Counter[str], client: Path | None
) -> Iterator[tuple[object, ...]]:  # fmt: skip
    """Where the hook and whoever verifies judge a push differently."""
    base = case.base if case.ref in (LOG, NIGHTLY) else ""
    world.put(*([(case.ref, base)] if base else []))
    every = world.logs if "/access/" in case.ref else world.checkpoints
    shared = [] if base or not case.base else every[: int(case.odd["number"])]
    tip = case.tip
    if tip == "":
        tip = made(world.bare / "objects", base, [*shared, *case.specs])
    if (tip or "") == (case.old or ""):
        counts["nothing"] += 1
        world.put(*([(case.ref, "")] if base else []))
        return
    found = world.judged(case, tip or "")
    if client and not _pushed_alike(world, case, tip or "", client, bool(found), counts):
        yield "real push", case.edits, case.ref, [each.name for each in found]
    world.put((case.ref, tip or ""))
    named = world.named(case)
    codes = {each.name for each in found}
    today = codes == {"signature"} and len(found) == 1 and (tip or "-")[:12] in found[0].message.en
    counts["refused" if found else "accepted"] += 1
    if found and not named:
        counts["the hook alone"] += 1
    if bool(named) != bool(found) and not (found and (codes <= UNSEEN or today)):
        yield case.edits, case.ref, codes, named, [each.message.en for each in found[:1]]
    if tip:
        world.put((case.ref, ""))


def _pushed_alike(
    world: World, case: Case, tip: str, client: Path, refused: bool, counts: Counter[str]
) -> bool:  # fmt: skip
    """Whether the hook says the same over a real push; git itself may refuse what is malformed."""
    command = [GIT, "push", "--force", world.bare.as_uri(), f"{tip}:{case.ref}"]
    done = subprocess.run(command, cwd=client, capture_output=True, text=True, check=False)
    counts["pushed"] += 1
    if done.returncode == 0:
        world.put((case.ref, case.old))
    by_hook = "docpipe" in done.stderr
    return (done.returncode == 0) != refused and (refused == by_hook or "fsck" in done.stderr)
