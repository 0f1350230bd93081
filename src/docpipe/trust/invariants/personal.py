"""What must hold of a commit that one person makes on a branch of theirs: an entry, a checkpoint.

Each is dated, signed where that is asked for, and follows the one before it alone.
"""

from collections.abc import Iterator
from datetime import datetime

from docpipe.adapters.git import Signature, SignedCommit
from docpipe.diagnostics import Text, Value
from docpipe.trust.invariants.basis import Basis
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.invariants.policy_before import InPerson
from docpipe.trust.judging.clocks import APART
from docpipe.trust.judging.keys import Keyring
from docpipe.trust.judging.signatures import Flaw, judged, outdated

SHOW = Text("Find out who did it: git show {commit}", "请查明是谁所为：git show {commit}")
TAKE_AWAY = Text(
    "Only docpipe writes there; find out who pushed it, and take it away",
    "该处只由 docpipe 写入；请查明是谁推送的，并移除",
)
ANEW = Text(
    "Only docpipe writes there, and only adds to it. If it is your access log: docpipe log repair; "
    "if it is a witness, take another name: docpipe witness --name NAME. Tell the repository "
    "administrator",
    "该处只由 docpipe 写入，且只能追加。如为您的查阅日志：docpipe log repair；"
    "如为见证，请另取名称：docpipe witness --name 名称。并告知仓库管理员",
)
_KEY = Text(
    "Sign with a key that people.yaml on main has for you today: docpipe identity shows it, "
    "docpipe identity --sign sets one up, and an admin enters its line",
    "请使用 main 的 people.yaml 中登记在您名下、当日有效的密钥：docpipe identity 可查看，"
    "docpipe identity --sign 可设置，再由管理员登记",
)
_CLOCK = Text(
    "Set the computer's clock right, and wait until that time has passed",
    "请校准电脑时钟，并等到该时间之后",
)
_LEFT = Text(
    "See until of this person in people.yaml, and find out who did it: git show {commit}",
    "请看 people.yaml 中该人员的 until，并查明是谁所为：git show {commit}",
)
_STAY = Text(
    "If you still work here, have an admin change until in people.yaml on main",
    "如您仍在职，请管理员修改 main 的 people.yaml 中的 until",
)
_MERGE = Text("it joins several histories", "它合并了多条历史")
_SECOND = Text("it does not follow {last}", "它并非接在 {last} 之后")
_ROOT = Text("it is not the first", "它不是第一个")


class Personal(Value):
    """A commit on a person's branch, where it stands there.

    `main` is the commit of main that it names, `last` the commit before it ("" before the first),
    `latest` the latest time on the branch so far, its own included; `newest`: a push ends in it.
    """

    path: str
    commit: SignedCommit
    main: str
    last: str
    latest: datetime
    newest: bool
    basis: Basis

    @property
    def in_person(self) -> InPerson | None:
        """Who made it, beside who pushes it; None where nobody pushes."""
        push = self.basis.push
        return InPerson(self.path, self.commit.id, _by(self), push) if push else None


@invariant(
    "line",
    Words(
        Text(
            "The commit {commit} on {path} is out of line: {what}",
            "{path} 上的提交 {commit} 未首尾相接：{what}",
        ),
        TAKE_AWAY,
        ANEW,
    ),
)
def in_one_line(made: Personal) -> Iterator[Broken]:
    """Each commit follows the one before it and no other, as the commits themselves say.

    A merge, a second beginning or a graft could bring in what nobody counted.
    ---
    每个提交只接在前一个之后，以提交自身所载为准。合并、另起开头或嫁接都可能混入未计数的内容。
    """
    parents = made.commit.parents
    if parents == ((made.last,) if made.last else ()):
        return
    what = _MERGE if len(parents) > 1 else _SECOND if made.last else _ROOT
    yield broken(made.path, made.commit.id, what=what, last=made.last[:12])


@invariant(
    "ahead",
    Words(
        Text(
            "The commit {commit} on {path} is dated in the future: {when}",
            "{path} 上的提交 {commit} 日期在未来：{when}",
        ),
        SHOW,
        _CLOCK,
    ),
)
def not_ahead(made: Personal) -> Iterator[Broken]:
    """Nothing is dated more than ten minutes later than now, by the clock of who judges it.
    ---
    日期不得比核验者的当前时间晚十分钟以上。
    """
    when = _by(made).when
    if when > made.basis.now + APART:
        yield broken(made.path, made.commit.id, when=f"{when:%Y-%m-%d %H:%M %z}")


@invariant(
    "left",
    Words(
        Text(
            "The commit {commit} on {path} by {who} is from after their last day, {last}",
            "{path} 上 {who} 的提交 {commit} 晚于其最后一天 {last}",
        ),
        _LEFT,
        _STAY,
    ),
)
def not_after_leaving(made: Personal) -> Iterator[Broken]:
    """Nobody puts anything on record after `until` in people.yaml, as main has it now.

    The day is that of the company's clock, and the latest on the branch so far: an older date on
    top of a newer one is no help.
    ---
    people.yaml（以 main 现有为准）所载 until 之后，任何人不得再作记录。日期按公司时钟，并以该分支
    迄今最晚者为准：在较新的提交之后写上较早的日期也无济于事。
    """
    by = _by(made)
    if last := made.basis.last_day(by.email, made.latest):
        yield broken(made.path, made.commit.id, who=f"{by.name} <{by.email}>", last=last)


@invariant("signature", Words(Text("{what}", "{what}"), SHOW, _KEY))
def signed(made: Personal) -> Iterator[Broken]:
    """It is signed by its person, with a key that people.yaml has for them.

    That is asked for where the main that it names asks for it; the last one of a push also where
    main asks now. The key has to count on the day of the commit, and on the latest day on the
    branch so far; for the last one of a push also today, and that one vouches for those before it.
    Where nothing is asked for, only what is forged is told.
    ---
    由本人以 people.yaml 中登记在其名下的密钥签名。所注明的 main 要求签名的，须签名；一次推送的最后
    一个，main 现在要求的也须签名。密钥须在提交当日及该分支迄今最晚之日有效；一次推送的最后一个还须
    今日有效，并为此前各个作保。未要求签名的，仅指出伪造的签名。
    """
    basis, keys = made.basis, made.basis.keys
    asked = basis.asks(made.main) or (made.newest and basis.asks_now)
    if keys is None:
        if asked:
            yield broken(made.path, made.commit.id, what=basis.why)
        return
    if flaw := judged(made.commit, keys, asked=asked, own=True) or (
        _outdated(made, keys) if asked else None
    ):
        what = flaw.kind[1].filled(**flaw.params)
        yield broken(made.path, made.commit.id, what=what)


def _outdated(made: Personal, keys: Keyring) -> Flaw | None:
    """That its key does not count on a day other than its own on which it has to."""
    days = [made.latest] if keys.day(made.latest) != keys.day(_by(made).when) else []
    days += [made.basis.now] if made.newest else []
    found = (outdated(made.commit, keys, day) for day in days)
    return next(filter(None, found), None)


def _by(made: Personal) -> Signature:
    assert made.commit.committer is not None  # its form was judged first
    return made.commit.committer
