"""A three-way merge of texts, as git does it."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from docpipe.adapters.git.locking import writable
from docpipe.adapters.git.repository import Repository


def merged(
    repo: Repository, base: bytes, mine: bytes, theirs: bytes, favour: str = ""
) -> bytes | None:
    """The text with the changes of both sides, line by line; None where they meet, or for no text.

    Where they meet, `favour` ("mine" or "theirs") says whose lines count.
    """
    words = {"mine": ["--ours"], "theirs": ["--theirs"]}.get(favour, [])
    with _files([mine, base, theirs]) as paths:
        done = repo.run("merge-file", "-p", "-q", *words, "--", *paths)
    return done.out if done.code == 0 else None


@contextmanager
def _files(texts: Sequence[bytes]) -> Iterator[list[str]]:
    with writable(), tempfile.TemporaryDirectory(prefix="docpipe-") as folder:
        paths = [Path(folder, str(number)) for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text)
        yield [str(path) for path in paths]
