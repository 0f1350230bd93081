"""Authority: which roles people have, by people.yaml as the shared `main` has it.

What somebody wrote into his own people.yaml, saved or not, gives him no role before it is on the
shared `main`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from docpipe.adapters import git
from docpipe.adapters.yamlfile import Node, load
from docpipe.adapters.yamlfile.reader import MAX_BYTES
from docpipe.diagnostics import DocpipeError, Text

PEOPLE = "people.yaml"
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
_MEND = Text("Mend it: docpipe check", "请改正：docpipe check")


@dataclass(frozen=True)
class Authority:
    """Roles by e-mail, and the commit of `main` that says so."""

    commit: str
    roles: Mapping[str, frozenset[str]]

    def has(self, email: str, role: str) -> bool:
        """Whether the person has the role; nobody unknown has any."""
        return role in self.roles.get(email, frozenset())


def authority(repo: git.Repository, reader: git.Objects) -> Authority:
    """The roles that count now. Asks the shared repository.

    Raises DocpipeError where it cannot be reached, or its people.yaml is missing or broken.
    """
    commit = git.shared_main(repo)
    if commit is None:
        raise DocpipeError(_NO_MAIN, _SAVE)
    return _authority(commit, people_at(repo, reader, commit))


def people_at(repo: git.Repository, reader: git.Objects, commit: str) -> Node:
    """people.yaml as a commit of main has it. Raises DocpipeError where it is missing or broken."""
    source = git.CommitSource(reader, reader.root(commit), repo.prefix)
    if source.entry(PEOPLE) is None:
        raise DocpipeError(_NO_MAIN, _SAVE)
    return _people(commit, source.read_whole(PEOPLE, MAX_BYTES))


def authority_of(commit: str, people: bytes) -> Authority:
    """The roles by the people.yaml that a commit has. Raises DocpipeError for a broken one."""
    return _authority(commit, _people(commit, people))


def _people(commit: str, data: bytes) -> Node:
    loaded = load(data, PEOPLE)
    if loaded.root is None or loaded.diagnostics:
        raise DocpipeError(_BROKEN, _MEND, commit=commit[:10])
    return loaded.root


def _authority(commit: str, people: Node) -> Authority:
    return Authority(commit, dict(map(_entry, people.rows("people"))))


def _entry(person: Node) -> tuple[str, frozenset[str]]:
    email = person.find("email")
    roles = frozenset(str(role.value) for role in person.rows("roles"))
    return str(email.value) if email is not None else "", roles
