"""The log: commits with the files that they touched, newest first."""

from collections.abc import Iterator, Sequence

from docpipe.adapters.git.author import Signature, moment
from docpipe.adapters.git.objects import Entry
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Value

_FIELDS = "%x01%H", "%P", "%an", "%ae", "%ad", "%cn", "%ce", "%cd", "%e", "%B"
_LOG = (
    "-c", "log.showRoot=true", "-c", "log.showSignature=false", "-c", "log.follow=false",
    "-c", "log.mailmap=false", "-c", "i18n.logOutputEncoding=UTF-8",
    "log", "-z", "--raw", "--no-abbrev", "--date=raw", "--no-ext-diff", "--no-color", "-O/dev/null",
    f"--format={'%x00'.join(_FIELDS)}",
)  # fmt: skip


class Changed(Value):
    """A file that a commit touched, by its path in the repository (`Repository.below` tells ours).

    `status`: A added, M modified, D deleted, T became a link or a file, R renamed from `before`.
    `old` and `new` are None where there was nothing, or is nothing any more.
    """

    status: str
    path: str
    before: str
    old: Entry | None
    new: Entry | None


class Commit(Value):
    """A commit. `changes` of a merge are empty: they are in the commits that it joins."""

    id: str
    parents: tuple[str, ...]
    author: Signature
    committer: Signature
    message: str
    changes: tuple[Changed, ...]

    @property
    def subject(self) -> str:
        """The first line."""
        return self.message.partition("\n")[0]

    @property
    def trailers(self) -> dict[str, list[str]]:
        """The `Key: value` lines of the last paragraph, by key."""
        return trailers(self.message)


def trailers(message: str) -> dict[str, list[str]]:
    """The `Key: value` lines that end a message; none where its last paragraph has other lines."""
    paragraph = message.rstrip("\n").rpartition("\n\n")[2]
    found: dict[str, list[str]] = {}
    for line in paragraph.splitlines():
        key, colon, value = line.partition(": ")
        if not colon or not key.replace("-", "").isalnum():
            return {}
        found.setdefault(key, []).append(value)
    return found


def history(
    repo: Repository,
    tip: str,
    path: str = "",
    *,
    known: str | Sequence[str] = "",
    renames: bool = True,
    joined: bool = True,
    pruned: bool = True,
    limit: int = 0,
) -> list[Commit]:
    """The commits up to `tip` (a whole name), newest first, that touched `path` or what is in it.

    Of them only those that `known` (one, or several) does not hold, at most `limit`. With
    `renames` a file that moved within `path` is told as moved. Without `joined` only the first
    parent of a merge is followed; without `pruned` each is, where one alone would explain what
    became of `path` too. Git finds them by the commit-graph's changed paths where it has
    them.
    """
    words = [*_LOG, "--find-renames" if renames else "--no-renames"]
    words += [] if joined else ["--first-parent"]
    words += [] if pruned else ["--full-history"]
    words += [f"--max-count={limit}"] if limit else []
    known = [known] if isinstance(known, str) else known
    words += [tip, *(f"^{each}" for each in known if each), "--"]
    words += [repo.inside(path)] if path else []
    return list(_commits(repo, repo.git(*words)))


def recoded(repo: Repository, tip: str, known: str | None = None) -> list[str]:
    """The commits up to `tip` that `known` does not hold of which git shows other people's e-mails.

    Their header `encoding` makes others of what stands there.
    """
    span = [tip, *([f"^{known}"] if known else [])]
    form = "--format=%H%x00%e%x00%ae%x00%ce"
    out = repo.git("-c", "log.mailmap=false", "log", "-z", form, *span, "--")
    words = iter(out.decode("utf-8", "surrogateescape").split("\0"))
    rows = zip(words, words, words, words, strict=False)
    return [name for name, header, *shown in rows if header and shown != emails(repo, name)]


def emails(repo: Repository, commit: str) -> list[str]:
    """The e-mails of a commit's author and committer as they stand there."""
    lines = repo.git("cat-file", "commit", commit).decode("utf-8", "surrogateescape").split("\n")
    roles = ("author ", "committer ")
    found = (next((line for line in lines if line.startswith(role)), "") for role in roles)
    return [line.rpartition(">")[0].rpartition("<")[2] for line in found]


def difference(
    repo: Repository, old: str, new: str, path: str = "", *, renames: bool = True, only: str = ""
) -> list[Changed]:
    """What differs between two commits (whole names) or trees at `path` or in it.

    With `renames` a file that moved is told as moved. `only` names a single status that is asked
    for; what moved then counts as D and A.
    """
    words = ["diff-tree", "-r", "-z", "--raw", "--no-abbrev"]
    words += [f"--diff-filter={only}"] if only else []
    words += ["--find-renames" if renames and not only else "--no-renames", old, new, "--"]
    words += [repo.inside(path)] if path else []
    out = repo.git(*words, extra=repo.unstaged)
    return list(_changes(iter(out.decode("utf-8", "surrogateescape").split("\0"))))


def files(repo: Repository, commit: str) -> list[str]:
    """All files of a commit (a whole name) in the workspace, by their paths in the repository."""
    words = ("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--")
    out = repo.git(*words, *([repo.prefix] if repo.prefix else []))
    return [path for path in out.decode("utf-8", "surrogateescape").split("\0") if path]


def _commits(repo: Repository, out: bytes) -> Iterator[Commit]:
    """Commits from the log: each field, and each part of a change, ends in NUL."""
    words = iter(out.decode("utf-8", "surrogateescape").split("\0"))
    fields: list[str] = []
    changes: list[Changed] = []
    for word in words:
        if word.startswith("\x01"):
            if fields:
                yield _commit(repo, fields, changes)
            fields = [word[1:], *(next(words) for _ in _FIELDS[1:])]
            changes = []
        elif change := _change(word, words):
            changes.append(change)
    if fields:
        yield _commit(repo, fields, changes)


def _changes(words: Iterator[str]) -> Iterator[Changed]:
    for word in words:
        if change := _change(word, words):
            yield change


def _change(word: str, words: Iterator[str]) -> Changed | None:
    """A change from its first part, ":100644 100644 OLD NEW M"; its paths are the next parts."""
    if ":" not in word[:2]:
        return None
    old_mode, new_mode, old, new, status = word.strip("\n")[1:].split(" ")
    before = next(words)
    path = next(words) if status[0] in "RC" else before
    return Changed(status[0], path, before, _entry(old_mode, old), _entry(new_mode, new))


def _entry(mode: str, name: str) -> Entry | None:
    """Git writes mode 0 for what is not there."""
    return Entry(mode, name) if mode.strip("0") else None


def _commit(repo: Repository, fields: list[str], changes: list[Changed]) -> Commit:
    name, parents, an, ae, ad, cn, ce, cd, encoding, text = fields
    if encoding:  # by which git makes a name readable, and maybe another e-mail of what is there
        ae, ce = emails(repo, name)
    author, committer = Signature(an, ae, moment(ad)), Signature(cn, ce, moment(cd))
    return Commit(name, tuple(parents.split()), author, committer, text, tuple(changes))
