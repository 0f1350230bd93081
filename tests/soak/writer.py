"""Run by test_git_kills.py: puts numbered records on record and saves a file, until killed.

Arguments: the clone, a name for this writer, how many rounds. After each write that was
acknowledged, a line on standard output says which.
"""

from datetime import UTC, datetime
from pathlib import Path

from docpipe.adapters.git import (
    CommitSource,
    Record,
    Records,
    Signature,
    commit_files,
    open_repository,
)  # fmt: skip


def main(clone: Path, name: str, rounds: int, *, saving: bool) -> None:
    by = Signature(name, f"{name}@huaxing.example", datetime(2026, 11, 25, tzinfo=UTC))
    open_repository(clone)  # what is imported late is there before the first kill
    print("ready", flush=True)
    for count in range(rounds):
        token, taken = f"{name}-{count}", [0]

        def numbered(source: CommitSource, token: str = token, taken: list[int] = taken) -> Record:
            taken[0] = len(source.files("numbers")) + 1
            path = f"numbers/{taken[0] // 100:03}/{taken[0]:05}"
            return Record({path: token.encode()}, f"Number {taken[0]}")

        Records(open_repository(clone)).append(numbered, by)
        print(f"record {taken[0]} {token}", flush=True)
        if saving:
            (clone / "mine.yaml").write_text(f"token: {token}\n")
            commit = commit_files(open_repository(clone), ["mine.yaml"], by, "Save")
            print(f"save {commit} {token}", flush=True)


def run(arguments: list[str]) -> int:
    """The same, by arguments."""
    clone, name, rounds, what = arguments
    main(Path(clone), name, int(rounds), saving=what == "save")
    return 0
