"""A commit on main's line of first parents, as verify and the hook judge it.

What counts is what its first parent says: who has which role, whose keys hold. In the hook what
`main` said before the push counts besides.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property

from docpipe.adapters.git import Signature
from docpipe.diagnostics import DocpipeError
from docpipe.trust.invariants.policy_before import PolicyBefore
from docpipe.trust.judging.guards import Guard
from docpipe.trust.judging.main_history import MainHistory
from docpipe.trust.judging.policy import Policy
from docpipe.trust.judging.roles import ADMIN, Roles
from docpipe.trust.judging.signatures import flaw_of


class MainCommit:
    """One commit of the line; `push` is what counted before a push that brings it, if one does."""

    def __init__(self, history: MainHistory, name: str, push: PolicyBefore | None = None) -> None:
        self.history, self.id, self.push = history, name, push
        self.signed = history.signed(name)
        self.parents = self.signed.parents

    @property
    def who(self) -> Signature | None:
        """Whose commit it is: the committer's, who signs."""
        return self.signed.committer

    @property
    def policy(self) -> Policy:
        """What it says itself."""
        return self.history.policy(self.id)

    @property
    def before(self) -> Policy | None:
        """What its first parent says; None for the first commit."""
        return self.history.policy(self.parents[0]) if self.parents else None

    @cached_property
    def guards(self) -> tuple[Guard, ...]:
        """What is guarded and that it changes or brings; a first commit is believed."""
        touched = self.history.touched.get(self.id)
        if not touched or self.before is None:
            return ()
        return self.history.guarded.changed(self.before.source, self.policy.source, touched)

    def touches(self, *paths: str) -> bool:
        """Whether one of these files is not as in each of its parents."""
        return any(path in self.history.touched.get(self.id, ()) for path in paths)

    @property
    def moments(self) -> list[datetime]:
        """When it came: as it says itself, and as the server's clock says."""
        said = [self.who.when] if self.who else []
        return said + ([self.push.now] if self.push else [])

    @property
    def authorities(self) -> Iterator[tuple[Roles, datetime]]:
        """Whose word counts for a change: roles, and the moment at which they have to count.

        None where people.yaml cannot be read or names no admin: nobody else could mend that.
        """
        policies = [(self.before, self.moments[:1])]
        if self.push and self.push.main:
            policies.append((self.push.policy, self.moments))
        for policy, moments in policies:
            roles = leading(policy)
            yield from ((roles, when) for when in moments if roles)

    def may(self, guard: Guard) -> bool:
        """Whether its committer has one of the roles that a change takes."""
        return self.who is not None and all(
            any(roles.has(self.who.email, role, when) for role in guard.roles)
            for roles, when in self.authorities
        )

    @property
    def has_to_be_signed(self) -> bool:
        """Whether signatures are asked for where it stands."""
        return self.id in self.history.demand.asked

    def is_vouched_for(self) -> bool:
        """Whether it is signed by its committer as its guarded changes take, where that is asked.

        By a key that counted before: whoever enters one cannot sign with it what gives the right to
        enter it. Only where nobody was asked to sign before, the keys count that come in with it.
        """
        if not self.has_to_be_signed:
            return True
        asked_before = self.history.demand.held.intersection(self.parents[:1])
        policies = [self.before if asked_before else self.policy]
        if self.push and self.push.asks:
            policies.append(self.push.policy)
        now = self.push.now if self.push else None
        try:
            keys = [policy.keys for policy in policies if policy]
        except DocpipeError:  # no people.yaml: told by itself
            return True
        return all(flaw_of(self.signed, each, now) is None for each in keys)


def leading(policy: Policy | None) -> Roles | None:
    """The roles that a commit gives; None where it gives nobody the role admin."""
    try:
        roles = policy.roles if policy else None
    except DocpipeError:
        return None
    members = roles.members.values() if roles else ()
    return roles if any(ADMIN in member.roles for member in members) else None
