"""What is guarded, at a push: who pushes it, what a rewrite leaves alone, keys that stay."""

from collections.abc import Iterator

from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.invariants.guarded import JOIN
from docpipe.trust.invariants.main_commit import leading
from docpipe.trust.invariants.main_push import MainPush
from docpipe.trust.invariants.policy_before import PolicyBefore
from docpipe.trust.judging.keys import Keyring


@invariant(
    "guard-aside",
    Words(
        Text(
            "{what} would not be as main has it, in a history that does not go on from {commit}",
            "{what} 与 main 现有内容不同，而新的历史不接续 {commit}",
        ),
        JOIN,
        Text(
            "Rewrite history without changing that; change it by a push of its own",
            "改写历史时不要改动该内容；请另行推送其改动",
        ),
    ),
)
def a_rewrite_changes_nothing_guarded(push: MainPush) -> Iterator[Broken]:
    """Where main may be rewritten, what is guarded stays as it was.

    ---
    允许改写 main 时，受保护的内容仍须保持原样。
    """
    if push.old and push.old not in push.history.line:
        history = push.history
        old, new = (push.before.source(commit) for commit in (push.old, history.tip))
        if changed := history.guarded.changed(old, new):
            yield broken(commit=push.old, what=[guard.what for guard in changed])


@invariant(
    "guard-pusher",
    Words(
        Text(
            "This push changes {what}, and {pusher}, who pushes, did not have the role for it",
            "本次推送改动了 {what}，而推送者 {pusher} 没有相应的角色",
        ),
        JOIN,
        JOIN,
    ),
)
def who_pushes_what_is_guarded_may(push: MainPush) -> Iterator[Broken]:
    """Where the server tells who pushes, what is guarded is pushed by who may change it.

    ---
    服务器说明推送者时，受保护的内容须由有权改动的人推送。
    """
    if not push.before.pusher or push.before.main is None or not leading(push.before.policy):
        return
    may = push.before.has_pusher
    wrong = [guard.what for guard in push.guards if not any(map(may, guard.roles))]
    if wrong:
        yield broken(what=wrong, pusher=push.before.pusher)


@invariant(
    "key-gone",
    Words(
        Text(
            "people.yaml loses keys of {who}: what was signed with them could not be told any more",
            "people.yaml 不再有 {who} 的密钥：用其签过的内容将无法核验",
        ),
        JOIN,
        Text(
            "Leave each key there, and end it by its last day: until: 2026-11-30",
            "请保留密钥，并注明最后一天：until: 2026-11-30",
        ),
    ),
)
def keys_stay_where_they_signed(push: MainPush) -> Iterator[Broken]:
    """Once signatures were asked for, a key stays in people.yaml, with its last day.

    A key that is taken out takes all signatures made with it along.
    ---
    一旦要求过签名，密钥须留在 people.yaml 中并注明最后一天；删去密钥，用其签过的内容便都无法核验。
    """
    if push.before.main is None or not push.history.demand.ever:
        return
    now = _held(push.history.policy(push.history.tip).keys)
    gone = {email for email, key in _held(_keys(push.before)) if (email, key) not in now}
    if gone:
        yield broken(who=sorted(gone))


def _held(keys: Keyring | None) -> set[tuple[str, bytes]]:
    return {(key.email, key.blob) for key in keys.keys} if keys else set()


def _keys(before: PolicyBefore) -> Keyring | None:
    try:
        return before.keys
    except DocpipeError:  # nobody's key was known
        return None
