"""Somebody can go on governing: people.yaml can be read, an admin is there, and could sign."""

from collections.abc import Iterator

from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.invariants.guarded import LOOK
from docpipe.trust.invariants.main_commit import MainCommit
from docpipe.trust.judging.roles import ADMIN, PEOPLE, Roles
from docpipe.workspace.workspace import MARKER


@invariant("people-broken", Words(Text("{why}", "{why}"), LOOK, Text(
    "Mend people.yaml (docpipe check), save, and push again",
    "请改正 people.yaml（docpipe check），保存后再推送",
)))  # fmt: skip
def people_can_be_read(commit: MainCommit) -> Iterator[Broken]:
    """people.yaml can be read: without it nobody has a role, and nobody's key is known.

    ---
    people.yaml 须能读取：否则没有人有角色，也没有人的密钥有效。
    """
    try:
        _ = commit.touches(PEOPLE) and commit.policy.roles
    except DocpipeError as error:
        yield broken(PEOPLE, commit.id, why=error.text)


@invariant("no-admin", Words(
    Text("After the commit {commit} nobody has the role admin, and nobody may change people.yaml",
         "提交 {commit} 之后没有人有 admin 角色，people.yaml 再也无人可改"),
    LOOK,
    Text("Give the role to somebody first", "请先将该角色授予他人"),
))  # fmt: skip
def somebody_is_admin(commit: MainCommit) -> Iterator[Broken]:
    """Somebody has the role admin and has not left: else nobody could give a role any more.

    The first commit may still lack one.
    ---
    须有在职人员有 admin 角色，否则再也无人可授予角色。第一个提交可以还没有。
    """
    if commit.parents and commit.touches(PEOPLE):
        roles = _roles(commit)
        if roles and not all(roles.anybody(ADMIN, when) for when in commit.moments):
            yield broken(PEOPLE, commit.id)


@invariant("signing-locked", Words(
    Text("company.yaml asks for signatures, and no admin has a key in people.yaml that counts, so "
         "nobody could change that (commit {commit})",
         "company.yaml 要求签名，而 people.yaml 中没有任何管理员的有效密钥，再也无人可改"
         "（提交 {commit}）"),
    LOOK,
    Text("First enter a key for somebody who has the role admin (docpipe identity prints it)",
         "请先为有 admin 角色的人登记密钥（docpipe identity 会给出）"),
))  # fmt: skip
def an_admin_could_sign(commit: MainCommit) -> Iterator[Broken]:
    """Where signatures are asked for, an admin has a key that counts: somebody can undo it.

    ---
    要求签名时，须有管理员的密钥有效：这样才有人能够撤销。
    """
    if commit.policy.asks and commit.touches(PEOPLE, MARKER) and (roles := _roles(commit)):
        keys = commit.policy.keys
        for when in commit.moments:
            counting = {key.email for key in keys.keys if key.counts(keys.day(when))}
            if not any(roles.has(email, ADMIN, when) for email in counting):
                yield broken(MARKER, commit.id)
                return


def _roles(commit: MainCommit) -> Roles | None:
    try:
        return commit.policy.roles
    except DocpipeError:  # told by itself
        return None
