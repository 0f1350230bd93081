"""What differs between the files on disk, what is staged, and the branch."""

from collections.abc import Iterator, Sequence

from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Value

_STATUS = (
    "-c", "status.relativePaths=false", "-c", "status.submoduleSummary=false", "status",
    "--porcelain=v2", "-z", "--untracked-files=all", "--ignore-submodules=none",
    "--find-renames", "--no-ahead-behind",
)  # fmt: skip


class Dirty(Value):
    """A file of the workspace that is not as the branch has it.

    `staged` and `unstaged` are git's letters: M modified, A added, D deleted, T became a link or a
    file, R renamed from `before`, "." unchanged; "?" is a new file that git does not know yet, "U"
    a conflict.
    """

    path: str
    staged: str
    unstaged: str
    before: str = ""

    @property
    def conflict(self) -> bool:
        """Whether a merge left it for a person to decide."""
        return self.staged == "U" or self.unstaged == "U"

    @property
    def new(self) -> bool:
        """Whether git does not know it yet."""
        return self.staged == "?"


def dirty(repo: Repository, paths: Sequence[str] = ()) -> list[Dirty]:
    """Files of the workspace that differ from the branch, those at or below `paths` if named.

    What `.gitignore` leaves out is left out. It writes nothing, not even a refreshed index.
    """
    wanted = [repo.inside(path) for path in paths] or [repo.prefix] * bool(repo.prefix)
    out = repo.git(*_STATUS, "--", *wanted).decode("utf-8", "surrogateescape")
    rows = _rows(repo, iter(_without_phantoms(repo, out.split("\0"))))
    return sorted(rows, key=lambda row: row.path)


def _without_phantoms(repo: Repository, words: list[str]) -> list[str]:
    """Git's words without files that only look changed: Windows line ends in a text file, say.

    Git goes by their size; `git add` would put what is there already into the index.
    """
    changed = [word for word in words if word.startswith("1 .M N...") and "\n" not in word]
    looks = {word: word.split(" ", 8) for word in changed}  # kind, letters, sub, modes, ids, path
    same = {word: part for word, part in looks.items() if part[4] == part[5]}
    if not same:
        return words
    names = "".join(f"{part[8]}\n" for part in same.values())
    asked = names.encode("utf-8", "surrogateescape")
    done = repo.run("hash-object", "--stdin-paths", stdin=asked)
    ids = done.out.decode("ascii").split()
    if done.code or len(ids) != len(same):  # one went away, or may not be read: told as changed
        return words
    phantoms = {w for (w, part), id_ in zip(same.items(), ids, strict=True) if part[7] == id_}
    return [word for word in words if word not in phantoms]


def _rows(repo: Repository, words: Iterator[str]) -> Iterator[Dirty]:
    """Rows of porcelain v2: kind, letters, fields by count, path; a rename's old path follows."""
    for word in words:
        kind, _, rest = word.partition(" ")
        if kind == "?":
            yield Dirty(repo.below(rest), "?", "?")
        elif kind == "1":
            yield Dirty(repo.below(rest.split(" ", 7)[7]), rest[0], rest[1])
        elif kind == "2":
            yield Dirty(
                repo.below(rest.split(" ", 8)[8]), rest[0], rest[1], repo.below(next(words))
            )
        elif kind == "u":
            yield Dirty(repo.below(rest.split(" ", 9)[9]), "U", "U")
