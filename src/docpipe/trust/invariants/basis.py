"""By what entries of the access log and checkpoints are judged: main as it is, and the moment."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Self

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant, said
from docpipe.trust.invariants.push import PolicyBefore
from docpipe.trust.judging.keys import Keyring
from docpipe.trust.judging.policy import Policies, Policy

_NO_MAIN = Text("there is no main", "没有 main 分支")
_SHARE = Text(
    "Share main with people.yaml: git push origin main",
    "请共享含 people.yaml 的 main：git push origin main",
)


class Basis:
    """What main says, and when that is asked; of a push what it said before, and who pushes.

    `main` is its last commit, "" without one; `push` is None where everything is looked at again.
    """

    def __init__(self, policies: Policies, policy: Policy | None, repo: Repository, now: datetime,
                 push: PolicyBefore | None = None) -> None:  # fmt: skip
        self.policies, self._policy, self.repo = policies, policy, repo
        self.now, self.push = now, push
        self.main = policy.commit if policy else ""
        self._known: dict[tuple[str, str], bool] = {}

    @classmethod
    def at(cls, repo: Repository, reader: Objects, main: str | None, now: datetime) -> Self:
        """By a commit of main. Raises DocpipeError for objects that are missing."""
        policy = Policy(repo, reader, main) if main else None
        return cls(Policies(repo, reader, main), policy, repo, now)

    @classmethod
    def of_push(cls, before: PolicyBefore) -> Self:
        """By main as it was before a push."""
        policy = before.policy if before.main else None
        return cls(before.policies, policy, before.repo, before.now, before)

    @property
    def keys(self) -> Keyring | None:
        """Whose keys count; None where main has no sound people.yaml."""
        return self._people[0]

    @property
    def why(self) -> Text | None:
        """Why no keys are known."""
        return self._people[2]

    @cached_property
    def asks_now(self) -> bool:
        """Whether main asks for signatures as it is."""
        return self._policy is not None and self._policy.asks

    def asks(self, main: str) -> bool:
        """Whether what was made under this commit of main has to be signed.

        What names none on main's line of first parents is asked as main is now: nobody gets around
        it by naming a commit of their own.
        """
        policy = self.policies.at(main)
        return self.asks_now if policy is None else policy.asks

    def has(self, main: str) -> bool:
        """Whether main has this commit in its history."""
        return main in self.policies.line or (bool(self.main) and self._holds(self.main, main))

    def goes_back(self, main: str, before: str) -> bool:
        """Whether a commit of main is an earlier one than another; both are in its history."""
        line = self.policies.line
        if main in line and before in line:
            return line[main] < line[before]
        return main != before and self.has(before) and not self._holds(main, before)

    def goes_on_from(self, main: str) -> bool:
        """Whether a commit is on main's line of first parents."""
        return main in self.policies.line

    def last_day(self, email: str, when: datetime) -> date | None:
        """The person's last day by people.yaml, where the moment lies after it."""
        last = self.last_days.get(email.lower())
        keys = self.keys
        return last if last and keys and keys.day(when) > last else None

    @property
    def last_days(self) -> Mapping[str, date]:
        """The last day of each person who has one, by e-mail."""
        return self._people[1]

    @cached_property
    def _people(self) -> tuple[Keyring | None, Mapping[str, date], Text | None]:
        if self._policy is None:
            return None, {}, _NO_MAIN
        try:
            members = self._policy.roles.members.items()
            last = {email.lower(): member.until for email, member in members if member.until}
            return self._policy.keys, last, None
        except DocpipeError as error:
            return None, {}, said(error)

    def _holds(self, tip: str, commit: str) -> bool:
        if (tip, commit) not in self._known:
            self._known[tip, commit] = git.holds(self.repo, tip, commit)
        return self._known[tip, commit]


@invariant(
    "no-keys",
    Words(
        Text("Signatures were not checked: {why}", "未核验签名：{why}"), _SHARE, _SHARE, remark=True
    ),
)
def knows_keys(basis: Basis) -> Iterator[Broken]:
    """There is a main with a sound people.yaml; a remark where there is none.

    Whatever has to be signed is a fault then all the same.
    ---
    有 main 及无误的 people.yaml；没有则仅作提示，但须签名而无法核验的仍属问题。
    """
    if basis.why:
        yield broken("main", why=basis.why)
