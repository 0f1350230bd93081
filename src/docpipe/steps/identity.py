"""Identity: who works here, by Git and by people.yaml, and the key that they sign with."""

from pathlib import Path

from docpipe.adapters import git, sshkeys
from docpipe.adapters.schemas import fields
from docpipe.adapters.sshkeys import PublicKey
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.judging.signing import key_here, must_sign, settings_for, write_signers
from docpipe.workspace.workspace import Workspace

_STRANGER = Text(
    "people.yaml does not know {email}: say your name with --name",
    "people.yaml 中没有 {email}：请用 --name 写明姓名",
)
_LIST = Text(
    "Roles count only from people.yaml; an admin can add you",
    "角色以 people.yaml 为准；可请管理员（admin）登记",
)


class Identity(Value):
    """Who a person is here. `entry` is theirs in people.yaml, None for none."""

    name: str
    email: str
    entry: Node | None
    department: Text
    roles: tuple[Text, ...]
    key: PublicKey | None
    signs: bool
    """Whether Git signs their commits with the key."""
    must_sign: bool
    """Whether the company asks for it."""

    @property
    def listed(self) -> bool:
        """Whether people.yaml has this key for them."""
        rows = self.entry.rows("keys") if self.entry is not None else []
        lines = [row.text("key", "").split()[:2] for row in rows]
        return self.key is not None and self.key.line.split() in lines


def identity(workspace: Workspace) -> Identity:
    """Who Git says works here. Raises DocpipeError where it knows nobody."""
    repo = git.open_repository(workspace.root)
    name, email = git.identity(repo)
    key, signs = key_here(repo)
    entry = entry_of(workspace, email)
    standing = _standing(workspace, entry)
    return Identity(name, email, entry, *standing, key, signs, must_sign(workspace))


def introduce(workspace: Workspace, name: str, email: str) -> None:
    """Tell Git, in this clone, who works here; the name comes from people.yaml if left out.

    Raises DocpipeError where neither is known, or they cannot stand in a commit.
    """
    repo = git.open_repository(workspace.root)
    email = email or git.email(workspace.root)
    if not name:
        entry = entry_of(workspace, email)
        if entry is None:
            raise DocpipeError(_STRANGER, _LIST, exit_code=2, email=email or "-")
        language = workspace.company.text("language", "en")
        name = entry.text(f"name.{language}", "") or entry.text("name.en", email)
    if not email:
        raise DocpipeError(_STRANGER, _LIST, exit_code=2, email="-")
    git.demand_fit(name, email)
    told = {"user.name": name, "user.email": email}
    git.configure(repo, told | settings_for(repo))
    write_signers(repo)


def sign_with(workspace: Workspace, key: PublicKey) -> None:
    """Sign with this key from now on, in this clone. Raises DocpipeError where it does not sign."""
    sshkeys.try_out(key)
    repo = git.open_repository(workspace.root)
    git.configure(repo, settings_for(repo, key))
    write_signers(repo)


def a_key(home: Path, email: str) -> tuple[PublicKey, bool]:
    """The person's best ed25519 key that signs, or a new one; and whether it is new."""
    for key in sshkeys.found(home):
        if key.kind == "ssh-ed25519":
            try:
                sshkeys.try_out(key)
            except DocpipeError:  # has a passphrase that nobody can ask for, or is of another agent
                continue
            return key, False
    return sshkeys.make(home / ".ssh" / "docpipe_ed25519", email), True


def entry_of(workspace: Workspace, email: str) -> Node | None:
    """The person's entry in people.yaml; None where there is none or the file is broken."""
    try:
        people = workspace.needed("people.yaml").rows("people")
    except DocpipeError:
        return None
    return next((person for person in people if person.text("email") == email), None)


def _standing(workspace: Workspace, entry: Node | None) -> tuple[Text, tuple[Text, ...]]:
    """Department and roles, as documents print them."""
    if entry is None:
        return Text("", ""), ()
    schema = fields.at(workspace.schemas.schema("people"), ("people", 0))
    department = fields.labels(fields.child(schema, "department"), entry.text("department"))
    below = fields.at(schema, ("roles", 0))
    return department, tuple(fields.labels(below, str(role.value)) for role in entry.rows("roles"))
