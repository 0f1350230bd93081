"""Who has which role, by people.yaml as a commit of the shared `main` has it.

What somebody wrote into their own people.yaml, saved or not, gives them no role before it is on the
shared `main`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from docpipe.adapters import git
from docpipe.adapters.yamlfile import Node, load
from docpipe.adapters.yamlfile.decoding import MAX_BYTES
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.judging.company import clock_of, company_in
from docpipe.workspace.people import Member, member

PEOPLE, ADMIN = "people.yaml", "admin"
_NO_MAIN = Text(
    "There is no main with a people.yaml yet, so nobody has a role",
    "还没有含 people.yaml 的 main 分支，因此任何人都没有角色",
)
_SAVE = Text(
    "Save it, and share it: docpipe save, docpipe sync",
    "请先保存并共享：docpipe save，docpipe sync",
)
_BROKEN = Text(
    "people.yaml on main ({commit}) cannot be read, so nobody has a role",
    "main（{commit}）上的 people.yaml 无法读取，因此任何人都没有角色",
)
_FIX = Text("Fix it: docpipe check", "请改正：docpipe check")


class Roles(Value):
    """Who has which role by e-mail, by which commit of `main`, and the company's clock."""

    commit: str
    members: Mapping[str, Member]
    zone: ZoneInfo

    def has(self, email: str, role: str, when: datetime) -> bool:
        """Whether the person has the role at a moment; nobody unknown has any.

        A person's `until` is the last day, by the company's clock, on which any of theirs count.
        """
        member = self.members.get(email)
        return member is not None and member.has(role, self.day(when))

    def knows(self, email: str, when: datetime) -> bool:
        """Whether people.yaml has the person, and they have not left before this moment."""
        member = self.members.get(email)
        return member is not None and member.is_there(self.day(when))

    def anybody(self, role: str, when: datetime) -> bool:
        """Whether anybody has the role."""
        return any(self.has(email, role, when) for email in self.members)

    def day(self, when: datetime) -> date:
        """The day by the company's clock."""
        return when.astimezone(self.zone).date()


def shared_roles(repo: git.Repository, reader: git.Objects) -> Roles:
    """The roles that count now. Asks the shared repository.

    Raises DocpipeError where it cannot be reached, or its people.yaml is missing or broken.
    """
    commit = git.shared_main(repo)
    if commit is None:
        raise DocpipeError(_NO_MAIN, _SAVE)
    return roles_at(repo, reader, commit)


def roles_at(repo: git.Repository, reader: git.Objects, commit: str) -> Roles:
    """The roles by a commit of main. Raises DocpipeError without a sound people.yaml there."""
    source = git.CommitSource(reader, reader.root(commit), repo.prefix)
    return roles_of(commit, people_in(source, commit), company_in(source))


def people_in(source: git.CommitSource, commit: str) -> Node:
    """people.yaml as a commit of main has it. Raises DocpipeError where it is missing or broken."""
    if source.entry(PEOPLE) is None:
        raise DocpipeError(_NO_MAIN, _SAVE)
    try:
        loaded = load(source.read_whole(PEOPLE, MAX_BYTES), PEOPLE)
    except OSError:
        raise DocpipeError(_BROKEN, _FIX, commit=commit[:12]) from None
    if loaded.root is None or loaded.diagnostics:
        raise DocpipeError(_BROKEN, _FIX, commit=commit[:12])
    return loaded.root


def roles_of(commit: str, people: Node, company: Node | None) -> Roles:
    """The roles in people.yaml, read with company.yaml's clock."""
    return Roles(commit, dict(_members(people)), clock_of(company))


def _members(people: Node) -> Iterator[tuple[str, Member]]:
    for person in people.rows("people"):
        email = person.find("email")
        if email is not None:
            yield str(email.value), member(person)
