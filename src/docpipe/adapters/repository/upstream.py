"""The shared repository: its tips, fetching one commit, pushing one ref forward.

Nothing here takes a lock file of this clone or moves a ref of it: it is done by address, so that
whatever is killed on the way leaves nothing behind.
"""

import re
from dataclasses import dataclass

from docpipe.adapters.repository import names, program
from docpipe.adapters.repository.opening import Remote, Repository
from docpipe.adapters.repository.refusals import Refusal, last_words
from docpipe.diagnostics import DocpipeError, Text
from docpipe.diagnostics.error import SURROUNDINGS

UNREACHABLE = Text(
    'The shared repository "{name}" ({url}) cannot be reached: {why}',
    "无法访问共享仓库“{name}”（{url}）：{why}",
)
CONNECT = Text(
    "Nothing was recorded. Check the network and your access with: git ls-remote {name}; "
    "drafts work without it",
    "没有记入任何内容。请用 git ls-remote {name} 检查网络和权限；草稿不受影响",
)
_SECRET = re.compile(r"(?<=://)[^/@\s]*@")


@dataclass(frozen=True)
class Answer:
    """What became of a push: whether the server took it, and else what it said."""

    accepted: bool
    why: str


def tip(repo: Repository, remote: Remote, ref: str) -> str | None:
    """The commit that the remote's `ref` points to now; None where it has none.

    Raises DocpipeError where the remote cannot be reached.
    """
    out = _over(repo, remote, "ls-remote", "--", remote.url, names.ref(ref))
    rows = (line.split("\t") for line in out.decode("utf-8", "replace").splitlines())
    return next((row[0] for row in rows if row[1:] == [ref]), None)


def bring(repo: Repository, remote: Remote, commit: str) -> None:
    """Fetch a commit of the remote with its whole history; no ref is moved.

    Raises DocpipeError where the remote cannot be reached or does not hand it out.
    """
    _over(
        repo, remote, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-prune",
        "--no-recurse-submodules", "--no-auto-maintenance", "--", remote.url, commit,
    )  # fmt: skip


def push(repo: Repository, remote: Remote, commit: str, ref: str) -> Answer:
    """Move the remote's `ref` forward to `commit`: that one ref, never backwards or sideways.

    The server compares and swaps, so of two pushes at once one is not accepted. Raises
    DocpipeError where the push took too long.
    """
    done = repo.run(
        "push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no",
        "--", remote.push_url, f"{commit}:{names.ref(ref)}", seconds=program.NETWORK,
    )  # fmt: skip
    if not done.code:
        return Answer(True, "")
    return Answer(False, _reason(done, ref))


def shown(url: str) -> str:
    """An address without the password that may stand in it."""
    return _SECRET.sub("", url)


def _reason(done: program.Done, ref: str) -> str:
    """The server's own words, where a hook of its said any; else git's reason for this ref."""
    said = re.findall(r"^remote: *(.*\S)", done.err, re.MULTILINE)
    flags = re.findall(
        rf"^!\t\S+:{re.escape(ref)}\t(.*)$", done.out.decode("utf-8", "replace"), re.M
    )
    return shown("; ".join([*flags, *dict.fromkeys(said)])[:1000] or last_words(done.err))


def _over(repo: Repository, remote: Remote, *words: str) -> bytes:
    try:
        done = repo.run(*words, seconds=program.NETWORK)
    except DocpipeError as error:
        raise _cut_off(remote, str(error)) from error
    if done.code:
        raise _cut_off(remote, last_words(done.err))
    return done.out


def _cut_off(remote: Remote, why: str) -> Refusal:
    params = {"name": remote.name, "url": shown(remote.url), "why": shown(why)}
    return Refusal(UNREACHABLE, CONNECT, exit_code=SURROUNDINGS, **params)
