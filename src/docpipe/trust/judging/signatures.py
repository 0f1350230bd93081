"""Signatures: whether a commit is signed as it has to be, and by whom.

The keys are those that main's people.yaml has now, retired ones with their days: whoever takes a
key out of it takes its signatures away too. What has to be signed: `demand` for commits of main,
`Policy.asks` of the main that they name for records.
"""

from collections.abc import Iterable
from datetime import datetime

from docpipe.adapters import git, sshkeys, sshsig
from docpipe.adapters.git import Signature, SignedCommit
from docpipe.diagnostics import Param, Text, Value
from docpipe.trust.judging.keys import Keyring

_WHO = Text(
    "Ask {who} whether it is theirs; what they did has to be done again, signed",
    "请向 {who} 核实是否本人所为；属实的须签名后重做",
)
_ALARM = Text(
    "Find out who did it: git show {commit}; nothing relies on it until then",
    "请查明是谁所为：git show {commit}；在此之前不予采信",
)
UNSIGNED = (
    "unsigned",
    Text(
        "The commit {commit} by {who} is not signed, and company.yaml asked for it",
        "{who} 的提交 {commit} 没有签名，而 company.yaml 要求签名",
    ),
    _WHO,
)
UNREADABLE = (
    "signature-unreadable",
    Text(
        "The signature of the commit {commit} by {who} cannot be checked: {why}",
        "{who} 的提交 {commit} 的签名无法核验：{why}",
    ),
    _WHO,
)
ALTERED = (
    "signature-broken",
    Text(
        "The signature of the commit {commit} by {who} does not fit: {why}",
        "{who} 的提交 {commit} 的签名不符：{why}",
    ),
    _ALARM,
)
UNKNOWN = (
    "signed-by-unknown",
    Text(
        "The commit {commit} by {who} is signed with a key that people.yaml does not have: {key}",
        "{who} 的提交 {commit} 用 people.yaml 中没有的密钥签名：{key}",
    ),
    Text(
        "If the key is a colleague's, enter it there (a former one with its last day); "
        "else find out whose it is",
        "如为同事的公钥，请填入 people.yaml（停用的注明最后一天）；否则请查明是谁的",
    ),
)
ANOTHERS = (
    "signed-by-another",
    Text(
        "The commit {commit} is in the name of {who}, and signed with the key of {owner}",
        "提交 {commit} 署名 {who}，却用 {owner} 的密钥签名",
    ),
    _ALARM,
)
OUT_OF_DATE = (
    "signed-out-of-date",
    Text(
        "The commit {commit} by {who} is signed with a key that did not count on {day}: {key}",
        "{who} 的提交 {commit} 所用的密钥在 {day} 无效：{key}",
    ),
    Text(
        "See from and until of the key in people.yaml, and until of the person",
        "请看 people.yaml 中该密钥的 from、until，以及该人员的 until",
    ),
)
_TWICE = Text(
    "it has more than one signature, or one that covers nothing", "有多个签名，或签名不起作用"
)
_NOBODY = Text("nobody that can be read", "（署名无法识别）")

Kind = tuple[str, Text, Text]
"""A short name for programs, what is wrong, and what to do."""


class Flaw(Value):
    """What is wrong with the signature of a commit."""

    kind: Kind
    commit: str
    params: dict[str, Param]


def flaw_of(commit: SignedCommit, keys: Keyring, today: datetime | None = None) -> Flaw | None:
    """What is wrong with the signature of a commit that has to have one; its key counts today."""
    flaw = judged(commit, keys, asked=True)
    return flaw or (outdated(commit, keys, today) if today else None)


def flaws_of(
    reader: git.Objects, commits: Iterable[str], keys: Keyring, today: datetime | None = None
) -> list[Flaw]:
    """What is wrong with the signatures of commits of main that have to be signed.

    A merge that is exactly what git makes of its parents need not be: a server makes it, which has
    no person's key. Given `today`, a key has to count on that day too. Raises DocpipeError for
    objects that are missing.
    """
    merges: list[git.Merge] = []
    found: list[Flaw] = []
    for commit in git.signed_commits(reader, commits):
        flaw = flaw_of(commit, keys, today)
        found += [flaw] if flaw else []
        if flaw and flaw.kind in (UNSIGNED, UNREADABLE):
            merges.append(git.Merge(commit.id, commit.parents, commit.tree))
    fine = git.by_git_alone(reader.repo, merges)
    return [flaw for flaw in found if flaw.commit not in fine]


def judged(commit: SignedCommit, keys: Keyring, *, asked: bool, own: bool = False) -> Flaw | None:
    """What is wrong with a commit's signature; where none is `asked`, only what is forged.

    With `own` its author must be who signed it too.
    """
    if not commit.signature and not commit.twice:
        return _flaw(UNSIGNED, commit) if asked else None
    try:
        seal = sshsig.opened(b"" if commit.twice else commit.signature)
    except sshsig.BadSignature as error:
        why = _TWICE if commit.twice else error.message
        return _flaw(UNREADABLE, commit, why=why) if asked else None
    holders = keys.by_key.get(seal.key, ())
    name = sshkeys.fingerprint(seal.key)
    if not holders:
        return _flaw(UNKNOWN, commit, key=name) if asked else None
    try:
        sshsig.check(seal, commit.payload)
    except sshsig.BadSignature as error:
        return _flaw(ALTERED, commit, why=Text(error.say("en"), error.say("zh")))
    signer = commit.committer
    mine = [key for key in holders if signer and key.email.lower() == signer.email.lower()]
    if not mine:
        return _flaw(ANOTHERS, commit, owner=holders[0].email)
    if own and commit.author and commit.author.email != mine[0].email:
        return _flaw(ANOTHERS, commit, owner=mine[0].email, who=_shown(commit.author))
    day = keys.day(signer.when) if signer else None
    if asked and day and not any(key.counts(day) for key in mine):
        return _flaw(OUT_OF_DATE, commit, key=name, day=day)
    return None


def outdated(commit: SignedCommit, keys: Keyring, when: datetime) -> Flaw | None:
    """That the key of a sound signature does not count on another day than the commit's own.

    What a commit says of its own day is the word of who may have stolen the key.
    """
    signer = commit.committer
    if not commit.signature or signer is None:
        return None
    key, day = sshsig.opened(commit.signature).key, keys.day(when)
    mine = [k for k in keys.by_key.get(key, ()) if k.email.lower() == signer.email.lower()]
    if any(each.counts(day) for each in mine):
        return None
    return _flaw(OUT_OF_DATE, commit, key=sshkeys.fingerprint(key), day=day)


def _flaw(kind: Kind, commit: SignedCommit, **params: Param) -> Flaw:
    named: dict[str, Param] = {"commit": commit.id[:12], "who": _shown(commit.committer)}
    return Flaw(kind, commit.id, named | params)


def _shown(person: Signature | None) -> Param:
    return f"{person.name} <{person.email}>" if person else _NOBODY
