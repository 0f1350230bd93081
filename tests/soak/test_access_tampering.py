"""200 tamperings of logs and records against a witness that saw the original: each is named."""

import random
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from docpipe.adapters.git import Record, Records, Signature, known_main, open_repository
from docpipe.steps.log_verify import verify
from docpipe.steps.witness import witness
from docpipe.trust.accesslog import logged as access
from docpipe.trust.judging.signing import for_records
from docpipe.workspace.workspace import Workspace
from tests.adapters.git.kit import git
from tests.issuing import LIN, ZHOU, introduced
from tests.logs import NOON, chain, key_of, office, raw_entry, sign_with, signs
from tests.signing import key

TAMPERINGS = 200
ENTRIES = 8

pytestmark = pytest.mark.soak


class Attack:
    """Somebody who can push anything to the remote, and has Zhou's key and one of his own."""

    def __init__(self, remote: Path, mine: Path, zhous: Path, chance: random.Random) -> None:
        self.remote, self.mine, self.zhous, self.chance = remote, mine, zhous, chance
        lines = git(remote, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        self.refs = dict(line.split(" ") for line in lines)
        logs = sorted(ref for ref in self.refs if "/access/" in ref)
        self.lin = next(ref for ref in logs if LIN[1] in ref)
        self.zhou = next(ref for ref in logs if ZHOU[1] in ref)
        self.log = chance.choice(logs)

    def put(self, ref: str, tip: str) -> str:
        git(self.remote, "update-ref", ref, tip)
        return ref

    def contents(self, ref: str) -> list[str]:
        """The commits of a branch, the oldest first, without their parents."""
        names = git(self.remote, "rev-list", "--reverse", ref).splitlines()
        raw = (git(self.remote, "cat-file", "commit", name) + "\n" for name in names)
        return [re.sub(r"^parent .*\n", "", each, flags=re.MULTILINE) for each in raw]

    def rebuilt(self, ref: str, contents: list[str]) -> str:
        """The branch made again of these."""
        tip = ""
        for each in contents:
            head, _, rest = each.partition("\n")
            text = f"{head}\n" + (f"parent {tip}\n" if tip else "") + rest
            tip = git(self.remote, "hash-object", "-t", "commit", "-w", "--stdin",
                      stdin=text.encode())  # fmt: skip
        return self.put(ref, tip)

    def some(self, ref: str) -> tuple[list[str], int]:
        """A branch's commits, and one of them that is not the last."""
        found = self.contents(ref)
        return found, self.chance.randrange(len(found) - 1)

    def branch(self) -> str:
        return self.chance.choice([self.log, "refs/heads/records"])

    # Rewriting

    def truncate(self) -> str:
        ref = self.branch()
        return self.put(ref, f"{ref}~{self.chance.randrange(1, ENTRIES)}")

    def delete(self) -> str:
        ref = self.chance.choice([self.log, "refs/heads/records", "refs/heads/main"])
        git(self.remote, "update-ref", "-d", ref)
        return ref

    def drop(self) -> str:
        found, at = self.some(ref := self.branch())
        return self.rebuilt(ref, found[:at] + found[at + 1 :])

    def drop_and_renumber(self) -> str:
        found, at = self.some(self.log)
        kept = found[:at] + found[at + 1 :]
        return self.rebuilt(self.log, [
            re.sub(r"(?m)^Sequence: \d+$", f"Sequence: {n}", each)
            for n, each in enumerate(kept, 1)
        ])  # fmt: skip

    def reorder(self) -> str:
        found, at = self.some(ref := self.branch())
        found[at], found[at + 1] = found[at + 1], found[at]
        return self.rebuilt(ref, found)

    def date_anew(self) -> str:
        found, at = self.some(ref := self.branch())
        by = self.chance.randrange(60, 10**7)
        found[at] = re.sub(
            r"(?m)^((?:author|committer) .*> )(\d+)",
            lambda hit: hit[1] + str(int(hit[2]) - by), found[at],
        )  # fmt: skip
        return self.rebuilt(ref, found)

    def change_words(self) -> str:
        found, at = self.some(ref := self.branch())
        found[at] = found[at].replace("ZF-2026-0002", "ZF-2026-0003").replace("Record", "Recrod")
        return self.rebuilt(ref, found)

    def rename(self) -> str:
        found, at = self.some(ref := self.branch())
        found[at] = found[at].replace(*((LIN[0], ZHOU[0]) if LIN[0] in found[at]
                                        else (ZHOU[0], LIN[0])))  # fmt: skip
        return self.rebuilt(ref, found)

    def strip_signatures(self) -> str:
        found, at = self.some(ref := self.branch())
        bare = [re.sub(r"(?m)^gpgsig .*\n(?: .*\n)*", "", each) for each in found[at:]]
        return self.rebuilt(ref, found[:at] + bare)

    def sign_anew(self) -> str:
        """The whole chain made again, signed with a key of his own."""
        tip = ""
        for n in range(1, ENTRIES + 1):
            tip = raw_entry(self.remote, tip, n, LIN, n, sign=self.mine)
        return self.put(self.lin, tip)

    def another_branch(self) -> str:
        ref, other = self.chance.sample([self.lin, self.zhou, "refs/heads/records"], 2)
        return self.put(ref, other)

    def rewrite_main(self) -> str:
        tree = git(self.remote, "rev-parse", "main^{tree}")
        parents = self.chance.choice([[], ["-p", "main~1"]])
        tip = git(self.remote, "commit-tree", *parents, "-m", "main", tree)
        return self.put("refs/heads/main", tip)

    # Adding

    def forged(self, **told: object) -> str:
        tip = self.refs[self.lin]
        return raw_entry(self.remote, tip, ENTRIES + 1, minute=50, **told)  # type: ignore[arg-type]

    def forge_unsigned(self) -> str:
        return self.put(self.lin, self.forged())

    def forge_with_a_key(self) -> str:
        return self.put(self.lin, self.forged(sign=self.chance.choice([self.mine, self.zhous])))

    def forge_another_author(self) -> str:
        return self.put(self.lin, self.forged(who=ZHOU, author=LIN, sign=self.zhous))

    def put_his_own_on_it(self) -> str:
        return self.put(self.lin, self.forged(who=ZHOU, sign=self.zhous))

    def join(self) -> str:
        return self.put(self.lin, self.forged(more=("-p", self.refs[self.zhou])))

    def leave_a_gap(self) -> str:
        number = ENTRIES + self.chance.choice([0, 2, 5])
        tip = raw_entry(self.remote, self.refs[self.lin], number, minute=50, sign=self.mine)
        return self.put(self.lin, tip)

    def play_again(self) -> str:
        found = self.contents(self.log)
        return self.rebuilt(self.log, [*found, self.chance.choice(found)])

    def begin_a_chain(self) -> str:
        device = f"{self.lin.rpartition('/')[0]}/pc-{self.chance.randrange(16**6):06x}"
        sign = self.chance.choice([None, self.mine, self.zhous])
        return self.put(device, raw_entry(self.remote, "", 1, LIN, 55, sign=sign))

    def record(self) -> str:
        """Something on records that docpipe did not write."""
        ref = "refs/heads/records"
        found = self.contents(ref)
        tree = git(self.remote, "rev-parse", f"{ref}~1^{{tree}}")  # takes the last file away
        mark = self.chance.choice(["", "\n\nDocpipe-Record: 1"])
        sign = [] if self.chance.random() < 0.5 else ["-S"]
        words = ["-c", "gpg.format=ssh", "-c", f"user.signingkey={self.zhous}.pub"]
        parent = [] if self.chance.random() < 0.2 else ["-p", ref]
        tip = git(self.remote, *words, "commit-tree", *sign, *parent, "-m", f"Record{mark}", tree)
        assert found
        return self.put(ref, tip)

    def undo(self) -> None:
        for ref, tip in self.refs.items():
            git(self.remote, "update-ref", ref, tip)
        lines = git(self.remote, "for-each-ref", "--format=%(refname)").splitlines()
        for ref in set(lines) - set(self.refs):
            git(self.remote, "update-ref", "-d", ref)


WAYS: tuple[Callable[[Attack], str], ...] = (
    Attack.truncate, Attack.delete, Attack.drop, Attack.drop_and_renumber, Attack.reorder,
    Attack.date_anew, Attack.change_words, Attack.rename, Attack.strip_signatures,
    Attack.sign_anew, Attack.another_branch, Attack.rewrite_main, Attack.forge_unsigned,
    Attack.forge_with_a_key, Attack.forge_another_author, Attack.put_his_own_on_it, Attack.join,
    Attack.leave_a_gap, Attack.play_again, Attack.begin_a_chain, Attack.record,
)  # fmt: skip


def _recorded(folder: Path, number: int) -> None:
    repo = open_repository(folder)
    by = Signature(*LIN, NOON - timedelta(hours=1) + timedelta(minutes=number))
    main = known_main(repo)
    assert main is not None
    files = {f"numbers/SC/2026/{number + 1:04}.yaml": b"%d" % number}
    made = Record(files, "Record", trailers=[("Main", main)])
    Records(repo).append(lambda _: made, by, for_records(repo, by, main))


def test_every_tampering_is_named_by_a_witness_that_saw_the_original(tmp_path: Path) -> None:
    remote, (a, b, eye) = office(tmp_path, "a", "b", "eye", signed=True)
    signs(b, ZHOU)
    for folder in (a, b):
        chain(folder, ENTRIES)
        assert access.share(Workspace(folder), NOON) is None
    for number in range(ENTRIES + 1):
        _recorded(a, number)
    for word in ("one", "two"):
        git(a, "commit", "-q", "--allow-empty", "-m", word)
    git(a, "push", "-q", "origin", "main")
    zhous = key_of(b, ZHOU)
    sign_with(introduced(eye, ZHOU), zhous)
    assert witness(Workspace(eye), "", [], NOON).commit
    mine, chance = key(tmp_path / "mine", "-t", "ed25519"), random.Random(6)
    missed = []
    for number in range(TAMPERINGS):
        way = WAYS[number % len(WAYS)]
        attack = Attack(remote, mine, zhous, chance)
        ref = way(attack).removeprefix("refs/heads/")
        told = verify(Workspace(eye), fetch=True, now=NOON)
        named = {each.at.path for each in told.faults if not each.remark}
        if named != {ref}:
            missed.append((way.__name__, ref, named))
        attack.undo()
    assert missed == []
    assert witness(Workspace(eye), "", [], NOON).commit
