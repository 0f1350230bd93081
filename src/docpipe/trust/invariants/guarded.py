"""What gives a right or leads money somewhere is changed by who may."""

from collections.abc import Iterable, Iterator

from docpipe.diagnostics import Param, Text
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.invariants.main_commit import MainCommit
from docpipe.trust.judging.guards import Guard

_SHOWN = 3
LOOK = Text(
    "Find out who did it: git show {commit}. Whoever has the role looks at what it changed, and "
    "puts it right by a commit of their own",
    "请查明是谁所为：git show {commit}。由有此角色的人核对其改动，并以本人的提交改正",
)
JOIN = Text(
    "Somebody who has the role changes it: they commit it themselves, or join your branch by a "
    "merge of their own (git merge --no-ff), and push that",
    "须由有此角色的人修改：由其本人提交，或由其将您的分支合并（git merge --no-ff）后推送",
)


@invariant(
    "guard-role",
    Words(
        Text(
            "The commit {commit} by {who} changes {what}, and {who} did not have the role {role}",
            "{who} 的提交 {commit} 改动了 {what}，而 {who} 没有 {role} 角色",
        ),
        LOOK,
        JOIN,
    ),
)
def what_is_guarded_is_changed_by_who_may(commit: MainCommit) -> Iterator[Broken]:
    """What gives a right, or leads money somewhere, is changed by who has the role for it.

    That is people.yaml; in company.yaml signing, the reason for reading, the clock, the forms of
    numbers, the way of publishing, the logo, what reviews, prices and production take, and the bank
    accounts; in the catalogue all but titles and dates; the templates, the letterhead and the
    clauses; in the schemas where files stand and who sees a field. The role is admin, for bank
    accounts also finance, for templates also legal. It counts as main had it before the commit, by
    the first parent; at a push also as main had it before that, today. Whoever joins a branch by a
    merge vouches for what it brings. Where people.yaml names no admin at all, everybody may.
    ---
    凡授予权限或决定款项去向的内容，只由有相应角色的人改动：people.yaml；company.yaml 中的签名、
    查阅理由、时区、编号规则、发布方式、标志、评审、价格和投产的要求以及收款账户；单证目录中除标题、
    日期以外的内容；模板、信头和条款；模式文件中文件的位置和字段的可见范围。
    所需角色为 admin，收款账户也可为 finance，模板也可为 legal。
    角色以该提交之前（第一父提交）的 main 为准；推送时还须以推送前的 main、当日为准。
    用合并提交并入分支的人，对其带入的内容负责。people.yaml 中完全没有 admin 时，人人可改。
    """
    lacking: dict[tuple[str, ...], list[Guard]] = {}
    for guard in commit.guards:
        if not commit.may(guard):
            lacking.setdefault(guard.roles, []).append(guard)
    for roles, guards in lacking.items():
        role = Text(" or ".join(roles), " 或 ".join(roles))
        yield broken(commit=commit.id, what=_what(commit, guards), who=shown(commit), role=role)


@invariant(
    "guard-unsigned",
    Words(
        Text(
            "The commit {commit} changes {what} in the name of {who}, who did not sign it with a "
            "key that counted before",
            "提交 {commit} 以 {who} 的名义改动了 {what}，却没有以此前有效的密钥签名",
        ),
        LOOK,
        JOIN,
    ),
)
def who_changes_what_is_guarded_signs_it(commit: MainCommit) -> Iterator[Broken]:
    """Where signatures are asked for, who changes what is guarded signs it: merges, too.

    The key has to have counted before: nobody can sign with a key what gives them the right to
    enter it. A merge made by a server brings nothing that is guarded.
    ---
    要求签名时，改动受保护内容的人须签名，合并提交也不例外；所用密钥须在此前已有效，
    不能用某个密钥为登记该密钥本身的改动签名。服务器生成的合并不能带入受保护的内容。
    """
    if commit.guards and not commit.is_vouched_for():
        yield broken(commit=commit.id, what=_what(commit, commit.guards), who=shown(commit))


@invariant(
    "guard-alone",
    Words(
        Text(
            "The commit {commit} by {who} changes {what}, which takes two people",
            "{who} 的提交 {commit} 改动了 {what}，而这须由两人办理",
        ),
        LOOK,
        Text(
            "One puts the change on a branch (git push origin HEAD:refs/heads/NAME); another, who "
            "has the role, joins it: git merge --no-ff refs/remotes/origin/NAME, then git push "
            "origin main",
            "一人将改动推送到分支（git push origin HEAD:refs/heads/名称）；另一位有此角色的人合并："
            "git merge --no-ff refs/remotes/origin/名称，git push origin main",
        ),
    ),
)
def money_takes_two_people(commit: MainCommit) -> Iterator[Broken]:
    """Where money goes is changed by two people: one draws it up, another joins it to main.

    On main it is a merge by who has the role. On the branch that it joins, every commit that
    changes the accounts is by somebody else in people.yaml, and the merge leaves them as that
    branch has them.
    ---
    款项去向的改动须经两人：一人拟定，另一人并入 main。在 main 上是由有此角色的人所作的合并提交；
    被并入的分支中，改动账户的每个提交都出自 people.yaml 中的另一人，合并本身不再改动账户。
    """
    alone = [guard for guard in commit.guards if guard.second and not _by_two(commit, guard)]
    if alone and any(commit.authorities):
        yield broken(commit=commit.id, what=_what(commit, alone), who=shown(commit))


@invariant(
    "signing-dropped",
    Words(
        Text(
            "The commit {commit} by {who} joins commits that ask for signatures and leaves that "
            "off, and no admin signed it",
            "{who} 的提交 {commit} 并入了要求签名的提交，却去掉了该要求，且没有管理员的签名",
        ),
        LOOK,
        JOIN,
    ),
)
def signing_is_lifted_and_not_dropped(commit: MainCommit) -> Iterator[Broken]:
    """Where signatures are asked for by any commit that main holds, only an admin leaves that off.

    By a commit on main's line of first parents, signed with a key that counted before. Else all
    that follows has to be signed as if it were asked for still.
    ---
    main 所含的任一提交要求签名的，只有管理员可以去掉：须是第一父提交构成的主线上的提交，
    并以此前有效的密钥签名；否则其后的提交仍须签名。
    """
    if commit.id in commit.history.demand.dropped:
        yield broken(commit=commit.id, who=shown(commit))


def _what(commit: MainCommit, guards: Iterable[Guard]) -> list[Param]:
    """What is changed, as people call it; of a folder with the files that the commit touches."""
    found: list[Param] = []
    for guard in guards:
        touched = commit.history.touched.get(commit.id, {})
        files = sorted(path for path in touched if path.startswith(f"{guard.path}/"))
        found += [guard.what, *files[:_SHOWN], *(["…"] if len(files) > _SHOWN else [])]
    return found


def shown(commit: MainCommit) -> str:
    """Whose commit it is, as people read it."""
    return f"{commit.who.name} <{commit.who.email}>" if commit.who else "?"


def _by_two(commit: MainCommit, guard: Guard) -> bool:
    """Whether others drew the change up, and the merge took it over as it was."""
    if len(commit.parents) < 2 or _changes(commit, commit.id, guard):
        return False
    drawn = [name for name in commit.history.came_with(commit.id) if _changes(commit, name, guard)]
    return bool(drawn) and all(_by_another(commit, name) for name in drawn)


def _changes(commit: MainCommit, name: str, guard: Guard) -> bool:
    """Whether a commit says something that none of its parents says."""
    history = commit.history
    if guard.path not in history.touched.get(name, ()):
        return False
    says = [history.guarded.says(guard, history.policy(each).source)
            for each in (name, *history.ancestry[name])]  # fmt: skip
    return says[0] not in says[1:]


def _by_another(commit: MainCommit, name: str) -> bool:
    """Whether a commit is by somebody in people.yaml who is not who joins it."""
    who = commit.history.signed(name).committer
    return (
        who is not None
        and commit.who is not None
        and who.email.lower() != commit.who.email.lower()
        and all(roles.knows(who.email, when) for roles, when in commit.authorities)
    )
