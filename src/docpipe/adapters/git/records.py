"""The branch `records`: what docpipe itself puts on record, one commit each, only ever added to.

It is an orphan that is never checked out, so that writing it touches nobody's files or staging and
costs the same at any size. Where there is a remote, it has a record before this clone has.
"""

import random
import time
from collections.abc import Callable, Mapping, Sequence

from docpipe.adapters.git.author import Signature
from docpipe.adapters.git.commit_source import CommitSource
from docpipe.adapters.git.git_errors import AGAIN, Refusal
from docpipe.adapters.git.locking import PATIENCE, writing
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import FILE, Entry, Sign, made, message, sealed, store
from docpipe.adapters.git.records_check import FORM, MARK
from docpipe.adapters.git.records_sync import REF, agreed, published
from docpipe.adapters.git.repository import Repository, shared
from docpipe.adapters.git.trees import replanted
from docpipe.diagnostics import Text, Value

_PAUSE = 0.02
"""Seconds, times the number of the attempt, at random: so that clones take turns."""

_CROWDED = Text(
    "Others kept writing records for {seconds} seconds; nothing was recorded",
    "{seconds} 秒内一直有人抢先写入；没有记入任何内容",
)
_ON_RECORD = Text("{path} is on record, and never changes", "{path} 已在记录中，不可更改")


class Record(Value):
    """What one commit puts on record: new files, and what the commit says."""

    files: Mapping[str, bytes]
    subject: str
    body: str = ""
    trailers: Sequence[tuple[str, str]] = ()


Make = Callable[[CommitSource], Record | None]
"""Given what is on record, what to add to it; None for nothing. Called again after a lost race."""


class Records:
    """The records of a repository, here and, where there is a remote, there."""

    def __init__(self, repo: Repository, patience: float = PATIENCE) -> None:
        self.repo = repo
        self._remote = shared(repo)
        self._patience = patience

    def tip(self) -> str | None:
        """The last record that this clone knows of; None where there is none."""
        return self.repo.tip(REF)

    def source(self, reader: Objects) -> CommitSource:
        """All files on record in this clone."""
        return _files(reader, self.tip())

    def refresh(self) -> str | None:
        """Take over what the remote has; the last record. Raises DocpipeError as `append` does."""
        with writing(self.repo, self._patience) as held:
            return agreed(held, self._remote)[0]

    def share(self) -> tuple[str | None, str | None]:
        """Take over what the remote has, and give it what it lacks; the last record before, after.

        Raises DocpipeError as `append` does.
        """
        with writing(self.repo, self._patience) as held:
            before = self.tip()
            while True:
                ours, theirs = agreed(held, self._remote)
                if not ours or not self._remote or ours == theirs:
                    return before, ours
                if published(held, self._remote, ours, theirs, ours):
                    return before, ours

    def append(self, make: Make, by: Signature, sign: Sign | None = None) -> str | None:
        """Put on record what `make` says to the records as they are; the commit, on the disk.

        With a remote it is there first; whoever lost a race makes it again from the new tip. None
        where `make` has nothing to add. Raises DocpipeError, and then nothing is promised: the
        remote cannot be reached or refuses, its records are not docpipe's, another docpipe does
        not let go of the lock, the disk is full or read-only. Doing it again is always safe if
        `make` looks whether the record is there.
        """
        until = time.monotonic() + self._patience
        attempt = 0
        with writing(self.repo, self._patience) as held, Objects(self.repo) as reader:
            while attempt == 0 or time.monotonic() < until:
                base, theirs = agreed(held, self._remote)
                record = make(_files(reader, base))
                if record is None:
                    return None
                commit = _written(reader, base, record, by, sign)
                if published(held, self._remote, base, theirs, commit):
                    return commit
                attempt += 1
                time.sleep(random.uniform(0, _PAUSE * attempt))
        raise Refusal(_CROWDED, AGAIN, seconds=int(self._patience))


def _written(
    reader: Objects, base: str | None, record: Record, by: Signature, sign: Sign | None
) -> str:
    """Store the record's objects; the name of its commit."""
    repo, source = reader.repo, _files(reader, base)
    if taken := next((path for path in record.files if source.entry(path)), None):
        raise Refusal(_ON_RECORD, path=taken)
    blobs = {path: made(repo.digest, "blob", data) for path, data in record.files.items()}
    entries = {path: Entry(FILE, blob.id) for path, blob in blobs.items()}
    root, trees = replanted(reader, reader.root(base) if base else "", entries)
    words = message(record.subject, record.body, [*record.trailers, (MARK, FORM)])
    commit = sealed(repo.digest, root, [base] if base else [], by, words, sign)
    store(repo, [*blobs.values(), *trees, commit])
    return commit.id


def _files(reader: Objects, commit: str | None) -> CommitSource:
    source = CommitSource(reader, reader.root(commit) if commit else "")
    source.commit = commit or ""
    return source
