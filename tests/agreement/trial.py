"""A push tried: what the hook says, and whether verify says the same once the push is there."""

import os
import random
import shutil
import subprocess
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from docpipe.diagnostics import DocpipeError
from docpipe.steps import log_verify
from docpipe.steps import verify as verifying
from docpipe.steps.receive import receive
from docpipe.steps.verify import verify
from docpipe.trust.invariants import pushed, records
from docpipe.trust.refusals import Refused
from docpipe.workspace.workspace import Workspace
from tests.adapters.git.kit import GIT
from tests.agreement.bases import Base
from tests.agreement.case import RECORDS, Case
from tests.agreement.choosing import REAL, Edits, chosen
from tests.agreement.edits import EDITS

MAIN = "refs/heads/main"
LIMITS = ((records, "_LATEST", 4), (records, "_AHEAD", 3), (verifying, "_MANY", 1))
"""How much of the history is kept in mind at once: for a dozen records, so little."""
ONLY_PUSHED = {
    "records-rewritten": "a fresh clone knows of no record but those that are there",
    "ref-name": "it is about the name of another branch, which verify does not read",
    "no-longer-known": "who has left since was still there on the day of the record",
    "inputs-outdated": "main had it so when the record was made, for all that is known later",
    "role-lost": "who has lost a role since had it on the day of the approval",
}
"""What the hook alone can tell, and why verify cannot."""


@dataclass(frozen=True)
class Tried:
    """What became of a push; `wrong` is empty where hook and verify agree."""

    accepted: bool
    compared: bool
    codes: tuple[str, ...]
    wrong: str


def tried(bases: Sequence[Base], number: int, edits: Edits = EDITS) -> Tried:
    """Try one push, all of it chosen by its number."""
    chance = random.Random(number)
    base = bases[chance.choice((0, 0, 1, 2))]
    with pytest.MonkeyPatch.context() as patch:
        for module, name, few in LIMITS:  # as if the history were long
            if chance.random() < 0.5:
                patch.setattr(module, name, few)
        if number % REAL and chance.random() < 0.8:  # as if main had not moved on since
            patch.setattr(pushed, "inputs_of", lambda *_: {})
        return _tried(base, chance, number, edits)


def _tried(base: Base, chance: random.Random, number: int, edits: Edits) -> Tried:
    case = chosen(base, chance, number, edits)
    trial = _Trial(case, datetime.now(UTC))
    try:
        return trial.run()
    except Exception:  # a traceback where hook or verify should have words
        return Tried(False, True, (), trial.said(traceback.format_exc()))
    finally:
        if case.ref != RECORDS:
            base.point(case.ref, None)
        base.objects.clear()
        base.unsent.clear()


class _Trial:
    def __init__(self, case: Case, now: datetime) -> None:
        self.case, self.base, self.now = case, case.base, now
        self.number = ""
        self.hook: list[Refused] = []
        self.lines: list[str] = []
        self.pushed = ""

    def run(self) -> Tried:
        case, base = self.case, self.base
        old = base.names[case.cut - 1] if case.cut else None
        base.point(RECORDS, old)
        base.point(MAIN, base.line[case.there])
        if case.real:
            self.push()
        tip = self.tip(base.objects.put) or old
        if tip is None or (tip == old and case.main == case.there and case.ref == RECORDS):
            return Tried(True, False, (), "")
        self.hook = self.judged(old if case.ref == RECORDS else None, tip)
        codes = tuple(each.name for each in self.hook)
        if self.differs():
            return Tried(False, True, codes, self.said(f"git push: {self.pushed}"))
        accepted = not self.hook
        compared = accepted or (not self.only_pushed(codes) and case.chance.random() < 0.34)
        wrong = self.compared(tip, accepted=accepted) if compared else ""
        if not case.told and not accepted and codes != ("inputs-outdated",):
            wrong = "nothing was edited"
        return Tried(accepted, compared, codes, self.said(wrong) if wrong else "")

    def tip(self, put) -> str | None:  # type: ignore[no-untyped-def]
        names = self.base.writer.write(self.case.acts, put)
        return names[-1] if names else None

    def judged(self, old: str | None, tip: str) -> list[Refused]:
        case, line, null = self.case, self.base.line, "0" * 40
        rows = [f"{old or null} {tip} {case.ref}"] if old != tip else []
        if case.main != case.there:
            rows.append(f"{line[case.there]} {line[case.main]} {MAIN}")
        try:
            return receive(
                self.base.bare, "".join(f"{row}\n" for row in rows).encode(), {}, self.now
            )
        except DocpipeError as error:
            return [Refused("", "told", error.message, error.message)]

    def differs(self) -> bool:
        """Whether a real push came out otherwise, and not by git's own check of its objects."""
        if not self.pushed or "unpacker error" in self.pushed:
            return False
        return (self.pushed == "accepted") != (not self.hook)

    def only_pushed(self, codes: Sequence[str]) -> bool:
        """Whether only the hook can tell these."""
        case, base = self.case, self.base
        here = [*ONLY_PUSHED, *(["main-unknown"] if case.main != case.there else [])]
        early = [f"Main: {name}".encode() for name in base.line[: base.asks]]
        if any(main in act.message for act in case.acts[case.cut :] for main in early):
            here.append("unsigned")  # by the last main it had to be, by the one it names not
        return all(code in here for code in codes)

    def compared(self, tip: str, *, accepted: bool) -> str:
        """What is wrong where the push is in the shared repository, by the hook or past it."""
        self.base.point(self.case.ref, tip)
        self.base.point(MAIN, self.base.line[self.case.main])
        if accepted:
            self.lines = self.verified() + self.log_verified()
            sound = all(line.startswith("unsound") for line in self.lines)
            if self.lines and sound and self.refused_by_git():
                self.lines = []
        elif not self.verified("*"):
            self.lines = self.verified() + self.log_verified()
            return "" if self.lines else "the hook refuses it, and verify finds nothing"
        return "the hook accepts it, and verify does not" if self.lines else ""

    def verified(self, *orders: str) -> list[str]:
        found = verify(Workspace(self.base.fresh), orders, self.base.fresh, self.now)
        wrong = [each for each in found.violations if not each.remark]
        return [f"{each.code} {each.at.path}: {each.message('en')}" for each in wrong]

    def log_verified(self) -> list[str]:
        refs = self.base.fresh / ".git/refs"
        try:
            found = log_verify.verify(Workspace(self.base.fresh), fetch=True, now=self.now)
        finally:
            shutil.rmtree(refs)
            shutil.copytree(refs.with_name("refs.kept"), refs)
        wrong = [each for each in found.faults if not each.remark]
        return [f"log: {each.code} {each.at.path}: {each.message('en')}" for each in wrong]

    def refused_by_git(self) -> bool:
        """Whether git itself keeps this out of a shared repository."""
        self.base.point(RECORDS, self.base.names[self.case.cut - 1] if self.case.cut else None)
        self.base.point(MAIN, self.base.line[self.case.there])
        self.base.objects.clear()
        self.push()
        return "unpacker error" in self.pushed

    def push(self) -> None:
        """Push from elsewhere, by git, to the hook; what the server says, or "accepted"."""
        case, base = self.case, self.base
        tip = self.tip(base.unsent.put)
        specs = [f"{tip}:{case.ref}"] if tip else []
        specs += [f"{base.line[case.main]}:{MAIN}"] if case.main != case.there else []
        done = subprocess.run(
            [GIT, "push", "--force", "--atomic", base.bare.as_uri(), *specs], cwd=base.desk,
            capture_output=True, check=False, env=dict(os.environ),
        )  # fmt: skip
        said = done.stderr.decode("utf-8", "replace")
        assert "Traceback" not in said, said
        self.pushed = said if done.returncode else "accepted"
        base.point(case.ref, base.names[case.cut - 1] if case.cut and case.ref == RECORDS else None)
        base.point(MAIN, base.line[case.there])

    def said(self, wrong: str) -> str:
        case = self.case
        rows = [wrong, f"edits: {'; '.join(case.told) or 'none'}",
                f"{case.ref} from {case.cut}, main {case.there}->{case.main}",
                *(f"hook: {each.name}: {each.message.en}" for each in self.hook),
                *(f"verify: {line}" for line in self.lines)]  # fmt: skip
        return "\n".join(rows)
