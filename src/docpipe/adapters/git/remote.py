"""The shared repository: its tips, fetching one commit, pushing one ref forward.

Nothing here takes a lock file of this clone or moves a ref of it: it is done by address, so that
whatever is killed on the way leaves nothing behind.
"""

import re
import time

from docpipe.adapters.git import names, program
from docpipe.adapters.git.git_errors import Refusal, last_words
from docpipe.adapters.git.refs import holds
from docpipe.adapters.git.repository import Remote, Repository
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.diagnostics.error import SURROUNDINGS

UNREACHABLE = Text(
    'The shared repository "{name}" ({url}) cannot be reached: {why}',
    "无法访问共享仓库“{name}”（{url}）：{why}",
)
CONNECT = Text(
    "Nothing was recorded; drafts work without it.\n"
    "Check the network and your access with docpipe doctor",
    "没有记入任何内容；草稿不受影响。请用 docpipe doctor 检查网络和权限",
)
_CAUSES = (
    (r"not appear to be a git repository|[Rr]epository .*not found|does not exist",
     "该处没有这个仓库"),
    (r"Could not resolve host|Name or service not known|Temporary failure in name",
     "找不到服务器，请检查网络"),
    (r"timed out|refused|Failed to connect|Couldn't connect|No route|unreachable",
     "连接不上服务器，请检查网络"),
    (r"Permission denied|Authentication failed|could not read Username|Access denied",
     "没有访问权限"),
)  # fmt: skip
"""What git and ssh say in English only, and the usual cause in Chinese."""
_PASSING = ("lock", "failed to update ref", "incorrect old value", "already exists")
"""What servers say where two pushes met; anything else would be said again."""
_ATTEMPTS = 8
_PAUSE = 0.1  # seconds, times the number of the attempt
_HOOK_ZH = re.compile(r"docpipe：(?:拒绝 ?\S+：)?(.*)")
_HOOK_EN = re.compile(r"docpipe: (?:\S+ refused: )?(.*)")
SHOWN = "GL-HOOK-ERR:"
"""What a hook's line begins with if GitLab is to show it on its pages."""
_SECRET = re.compile(r"(?<=://)[^/@\s]*@")


class Unreachable(Refusal):
    """The shared repository cannot be reached."""


class PushAnswer(Value):
    """What became of a push: whether the server took it, and what it said.

    `judged` is what docpipe's hook said there, in both languages; None for anybody else's words.
    """

    accepted: bool
    why: str
    judged: Text | None = None


def tip(repo: Repository, remote: Remote, ref: str) -> str | None:
    """The commit that the remote's `ref` points to now; None where it has none.

    Raises DocpipeError where the remote cannot be reached.
    """
    return tips(repo, remote, names.ref(ref)).get(ref)


def tips(repo: Repository, remote: Remote, *patterns: str) -> dict[str, str]:
    """What the remote's refs of these names or patterns (`refs/heads/access/*`) point to now.

    Raises DocpipeError where the remote cannot be reached.
    """
    out = _over(repo, remote, "ls-remote", "--", remote.url, *patterns)
    rows = (line.split("\t") for line in out.decode("utf-8", "surrogateescape").splitlines())
    return {row[1]: row[0] for row in rows if len(row) == 2 and not row[1].endswith("^{}")}


def bring(repo: Repository, remote: Remote, *commits: str) -> None:
    """Fetch commits of the remote with their whole history; no ref is moved.

    Raises DocpipeError where the remote cannot be reached or does not hand it out.
    """
    _over(
        repo, remote, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-prune",
        "--no-recurse-submodules", "--no-auto-maintenance", "--stdin", "--", remote.url,
        stdin="".join(f"{each}\n" for each in commits).encode(),
    )  # fmt: skip


def latest(repo: Repository, remote: Remote, *refs: str) -> dict[str, str]:
    """The remote's tips of those `refs` that it has, each with its whole history here.

    That a commit is here says nothing about its files: a fetch that was killed leaves some of
    both. Only what a ref of this clone holds is whole. Raises as `tips` and `bring` do.
    """
    theirs = tips(repo, remote, *map(names.ref, refs))
    found = {ref: theirs[ref] for ref in refs if ref in theirs}
    if lacking := sorted({each for each in found.values() if not _whole(repo, each)}):
        bring(repo, remote, *lacking)
    return found


def _whole(repo: Repository, commit: str) -> bool:
    known = ("refs/heads/main", "refs/remotes/", "refs/docpipe/")
    words = ("for-each-ref", "--count=1", "--format=%(refname)", f"--contains={commit}", *known)
    return bool(repo.run(*words).out.strip())


def push(
    repo: Repository, remote: Remote, commit: str, ref: str, instead_of: str | None = None, *,
    seconds: float = program.NETWORK,
) -> PushAnswer:  # fmt: skip
    """Move the remote's `ref` forward to `commit`: that one ref, never backwards or sideways.

    With `instead_of` it is replaced, whatever `commit` holds, if it still is that commit ("": if
    it does not exist). The server compares and swaps, so of two pushes at once one is not accepted.
    Raises DocpipeError where the push took too long.
    """
    lease = [] if instead_of is None else [f"--force-with-lease={names.ref(ref)}:{instead_of}"]
    done = repo.run(
        "push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no",
        *lease, "--", remote.push_url, f"{commit}:{names.ref(ref)}", seconds=seconds,
    )  # fmt: skip
    if not done.code:
        return PushAnswer(True, "\n".join(_said(done)))
    return PushAnswer(False, _reason(done, ref), _judged(_said(done)))


def offer(
    repo: Repository,
    remote: Remote,
    commit: str,
    ref: str,
    theirs: str | None,
    *,
    replacing: bool = False,
) -> PushAnswer | None:
    """Push `commit` to where the remote had `theirs`; None for a lost race: it has another now.

    After a push that failed we ask what is there and do not guess: ours may have arrived, and only
    the answer was lost. Raises DocpipeError where the remote cannot be reached.
    """  # fmt: skip
    for attempt in range(_ATTEMPTS):
        answer = push(repo, remote, commit, ref, (theirs or "") if replacing else None)
        if answer.accepted:
            return answer
        now = tip(repo, remote, ref)
        if now and now != theirs:
            bring(repo, remote, now)
            return PushAnswer(True, "") if holds(repo, now, commit) else None
        if not any(word in answer.why for word in _PASSING):
            break
        time.sleep(_PAUSE * attempt)
    return answer


def shown(url: str) -> str:
    """An address without the password that may stand in it."""
    return _SECRET.sub("", url)


def _reason(done: program.Done, ref: str) -> str:
    """The server's own words, where a hook of its said any; else git's reason for this ref."""
    said = _said(done)
    flags = re.findall(
        rf"^!\t\S+:{re.escape(ref)}\t(.*)$", done.out.decode("utf-8", "replace"), re.M
    )
    return shown("; ".join([*flags, *dict.fromkeys(said)])[:1000] or last_words(done.err))


def _said(done: program.Done) -> list[str]:
    return re.findall(rf"^remote: *(?:{SHOWN} ?)?(.*\S)", done.err, re.MULTILINE)


def _judged(said: list[str]) -> Text | None:
    """What docpipe's hook says, which does not know the reader's language and says it twice."""
    zh = [match[1] for line in said if (match := _HOOK_ZH.match(line))]
    en = [match[1] for line in said if (match := _HOOK_EN.match(line))]
    return Text("; ".join(en), "；".join(zh)) if en and zh else None


def _over(repo: Repository, remote: Remote, *words: str, stdin: bytes = b"") -> bytes:
    try:
        done = repo.run(*words, stdin=stdin, seconds=program.NETWORK)
    except DocpipeError as error:
        raise Unreachable(
            UNREACHABLE, CONNECT, exit_code=SURROUNDINGS,
            name=remote.name, url=shown(remote.url), why=shown(str(error)),
        ) from error  # fmt: skip
    if done.code:
        raise cut_off(remote, done.err)
    return done.out


def cut_off(remote: Remote, err: str) -> Unreachable:
    """The refusal for a remote about which git wrote `err`."""
    told = shown(last_words(err))
    zh = next((zh for pattern, zh in _CAUSES if re.search(pattern, err)), told)
    return Unreachable(
        UNREACHABLE, CONNECT, exit_code=SURROUNDINGS,
        name=remote.name, url=shown(remote.url), why=Text(told, zh),
    )  # fmt: skip
